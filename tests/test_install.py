"""`pip install` into an empty environment gives a working command, whatever the directory.

Long, as it fetches the dependencies; `make check` runs it by name.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment that holds the wheel and nothing else."""
    folder = tmp_path_factory.mktemp("fresh")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    commands = folder / "env" / SCRIPTS
    pip = [str(commands / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", str(wheel)], check=True)
    return commands


def run(command: list[str], folder: Path) -> str:
    """The standard output of a command run in ``folder``, where no checkout is in reach."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=folder, env=kept, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["stag_hunt", "stag_hunt.yaml"])
def test_solving_a_library_game_from_anywhere(installed: Path, tmp_path: Path, name: str) -> None:
    out = run([str(installed / "alliance-games"), "solve", name], tmp_path)
    assert "Stag" in out
    assert "3/4" in out


def test_as_a_module(installed: Path, tmp_path: Path) -> None:
    python = str(installed / "python")
    out = run([python, "-m", "alliance_games", "solve", "stag_hunt", "--format", "json"], tmp_path)
    assert json.loads(out)["format"] == 1


def test_listing_and_checking_the_library(installed: Path, tmp_path: Path) -> None:
    command = str(installed / "alliance-games")
    assert "stag_hunt" in run([command, "list"], tmp_path)
    run([command, "check", "stag_hunt"], tmp_path)


def test_from_python(installed: Path, tmp_path: Path) -> None:
    code = "import alliance_games as ag; print(ag.load('stag_hunt').solve('nash'))"
    assert run([str(installed / "python"), "-c", code], tmp_path)
