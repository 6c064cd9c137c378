"""All Nash equilibria of random games of three players and more, certificate included.

Run as `python benchmarks/nash_many_players.py`. Payoffs are random integers from 0 to 100. Beside
each time stand the number of equilibria and whether their indices sum to 1, as those of a generic
game do, and the time aimed at. `--ten-to-the-twelfth` multiplies the payoffs, which must change
nothing else.
"""

from __future__ import annotations

import random
import sys
import time

from alliance_games.model.normal import NormalGame
from alliance_games.results.result import Coverage
from alliance_games.solve import solve

SHAPES: tuple[tuple[tuple[int, ...], int, float], ...] = (
    ((2, 2, 2), 20, 0.05),
    ((3, 3, 3), 5, 1.0),
    ((2, 2, 2, 2), 5, 0.5),
    ((2, 2, 2, 2, 2), 3, 20.0),
    ((4, 4, 4), 2, 20.0),
)
"""Numbers of strategies, how many games, and the seconds aimed at."""


def random_game(shape: tuple[int, ...], seed: int, times: int = 1) -> NormalGame:
    """Payoffs drawn one after the other, profiles in row-major order."""
    dice = random.Random(seed)
    return NormalGame.from_payoffs(
        [f"P{player}" for player in range(len(shape))],
        [[f"s{own}" for own in range(size)] for size in shape],
        lambda profile: [dice.randint(0, 100) * times for _ in shape],
    )


def main(times: int = 1) -> None:
    """Print a line for each shape."""
    solve(random_game((2, 2, 2, 2), 0), ["nash"])  # libraries are loaded before time is taken
    print("shape        median s   most s   aim s   equilibria   all, indices sum to 1")
    for shape, games, aim in SHAPES:
        seconds, counts, right = [], [], 0
        for seed in range(games):
            game = random_game(shape, seed, times)
            start = time.perf_counter()
            (result,) = solve(game, ["nash"]).results
            seconds.append(time.perf_counter() - start)
            counts.append(len(result.solutions))
            facts = [getattr(one, "properties", {}) for one in result.solutions]
            total = sum(int(each.get("index", 0)) for each in facts)
            right += result.coverage is Coverage.ALL and total == 1
        seconds.sort()
        name = "x".join(map(str, shape))
        found = " ".join(map(str, counts[:8]))
        print(
            f"{name:<12} {seconds[len(seconds) // 2]:8.3f} {seconds[-1]:8.3f} {aim:7.2f}   "
            f"{found:<20} {right} of {games}"
        )


if __name__ == "__main__":
    main(10**12 if "--ten-to-the-twelfth" in sys.argv else 1)
