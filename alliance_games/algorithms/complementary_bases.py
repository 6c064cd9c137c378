"""From the bases of one best-response polytope to those of the other that complete them.

A basis of P with basic rows I and binding columns J, |I| = |J|, is completed by the basis of Q in
which exactly J is basic and exactly I is binding: a square system. Few bases survive a test
for dominance given J; the systems of the others are solved in floats, many at a time, with a bound
on the error. What the bound does not rule out for certain is handed on, to be settled exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from alliance_games.algorithms.best_response import PreparedGame, Tick

if TYPE_CHECKING:
    from alliance_games.algorithms.arrays import Flags, Floats, Labels, Masks


UNIT = 2.0**-53
BATCH = 2048


class Completion:
    """The tests of one game; `rows` and `columns` of a pair are bit sets counted from 0."""

    def __init__(self, game: PreparedGame) -> None:
        row_count, column_count = len(game.rows), len(game.columns)
        greatest = max(max(line) for line in game.a)
        self.payoffs = np.array([[entry / greatest for entry in line] for line in game.a])
        # not_better[i, k]: the columns in which row k is not strictly better than row i.
        self.not_better = np.zeros((row_count, row_count), dtype=np.uint64)
        for i, mine in enumerate(game.a):
            for k, other in enumerate(game.a):
                pairs = enumerate(zip(mine, other, strict=True))
                self.not_better[i, k] = sum(1 << j for j, (x, y) in pairs if y <= x)
        self.row_bits = np.uint64(1) << np.arange(row_count, dtype=np.uint64)
        self.column_bits = np.uint64(1) << np.arange(column_count, dtype=np.uint64)

    def undominated(self, rows: Masks, columns: Masks) -> Labels:
        """Places of the pairs in which no row used is strictly dominated given the columns.

        A dominated row is no best reply to any strategy on those columns, so that
        nothing complementary is lost (Porter, Nudelman and Shoham 2008).
        """
        alive = np.arange(len(rows))
        for i, bit in enumerate(self.row_bits):
            using = (rows[alive] & bit) != 0
            given = columns[alive[using]]
            beaten = ((given[:, None] & self.not_better[i]) == 0).any(axis=1)
            keep = np.ones(len(alive), dtype=np.bool_)
            keep[np.flatnonzero(using)[beaten]] = False
            alive = alive[keep]
        return alive

    def possible(self, rows: Masks, columns: Masks, tick: Tick) -> Labels:
        """Places of the pairs (of equal size) whose system is not ruled out for certain."""
        sizes = ((rows[:, None] & self.row_bits) != 0).sum(axis=1)
        kept = []
        # np.unique would import numpy.ma, at the cost of a small search.
        for size in np.flatnonzero(np.bincount(sizes)):
            chosen = np.flatnonzero(sizes == size)
            for start in range(0, len(chosen), BATCH):
                tick()
                piece = chosen[start : start + BATCH]
                with np.errstate(all="ignore"):
                    kept.append(piece[self._open(rows[piece], columns[piece], int(size))])
        return np.concatenate(kept) if kept else np.empty(0, dtype=np.intp)

    def _open(self, rows: Masks, columns: Masks, size: int) -> Flags:
        row_places = np.nonzero(rows[:, None] & self.row_bits)[1].reshape(-1, size)
        column_places = np.nonzero(columns[:, None] & self.column_bits)[1].reshape(-1, size)
        wide = self.payoffs[:, column_places].transpose(1, 0, 2)  # (k, m, size)
        each = np.arange(len(rows))[:, None]
        square = wide[each, row_places]
        inverse, regular = _inverses(square)
        guess = inverse.sum(axis=2)
        residual = np.abs(inverse @ square - np.eye(size)).sum(axis=2).max(axis=1)
        greatest = np.abs(inverse).sum(axis=2).max(axis=1)
        # Rounding: of the payoffs themselves (at most 1), of the product and of the sums.
        residual += 4 * (size + 4) * UNIT * size * greatest
        # y = (I + E)^-1 C 1 for an approximate inverse C with CA = I + E, so |y - C1| is at most
        # |E| / (1 - |E|) |C1|; the rounding of C1 itself is added.
        error = residual / (1 - residual) * np.abs(guess).max(axis=1)
        error += 4 * size * UNIT * greatest
        replies = (wide @ guess[:, :, None])[:, :, 0]
        slack = size * error + 4 * size * UNIT * size * np.abs(guess).max(axis=1)
        impossible = (guess < -error[:, None]).any(axis=1)
        impossible |= (replies > 1 + slack[:, None]).any(axis=1)
        certain = regular & (residual < 0.5)
        open_: Flags = ~(impossible & certain)
        return open_


def _inverses(square: Floats) -> tuple[Floats, Flags]:
    """Inverses of a stack of matrices, and which of them have one in floats."""
    regular: Flags = np.ones(len(square), dtype=np.bool_)
    try:
        return np.linalg.inv(square).astype(np.float64, copy=False), regular
    except np.linalg.LinAlgError:
        # numpy does not say which one is singular: halve until they stand alone.
        if len(square) == 1:
            return np.zeros_like(square), np.zeros(1, dtype=np.bool_)
        middle = len(square) // 2
        left, right = _inverses(square[:middle]), _inverses(square[middle:])
        return np.concatenate([left[0], right[0]]), np.concatenate([left[1], right[1]])
