"""Play that bears out a set of subgame-perfect payoffs: codes with public lotteries.

A code is a list of states: each says what both do, and with which probabilities a public lottery
chooses the next one; whoever deviates is met by the state that is worst for her (Abreu 1988). What
its states are worth solves linear equations, so that once the actions and the lotteries are
rational, the set they generate is exact and its incentives are decided (Abreu, Pearce and
Stacchetti 1990: a set that generates itself consists of equilibrium payoffs).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from alliance_games.algorithms.payoff_bounds import (
    Action,
    Bounded,
    Grid,
    lowest_of,
    outer,
    tightened,
)
from alliance_games.algorithms.planes import Place, Polygon, hull, turn, weights
from alliance_games.algorithms.simplest import simplest_between
from alliance_games.exact.linear import solve
from alliance_games.model.profiles import PureProfile

SLACKS = (10**13, 10**11, 10**8, 10**5)
"""Incentives are first asked to have a part in so many of the payoffs' range to spare."""
PARTS = 10**15
"""Lotteries are rounded to this denominator."""
SIMPLE = (10**13, 10**11, 10**9)
"""A simple number that is a part in so many of the range from a corner may be what it tends to."""
MARGIN = 10**9
"""The bound that is told is so many parts of the range wider than what iteration left."""

Pair = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class State:
    """What both do, the lottery over the states to follow, and what it is worth to each."""

    profile: PureProfile
    lottery: tuple[tuple[int, Fraction], ...]
    worth: Pair


Code = tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The outer set (in payoffs), a code (empty where none was found), and whether the code's
    payoffs are the simple numbers that the outer set tends to."""

    outer: Polygon
    code: Code
    simple: bool
    rounds: int


def payoff_set(grid: Grid, tick: Callable[[], None]) -> Found:
    """The outer set and the best code found."""
    bounded = outer(grid, tick)
    scale = grid.scale
    around = _widened(bounded.polygon, Fraction(max(grid.spread, 1), MARGIN), scale)
    if not bounded.polygon:
        return Found([], (), False, bounded.rounds)
    for part in SIMPLE:
        margin = Fraction(max(grid.spread, 1), part)
        if code := _simple_code(grid, bounded.polygon, margin):
            return Found(around, code, True, bounded.rounds)
    for part in SLACKS:
        code = _read_off(grid, tightened(grid, max(2, grid.spread // part), tick))
        if code:
            return Found(around, code, False, bounded.rounds)
    return Found(around, _reversion_code(grid), False, bounded.rounds)


def _widened(polygon: Polygon, margin: Fraction, scale: int) -> Polygon:
    """The set and a little more, its corners with few digits."""
    digits = 1
    while digits * margin < 2 * scale:  # the grid's step is half the margin or less
        digits *= 10
    corners: list[Place] = []
    for x, y in polygon:
        across = [
            Fraction(round((x + side) * digits / scale), digits) for side in (-margin, margin)
        ]
        upward = [
            Fraction(round((y + side) * digits / scale), digits) for side in (-margin, margin)
        ]
        corners += [(a, b) for a in across for b in upward]
    return hull(corners)


# Simple numbers


def _simple_code(grid: Grid, polygon: Polygon, margin: Fraction) -> Code:
    """The code whose worths are the simplest fractions near the set's corners, if that is one."""
    near = [(_simple(x, margin, grid.scale), _simple(y, margin, grid.scale)) for x, y in polygon]
    corners = hull(near)
    lowest = (lowest_of(corners, 0), lowest_of(corners, 1))
    states = []
    for corner in corners:
        state = _generated(grid, corners, lowest, corner)
        if state is None:
            return ()
        states.append(state)
    return tuple(states)


def _simple(value: int | Fraction, margin: Fraction, scale: int) -> Fraction:
    low, high = (Fraction(value) - margin) / scale, (Fraction(value) + margin) / scale
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest_between(-high, -low, closed=True)
    return simplest_between(low, high, closed=True)


def _generated(grid: Grid, corners: Polygon, lowest: Place, corner: Place) -> State | None:
    """A state worth exactly ``corner``, continued within the corners' hull; None where none is."""
    factor = grid.factor
    for action in grid.actions:
        own = _payoffs(grid, action)
        if factor == 0:
            if own == corner and action.gains == (0, 0):
                return State(action.profile, ((0, Fraction(1)),), own)
            continue
        later = tuple((Fraction(corner[i]) - (1 - factor) * own[i]) / factor for i in range(2))
        continuation = (later[0], later[1])
        if not _enough(grid, action, continuation, lowest):
            continue
        mixture = weights(corners, continuation)
        if mixture is not None:
            worth = (Fraction(corner[0]), Fraction(corner[1]))
            return State(action.profile, tuple(sorted(mixture.items())), worth)
    return None


def _payoffs(grid: Grid, action: Action) -> Pair:
    return Fraction(action.payoffs[0], grid.scale), Fraction(action.payoffs[1], grid.scale)


def _enough(grid: Grid, action: Action, continuation: Place, lowest: Place) -> bool:
    """Whether nobody gains by deviating once, where her worst state follows."""
    factor = grid.factor
    return all(
        factor * Fraction(continuation[i] - lowest[i]) * grid.scale >= (1 - factor) * gain
        for i, gain in enumerate(action.gains)
        if gain
    )


# Read off a set with room to spare


def _read_off(grid: Grid, bounded: Bounded) -> Code:
    """The code whose states are the set's extreme points; () where its incentives fail."""
    corners = bounded.polygon
    if not corners:
        return ()
    actions, lotteries = [], []
    for place, corner in enumerate(corners):
        one = bounded.generated[corner]
        actions.append(one.action)
        if one.continuation is None:
            lotteries.append({place: Fraction(1)})
        else:
            lotteries.append(_near_weights(corners, one.continuation))
    worths = _worths(grid, actions, lotteries)
    lowest = (min(x for x, _ in worths), min(y for _, y in worths))
    for action, lottery in zip(actions, lotteries, strict=True):
        first, second = (
            sum((w * worths[k][i] for k, w in lottery.items()), Fraction(0)) for i in range(2)
        )
        if not _enough(grid, action, (first, second), lowest):
            return ()
    return tuple(
        State(action.profile, tuple(sorted(lottery.items())), worth)
        for action, lottery, worth in zip(actions, lotteries, worths, strict=True)
    )


def _near_weights(corners: Polygon, point: Place) -> dict[int, Fraction]:
    """About the point as a mixture of extreme points, in rounded weights."""
    if len(corners) < 3:
        return _along(corners, point)
    best: tuple[Fraction, dict[int, Fraction]] | None = None
    for place in range(1, len(corners) - 1):
        three = (0, place, place + 1)
        a, b, c = (corners[k] for k in three)
        area = turn(a, b, c)
        found = [
            Fraction(turn(point, b, c)) / area,
            Fraction(turn(a, point, c)) / area,
            Fraction(turn(a, b, point)) / area,
        ]
        if best is None or min(found) > best[0]:
            best = min(found), dict(zip(three, found, strict=True))
    assert best is not None
    return _rounded(best[1])


def _along(corners: Polygon, point: Place) -> dict[int, Fraction]:
    if len(corners) == 1:
        return {0: Fraction(1)}
    first, last = corners
    axis = 0 if abs(last[0] - first[0]) >= abs(last[1] - first[1]) else 1
    part = Fraction(point[axis] - first[axis]) / (last[axis] - first[axis])
    return _rounded({0: 1 - part, 1: part})


def _rounded(mixture: dict[int, Fraction]) -> dict[int, Fraction]:
    """Weights over PARTS that sum to one, none below zero."""
    parts = {k: max(0, round(w * PARTS)) for k, w in mixture.items()}
    largest = max(parts, key=lambda k: parts[k])
    parts[largest] += PARTS - sum(parts.values())
    return {k: Fraction(part, PARTS) for k, part in parts.items() if part}


def _worths(
    grid: Grid, actions: Sequence[Action], lotteries: Sequence[dict[int, Fraction]]
) -> list[Pair]:
    """What the states are worth: (1 - factor) payoffs + factor times the lottery's worth."""
    factor = grid.factor
    rows, sides = [], []
    for place, (action, lottery) in enumerate(zip(actions, lotteries, strict=True)):
        row = [Fraction(0)] * len(actions)
        row[place] += 1
        for k, weight in lottery.items():
            row[k] -= factor * weight
        right = [(1 - factor) * own for own in _payoffs(grid, action)]
        over = lcm(*(entry.denominator for entry in (*row, *right)))
        rows.append([int(entry * over) for entry in row])
        sides.append([int(entry * over) for entry in right])
    found = solve(rows, [side[0] for side in sides], [side[1] for side in sides])
    assert found is not None, "discounted by less than one, every state has a worth"
    over, (first, second) = found
    return [(Fraction(x, over), Fraction(y, over)) for x, y in zip(first, second, strict=True)]


def _reversion_code(grid: Grid) -> Code:
    """Pure stage equilibria for ever, and what reversion to the worst of them sustains."""
    stable = [action for action in grid.actions if action.gains == (0, 0)]
    if not stable:
        return ()
    own = [_payoffs(grid, action) for action in stable]
    lowest = (min(x for x, _ in own), min(y for _, y in own))
    kept = stable + [
        action
        for action in grid.actions
        if action not in stable
        and _enough(grid, action, _payoffs(grid, action), lowest)
        and all(_payoffs(grid, action)[i] >= lowest[i] for i in range(2))
    ]
    return tuple(
        State(action.profile, ((place, Fraction(1)),), _payoffs(grid, action))
        for place, action in enumerate(kept)
    )
