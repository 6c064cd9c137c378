"""The documentation stays true: its commands run, its files load, its pages are all there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]

FENCE = re.compile(
    r"(?:<!-- (?P<key>file|exit): (?P<value>\S+) -->\n)?"
    r"^```(?P<language>\w+)\n(?P<body>.*?)^```$",
    flags=re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """One fenced block: its language and text, and the comment before it, if any.

    ``<!-- file: NAME -->`` saves the block under that name for the commands that follow;
    ``<!-- exit: N -->`` says with which code the block's commands end.
    """

    language: str
    body: str
    file: str | None
    exit: int


def blocks(page: Path) -> Iterator[Block]:
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        value = match["value"]
        yield Block(
            match["language"],
            match["body"],
            file=value if match["key"] == "file" else None,
            exit=int(value) if match["key"] == "exit" else 0,
        )


def commands(block: Block) -> list[tuple[str, str]]:
    """The block's `alliance-games` commands, each with the output shown under it."""
    if block.language in ("sh", "bash"):
        lines = block.body.replace("\\\n", " ").splitlines()
        return [(line, "") for line in lines if line.startswith("alliance-games ")]
    if block.language == "console":
        shown = re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]
        pairs = [(line, output) for line, _, output in (part.partition("\n") for part in shown)]
        return [pair for pair in pairs if pair[0].startswith("alliance-games ")]
    return []


WHOLE = "games/"
"""The whole library takes minutes: pages' commands about it run on a few of its files, except in
`make test-long`. (`make games` checks all of it, too.)"""
FEW = ["stag_hunt.yaml", "alliance_security_dilemma.yaml", "secrecy", "trust"]


def about_all(page: Path) -> bool:
    """Whether a page has commands about the whole library."""
    return any(WHOLE in line.split() for block in blocks(page) for line, _ in commands(block))


def few(folder: Path) -> None:
    """A folder with a few of the library's files."""
    folder.mkdir()
    for name in FEW:
        (folder / name).symlink_to(ROOT / "games" / name)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command, comments=True)
    into = None
    if ">" in words:
        into = folder / words[words.index(">") + 1]
        words = words[: words.index(">")]
    done = subprocess.run(
        [sys.executable, "-m", "alliance_games", *words[1:]],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if into is not None:
        into.write_text(done.stdout, encoding="utf-8")
    return done


def matches(shown: str, printed: str) -> bool:
    """Whether the output is as shown; a line `...` stands for any lines."""
    kept = [
        "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
        for text in (shown, printed)
    ]
    parts = re.split(r"^\.\.\.$", kept[0], flags=re.MULTILINE)
    pattern = ".*".join(re.escape(part.strip("\n")) for part in parts)
    return re.fullmatch(pattern, kept[1], flags=re.DOTALL) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_of_a_page_run_as_shown(page: Path, tmp_path: Path) -> None:
    if about_all(page):
        few(tmp_path / "games")
    else:
        (tmp_path / "games").symlink_to(ROOT / "games")
    hold(page, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("page", [page for page in PAGES if about_all(page)])
def test_commands_about_the_whole_library_run_as_shown(page: Path, tmp_path: Path) -> None:
    (tmp_path / "games").symlink_to(ROOT / "games")
    hold(page, tmp_path)


def hold(page: Path, tmp_path: Path) -> None:
    """Run a page's commands in a folder and hold what they print to what it shows."""
    for block in blocks(page):
        if block.file is not None:
            (tmp_path / block.file).write_text(block.body, encoding="utf-8")
        for command, shown in commands(block):
            done = run(command, tmp_path)
            printed = done.stdout + done.stderr
            assert done.returncode == block.exit, f"{command}\n{printed}"
            if shown.strip():
                assert matches(shown, printed), f"{command} printed\n{printed}\nnot\n{shown}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_games_of_a_page_load(page: Path, tmp_path: Path) -> None:
    """A YAML block that begins with `game:` is a whole file; it may extend the library's."""
    for file in (ROOT / "games").glob("*.yaml"):
        shutil.copy(file, tmp_path)
    for number, block in enumerate(blocks(page)):
        if block.language == "yaml" and block.body.startswith("game:"):
            file = tmp_path / (block.file or f"block{number}.yaml")
            file.write_text(block.body, encoding="utf-8")
            done = run(f"alliance-games show {file.name} --format json", tmp_path)
            assert done.returncode == 0, f"{block.body}\n{done.stderr}"


def test_the_python_of_the_readme_runs() -> None:
    """Every line of a ```python block of the README, in one namespace."""
    code = "\n".join(
        block.body for block in blocks(ROOT / "README.md") if block.language == "python"
    )
    assert "import alliance_games" in code
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


def test_every_local_link_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
