"""How much of the square leads to a strict equilibrium? By following the separatrix backwards."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import PairBasin
from alliance_games.results.solutions import Certificate, Solution

EXACT = "the payoffs' differences have the signs, or the symmetry, from which the share follows"
FOLLOWED = "the separatrix was followed backwards from the saddle, and cuts off as much"
ALLOWED = 1e-4
"""By how much the two computations may differ."""


def check_pair_basin(game: NormalGame, solution: Solution) -> Certificate:
    """Hold the basin of a strict equilibrium to the dynamics of two populations."""
    if not isinstance(solution, PairBasin):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    try:
        at = tuple(
            names.index(solution.attractor[player])
            for player, names in zip(game.players, game.strategies, strict=True)
        )
    except (KeyError, ValueError):
        return Certificate(False, "it names other strategies than the game has")
    i, j = at
    if not (
        game.payoff(0, (i, j)) > game.payoff(0, (1 - i, j))
        and game.payoff(1, (i, j)) > game.payoff(1, (i, 1 - j))
    ):
        return Certificate(False, "this is no strict equilibrium")
    opposite = (1 - i, 1 - j)
    strict_too = game.payoff(0, opposite) > game.payoff(0, (i, 1 - j)) and (
        game.payoff(1, opposite) > game.payoff(1, (1 - i, j))
    )
    if not strict_too:
        # Leaving the opposite corner pays one side at least: no second equilibrium is stable.
        return Certificate(solution.exact and solution.share == 1, EXACT)
    if solution.exact:
        mine, yours = (_losses(game, side, at) for side in (0, 1))
        return Certificate(solution.share == Fraction(1, 2) and mine == yours[::-1], EXACT)
    area = _share(game, at)
    return Certificate(abs(area - float(solution.share)) <= ALLOWED, FOLLOWED)


def _losses(game: NormalGame, side: int, at: tuple[int, ...]) -> tuple[Fraction, Fraction]:
    """What a side loses by leaving the equilibrium, and the opposite one, alone."""
    found = []
    for here in (at, (1 - at[0], 1 - at[1])):
        left = (1 - here[0], here[1]) if side == 0 else (here[0], 1 - here[1])
        found.append(game.payoff(side, here) - game.payoff(side, left))
    return found[0], found[1]


@lru_cache(maxsize=8)
def _share(game: NormalGame, at: tuple[int, ...]) -> float:
    """The area on the equilibrium's side of the curve of shares that lead to the saddle.

    Both populations' shares of the equilibrium's strategies are followed against time, from either
    side of the saddle along its stable direction.
    """
    import numpy as np
    from scipy.integrate import solve_ivp

    (a, b), (c, d) = (tuple(map(float, _losses(game, side, at))) for side in (0, 1))
    # The leads a y - b (1 - y) and c x - d (1 - x) vanish at the saddle.
    p, q = d / (c + d), b / (a + b)
    scale = max(a, b, c, d)

    def backwards(_: float, z: Any) -> Any:
        """Against time; the third number is the area under the way so far."""
        x, y, _area = z
        lead, other = a * y - b * (1 - y), c * x - d * (1 - x)
        dx = -x * (1 - x) * lead / scale
        return [dx, -y * (1 - y) * other / scale, abs(dx) * y]

    def at_the_side(_: float, z: Any) -> float:
        return float(min(z[0], 1 - z[0]) - 1e-6)

    at_the_side.terminal = True  # type: ignore[attr-defined]  # so scipy asks for it
    across, along = p * (1 - p) * (a + b), q * (1 - q) * (c + d)
    direction = np.array([across**0.5, -(along**0.5)])
    direction *= 1e-6 / np.abs(direction).max()
    area = 0.0
    for sign in (1.0, -1.0):
        start = [p + sign * direction[0], q + sign * direction[1], 0.0]
        area += solve_ivp(
            backwards, (0, 1e6), start, "DOP853", events=at_the_side, rtol=1e-9, atol=1e-12
        ).y[2, -1]
    return 1 - float(area)
