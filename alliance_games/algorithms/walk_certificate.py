"""Proof that float dictionaries stand for feasible bases of a perturbed polytope.

For the polytope {z >= 0, s = rhs - Mz >= 0} a dictionary gives every variable as an affine function
of the free ones. Let phi bound the residual of s = rhs - Mz over all its columns (computed,
plus the rounding of computing it, plus the rounding of M itself), c the number of free
variables and e = c phi. If e < 1/4 the basis is nonsingular, and no right side is off by more than
(1 + 2 c^2 Z) phi, where Z >= 1 bounds the dictionary's entries (Rump 2010, section 10; the bound
is the usual one for an approximate inverse). Right sides beyond that error have their sign for
certain. Where the first right side is too small to tell, it must be exactly zero and the second one
positive for certain. It is zero if a determinant's bound leaves no other number so small; if that
does not help, the vertex is solved exactly.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

from alliance_games.algorithms.best_response import Matrix
from alliance_games.exact.linear import solve

if TYPE_CHECKING:
    from alliance_games.algorithms.arrays import Floats, Labels, Masks


UNIT = 2.0**-53
GROUP = 8


class FloatsFail(ArithmeticError):
    """A float dictionary could not be certified; nothing is known to be wrong with the game."""


def _largest(stack: Floats) -> Floats:
    """The greatest absolute value in each array of a stack; overwrites nothing."""
    flat = np.abs(stack).reshape(len(stack), -1)
    largest: Floats = flat.max(axis=1)
    return largest


def _products(stack: Floats, right: Floats) -> Floats:
    """Each array of a stack times one matrix.

    In groups so small that the linear algebra library does not wake a second thread, which costs
    more than these products; and not one by one, which costs a call each.
    """
    count, width, inner = stack.shape
    product = np.empty((count, width, right.shape[1]))
    grouped = count - count % GROUP
    np.matmul(
        stack[:grouped].reshape(-1, GROUP * width, inner),
        right,
        out=product[:grouped].reshape(-1, GROUP * width, right.shape[1]),
    )
    np.matmul(stack[grouped:], right, out=product[grouped:])
    return product


class Certifier:
    """Certifies dictionaries of one polytope {z >= 0, matrix z <= 1 + eps delta}.

    `matrix` is r x c of integers; `scaled` is `matrix / greatest` in floats. `exact_vertices`
    counts the vertices that had to be solved exactly.
    """

    def __init__(self, matrix: Matrix, greatest: int, scaled: Floats, delta: list[int]) -> None:
        self.matrix = matrix
        self.greatest = greatest
        self.delta_integers = delta
        # A power of two: these floats are the integers, exactly.
        self.delta = np.array([float(d) for d in delta]) / 2.0 ** max(delta).bit_length()
        self.exact_vertices = 0
        self._settled: set[int] = set()
        rows, columns = scaled.shape
        # One product with [M, 1]' gives Mz + s for every column of a dictionary.
        self._check = np.concatenate([scaled.T, np.eye(rows)])
        # A k x k determinant with entries from 0 to g is at most g^k (k + 1)^((k + 1) / 2) / 2^k
        # (Hadamard's bound for 0 and 1); halved for the rounding of this formula.
        sizes = np.arange(1 + min(rows, columns), dtype=np.float64)
        bound = sizes * (log(greatest) - log(2)) + (sizes + 1) / 2 * np.log(sizes + 1)
        self._gap = np.exp(-bound) / 2
        self._right = np.zeros((columns + 2, rows))
        self._right[columns] = 1.0
        self._right[columns + 1] = self.delta

    def extra_labels(self, tables: Floats, basic: Labels, free: Labels, masks: Masks) -> Masks:
        """Labels tight at each vertex besides those of the free variables.

        Shapes as in `vertex_walk`: tables (k, c + 2, r), basic (k, r), free (k, c), masks (k,).
        Raises FloatsFail unless every basis is certified feasible.
        """
        count, width, rows = tables.shape
        columns = width - 2
        total = columns + rows
        variables = np.zeros((count, width, total))
        each = np.arange(count)
        # z_B = b - D z_N: the sign of the free columns is turned here, not that of the right sides.
        variables[each[:, None], :, basic] = tables.transpose(0, 2, 1)
        variables[each[:, None], np.arange(columns), free] = -1.0
        size = np.maximum(1.0, _largest(tables))
        residual = _products(variables, self._check)
        residual -= self._right
        phi = _largest(residual)
        phi += 2 * (total + 4) ** 2 * UNIT * size
        error = phi * (1 + 2 * columns * columns * size)
        if not (columns * phi).max() < 0.25:
            raise FloatsFail("a dictionary drifted too far from its basis")
        first, second = tables[:, columns], tables[:, columns + 1]
        unsure = first <= error[:, None]
        extra = np.zeros(count, dtype=np.uint64)
        places = np.flatnonzero(unsure.any(axis=1))
        if not len(places):
            return extra
        unsure = unsure[places]
        if (unsure & ~(second[places] > error[places, None])).any():
            raise FloatsFail("the perturbation does not decide a tie for certain")
        bits = np.uint64(1) << basic[places].astype(np.uint64)
        extra[places] = np.bitwise_or.reduce(np.where(unsure, bits, np.uint64(0)), axis=1)
        # A right side that is not zero is a non-zero integer over the basis's determinant.
        binding = (free[places] >= columns).sum(axis=1)
        gap = self._gap[binding]
        largest = np.where(unsure, np.abs(first[places]), 0.0).max(axis=1)
        for place in places[~(largest + error[places] < gap)]:
            self._settle(int(masks[place]), int(extra[place]))
        return extra

    def _settle(self, free: int, extra: int) -> None:
        """Make sure that exactly the labels `extra`, besides `free`, are tight at a vertex.

        One exact solution serves all bases over the vertex: they share their tight labels.
        """
        if free | extra in self._settled:
            return
        rows, columns = len(self.matrix), len(self.matrix[0])
        support = [v for v in range(columns) if not free >> v & 1]
        binding = [j for j in range(rows) if free >> (columns + j) & 1]
        self.exact_vertices += 1
        solution = solve(
            [[self.matrix[j][v] for v in support] for j in binding], [1] * len(binding)
        )
        if solution is None:
            raise FloatsFail("a certified basis is singular")
        scale, (point,) = solution
        for v, value in zip(support, point, strict=True):
            self._compare(value, extra >> v & 1)
        for j, line in enumerate(self.matrix):
            if not free >> (columns + j) & 1:
                used = sum(line[v] * value for v, value in zip(support, point, strict=True))
                self._compare(scale - used, extra >> (columns + j) & 1)
        self._settled.add(free | extra)

    @staticmethod
    def _compare(value: int, zero: int) -> None:
        if value < 0 or (value == 0) != bool(zero):
            raise FloatsFail("a near tie was decided wrongly")
