"""A two-player game made ready for its best-response polytopes.

P = {x >= 0, B'x <= 1} and Q = {y >= 0, Ay <= 1} for positive A and B; a vertex carries the
labels of its tight inequalities, and two vertices other than (0, 0) that carry all labels
together are an equilibrium once scaled to probabilities (von Stengel 2002).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from alliance_games.algorithms.equilibrium_set import Vector

Matrix = list[list[int]]
Tick = Callable[[], None]


def no_limit() -> None:
    """The tick of a search that nothing stops."""


@dataclass(frozen=True, slots=True)
class PreparedGame:
    """A game without strictly dominated strategies, payoffs positive.

    `a` and `b` are the m x n payoffs of the row and the column player, at least 1; `rows` and
    `columns` say which strategies of the original shape they stand for. Label i < m is
    row i, label m + j is column j.
    """

    a: Matrix
    b: Matrix
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    shape: tuple[int, int]

    @property
    def all_labels(self) -> int:
        return (1 << (len(self.rows) + len(self.columns))) - 1

    def row_strategy(self, weights: Sequence[int]) -> Vector:
        """Non-negative weights on the rows that are left, as probabilities on all rows."""
        return _lift(weights, self.rows, self.shape[0])

    def column_strategy(self, weights: Sequence[int]) -> Vector:
        return _lift(weights, self.columns, self.shape[1])


def prepare(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> PreparedGame:
    """Check the shape, drop strictly dominated strategies and make all payoffs positive.

    Only strategies dominated by a pure one are dropped, round by round: none of them has
    positive probability in any equilibrium, and the rest keeps every equilibrium and index.
    Payoffs change by what the other player's strategy alone decides and by a positive factor.

    Raises ValueError for an empty game and for matrices of unequal shape.
    """
    count = len(a)
    if not count or not len(a[0]):
        raise ValueError("a two-player game needs at least one row and one column")
    width = len(a[0])
    if len(b) != count or any(len(row) != width for row in (*a, *b)):
        raise ValueError("the two payoff matrices must have the same shape")
    rows, columns = list(range(count)), list(range(width))
    by_column = [list(column) for column in zip(*b, strict=True)]
    changed = True
    while changed:
        kept_rows = _undominated(a, rows, columns)
        kept_columns = _undominated(by_column, columns, kept_rows)
        changed = len(kept_rows) < len(rows) or len(kept_columns) < len(columns)
        rows, columns = kept_rows, kept_columns
    # The row player's gains depend on differences within a column, the other's within a row.
    of_rows = _positive([[int(a[i][j]) for i in rows] for j in columns])
    of_columns = _positive([[int(b[i][j]) for j in columns] for i in rows])
    return PreparedGame(
        a=[list(row) for row in zip(*of_rows, strict=True)],
        b=of_columns,
        rows=tuple(rows),
        columns=tuple(columns),
        shape=(count, width),
    )


def transposed(game: PreparedGame) -> PreparedGame:
    """The same game with the players' roles exchanged."""
    return PreparedGame(
        a=[list(column) for column in zip(*game.b, strict=True)],
        b=[list(row) for row in zip(*game.a, strict=True)],
        rows=game.columns,
        columns=game.rows,
        shape=(game.shape[1], game.shape[0]),
    )


def _undominated(payoffs: Sequence[Sequence[int]], own: list[int], others: list[int]) -> list[int]:
    if len(own) == 1:
        return own
    # Strict dominance is a strict order, so testing against all of `own` at once is the same
    # as dropping one at a time.
    lines = {i: [payoffs[i][j] for j in others] for i in own}
    return [
        i
        for i in own
        if not any(
            all(x < y for x, y in zip(lines[i], lines[k], strict=True)) for k in own if k != i
        )
    ]


def _positive(groups: Matrix) -> Matrix:
    """Each group shifted so that its least entry is 1, after dividing out a common factor."""
    shifted = [[entry - min(group) for entry in group] for group in groups]
    factor = gcd(*(entry for group in shifted for entry in group)) or 1
    return [[entry // factor + 1 for entry in group] for group in shifted]


def _lift(weights: Sequence[int], places: Sequence[int], length: int) -> Vector:
    total = sum(weights)
    strategy = [Fraction(0)] * length
    for weight, place in zip(weights, places, strict=True):
        if weight:
            strategy[place] = Fraction(weight, total)
    return tuple(strategy)
