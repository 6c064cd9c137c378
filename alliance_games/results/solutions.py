"""The shapes an answer can take. Plain data by index; names are put on at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from alliance_games.model.anonymous import Counts
from alliance_games.model.profiles import Mixed, Payoffs, Profile, PureProfile

if TYPE_CHECKING:
    from alliance_games.results.commitment_solutions import Commitment
    from alliance_games.results.level_solutions import Levels
    from alliance_games.results.mediated_solutions import Distribution
    from alliance_games.results.records import Record
    from alliance_games.results.tree_solutions import (
        Assessment,
        Continuum,
        Correlated,
        Discarded,
        Plans,
        QuantalPath,
        Symmetric,
        Tremble,
    )

Fact = bool | int | str | Fraction
"""A property's value: yes or no, a count or index, a word, an exact number."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an independent checker found when it held a solution to its definition.

    ``claim`` says in words what was checked; ``largest_gain`` is the most a player could gain by
    deviating (0 in an equilibrium), where that is the question.
    """

    verified: bool
    claim: str
    largest_gain: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One profile of (mixed) strategies of a normal-form game.

    ``tremble`` is completely mixed play that tends to it, where a refinement found one.
    """

    profile: Profile
    payoffs: Payoffs
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    tremble: Tremble | None = None
    kind = "point"


@dataclass(frozen=True, slots=True)
class Subset:
    """A maximal Nash subset: every mixture of ``rows`` with every mixture of ``columns``."""

    rows: tuple[Mixed, ...]
    columns: tuple[Mixed, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """A continuum: a connected union of maximal Nash subsets, given by its extreme points.

    ``dimension`` is that of its largest subset; ``payoffs`` are those of the extreme points.
    """

    dimension: int
    extreme_points: tuple[Profile, ...]
    payoffs: tuple[Payoffs, ...]
    subsets: tuple[Subset, ...]
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "component"


@dataclass(frozen=True, slots=True)
class CountPoint:
    """All pure profiles of an anonymous game in which ``counts[role]`` players of each role choose
    each strategy. ``profiles`` is how many there are; ``payoffs[role][strategy]`` is what a player
    gets there (None where nobody of the role plays it)."""

    counts: tuple[Counts, ...]
    profiles: int
    payoffs: tuple[tuple[Fraction | None, ...], ...]
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "counts"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A behaviour strategy profile of an extensive game.

    ``choices[set]`` is the distribution over the actions of that information set (None for chance
    moves); ``outcomes`` are the terminal nodes reached, each with its probability. ``free`` are
    the sets at which any choice would do as well, because the player's own earlier choices (or
    chance) rule them out.
    """

    choices: tuple[Mixed | None, ...]
    payoffs: Payoffs
    outcomes: tuple[tuple[int, Fraction], ...]
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    free: tuple[int, ...] = ()
    kind = "behaviour"


Belief = tuple[tuple[tuple[int, ...], Fraction], ...]
"""What the others may do, each with its probability: a pure profile (with the believer's own
strategy in its place), or in an anonymous game how many of the others choose each strategy."""


@dataclass(frozen=True, slots=True)
class Dominated:
    """A strategy dominated by another, pure or mixed.

    ``strength`` is 'strict' or 'weak'. ``round`` is 0 for dominance in the game as given, else the
    round of iterated elimination in which the strategy goes. ``by`` is the dominating mixture.
    ``within`` are the strategies each player still has in that round (empty: all).
    """

    player: int
    strategy: int
    by: Mixed
    strength: str
    round: int = 0
    within: tuple[tuple[int, ...], ...] = ()
    certificate: Certificate | None = None
    kind = "dominated"


@dataclass(frozen=True, slots=True)
class Members:
    """A set of strategies for each player (``of`` says which: rationalizable, undominated...).

    Where it is what an elimination leaves, ``eliminated`` are the steps, and
    ``beliefs[player][i]`` is one to which ``members[player][i]`` is a best reply.
    """

    of: str
    members: tuple[tuple[int, ...], ...]
    properties: Mapping[str, Fact] = field(default_factory=dict)
    eliminated: tuple[Dominated, ...] = ()
    beliefs: tuple[tuple[Belief, ...], ...] = ()
    certificate: Certificate | None = None
    kind = "set"


@dataclass(frozen=True, slots=True)
class Dominant:
    """A strategy better than every other of its player, whatever the others do."""

    player: int
    strategy: int
    strength: str
    certificate: Certificate | None = None
    kind = "dominant"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Named exact numbers: ``values`` by name; ``per_player`` where there is one for each player.

    ``strategies`` are those that attain them (a maxmin strategy, say), all extreme ones per player.
    ``held_by`` is for each player what the others can do so that she gets no more.
    A value of None does not exist (a ratio over zero), and the result's notes say why.
    """

    of: str
    values: Mapping[str, Fraction | None] = field(default_factory=dict)
    per_player: tuple[Fraction, ...] = ()
    strategies: tuple[tuple[Mixed, ...], ...] = ()
    held_by: tuple[Belief, ...] = ()
    certificate: Certificate | None = None
    kind = "numbers"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of several equilibria a principle picks; ``profile`` is None where it picks none.

    ``compared`` are the pure equilibria compared, ``numbers`` the exact quantities that decide
    (deviation losses, threshold belief), ``reason`` the comparison in words.
    """

    profile: PureProfile | None
    compared: tuple[PureProfile, ...]
    numbers: Mapping[str, Fraction]
    reason: str
    certificate: Certificate | None = None
    kind = "selection"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many solutions there are where they are too many to list."""

    number: int
    what: str
    certificate: Certificate | None = None
    kind = "tally"


Solution: TypeAlias = (
    "Point | Component | CountPoint | Behaviour | Members | Dominated | Dominant | Numbers"
    " | Selection | Tally | Assessment | Continuum | Discarded | Correlated | Plans"
    " | QuantalPath | Symmetric | Levels | Distribution | Commitment | Record"
)
