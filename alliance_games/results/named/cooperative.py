"""Answers about coalitions: divisions of what all are worth, cores, power, properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.results.records import Record, Said

Names = tuple[str, ...]
"""The members of a coalition, in the order of the file."""

Shares = Mapping[str, Fraction]
"""What each player gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Record):
    """One division of what all players are worth together, as a value assigns it."""

    kind: ClassVar[str] = "value"
    family: ClassVar[str] = "cooperative"

    of: str
    shares: Shares

    def said(self) -> Said:
        return self.shares


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocValue(Record):
    """A value in a game whose players have formed blocs: each player's share, and each bloc's."""

    kind: ClassVar[str] = "bloc-value"
    family: ClassVar[str] = "cooperative"

    shares: Shares
    blocs: tuple[Names, ...]
    bloc_shares: tuple[Fraction, ...]

    def said(self) -> Said:
        return self.shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(Record):
    """Banzhaf's two measures of power, and the swings they count.

    ``swings``: winning coalitions that lose without the player; ``raw``: as a share of all
    coalitions of the others; ``normalised``: so that the players' shares add up to one.
    """

    kind: ClassVar[str] = "power"
    family: ClassVar[str] = "cooperative"

    swings: Mapping[str, int]
    raw: Shares
    normalised: Shares

    def said(self) -> Said:
        return {"normalised": self.normalised, "raw": self.raw, "swings": self.swings}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A coalition with its weight in a balanced collection."""

    members: Names
    weight: Fraction
    worth: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyCore(Record):
    """The proof that a core is empty: weights with which the coalitions take up every player's
    time exactly once, and are worth more than all players together."""

    kind: ClassVar[str] = "empty-core"
    family: ClassVar[str] = "cooperative"

    balanced: tuple[Weighed, ...]
    worth: Fraction
    available: Fraction

    @property
    def is_something(self) -> bool:
        return False

    def said(self) -> Said:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreExists(Record):
    """That a core is not empty, for all values of parameters at once: no balanced collection of
    coalitions is worth more than all players together (which divisions are in it is not told)."""

    kind: ClassVar[str] = "core-exists"
    family: ClassVar[str] = "cooperative"
    compared: ClassVar[str] = "division-set"
    untold: ClassVar[str] = "formulas tell whether there is a core, and not which divisions it has"

    def said(self) -> Said:
        return {"nonempty": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionSet(Record):
    """A convex set of divisions, such as the core, by its extreme points.

    ``extreme_points`` are all of them where ``listed``, else none is given; ``inner`` lies in the
    set (their mean, where they are listed). ``dimension`` is that of the set.
    """

    kind: ClassVar[str] = "division-set"
    family: ClassVar[str] = "cooperative"

    of: str
    dimension: int
    extreme_points: tuple[Shares, ...]
    listed: bool
    inner: Shares

    def said(self) -> Said:
        found: dict[str, Said] = {"nonempty": True, "dimension": self.dimension}
        if self.listed:
            found["extreme points"] = tuple(self.extreme_points)
        return found

    def essence(self) -> Said:
        """That there is one: formulas in parameters say no more of a core."""
        return {"nonempty": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastCoreSet(Record):
    """The least core: the least concession every coalition can be asked to make, and the divisions
    that get along with it.

    ``concession`` is the largest excess of a coalition other than all or none (below zero where
    the core has room to spare); ``balanced`` are weights that prove that none is smaller: each
    player's coalitions weigh the same together.
    """

    kind: ClassVar[str] = "least-core"
    family: ClassVar[str] = "cooperative"

    concession: Fraction
    dimension: int
    extreme_points: tuple[Shares, ...]
    listed: bool
    inner: Shares
    balanced: tuple[Weighed, ...]

    def said(self) -> Said:
        found: dict[str, Said] = {"concession": self.concession, "dimension": self.dimension}
        if self.listed:
            found["extreme points"] = tuple(self.extreme_points)
        return found


MOST_LEVELS = 6
MOST_COMPLAINING = 12
"""The complaints at a nucleolus that are told: so many levels, and so many coalitions of each."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """An excess, what a coalition is worth beyond what its members get, and the coalitions that
    have it: how many, and the first of them, small ones first."""

    excess: Fraction
    number: int
    coalitions: tuple[Names, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nucleolus(Record):
    """The division whose largest complaint is least, then the second largest, and so on.

    ``of`` is 'nucleolus' (among imputations) or 'prenucleolus'; ``complaints`` are the largest
    excesses of coalitions other than all and none: as many as settle every player's share, or the
    first MOST_LEVELS.
    """

    kind: ClassVar[str] = "nucleolus"
    family: ClassVar[str] = "cooperative"

    of: str
    shares: Shares
    complaints: tuple[Complaint, ...]

    def said(self) -> Said:
        return self.shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles(Record):
    """Who cannot be done without, and who adds nothing.

    ``veto``: no coalition without her is worth anything; ``dummies`` add to every coalition just
    what they are worth alone, and ``null`` those of them for whom that is nothing; ``essential``
    are all others; ``dictator`` wins alone, and nobody wins without her (None: nobody).
    """

    kind: ClassVar[str] = "roles"
    family: ClassVar[str] = "cooperative"

    veto: Names
    dummies: Names
    null: Names
    essential: Names
    dictator: str | None

    def said(self) -> Said:
        return {
            "veto": frozenset(self.veto),
            "dummies": frozenset(self.dummies),
            "null": frozenset(self.null),
            "essential": frozenset(self.essential),
            "dictator": self.dictator,
        }


@dataclass(frozen=True, slots=True)
class Against:
    """Two coalitions that refute a property: ``left`` is the sum of what the property puts below
    ``right``, and exceeds it."""

    first: Names
    second: Names
    left: Fraction
    right: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Convexity(Record):
    """Whether a player adds the more, the larger the coalition she joins; else ``against``, two
    coalitions worth more apart than their union and what they share."""

    kind: ClassVar[str] = "convexity"
    family: ClassVar[str] = "cooperative"

    convex: bool
    strictly: bool
    against: Against | None

    def said(self) -> Said:
        return {"convex": self.convex, "strictly convex": self.strictly}


@dataclass(frozen=True, slots=True, kw_only=True)
class Superadditivity(Record):
    """Whether coalitions without a common member are worth no more apart than together, larger
    ones no less than smaller ones, and all together more than each alone."""

    kind: ClassVar[str] = "superadditivity"
    family: ClassVar[str] = "cooperative"

    superadditive: bool
    against: Against | None
    monotonic: bool
    against_monotonic: Against | None
    essential: bool

    def said(self) -> Said:
        return {
            "superadditive": self.superadditive,
            "monotonic": self.monotonic,
            "essential": self.essential,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Winning(Record):
    """Who wins in a simple game.

    ``proper``: no two coalitions without a common member both win; ``strong``: of a coalition and
    the rest at least one wins. ``minimal`` are the winning coalitions that lose with any member
    less, all ``number`` of them or the first. ``against_proper`` wins as the rest does,
    ``against_strong`` loses as the rest does.
    """

    kind: ClassVar[str] = "winning"
    family: ClassVar[str] = "cooperative"

    proper: bool
    strong: bool
    minimal: tuple[Names, ...]
    number: int
    against_proper: Names | None
    against_strong: Names | None

    def said(self) -> Said:
        found: dict[str, Said] = {"proper": self.proper, "strong": self.strong}
        if len(self.minimal) == self.number:
            found["minimal winning"] = frozenset(frozenset(one) for one in self.minimal)
        return found
