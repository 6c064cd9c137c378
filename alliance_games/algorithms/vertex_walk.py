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
from typing import TYPE_CHECKING

import numpy as np

from alliance_games.algorithms.best_response import Matrix, Tick
from alliance_games.algorithms.exact_walk import perturbation
from alliance_games.algorithms.walk_certificate import Certifier

if TYPE_CHECKING:
    from alliance_games.algorithms.arrays import Flags, Floats, Labels, Masks, Places, Small


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
    """The bases at one distance from the first, and the row that leaves for each free variable."""

    masks: Masks  # (k,)
    known: Masks  # (k,) the same, ascending
    tight: Masks  # (k,)
    tables: Floats  # (k, c + 2, r)
    basic: Small  # (k, r)
    free: Small  # (k, c)
    leaving: Small  # (k, c)
    neighbours: Masks  # (k, c)


def walk(matrix: Matrix, seed: int, tick: Tick) -> Iterator[Batch]:
    """Visit every basis of the perturbed polytope {z >= 0, matrix z <= 1 + eps delta}.

    `matrix` is r x c with positive entries and r + c <= 64. Label v < c is z_v >= 0, label c + j is
    row j. Yields each basis once. Raises `FloatsFail` where a basis cannot be certified: the
    caller tries another `seed` or walks exactly.
    """
    walker = _Walker(matrix, seed, tick)
    level = walker.first()
    before = np.empty(0, dtype=np.uint64)
    while len(level.masks):
        yield Batch(level.masks, level.tight)
        # Nonsense on the way to a failed certificate is no reason to warn.
        with np.errstate(all="ignore"):
            following = walker.beyond(level, before)
        before, level = level.known, following


class _Walker:
    def __init__(self, matrix: Matrix, seed: int, tick: Tick) -> None:
        self.rows, self.columns = len(matrix), len(matrix[0])
        self.tick = tick
        self.step = STEPS[min(seed, len(STEPS) - 1)]
        delta = perturbation(self.rows, seed, bits=DELTA_BITS)
        greatest = max(max(row) for row in matrix)
        self.scaled = np.array([[entry / greatest for entry in row] for row in matrix])
        self.certifier = Certifier(matrix, greatest, self.scaled, delta)
        self.bits = np.uint64(1) << np.arange(self.rows + self.columns, dtype=np.uint64)
        self.chunk = max(16, CHUNK_BYTES // (8 * (self.columns + 2) * self.rows))
        self.spare: Floats = np.empty((0, self.columns + 2, self.rows))

    def first(self) -> _Level:
        """The basis z = 0, which has no tie: all right sides are 1."""
        origin = np.array([(1 << self.columns) - 1], dtype=np.uint64)
        level = self._room(origin, origin)
        level.tables[0, : self.columns] = self.scaled.T
        level.tables[0, self.columns] = 1.0
        level.tables[0, self.columns + 1] = self.certifier.delta
        level.free[0] = np.arange(self.columns)
        level.basic[0] = np.arange(self.columns, self.columns + self.rows)
        self._look_around(level, slice(0, 1))
        return level

    def beyond(self, level: _Level, before: Masks) -> _Level:
        """The bases next to a level that are in neither this level nor the one before.

        Breadth first, those are all that are new.
        """
        masks, origin = _distinct(level.neighbours.ravel())
        new = ~(_among(masks, level.known) | _among(masks, before))
        known, origin = masks[new], origin[new]
        # In the order of their parents, so that memory is read from one end to the other.
        order = np.argsort(origin)
        masks, origin = known[order], origin[order]
        following = self._room(masks, known)
        for start in range(0, len(masks), self.chunk):
            self.tick()
            piece = slice(start, start + self.chunk)
            parent, column = np.divmod(origin[piece], self.columns)
            row = level.leaving[parent, column].astype(np.intp)
            tables = following.tables[piece]
            np.take(level.tables, parent, axis=0, out=tables, mode="clip")
            _pivot(tables, row, column)
            basic, free = level.basic[parent], level.free[parent]
            each = np.arange(len(parent))
            basic[each, row] = level.free[parent, column]
            free[each, column] = level.basic[parent, row]
            following.basic[piece], following.free[piece] = basic, free
            following.tight[piece] |= self.certifier.extra_labels(
                tables, basic.astype(np.intp), free.astype(np.intp), masks[piece]
            )
            self._look_around(following, piece)
        self._give_back(level)
        return following

    def _look_around(self, level: _Level, piece: slice) -> None:
        """Find the leaving row and the neighbour for each free variable of some bases."""
        part = level.tables[piece]
        columns = self.columns
        inverse = 1.0 / (part[:, columns] + self.step * part[:, columns + 1])
        # The greatest entry / right side is the least ratio among positive entries.
        leaving = (part[:, :columns] * inverse[:, None, :]).argmax(axis=2)
        level.leaving[piece] = leaving
        out = np.take_along_axis(level.basic[piece], leaving, axis=1)
        neighbours = level.neighbours[piece]
        np.bitwise_xor(self.bits[level.free[piece]], self.bits[out], out=neighbours)
        neighbours ^= level.masks[piece, None]

    def _room(self, masks: Masks, known: Masks) -> _Level:
        """An empty level. Tables reuse memory: fresh pages cost as much as pivoting in them."""
        count = len(masks)
        if len(self.spare) < count:
            self.spare = np.empty((2 * count, self.columns + 2, self.rows))
        tables, self.spare = self.spare[:count], self.spare[:0]
        return _Level(
            masks=masks,
            known=known,
            tight=masks.copy(),
            tables=tables,
            basic=np.empty((count, self.rows), dtype=np.int8),
            free=np.empty((count, self.columns), dtype=np.int8),
            leaving=np.empty((count, self.columns), dtype=np.int8),
            neighbours=np.empty((count, self.columns), dtype=np.uint64),
        )

    def _give_back(self, level: _Level) -> None:
        whole = level.tables.base
        self.spare = level.tables if whole is None else whole
        level.tables = level.tables[:0]


def _among(masks: Masks, known: Masks) -> Flags:
    """Which of some masks are among known ones (sorted)."""
    if not len(known):
        return np.zeros(len(masks), dtype=np.bool_)
    place = np.minimum(np.searchsorted(known, masks), len(known) - 1)
    among: Flags = known[place] == masks
    return among


def _distinct(masks: Masks) -> tuple[Masks, Places]:
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
