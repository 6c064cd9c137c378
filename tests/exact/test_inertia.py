"""The sides of eigenvalues, against numpy's eigenvalues and matrices made to have them."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from alliance_games.exact.inertia import Inertia, characteristic, inertia


def fractions(rows: list[list[int]]) -> list[list[Fraction]]:
    return [[Fraction(entry) for entry in row] for row in rows]


@pytest.mark.parametrize("size", range(1, 8))
def test_random_matrices_by_their_eigenvalues(size: int) -> None:
    random = Random(size)
    decided = 0
    for _ in range(60):
        rows = [[random.randint(-4, 4) for _ in range(size)] for _ in range(size)]
        values = np.linalg.eigvals(np.array(rows, dtype=float))
        if min(abs(values.real)) < 1e-6:
            continue  # floats cannot tell on which side it is
        decided += 1
        left = int((values.real < 0).sum())
        assert inertia(fractions(rows)) == Inertia(left, size - left, 0, 0)
    assert decided > 20


def block(*parts: list[list[int]]) -> list[list[int]]:
    size = sum(map(len, parts))
    rows = [[0] * size for _ in range(size)]
    start = 0
    for part in parts:
        for i, row in enumerate(part):
            rows[start + i][start : start + len(part)] = row
        start += len(part)
    return rows


TURN = [[0, -2], [2, 0]]
SINK, SOURCE = [[-1, -3], [3, -1]], [[2, -5], [5, 2]]
REAL = [[3, 0], [0, -3]]
NILPOTENT = [[0, 1], [0, 0]]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([TURN], (0, 0, 2, 0)),
        ([TURN, TURN], (0, 0, 4, 0)),
        ([TURN, SINK], (2, 0, 2, 0)),
        ([TURN, SOURCE, NILPOTENT], (0, 2, 2, 2)),
        ([REAL, REAL, TURN], (2, 2, 2, 0)),
        ([SINK, [[1, -3], [3, 1]]], (2, 2, 0, 0)),
        ([SINK, SINK, SOURCE], (4, 2, 0, 0)),
        ([[[0]]], (0, 0, 0, 1)),
        ([REAL, SINK, TURN, NILPOTENT], (3, 1, 2, 2)),
        ([[[-1]], [[-1]], [[1]]], (2, 1, 0, 0)),
    ],
)
def test_matrices_made_of_blocks(
    parts: list[list[list[int]]], expected: tuple[int, int, int, int]
) -> None:
    """In another basis, so that no zero helps."""
    rows = np.array(block(*parts), dtype=object)
    size = len(rows)
    random = Random(3)
    lower = np.array([[int(i == j) or (random.randint(-2, 2) if i > j else 0) for j in range(size)]
                      for i in range(size)], dtype=object)  # fmt: skip
    upper = np.array([[int(i == j) or (random.randint(-2, 2) if i < j else 0) for j in range(size)]
                      for i in range(size)], dtype=object)  # fmt: skip
    basis = lower @ upper
    inverse = np.array(_inverse(basis.tolist()), dtype=object)
    assert inertia((inverse @ rows @ basis).tolist()) == Inertia(*expected)


def _inverse(rows: list[list[int]]) -> list[list[Fraction]]:
    size = len(rows)
    work = [[*map(Fraction, row), *(Fraction(i == j) for j in range(size))]
            for i, row in enumerate(rows)]  # fmt: skip
    for step in range(size):
        swap = next(i for i in range(step, size) if work[i][step])
        work[step], work[swap] = work[swap], work[step]
        work[step] = [entry / work[step][step] for entry in work[step]]
        for i in range(size):
            if i != step:
                work[i] = [p - work[i][step] * q for p, q in zip(work[i], work[step], strict=True)]
    return [row[size:] for row in work]


def test_the_empty_matrix_has_no_eigenvalues() -> None:
    assert inertia([]) == Inertia(0, 0, 0, 0)


def test_the_characteristic_polynomial_of_a_companion_matrix() -> None:
    """t^3 - 2 t^2 - 5 t + 6."""
    assert characteristic(fractions([[0, 0, -6], [1, 0, 5], [0, 1, 2]])) == [6, -5, -2, 1]
