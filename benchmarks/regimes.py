"""Whole processes of `regimes` on the library: wall time, and the budget for the four top games.

The budget is three seconds for each of the four games of the README, thirty for any other.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOP, OTHER = 3.0, 30.0
DONE, REFUSED = 0, 3


def main() -> int:
    """Print the table; 1 where a budget is passed or a command fails."""
    over = False
    print(f"{'':52}{'seconds':>8}{'budget':>8}")
    for file in sorted((ROOT / "games").rglob("*.yaml")):
        start = time.perf_counter()
        command = [sys.executable, "-m", "alliance_games", "regimes", str(file)]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        seconds = time.perf_counter() - start
        budget = TOP if file.parent == ROOT / "games" else OTHER
        note = "" if ran.returncode == DONE else "  refused: moves are hidden"
        over = over or seconds > budget or ran.returncode not in (DONE, REFUSED)
        name = file.relative_to(ROOT / "games").as_posix()
        print(f"{name:52}{seconds:8.2f}{budget:8.0f}{note}")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
