"""Nash equilibria of trees: one by program or path, all by vertices, each in its own process.

Run as `python benchmarks/tree_equilibria.py`, or with `--write FOLDER` to write the smaller games
as Gambit files for timing `gambit-lp`, `gambit-lcp` and `gambit-enummixed` by hand: Gambit is no
dependency, so it is not run here. lrsnash, where it is found, gets the reduced normal form of the
games whose equilibria are all listed. Times are seconds, the certificate included; the tree is
built before.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from pathlib import Path
from subprocess import CalledProcessError, TimeoutExpired

from nash_two_players import lrsnash_program, time_lrsnash

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.budget import Budget
from alliance_games.solve import solve
from alliance_games.transforms.normal_form import reduced_normal_form


def poker(ranks: int) -> ExtensiveGame:
    """Kuhn's poker with so many cards: ante one, bets of one."""
    deals = [(a, b) for a in range(ranks) for b in range(ranks) if a != b]
    worths = {"cc": 1, "bf": 0, "bk": 2, "cbf": 0, "cbk": 2}

    def expand(state: tuple[int, int, str] | None) -> Move | Chance | Terminal:
        if state is None:
            names = tuple(f"{a} and {b}" for a, b in deals)
            share = Fraction(1, len(deals))
            return Chance(names, [share] * len(deals), [(a, b, "") for a, b in deals])
        a, b, moves = state
        mover, card = (0, a) if moves in ("", "cb") else (1, b)
        if moves in ("", "c"):
            after = [(a, b, moves + "c"), (a, b, moves + "b")]
            return Move(mover, ("check", "bet"), after, label=f"{card}{moves}")
        if moves in ("b", "cb"):
            after = [(a, b, moves + "f"), (a, b, moves + "k")]
            return Move(mover, ("fold", "call"), after, label=f"{card}{moves}")
        worth = worths[moves] * (1 if a > b else -1) or (1 if moves == "bf" else -1)
        return Terminal([worth, -worth])

    return build(["First", "Second"], None, expand)


def hidden(depth: int, *, zero_sum: bool, seen: int = 2) -> ExtensiveGame:
    """Two players in turn, two moves each time, each seeing every ``seen``-th move of the other."""
    dice = random.Random(1)

    def expand(history: str) -> Move | Terminal:
        at = len(history)
        if at == depth:
            first = dice.randint(-1000, 1000)
            return Terminal([first, -first if zero_sum else dice.randint(-1000, 1000)])
        mover = at % 2
        known = "".join(
            move if k % 2 == mover or k // 2 % seen == 0 else "." for k, move in enumerate(history)
        )
        return Move(mover, ("l", "r"), [history + "l", history + "r"], label=known or "start")

    return build(("A", "B"), "", expand)


ONE: dict[str, Callable[[], ExtensiveGame]] = {
    "poker, 3 cards": lambda: poker(3),
    "poker, 13 cards": lambda: poker(13),
    "poker, 106 cards": lambda: poker(106),
    "zero-sum, hidden moves": lambda: hidden(16, zero_sum=True),
    "general, hidden moves": lambda: hidden(12, zero_sum=False),
    "general, half hidden": lambda: hidden(13, zero_sum=False),
    "general, hardly hidden": lambda: hidden(13, zero_sum=False, seen=1),
}
ALL: dict[str, Callable[[], ExtensiveGame]] = {
    "poker, 3 cards": lambda: poker(3),
    "poker, 4 cards": lambda: poker(4),
    "general, 5 moves": lambda: hidden(5, zero_sum=False),
}
LRSNASH_SECONDS = 60


def measured(kind: str, name: str) -> tuple[int, float, str]:
    game = (ONE if kind == "one" else ALL)[name]()
    start = time.perf_counter()
    (result,) = solve(game, ["nash"], Budget(one=kind == "one")).results
    seconds = time.perf_counter() - start
    if kind == "one":
        gain = max(one.certificate.largest_gain for one in result.solutions)
        return game.size, seconds, f"{result.status}, largest gain {float(gain):.1e}"
    return game.size, seconds, f"{len(result.solutions)} components"


def beside_lrsnash(name: str) -> str:
    program = lrsnash_program()
    if program is None:
        return "missing"
    form = reduced_normal_form(ALL[name]()).game
    try:
        seconds, count = time_lrsnash(
            program, form.matrix(0), form.matrix(1), 1, limit=LRSNASH_SECONDS
        )
    except TimeoutExpired:
        return f"over {LRSNASH_SECONDS} s on {form.shape[0]} x {form.shape[1]}"
    except CalledProcessError:
        return f"fails on {form.shape[0]} x {form.shape[1]}"
    return f"{seconds:.2f} s, {count} extreme ones in mixed strategies"


def write(folder: Path) -> None:
    from alliance_games.writing.efg import to_efg

    for name, make in {**ONE, **ALL}.items():
        game = make()
        if game.size <= 20_000:
            path = folder / f"{name.replace(', ', '_').replace(' ', '_')}.efg"
            path.write_text(to_efg(game, name), encoding="utf-8")


def main() -> None:
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]))
        return
    for kind, games in (("one", ONE), ("all", ALL)):
        print(f"{kind:>24} {'nodes':>8} {'seconds':>8}  answer")
        for name in games:
            with ProcessPoolExecutor(1) as pool:
                size, seconds, answer = pool.submit(measured, kind, name).result()
            print(f"{name:>24} {size:>8,} {seconds:>8.2f}  {answer}")
            if kind == "all":
                print(f"{'lrsnash':>24} {'':>8} {'':>8}  {beside_lrsnash(name)}")


if __name__ == "__main__":
    main()
