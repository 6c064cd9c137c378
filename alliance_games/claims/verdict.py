"""What became of an expectation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alliance_games.model.expectations import Expectation


class Outcome(StrEnum):
    """Held, failed, or not decided."""

    HELD = "held"
    FAILED = "failed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One expectation, what became of it, and what was found (in words)."""

    expectation: Expectation
    outcome: Outcome
    found: str

    @property
    def passes(self) -> bool:
        """Whether ``check`` goes on green: it held, or it may be undecided and is."""
        return self.outcome is Outcome.HELD or (
            self.outcome is Outcome.UNDECIDED and self.expectation.may_be_undecided
        )


class Undecided(Exception):
    """An expectation cannot be settled; the message says why."""


class NoMatch(Exception):
    """An expectation cannot be held against the answer; the message says what is wrong with it."""


Answer = tuple[bool, str]
"""Whether an expectation held, and what was found."""
