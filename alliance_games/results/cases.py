"""The answers to a whole file: one per case, the defaults first, then each scenario."""

from __future__ import annotations

from dataclasses import dataclass

from alliance_games.model.problems import Problem
from alliance_games.model.study import Case, Study
from alliance_games.results.result import Refusal, Result, Status


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """The results of one case; ``refusals`` are the concepts that were asked and do not apply."""

    case: Case
    results: tuple[Result, ...]
    refusals: tuple[Refusal, ...] = ()

    def of(self, concept: str) -> Result | None:
        """The result of the concept called so, or None."""
        return next((result for result in self.results if result.concept == concept), None)


@dataclass(frozen=True, slots=True)
class StudyAnswer:
    """Every case of one file. ``study`` is None for a file that could not be read: then
    ``problems`` say why and there are no cases."""

    file: str
    study: Study | None
    cases: tuple[CaseAnswer, ...]
    problems: tuple[Problem, ...] = ()
    interrupted: bool = False
    """Whether the user interrupted the work before it was done."""

    @property
    def stopped(self) -> bool:
        """Whether a limit stopped any of the work."""
        return any(
            result.status is Status.STOPPED for case in self.cases for result in case.results
        )

    @property
    def failed(self) -> bool:
        """Whether the file is not a valid game."""
        return any(not problem.warning for problem in self.problems)
