"""Are these equilibrium payoffs, and all of them? Held to the definition from both sides.

From inside: the worth of every state of the code is solved from the equations between them, and
every one-shot deviation in every state, met by the state that is worst for the deviator, is
weighed; the corners lie in the span of the worths. From outside: the operator of Abreu, Pearce and
Stacchetti (1990) itself, whole continuation sets and not only their extreme points, is applied to
the feasible payoffs above both minmax values again and again, every rounding outward, until what is
left lies in the bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor, lcm
from typing import TypeAlias, TypeVar

from alliance_games.exact.linear import solve
from alliance_games.model.normal import NormalGame
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.named.repeated import CodeState, PayoffSet
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "every one-shot deviation from the code was weighed, the corners lie in the span of its "
    "payoffs, and the payoffs that can follow themselves, rounded outward, lie in the bound"
)
FINE = 10**12
"""The grid of the outer check has so many units for the range of the payoffs, or more."""

Point = tuple[int, int]
Pair = tuple[Fraction, Fraction]
Place: TypeAlias = Point | Pair
AnyPlace = TypeVar("AnyPlace", Point, Pair)


def check(game: RepeatedGame, solution: Solution) -> Certificate:
    """Hold a payoff set to the definition from inside and outside."""
    if not isinstance(solution, PayoffSet) or game.factor is None:
        return Certificate(False, "no set of equilibrium payoffs")
    if why := _inside(game, solution):
        return Certificate(False, why)
    if not _outside(game, solution):
        return Certificate(False, "some equilibrium payoffs may lie outside the bound")
    if why := _numbers(game, solution):
        return Certificate(False, why)
    return Certificate(True, CLAIM)


# From inside


def code_worths(
    game: RepeatedGame, code: Sequence[CodeState], factor: Fraction
) -> list[Pair] | None:
    """What the states of a code are worth; None where it is no code of this game."""
    size = len(code)
    rows, firsts, seconds = [], [], []
    for place, state in enumerate(code):
        chances = [one.probability for one in state.then]
        if not chances or min(chances) <= 0 or sum(chances) != 1:
            return None
        if any(not 0 <= one.state < size for one in state.then):
            return None
        indices = _indices(game, state.play)
        if indices is None:
            return None
        row = [Fraction(int(k == place)) for k in range(size)]
        for one in state.then:
            row[one.state] -= factor * one.probability
        own = [(1 - factor) * payoff for payoff in game.stage.payoffs(indices)]
        over = lcm(*(entry.denominator for entry in (*row, *own)))
        rows.append([int(entry * over) for entry in row])
        firsts.append(int(own[0] * over))
        seconds.append(int(own[1] * over))
    found = solve(rows, firsts, seconds)
    if found is None:
        return None
    over, (first, second) = found
    return [(Fraction(x, over), Fraction(y, over)) for x, y in zip(first, second, strict=True)]


def _indices(game: RepeatedGame, play: Sequence[str]) -> tuple[int, int] | None:
    if len(play) != 2 or any(n not in own for n, own in zip(play, game.strategies, strict=True)):
        return None
    first, second = (own.index(name) for name, own in zip(play, game.strategies, strict=True))
    return first, second


def one_shot_gain(
    game: RepeatedGame, code: Sequence[CodeState], worths: Sequence[Pair], factor: Fraction
) -> Fraction:
    """The most that any player gains by a deviation in any state, in average payoffs."""
    largest = Fraction(0)
    for state, worth in zip(code, worths, strict=True):
        indices = _indices(game, state.play)
        assert indices is not None, "the worths were solved"
        for player in range(2):
            worst = min(one[player] for one in worths)
            for own in range(game.stage.shape[player]):
                if own == indices[player]:
                    continue
                profile = (own, indices[1]) if player == 0 else (indices[0], own)
                deviating = (1 - factor) * game.stage.payoff(player, profile) + factor * worst
                largest = max(largest, deviating - worth[player])
    return largest


def _inside(game: RepeatedGame, told: PayoffSet) -> str:
    if not told.code:
        return "" if not told.corners else "corners without play that bears them out"
    factor = game.factor
    assert factor is not None
    worths = code_worths(game, told.code, factor)
    if worths is None:
        return "the code is none of this game"
    if one_shot_gain(game, told.code, worths, factor) > 0:
        return "somebody gains by deviating from the code"
    span = _hull(worths)
    if not told.corners or any(not _in(span, corner) for corner in told.corners):
        return "a corner lies outside what the code is worth"
    return ""


# From outside


def _outside(game: RepeatedGame, told: PayoffSet) -> bool:
    """Whether the operator, applied often enough, leaves nothing outside the bound."""
    factor = game.factor
    assert factor is not None
    stage = game.stage
    values = [value for profile in stage.profiles() for value in stage.payoffs(profile)]
    spread = max(values) - min(values) or Fraction(1)
    scale = lcm(*(value.denominator for value in values))
    while scale * spread < FINE:
        scale *= 10
    bound = _hull([(x * scale, y * scale) for x, y in told.bound])
    actions = stage_actions(stage, scale)
    around = enlarged_feasible(stage, actions, scale)
    while True:
        if not around or (bound and all(_in(bound, place) for place in around)):
            return bool(bound) == bool(around)
        after = applied(actions, around, factor)
        if after == around:
            return False
        around = after


Actions = list[tuple[Point, tuple[int, int]]]


def stage_actions(stage: NormalGame, scale: int) -> Actions:
    """Each profile's payoffs and gains from deviating, times ``scale``."""
    return [_action(stage, profile, scale) for profile in stage.profiles()]


def enlarged_feasible(stage: NormalGame, actions: Actions, scale: int) -> list[Point]:
    """The feasible payoffs above both pure minmax payoffs, enlarged to the grid."""
    around = _hull([own for own, _ in actions])
    for axis in range(2):
        around = _hull(_cut(around, axis, _minmax(stage, axis, scale)))
    return around


def _minmax(stage: NormalGame, player: int, scale: int) -> int:
    """What the player gets at least against any pure action of the other, if she replies best."""
    best = [
        max(
            stage.payoff(player, (own, other) if player == 0 else (other, own))
            for own in range(stage.shape[player])
        )
        for other in range(stage.shape[1 - player])
    ]
    return int(min(best) * scale)


def _action(stage: NormalGame, profile: Sequence[int], scale: int) -> tuple[Point, tuple[int, int]]:
    own = [int(value * scale) for value in stage.payoffs(tuple(profile))]
    gains = []
    for player in range(2):
        best = max(
            stage.payoff(player, (k, profile[1]) if player == 0 else (profile[0], k))
            for k in range(stage.shape[player])
        )
        gains.append(int(best * scale) - own[player])
    return (own[0], own[1]), (gains[0], gains[1])


def applied(
    actions: Sequence[tuple[Point, tuple[int, int]]], around: list[Point], factor: Fraction
) -> list[Point]:
    """What can be generated by continuations in the set: at least, after rounding."""
    p, q = factor.numerator, factor.denominator
    lowest = (min(x for x, _ in around), min(y for _, y in around))
    corners: set[Point] = set()
    for own, gains in actions:
        if p == 0:
            if gains == (0, 0):
                corners.add(own)
            continue
        kept: list[Point] = around
        for axis, gain in enumerate(gains):
            if gain:
                kept = _cut(kept, axis, lowest[axis] + (q - p) * gain // p)
        for place in kept:
            xs = [((q - p) * own[0] + p * place[0]), ((q - p) * own[1] + p * place[1])]
            corners |= {(a, b) for a in _both(xs[0], q) for b in _both(xs[1], q)}
    return _hull(corners)


def _both(numerator: int, denominator: int) -> set[int]:
    return {numerator // denominator, -(-numerator // denominator)}


def _cut(polygon: list[Point], axis: int, least: int) -> list[Point]:
    """The part of the set where a coordinate is ``least`` or more, enlarged to the grid."""
    kept = []
    for here, there in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
        if here[axis] >= least:
            kept.append(here)
        if (here[axis] - least) * (there[axis] - least) < 0:
            part = Fraction(least - here[axis], there[axis] - here[axis])
            other = here[1 - axis] + part * (there[1 - axis] - here[1 - axis])
            for rounded in {floor(other), ceil(other)}:
                kept.append((least, rounded) if axis == 0 else (rounded, least))
    return kept


# Geometry of its own


def _hull(points: Iterable[AnyPlace]) -> list[AnyPlace]:
    """Extreme points by gift wrapping over sorted points, counter-clockwise."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    sides: list[list[AnyPlace]] = []
    for sequence in (ordered, list(reversed(ordered))):
        side: list[AnyPlace] = []
        for point in sequence:
            while len(side) > 1 and _left(side[-2], side[-1], point) <= 0:
                side.pop()
            side.append(point)
        sides.append(side[:-1])
    return sides[0] + sides[1]


def _left(a: Place, b: Place, c: Place) -> Fraction | int:
    area: Fraction | int = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return area


def _in(polygon: Sequence[Place], point: Place) -> bool:
    """Whether the point is on the inner side of every edge."""
    if len(polygon) == 1:
        return tuple(polygon[0]) == tuple(point)
    edges = list(zip(polygon, [*polygon[1:], polygon[0]], strict=True))
    if any(_left(a, b, point) < 0 for a, b in edges):
        return False
    if len(polygon) > 2:
        return True
    return all(
        min(a[i] for a in polygon) <= point[i] <= max(a[i] for a in polygon) for i in range(2)
    )


# Numbers told of both


def _numbers(game: RepeatedGame, told: PayoffSet) -> str:
    """Distance and worst payoffs, recounted."""
    if not told.corners or not told.bound:
        return "" if told.distance is None and not told.worst else "numbers of nothing"
    span = _hull(told.corners)
    furthest = max(_square(span, place) for place in told.bound)
    if told.distance is None or told.distance**2 < furthest:
        return "the bound is further away than is said"
    if (told.distance - Fraction(1, 10**12)) ** 2 > furthest and told.distance > Fraction(
        1, 10**12
    ):
        return "the bound is nearer than is said"
    for axis, player in enumerate(game.players):
        one = told.worst.get(player)
        if one is None or one.low != min(place[axis] for place in told.bound):
            return "a worst payoff is not that of the bound"
        if not one.low <= one.high <= min(place[axis] for place in told.corners):
            return "a worst payoff is not that of the code"
        assert game.factor is not None
        worths = code_worths(game, told.code, game.factor)
        if worths is None or one.high < min(worth[axis] for worth in worths):
            return "a worst payoff is lower than the code's"
    return ""


def _square(span: Sequence[Pair], point: Pair) -> Fraction:
    if _in(span, point):
        return Fraction(0)
    found = []
    for a, b in zip(span, [*span[1:], span[0]], strict=True):
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = dx * dx + dy * dy
        part = Fraction(0)
        if length:
            part = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length
            part = min(max(part, Fraction(0)), Fraction(1))
        found.append((point[0] - a[0] - part * dx) ** 2 + (point[1] - a[1] - part * dy) ** 2)
    return min(found)
