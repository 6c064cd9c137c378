"""Sparse square systems of linear equations, exactly.

What few equations settle is settled first (an equation of one or two unknowns, an unknown in one
equation only), which costs little and fills nothing in; python-flint solves the dense rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm

from alliance_games.exact.tableau import Tick, no_limit

MOST_DENSE = 1500
"""Order of the dense rest beyond which the work is not begun."""


class TooDense(ArithmeticError):
    """What is left of the system is too large to solve as a dense one."""


def solve_sparse(
    rows: Sequence[Mapping[int, int]],
    right: Sequence[int],
    tick: Tick = no_limit,
    most_dense: int = MOST_DENSE,
) -> dict[int, Fraction] | None:
    """Solve ``sum(rows[i][v] * value[v]) == right[i]`` for as many unknowns as equations.

    Returns the value of each unknown; None where the system is singular. Raises TooDense where
    elimination leaves more than ``most_dense`` equations.
    """
    work = _Elimination(rows, right)
    if len(work.columns) != len(rows):
        return None
    while (choice := work.choose()) is not None:
        tick()
        if choice[1] < 0:
            return None
        work.pivot(*choice)
    kernel = sorted(work.open)
    if len(kernel) > most_dense:
        raise TooDense(f"{len(kernel)} equations are left")
    values = _dense([(work.rows[i], work.right[i]) for i in kernel])
    return None if values is None else work.back(values)


class _Elimination:
    def __init__(self, rows: Sequence[Mapping[int, int]], right: Sequence[int]) -> None:
        self.rows = [{v: Fraction(c) for v, c in row.items() if c} for row in rows]
        self.right = [Fraction(value) for value in right]
        self.columns: dict[int, set[int]] = {}
        for i, row in enumerate(self.rows):
            for v in row:
                self.columns.setdefault(v, set()).add(i)
        self.open = set(range(len(rows)))
        self.done: list[tuple[int, int]] = []
        self.short = [(len(row), i) for i, row in enumerate(self.rows) if len(row) <= 2]
        heapify(self.short)
        self.lone = sorted((v for v, at in self.columns.items() if len(at) == 1), reverse=True)

    def choose(self) -> tuple[int, int] | None:
        """The next equation and its unknown; (i, -1) where equation i has none left."""
        while self.short:
            size, i = heappop(self.short)
            row = self.rows[i]
            if i in self.open and len(row) == size:
                if not row:
                    return i, -1
                return i, min(row, key=lambda v: (len(self.columns[v]), v))
        while self.lone:
            v = self.lone.pop()
            if len(self.columns.get(v, ())) == 1:
                (i,) = self.columns[v]
                return i, v
        return None

    def pivot(self, i: int, v: int) -> None:
        """Take the unknown v out of every other equation by means of equation i."""
        self.open.discard(i)
        self.done.append((i, v))
        row, coefficient = self.rows[i], self.rows[i][v]
        for u in row:
            self.columns[u].discard(i)
            if len(self.columns[u]) == 1 and u != v:
                self.lone.append(u)
        for j in sorted(self.columns.pop(v)):
            other = self.rows[j]
            factor = other.pop(v) / coefficient
            self.right[j] -= factor * self.right[i]
            for u, c in row.items():
                if u == v:
                    continue
                new = other.get(u, 0) - factor * c
                if new:
                    other[u] = new
                    self.columns[u].add(j)
                else:
                    del other[u]
                    self.columns[u].discard(j)
                    if len(self.columns[u]) == 1:
                        self.lone.append(u)
            if len(other) <= 2:
                heappush(self.short, (len(other), j))

    def back(self, values: dict[int, Fraction]) -> dict[int, Fraction]:
        """The unknowns set aside, the last first."""
        for i, v in reversed(self.done):
            row = self.rows[i]
            rest = sum((c * values[u] for u, c in row.items() if u != v), Fraction(0))
            values[v] = (self.right[i] - rest) / row[v]
        return values


def _dense(system: Sequence[tuple[dict[int, Fraction], Fraction]]) -> dict[int, Fraction] | None:
    """Solve what is left, its unknowns being those that occur in it."""
    unknowns = sorted({v for row, _ in system for v in row})
    if len(unknowns) != len(system):
        return None
    if not system:
        return {}
    from flint import fmpq_mat, fmpz_mat

    place = {v: k for k, v in enumerate(unknowns)}
    entries, sides = [], []
    for row, side in system:
        scale = lcm(side.denominator, *(c.denominator for c in row.values()))
        line = [0] * len(unknowns)
        for v, c in row.items():
            line[place[v]] = c.numerator * (scale // c.denominator)
        entries.append(line)
        sides.append([side.numerator * (scale // side.denominator)])
    try:
        left = fmpq_mat(fmpz_mat(entries))
        # The package's types leave the algorithm out.
        answer = left.solve(fmpq_mat(fmpz_mat(sides)), algorithm="dixon")  # type: ignore[call-arg]
    except ZeroDivisionError:  # flint's word for a singular matrix
        return None
    numerators, denominator = answer.numer_denom()
    table, over = numerators.tolist(), int(denominator)
    return {v: Fraction(int(table[k][0]), over) for k, v in enumerate(unknowns)}
