"""Minmax payoffs and feasible payoffs, held to their definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.named.repeated import Feasible, Minmax
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "every reply to every play of the others was weighed, mixtures hold and secure the same, and "
    "the corners span the payoffs of all profiles, cut off below the minmax payoffs"
)
Pair = tuple[Fraction, Fraction]


def check(game: RepeatedGame, solution: Solution) -> Certificate:
    """Hold minmax payoffs and the corners of the sets to the definition."""
    if not isinstance(solution, Feasible):
        return Certificate(False, "no feasible payoffs")
    if [one.player for one in solution.minmax] != list(game.players):
        return Certificate(False, "the minmax payoffs are not those of all players")
    for player, one in enumerate(solution.minmax):
        if not _pure_is_right(game, player, one):
            return Certificate(False, f"the pure minmax payoff of {one.player} is another")
        if len(game.players) == 2 and not _mixed_is_right(game, player, one):
            return Certificate(False, f"the minmax payoff of {one.player} is another")
        if len(game.players) != 2 and one.mixed is not None:
            return Certificate(False, "with several others mixtures were not asked for")
    if len(game.players) != 2:
        empty = not solution.feasible and not solution.rational
        return Certificate(empty, CLAIM if empty else "the sets are of two players")
    return _sets(game, solution)


def _pure_is_right(game: RepeatedGame, player: int, one: Minmax) -> bool:
    stage = game.stage
    if len(one.by) != len(stage.shape):
        return False
    if any(name not in own for name, own in zip(one.by, stage.strategies, strict=True)):
        return False
    others = [range(size) for i, size in enumerate(stage.shape) if i != player]
    levels = []
    for rest in product(*others):
        replies = [
            stage.payoff(player, (*rest[:player], own, *rest[player:]))
            for own in range(stage.shape[player])
        ]
        levels.append(max(replies))
    at = tuple(own.index(name) for name, own in zip(one.by, stage.strategies, strict=True))
    replies = [
        stage.payoff(player, (*at[:player], own, *at[player + 1 :]))
        for own in range(stage.shape[player])
    ]
    return one.pure == min(levels) == max(replies) == stage.payoff(player, at)


def _mixed_is_right(game: RepeatedGame, player: int, one: Minmax) -> bool:
    stage = game.stage
    held = _mixture(one.held_by, stage.strategies[1 - player])
    own = _mixture(one.secured_by, stage.strategies[player])
    if held is None or own is None or one.mixed is None:
        return False

    def payoff(mine: int, yours: int) -> Fraction:
        return stage.payoff(player, (mine, yours) if player == 0 else (yours, mine))

    mine, yours = range(stage.shape[player]), range(stage.shape[1 - player])
    most = max(sum(held[b] * payoff(a, b) for b in yours) for a in mine)
    sure = min(sum(own[a] * payoff(a, b) for a in mine) for b in yours)
    return most == sure == one.mixed


def _mixture(play: Mapping[str, Fraction], names: Sequence[str]) -> list[Fraction] | None:
    if not set(play) <= set(names) or sum(play.values()) != 1 or min(play.values()) < 0:
        return None
    return [play.get(name, Fraction(0)) for name in names]


def _sets(game: RepeatedGame, told: Feasible) -> Certificate:
    stage = game.stage
    points = [stage.payoffs(profile) for profile in stage.profiles()]
    pairs: list[Pair] = [(first, second) for first, second in points]
    feasible, rational = told.feasible, told.rational
    if not set(feasible) <= set(pairs) or not all(_in(feasible, pair) for pair in pairs):
        return Certificate(False, "the corners do not span the payoffs of the profiles")
    if not _is_convex(feasible) or not _is_convex(rational):
        return Certificate(False, "the corners are not in order")
    least = [one.mixed for one in told.minmax]
    floor = (least[0] or Fraction(0), least[1] or Fraction(0))
    for corner in rational:
        if not _in(feasible, corner) or corner[0] < floor[0] or corner[1] < floor[1]:
            return Certificate(False, "a corner is not feasible and rational")
    for candidate in _candidates(feasible, floor):
        inside = candidate[0] >= floor[0] and candidate[1] >= floor[1]
        if inside and _in(feasible, candidate) and not _in(rational, candidate):
            return Certificate(False, "some rational payoffs are left out")
    return Certificate(True, CLAIM)


def _candidates(corners: Sequence[Pair], floor: Pair) -> list[Pair]:
    """All that may be a corner of what is left: corners, crossings of the lines between any two of
    them with the cuts, the cuts' own corner."""
    distinct = sorted(set(corners))
    found: list[Pair] = [*distinct, floor]
    for a, b in combinations(distinct, 2):
        for axis in range(2):
            if (a[axis] - floor[axis]) * (b[axis] - floor[axis]) < 0:
                part = (floor[axis] - a[axis]) / (b[axis] - a[axis])
                other = a[1 - axis] + part * (b[1 - axis] - a[1 - axis])
                found.append((floor[0], other) if axis == 0 else (other, floor[1]))
    return found


def _left(a: Pair, b: Pair, c: Pair) -> Fraction:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _is_convex(corners: Sequence[Pair]) -> bool:
    if len(corners) < 3:
        return len(set(corners)) == len(corners)
    around = [*corners, *corners[:2]]
    return all(_left(*around[k : k + 3]) > 0 for k in range(len(corners)))


def _in(corners: Sequence[Pair], point: Pair) -> bool:
    """Whether a point lies in the span of corners told counter-clockwise."""
    if len(corners) < 2:
        return list(corners) == [point]
    edges = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    if any(_left(a, b, point) < 0 for a, b in edges):
        return False
    low = [min(corner[i] for corner in corners) for i in range(2)]
    high = [max(corner[i] for corner in corners) for i in range(2)]
    return all(low[i] <= point[i] <= high[i] for i in range(2))
