"""Rest points and their stability: numerical eigenvalues and solutions, textbooks, closed forms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import RestPoint
from alliance_games.results.result import Coverage, Result
from alliance_games.solve import solve
from tests.contract.others.evolution import (
    BAD_RPS,
    GOOD_RPS,
    INDIFFERENT,
    RPS,
    TWO_STABLE,
    symmetric,
)

F = Fraction
ZEEMAN = symmetric([[0, 6, -4], [-3, 0, 5], [-1, 3, 0]])


def answer(game: NormalGame) -> Result:
    (result,) = solve(game, ["replicator"]).results
    assert result.coverage is Coverage.ALL
    return result


def points(game: NormalGame) -> list[RestPoint]:
    return [one for one in answer(game).solutions if isinstance(one, RestPoint)]


def stability(game: NormalGame) -> dict[tuple[Fraction, ...], str]:
    return {tuple(one.strategy.values()): one.stability for one in points(game)}


def velocity(a: np.ndarray, x: np.ndarray) -> np.ndarray:
    earned = a @ x
    return x * (earned - x @ earned)


def numerical_eigenvalues(a: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Of the derivative by central differences, along a basis of the simplex's directions."""
    size = len(x)
    basis = np.array([np.eye(size)[i] - np.eye(size)[-1] for i in range(size - 1)])
    step = 1e-6
    slopes = [(velocity(a, x + step * d) - velocity(a, x - step * d)) / (2 * step) for d in basis]
    return np.linalg.eigvals(np.array([slope[:-1] for slope in slopes]).T)


def random_games(seed: int, number: int, spread: int = 9) -> Iterator[NormalGame]:
    random = Random(seed)
    for _ in range(number):
        size = random.randint(2, 5)
        yield symmetric([[random.randint(0, spread) for _ in range(size)] for _ in range(size)])


def test_the_sides_of_the_eigenvalues_are_those_of_the_numerical_derivative() -> None:
    decided = 0
    for game in random_games(1, 60):
        a = np.array(game.matrix(0), dtype=float)
        for one in points(game):
            x = np.array([float(share) for share in one.strategy.values()])
            assert np.abs(velocity(a, x)).max() < 1e-9
            values = numerical_eigenvalues(a, x).real
            if len(values) and min(abs(values)) < 1e-4:
                continue
            decided += 1
            assert one.attracting == int((values < 0).sum())
            assert one.repelling == int((values > 0).sum())
    assert decided > 200


def test_rest_points_that_least_squares_finds_from_random_shares_are_all_told() -> None:
    """Newton's method from many places, for games whose rest points stand alone."""
    from scipy.optimize import root

    generator = np.random.default_rng(2)
    compared = 0
    for game in random_games(2, 12):
        told = points(game)
        if any(one.corners for one in told):
            continue
        a = np.array(game.matrix(0), dtype=float)
        known = [np.array([float(p) for p in one.strategy.values()]) for one in told]
        for start in generator.dirichlet(np.ones(len(a)), 30):
            found = root(lambda x, a=a: np.append(velocity(a, x)[:-1], x.sum() - 1), start)
            if found.success and found.x.min() > -1e-9 and np.abs(found.fun).max() < 1e-10:
                compared += 1
                assert min(np.abs(found.x - one).max() for one in known) < 1e-4
    assert compared > 60


@pytest.mark.parametrize("game", [GOOD_RPS, TWO_STABLE, ZEEMAN], ids=["rps", "two", "zeeman"])
def test_what_attracts_brings_solutions_back_and_what_does_not_lets_them_go(
    game: NormalGame,
) -> None:
    a = np.array(game.matrix(0), dtype=float)
    generator = np.random.default_rng(5)
    for one in points(game):
        x = np.array([float(share) for share in one.strategy.values()])
        ends = []
        for _ in range(4):
            start = 0.99 * x + 0.01 * generator.dirichlet(np.ones(len(x)))
            solution = solve_ivp(
                lambda _, y: velocity(a, y), (0, 400), start, rtol=1e-9, atol=1e-12
            )
            ends.append(np.abs(solution.y[:, -1] - x).max())
        if one.stability == "asymptotically stable":
            assert max(ends) < 1e-3
        else:
            assert one.stability == "unstable" and max(ends) > 0.05


@pytest.mark.parametrize(("stag", "rabbit", "hungry"), [(4, 3, 0), (4, 1, 0), (9, 5, 2)])
def test_the_stag_hunt(stag: int, rabbit: int, hungry: int) -> None:
    """Both pure strategies attract; the mixture (r - h) / (s - h) between them repels."""
    game = symmetric([[stag, hungry], [rabbit, rabbit]], "Stag", "Rabbit")
    between = F(rabbit - hungry, stag - hungry)
    assert stability(game) == {
        (1, 0): "asymptotically stable",
        (0, 1): "asymptotically stable",
        (between, 1 - between): "unstable",
    }


def test_rock_scissors_and_paper_by_the_determinant() -> None:
    """Hofbauer and Sigmund 1998, theorem 7.7.2: the middle attracts, is a centre or repels as the
    determinant is positive, zero or negative."""
    middle = (F(1, 3),) * 3
    for game, expected in (
        (GOOD_RPS, ("sink", "asymptotically stable")),
        (RPS, ("centre", "stable")),
        (BAD_RPS, ("source", "unstable")),
    ):
        found = {tuple(p.strategy.values()): (p.form, p.stability) for p in points(game)}
        assert found[middle] == expected
        assert len(found) == 4


def test_a_general_rock_scissors_paper_game_by_the_determinant() -> None:
    random = Random(8)
    seen = set()
    for _ in range(40):
        w, lose = ([random.randint(1, 3) for _ in range(3)] for _ in range(2))
        rows = [[0, -lose[0], w[0]], [w[1], 0, -lose[1]], [-lose[2], w[2], 0]]
        determinant = round(float(np.linalg.det(np.array(rows, dtype=float))))
        (inner,) = (one for one in points(symmetric(rows)) if min(one.strategy.values()) > 0)
        expected = {1: "asymptotically stable", 0: "stable", -1: "unstable"}
        assert inner.stability == expected[int(np.sign(determinant))]
        seen.add(inner.stability)
    assert len(seen) == 3


def test_zeeman_s_middle_attracts_although_it_is_not_evolutionarily_stable() -> None:
    """Zeeman 1980; Hofbauer and Sigmund 1998, section 7.3."""
    found = stability(ZEEMAN)
    assert found[(F(1, 3),) * 3] == "asymptotically stable"
    assert found[(1, 0, 0)] == "asymptotically stable"


def test_where_eigenvalues_vanish_other_criteria_decide() -> None:
    """Hawks whose injury costs as much as the prize: evolutionarily stable with eigenvalue zero."""
    hawks = symmetric([[0, 4], [0, 2]], "Hawk", "Dove")
    found = {tuple(one.strategy.values()): one for one in points(hawks)}
    assert found[1, 0].neutral == 1 and found[1, 0].stability == "asymptotically stable"
    assert "Taylor" in found[1, 0].because
    turned = symmetric([[1, 0], [1, 2]])
    found = {tuple(one.strategy.values()): one for one in points(turned)}
    assert found[1, 0].neutral == 1 and found[1, 0].stability == "unstable"


def test_where_nothing_matters_everything_is_at_rest() -> None:
    told = points(INDIFFERENT)
    assert {one.stability for one in told} == {"stable"}
    assert [len(one.corners) for one in told] == [0, 0, 2]


def test_every_equilibrium_is_at_rest_and_what_is_stable_is_an_equilibrium() -> None:
    """Hofbauer and Sigmund 1998, theorem 7.2.1."""
    for game in random_games(3, 40, spread=3):
        told = points(game)
        assert all(one.equilibrium for one in told if "stable" in one.stability.split()[-1:]
                   and one.stability != "unstable")  # fmt: skip
        (stable,) = solve(game, ["evolutionarily-stable"]).results
        places = {tuple(one.strategy.values()): one.stability for one in told}
        for one in stable.solutions:
            if one.is_something:
                assert places[tuple(one.strategy.values())] == "asymptotically stable"
