"""The core (Gillies 1959) and the least core (Maschler, Peleg and Shapley 1979)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from alliance_games.algorithms.excesses import Excesses, Stage, spread
from alliance_games.exact.polytopes import middle
from alliance_games.exact.vertices import vertices_of_distributions
from alliance_games.model.coalitional import CoalitionalGame, members

Tick = Callable[[], None]
Division = tuple[Fraction, ...]

MOST_LISTED = 150
"""A set of divisions with more extreme points, at some stage of finding them, is not listed."""

MOST_PLAYERS_LISTED = 6
"""Extreme points are looked for with so many players."""


@dataclass(frozen=True, slots=True)
class Divisions:
    """A convex set of divisions: its dimension, a point of its relative interior, and its extreme
    points, largest first (None: too many)."""

    dimension: int
    inner: Division
    extreme_points: tuple[Division, ...] | None


@dataclass(frozen=True, slots=True)
class LeastCore:
    """The least largest excess, where it is attained, and the dual numbers that prove it."""

    excess: Fraction
    divisions: Divisions
    weights: Mapping[int, Fraction]


def core(game: CoalitionalGame, tick: Tick) -> Divisions | Mapping[int, Fraction]:
    """The core; where it is empty, a balanced collection of coalitions with its weights, which are
    worth more than all players together (Bondareva 1963; Shapley 1967)."""
    if game.is_simple and (veto := veto_players(game)):
        return _of_veto_players(game, veto)
    if not game.is_tabled:
        return _all_but_one(game)
    if len(game.players) == 1:
        return Divisions(0, (game.worth(1),), ((game.worth(1),),))
    stages = Excesses(game, tick)
    first = stages.next()
    slack = game.slack * game.denominator
    if first.excess > slack:
        return balanced(first)
    stage = first
    while stage.excess >= -slack:
        stages.settle_tight(stage)
        if stages.rank == len(game.players):
            break
        stage = stages.next()
    return _divisions(game, stages, stage, Fraction(0), tick)


def least_core(game: CoalitionalGame, tick: Tick) -> LeastCore:
    """The least core of a game of two players or more whose coalitions are written out."""
    stages = Excesses(game, tick)
    first = stage = stages.next()
    slack = game.slack * game.denominator
    while stage.excess >= first.excess - slack:
        stages.settle_tight(stage)
        if stages.rank == len(game.players):
            break
        stage = stages.next()
    excess = first.excess / game.denominator
    return LeastCore(excess, _divisions(game, stages, stage, excess, tick), first.tight)


def veto_players(game: CoalitionalGame) -> list[int]:
    """The players of a simple game without whom nobody wins."""
    every = game.everybody
    return [i for i in range(len(game.players)) if not game.worth(every & ~(1 << i))]


def balanced(stage: Stage) -> dict[int, Fraction]:
    """The dual numbers of the first stage, so that each player's coalitions weigh one."""
    each = sum(weight for coalition, weight in stage.tight.items() if coalition & 1)
    return {coalition: weight / each for coalition, weight in stage.tight.items()}


def _of_veto_players(game: CoalitionalGame, veto: Sequence[int]) -> Divisions:
    """Whatever the win is worth is shared among those who can block it, in any way."""
    points = tuple(
        tuple(Fraction(int(player == taker)) for player in range(len(game.players)))
        for taker in veto
    )
    return Divisions(len(veto) - 1, middle(points), points)


def _all_but_one(game: CoalitionalGame) -> dict[int, Fraction]:
    """In a vote without veto players all others win without any one."""
    players = len(game.players)
    if not game.is_simple:
        raise ValueError("a vote that nobody can win has a core")
    return {game.everybody & ~(1 << i): Fraction(1, players - 1) for i in range(players)}


def _divisions(
    game: CoalitionalGame, stages: Excesses, stage: Stage, excess: Fraction, tick: Tick
) -> Divisions:
    """The divisions at which no coalition has more than ``excess``."""
    dimension = len(game.players) - stages.rank
    inner = spread(game, stage.division)
    if dimension == 0:
        return Divisions(0, inner, (inner,))
    points = None if game.numeric else extreme_points(game, excess, tick)
    if points is None:
        return Divisions(dimension, inner, None)
    return Divisions(dimension, middle(points), tuple(points))


def extreme_points(game: CoalitionalGame, excess: Fraction, tick: Tick) -> list[Division] | None:
    """The extreme points of the divisions at which no coalition has more than ``excess``; there are
    such. None where they are too many.

    Above the least each player can have there, a division is a point of a simplex.
    """
    players = len(game.players)
    if players > MOST_PLAYERS_LISTED:
        return None
    least = [game.worth(1 << player) - excess for player in range(players)]
    rest = game.worth(game.everybody) - sum(least)
    if rest == 0:
        return [tuple(least)]
    cuts = []
    for coalition in range(1, game.everybody):
        needed = game.worth(coalition) - excess - sum(least[i] for i in members(coalition))
        if needed > 0:
            row = [rest * (coalition >> player & 1) - needed for player in range(players)]
            scale = lcm(*(number.denominator for number in row))
            cuts.append([int(number * scale) for number in row])
    tick()
    found = vertices_of_distributions(players, cuts, MOST_LISTED)
    if found is None:
        return None
    return [
        tuple(low + rest * part for low, part in zip(least, point, strict=True)) for point in found
    ]
