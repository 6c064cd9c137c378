"""The replicator dynamics in floating point, for pictures and for estimates that say so.

Solutions are followed by the method of Runge and Kutta of fourth order with a fixed step; shares
are kept in logarithms, so that none becomes negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import exp, log

from alliance_games.model.normal import NormalGame

Point = tuple[float, ...]
Payoffs = Sequence[Sequence[float]]

LEAST = 1e-12
"""Shares below this count as nobody."""


def scaled(a: Sequence[Sequence[int]]) -> list[list[float]]:
    """Payoffs divided by their largest difference, so that one unit of time means the same in all
    games; the paths of the dynamics stay what they are."""
    spread = max(map(max, a)) - min(map(min, a)) or 1
    least = min(map(min, a))
    return [[(entry - least) / spread for entry in row] for row in a]


def both_scaled(game: NormalGame) -> tuple[list[list[float]], list[list[float]]]:
    """Both players' payoffs, own strategy first, divided by one number: the largest difference."""
    tables = [game.matrix(0), [list(column) for column in zip(*game.matrix(1), strict=True)]]
    spread = max(
        Fraction(max(map(max, table)) - min(map(min, table)), over)
        for table, over in zip(tables, game.denominators, strict=True)
    )
    first, second = (
        [[float(Fraction(entry, over) / (spread or 1)) for entry in row] for row in table]
        for table, over in zip(tables, game.denominators, strict=True)
    )
    return first, second


def velocity(a: Payoffs, x: Sequence[float]) -> Point:
    """How fast each share changes in one population."""
    earned = [sum(p * q for p, q in zip(row, x, strict=True)) for row in a]
    mean = sum(p * q for p, q in zip(x, earned, strict=True))
    return tuple(p * (value - mean) for p, value in zip(x, earned, strict=True))


def pair_velocity(
    a: Payoffs, b: Payoffs, x: Sequence[float], y: Sequence[float]
) -> tuple[Point, Point]:
    """How fast each share changes in two populations; rows of ``b`` are the second's own."""

    def speeds(own: Payoffs, mine: Sequence[float], other: Sequence[float]) -> Point:
        earned = [sum(p * q for p, q in zip(row, other, strict=True)) for row in own]
        mean = sum(p * q for p, q in zip(mine, earned, strict=True))
        return tuple(p * (value - mean) for p, value in zip(mine, earned, strict=True))

    return speeds(a, x, y), speeds(b, y, x)


def path(a: Payoffs, start: Point, steps: int, step: float) -> list[Point]:
    """The shares at ``steps`` later times, the start first. Every share is positive at first."""
    u = [log(max(p, LEAST)) for p in start]
    found = [start]
    for _ in range(steps):
        u = _step(a, u, step)
        found.append(_shares(u))
    return found


def _step(a: Payoffs, u: list[float], step: float) -> list[float]:
    k1 = _rates(a, u)
    k2 = _rates(a, [p + step / 2 * k for p, k in zip(u, k1, strict=True)])
    k3 = _rates(a, [p + step / 2 * k for p, k in zip(u, k2, strict=True)])
    k4 = _rates(a, [p + step * k for p, k in zip(u, k3, strict=True)])
    new = [
        p + step / 6 * (one + 2 * two + 2 * three + four)
        for p, one, two, three, four in zip(u, k1, k2, k3, k4, strict=True)
    ]
    top = max(new)
    return [p - top for p in new]


def _rates(a: Payoffs, u: Sequence[float]) -> list[float]:
    x = _shares(u)
    return [sum(p * q for p, q in zip(row, x, strict=True)) for row in a]


def _shares(u: Sequence[float]) -> Point:
    weights = [exp(p) for p in u]
    total = sum(weights)
    return tuple(weight / total for weight in weights)
