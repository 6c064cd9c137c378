"""Which shares the replicator dynamics leads where: exactly with two strategies, else on a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from alliance_games.algorithms.flows import scaled
from alliance_games.algorithms.population_equilibria import Tick
from alliance_games.model.populations import Population, by_name
from alliance_games.results.named.evolution import Basin

PARTS = {3: 20, 4: 11, 5: 8}
"""Parts into which each share is divided on the grid, by the number of strategies."""

TIME, STEP, NEAR = 1000.0, 0.25, 0.01
"""How long solutions are followed (payoffs scaled to 1), in what steps, and how near counts."""


def exact_basins(crowd: Population) -> Iterator[Basin]:
    """The intervals that lead to each rest point of two strategies; none where all stand still.

    The first strategy earns more by ``lead[0]`` where all play it, ``lead[1]`` where nobody does,
    and in between the lead is linear.
    """
    (a, b), (c, d) = crowd.payoffs
    first, second = a - c, b - d
    zero, one = Fraction(0), Fraction(1)
    if first > 0 > second:
        between = Fraction(-second, first - second)
        yield _interval(crowd, one, between, one)
        yield _interval(crowd, zero, zero, between)
    elif first < 0 < second:
        yield _interval(crowd, Fraction(second, second - first), zero, one)
    elif first or second:
        yield _interval(crowd, one if first + second > 0 else zero, zero, one)


def _interval(crowd: Population, at: Fraction, low: Fraction, high: Fraction) -> Basin:
    return Basin(
        attractor=by_name(crowd.names, (at, 1 - at)), share=high - low, starts=0, low=low, high=high
    )


def estimated_basins(
    crowd: Population, attractors: Sequence[Sequence[Fraction]], tick: Tick
) -> Iterator[Basin]:
    """The parts of a grid of starts that lead to each attracting rest point, or to none."""
    starts = grid(len(crowd.names))
    counts = _counts(crowd, attractors, starts, tick)
    for at, count in zip([*attractors, None], counts, strict=True):
        if at is not None or count:
            yield Basin(
                attractor={} if at is None else by_name(crowd.names, at),
                share=Fraction(count, len(starts)),
                starts=len(starts),
                low=None,
                high=None,
            )


def grid(size: int) -> tuple[tuple[float, ...], ...]:
    """Starts all over the simplex, moved a little so that none lies on a line of symmetry."""
    parts = PARTS[size]
    found = []
    for bars in combinations(range(parts + size - 1), size - 1):
        ends = (-1, *bars, parts + size - 1)
        counts = [ends[i + 1] - ends[i] - 1 for i in range(size)]
        moved = [count + 0.31 + 0.17 * i for i, count in enumerate(counts)]
        found.append(tuple(entry / sum(moved) for entry in moved))
    return tuple(found)


def _counts(
    crowd: Population,
    attractors: Sequence[Sequence[Fraction]],
    starts: Sequence[Sequence[float]],
    tick: Tick,
) -> list[int]:
    """How many starts come near each attractor; last, how many near none.

    All starts are followed at once, in logarithms, by the method of Runge and Kutta.
    """
    import numpy as np

    a = np.array(scaled(crowd.payoffs))
    ends = np.array([[float(p) for p in at] for at in attractors]).reshape(-1, len(a))
    u = np.log(np.array(starts))
    where = np.full(len(starts), -1)

    def shares(u: Any) -> Any:
        weights = np.exp(u - u.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)

    for step in range(int(TIME / STEP)):
        if step % 20 == 0:
            tick()
            far = np.abs(shares(u)[:, None, :] - ends[None, :, :]).max(axis=2)
            if len(ends):
                near = far.min(axis=1) < NEAR
                where[near] = far.argmin(axis=1)[near]
            if (where >= 0).all():
                break
        k1 = shares(u) @ a.T
        k2 = shares(u + STEP / 2 * k1) @ a.T
        k3 = shares(u + STEP / 2 * k2) @ a.T
        k4 = shares(u + STEP * k3) @ a.T
        u = u + STEP / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        u -= u.max(axis=1, keepdims=True)
    return [int((where == place).sum()) for place in [*range(len(attractors)), -1]]
