"""All extreme equilibria from the vertices of one best-response polytope.

The vertices of P are visited in floats with a certificate (`vertex_walk`); each basis is
completed by a basis of Q if possible. Over a vertex with exactly as many tight
labels as dimensions the complementary face of Q is that one vertex, unless its system is
singular; over the others, and where it is singular, the face is enumerated exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from alliance_games.algorithms.best_response import PreparedGame, Tick
from alliance_games.algorithms.complementary_bases import Completion
from alliance_games.algorithms.complementary_faces import (
    PerturbationTie,
    SingularSystem,
    Weights,
    complete,
    face,
    members,
    row_vertex,
)
from alliance_games.algorithms.equilibrium_set import ExtremeEquilibrium
from alliance_games.algorithms.exact_walk import perturbation
from alliance_games.algorithms.nash_index import basis_sign
from alliance_games.algorithms.nash_subsets import SignedEquilibria
from alliance_games.algorithms.vertex_walk import Batch, walk
from alliance_games.algorithms.walk_certificate import FloatsFail

if TYPE_CHECKING:
    from alliance_games.algorithms.arrays import Masks

Report = Callable[[ExtremeEquilibrium], None]

FACES = 16
BASES_PER_FACE = 1000
"""Faces enumerated one by one, and how many bases of a walk cost as much as one of them: with
more faces a second walk is quicker."""

ATTEMPTS = 3
"""Perturbations tried in floats before the game is left to exact arithmetic."""


class TooDegenerate(ArithmeticError):
    """The game has so many degenerate vertices that one walk does not pay."""


def search(game: PreparedGame, tick: Tick, report: Report) -> tuple[SignedEquilibria, bool]:
    """Find every extreme equilibrium, with the signs that lie over it, as `two_walks.search`.

    The game has at most 64 strategies in all. Raises FloatsFail or TooDegenerate where the
    answer must be found by two walks instead.
    """
    for attempt in range(ATTEMPTS - 1):
        try:
            return _Search(game, attempt, tick, report).run()
        except (FloatsFail, PerturbationTie):
            continue
    return _Search(game, ATTEMPTS - 1, tick, report).run()


class _Search:
    def __init__(self, game: PreparedGame, seed: int, tick: Tick, report: Report) -> None:
        self.game, self.seed, self.tick, self.report = game, seed, tick, report
        self.row_count, self.column_count = len(game.rows), len(game.columns)
        self.completion = Completion(game)
        self.delta = perturbation(self.row_count, seed)
        self.edges: dict[tuple[Weights, Weights], ExtremeEquilibrium] = {}
        self.signs: dict[tuple[Weights, Weights], int] = {}
        self.degenerate = 0
        self.faces_done: set[int] = set()
        self.faces_allowed = float(FACES)

    def run(self) -> tuple[SignedEquilibria, bool]:
        transposed = [list(column) for column in zip(*self.game.b, strict=True)]
        for batch in walk(transposed, self.seed, self.tick):
            self.faces_allowed += len(batch.free) / BASES_PER_FACE
            self.degenerate += int((batch.free != batch.tight).sum())
            self._bases(batch)
            self._faces(batch)
        return [(edge, self.signs[key]) for key, edge in self.edges.items()], not self.degenerate

    def _bases(self, batch: Batch) -> None:
        """Complete the bases of P by bases of Q."""
        rows, columns = self._split(batch.free)
        alive = self.completion.undominated(rows, columns)
        alive = alive[rows[alive] != 0]
        for place in alive[self.completion.possible(rows[alive], columns[alive], self.tick)]:
            self.tick()
            inside, across = members(int(rows[place])), members(int(columns[place]))
            try:
                basis = complete(self.game, inside, across, self.delta)
            except SingularSystem:
                # No single vertex: the face over this one may be empty or a continuum.
                self._face(int(batch.tight[place]), int(batch.free[place]))
                continue
            if basis is None:
                continue
            key = self._edge(row_vertex(self.game, inside, across), basis.weights)
            self.degenerate += basis.degenerate
            if basis.in_perturbed:
                self.signs[key] += basis_sign(self.game, inside, across)

    def _faces(self, batch: Batch) -> None:
        """Enumerate the face of Q over each vertex of P with spare labels."""
        spare = np.flatnonzero(batch.free != batch.tight)
        rows, columns = self._split(batch.tight[spare])
        for place in spare[self.completion.undominated(rows, columns)]:
            self._face(int(batch.tight[place]), int(batch.free[place]))

    def _face(self, tight: int, free: int) -> None:
        """Enumerate the face of Q over the vertex of P with these labels and this basis."""
        if tight in self.faces_done:
            return
        self.faces_done.add(tight)
        if len(self.faces_done) > self.faces_allowed:
            raise TooDegenerate
        every = self.game.all_labels
        opposite = face(
            self.game, self._rows(every ^ tight), members(tight >> self.row_count), self.tick
        )
        if opposite:
            own = row_vertex(self.game, self._rows(every ^ free), members(free >> self.row_count))
            for weights in opposite:
                self._edge(own, weights)

    def _rows(self, labels: int) -> list[int]:
        return members(labels & ((1 << self.row_count) - 1))

    def _split(self, labels: Masks) -> tuple[Masks, Masks]:
        """The rows used and the columns that bind, as bit sets, from tight labels."""
        every_row = np.uint64((1 << self.row_count) - 1)
        return ~labels & every_row, labels >> np.uint64(self.row_count)

    def _edge(self, rows: Weights, columns: Weights) -> tuple[Weights, Weights]:
        """Enter an extreme equilibrium, given by weights, and return its key."""
        key = _primitive(rows), _primitive(columns)
        if key not in self.edges:
            edge = ExtremeEquilibrium(
                self.game.row_strategy(rows), self.game.column_strategy(columns)
            )
            self.edges[key] = edge
            self.signs[key] = 0
            self.report(edge)
        return key


def _primitive(weights: Weights) -> Weights:
    factor = gcd(*weights)
    return tuple(weight // factor for weight in weights)
