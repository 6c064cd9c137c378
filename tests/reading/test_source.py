"""Files fetched within limits, decoded and cut into lines; the collector of problems."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from alliance_games.exact.span import NOWHERE, Span
from alliance_games.model.problems import Problem
from alliance_games.reading.formula import FormulaError
from alliance_games.reading.problems import MAX_PROBLEMS, Problems
from alliance_games.reading.source import (
    MAX_BYTES,
    Source,
    decode,
    read_source,
    read_stream,
)


def code(found: tuple[Source, list[Problem]]) -> str:
    source, (problem,) = found
    assert source.text == "" and problem.file == source.file
    return problem.code


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "game.yaml"
    path.write_bytes("game: été\n".encode())
    source, problems = read_source(path)
    assert (source.file, source.text, problems) == (str(path), "game: été\n", [])


def test_what_is_no_readable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code(read_source(tmp_path / "missing.yaml")) == "missing-file"
    assert code(read_source(tmp_path)) == "is-a-directory"
    assert code(read_source("a\0b")) == "unreadable-file"
    path = tmp_path / "file"
    path.touch()
    assert code(read_source(path / "below")) == "unreadable-file"

    def refuse(*arguments: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    assert code(read_source(path)) == "unreadable-file"


def test_a_large_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)  # sparse: takes no room
    monkeypatch.setattr(Path, "open", lambda *arguments: pytest.fail("opened"))
    source, (problem,) = read_source(path)
    assert problem.code == "file-too-large" and source.text == ""
    assert problem.message == "this file has more than 10,000,000 bytes"


def test_a_stream_is_read_no_further_than_the_limit() -> None:
    stream = io.BytesIO(b"#" * (MAX_BYTES + 1000))
    assert code(read_stream(stream, "-")) == "file-too-large"
    assert stream.tell() == MAX_BYTES + 1
    assert read_stream(io.BytesIO(b"a: 1"), "-")[0].text == "a: 1"


def test_exactly_the_limit_is_read() -> None:
    source, problems = decode(b"#" * MAX_BYTES, "f")
    assert len(source.text) == MAX_BYTES and problems == []


def test_lines_and_spans() -> None:
    source = Source("f", "one\r\ntwo\rthree\n\u2028last")
    assert source.lines == ["one", "two", "three", "", "last"]
    assert [source.line(number) for number in (0, 1, 5, 6)] == ["", "one", "last", ""]
    assert source.span(0, 3) == Span(1, 1, 3)
    assert source.span(5, 7) == Span(2, 1, 2)
    assert source.span(6, 12) == Span(2, 2, 2)  # cut off at the end of the line
    assert source.span(len(source.text), len(source.text)) == Span(5, 5, 1)
    assert Source("f", "").span(0, 0) == Span(1, 1, 1)
    assert Source("f", "a\n").span(2, 2) == Span(1, 2, 1)


def test_long_lines_are_shown_cut_but_never_before_the_caret() -> None:
    source = Source("f", "x" * 10_000)
    assert source.shown(Span(1, 3)) == "x" * 499 + "…"
    assert source.shown(Span(1, 3_000)) == ""


def test_the_collector_fills_in_file_and_line() -> None:
    problems = Problems(Source("f.yaml", "a: 1\nb: 2\n"))
    problems.add("unknown-key", "no such key", Span(2, 1), "did you mean 'a'?")
    problems.add("style", "odd", Span(1, 4), warning=True)
    problems.add("missing", "no players")
    problems.add_error(FormulaError("bad", Span(2, 4), "formula-syntax", "better"))
    assert next(iter(problems)) == Problem(
        "unknown-key", "no such key", "f.yaml", Span(2, 1), "did you mean 'a'?", "b: 2"
    )
    assert [problem.code for problem in problems.in_order()] == [
        "missing", "style", "unknown-key", "formula-syntax",
    ]  # fmt: skip
    assert [problem.span for problem in problems.errors] == [Span(2, 1), NOWHERE, Span(2, 4)]
    assert len(problems) == 4


def test_the_same_fault_is_noted_once_and_too_many_are_cut_off() -> None:
    problems = Problems(Source("f", ""))
    for _ in range(3):
        problems.add("x", "again", Span(1, 1))
    assert len(problems) == 1
    for number in range(1_000):
        problems.add("x", f"fault {number}")
    assert len(problems) == MAX_PROBLEMS + 1
    assert list(problems)[-1].code == "too-many-problems"
