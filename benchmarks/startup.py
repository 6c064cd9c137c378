"""Processor time of a small solve, over that of a bare Python: what a start-up costs.

The budget is 12 times for JSON and 16 times for the report. Bytecode is compiled first; each
figure is the median of several processes, run in turns, so that what slows the machine slows all.
"""

from __future__ import annotations

import compileall
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TURNS = 15

SOLVE = [sys.executable, "-m", "alliance_games", "solve", "games/stag_hunt.yaml"]
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import typer, yaml": [sys.executable, "-c", "import typer, yaml"],
    "--version": [*SOLVE[:3], "--version"],
    "solve --format json": [*SOLVE, "--format", "json"],
    "solve, report": SOLVE,
    "solve, report in colour": [*SOLVE],
}
BUDGET = {"solve --format json": 12, "solve, report": 16}


def processor_time(command: list[str], environment: dict[str, str] | None = None) -> float:
    """Seconds of user and system time of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print the table; 1 where a budget is passed."""
    compileall.compile_dir(str(ROOT / "alliance_games"), quiet=1)
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    plain = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    for _ in range(TURNS):
        for name, command in COMMANDS.items():
            extra = {"FORCE_COLOR": "1"} if "colour" in name else {"NO_COLOR": "1"}
            times[name].append(processor_time(command, {**plain, **extra}))
    base = statistics.median(times["python -c pass"])
    over = False
    print(f"{'':26}{'CPU ms':>8}{'ratio':>8}{'budget':>8}")
    for name, several in times.items():
        middle = statistics.median(several)
        budget = BUDGET.get(name)
        over = over or (budget is not None and middle / base > budget)
        print(f"{name:26}{middle * 1000:8.1f}{middle / base:8.1f}{budget or '':>8}")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
