"""Weak dominance of mixed strategies, against a linear program in floats from the definition."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from alliance_games.algorithms.undominated import is_undominated


def nothing() -> None:
    pass


def most_gained(payoffs: list[list[int]], used: tuple[int, ...]) -> float:
    """The greatest total gain over the even mixture on ``used`` that loses nowhere."""
    optimize = pytest.importorskip("scipy.optimize")
    columns = range(len(payoffs[0]))
    now = [sum(payoffs[own][j] for own in used) / len(used) for j in columns]
    found = optimize.linprog(
        c=[-sum(row) for row in payoffs],
        A_ub=[[-row[j] for row in payoffs] for j in columns],
        b_ub=[-value for value in now],
        A_eq=[[1] * len(payoffs)],
        b_eq=[1],
    )
    return float(-found.fun - sum(now))


@pytest.mark.parametrize("seed", range(30))
def test_every_support_of_random_games(seed: int) -> None:
    random = Random(seed)
    own, other = random.randint(2, 4), random.randint(2, 4)
    payoffs = [[random.randint(0, 3) for _ in range(other)] for _ in range(own)]
    for size in range(1, own + 1):
        for used in combinations(range(own), size):
            gained = most_gained(payoffs, used)
            assert gained < 1e-7 or gained > 1e-3  # the oracle is in no doubt
            assert is_undominated(payoffs, used, nothing) is (gained < 1e-7)


def test_dominated_by_a_mixture_alone() -> None:
    payoffs = [[4, 0], [0, 4], [1, 2]]
    assert not is_undominated(payoffs, [2], nothing)
    assert is_undominated([[4, 0], [0, 4], [2, 2]], [2], nothing)
    assert is_undominated([[4, 0], [0, 4], [2, 3]], [2], nothing)


def test_a_support_can_be_dominated_where_its_parts_are_not() -> None:
    """Half the first and half the second gives 2, 2, 0; the third gives 2, 2, 1."""
    payoffs = [[4, 0, 0], [0, 4, 0], [2, 2, 1]]
    assert is_undominated(payoffs, [0], nothing) and is_undominated(payoffs, [1], nothing)
    assert not is_undominated(payoffs, [0, 1], nothing)
