"""What became of an expectation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alliance_games.model.expectations import Expectation


class Outcome(StrEnum):
    """Held or failed where it was asked; proved or refuted for all values; or not decided."""

    HELD = "held"
    PROVED = "proved"
    FAILED = "failed"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One expectation, what became of it, and what was found (in words)."""

    expectation: Expectation
    outcome: Outcome
    found: str
    cases: tuple[tuple[str, str], ...] = ()
    """Of a claim about all values: the cases that were told apart, with what was found in each."""

    @property
    def passes(self) -> bool:
        """Whether ``check`` goes on green: it held, or it may be undecided and is."""
        return self.outcome in (Outcome.HELD, Outcome.PROVED) or (
            self.outcome is Outcome.UNDECIDED and self.expectation.may_be_undecided
        )


class Undecided(Exception):
    """An expectation cannot be settled; the message says why."""


class NoMatch(Exception):
    """An expectation cannot be held against the answer; the message says what is wrong with it."""


class Absent(NoMatch):
    """What a line speaks of is not there, though it may be at other values of the parameters."""


class NotAsked(Absent):
    """A concept is not asked of the game at the values in question."""


Answer = tuple[bool, str]
"""Whether an expectation held, and what was found."""
