"""The floors hold, and the fence is live: a planted forbidden import is caught."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package that stands in ``folder``."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports_command; "
            "sys.exit(lint_imports_command())",
            "--no-cache",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and of its contracts, to plant imports in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "alliance_games",
        tmp_path / "alliance_games",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return tmp_path


def plant(folder: Path, module: str, line: str) -> None:
    file = folder / "alliance_games" / f"{module.replace('.', '/')}.py"
    file.write_text((file.read_text() if file.exists() else "") + f"\n{line}\n")


def test_the_house_keeps_its_floors() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        (
            "exact.span",
            "from alliance_games.reading import library",
            "alliance_games.exact is not allowed to import alliance_games.reading",
        ),
        (
            "certificates.planted",
            "import alliance_games.algorithms",
            "alliance_games.certificates is not allowed to import alliance_games.algorithms",
        ),
        (
            "results.planted",
            "def late():\n    import alliance_games.concepts",
            "alliance_games.results is not allowed to import alliance_games.concepts",
        ),
        (
            "concepts.planted",
            "from alliance_games.concepts import sibling",
            "alliance_games.concepts.planted is not allowed to import "
            "alliance_games.concepts.sibling",
        ),
        ("corridor", "'a module on no floor'", "alliance_games.corridor"),
    ],
)
def test_a_planted_import_is_caught(copy: Path, module: str, line: str, broken: str) -> None:
    plant(copy, "concepts.sibling", "'another concept'")
    plant(copy, module, line)
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert broken in " ".join(done.stdout.split())
