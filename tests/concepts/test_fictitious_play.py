"""Fictitious play: the path by another program's bookkeeping, theorems, Shapley's cycle."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from alliance_games.algorithms.fictitious_play import play
from alliance_games.concepts.evolution.fictitious_play import PERIODS
from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import FictitiousPlay
from alliance_games.results.result import Coverage, Result
from alliance_games.solve import solve
from tests.contract.others.evolution import BAD_RPS, HAWK_DOVE, RPS
from tests.contract.sample_games import PENNIES, STAG_HUNT

SHAPLEY = NormalGame.from_matrices(
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
)


def result(game: NormalGame) -> Result:
    (found,) = solve(game, ["fictitious-play"]).results
    return found


def answer(game: NormalGame) -> FictitiousPlay:
    (one,) = result(game).solutions
    assert isinstance(one, FictitiousPlay)
    return one


def test_every_choice_is_a_best_reply_and_nashpy_agrees_where_there_are_no_ties() -> None:
    """nashpy's own loop, told our first choices; its beliefs are the same counts."""
    nashpy = pytest.importorskip("nashpy")
    random = Random(2)
    compared = 0
    for _ in range(12):
        m, n = random.randint(2, 4), random.randint(2, 4)
        a, b = ([[random.randint(0, 10**6) for _ in range(n)] for _ in range(m)] for _ in range(2))
        turned = [list(column) for column in zip(*b, strict=True)]
        found = play(a, turned, 150, lambda: None)
        path = [run.profile for run in found for _ in range(run.length)]
        game = nashpy.Game(np.array(a), np.array(b))
        first = ([int(i == path[0][0]) for i in range(m)], [int(j == path[0][1]) for j in range(n)])
        np.random.seed(0)
        *_, last = game.fictitious_play(iterations=149, play_counts=tuple(map(np.array, first)))
        rows, columns = zip(*path, strict=True)
        assert [rows.count(i) for i in range(m)] == list(last[0])
        assert [columns.count(j) for j in range(n)] == list(last[1])
        compared += 1
    assert compared == 12


def test_an_equilibrium_once_played_is_kept() -> None:
    one = answer(STAG_HUNT)
    assert (one.verdict, one.since, one.last) == (
        "absorbed",
        1,
        {"Alice": "Rabbit", "Jack": "Rabbit"},
    )
    assert set(one.gain.values()) == {0}


@pytest.mark.parametrize("game", [PENNIES, RPS], ids=["pennies", "rps"])
def test_zero_sum_games_come_near_their_equilibrium(game: NormalGame) -> None:
    """Robinson 1951."""
    one = answer(game)
    assert one.verdict == "converges" and "Robinson" in one.because
    even = Fraction(1, game.shape[0])
    for shares in one.frequencies.values():
        assert all(abs(share - even) < Fraction(1, 25) for share in shares.values())
    assert max(one.gain.values()) < Fraction(1, 10)


def test_a_common_interest_up_to_scales() -> None:
    """Monderer and Shapley 1996: hawks and doves who move together miss both pure equilibria, and
    their frequencies come near the mixed one."""
    one = answer(HAWK_DOVE)
    assert one.verdict == "converges" and "common interest" in one.because
    assert all(abs(s["Hawk"] - Fraction(2, 3)) < Fraction(1, 100) for s in one.frequencies.values())


def test_shapley_s_game_goes_round_its_six_profiles() -> None:
    """Shapley 1964: runs that grow in a constant proportion, frequencies that never settle."""
    one = answer(SHAPLEY)
    assert one.verdict == "cycles" and len(one.cycle) == 6
    assert result(SHAPLEY).coverage is Coverage.SOME
    assert set(one.cycle) == {
        ("r1", "c2"), ("r2", "c2"), ("r2", "c3"), ("r3", "c3"), ("r3", "c1"), ("r1", "c1"),
    }  # fmt: skip
    ratios = [later / earlier for earlier, later in zip(one.runs, one.runs[1:], strict=False)]
    assert max(ratios) - min(ratios) < 0.05 and min(ratios) > 1.3
    assert max(one.gain.values()) > Fraction(1, 20)


def test_bad_rock_scissors_paper_goes_round() -> None:
    one = answer(BAD_RPS)
    assert one.verdict == "cycles" and len(one.cycle) == 3
    assert one.runs[2] > one.runs[1] > one.runs[0]


def test_random_games_are_told_in_full() -> None:
    random = Random(9)
    verdicts = set()
    for _ in range(25):
        m, n = random.randint(1, 3), random.randint(1, 3)
        tables = [[[random.randint(0, 4) for _ in range(n)] for _ in range(m)] for _ in range(2)]
        one = answer(NormalGame.from_matrices(*tables))
        verdicts.add(one.verdict)
        assert one.periods == PERIODS
        assert all(sum(shares.values()) == 1 for shares in one.frequencies.values())
    assert "absorbed" in verdicts


def test_three_players_are_refused() -> None:
    three = NormalGame.from_payoffs("abc", [["x", "y"]] * 3, lambda profile: [0, 0, 0])
    assert "two players" in solve(three, ["fictitious-play"]).refusals[0].reason
