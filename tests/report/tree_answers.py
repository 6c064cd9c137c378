"""Answers about trees made by hand, and their reports as text."""

from __future__ import annotations

from typing import Any

from alliance_games.model.study import Case
from alliance_games.render.terminal import to_text
from alliance_games.report.build import build
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.result import Coverage, Result, Status
from tests.report.studies import study_of


def result_of(*solutions: Any, concept: str = "sequential", **more: Any) -> Result:
    """A result with these solutions."""
    found = {"status": Status.EXACT, "coverage": Coverage.ALL, **more}
    return Result(
        concept, found.pop("status"), found.pop("coverage"), "why", "how", solutions, **found
    )


def answer_to(game: Any, *results: Result) -> StudyAnswer:
    """The answer to a study of one game."""
    case = CaseAnswer(Case(None, {}, game), results, ())
    return StudyAnswer("a.yaml", study_of(game), (case,), ())


def report(game: Any, *results: Result, width: int | None = None, explain: bool = False) -> str:
    """The report as plain text."""
    return to_text(build(answer_to(game, *results), explain=explain), width)


def part(text: str, start: str, end: str = "") -> str:
    """What stands in a report from one line's beginning to another's."""
    lines = text.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith(start))
    last = next(
        (k for k, line in enumerate(lines) if k > first and end and line.startswith(end)),
        len(lines),
    )
    return "\n".join(lines[first:last])
