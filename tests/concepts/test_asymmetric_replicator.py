"""Two populations: numerical eigenvalues and solutions, strict equilibria, what is conserved."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

import numpy as np
from scipy.integrate import solve_ivp

from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import RestPair
from alliance_games.results.result import Coverage
from alliance_games.results.solutions import Point
from alliance_games.solve import solve
from tests.contract.others.evolution import HAWK_DOVE

F = Fraction


def points(game: NormalGame) -> list[RestPair]:
    (result,) = solve(game, ["asymmetric-replicator"]).results
    assert result.coverage is Coverage.ALL
    return [one for one in result.solutions if isinstance(one, RestPair)]


def velocity(a: np.ndarray, b: np.ndarray, z: np.ndarray) -> np.ndarray:
    m = len(a)
    x, y = z[:m], z[m:]
    rows, columns = a @ y, x @ b
    return np.concatenate([x * (rows - x @ rows), y * (columns - y @ columns)])


def place(one: RestPair) -> np.ndarray:
    return np.array([float(p) for shares in one.strategies.values() for p in shares.values()])


def numerical_eigenvalues(a: np.ndarray, b: np.ndarray, z: np.ndarray) -> np.ndarray:
    m, n = a.shape
    keep = [*range(m - 1), *range(m, m + n - 1)]
    directions = []
    for i in keep:
        d = np.zeros(m + n)
        d[i] = 1
        d[m - 1 if i < m else m + n - 1] = -1
        directions.append(d)
    step = 1e-6
    slopes = [
        (velocity(a, b, z + step * d) - velocity(a, b, z - step * d))[keep] / (2 * step)
        for d in directions
    ]
    return np.linalg.eigvals(np.array(slopes).T) if slopes else np.array([])


def matrices(game: NormalGame) -> tuple[np.ndarray, np.ndarray]:
    tables = [np.array(game.matrix(i), dtype=float) / game.denominators[i] for i in (0, 1)]
    return tables[0], tables[1]


def random_games(seed: int, number: int, spread: int = 9) -> Iterator[NormalGame]:
    random = Random(seed)
    for _ in range(number):
        m, n = random.randint(1, 3), random.randint(2, 3)
        over = random.randint(1, 3)

        def table(m: int = m, n: int = n, over: int = over) -> list[list[Fraction]]:
            return [[F(random.randint(0, spread), over) for _ in range(n)] for _ in range(m)]

        yield NormalGame.from_matrices(table(), table())


def test_the_sides_of_the_eigenvalues_are_those_of_the_numerical_derivative() -> None:
    decided = 0
    for game in random_games(1, 60):
        a, b = matrices(game)
        for one in points(game):
            z = place(one)
            assert np.abs(velocity(a, b, z)).max() < 1e-9
            values = numerical_eigenvalues(a, b, z)
            if one.rotating:
                assert (np.abs(values.real) < 1e-4).sum() >= one.rotating
            elif len(values) and min(abs(values.real)) > 1e-4:
                decided += 1
                assert one.attracting == int((values.real < 0).sum())
                assert one.repelling == int((values.real > 0).sum())
    assert decided > 200


def test_what_attracts_are_the_strict_equilibria() -> None:
    """Selten 1980: the strict ones and no others."""
    seen = 0
    for game in random_games(2, 80, spread=4):
        strict = {
            one.profile
            for one in solve(game, ["pure-nash"]).results[0].solutions
            if isinstance(one, Point) and one.properties["strict"]
        }
        attracting = {
            tuple(tuple(shares.values()) for shares in one.strategies.values())
            for one in points(game)
            if one.stability == "asymptotically stable"
        }
        assert attracting == strict
        seen += len(strict)
    assert seen > 40


def test_every_equilibrium_that_stands_alone_is_at_rest() -> None:
    for game in random_games(3, 60):
        at_rest = {
            tuple(tuple(shares.values()) for shares in one.strategies.values())
            for one in points(game)
            if one.equilibrium
        }
        for one in solve(game, ["nash"]).results[0].solutions:
            if isinstance(one, Point):
                assert one.profile in at_rest


def test_what_is_said_to_be_conserved_is_along_solutions() -> None:
    game = NormalGame.from_matrices(
        [[F(1, 2), F(-1, 3)], [-1, F(1, 2)]], [[-2, 1], [3, -2]], strategies=[["H", "T"]] * 2
    )
    (centre,) = (one for one in points(game) if one.form == "centre")
    weights = np.array([float(w) for own in centre.conserved.values() for w in own.values()])
    a, b = matrices(game)
    start = np.array([0.3, 0.7, 0.8, 0.2])
    solution = solve_ivp(
        lambda _, z: velocity(a, b, z), (0, 60), start, rtol=1e-10, atol=1e-12, max_step=0.05
    )
    sums = weights @ np.log(solution.y)
    assert np.abs(sums - sums[0]).max() < 1e-6
    assert np.ptp(solution.y[0]) > 0.2


def test_zero_sum_games_have_stable_middles_that_attract_nothing() -> None:
    """Akin and Losert 1984: rock, scissors and paper, one population against another."""
    rows = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    game = NormalGame.from_matrices(rows, [[-p for p in row] for row in rows])
    (inner,) = (one for one in points(game) if min(place(one)) > 0)
    assert (inner.form, inner.stability, inner.rotating) == ("centre", "stable", 4)


def test_hawks_and_doves_of_two_populations_part() -> None:
    """Weibull 1995, section 5.3: the mixture of one population is a saddle between two."""
    found = {
        tuple(tuple(shares.values()) for shares in one.strategies.values()): one.form
        for one in points(HAWK_DOVE)
    }
    hawk, dove, mixed = (F(1), F(0)), (F(0), F(1)), (F(2, 3), F(1, 3))
    assert found == {
        (hawk, dove): "sink",
        (dove, hawk): "sink",
        (hawk, hawk): "source",
        (dove, dove): "source",
        (mixed, mixed): "saddle",
    }


def test_a_strategy_that_grows_all_along_a_continuum_makes_it_unstable() -> None:
    game = NormalGame.from_matrices([[0, 0], [1, 1]], [[2, 2], [3, 1]])
    told = {one.stability for one in points(game) if one.corners}
    assert told == {"unstable"}


def test_the_refusal_of_three_players() -> None:
    three = NormalGame.from_payoffs("abc", [["x", "y"]] * 3, lambda profile: [0, 0, 0])
    (refused,) = solve(three, ["asymmetric-replicator"]).refusals
    assert "two populations" in refused.reason
