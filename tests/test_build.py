"""What is built is whole: the wheel carries the library, and the versions agree."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

import alliance_games

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = folder.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        return archive.namelist()


def test_the_wheel_carries_every_game(wheel: list[str]) -> None:
    games = {
        f"alliance_games/library/{path.relative_to(ROOT / 'games').as_posix()}"
        for path in (ROOT / "games").rglob("*.yaml")
    }
    assert "alliance_games/library/stag_hunt.yaml" in games
    assert games <= set(wheel)


def test_the_wheel_carries_the_whole_package(wheel: list[str]) -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "alliance_games").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "alliance_games/py.typed" in files
    assert files <= set(wheel)


def test_the_wheel_carries_nothing_else(wheel: list[str]) -> None:
    assert {name.split("/")[0] for name in wheel} == {
        "alliance_games",
        f"alliance_games-{alliance_games.__version__}.dist-info",
    }


def test_the_versions_agree() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", changelog, flags=re.MULTILINE)
    assert latest is not None
    assert latest[1] == alliance_games.__version__
    assert version("alliance-games") == alliance_games.__version__
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"version = {{{alliance_games.__version__}}}" in readme


def test_the_start_up_pin_stays() -> None:
    """typer 0.29 and later import pydantic at start-up."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "typer>=0.12,<0.29" in project["dependencies"]


def test_no_module_of_the_package_evaluates_text() -> None:
    """A game file is data: no eval, exec, sympify or parse_expr anywhere."""
    forbidden = re.compile(r"(?<![\w.])(eval|exec|sympify|parse_expr)\(")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "alliance_games").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if forbidden.search(line)
    ]
    assert found == []
