"""Lemke and Howson's paths of big games in floats: proposals, never answers.

Source: Lemke and Howson (1964); Codenotti, De Rossi and Pagan (2008) on trying all labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from alliance_games.algorithms.best_response import Matrix, PreparedGame, Tick
from alliance_games.algorithms.exact_walk import perturbation

if TYPE_CHECKING:
    from alliance_games.algorithms.arrays import Floats


SHORT = 200
"""Pivots granted to every label before any label gets ten times as many."""


def proposed_supports(game: PreparedGame, tick: Tick) -> Iterator[tuple[list[int], list[int]]]:
    """Supports (rows, columns) at the ends of the paths of all labels, short paths first."""
    row_count, column_count = len(game.rows), len(game.columns)
    tables = (_table([list(column) for column in zip(*game.b, strict=True)]), _table(game.a))
    waiting = list(range(row_count + column_count))
    limit = SHORT
    while waiting and limit <= 1000 * SHORT:
        longer = []
        for dropped in waiting:
            outcome = _path(tables, row_count, column_count, dropped, limit, tick)
            if outcome is None:
                longer.append(dropped)
            else:
                yield outcome
        waiting, limit = longer, 10 * limit


def _table(matrix: Matrix) -> Floats:
    greatest = max(max(row) for row in matrix)
    scaled = np.array([[entry / greatest for entry in row] for row in matrix])
    delta = np.array(perturbation(len(matrix), 0, bits=20)) / 2**20
    return np.column_stack([scaled, np.ones(len(matrix)), delta])


def _path(
    tables: tuple[Floats, Floats],
    row_count: int,
    column_count: int,
    dropped: int,
    limit: int,
    tick: Tick,
) -> tuple[list[int], list[int]] | None:
    own = np.arange(row_count)
    theirs = np.arange(row_count, row_count + column_count)
    sides = [
        (tables[0].copy(), theirs.copy(), own.copy()),
        (tables[1].copy(), own.copy(), theirs.copy()),
    ]
    side = 0 if dropped < row_count else 1
    entering = dropped
    for _ in range(limit):
        tick()
        table, basic, free = sides[side]
        column = int(np.flatnonzero(free == entering)[0])
        leaving = _leaving(table, column)
        if leaving is None:
            return None
        _pivot(table, leaving, column)
        basic[leaving], free[column] = entering, basic[leaving]
        entering = int(free[column])
        if entering == dropped:
            rows, columns = sides[0][1], sides[1][1]
            return (
                sorted(int(label) for label in rows[rows < row_count]),
                sorted(int(label) - row_count for label in columns[columns >= row_count]),
            )
        side = 1 - side
    return None


def _leaving(table: Floats, column: int) -> int | None:
    entries = table[:, column]
    candidates = np.flatnonzero(entries > 1e-11)
    if not len(candidates):
        return None
    ratios = table[candidates, -2] / entries[candidates]
    # A wrong guess here costs a path, not an answer: what a path proposes is solved exactly.
    close = candidates[ratios <= ratios.min() + 1e-12]
    if len(close) > 1:
        close = close[[int(np.argmin(table[close, -1] / entries[close]))]]
    return int(close[0])


def _pivot(table: Floats, leaving: int, column: int) -> None:
    pivot = table[leaving, column]
    row = table[leaving] / pivot
    factors = table[:, column].copy()
    factors[leaving] = 0.0
    table -= factors[:, None] * row
    table[:, column] = -factors / pivot
    table[leaving] = row
    table[leaving, column] = 1.0 / pivot
