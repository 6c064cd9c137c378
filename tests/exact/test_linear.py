"""Exact linear algebra, in plain integers and in flint, against the definitions."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import combinations, permutations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.exact import linear

Matrix = list[list[int]]


def matrices(order: int, high: int = 4) -> st.SearchStrategy[Matrix]:
    row = st.lists(st.integers(-high, high), min_size=order, max_size=order)
    return st.lists(row, min_size=order, max_size=order)


def leibniz(matrix: Matrix) -> int:
    """The determinant as the sum over permutations."""
    total = 0
    for order in permutations(range(len(matrix))):
        swaps = sum(
            order[i] > order[j] for i in range(len(order)) for j in range(i + 1, len(order))
        )
        total += (-1) ** swaps * prod(matrix[i][j] for i, j in enumerate(order))
    return total


@pytest.mark.parametrize("flint_from", [1, 99])
@given(st.integers(1, 4).flatmap(matrices))
def test_determinant_and_solution(flint_from: int, matrix: Matrix) -> None:
    linear.FLINT_FROM, before = flint_from, linear.FLINT_FROM
    try:
        value = linear.determinant(matrix)
        sides = [[1] * len(matrix), list(range(len(matrix)))]
        solved = linear.solve(matrix, *sides)
    finally:
        linear.FLINT_FROM = before
    assert value == leibniz(matrix)
    assert (solved is None) == (value == 0)
    if solved is not None:
        scale, answers = solved
        assert scale > 0
        for side, answer in zip(sides, answers, strict=True):
            for row, entry in zip(matrix, side, strict=True):
                assert sum(x * y for x, y in zip(row, answer, strict=True)) == scale * entry


@given(matrices(4, 1))
def test_rank_is_the_order_of_the_largest_minor(matrix: Matrix) -> None:
    largest = max(
        size
        for size in range(5)
        for rows in combinations(matrix, size)
        for columns in combinations(range(4), size)
        if leibniz([[row[j] for j in columns] for row in rows])
    )
    assert linear.rank(matrix) == largest


def test_affine_dimension() -> None:
    assert linear.affine_dimension([(F(1), F(0))]) == 0
    assert linear.affine_dimension([(F(1), F(0)), (F(0), F(1)), (F(1, 2), F(1, 2))]) == 1
    with pytest.raises(ValueError, match="no point"):
        linear.affine_dimension([])
