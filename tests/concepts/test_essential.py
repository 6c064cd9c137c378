"""Essential components: indices of games in closed form, and what small changes of payoffs do."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.certificates.component_index import index_again
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import Component, Point
from alliance_games.results.tree_solutions import Discarded
from alliance_games.solve import solve
from tests.contract.sample_games import normal


def essential(game: NormalGame) -> Result:
    (result,) = solve(game, ["essential"]).results
    assert result.verified
    return result


def test_the_better_equilibrium_alone_is_essential() -> None:
    """Where (0, 0) and (1, 1) pay 1 and 0, and all else 0, a bonus for the first strategy however
    small leaves (0, 0) alone: the other has index 0."""
    result = essential(NormalGame.from_matrices([[1, 0], [0, 0]], [[1, 0], [0, 0]]))
    kept, left = result.solutions
    assert isinstance(kept, Point) and as_pure(kept.profile) == (0, 0)
    assert isinstance(left, Discarded) and isinstance(left.solution, Point)
    assert as_pure(left.solution.profile) == (1, 1) and left.numbers == {"index": 0}
    assert result.coverage is Coverage.ALL


def test_the_entry_deterrence_continuum_has_index_zero() -> None:
    """Kohlberg and Mertens 1986: staying out is supported by threats that small changes undo."""
    result = essential(NormalGame.from_matrices([[1, 1], [2, 0]], [[5, 5], [2, 1]]))
    assert [one.kind for one in result.solutions] == ["point", "discarded"]
    assert isinstance(result.solutions[1].solution, Component)


def test_the_whole_of_a_game_without_stakes_has_index_one() -> None:
    nothing = NormalGame.from_matrices([[0, 0], [0, 0]], [[0, 0], [0, 0]])
    (one,) = essential(nothing).solutions
    assert isinstance(one, Component) and one.dimension == 2 and one.properties["index"] == 1


@pytest.mark.parametrize("seed", range(20))
def test_near_what_is_essential_every_game_near_by_has_an_equilibrium(seed: int) -> None:
    """By the definition, on games changed at random by a hundred-thousandth."""
    random = Random(seed)
    game = normal(random, random.choice([(2, 2), (3, 2), (3, 3)]), 0, random.choice((1, 2)))
    kept = [one for one in essential(game).solutions if not isinstance(one, Discarded)]
    assert sum(int(one.properties["index"]) for one in kept) == 1
    for _ in range(3):
        changed = NormalGame.from_payoffs(
            game.players,
            game.strategies,
            lambda profile: [
                value + Fraction(random.randint(-9, 9), 10**6) for value in game.payoffs(profile)
            ],
        )
        (nash,) = solve(changed, ["nash"]).results
        found = [
            profile
            for one in nash.solutions
            for profile in ([one.profile] if isinstance(one, Point) else one.extreme_points)
        ]
        for one in kept:
            assert min(distance(profile, one) for profile in found) < Fraction(1, 1000)


def distance(profile: tuple, one: Point | Component) -> float:
    """How far a profile is from a point or, about, from a union of products of polytopes."""
    if isinstance(one, Point):
        return farthest(profile[0], one.profile[0]) + farthest(profile[1], one.profile[1])
    return min(
        from_hull(profile[0], each.rows) + from_hull(profile[1], each.columns)
        for each in one.subsets
    )


def farthest(one: tuple, other: tuple) -> float:
    return max(abs(float(a - b)) for a, b in zip(one, other, strict=True))


def from_hull(point: tuple, corners: tuple) -> float:
    """The largest difference from the nearest mixture of the corners, by scipy's linear program."""
    from scipy.optimize import linprog

    n, size = len(corners), len(point)
    upper, bounds = [], []
    for own in range(size):
        row = [float(corner[own]) for corner in corners]
        upper += [[*row, -1.0], [*(-value for value in row), -1.0]]
        bounds += [float(point[own]), -float(point[own])]
    done = linprog([0.0] * n + [1.0], A_ub=upper, b_ub=bounds, A_eq=[[1.0] * n + [0.0]], b_eq=[1.0])
    return float(done.fun)


@pytest.mark.parametrize("seed", range(20))
def test_the_checker_and_the_pivots_find_the_same_indices(seed: int) -> None:
    """Two ways to one number: pivoting with lexicographic signs, and Cramer's rule near by."""
    random = Random(50 + seed)
    game = normal(random, random.choice([(3, 3), (2, 4), (4, 4)]), 0, random.choice((1, 3)))
    (nash,) = solve(game, ["nash"]).results
    for one in nash.solutions:
        assert isinstance(one, Point | Component)
        assert index_again(game, one) == one.properties["index"]
