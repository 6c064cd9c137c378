"""Answers about games in which a choice is a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.results.records import Record, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceEquilibrium(Record):
    """One number for each player, each best against the others'.

    ``choices`` and ``payoffs`` are by player. A payoff that is no algebraic number (it holds a
    logarithm, say) is given by its nearest float, and so is a choice that is only approximated.
    """

    kind: ClassVar[str] = "choice-equilibrium"
    family: ClassVar[str] = "continuous"

    choices: Mapping[str, float | Fraction]
    payoffs: Mapping[str, float | Fraction]

    def said(self) -> Said:
        """The players' choices."""
        return self.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceContinuum(Record):
    """Infinitely many profiles of numbers, all of them equilibria: all that meet ``conditions``.

    ``choices`` and ``payoffs`` are those of one of them; ``corners`` are the vertices where the
    set is a bounded polytope, else empty.
    """

    kind: ClassVar[str] = "choice-continuum"
    family: ClassVar[str] = "continuous"

    dimension: int
    conditions: tuple[str, ...]
    choices: Mapping[str, float | Fraction]
    payoffs: Mapping[str, float | Fraction]
    corners: tuple[Mapping[str, Fraction], ...]

    def said(self) -> Said:
        """The ends of the continuum, or the one equilibrium known of it."""
        return self.corners or self.choices
