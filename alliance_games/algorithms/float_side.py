"""One best-response polytope, all its vertices visited in certified floats."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.algorithms.best_response import PreparedGame, Tick
from alliance_games.algorithms.complementary_faces import members, row_vertex
from alliance_games.algorithms.vertex_walk import walk


class FloatSide:
    """A side of `two_walks` walked in floats: vertices are solved exactly when asked for.

    `walk` raises FloatsFail where a basis cannot be certified.
    """

    def __init__(self, game: PreparedGame, seed: int = 0) -> None:
        self.game, self.seed = game, seed
        self.bases: dict[int, int] = {}
        self.basis_at: dict[int, int] = {}

    def walk(self, tick: Tick) -> Iterator[int]:
        matrix = [list(column) for column in zip(*self.game.b, strict=True)]
        for batch in walk(matrix, self.seed, tick):
            for free, tight in zip(batch.free.tolist(), batch.tight.tolist(), strict=True):
                self.bases[free] = tight
                if tight not in self.basis_at:
                    self.basis_at[tight] = free
                    yield tight

    def weights(self, labels: int) -> tuple[int, ...]:
        free = self.basis_at[labels]
        rows = len(self.game.rows)
        return row_vertex(self.game, members(~free & ((1 << rows) - 1)), members(free >> rows))
