"""Files made to break the reader: a clear fault, quickly, and nothing is ever executed."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from alliance_games.model.problems import InvalidGame
from alliance_games.reading import read_file, read_text
from tests.reading.games import HEAD, TABLE

ONE = "game: G\nplayers: [A]\nstrategies: [X]\n"


def shared(levels: int, uses: int = 2) -> str:
    """A tree whose anchors double it at each level."""
    lines = ["game: G", "players: [A]", "tree:", "  A:", "    s0: &n0 1"]
    for level in range(1, levels):
        lines += [f"    s{level}: &n{level}", "      A:"]
        lines += [f"        u{use}: *n{level - 1}" for use in range(uses)]
    return "\n".join(lines)


def doubling(levels: int) -> str:
    """Definitions that square each other."""
    chain = "".join(f"  d{level + 1}: d{level} * d{level}\n" for level in range(levels))
    return ONE + "parameters: {q: 9}\ndefine:\n  d0: q\n" + chain + f"payoffs: {{X: d{levels}}}\n"


HOSTILE = {
    "alias bomb": (shared(60), "too-many-nodes"),
    "tower of powers": (ONE + "payoffs: {X: 9^9^9^9}\n", "too-large"),
    "exponential": (ONE + "payoffs: {X: exp(10^9)}\n", "too-large"),
    "parentheses": (ONE + "payoffs: {X: " + "(" * 10_000 + "1" + ")" * 10_000 + "}\n",
                    "formula-too-long"),
    "nested parentheses": (ONE + "payoffs: {X: " + "(" * 900 + "1" + ")" * 900 + "}\n",
                           "formula-too-deep"),
    "long sum": (ONE + "payoffs: {X: " + "1+" * 5_000 + "1}\n", "formula-too-deep"),
    "brackets": ("game: G\nplayers: " + "[" * 100_000 + "]" * 100_000 + "\n", "too-deep"),
    "doubling definitions": (doubling(60), "formula-too-large"),
    "chain of definitions": (
        ONE + "define:\n  d0: 1\n" + "".join(f"  d{i + 1}: d{i} + 1\n" for i in range(1000))
        + "payoffs: {X: d1000}\n", "formula-too-large"),
    "digits": (ONE + "payoffs: {X: " + "9" * 5_000 + "}\n", "number-too-large"),
    "exponent": (ONE + "parameters: {p: 1e999999999}\npayoffs: {X: p}\n", "number-too-large"),
    "import": (ONE + "payoffs: {X: \"__import__('os').system('x')\"}\n", "formula-syntax"),
    "attribute": (ONE + "payoffs: {X: X.__class__}\n", "formula-syntax"),
    "python tag": (ONE + "payoffs: {X: !!python/object/apply:os.system [x]}\n", "yaml-tag"),
    "not a number": (ONE + "payoffs: {X: .nan}\n", "not-finite"),
    "infinity": (ONE + "parameters: {p: .inf}\npayoffs: {X: p}\n", "not-finite"),
    "tab": (HEAD + "payoffs:\n\tX, X: 1, 1\n", None),
    "not yaml": (HEAD + "payoffs: {X: [}\n", None),
    "a billion players": (ONE.replace("[A]", str(10**9)) + "payoffs: {each: 1}\n", "too-large"),
    "many profiles": (ONE.replace("[A]", "30").replace("[X]", "[X, Y, Z]")
                      + "payoffs: {each: 'plays(1, X)'}\n", "too-large"),
    "many values": (
        "game: G\nplayers: 20\nstrategies: [X, Y]\nparameters:\n  w:\n    value:\n"
        + "".join(f"      {i}: {10**6 + i**5}/{i + 6}\n" for i in range(1, 21))
        + "payoffs: {each: 'total(w, X) * plays(1, X)'}\n", "too-large"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_are_refused_soon(case: str) -> None:
    text, code = HOSTILE[case]
    start = time.process_time()
    with pytest.raises(InvalidGame) as caught:
        read_text(text, "g.yaml")
    problem = caught.value.problems[0]
    assert code is None or code in {each.code for each in caught.value.problems}
    assert problem.file == "g.yaml"
    assert problem.span.line >= 1
    assert problem.message
    # Seconds of our own work: far above what it takes, far below a hang.
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"game: \xff\xfe\n", "not-utf-8"),
        (b"game: G\x00\n", "control-character"),
        ("game: G".encode("utf-16"), "not-utf-8"),
        ("game: G".encode("utf-32"), "not-utf-8"),
        (b"", "empty-file"),
        (b"# nothing\n", "empty-file"),
        (b"x" * 10_000_001, "file-too-large"),
        ((HEAD + TABLE + "game: H\n").encode(), "duplicate-key"),
        ((HEAD + TABLE + "  X, X: 1, 1\n").encode(), "duplicate-key"),
    ],
)
def test_bytes_that_are_no_game(data: bytes, code: str) -> None:
    with pytest.raises(InvalidGame) as caught:
        read_text(data, "g.yaml")
    assert caught.value.problems[0].code == code


def test_files_that_are_none(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path, "is-a-directory"),
        (tmp_path / "none.yaml", "missing-file"),
        (tmp_path / "n\0ne.yaml", "unreadable-file"),
    ):
        with pytest.raises(InvalidGame) as caught:
            read_file(path)
        assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    with pytest.raises(InvalidGame) as caught:
        read_file(path)
    assert [problem.code for problem in caught.value.problems] == ["empty-file"]


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="this system names no open pipes")
def test_a_pipe_somebody_writes_to_is_read_to_its_end() -> None:
    reader, writer = os.pipe()

    def write() -> None:
        time.sleep(0.2)
        with open(writer, "w") as stream:
            stream.write(HEAD + TABLE)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert read_file(f"/dev/fd/{reader}").title == "G"
    finally:
        thread.join()
        os.close(reader)


def test_a_large_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(InvalidGame) as caught:
        read_file(path)
    assert [problem.code for problem in caught.value.problems] == ["file-too-large"]


def test_sharing_within_bounds_is_fine() -> None:
    study = read_text(shared(10))
    assert study.case().game.size == sum(2 ** (n + 1) - 1 for n in range(10)) + 1  # type: ignore[union-attr]
