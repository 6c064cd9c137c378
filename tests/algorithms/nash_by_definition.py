"""Slow answers to 'what are all equilibria?', written from the definitions alone.

Nothing here is shared with the package: rational elimination, every choice of tight
inequalities, and regrets.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from fractions import Fraction
from itertools import combinations
from pathlib import Path

Strategy = tuple[Fraction, ...]


def solve(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """Solve an augmented square rational system by Gauss and Jordan; None if singular."""
    rows = [row[:] for row in rows]
    size = len(rows)
    for step in range(size):
        pivot = next((k for k in range(step, size) if rows[k][step] != 0), None)
        if pivot is None:
            return None
        rows[step], rows[pivot] = rows[pivot], rows[step]
        head = rows[step][step]
        rows[step] = [entry / head for entry in rows[step]]
        for k in range(size):
            factor = rows[k][step]
            if k != step and factor:
                rows[k] = [x - factor * y for x, y in zip(rows[k], rows[step], strict=True)]
    return [row[-1] for row in rows]


def extreme_strategies(payoffs: list[list[int]]) -> set[Strategy]:
    """Vertices x of the upper envelope {(x, u): x a mixed strategy, payoffs[j] . x <= u}."""
    size = len(payoffs[0])
    inequalities = [[-int(k == i) for k in range(size)] + [0] for i in range(size)]
    inequalities += [[*row, -1] for row in payoffs]
    found = set()
    for tight in combinations(inequalities, size):
        system = [[Fraction(entry) for entry in row] + [Fraction(0)] for row in tight]
        system.append([Fraction(1)] * size + [Fraction(0), Fraction(1)])
        point = solve(system)
        if point is None:
            continue
        if all(sum(r * p for r, p in zip(row, point, strict=True)) <= 0 for row in inequalities):
            found.add(tuple(point[:-1]))
    return found


def is_equilibrium(a: list[list[int]], b: list[list[int]], row: Strategy, column: Strategy) -> bool:
    """No pure deviation gains, by the definition."""
    mine = [sum(p * y for p, y in zip(line, column, strict=True)) for line in a]
    theirs = [sum(b[i][j] * row[i] for i in range(len(row))) for j in range(len(column))]
    return max(mine) == sum(p * x for p, x in zip(mine, row, strict=True)) and max(theirs) == sum(
        p * y for p, y in zip(theirs, column, strict=True)
    )


def extreme_equilibria(a: list[list[int]], b: list[list[int]]) -> set[tuple[Strategy, Strategy]]:
    """All pairs of extreme strategies that are equilibria."""
    rows = extreme_strategies([list(line) for line in zip(*b, strict=True)])
    columns = extreme_strategies(a)
    return {(x, y) for x in rows for y in columns if is_equilibrium(a, b, x, y)}


def lrsnash_program() -> str | None:
    """The reference program of lrslib, on the path or inside this Python's packages."""
    inside = list(Path(sys.prefix).glob("lib/python3*/site-packages/sage_wheels/bin/lrsnash"))
    return shutil.which("lrsnash") or (str(inside[0]) if inside else None)


def lrsnash(
    program: str, folder: Path, a: list[list[int]], b: list[list[int]]
) -> set[tuple[Strategy, Strategy]]:
    """All extreme equilibria as lrsnash lists them (Avis, Rosenberg, Savani, von Stengel 2010)."""
    text = [f"{len(a)} {len(a[0])}", ""]
    for matrix in (a, b):
        text += [" ".join(map(str, line)) for line in matrix] + [""]
    file = folder / "game.txt"
    file.write_text("\n".join(text))
    output = subprocess.run([program, str(file)], capture_output=True, text=True, check=True).stdout
    found = set()
    columns: list[Strategy] = []
    fresh = True
    for line in output.splitlines():
        words = line.split()
        if not words or words[0] not in "12" or "*" in line:
            continue
        strategy = tuple(Fraction(word) for word in words[1:-1])
        if words[0] == "2":
            columns = [strategy] if fresh else [*columns, strategy]
            fresh = False
        else:
            found |= {(strategy, column) for column in columns}
            fresh = True
    return found
