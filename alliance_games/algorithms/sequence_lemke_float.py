"""A basis of Lemke's system in floats: a sparse factorisation, brought up to date by products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

from alliance_games.algorithms.sequence_lemke import PathLost, System

if TYPE_CHECKING:
    from alliance_games.algorithms.arrays import Floats

UPDATES = 50
"""Exchanges after which the basis is factorised anew."""

NEAR = 1e-9
"""What counts as zero, where the greatest coefficient is 1."""


class FloatBasis:
    """The same as ``ExactBasis``, in floats."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.variables = list(system.basis)
        unit = max(abs(c) for column in system.columns for c in column.values())
        worth = sum(system.bounds)
        # Payoffs come down to at most 1; the equations of plans are in units of their own.
        rows, columns, entries = [], [], []
        for v, column in enumerate(system.columns):
            paid = v < system.first_bound or v == system.progress
            for i, c in column.items():
                rows.append(i)
                columns.append(v)
                entries.append(c / unit if paid and worth <= i < system.order - 1 else float(c))
        shape = system.order, len(system.columns)
        self.matrix: Any = csc_matrix((entries, (rows, columns)), shape=shape)
        right = [
            value / unit if worth <= i < system.order - 1 else float(value)
            for i, value in enumerate(system.right)
        ]
        top = max(system.drift)
        self.right = np.array([right, [d / top for d in system.drift]]).T
        self.fixed = np.array([system.is_free(v) for v in self.variables])
        self._factorise()

    def direction(self, entering: int) -> Floats:
        """How fast each basic variable falls as ``entering`` grows."""
        found: Floats = self.factors.solve(self.matrix[:, [entering]].toarray()[:, 0])
        for row, change in self.changes:
            step = found[row] / change[row]
            found -= step * change
            found[row] = step
        return found

    def leaving(self, direction: Floats) -> int | None:
        """The row of the basic variable that first falls to zero."""
        able = np.flatnonzero((direction > NEAR) & ~self.fixed)
        if not len(able):
            return None
        falls = direction[able]
        ratios = self.values[able, 0] / falls
        least = ratios.min()
        tied = able[ratios <= least + NEAR * (1 + abs(least))]
        if len(tied) > 1:
            for row in tied:
                if self.variables[row] == self.system.prior:
                    return int(row)
            tied = tied[[np.argmin(self.values[tied, 1] / direction[tied])]]
        return int(tied[0])

    def exchange(self, row: int, entering: int, direction: Floats) -> None:
        step = self.values[row] / direction[row]
        self.values -= np.outer(direction, step)
        self.values[row] = step
        self.values[np.abs(self.values[:, 0]) < NEAR, 0] = 0.0
        self.variables[row] = entering
        self.fixed[row] = False
        self.changes.append((row, direction))
        if len(self.changes) >= UPDATES:
            self._factorise()

    def _factorise(self) -> None:
        try:
            self.factors = splu(self.matrix[:, self.variables])
        except RuntimeError as singular:  # scipy's word for it
            raise PathLost from singular
        self.changes: list[tuple[int, Floats]] = []
        self.values = self.factors.solve(self.right)
        self.values[np.abs(self.values[:, 0]) < NEAR, 0] = 0.0
