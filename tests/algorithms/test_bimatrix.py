"""All equilibria of two players: against the definition, against lrsnash, and by hand."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction as F
from itertools import product
from operator import mul
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.algorithms import float_walks, one_walk, two_walks
from alliance_games.algorithms.best_response import no_limit, prepare
from alliance_games.algorithms.bimatrix import (
    BimatrixEquilibria,
    ExtremeEquilibrium,
    all_equilibria,
)
from alliance_games.algorithms.float_side import FloatSide
from alliance_games.algorithms.nash_subsets import components
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


LARGER = [(9, 9), (10, 10), (7, 12), (12, 7), (3, 20), (20, 3), (2, 40), (11, 11)]


@needs_lrsnash
@pytest.mark.parametrize("high", [1, 2, 5, 20, 99, 10**6])
@pytest.mark.parametrize(("rows", "columns"), LARGER)
def test_larger_games_agree_with_lrsnash(
    rows: int, columns: int, high: int, tmp_path: Path
) -> None:
    for seed in range(2):
        a, b = random_game(seed, rows, columns, high)
        answer = all_equilibria(a, b)
        assert extreme(answer) == lrsnash(str(PROGRAM), tmp_path, a, b)
        check_structure(a, b, answer)


@needs_lrsnash
@pytest.mark.long
@pytest.mark.parametrize("high", [1, 2, 4, 9, 20, 99, 10**9])
@pytest.mark.parametrize("size", range(7, 14))
def test_many_games_agree_with_lrsnash(size: int, high: int, tmp_path: Path) -> None:
    for seed in range(100 if size < 11 else 20):
        a, b = random_game(seed, size, size + seed % 3 - 1, high)
        answer = all_equilibria(a, b)
        assert extreme(answer) == lrsnash(str(PROGRAM), tmp_path, a, b)


@pytest.mark.parametrize("high", [1, 2, 9, 99])
def test_all_roads_agree(high: int) -> None:
    """One float walk, two float walks and two integer walks: equilibria and indices."""
    for seed in range(12):
        a, b = random_game(100 + seed, 6 + seed % 2, 7, high)
        game = prepare(a, b)
        exact, _ = two_walks.search(game, no_limit, ignore)
        floats, _ = two_walks.search(game, no_limit, ignore, FloatSide)
        assert components(floats) == components(exact)
        try:
            single, _ = one_walk.search(game, no_limit, ignore)
        except one_walk.TooDegenerate:
            continue
        assert components(single) == components(exact)


@pytest.mark.parametrize("base", [10**3, 10**9, 10**14, 10**20])
def test_near_ties(base: int) -> None:
    """Rank-deficient payoffs, perturbed by one unit here and there: floats must refuse some."""
    refused = 0
    for seed in range(6):
        random = Random(seed)
        a, b = (nearly_deficient(random, base) for _ in "ab")
        game = prepare(a, b)
        answer = all_equilibria(a, b)
        exact, _ = two_walks.search(game, no_limit, ignore)
        assert answer.components == components(exact)
        check_structure(a, b, answer)
        outcome = float_walks.search(game, no_limit, ignore)
        refused += outcome is None
        if outcome is not None:
            assert components(outcome[0]) == components(exact)
    assert refused


def nearly_deficient(random: Random, base: int) -> Matrix:
    """An 8 x 8 matrix of multiples of `base` with rank 3, then one added to some entries."""
    generators = [[random.randint(0, 9) for _ in range(8)] for _ in range(3)]
    matrix = []
    for _ in range(8):
        weights = [random.randint(-3, 3) for _ in generators]
        line = [base * sum(map(mul, weights, column)) for column in zip(*generators, strict=True)]
        matrix.append([entry + (random.random() < 0.3) for entry in line])
    return matrix


@pytest.mark.parametrize("scale", [10**12, 10**30])
def test_huge_payoffs(scale: int) -> None:
    for size in (2, 4, 8):
        a, b = random_game(size, size, size, 99)
        plain = all_equilibria(a, b)
        lifted_a = [[scale * entry - scale // 3 for entry in line] for line in a]
        assert all_equilibria(lifted_a, b).components == plain.components
        # not a multiple of anything small: the payoffs themselves are huge
        lifted_b = [[scale * entry + 7 for entry in line] for line in b]
        lifted_b[0][0] += 1
        answer = all_equilibria(lifted_a, lifted_b)
        for edge in (e for c in answer.components for e in c.extreme):
            assert is_equilibrium(lifted_a, lifted_b, edge.row, edge.column)
        assert sum(c.index or 0 for c in answer.components) == 1


@given(games(most=4, high=4), st.randoms(use_true_random=False))
def test_relabelling_strategies(game: tuple[Matrix, Matrix], random: Random) -> None:
    a, b = game
    rows, columns = list(range(len(a))), list(range(len(a[0])))
    random.shuffle(rows)
    random.shuffle(columns)
    moved = [[[matrix[i][j] for j in columns] for i in rows] for matrix in game]
    expected = {
        (tuple(x[i] for i in rows), tuple(y[j] for j in columns))
        for x, y in extreme(all_equilibria(a, b))
    }
    answer = all_equilibria(*moved)
    assert extreme(answer) == expected
    assert profile_of_indices(answer) == profile_of_indices(all_equilibria(a, b))


def profile_of_indices(answer: BimatrixEquilibria) -> list[tuple[int, int, int | None]]:
    return sorted((len(c.extreme), c.dimension, c.index) for c in answer.components)


@given(games(most=4, high=4))
def test_exchanging_the_players(game: tuple[Matrix, Matrix]) -> None:
    a, b = game
    flipped = [[list(column) for column in zip(*matrix, strict=True)] for matrix in (b, a)]
    answer, mirrored = all_equilibria(a, b), all_equilibria(*flipped)
    assert extreme(answer) == {(x, y) for y, x in extreme(mirrored)}
    assert profile_of_indices(answer) == profile_of_indices(mirrored)


@given(games(most=4, high=4), st.integers(1, 9), st.integers(-9, 9))
def test_positive_affine_payoffs(game: tuple[Matrix, Matrix], factor: int, shift: int) -> None:
    a, b = game
    changed = [[factor * entry + shift + 5 * j for j, entry in enumerate(line)] for line in a]
    assert all_equilibria(changed, b).components == all_equilibria(a, b).components


@given(games(most=4, high=4))
def test_adding_a_strictly_dominated_row(game: tuple[Matrix, Matrix]) -> None:
    a, b = game
    longer = all_equilibria([*a, [min(map(min, a)) - 1] * len(a[0])], [*b, [0] * len(b[0])])
    assert {(x[:-1], y) for x, y in extreme(longer)} == extreme(all_equilibria(a, b))
    assert all(x[-1] == 0 for x, _ in extreme(longer))
    assert profile_of_indices(longer) == profile_of_indices(all_equilibria(a, b))


def test_stag_hunt_by_hand() -> None:
    answer = all_equilibria([[4, 0], [3, 3]], [[4, 3], [0, 3]])
    points = [(c.extreme[0].row[0], c.extreme[0].column[0], c.index) for c in answer.components]
    assert points == [(1, 1, 1), (F(3, 4), F(3, 4), -1), (0, 0, 1)]
    assert answer.nondegenerate


def test_nothing_at_stake() -> None:
    """All payoffs equal: one component, the whole product of simplices."""
    for rows, columns in [(1, 1), (1, 4), (2, 2), (3, 2), (8, 9)]:
        zero = [[0] * columns for _ in range(rows)]
        (component,) = all_equilibria(zero, zero).components
        (subset,) = component.subsets
        assert (len(subset.rows), len(subset.columns)) == (rows, columns)
        assert component.dimension == rows + columns - 2
        assert component.index == 1


def test_a_continuum_by_hand() -> None:
    """The column player is indifferent, the row player wants to match: an edge, twice bent.

    Row 1 is best if y >= 1/2, row 2 if y <= 1/2; every y is best against every x. So the set is
    {1} x [1/2, 1], [0, 1] x {1/2} and {0} x [0, 1/2]: one component of three subsets.
    """
    answer = all_equilibria([[1, 0], [0, 1]], [[0, 0], [0, 0]])
    (component,) = answer.components
    half, one, zero = (F(1, 2), F(1, 2)), (F(1), F(0)), (F(0), F(1))
    assert {(s.rows, s.columns) for s in component.subsets} == {
        ((one,), (one, half)),
        ((one, zero), (half,)),
        ((zero,), (half, zero)),
    }
    assert (component.dimension, component.index) == (1, 1)
    assert not answer.nondegenerate


def test_two_components_with_indices_by_hand() -> None:
    """The entry game: stay out if the incumbent fights with probability at least 1/2 (index 0
    for that continuum), or enter against one that yields (strict, so index +1)."""
    answer = all_equilibria([[2, 0], [1, 1]], [[1, 0], [2, 2]])
    strict, continuum = answer.components
    assert (strict.index, strict.dimension) == (1, 0)
    assert (continuum.index, continuum.dimension) == (0, 1)
    (subset,) = continuum.subsets
    assert subset.rows == ((0, 1),)
    assert subset.columns == ((F(1, 2), F(1, 2)), (F(0), F(1)))


def test_one_strategy_each_side() -> None:
    (component,) = all_equilibria([[5]], [[-3]]).components
    assert component.extreme[0].row == (1,) and component.index == 1
    (component,) = all_equilibria([[0, 0, 0]], [[1, 7, 7]]).components
    assert component.extreme[0].column == (0, 1, 0) and component.dimension == 1


@pytest.mark.parametrize(
    "bad", [([], []), ([[]], [[]]), ([[1, 2]], [[1], [2]]), ([[1], [1, 2]],) * 2]
)
def test_shapes_that_are_no_game(bad: tuple[Matrix, Matrix]) -> None:
    with pytest.raises(ValueError, match=r"matri|at least one"):
        all_equilibria(*bad)


@pytest.mark.parametrize("size", [6, 11])
def test_a_limit_keeps_what_was_found(size: int) -> None:
    a, b = random_game(3, size, size, 99)
    everything = extreme(all_equilibria(a, b))
    calls = 0

    def count() -> None:
        nonlocal calls
        calls += 1

    all_equilibria(a, b, count)
    sizes = set()
    for allowed in range(0, calls, max(1, calls // 10)):
        left = allowed

        def tick() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise TimeoutError

        found: list[ExtremeEquilibrium] = []
        with pytest.raises(TimeoutError):
            all_equilibria(a, b, tick, found=found)
        assert {(e.row, e.column) for e in found} <= everything
        sizes.add(len(found))
    assert max(sizes) > 0


def test_small_games_load_neither_numpy_nor_flint() -> None:
    code = (
        "import sys; from alliance_games.algorithms.bimatrix import *;"
        "all_equilibria([[1,2,3]]*3, [[3,1,2]]*3); one_equilibrium([[1,0],[0,1]], [[0,1],[1,0]]);"
        "print([m for m in ('numpy', 'flint', 'random') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def ignore(_: ExtremeEquilibrium) -> None:
    """Report nothing."""
