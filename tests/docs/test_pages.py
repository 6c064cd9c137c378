"""Nothing is built that is not documented, and nothing documented that is not built."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_games.concepts import catalogue
from alliance_games.reading import library

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def printed_help(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "alliance_games", *command, "--help"],
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def documented(page: Path) -> list[str]:
    """The commands in the first column of a page's table of commands."""
    return re.findall(r"^\| `([a-z]+)` \|", page.read_text(encoding="utf-8"), flags=re.MULTILINE)


COMMANDS = documented(DOCS / "cli.md")


def test_the_table_of_commands_is_the_help_s() -> None:
    listing = printed_help().partition("Commands")[2]
    offered = re.findall(r"^[│|\s]*([a-z]+)\s{2,}", listing, flags=re.MULTILINE)
    assert sorted(COMMANDS) == sorted(offered)


def test_the_readme_has_the_same_table() -> None:
    readme = re.findall(r"^\| `([a-z]+)` \|", (ROOT / "README.md").read_text(), flags=re.MULTILINE)
    assert readme == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_the_manual_names_exists(command: str) -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {command}$(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert section is not None, f"docs/cli.md has no section '## {command}'"
    offered = set(re.findall(r"--[a-z][a-z-]+", printed_help(command)))
    named = set(re.findall(r"^\| `(--[a-z][a-z-]+)", section[1], flags=re.MULTILINE))
    assert named <= offered


def test_every_command_s_help_has_an_example() -> None:
    without = [name for name in COMMANDS if f"alliance-games {name}" not in printed_help(name)]
    assert without == []


@pytest.mark.parametrize("name", [concept.name for concept in catalogue()])
def test_every_concept_has_its_page(name: str) -> None:
    page = DOCS / "concepts" / f"{name}.md"
    assert page.is_file()
    assert page.read_text(encoding="utf-8").startswith("# ")


def test_every_page_of_a_concept_has_its_concept() -> None:
    pages = {page.stem for page in (DOCS / "concepts").glob("*.md")} - {"index"}
    assert pages <= {concept.name for concept in catalogue()}


@pytest.mark.parametrize("file", library.all_files(), ids=library.name_of)
def test_every_library_game_has_its_page(file: Path) -> None:
    assert (DOCS / "library" / f"{library.name_of(file)}.md").is_file()
