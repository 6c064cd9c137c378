"""Run the benchmarks: all of them, or those named: ``python -m benchmarks [NAME...]``.

Each ``benchmarks/NAME.py`` is a script that prints its own table. They run one after the other,
each in a process of its own, so that none warms or slows another. Ratios within one run are
what counts; times depend on the machine.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(wanted: list[str]) -> int:
    """Run the benchmarks called ``wanted`` (all, if empty); 1 if any of them failed."""
    scripts = {path.stem: path for path in sorted(HERE.glob("*.py")) if path.stem[0] != "_"}
    unknown = [name for name in wanted if name not in scripts]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are: {', '.join(scripts)}.")
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    failed = []
    for name in wanted or scripts:
        print(f"\n== {name}", flush=True)
        start = time.perf_counter()
        if subprocess.run([sys.executable, scripts[name]], cwd=HERE.parent, check=False).returncode:
            failed.append(name)
        print(f"-- {name}: {time.perf_counter() - start:.1f} s", flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
