"""The shapes of answers that trees and games of more players have: assessments, continua,
correlated play, branches.

Apart from ``solutions`` so that a game in normal form does not pay for them at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.results.solutions import (
    Behaviour,
    Certificate,
    Fact,
    Point,
    Solution,
)


class Unknown(NamedTuple):
    """What a condition speaks of: a choice's probability, or a belief's, at an information set.

    ``of`` is 'choice' (``place`` is then an action of ``set``) or 'belief' (``place`` is then a
    position in ``game.nodes_of[set]``). In a game in normal form it is 'strategy': ``set`` is then
    a player and ``place`` one of her strategies.
    """

    of: str
    set: int
    place: int


class Condition(NamedTuple):
    """A polynomial in unknowns against zero: the sum of ``terms`` is '=', '>=' or '>' 0.

    Each term is a coefficient and the unknowns it multiplies (with repetition for powers).
    """

    terms: tuple[tuple[Fraction, tuple[Unknown, ...]], ...]
    relation: str


@dataclass(frozen=True, slots=True)
class Tremble:
    """Completely mixed behaviour that tends to an assessment and bears its beliefs out.

    For small e, the action a of a set is taken with a probability proportional to
    ``weights[set][a] * e ** orders[set][a]`` (Kreps and Wilson 1982); None at chance moves. Where
    it takes more, ``further[set][a]`` are terms to add: powers of e and their coefficients.
    In a game in normal form the players stand in the place of the sets, their strategies in that of
    the actions.
    """

    orders: tuple[tuple[int, ...] | None, ...]
    weights: tuple[Mixed | None, ...]
    further: tuple[tuple[tuple[tuple[int, Fraction], ...], ...] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A behaviour strategy profile with a system of beliefs.

    ``choices[set]`` is the distribution over the actions of that information set (None for chance
    moves), ``beliefs[set]`` the one over ``game.nodes_of[set]`` (None for chance moves);
    ``outcomes`` are the terminal nodes reached, each with its probability.
    """

    choices: tuple[Mixed | None, ...]
    beliefs: tuple[Mixed | None, ...]
    payoffs: Payoffs
    outcomes: tuple[tuple[int, Fraction], ...]
    properties: Mapping[str, Fact] = field(default_factory=dict)
    tremble: Tremble | None = None
    certificate: Certificate | None = None
    kind = "assessment"


@dataclass(frozen=True, slots=True)
class Family:
    """A part of a continuum that one list of conditions describes.

    ``points`` are places in the continuum's ``points``. Where ``hull`` is 'behaviour' the family is
    their convex hull, taken in the probabilities of choices and beliefs; where it is 'realization',
    in the probabilities with which each player's own moves make each sequence of them (von Stengel
    1996); where it is 'strategies', in each player's mixed strategies, and the family is every
    combination of them (normal form); where it is '', they are examples, and ``conditions`` alone
    say what belongs to it.
    """

    dimension: int
    points: tuple[int, ...]
    conditions: tuple[Condition, ...] = ()
    hull: str = "behaviour"


@dataclass(frozen=True, slots=True)
class Continuum:
    """Infinitely many equilibria that hang together: a union of families.

    ``points`` are their extreme points (or examples, see ``Family.hull``), all assessments or all
    behaviour strategy profiles of a tree, or all profiles of a game in normal form of three players
    or more; without certificates of their own.
    """

    dimension: int
    points: tuple[Assessment, ...] | tuple[Behaviour, ...] | tuple[Point, ...]
    families: tuple[Family, ...]
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "component"

    @property
    def plays(self) -> tuple[Assessment | Behaviour, ...]:
        """The points, where they are those of a tree."""
        return tuple(point for point in self.points if not isinstance(point, Point))


class Move(NamedTuple):
    """A part of a joint deviation: ``number`` players leave one pure strategy for another.

    ``who`` is a player, or in an anonymous game a role; ``number`` is 1 for a player.
    """

    who: int
    from_: int
    to: int
    number: int = 1


@dataclass(frozen=True, slots=True)
class Symmetric:
    """All players of a symmetric game choose by the same mixed ``strategy`` over the strategies;
    each then expects ``payoff``."""

    strategy: Mixed
    payoff: Fraction
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "symmetric"


@dataclass(frozen=True, slots=True)
class Discarded:
    """An equilibrium that a refinement rules out, and why.

    ``reason`` says it in words; ``numbers`` are the exact quantities that decide, by name.
    ``moves`` are the joint deviation of the coalition that would leave it, where one would.
    """

    solution: Solution
    reason: str
    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    certificate: Certificate | None = None
    moves: tuple[Move, ...] = ()
    kind = "discarded"


@dataclass(frozen=True, slots=True)
class Correlated:
    """Correlated play of a tree: ``plans`` are pure profiles with their probabilities.

    Each plan gives every player's recommended action by information set (-1 where the player's
    own earlier recommendations exclude the set, and at chance moves).
    """

    of: str
    plans: tuple[tuple[tuple[int, ...], Fraction], ...]
    payoffs: Payoffs
    outcomes: tuple[tuple[int, Fraction], ...]
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "correlated"


@dataclass(frozen=True, slots=True)
class QuantalPath:
    """A branch of quantal response equilibria, in floats: from precision 0 on, or from ``origin``.

    ``points`` are (precision, choices, error): the choices by information set in a tree (None at
    chance moves), by player in normal form, by role in an anonymous game; the error is the largest
    violation of the logit equations. ``turns`` are the places in ``points`` where precision turns
    from rising to falling or back. ``limit`` is the equilibrium the branch tends to, settled
    exactly, or None where it was not; ``origin`` is the one that a branch which does not start at
    precision 0 comes from.
    """

    points: tuple[tuple[float, tuple[tuple[float, ...] | None, ...], float], ...]
    limit: Solution | None
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    turns: tuple[int, ...] = ()
    origin: Solution | None = None
    kind = "path"


class RuledOut(NamedTuple):
    """A plan that is conditionally dominated: at ``set``, in ``round``, by a mixture of plans.

    ``plan`` and the keys of ``by`` are places in the player's list of plans.
    """

    player: int
    plan: int
    round: int
    set: int
    by: tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of a tree's players that an elimination leaves.

    ``plans[player]`` are all her reduced plans, each an action by information set (-1 at chance
    moves, others' sets and those that the plan itself excludes); ``members[player]`` are the places
    of those left; ``outcomes`` are the terminal nodes that can be reached by them.
    """

    of: str
    plans: tuple[tuple[tuple[int, ...], ...], ...]
    members: tuple[tuple[int, ...], ...]
    ruled_out: tuple[RuledOut, ...]
    outcomes: tuple[int, ...]
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "plans"
