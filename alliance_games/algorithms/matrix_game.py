"""A two-player zero-sum game given as one matrix: its value and optimal strategies, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.exact.programs import Program, maximize
from alliance_games.exact.tableau import Tick, no_limit


@dataclass(frozen=True, slots=True)
class MatrixGame:
    """The value of a matrix game, and an optimal mixed strategy of each player."""

    value: Fraction
    row: tuple[Fraction, ...]
    column: tuple[Fraction, ...]


def solve(matrix: Sequence[Sequence[int]], tick: Tick = no_limit) -> MatrixGame:
    """The game in which the row player gets ``matrix[row][column]`` and the column player loses it.

    With every entry made positive, the column player's program is feasible at zero and bounded,
    and its dual numbers are the row player's strategy (Dantzig 1951).
    """
    shift = 1 - min(map(min, matrix))
    columns = len(matrix[0])
    outcome = maximize(
        Program([1] * columns, [([entry + shift for entry in row], 1) for row in matrix]), tick
    )
    assert outcome.value is not None
    value = 1 / outcome.value
    return MatrixGame(
        value - shift,
        tuple(weight * value for weight in outcome.dual),
        tuple(weight * value for weight in outcome.primal),
    )
