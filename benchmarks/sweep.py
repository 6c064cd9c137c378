"""Sweeps: points a second, beside nashpy's support enumeration on the same games.

The figures to reach, on one core: a million points of a 2x2 game, all their equilibria written as
CSV, in 10 seconds; at least 200 times the points a second of nashpy's support enumeration on 1,000
of them (nashpy writes nothing, so that our solving alone stands beside it; with the writing it is
told as well); 100,000 points of a 3x3 game in 20 seconds. A sample of the rows is held to the
ordinary solver. All times that are judged are the processor's, because another program may want
the machine as well.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
import warnings
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

TWO = (ROOT / "games" / "stag_hunt.yaml", "stag=4:10:1000", "rabbit=1:3:1000")
THREE_GAME = """game: Three by three
players: [A, B]
parameters: {s: 1, t: 1}
strategies: [X, Y, Z]
payoffs:
  X, X: s, t
  X, Y: 7 - s, s * t
  X, Z: t^2 - 2 * s, 4 - t
  Y, X: 3, 5 * t - s
  Y, Y: s + 2 * t, 2
  Y, Z: 4 * s - t, s
  Z, X: 5 - t, 2 * s
  Z, Y: s * s - t, 6 - s
  Z, Z: 2, t + 1/3
"""
WANTED = {"2x2": (1_000_000, 10.0), "3x3": (100_000, 20.0)}
TIMES_NASHPY = 200
COMPARED = 1_000
SAMPLE = 200


def run(game: Path, axes: tuple[str, ...], output: Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor for one sweep, start-up included."""
    command = [sys.executable, "-m", "alliance_games", "sweep", str(game), "--quiet"]
    for axis in axes:
        command += ["--vary", axis]
    command += ["--format", "csv", "--output", str(output)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, env=environment)
    after, seconds = os.times(), time.perf_counter() - start
    processor = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return seconds, processor


def solving_seconds() -> float:
    """Seconds of the processor for the million points of the 2x2 game, without writing them."""
    from alliance_games.parametric.sweeps.points import Axis, Grid
    from alliance_games.parametric.sweeps.sweep import Sweep, base_values
    from alliance_games.reading import read_file

    study = read_file(TWO[0])
    grid = Grid(
        (
            Axis.even("stag", Fraction(4), Fraction(10), 1000),
            Axis.even("rabbit", Fraction(1), Fraction(3), 1000),
        )
    )
    start = time.process_time()
    rows = sum(len(part.rows) for part in Sweep(study, base_values(study, None, {}), grid).parts())
    seconds = time.process_time() - start
    assert rows == 3_000_000
    return seconds


def nashpy_seconds() -> float:
    """Seconds of the processor that nashpy takes for 1,000 of the same 2x2 games."""
    import nashpy
    import numpy as np

    dice = random.Random(1)
    games = []
    for _ in range(COMPARED):
        stag, rabbit = 4 + dice.randrange(1000) * 6 / 999, 1 + dice.randrange(1000) * 2 / 999
        a = np.array([[stag, 0], [rabbit, rabbit]])
        games.append((a, a.T.copy()))
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for a, b in games:
            list(nashpy.Game(a, b).support_enumeration())
    return time.process_time() - start


def wrong_rows(game: Path, axes: tuple[str, ...], output: Path) -> int:
    """How many of a sample of points the ordinary solver answers otherwise."""
    import csv

    from alliance_games.reading import read_file
    from alliance_games.solve import solve

    study = read_file(game)
    names = [axis.partition("=")[0] for axis in axes]
    spans = [axis.partition("=")[2].split(":") for axis in axes]
    counts = [int(span[2]) for span in spans]
    dice = random.Random(2)
    wanted = set(dice.sample(range(counts[0] * counts[1]), SAMPLE))
    rows: dict[int, list[dict[str, str]]] = {case: [] for case in wanted}
    with output.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            case = int(row["case"]) - 1
            if case in rows:
                rows[case].append(row)
    wrong = 0
    for case, found in rows.items():
        places = divmod(case, counts[1])
        values = {
            name: Fraction(span[0]) + place * (Fraction(span[1]) - Fraction(span[0])) / (count - 1)
            for name, span, place, count in zip(names, spans, places, counts, strict=True)
        }
        exact = study.game.at(study.game.values(values))
        profiles = [
            profile
            for solution in solve(exact, ["nash"]).results[0].solutions
            for profile in getattr(solution, "extreme_points", [getattr(solution, "profile", ())])
        ]
        theirs = [[float(p) for mixed in profile for p in mixed] for profile in profiles]
        first = list(found[0]).index("dimension") + 1
        ours = [
            [float(entry) for entry in list(row.values())[first : first + len(theirs[0])]]
            for row in found
        ]
        same = len(ours) == len(theirs) and all(
            abs(x - y) < 1e-11 for a, b in zip(ours, theirs, strict=True)
            for x, y in zip(a, b, strict=True)
        )  # fmt: skip
        wrong += not same
    return wrong


def main() -> int:
    """Print points a second; 1 where a figure is missed or a row is wrong."""
    failed = False
    speed = 0.0
    with tempfile.TemporaryDirectory() as folder:
        three = Path(folder) / "three.yaml"
        three.write_text(THREE_GAME, encoding="utf-8")
        for name, game, axes in (
            ("2x2", TWO[0], TWO[1:]),
            ("3x3", three, ("s=0:5:400", "t=0:4:250")),
        ):
            points, most = WANTED[name]
            output = Path(folder) / "rows.csv"
            seconds, processor = run(game, axes, output)
            speed = speed or points / processor
            wrong = wrong_rows(game, axes, output)
            print(
                f"{name} {points:9,} points {seconds:6.2f} s ({processor:.2f} s of the processor), "
                f"{points / processor:9,.0f} a second, {output.stat().st_size / 2**20:.0f} MiB; "
                f"wanted: {most:g} s; differing from the ordinary solver: {wrong} of {SAMPLE}"
            )
            failed |= processor > most or wrong > 0
    theirs = COMPARED / nashpy_seconds()
    ours = WANTED["2x2"][0] / solving_seconds()
    print(
        f"nashpy {theirs:9,.0f} points a second by support enumeration of the same 2x2 games; "
        f"here {ours:,.0f} ({ours / theirs:,.0f} times as many; wanted: {TIMES_NASHPY}), "
        f"written as CSV {speed:,.0f} ({speed / theirs:,.0f} times as many)"
    )
    return int(failed or ours < TIMES_NASHPY * theirs)


if __name__ == "__main__":
    sys.exit(main())
