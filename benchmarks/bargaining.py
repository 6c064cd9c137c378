"""Bargains over the outcomes of games and over contracts: every solution, exact and verified.

Run as `python benchmarks/bargaining.py`. Times are seconds for all bargaining concepts of one
problem with their certificates, in a process of its own, imports included. Beside them stands
Nash's solution alone in floats, by scipy (a local search over contracts; the convex hull and a
search on its edges for outcomes), which proves nothing.
"""

from __future__ import annotations

import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from alliance_games.concepts import defaults
from alliance_games.model.bargaining import BargainingGame, Contracts
from alliance_games.reading import read_text
from alliance_games.solve import solve

TARGET_SECONDS = 2.0

CONTRACT = """\
game: Autonomy for security
players: [Major, Minor]
parameters: {alpha: 8, beta: 1, gamma: 1, kappa: 1}
choices: {Major: "security in [0, 50]", Minor: "autonomy in [0, 50]"}
payoffs:
  Major: gamma * autonomy - kappa * security^2 / 2
  Minor: alpha * security - beta * autonomy^2 / 2
bargaining: {disagreement: [0, 0], discount: 9/10}
"""


def table(size: int) -> str:
    """A game of ``size`` strategies each with payoffs 0..1000, the same each time."""
    dice = random.Random(1)
    lines = [
        f"  r{i}, c{j}: {dice.randint(0, 1000)}, {dice.randint(0, 1000)}"
        for i in range(size)
        for j in range(size)
    ]
    rows, columns = (", ".join(f"{name}{i}" for i in range(size)) for name in "rc")
    head = f"game: G\nplayers: [A, B]\nstrategies: {{A: [{rows}], B: [{columns}]}}\npayoffs:\n"
    terms = "bargaining: {disagreement: maxmin, discount: [9/10, 4/5]}\n"
    return head + "\n".join(lines) + "\n" + terms


PROBLEMS = {
    "a contract of two terms": CONTRACT,
    "10 x 10 outcomes": table(10),
    "30 x 30 outcomes": table(30),
}


def game_of(name: str) -> BargainingGame:
    game = read_text(PROBLEMS[name]).case().game
    assert isinstance(game, BargainingGame)
    return game


def measured(name: str) -> tuple[float, int, bool]:
    game = game_of(name)
    start = time.perf_counter()
    results = solve(game, defaults(game)).results
    exact = all(result.verified and result.status.value == "exact" for result in results)
    return time.perf_counter() - start, len(results), exact


def in_floats(name: str) -> float:
    """Nash's solution by a local search."""
    import numpy as np
    from scipy.optimize import minimize, minimize_scalar
    from scipy.spatial import ConvexHull

    game = game_of(name)
    start = time.perf_counter()
    if isinstance(game.over, Contracts):

        def product(x):  # type: ignore[no-untyped-def]
            return -(x[1] - x[0] ** 2 / 2) * (8 * x[0] - x[1] ** 2 / 2)

        minimize(product, [1.0, 2.0], method="SLSQP", bounds=[(0, 50)] * 2)
        return time.perf_counter() - start
    payoffs = np.array([[float(x) for x in pair] for _, pair in game.over.outcomes()])
    hull = ConvexHull(payoffs)
    for a, b in payoffs[hull.simplices]:
        minimize_scalar(
            lambda t, a=a, b=b: -np.prod(a + t * (b - a)), bounds=(0, 1), method="bounded"
        )
    return time.perf_counter() - start


def main() -> int:
    """Print the table; 1 where the target is missed or an answer is not exact and verified."""
    print(f"{'problem':28}{'all, exact':>12}{'Nash, floats':>14}  concepts")
    good = True
    for name in PROBLEMS:
        with ProcessPoolExecutor(1) as apart:
            seconds, number, exact = apart.submit(measured, name).result()
            good = good and exact and seconds < TARGET_SECONDS
        with ProcessPoolExecutor(1) as apart:
            floats = apart.submit(in_floats, name).result()
        print(f"{name:28}{seconds:12.2f}{floats:14.2f}  {number}", flush=True)
    print(f"target: each under {TARGET_SECONDS:g} s, exact and verified: {good}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
