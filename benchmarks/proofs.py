"""Every claim of the library that is about all values: how long its proof takes, and the verdict.

The budget is ten seconds for each, and half a second for the median.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

from alliance_games.claims.check import Checker, read_beside
from alliance_games.concepts import names
from alliance_games.model.cardinal import cardinal_study
from alliance_games.reading import read_file
from alliance_games.results.budget import Budget

ROOT = Path(__file__).resolve().parents[1]
EACH, MEDIAN = 10.0, 0.5
CHANGES = ("increasing", "decreasing", "constant")


def main() -> int:
    """Print the table; 1 where a budget is passed or a claim is not proved."""
    taken: list[float] = []
    failed = False
    for file in sorted((ROOT / "games").rglob("*.yaml")):
        study = read_file(str(file), names())
        checker = Checker(study, read_beside, Budget, None, None)
        for line in study.expectations:
            ranked = cardinal_study(study) is not study
            if line.when is None and line.form not in CHANGES and not ranked:
                continue
            start = time.perf_counter()
            found = checker.verdict(line)
            seconds = time.perf_counter() - start
            taken.append(seconds)
            failed = failed or not found.passes
            name = file.relative_to(ROOT / "games").as_posix()
            print(f"{name:45}{seconds:7.2f} s  {found.outcome.value:10}{line.text[:60]}")
    if not taken:
        print("no claims")
        return 1
    print(f"{len(taken)} claims: median {median(taken):.2f} s, longest {max(taken):.2f} s")
    return int(failed or max(taken) > EACH or median(taken) > MEDIAN)


if __name__ == "__main__":
    sys.exit(main())
