"""What a concept's ``conditions`` are written against: numbers of an ordered field and their signs.

``Concept.conditions(game, signs)`` yields the concept's solutions (``Point``, ``Component``,
``Selection``...) of a game whose payoffs are numbers of *some* ordered field: Fractions, or
formulas in parameters. It may add, subtract, multiply and divide them, and it learns nothing about
them but what ``signs`` answers. With formulas the answer may differ from place to place; whoever
calls runs the procedure again for each possible answer. So a procedure should ask only what it
needs, the most telling sign first, and divide only by what it knows, from ``signs``, is not zero.

``game`` is a ``NormalGame`` or an ``ExtensiveGame``, or anything with the same reading methods
(``players``, ``strategies``, ``shape``, ``payoff``, ``payoffs``...) over other numbers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol


class Signs(Protocol):
    """Answers questions about numbers of an ordered field.

    The three narrower questions leave more open than ``sign`` does, and so divide the parameters
    less.
    """

    def sign(self, number: Fraction) -> int:
        """1, 0 or -1."""

    def is_positive(self, number: Fraction) -> bool:
        """Whether the number is above zero."""

    def is_negative(self, number: Fraction) -> bool:
        """Whether the number is below zero."""

    def is_zero(self, number: Fraction) -> bool:
        """Whether the number is zero."""


class ExactSigns:
    """The signs of numbers that are known: Fractions and algebraic numbers."""

    def sign(self, number: Fraction) -> int:
        """1, 0 or -1."""
        return (number > 0) - (number < 0)

    def is_positive(self, number: Fraction) -> bool:
        """Whether the number is above zero."""
        return number > 0

    def is_negative(self, number: Fraction) -> bool:
        """Whether the number is below zero."""
        return number < 0

    def is_zero(self, number: Fraction) -> bool:
        """Whether the number is zero."""
        return number == 0


class Undescribed(Exception):
    """Raised by conditions where they cannot say what the answer is; the text says why."""


__all__ = ["ExactSigns", "Signs", "Undescribed"]
