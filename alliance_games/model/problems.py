"""Faults of a game file: collected, never raised one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliance_games.exact.span import NOWHERE, Span

NOT_WHOLE = "not-whole"
"""The code of a number that must be whole and is not: a claim may hold for it all the same."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault (or warning) in one file.

    ``code`` is a stable kebab-case word (``unknown-name``, ``missing-profile``), ``message``
    says what is wrong in a reader's words, ``hint`` what to do about it (may be empty), and
    ``source`` is the text of the line, shown above the caret.
    """

    code: str
    message: str
    file: str = ""
    span: Span = NOWHERE
    hint: str = ""
    source: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = (
            f"{self.file}:{self.span.line}:{self.span.column}: "
            if self.span.line
            else (f"{self.file}: " if self.file else "")
        )
        return f"{place}{self.message} [{self.code}]"


class InvalidGame(Exception):
    """A file, or a game made in memory, that is not a valid game; carries all its problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InvalidGame], tuple[tuple[Problem, ...]]]:
        return (type(self), (self.problems,))
