"""Backward induction over large trees: seconds and peak memory, each tree in a process of its own.

Run as `python benchmarks/trees.py`. The trees are built in memory from an unfolding description;
the time to build is shown apart. Solving includes the certificate, which tries every action
everywhere.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.solve import solve

HALF = Fraction(1, 2)


def generic() -> ExtensiveGame:
    """Binary, 19 moves deep, payoffs without ties: 1,048,575 nodes."""
    return _binary(19, 10**9, 2)


def three_players() -> ExtensiveGame:
    return _binary(19, 10**9, 3)


def tied() -> ExtensiveGame:
    """Payoffs 0 to 2, so ties nearly everywhere: 262,143 nodes."""
    return _binary(17, 3, 2)


def with_chance() -> ExtensiveGame:
    """Every third level is a toss of a coin: 1,048,575 nodes."""
    dice = random.Random(1)

    def expand(depth: int) -> Terminal | Move | Chance:
        if depth == 19:
            return Terminal([dice.randrange(10**9), dice.randrange(10**9)])
        if depth % 3 == 2:
            return Chance(("heads", "tails"), (HALF, HALF), (depth + 1, depth + 1))
        return Move(depth % 3, ("left", "right"), (depth + 1, depth + 1))

    return build(("A", "B"), 0, expand)


def centipede() -> ExtensiveGame:
    """500,000 legs, as deep as it is long: 1,000,001 nodes."""
    legs = 500_000

    def expand(at: int) -> Terminal | Move:
        if at < 0 or at == legs:
            leg = abs(at)
            return Terminal([leg + 3 * (leg % 2), leg + 3 * (1 - leg % 2)])
        return Move(at % 2, ("take", "pass"), (-at - 1, at + 1))

    return build(("A", "B"), 0, expand)


def _binary(depth: int, payoffs: int, players: int) -> ExtensiveGame:
    dice = random.Random(1)

    def expand(at: int) -> Terminal | Move:
        if at == depth:
            return Terminal([dice.randrange(payoffs) for _ in range(players)])
        return Move(at % players, ("left", "right"), (at + 1, at + 1))

    return build(tuple("ABC"[:players]), 0, expand)


def measured(make: Callable[[], ExtensiveGame]) -> tuple[int, float, float, float, str]:
    start = time.perf_counter()
    game = make()
    built = time.perf_counter()
    result = solve(game, ["subgame-perfect"]).results[0]
    solved = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return game.size, built - start, solved - built, peak, result.because


def main() -> None:
    print(f"{'tree':>14} {'nodes':>10} {'build s':>8} {'solve s':>8} {'peak MiB':>9}  answer")
    for make in (generic, three_players, with_chance, centipede, tied):
        with ProcessPoolExecutor(1) as pool:
            size, build_time, solve_time, peak, because = pool.submit(measured, make).result()
        print(
            f"{make.__name__:>14} {size:>10,} {build_time:>8.2f} {solve_time:>8.2f} {peak:>9.0f}"
            f"  {because}"
        )


if __name__ == "__main__":
    main()
