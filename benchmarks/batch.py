"""Files a second: a folder of 1,000 small game files in `batch`, start-up included.

The figure to reach is 200 files a second on two cores.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = 1_000
WANTED = 200

GAME = """game: Game {number}
players: [A, B]
parameters: {{a: {0}, b: {1}}}
strategies: [C, D]
payoffs:
  C, C: a, {2}
  C, D: {3}, b
  D, C: {4}, {5}
  D, D: {6}, {7}
"""


def write_games(folder: Path) -> None:
    """The same random 2x2 games every time."""
    dice = random.Random(1)
    for number in range(FILES):
        payoffs = [dice.randint(0, 99) for _ in range(8)]
        text = GAME.format(*payoffs, number=number)
        (folder / f"game{number:04}.yaml").write_text(text, encoding="utf-8")


def main() -> int:
    """Print files a second for one process and for two; 1 where two are too slow."""
    with tempfile.TemporaryDirectory() as folder:
        games = Path(folder) / "games"
        games.mkdir()
        write_games(games)
        reached = 0.0
        for jobs in (1, 2):
            output = Path(folder) / f"{jobs}.jsonl"
            command = [sys.executable, "-m", "alliance_games", "batch", str(games), "--quiet"]
            command += ["--format", "jsonl", "--output", str(output), "--jobs", str(jobs)]
            start = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True)
            seconds = time.perf_counter() - start
            reached = FILES / seconds
            print(
                f"{jobs} process{'es' if jobs > 1 else '  '} {seconds:6.2f} s "
                f"{reached:7.0f} files a second"
            )
        same = (Path(folder) / "1.jsonl").read_bytes() == (Path(folder) / "2.jsonl").read_bytes()
        print(f"identical output: {'yes' if same else 'NO'}; wanted: {WANTED} files a second")
    return int(reached < WANTED or not same)


if __name__ == "__main__":
    sys.exit(main())
