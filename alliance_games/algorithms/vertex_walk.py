"""Every vertex of a polytope {z >= 0, Mz <= 1}: many float dictionaries at a time, certified.

The right side is perturbed to 1 + eps * delta (eps infinitesimal), which makes the polytope
simple. Floats choose the pivots. That this found everything is then a theorem, not a hope: the
bases visited are closed under pivoting by construction (every basis and every free variable lead to
a visited basis), and each one is certified to be a feasible basis of the perturbed
polytope (`walk_certificate`). In a simple polytope a feasible basis reached by exchanging one
variable is the far end of that edge, and the graph of a polytope is connected.

A dictionary is an array (c + 2, r): for each of the c free variables and for the two right sides
(1 and delta) the r coefficients of the basic variables, z_B = b - D z_N.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliance_games.algorithms.best_response import Matrix, Tick
from alliance_games.algorithms.exact_walk import perturbation
from alliance_games.algorithms.walk_certificate import Certifier

Floats = NDArray[np.float64]
Masks = NDArray[np.uint64]
Labels = NDArray[np.int64]

CHUNK_BYTES = 1 << 19
"""Dictionaries worked on at a time: about half of a core's second cache."""

DELTA_BITS = 20
STEPS = (2.0**-26, 2.0**-34, 2.0**-42)
"""The eps that floats use to choose among tied rows, by seed. A wrong choice (too large a step
for a near tie, too small a one for rounding) fails the certificate, and the next is tried."""


@dataclass(slots=True)
class Batch:
    """Bases visited: labels of the free variables, and of all tight inequalities, as bit sets."""

    free: Masks
    tight: Masks


@dataclass(slots=True)
class _Level:
    tables: Floats  # (k, c + 2, r)
    basic: Labels  # (k, r)
    free: Labels  # (k, c)
    masks: Masks  # (k,) sorted


def walk(matrix: Matrix, seed: int, tick: Tick) -> Iterator[Batch]:
    """Visit every basis of the perturbed polytope {z >= 0, matrix z <= 1 + eps delta}.

    `matrix` is r x c with positive entries and r + c <= 64. Label v < c is z_v >= 0, label c + j is
    row j. Yields each basis once. Raises `FloatsFail` where a basis cannot be certified: the
    caller tries another `seed` or walks exactly.
    """
    rows, columns = len(matrix), len(matrix[0])
    delta = perturbation(rows, seed, bits=DELTA_BITS)
    step = STEPS[min(seed, len(STEPS) - 1)]
    greatest = max(max(row) for row in matrix)
    scaled = np.array([[entry / greatest for entry in row] for row in matrix])
    certifier = Certifier(matrix, greatest, scaled, delta)

    table = np.empty((1, columns + 2, rows))
    table[0, :columns] = scaled.T
    table[0, columns] = 1.0
    table[0, columns + 1] = certifier.delta
    level = _Level(
        tables=table,
        basic=np.arange(columns, columns + rows)[None, :],
        free=np.arange(columns)[None, :],
        masks=np.array([(1 << columns) - 1], dtype=np.uint64),
    )
    yield Batch(level.masks, level.masks)
    before = np.empty(0, dtype=np.uint64)
    while len(level.masks):
        # Nonsense on the way to a failed certificate is no reason to warn.
        with np.errstate(all="ignore"):
            following, tight = _expand(level, before, step, certifier, tick)
        before, level = level.masks, following
        if len(level.masks):
            yield Batch(level.masks, tight)


def _expand(
    level: _Level, before: Masks, step: float, certifier: Certifier, tick: Tick
) -> tuple[_Level, Masks]:
    """The bases next to a level that are in neither this level nor the one before.

    Breadth first, those are all that are new.
    """
    count, width, rows = level.tables.shape
    columns = width - 2
    chunk = max(16, CHUNK_BYTES // (8 * width * rows))
    leaving = np.empty((count, columns), dtype=np.intp)
    for start in range(0, count, chunk):
        tick()
        part = level.tables[start : start + chunk]
        inverse = 1.0 / (part[:, columns] + step * part[:, columns + 1])
        # The greatest entry / right side is the least ratio among positive entries.
        (part[:, :columns] * inverse[:, None, :]).argmax(axis=2, out=leaving[start : start + chunk])
    one = np.uint64(1)
    bits_in = one << level.free.astype(np.uint64)
    bits_out = one << np.take_along_axis(level.basic, leaving, axis=1).astype(np.uint64)
    proposed = (level.masks[:, None] ^ bits_in ^ bits_out).ravel()
    masks, origin = _distinct(proposed)
    new = ~(_among(masks, level.masks) | _among(masks, before))
    masks, origin = masks[new], origin[new]

    tables = np.empty((len(masks), width, rows))
    basic = np.empty((len(masks), rows), dtype=np.int64)
    free = np.empty((len(masks), columns), dtype=np.int64)
    tight = masks.copy()
    for start in range(0, len(masks), chunk):
        tick()
        piece = slice(start, start + chunk)
        parent, column = np.divmod(origin[piece], columns)
        row = leaving[parent, column]
        np.take(level.tables, parent, axis=0, out=tables[piece], mode="clip")
        _pivot(tables[piece], row, column)
        basic[piece], free[piece] = level.basic[parent], level.free[parent]
        each = np.arange(len(parent))
        basic[piece][each, row] = level.free[parent, column]
        free[piece][each, column] = level.basic[parent, row]
        tight[piece] |= certifier.extra_labels(
            tables[piece], basic[piece], free[piece], masks[piece]
        )
    return _Level(tables, basic, free, masks), tight


def _among(masks: Masks, known: Masks) -> NDArray[np.bool_]:
    """Which of some masks are among known ones (sorted)."""
    if not len(known):
        return np.zeros(len(masks), dtype=np.bool_)
    place = np.minimum(np.searchsorted(known, masks), len(known) - 1)
    among: NDArray[np.bool_] = known[place] == masks
    return among


def _distinct(masks: Masks) -> tuple[Masks, NDArray[np.intp]]:
    """The different masks in ascending order, and a place of each."""
    # np.unique asks for the first place of each and so for a stable, slower sort.
    order = np.argsort(masks)
    ordered = masks[order]
    first = np.empty(len(masks), dtype=np.bool_)
    first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first], order[first]


def _pivot(tables: Floats, row: Labels, column: Labels) -> None:
    """Exchange basic variable `row` for free variable `column` in each table, in place."""
    each = np.arange(len(tables))
    line = tables[each, :, row]  # (k, c + 2)
    entering = tables[each, column]  # (k, r)
    inverse = 1.0 / line[each, column]
    line *= inverse[:, None]
    entering[each, row] = 0.0
    tables -= line[:, :, None] * entering[:, None, :]
    line[each, column] = inverse
    entering *= -inverse[:, None]
    tables[each, column] = entering
    tables[each, :, row] = line
