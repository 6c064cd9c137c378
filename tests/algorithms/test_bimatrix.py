"""All equilibria of two players: against the definition, against lrsnash, and by hand."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.algorithms.bimatrix import (
    BimatrixEquilibria,
    all_equilibria,
)
from tests.algorithms.nash_by_definition import (
    extreme_equilibria,
    is_equilibrium,
    lrsnash,
    lrsnash_program,
)

Matrix = list[list[int]]


@st.composite
def games(draw: st.DrawFn, most: int = 4, low: int = 0, high: int = 3) -> tuple[Matrix, Matrix]:
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    entry = st.integers(low, high)
    matrix = st.lists(
        st.lists(entry, min_size=columns, max_size=columns), min_size=rows, max_size=rows
    )
    return draw(matrix), draw(matrix)


def extreme(answer: BimatrixEquilibria) -> set[tuple[tuple[F, ...], tuple[F, ...]]]:
    return {(e.row, e.column) for c in answer.components for e in c.extreme}


def random_game(seed: int, rows: int, columns: int, high: int) -> tuple[Matrix, Matrix]:
    random = Random(seed)
    a, b = ([[random.randint(0, high) for _ in range(columns)] for _ in range(rows)] for _ in "ab")
    return a, b


def check_structure(a: Matrix, b: Matrix, answer: BimatrixEquilibria) -> None:
    """What must hold of any answer, from the definitions."""
    assert sum(c.index for c in answer.components if c.index is not None) == 1
    if answer.nondegenerate:
        assert len(answer.components) % 2 == 1
    order = [(e.row, e.column) for c in answer.components for e in c.extreme[:1]]
    assert order == sorted(order, reverse=True)
    for component in answer.components:
        inside = [(e.row, e.column) for e in component.extreme]
        assert inside == sorted(inside, reverse=True)
        covered = {pair for s in component.subsets for pair in product(s.rows, s.columns)}
        assert covered == set(inside)
        assert (component.dimension == 0) == (len(inside) == 1)
        for subset in component.subsets:
            middle = [
                tuple(sum(points) / len(side) for points in zip(*side, strict=True))
                for side in (subset.rows, subset.columns)
            ]
            assert is_equilibrium(a, b, *middle)
            # maximal: no other extreme strategy goes with the whole other side
            for row in {x for x, _ in inside} - set(subset.rows):
                assert not all((row, y) in covered for y in subset.columns)
            for column in {y for _, y in inside} - set(subset.columns):
                assert not all((x, column) in covered for x in subset.rows)
    sides = [({e.row for e in c.extreme}, {e.column for e in c.extreme}) for c in answer.components]
    for k, (rows, columns) in enumerate(sides):
        for other_rows, other_columns in sides[k + 1 :]:
            assert not rows & other_rows
            assert not columns & other_columns


@given(games())
def test_agrees_with_the_definition_on_small_degenerate_games(game: tuple[Matrix, Matrix]) -> None:
    answer = all_equilibria(*game)
    assert extreme(answer) == extreme_equilibria(*game)
    check_structure(*game, answer)


@given(games(low=-50, high=50))
def test_agrees_with_the_definition_on_generic_games(game: tuple[Matrix, Matrix]) -> None:
    answer = all_equilibria(*game)
    assert extreme(answer) == extreme_equilibria(*game)
    check_structure(*game, answer)


PROGRAM = lrsnash_program()
needs_lrsnash = pytest.mark.skipif(PROGRAM is None, reason="lrsnash is not installed")

SIZES = [(2, 2), (2, 5), (5, 2), (3, 4), (4, 4), (5, 5), (6, 4), (6, 6), (7, 7), (8, 8)]


@needs_lrsnash
@pytest.mark.parametrize("high", [1, 2, 9, 99])
@pytest.mark.parametrize(("rows", "columns"), SIZES)
def test_agrees_with_lrsnash(rows: int, columns: int, high: int, tmp_path: Path) -> None:
    for seed in range(6 if rows < 7 else 2):
        a, b = random_game(seed, rows, columns, high)
        answer = all_equilibria(a, b)
        assert extreme(answer) == lrsnash(str(PROGRAM), tmp_path, a, b)
        check_structure(a, b, answer)
