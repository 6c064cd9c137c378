"""All equilibria of two players: this package beside lrsnash and quantecon, on the same games.

Run as `python benchmarks/nash_two_players.py [SIZE...]`. Random integer payoffs 0..99 (and 0..2 for
degenerate games) from `numpy.random.default_rng(1000 n + k)`, k = 0, 1, 2. lrsnash is exact and
timed as a process, as it has no other form; quantecon works in floats and is timed after a
warm-up. Times are user CPU seconds, the least of a few runs, medians over the games; ratios above 1
say that we are faster. The number of extreme equilibria must agree with lrsnash's.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from alliance_games.algorithms.bimatrix import all_equilibria, one_equilibrium

SIZES = (6, 8, 10, 12, 14, 15)
Matrix = list[list[int]]


def user_time(who: int = resource.RUSAGE_SELF) -> float:
    return resource.getrusage(who).ru_utime


def timed(work: Callable[[], object], repeats: int) -> tuple[float, object]:
    best, result = float("inf"), None
    for _ in range(repeats):
        start = user_time()
        result = work()
        best = min(best, user_time() - start)
    return best, result


def game(size: int, number: int, high: int) -> tuple[Matrix, Matrix]:
    rng = np.random.default_rng(1000 * size + number)
    a, b = (rng.integers(0, high + 1, (size, size)).tolist() for _ in "ab")
    return a, b


def lrsnash_program() -> str | None:
    inside = list(Path(sys.prefix).glob("lib/python3*/site-packages/sage_wheels/bin/lrsnash"))
    return shutil.which("lrsnash") or (str(inside[0]) if inside else None)


def time_process(command: list[str], repeats: int, limit: float | None = None) -> tuple[float, str]:
    best, output = float("inf"), ""
    for _ in range(repeats):
        start = user_time(resource.RUSAGE_CHILDREN)
        output = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=limit
        ).stdout
        best = min(best, user_time(resource.RUSAGE_CHILDREN) - start)
    return best, output


def time_lrsnash(
    program: str, a: Matrix, b: Matrix, repeats: int, limit: float | None = None
) -> tuple[float, int]:
    text = [f"{len(a)} {len(a[0])}", ""]
    for matrix in (a, b):
        text += [" ".join(map(str, line)) for line in matrix] + [""]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "game.txt"
        file.write_text("\n".join(text))
        seconds, output = time_process([program, str(file)], repeats, limit)
    return seconds, int(output.split("Number of equilibria found:")[1].split()[0])


WHOLE = """
import sys, json
from alliance_games.algorithms.bimatrix import all_equilibria
answer = all_equilibria(*json.load(open(sys.argv[1])))
for component in answer.components:
    for edge in component.extreme:
        print(*edge.row, "|", *edge.column)
"""


def time_whole_process(a: Matrix, b: Matrix, repeats: int) -> float:
    """Python's start, numpy's import, the solve and the printing."""
    import json

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "game.json"
        file.write_text(json.dumps([a, b]))
        return time_process([sys.executable, "-c", WHOLE, str(file)], repeats)[0]


def quantecon_solver() -> Callable[[Matrix, Matrix], object] | None:
    try:
        from quantecon.game_theory import NormalFormGame, Player, vertex_enumeration
    except ImportError:
        return None

    def solve(a: Matrix, b: Matrix) -> object:
        columns = [list(line) for line in zip(*b, strict=True)]
        return vertex_enumeration(NormalFormGame([Player(np.array(a)), Player(np.array(columns))]))

    solve([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    return solve


def ratio(theirs: float | None, ours: float) -> str:
    return "-" if theirs is None else f"{theirs / max(ours, 1e-4):.1f}x"


def seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def main(sizes: list[int]) -> int:
    program, quantecon = lrsnash_program(), quantecon_solver()
    print(f"lrsnash: {'found' if program else 'missing'}", end="; ")
    print(f"quantecon: {'found' if quantecon else 'missing'}")
    heads = [
        "payoffs",
        "n",
        "ours",
        "process",
        "lrsnash",
        "ratio",
        "(process)",
        "quantecon",
        "ratio",
    ]
    print(" ".join(f"{head:>10}" for head in heads))
    wrong = 0
    for high in (99, 2):
        for size in sizes or SIZES:
            rows: list[list[float | None]] = []
            for number in range(3):
                a, b = game(size, number, high)
                repeats = 5 if size < 13 else 2
                ours, answer = timed(lambda a=a, b=b: all_equilibria(a, b), repeats)
                count = sum(len(c.extreme) for c in answer.components)
                process = time_whole_process(a, b, 2)
                lrs = peer = None
                if program:
                    lrs, expected = time_lrsnash(program, a, b, 3 if size < 13 else 1)
                    wrong += expected != count
                if quantecon and size < 15 and high == 99:
                    peer = timed(lambda a=a, b=b: quantecon(a, b), repeats)[0]
                rows.append([ours, process, lrs, peer])
            ours, process, lrs, peer = (
                None if None in column else median(column) for column in zip(*rows, strict=True)
            )
            cells = [f"0..{high}", str(size), seconds(ours), seconds(process), seconds(lrs)]
            cells += [ratio(lrs, ours), ratio(lrs, process), seconds(peer), ratio(peer, ours)]
            print(" ".join(f"{cell:>10}" for cell in cells), flush=True)
    print("\none equilibrium (Lemke-Howson, exact)")
    for size in (20, 50, 100, 200):
        times = [
            timed(lambda k=k, n=size: one_equilibrium(*game(n, k, 99)), 1)[0] for k in range(3)
        ]
        print(f"{'0..99':>10} {size:>10} {median(times):>10.4f}", flush=True)
    if wrong:
        print(f"{wrong} games in which the number of equilibria differs from lrsnash's")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]]))
