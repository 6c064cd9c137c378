"""Exact linear algebra over the integers and the rationals.

Small systems are solved by fraction-free elimination in plain Python integers (Bareiss
1968), so that a two by two game loads nothing; from `FLINT_FROM` rows on python-flint does
the same work with its own multi-precision integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

FLINT_FROM = 10
"""Order of a matrix from which python-flint pays for its conversions."""


def determinant(matrix: Sequence[Sequence[int]]) -> int:
    """Determinant of a square integer matrix (Bareiss 1968); 1 for the empty matrix."""
    order = len(matrix)
    if order >= FLINT_FROM:
        from flint import fmpz_mat

        return int(fmpz_mat([list(row) for row in matrix]).det())
    work = [list(row) for row in matrix]
    sign, previous = 1, 1
    for step in range(order):
        swap = next((row for row in range(step, order) if work[row][step]), None)
        if swap is None:
            return 0
        if swap != step:
            work[step], work[swap] = work[swap], work[step]
            sign = -sign
        pivot_row = work[step]
        pivot = pivot_row[step]
        for row in work[step + 1 :]:
            factor = row[step]
            for column in range(step + 1, order):
                row[column] = (row[column] * pivot - factor * pivot_row[column]) // previous
        previous = pivot
    return sign * previous


def rank(matrix: Sequence[Sequence[int]]) -> int:
    """Rank of an integer matrix of any shape, by fraction-free elimination."""
    work = [list(row) for row in matrix]
    found = 0
    previous = 1
    for column in range(len(work[0]) if work else 0):
        swap = next((row for row in range(found, len(work)) if work[row][column]), None)
        if swap is None:
            continue
        work[found], work[swap] = work[swap], work[found]
        pivot_row = work[found]
        pivot = pivot_row[column]
        for row in work[found + 1 :]:
            factor = row[column]
            for later in range(column, len(row)):
                row[later] = (row[later] * pivot - factor * pivot_row[later]) // previous
        previous = pivot
        found += 1
    return found


def affine_dimension(points: Sequence[Sequence[Fraction]]) -> int:
    """Dimension of the affine hull of some points; 0 for one point.

    Raises ValueError where there is no point.
    """
    if not points:
        raise ValueError("no point spans nothing: the affine dimension needs at least one")
    if len(points) == 1:
        return 0
    origin = points[0]
    return rank([_integers([p - o for p, o in zip(q, origin, strict=True)]) for q in points[1:]])


def solve(
    matrix: Sequence[Sequence[int]], *right: Sequence[int]
) -> tuple[int, list[list[int]]] | None:
    """Solve a square integer system for one or more right sides, exactly.

    `matrix` is n x n, each right side has n entries. Returns `(d, solutions)` with d > 0, where the
    k-th solution is `solutions[k][i] / d`; None where the matrix is singular.
    """
    order = len(matrix)
    if order >= FLINT_FROM:
        return _solve_flint(matrix, right)
    work = [[*row, *(side[i] for side in right)] for i, row in enumerate(matrix)]
    width = order + len(right)
    previous = 1
    for step in range(order):
        swap = next((row for row in range(step, order) if work[row][step]), None)
        if swap is None:
            return None
        work[step], work[swap] = work[swap], work[step]
        pivot_row = work[step]
        pivot = pivot_row[step]
        # Gauss and Jordan without fractions: every row keeps the same denominator, so the
        # last pivot is the common denominator of all solutions.
        for index, row in enumerate(work):
            if index == step:
                continue
            factor = row[step]
            for column in range(step + 1, width):
                row[column] = (row[column] * pivot - factor * pivot_row[column]) // previous
        previous = pivot
    sign = -1 if previous < 0 else 1
    return sign * previous, [
        [sign * work[i][order + k] for i in range(order)] for k in range(len(right))
    ]


def _solve_flint(
    matrix: Sequence[Sequence[int]], right: Sequence[Sequence[int]]
) -> tuple[int, list[list[int]]] | None:
    from flint import fmpq_mat, fmpz_mat

    sides = fmpz_mat([list(entries) for entries in zip(*right, strict=True)])
    try:
        answer = fmpq_mat(fmpz_mat([list(row) for row in matrix])).solve(fmpq_mat(sides))
    except ZeroDivisionError:  # flint's word for a singular matrix
        return None
    numerators, denominator = answer.numer_denom()
    table = numerators.tolist()
    return int(denominator), [
        [int(table[i][k]) for i in range(len(matrix))] for k in range(len(right))
    ]


def _integers(row: Sequence[Fraction]) -> list[int]:
    """A rational row times its common denominator: the same line through the origin."""
    from math import lcm

    scale = lcm(*(entry.denominator for entry in row))
    return [entry.numerator * (scale // entry.denominator) for entry in row]
