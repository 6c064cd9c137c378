"""The Nash index of a complementary pair of bases."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.algorithms.best_response import PreparedGame
from alliance_games.exact.linear import determinant


def basis_sign(game: PreparedGame, rows: Sequence[int], columns: Sequence[int]) -> int:
    """Index of the equilibrium of a nondegenerate game with these (basic) supports.

    `rows` and `columns` are k of each. The index is
    (-1)^(k+1) sign(det A_IJ det B_IJ) for positive payoffs (Shapley 1974; von Stengel 2002).
    In a degenerate game the supports are those of a pair of bases of the perturbed game, and the
    index of a component is the sum over the pairs that lie over it. 0 for a singular pair.
    """
    product = determinant([[game.a[i][j] for j in columns] for i in rows])
    if product:
        product *= determinant([[game.b[i][j] for j in columns] for i in rows])
    sign = (product > 0) - (product < 0)
    return sign if len(rows) % 2 else -sign
