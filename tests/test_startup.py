"""A small game starts no heavy library: counted in modules, because times depend on the machine."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "sympy", "scipy", "nashpy", "networkx", "matplotlib", "numpy", "flint", "z3", "pydantic",
    "highspy", "multiprocessing", "importlib.metadata",
}  # fmt: skip


def modules_after(*arguments: str) -> set[str]:
    """The modules loaded when the command has run, as the process itself counts them."""
    code = (
        "import sys\n"
        "from alliance_games.cli import main\n"
        f"code = main({list(arguments)!r})\n"
        "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (("solve", "games/stag_hunt.yaml", "--format", "json"), HEAVY | {"rich"}),
        (("solve", "games/stag_hunt.yaml"), HEAVY | {"rich"}),
        (("--version",), HEAVY | {"rich", "yaml", "json", "alliance_games.solve"}),
        (("schema",), HEAVY | {"rich", "yaml"}),
        (("check", "alliance_games/cli/starters/matrix.yaml"), HEAVY | {"rich"}),
        # Claims about all values are proved by polynomials and z3, and by nothing heavier.
        (("check", "games/stag_hunt.yaml"), HEAVY - {"flint", "z3", "importlib.metadata"}),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_small_game_loads_no_heavy_library(
    arguments: tuple[str, ...], forbidden: set[str]
) -> None:
    loaded = modules_after(*arguments)
    assert "alliance_games.cli.app" in loaded
    assert loaded & forbidden == set()


def test_a_command_does_not_load_the_others() -> None:
    loaded = modules_after("solve", "games/stag_hunt.yaml", "--format", "json")
    others = {"batch", "check", "show", "library", "concepts", "new", "schema"}
    assert {name for name in others if f"alliance_games.cli.{name}" in loaded} == set()


def test_importing_the_package_loads_nothing_of_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, alliance_games; print('\\n'.join(sys.modules))"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    own = {name for name in done.stdout.split() if name.startswith("alliance_games.")}
    assert own == {"alliance_games._version"}
