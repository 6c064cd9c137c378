"""The documentation stays true: its commands run, its files load, its pages are all there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from alliance_games.claims.check import Checker, read_beside
from alliance_games.cli import main
from alliance_games.reading import library, read_file
from alliance_games.results.budget import Budget

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


@dataclass(frozen=True)
class Ran:
    """What became of a command."""

    code: int
    out: str
    err: str


Run = Callable[[str, Path], Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a folder, in this process: starting another takes longer than most games.
    The tests of `cli` start real ones."""

    def command(line: str, folder: Path) -> Ran:
        words = shlex.split(line, comments=True)
        into = None
        if ">" in words:
            into = folder / words[words.index(">") + 1]
            words = words[: words.index(">")]
        monkeypatch.chdir(folder)
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("COLUMNS", "80")
        code = main(words[1:])
        out, err = capsys.readouterr()
        if into is not None:
            into.write_text(out, encoding="utf-8")
        return Ran(code, out, err)

    return command


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
def test_the_commands_of_a_page_run_as_shown(page: Path, tmp_path: Path, run: Run) -> None:
    if about_all(page):
        few(tmp_path / "games")
    else:
        (tmp_path / "games").symlink_to(ROOT / "games")
    hold(page, tmp_path, run, counted)


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_runs_as_shown(page: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "games").symlink_to(ROOT / "games")
    hold(page, tmp_path, run, lambda line: None)


def counted(line: str) -> str | None:
    """What `check NAME` of a game of the library prints where all its lines are right, which
    `make games` sees to every day; None for other commands."""
    match line.split():
        case ["alliance-games", "check", name] if file := library.find(name):
            study = read_file(file)
            checker = Checker(study, read_beside, Budget, None, None)
            proved = sum(map(checker.is_about_all_values, study.expectations))
            number = len(study.expectations)
            parts = [(number - proved, "held"), (proved, "proved")]
            told = ", ".join(f"{count} {what}" for count, what in parts if count)
            lines = "expectations" if number > 1 else "expectation"
            return f"games/{library.name_of(file)}.yaml: {number} {lines}: {told}\n"
    return None


def hold(page: Path, tmp_path: Path, run: Run, known: Callable[[str], str | None]) -> None:
    """Run a page's commands in a folder and hold what they print to what it shows; commands whose
    output is known are not run."""
    for block in blocks(page):
        if block.file is not None:
            (tmp_path / block.file).write_text(block.body, encoding="utf-8")
        for command, shown in commands(block):
            if shown.strip() and (told := known(command)) is not None:
                assert matches(shown, told), f"{command} prints\n{told}\nnot\n{shown}"
                continue
            done = run(command, tmp_path)
            printed = done.out + done.err
            assert done.code == block.exit, f"{command}\n{printed}"
            if shown.strip():
                assert matches(shown, printed), f"{command} printed\n{printed}\nnot\n{shown}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_games_of_a_page_load(page: Path, tmp_path: Path, run: Run) -> None:
    """A YAML block that begins with `game:` is a whole file; it may extend the library's."""
    for file in (ROOT / "games").glob("*.yaml"):
        shutil.copy(file, tmp_path)
    for number, block in enumerate(blocks(page)):
        if block.language == "yaml" and block.body.startswith("game:"):
            file = tmp_path / (block.file or f"block{number}.yaml")
            file.write_text(block.body, encoding="utf-8")
            done = run(f"alliance-games show {file.name} --format json", tmp_path)
            assert done.code == 0, f"{block.body}\n{done.err}"


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
