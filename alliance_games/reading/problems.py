"""The collector of a file's problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alliance_games.exact.span import NOWHERE, Span
from alliance_games.exact.words import did_you_mean
from alliance_games.model.problems import Problem
from alliance_games.reading.source import Source
from alliance_games.reading.tokens import FormulaError

__all__ = ["MAX_PROBLEMS", "Problems", "did_you_mean"]

MAX_PROBLEMS = 200
"""How many problems of one file are kept; nobody reads more, and a hostile file has millions."""


class Problems:
    """All problems of one file, in the order they were found.

    It knows the file, so that who finds a fault only says what and where.
    """

    def __init__(self, source: Source, found: Iterable[Problem] = ()) -> None:
        self.source = source
        self.found: list[Problem] = list(found)

    def add(
        self, code: str, message: str, span: Span = NOWHERE, hint: str = "", warning: bool = False
    ) -> None:
        """Note one fault; the same fault at the same place is noted once."""
        if len(self.found) > MAX_PROBLEMS:
            return
        if len(self.found) == MAX_PROBLEMS:
            code, message, span, hint = (
                "too-many-problems",
                "further problems are not shown",
                span,
                "",
            )
        problem = Problem(
            code, message, self.source.file, span, hint, self.source.shown(span), warning
        )
        # A shared subtree is read once per use: its faults would come as often.
        if problem not in self.found:
            self.found.append(problem)

    def add_error(self, error: FormulaError) -> None:
        """Note the fault of a formula."""
        self.add(error.code, error.message, error.span, error.hint)

    @property
    def errors(self) -> list[Problem]:
        """The problems that are not mere warnings."""
        return [problem for problem in self.found if not problem.warning]

    def in_order(self) -> list[Problem]:
        """The problems as they follow each other in the file."""
        return sorted(self.found, key=lambda problem: (problem.span.line, problem.span.column))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)
