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


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Record):
    """How one equilibrium moves with the parameters, as long as the same choices are at an end.

    ``effects[player][parameter]`` is the derivative of the player's choice, ``gains`` that of her
    payoff in equilibrium, at the parameters' values. ``formulas`` and ``payoffs`` are the choices
    and payoffs as formulas in the parameters where they are quotients of polynomials, else '';
    ``conditions`` are what must hold for them to be the choices.
    """

    kind: ClassVar[str] = "choice-response"
    family: ClassVar[str] = "continuous"

    choices: Mapping[str, Fraction]
    effects: Mapping[str, Mapping[str, Fraction]]
    gains: Mapping[str, Mapping[str, Fraction]]
    formulas: Mapping[str, str]
    payoffs: Mapping[str, str]
    conditions: tuple[str, ...]

    def said(self) -> Said:
        """The effects of parameters on choices."""
        return self.effects


@dataclass(frozen=True, slots=True)
class Reply:
    """What is best against one number of the other: ``to`` it, all ``choices`` that are best."""

    to: Fraction
    choices: tuple[float | Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyCurve(Record):
    """One player's best replies to the other's numbers, at some of them.

    ``formula`` is the reply as a formula in the other's choice and the parameters, where the
    first-order condition is linear in the reply; it holds where it gives a number within the range.
    """

    kind: ClassVar[str] = "reply-curve"
    family: ClassVar[str] = "continuous"

    player: str
    formula: str
    replies: tuple[Reply, ...]

    def said(self) -> Said:
        """The player with her reply as a formula."""
        return {self.player: self.formula or "no formula"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leadership(Record):
    """What a leader chooses who is seen by the follower, and the follower's reply to it."""

    kind: ClassVar[str] = "leadership"
    family: ClassVar[str] = "continuous"

    leader: str
    choices: Mapping[str, float | Fraction]
    payoffs: Mapping[str, float | Fraction]

    def said(self) -> Said:
        """Both players' choices."""
        return self.choices
