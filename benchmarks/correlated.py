"""Correlated and coarse correlated equilibria: best, fairest and worst for each, exact.

Run as `python benchmarks/correlated.py`. Times are seconds for the whole concept with its
certificates, in a process of its own, imports included. Beside them stands one program in floats
(the welfare-best correlated equilibrium alone, by scipy's HiGHS), which proves nothing.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from math import prod

from alliance_games.model.anonymous import AnonymousGame, number_of_count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.solve import solve

TARGET = "5 players, 4 strategies"
TARGET_SECONDS = 2.0


def random_game(*shape: int) -> NormalGame:
    """Integer payoffs 0..100, the same each time."""
    dice = random.Random(1)
    return NormalGame(
        tuple(f"P{i}" for i in range(len(shape))),
        tuple(tuple(f"s{k}" for k in range(size)) for size in shape),
        tuple(tuple(dice.randint(0, 100) for _ in range(prod(shape))) for _ in shape),
        (1,) * len(shape),
    )


def crowd(players: int, strategies: int) -> AnonymousGame:
    """Like players, with random payoffs by counts."""
    dice = random.Random(1)
    others = number_of_count_vectors(players - 1, strategies)
    tables = tuple(tuple(dice.randint(0, 100) for _ in range(others)) for _ in range(strategies))
    return AnonymousGame(
        tuple(f"P{i}" for i in range(players)),
        tuple(f"s{k}" for k in range(strategies)),
        (0,) * players,
        (tables,),
        (1,),
    )


GAMES: dict[str, Callable[[], NormalGame | AnonymousGame]] = {
    "2 players, 3 strategies": lambda: random_game(3, 3),
    "3 players, 3 strategies": lambda: random_game(3, 3, 3),
    TARGET: lambda: random_game(4, 4, 4, 4, 4),
    "10 players, 2 strategies": lambda: random_game(*(2,) * 10),
    "2 players, 20 strategies": lambda: random_game(20, 20),
    "1,000 like players, 2 strategies": lambda: crowd(1000, 2),
    "100 like players, 3 strategies": lambda: crowd(100, 3),
}


def measured(concept: str, name: str) -> tuple[float, int, bool]:
    game = GAMES[name]()
    start = time.perf_counter()
    (result,) = solve(game, [concept]).results
    return time.perf_counter() - start, len(result.solutions), result.verified


def in_floats(name: str) -> float | None:
    """One program by scipy; None where there is no normal form."""
    import numpy as np
    from scipy.optimize import linprog

    game = GAMES[name]()
    if not isinstance(game, NormalGame):
        return None
    start = time.perf_counter()
    tables = [game.array(player).astype(float) for player in range(len(game.players))]
    rows = []
    for player, table in enumerate(tables):
        own = np.moveaxis(table, player, 0)
        for told in range(len(own)):
            for instead in range(len(own)):
                if told != instead:
                    row = np.zeros_like(own)
                    row[told] = own[instead] - own[told]
                    rows.append(np.moveaxis(row, 0, player).ravel())
    welfare = sum(tables).ravel()
    linprog(
        -welfare,
        A_ub=np.array(rows),
        b_ub=np.zeros(len(rows)),
        A_eq=np.ones((1, welfare.size)),
        b_eq=[1.0],
    )
    return time.perf_counter() - start


def main() -> int:
    """Print the table; 1 where the target is missed or an answer does not verify."""
    print(f"{'game':34}{'correlated':>12}{'coarse':>10}{'scipy, one':>12}  answers")
    good = True
    for name in GAMES:
        cells, answers = [], []
        for concept in ("correlated", "coarse-correlated"):
            with ProcessPoolExecutor(1) as apart:
                seconds, number, verified = apart.submit(measured, concept, name).result()
            good = good and verified and (name != TARGET or seconds < TARGET_SECONDS)
            cells.append(seconds)
            answers.append(str(number))
        with ProcessPoolExecutor(1) as apart:
            floats = apart.submit(in_floats, name).result()
        beside = "" if floats is None else f"{floats:.2f}"
        shown = " and ".join(answers)
        print(f"{name:34}{cells[0]:12.2f}{cells[1]:10.2f}{beside:>12}  {shown}", flush=True)
    print(f"target: {TARGET} under {TARGET_SECONDS:g} s, exact and verified: {good}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
