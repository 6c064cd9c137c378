"""Linear algebra over the rationals and over number fields, by plain elimination."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.exact.algebraic import Exact

Matrix = Sequence[Sequence[Exact]]


def _reduced(matrix: Matrix, width: int) -> tuple[list[list[Exact]], list[int]]:
    """Reduced rows, with the columns (below ``width``) of their leading ones."""
    rows = [list(row) for row in matrix]
    leading: list[int] = []
    for column in range(width):
        place = len(leading)
        pivot = next((i for i in range(place, len(rows)) if rows[i][column] != 0), None)
        if pivot is None:
            continue
        rows[place], rows[pivot] = rows[pivot], rows[place]
        scale = rows[place][column]
        rows[place] = [entry / scale for entry in rows[place]]
        for index, row in enumerate(rows):
            factor = row[column]
            if index != place and factor != 0:
                rows[index] = [
                    entry - factor * top for entry, top in zip(row, rows[place], strict=True)
                ]
        leading.append(column)
    return rows, leading


def rank(matrix: Matrix) -> int:
    """The rank of a matrix; 0 where it is empty."""
    return len(_reduced(matrix, len(matrix[0]))[1]) if matrix else 0


def unique_solution(matrix: Matrix, right: Sequence[Exact]) -> list[Exact] | None:
    """The solution of a square system, or None where it is singular."""
    width = len(matrix)
    augmented = [[*row, entry] for row, entry in zip(matrix, right, strict=True)]
    rows, leading = _reduced(augmented, width)
    return [row[-1] for row in rows] if len(leading) == width else None
