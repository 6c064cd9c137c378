"""The answer to one question about one game, and how much of the truth it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from alliance_games.results.solutions import Solution


class Status(StrEnum):
    """How an answer was settled."""

    EXACT = "exact"
    """In rational or algebraic arithmetic."""
    NUMERIC = "numeric"
    """To a stated tolerance: the payoffs themselves are approximations."""
    STOPPED = "stopped"
    """A limit stopped the work; what was found so far is given."""


class Coverage(StrEnum):
    """How many of the solutions an answer holds."""

    ALL = "all"
    SOME = "some"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a concept's ``solve`` returns after yielding its solutions.

    ``because`` says why the coverage is what it is, ``method`` how the solutions were found.
    ``tolerance`` is given where the answer is numeric though the game is exact. ``rejected`` are
    the candidates that were ruled out, each with its reason, where the budget asked to explain.
    """

    coverage: Coverage
    because: str
    method: str
    notes: tuple[str, ...] = ()
    tolerance: Fraction | None = None
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of one concept for one game."""

    concept: str
    status: Status
    coverage: Coverage
    because: str
    method: str
    solutions: tuple[Solution, ...]
    notes: tuple[str, ...] = ()
    tolerance: Fraction | None = None
    rejected: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether every solution carries a certificate that holds."""
        return all(s.certificate is not None and s.certificate.verified for s in self.solutions)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a concept was not asked of a game: the concept's name and the reason in words."""

    concept: str
    reason: str
