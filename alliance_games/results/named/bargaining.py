"""Bargains: agreements with what they give and what proves them, offers, frontiers, threats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from alliance_games.results.records import Record, Said

ByPlayer = Mapping[str, Fraction]
"""One number for each player, under her name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What two players agree on.

    ``payoffs`` and ``gains`` over disagreement by player; ``outcomes`` the lottery that gives the
    payoffs (or more, where payoffs may be thrown away), by outcome, and ``terms`` the numbers of a
    contract, by name: one of the two is empty. ``choices`` are the terms by the player who grants
    them. ``normal`` are weights of the players for which no feasible agreement has a larger
    weighted sum of payoffs: the line that supports the feasible set at the deal.
    """

    payoffs: ByPlayer
    gains: ByPlayer
    outcomes: Mapping[str, Fraction] = field(default_factory=dict)
    terms: Mapping[str, Fraction] = field(default_factory=dict)
    choices: ByPlayer = field(default_factory=dict)
    normal: ByPlayer = field(default_factory=dict)

    @property
    def is_efficient(self) -> bool:
        """Whether its supporting line shows that nobody can gain without a loss of the other."""
        return all(weight > 0 for weight in self.normal.values())

    def said(self) -> Said:
        """The payoffs by player, the terms by name."""
        return {**self.terms, **self.payoffs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """The one agreement that a solution of bargaining problems selects.

    ``of`` is the solution; ``ideals`` are each player's best agreements, where it looks at them.
    """

    kind = "agreement"
    family = "bargaining"

    of: str
    deal: Deal
    ideals: Mapping[str, Deal] = field(default_factory=dict)

    @property
    def payoffs(self) -> ByPlayer:
        """What each player gets."""
        return self.deal.payoffs

    @property
    def choices(self) -> ByPlayer:
        """The terms of a contract by the player who grants them."""
        return self.deal.choices

    def said(self) -> Said:
        """The payoffs by player, the terms by name."""
        return self.deal.said()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements(Record):
    """All agreements that a solution cannot tell apart: those between two ends."""

    kind = "agreements"
    family = "bargaining"

    of: str
    ends: tuple[Deal, ...]

    def said(self) -> Said:
        """The two ends, as what the agreements lie ``between``."""
        return {"between": tuple(end.said() for end in self.ends)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers(Record):
    """What each player proposes, and is given, when she has the word.

    ``first`` proposes first, and the other accepts at once: the outcome is the first one's offer.
    ``discounts`` are what a gain one round later is worth (empty where there is but one round).
    ``limit`` is what the offers come to as the players grow patient.
    """

    kind = "offers"
    family = "bargaining"

    of: str
    first: str
    offers: Mapping[str, Deal]
    discounts: ByPlayer = field(default_factory=dict)
    limit: Deal | None = None

    @property
    def payoffs(self) -> ByPlayer:
        """What each player gets: the first offer is accepted."""
        return self.offers[self.first].payoffs

    @property
    def choices(self) -> ByPlayer:
        """The terms of the first offer by the player who grants them."""
        return self.offers[self.first].choices

    def said(self) -> Said:
        """What each player proposes, by proposer, where there is one round; else the outcome."""
        by_proposer = {name: offer.said() for name, offer in self.offers.items()}
        if not self.discounts:
            return by_proposer
        return {**by_proposer[self.first], "offers": by_proposer}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier(Record):
    """The efficient agreements that both prefer to disagreement, from one end to the other.

    Where ``straight``, the frontier runs straight between one point and the next, and
    ``points`` are all its corners; else they are some points of a curve, and its two ends.
    """

    kind = "frontier"
    family = "bargaining"

    points: tuple[Deal, ...]
    straight: bool

    def said(self) -> Said:
        """The second player's best as ``from``, the first one's as ``to``; the corners as
        ``points``, where it is straight."""
        ends = {"from": self.points[0].said(), "to": self.points[-1].said()}
        corners = {"points": tuple(point.said() for point in self.points)}
        return {**ends, **corners} if self.straight else ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement(Record):
    """What each player has if they do not agree, and how it comes about.

    ``play`` is what each does then, by player and strategy (empty where the file gives the
    payoffs); ``held_by`` is for each player the other's strategy against which she gets no more,
    where each relies on what she can make sure of.
    """

    kind = "disagreement"
    family = "bargaining"

    how: str
    payoffs: ByPlayer
    play: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    held_by: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)

    def said(self) -> Said:
        """The payoffs by player."""
        return self.payoffs


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAgreement(Record):
    """Nothing to bargain about.

    With the ``weights``, no feasible agreement has a larger weighted sum than disagreement; the
    contract that comes closest has the ``terms`` (none where outcomes are agreed on).
    """

    kind = "no-agreement"
    family = "bargaining"

    weights: ByPlayer
    reason: str
    terms: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def is_something(self) -> bool:
        """It says that there is none."""
        return False

    def said(self) -> Said:
        """None."""
        return None
