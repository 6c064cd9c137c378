"""Do shares lead where it is said? By the sign of the payoffs' difference, or followed again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from alliance_games.model.normal import NormalGame
from alliance_games.model.populations import Population, in_order, population
from alliance_games.results.named.evolution import Basin
from alliance_games.results.solutions import Certificate, Solution

EXACT = "the first strategy's lead has the sign that moves every share of the interval there"
FOLLOWED = "the starts were followed again by another method, and as many came near, within a part"
ALLOWED = Fraction(1, 25)
"""The part of the starts by which two methods may differ."""

TIME, NEAR = 1000.0, 0.02

Starts = tuple[tuple[float, ...], ...]


def check_basin(
    game: NormalGame,
    solution: Solution,
    attractors: Sequence[Sequence[Fraction]],
    starts: Starts,
) -> Certificate:
    """Hold a basin of attraction to the dynamics; ``starts`` are those of an estimate."""
    crowd = population(game)
    if crowd is None or not isinstance(solution, Basin):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    try:
        at = in_order(crowd.names, dict(solution.attractor)) if solution.attractor else None
    except KeyError:
        return Certificate(False, "it names other strategies than the game has")
    if len(crowd.names) == 2:
        return Certificate(_is_interval(crowd, solution, at), EXACT)
    if solution.starts != len(starts) or (solution.low, solution.high) != (None, None):
        return Certificate(False, "these are not the starts of the grid")
    if at is not None and at not in attractors:
        return Certificate(False, "this is no rest point that attracts")
    near = Fraction(_near(crowd, at, attractors, starts), len(starts))
    return Certificate(abs(near - solution.share) <= ALLOWED, FOLLOWED)


def _is_interval(crowd: Population, told: Basin, at: Sequence[Fraction] | None) -> bool:
    """Whether the lead is positive below the attractor and negative above it, inside the interval,
    and the interval's inner ends stand still."""
    low, high = told.low, told.high
    if at is None or low is None or high is None or told.starts or sum(at) != 1:
        return False
    if not 0 <= low < high <= 1 or told.share != high - low or not low <= at[0] <= high:
        return False

    def lead(x: Fraction) -> Fraction:
        """Linear in the share of the first strategy."""
        return x * (crowd.payoff(0, 0) - crowd.payoff(1, 0)) + (1 - x) * (
            crowd.payoff(0, 1) - crowd.payoff(1, 1)
        )

    if any(lead(end) for end in (low, high) if 0 < end < 1 and end != at[0]):
        return False
    below = at[0] == low or lead((low + at[0]) / 2) > 0
    above = at[0] == high or lead((high + at[0]) / 2) < 0
    # A linear function that vanishes at an end, or has the right sign at the middle and does not
    # change it, has one sign in between.
    ends = all(
        lead(end) >= 0 if end < at[0] else lead(end) <= 0 for end in (low, high) if end != at[0]
    )
    inner = (
        lead(at[0]) == 0
        if 0 < at[0] < 1
        else (lead(at[0]) >= 0 if at[0] == 1 else lead(at[0]) <= 0)
    )
    return below and above and ends and inner


def _near(
    crowd: Population,
    at: Sequence[Fraction] | None,
    attractors: Sequence[Sequence[Fraction]],
    starts: Starts,
) -> int:
    """How many of the starts end near a rest point that attracts (or, for None, near none)."""
    import numpy as np

    ends = np.array(_ends(crowd, starts))

    def near(point: Sequence[Fraction]) -> Any:
        return np.abs(ends - np.array([float(p) for p in point])).max(axis=1) < NEAR

    if at is not None:
        return int(near(at).sum())
    anywhere = np.zeros(len(ends), dtype=bool)
    for point in attractors:
        anywhere |= near(point)
    return int((~anywhere).sum())


@lru_cache(maxsize=2)
def _ends(crowd: Population, starts: Starts) -> tuple[tuple[float, ...], ...]:
    """Where the starts lead, all solved as one system by an explicit method of order eight with
    error control, in logarithms of the shares (which each grow at what the strategy earns)."""
    import numpy as np
    from scipy.integrate import solve_ivp

    a = np.array(crowd.payoffs, dtype=float)
    a = (a - a.min()) / ((a.max() - a.min()) or 1)
    shape = (len(starts), len(a))

    def shares(flat: Any) -> Any:
        u = flat.reshape(shape)
        weights = np.exp(u - u.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)

    def growth(_: float, flat: Any) -> Any:
        earned = shares(flat) @ a.T
        return (earned - earned.mean(axis=1, keepdims=True)).ravel()

    first = np.log(np.array(starts)).ravel()
    solution = solve_ivp(growth, (0, TIME), first, method="DOP853", rtol=1e-7, atol=1e-7)
    return tuple(map(tuple, shares(solution.y[:, -1]).tolist()))
