"""Basins of attraction: closed forms with two strategies, symmetry and another solver with more."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import Basin
from alliance_games.results.result import Coverage, Status
from alliance_games.solve import solve
from tests.contract.others.evolution import (
    BAD_RPS,
    GOOD_RPS,
    HAWK_DOVE,
    INDIFFERENT,
    symmetric,
)

F = Fraction
COORDINATION = symmetric([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
ZEEMAN = symmetric([[0, 6, -4], [-3, 0, 5], [-1, 3, 0]])


def basins(game: NormalGame) -> dict[tuple[Fraction, ...], Fraction]:
    (result,) = solve(game, ["basins"]).results
    found = [one for one in result.solutions if isinstance(one, Basin)]
    return {tuple(one.attractor.values()): one.share for one in found}


@pytest.mark.parametrize(("stag", "rabbit", "hungry"), [(4, 3, 0), (4, 1, 0), (4, 2, 0), (9, 5, 2)])
def test_the_basin_of_the_stag(stag: int, rabbit: int, hungry: int) -> None:
    """(s - r) / (s - h), more than half if it is risk-dominant."""
    game = symmetric([[stag, hungry], [rabbit, rabbit]], "Stag", "Rabbit")
    share = F(stag - rabbit, stag - hungry)
    assert basins(game) == {(1, 0): share, (0, 1): 1 - share}
    assert (share > F(1, 2)) == (stag + hungry > 2 * rabbit)


def test_the_mixture_of_hawks_and_doves_attracts_everything() -> None:
    assert basins(HAWK_DOVE) == {(F(2, 3), F(1, 3)): 1}


def test_a_dominant_strategy_attracts_everything_a_weakly_dominant_one_too() -> None:
    assert basins(symmetric([[2, 5], [1, 3]])) == {(1, 0): 1}
    assert basins(symmetric([[1, 0], [1, 2]])) == {(0, 1): 1}
    assert basins(symmetric([[0, 4], [0, 2]])) == {(1, 0): 1}


def test_where_all_earn_the_same_nothing_leads_anywhere() -> None:
    (result,) = solve(INDIFFERENT, ["basins"]).results
    assert result.coverage is Coverage.ALL and not result.solutions
    assert "stand still" in result.because


def test_estimates_are_labelled_so() -> None:
    (result,) = solve(COORDINATION, ["basins"]).results
    assert result.status is Status.NUMERIC and result.coverage is Coverage.SOME
    assert result.tolerance == F(1, 20)


def test_three_conventions_share_the_simplex() -> None:
    found = basins(COORDINATION)
    assert len(found) == 3 and sum(found.values()) == 1
    assert all(abs(share - F(1, 3)) < F(1, 20) for share in found.values())


def test_the_middle_of_rock_scissors_and_paper_attracts_all_or_nothing() -> None:
    assert basins(GOOD_RPS) == {(F(1, 3),) * 3: 1}
    assert basins(BAD_RPS) == {(): 1}


def test_zeeman_s_basins_by_random_starts() -> None:
    """A quarter of a thousand random starts, another program's method for stiff equations."""
    a = np.array(ZEEMAN.matrix(0), dtype=float)
    generator = np.random.default_rng(3)
    hits = 0
    for start in generator.dirichlet(np.ones(3), 250):
        end = solve_ivp(
            lambda _, x: x * (a @ x - x @ a @ x), (0, 60), start, method="LSODA", rtol=1e-8
        ).y[:, -1]
        hits += end[0] > 0.99
    share = float(basins(ZEEMAN)[1, 0, 0])
    assert abs(hits / 250 - share) < 0.09


def test_too_many_strategies_are_refused() -> None:
    six = symmetric([[int(i == j) for j in range(6)] for i in range(6)])
    assert "up to 5" in solve(six, ["basins"]).refusals[0].reason
