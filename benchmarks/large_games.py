"""Questions of pure strategies and linear programs in large games: seconds and peak memory.

Run as `python benchmarks/large_games.py`. Each game and question has a process of its own; payoffs
are random integers 0..999, certificates are included.
"""

from __future__ import annotations

import random
import resource
import time
from array import array
from concurrent.futures import ProcessPoolExecutor
from math import prod

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.solve import solve

SHAPES = ((2,) * 20, (10,) * 6, (3,) * 12, (30, 30), (100, 100))
CONCEPTS = ("pure-nash", "dominance", "rationalizable", "maxmin")


def normal(shape: tuple[int, ...]) -> NormalGame:
    dice = random.Random(1)
    return NormalGame(
        tuple(f"P{player}" for player in range(len(shape))),
        tuple(tuple(f"s{own}" for own in range(size)) for size in shape),
        tuple(array("q", dice.choices(range(1000), k=prod(shape))) for _ in shape),
        (1,) * len(shape),
    )


def thousand_allies() -> AnonymousGame:
    """1,000 players in two roles; contributing costs 300 and gives every member one."""
    players = 1000
    gains = [contributing for contributing, _ in count_vectors(players - 1, 2)]
    return AnonymousGame(
        tuple(f"P{player}" for player in range(players)),
        ("Contribute", "Hide"),
        tuple(player % 2 for player in range(players)),
        (
            (tuple(gain + 1 - 300 for gain in gains), tuple(gains)),
            (tuple(gain + 400 for gain in gains), tuple(gains)),
        ),
        (1, 1),
    )


def measured(shape: tuple[int, ...], concept: str) -> tuple[float, float, int]:
    game = normal(shape) if shape else thousand_allies()
    start = time.perf_counter()
    result = solve(game, [concept]).results[0]
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, peak, len(result.solutions)


def main() -> None:
    print(f"{'game':>20} {'question':>15} {'seconds':>8} {'peak MiB':>9} {'solutions':>10}")
    for shape in (*SHAPES, ()):
        uniform = len(set(shape)) == 1 and len(shape) > 2
        name = f"{shape[0]}^{len(shape)}" if uniform else "x".join(map(str, shape))
        for concept in CONCEPTS:
            with ProcessPoolExecutor(1) as pool:
                seconds, peak, found = pool.submit(measured, shape, concept).result()
            what = f"{name or '1,000 allies':>20} {concept:>15}"
            print(f"{what} {seconds:>8.3f} {peak:>9.0f} {found:>10}")


if __name__ == "__main__":
    main()
