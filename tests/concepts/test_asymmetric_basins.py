"""Basins of two populations: symmetry, solutions from random starts, signs."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import PairBasin
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.solve import solve
from tests.contract.others.evolution import HAWK_DOVE
from tests.contract.sample_games import PENNIES, STAG_HUNT, coordination

F = Fraction


def result(game: NormalGame) -> Result:
    (found,) = solve(game, ["asymmetric-basins"]).results
    return found


def shares(game: NormalGame) -> dict[tuple[str, ...], Fraction]:
    return {
        tuple(one.attractor.values()): one.share
        for one in result(game).solutions
        if isinstance(one, PairBasin)
    }


def simulated(game: NormalGame, starts: int, seed: int) -> dict[tuple[str, ...], float]:
    """The part of random starts that end at each corner, by another program."""
    a, b = (np.array(game.matrix(i), dtype=float) / game.denominators[i] for i in (0, 1))
    spread = max(np.ptp(a), np.ptp(b))
    a, b = a / spread, b / spread
    generator = np.random.default_rng(seed)
    found: dict[tuple[str, ...], float] = {}

    def velocity(_: float, z: np.ndarray) -> list[float]:
        x, y = np.array([z[0], 1 - z[0]]), np.array([z[1], 1 - z[1]])
        row, column = a @ y, x @ b
        return [
            z[0] * (1 - z[0]) * (row[0] - row[1]),
            z[1] * (1 - z[1]) * (column[0] - column[1]),
        ]

    for start in generator.random((starts, 2)):
        end = solve_ivp(velocity, (0, 300), start, method="LSODA").y[:, -1]
        corner = tuple(int(p < 0.5) for p in end)
        names = game.names(corner)
        found[names] = found.get(names, 0) + 1 / starts
    return found


def test_random_coordination_games_by_random_starts() -> None:
    random = Random(5)
    numeric = 0
    for seed in range(6):
        game = coordination(random)
        numeric += result(game).status is Status.NUMERIC
        told = shares(game)
        assert sum(told.values()) == 1
        for corner, part in simulated(game, 250, seed).items():
            assert abs(float(told[corner]) - part) < 0.1
    assert numeric >= 3


def test_the_stag_hunt_between_two_populations() -> None:
    told = shares(STAG_HUNT)
    part = simulated(STAG_HUNT, 600, 1)["Stag", "Stag"]
    assert abs(float(told["Stag", "Stag"]) - part) < 0.05
    assert F(16, 100) < told["Stag", "Stag"] < F(1, 4)


def test_exchanging_the_players_or_the_strategies_changes_no_area() -> None:
    game = NormalGame.from_matrices([[5, 0], [3, 2]], [[4, 1], [0, 7]])
    exchanged = NormalGame.from_matrices([[4, 0], [1, 7]], [[5, 3], [0, 2]])
    turned = NormalGame.from_matrices([[0, 5], [2, 3]], [[1, 4], [7, 0]])
    areas = [sorted(shares(one).values()) for one in (game, exchanged, turned)]
    assert areas[0] == areas[1] == areas[2]


def test_hawks_and_doves_share_the_square() -> None:
    found = result(HAWK_DOVE)
    assert found.status is Status.EXACT
    assert shares(HAWK_DOVE) == {("Hawk", "Dove"): F(1, 2), ("Dove", "Hawk"): F(1, 2)}


def test_a_centre_attracts_nothing() -> None:
    found = result(PENNIES)
    assert found.coverage is Coverage.ALL and not found.solutions and "centre" in found.because


@pytest.mark.parametrize(
    ("rows", "columns", "end"),
    [
        ([[3, 0], [5, 1]], [[3, 5], [0, 1]], ("r2", "c2")),
        ([[3, 2], [1, 1]], [[0, 1], [1, 0]], ("r1", "c2")),
        ([[0, 2], [1, 3]], [[2, 1], [1, 2]], ("r2", "c2")),
    ],
)
def test_a_dominant_strategy_leads_from_everywhere_to_one_equilibrium(
    rows: list[list[int]], columns: list[list[int]], end: tuple[str, str]
) -> None:
    game = NormalGame.from_matrices(rows, columns)
    assert shares(game) == {end: 1}
    assert simulated(game, 20, 3) == pytest.approx({end: 1.0})


def test_ties_are_left_open() -> None:
    found = result(NormalGame.from_matrices([[1, 1], [1, 0]], [[1, 0], [0, 1]]))
    assert found.coverage is Coverage.UNKNOWN


@pytest.mark.parametrize("stakes", [(10**6, 10**6, 1, 1), (1, 10**12, 2, 10**12)])
def test_a_curve_out_of_reach_of_floats_is_not_told(stakes: tuple[int, int, int, int]) -> None:
    a, b, c, d = stakes
    found = result(NormalGame.from_matrices([[a, 0], [0, c]], [[b, 0], [0, d]]))
    assert found.coverage is Coverage.UNKNOWN and not found.solutions


def test_more_strategies_are_refused() -> None:
    game = NormalGame.from_matrices([[1, 2, 3]], [[1, 2, 3]])
    assert "two strategies each" in solve(game, ["asymmetric-basins"]).refusals[0].reason
