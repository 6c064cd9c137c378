"""Cooperative games: values and the nucleolus of votes, exact, each with its certificate.

Run as `python benchmarks/cooperative.py`. Times are seconds for the whole concept with its
certificate, in a process of its own, imports included. Beside the nucleolus stands the first of its
programs in floats over all coalitions (by scipy's HiGHS), which settles the largest excess alone
and proves nothing.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction

from alliance_games.model.coalitional import CoalitionalGame, Vote
from alliance_games.solve import solve

TARGETS = {
    ("12 voters", "nucleolus"): 2.0,
    ("12 voters", "shapley-value"): 2.0,
    ("100 voters", "shapley-shubik"): 2.0,
    ("100 voters", "banzhaf"): 2.0,
}
"""Seconds that these must not take."""


def vote(players: int, most: int) -> CoalitionalGame:
    """Weights 1..most and a bare majority, the same each time."""
    dice = random.Random(1)
    weights = tuple(Fraction(dice.randint(1, most)) for _ in range(players))
    quota = Fraction(int(sum(weights)) // 2 + 1)
    return CoalitionalGame.from_vote(names(players), Vote(weights, quota))


def joint(players: int) -> CoalitionalGame:
    """Random worths 0..1000, more for larger coalitions."""
    dice = random.Random(1)
    worths = [one.bit_count() * dice.randint(0, 1000) for one in range(1 << players)]
    return CoalitionalGame.from_worths(names(players), worths)


def names(players: int) -> tuple[str, ...]:
    return tuple(f"P{place}" for place in range(players))


GAMES: dict[str, Callable[[], CoalitionalGame]] = {
    "12 voters": lambda: vote(12, 40),
    "12 players": lambda: joint(12),
    "15 voters": lambda: vote(15, 40),
    "100 voters": lambda: vote(100, 60),
    "100 voters, weights to 1,000": lambda: vote(100, 1000),
    "300 voters": lambda: vote(300, 20),
}
CONCEPTS = ("nucleolus", "least-core", "core", "shapley-value", "shapley-shubik", "banzhaf")


def measured(concept: str, name: str) -> tuple[float, bool] | None:
    game = GAMES[name]()
    start = time.perf_counter()
    answer = solve(game, [concept])
    if not answer.results:
        return None
    return time.perf_counter() - start, answer.results[0].verified


def in_floats(name: str) -> float | None:
    """One program by scipy; None where the coalitions are too many."""
    game = GAMES[name]()
    if not game.is_tabled:
        return None
    import numpy as np
    from scipy.optimize import linprog

    start = time.perf_counter()
    players, every = len(game.players), np.arange(1, game.everybody)
    rows = -((every[:, None] >> np.arange(players)) & 1).astype(float)
    linprog(
        [0.0] * players + [1.0],
        A_ub=np.hstack([rows, -np.ones((len(rows), 1))]),
        b_ub=-np.array(game.numerators[1:-1], dtype=float) / game.denominator,
        A_eq=[[1.0] * players + [0.0]],
        b_eq=[float(game.worth(game.everybody))],
        bounds=[(None, None)] * (players + 1),
    )
    return time.perf_counter() - start


def main() -> int:
    """Print the table; 1 where a target is missed or an answer does not verify."""
    print(f"{'game':30}" + "".join(f"{concept:>15}" for concept in CONCEPTS) + f"{'scipy':>8}")
    good = True
    for name in GAMES:
        cells = []
        for concept in CONCEPTS:
            with ProcessPoolExecutor(1) as apart:
                found = apart.submit(measured, concept, name).result()
            cells.append("-" if found is None else f"{found[0]:.2f}")
            if found is not None:
                limit = TARGETS.get((name, concept), float("inf"))
                good = good and found[1] and found[0] < limit
        with ProcessPoolExecutor(1) as apart:
            floats = apart.submit(in_floats, name).result()
        last = "-" if floats is None else f"{floats:.2f}"
        print(f"{name:30}" + "".join(f"{cell:>15}" for cell in cells) + f"{last:>8}", flush=True)
    for (name, concept), limit in TARGETS.items():
        print(f"target: {concept} of {name} within {limit:g} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
