"""Which coalitions form: stable partitions, matchings, landscapes, each with its certificates.

Run as `python benchmarks/coalition_formation.py`. Times are seconds for the whole concept in a
process of its own, imports included. Numbers are random with a fixed seed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from random import Random

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.model.hedonic import HedonicGame, with_companions
from alliance_games.model.landscape import Landscape
from alliance_games.model.matching import MatchingMarket
from alliance_games.model.other_forms import OtherForm
from alliance_games.solve import solve

TARGETS = {
    **{
        (game, concept): 5.0
        for game in ("9 players, affinities", "9 players, any utility", "9 players, many ties")
        for concept in ("core-stable", "nash-stable", "individually-stable")
    },
    ("17 states", "landscape-minima"): 1.0,
}
"""Seconds that these must not take."""


def names(count: int) -> tuple[str, ...]:
    return tuple(f"P{at}" for at in range(count))


def affinities(count: int) -> HedonicGame:
    """Sums of what players think of each other, not the same on both sides."""
    dice = Random(count)
    likes = [[dice.randint(-5, 5) for _ in range(count)] for _ in range(count)]
    values = tuple(
        tuple(
            Fraction(
                sum(
                    likes[me][other]
                    for other in range(count)
                    if other != me and with_companions(me, chosen) >> other & 1
                )
            )
            for chosen in range(1 << (count - 1))
        )
        for me in range(count)
    )
    return HedonicGame(names(count), values)


def any_utility(count: int, most: int) -> HedonicGame:
    dice = Random(count)
    values = tuple(
        tuple(Fraction(dice.randint(0, most)) for _ in range(1 << (count - 1)))
        for _ in range(count)
    )
    return HedonicGame(names(count), values)


def landscape(count: int) -> Landscape:
    dice = Random(count)
    table = [[Fraction(0)] * count for _ in range(count)]
    for i in range(count):
        for j in range(i):
            table[i][j] = table[j][i] = Fraction(dice.randint(-50, 50), 10)
    sizes = tuple(Fraction(dice.randint(1, 200), 10) for _ in range(count))
    return Landscape(names(count), sizes, tuple(map(tuple, table)), frozenset({1, 2}))


def market(count: int) -> MatchingMarket:
    dice = Random(count)
    lists = []
    for at in range(2 * count):
        others = list(range(count, 2 * count) if at < count else range(count))
        dice.shuffle(others)
        lists.append(tuple(others))
    return MatchingMarket(
        names(2 * count), ("patrons", "clients"), count, tuple(lists), (1,) * (2 * count)
    )


def joint(count: int) -> CoalitionalGame:
    dice = Random(count)
    worths = [0, *(dice.randint(0, 100) for _ in range((1 << count) - 1))]
    return CoalitionalGame.from_worths(names(count), worths)


GAMES: dict[str, Callable[[], OtherForm]] = {
    "9 players, affinities": lambda: affinities(9),
    "9 players, any utility": lambda: any_utility(9, 1000),
    "9 players, many ties": lambda: any_utility(9, 3),
    "10 players, affinities": lambda: affinities(10),
    "10 players, any utility": lambda: any_utility(10, 1000),
    "17 states": lambda: landscape(17),
    "20 states": lambda: landscape(20),
    "60 a side": lambda: market(60),
    "12 players, worth": lambda: joint(12),
}

QUESTIONS = {
    "players, a": ("core-stable", "strict-core-stable", "nash-stable", "individually-stable"),
    "players, m": ("core-stable", "strict-core-stable", "nash-stable", "individually-stable"),
    "states": ("landscape-minima", "gradient-path", "weighted-potential"),
    "side": ("stable-matching", "deferred-acceptance"),
    "worth": ("coalition-structure",),
}


def measured(game: str, concept: str) -> tuple[float, int, str]:
    made = GAMES[game]()
    start = time.perf_counter()
    result = solve(made, [concept]).results[0]
    seconds = time.perf_counter() - start
    return seconds, sum(one.is_something for one in result.solutions), result.coverage.value


def main() -> int:
    missed = 0
    print(f"{'game':>24} {'question':>20} {'seconds':>8} {'target':>7} {'answers':>8} coverage")
    for game in GAMES:
        for concept in next(asked for part, asked in QUESTIONS.items() if part in game):
            with ProcessPoolExecutor(1) as pool:
                seconds, number, coverage = pool.submit(measured, game, concept).result()
            target = TARGETS.get((game, concept))
            late = target is not None and seconds > target
            missed += late
            shown = f"{target:g}" if target else ""
            mark = " MISSED" if late else ""
            print(
                f"{game:>24} {concept:>20} {seconds:8.2f} {shown:>7} {number:8d} {coverage}{mark}",
                flush=True,
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
