"""Repeated games: the set of equilibrium payoffs beside quantecon's, thresholds and automata.

Run as `python benchmarks/repeated_games.py`. Times are seconds in this process, certificates
included (one game before them, so that imports are not timed). quantecon is in floats and compiled;
it gives the corners alone, the better of two calls is told, and it needs a set with an interior.
"""

from __future__ import annotations

import random
import sys
import time
import warnings
from fractions import Fraction

from alliance_games.model.automata import named
from alliance_games.model.normal import NormalGame
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.named.repeated import PayoffSet
from alliance_games.solve import solve

TARGET_SECONDS, TARGET_DISTANCE = 5.0, 1e-6

DUOPOLY = NormalGame.from_matrices(
    [[16, 3, 0], [21, 10, -1], [9, 5, -5]], [[9, 13, 3], [1, 4, 0], [0, -4, -15]]
)
"""The example of Abreu and Sannikov 2014."""


def random_stage(size: int) -> NormalGame:
    """Integer payoffs -99..99, the same each time."""
    dice = random.Random(size)
    tables = [[[dice.randint(-99, 99) for _ in range(size)] for _ in range(size)] for _ in range(2)]
    return NormalGame.from_matrices(*tables)


def repeated(stage: NormalGame, discount: Fraction, **more: object) -> RepeatedGame:
    """The stage repeated for ever."""
    chain = ((Fraction(1),),)
    return RepeatedGame(stage.players, ("",), (stage,), chain, discount, **more)  # type: ignore[arg-type]


def ours(stage: NormalGame, discount: Fraction) -> tuple[float, PayoffSet]:
    """Seconds and the set."""
    game = repeated(stage, discount)
    start = time.perf_counter()
    (result,) = solve(game, ["repeated-payoffs"]).results
    seconds = time.perf_counter() - start
    (found,) = result.solutions
    assert isinstance(found, PayoffSet) and result.verified
    return seconds, found


def theirs(stage: NormalGame, discount: Fraction) -> tuple[float, int]:
    """quantecon's seconds and number of corners; nothing where it fails (no interior, say)."""
    import numpy as np
    from quantecon.game_theory import NormalFormGame, Player
    from quantecon.game_theory.repeated_game import RepeatedGame as Theirs
    from scipy.spatial import QhullError

    tables = [np.array(stage.matrix(i), dtype=float) for i in range(2)]
    game = NormalFormGame((Player(tables[0]), Player(np.ascontiguousarray(tables[1].T))))
    low = np.array([table.min() for table in tables])
    options = {"tol": 1e-9, "max_iter": 10_000, "u_init": low}
    best = float("inf")
    corners = 0
    for _ in range(2):
        start = time.perf_counter()
        try:
            hull = Theirs(game, float(discount)).equilibrium_payoffs("abreu_sannikov", options)
        except QhullError as error:
            print(f"    quantecon: {str(error).splitlines()[0][:70]}")
            return float("nan"), 0
        best = min(best, time.perf_counter() - start)
        corners = len(hull.vertices)
    return best, corners


def main() -> int:
    """The tables; 1 if the target is missed."""
    warnings.simplefilter("ignore")
    missed = False
    ours(DUOPOLY, Fraction(1, 2))
    print(f"{'stage':<22}{'discount':>9}{'ours, s':>10}{'corners':>9}{'distance':>10}"
          f"{'quantecon, s':>14}{'corners':>9}")  # fmt: skip
    stages = {"duopoly 3x3": DUOPOLY, **{f"random {n}x{n}": random_stage(n) for n in (3, 5, 10)}}
    for name, stage in stages.items():
        for discount in (Fraction(3, 10), Fraction(1, 2), Fraction(9, 10), Fraction(99, 100)):
            seconds, found = ours(stage, discount)
            peer, corners = theirs(stage, discount)
            away = "-" if found.distance is None else f"{float(found.distance):.0e}"
            print(f"{name:<22}{float(discount):>9.2f}{seconds:>10.3f}{len(found.corners):>9}"
                  f"{away:>10}{peer:>14.3f}{corners:>9}")  # fmt: skip
            if name.endswith("3x3"):
                late = seconds > TARGET_SECONDS
                wide = found.distance is not None and float(found.distance) > TARGET_DISTANCE
                missed = missed or late or wide
    for concept, stage in (
        ("grim-trigger", random_stage(10)),
        ("folk-theorem", random_stage(10)),
        ("optimal-punishments", DUOPOLY),
    ):
        game = repeated(stage, Fraction(1, 2), cooperate=(0, 0))
        start = time.perf_counter()
        solve(game, [concept])
        print(f"{concept}, {stage.shape[0]}x{stage.shape[1]}: {time.perf_counter() - start:.2f} s")
    dilemma = NormalGame.from_matrices([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    for periods in (2, 10, 30):
        automaton = named("punish", (2, 2), (0, 0), (1, 1), periods)
        start = time.perf_counter()
        solve(repeated(dilemma, Fraction(2, 3), automata=(automaton,)), ["automata"])
        print(f"automata, punish {periods}: {time.perf_counter() - start:.2f} s")
    print("target missed" if missed else "3x3 within 1e-6 under 5 s: reached")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
