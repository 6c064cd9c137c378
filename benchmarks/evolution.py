"""Symmetric games of several strategies: seconds for stable strategies and rest points, exactly.

Run as `python benchmarks/evolution.py`. Payoffs are random integers; the second kind of game is a
negative definite one plus ties, whose equilibrium mixes all strategies, so that every test of
copositivity is a large one. Times include the certificates. The bar: 6 strategies in 2 seconds.
"""

from __future__ import annotations

import time
from random import Random

from alliance_games.model.normal import NormalGame
from alliance_games.solve import solve

BAR = 2.0


def symmetric(rows: list[list[int]]) -> NormalGame:
    columns = [list(column) for column in zip(*rows, strict=True)]
    names = tuple(f"s{i + 1}" for i in range(len(rows)))
    return NormalGame.from_matrices(rows, columns, ("One", "Other"), (names, names))


def generic(size: int) -> NormalGame:
    random = Random(size)
    return symmetric([[random.randint(-99, 99) for _ in range(size)] for _ in range(size)])


def interior(size: int) -> NormalGame:
    """Congestion with spillovers: all strategies are in use at the one stable mixture."""
    random = Random(size)
    noise = [[random.randint(-1, 1) for _ in range(size)] for _ in range(size)]
    return symmetric(
        [[noise[i][j] - 20 * int(i == j) - i * j % 3 for j in range(size)] for i in range(size)]
    )


def main() -> int:
    print(f"{'strategies':>10}  {'game':<9}  {'stable':>14}  {'rest points':>18}")
    slow = False
    for size in (3, 4, 6, 8, 10):
        for name, make in (("generic", generic), ("interior", interior)):
            game = make(size)
            told = []
            total = 0.0
            for concept in ("evolutionarily-stable", "replicator"):
                start = time.perf_counter()
                (result,) = solve(game, [concept]).results
                seconds = time.perf_counter() - start
                total += seconds
                number = sum(one.is_something for one in result.solutions)
                told.append(f"{number:>4} in {seconds:5.2f} s")
            print(f"{size:>10}  {name:<9}  {told[0]:>14}  {told[1]:>18}")
            slow |= size == 6 and total > BAR
    print(f"6 strategies within {BAR:g} s: {'no' if slow else 'yes'}")
    return int(slow)


if __name__ == "__main__":
    raise SystemExit(main())
