"""The sparse solver against substitution and against the dense one."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.exact.linear import determinant, solve
from alliance_games.exact.sparse import TooDense, solve_sparse


def system(random: Random, order: int, filled: int) -> tuple[list[dict[int, int]], list[int]]:
    rows = []
    for _ in range(order):
        places = random.sample(range(order), min(order, random.randint(1, filled)))
        rows.append({place: random.choice([-3, -2, -1, 1, 1, 1, 2]) for place in places})
    return rows, [random.randint(-4, 4) for _ in range(order)]


@pytest.mark.parametrize("filled", [2, 4, 12])
def test_it_agrees_with_the_dense_solver_singular_systems_included(filled: int) -> None:
    random = Random(filled)
    regular = 0
    for _ in range(150):
        order = random.randint(1, 14)
        rows, right = system(random, order, filled)
        dense = [[row.get(v, 0) for v in range(order)] for row in rows]
        found = solve_sparse(rows, right)
        if determinant(dense) == 0:
            assert found is None
            continue
        regular += 1
        over, (numerators,) = solve(dense, right)
        assert found == {v: Fraction(x, over) for v, x in enumerate(numerators)}
    assert regular > 20


def test_a_long_chain_is_solved_without_a_dense_rest() -> None:
    order = 3000
    rows = [{0: 1}] + [{k: 1, k - 1: -1} for k in range(1, order)]
    found = solve_sparse(rows, [7] + [0] * (order - 1), most_dense=0)
    assert found is not None and set(found.values()) == {7}


def test_what_is_too_dense_is_refused() -> None:
    random = Random(1)
    rows = [{v: random.randint(1, 9) for v in range(12)} for _ in range(12)]
    with pytest.raises(TooDense):
        solve_sparse(rows, [1] * 12, most_dense=5)


def test_unknowns_that_nothing_mentions_are_no_solution() -> None:
    assert solve_sparse([{0: 1}, {0: 2}], [1, 2]) is None
    assert solve_sparse([], []) == {}
