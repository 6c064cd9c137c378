"""Branches of logit equilibria against the fixed-point equation and closed forms."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, log, prod
from random import Random

import pytest

from alliance_games.algorithms.logit_branches import branch_from, principal_branch
from alliance_games.algorithms.logit_equations import LogitEquations
from alliance_games.exact.numerals import irrational
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.solve import solve
from tests.contract.sample_games import normal


def stag_hunt(rabbit: int) -> NormalGame:
    return NormalGame.from_matrices([[4, 0], [rabbit, rabbit]], [[4, rabbit], [0, rabbit]])


def at(game: NormalGame, precision: float) -> tuple[tuple[float, ...], ...]:
    branch = principal_branch(LogitEquations(game), lambda: None)
    [found] = [point for point in branch.points if point.precision == precision]
    return found.profile


@pytest.mark.parametrize(
    ("rabbit", "precision", "stag"),
    [
        (3, 0.5, 0.281511),
        (3, 1.0, 0.059387),
        (3, 2.0, 0.002523),
        (1, 0.5, 0.718489),
        (1, 1.0, 0.940613),
        (1, 2.0, 0.997477),
        (2, 0.5, 0.5),
        (2, 1.0, 0.5),
        (2, 2.0, 0.5),
    ],
)
def test_the_table_of_the_stag_hunt(rabbit: int, precision: float, stag: float) -> None:
    """models.md, a1: roots of log(p / (1 - p)) = precision (4 p - r)."""
    first, second = at(stag_hunt(rabbit), precision)
    assert first[0] == pytest.approx(stag, abs=5e-7)
    assert second[0] == pytest.approx(stag, abs=5e-7)
    assert log(first[0] / first[1]) == pytest.approx(precision * (4 * first[0] - rabbit), abs=1e-9)


def test_two_threatened_states() -> None:
    """models.md, b1 at its defaults: Pr(Balance) at precision 1/2, 1 and 2."""
    row = [[Fraction(33, 7), Fraction(13, 7)], [Fraction(5, 2), Fraction(7, 2)]]
    game = NormalGame.from_matrices(row, [[row[0][0], row[1][0]], [row[0][1], row[1][1]]])
    for precision, balance in ((0.5, 0.568142), (1.0, 0.821244), (2.0, 0.986980)):
        for own in at(game, precision):
            assert own[0] == pytest.approx(balance, abs=5e-7)


def test_the_turning_point_of_the_stag_hunts_other_branch() -> None:
    """On the symmetric curve precision is log(p / (1 - p)) / (4 p - 3), least where its derivative
    vanishes: (4 p - 3) / (p (1 - p)) = 4 log(p / (1 - p))."""
    branch = branch_from(LogitEquations(stag_hunt(3)), ((1.0, 0.0), (1.0, 0.0)), lambda: None)
    assert branch is not None
    [place] = branch.turns
    precision, ((p, q), _), _ = branch.points[place]
    assert p * q == pytest.approx((4 * p - 3) / (4 * log(p / q)), rel=1e-5)
    assert precision == pytest.approx(log(p / q) / (4 * p - 3), rel=1e-9)
    assert branch.points[-1].profile[0][0] == pytest.approx(3 / 4, abs=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_every_point_is_its_own_logit_response(seed: int) -> None:
    """Responses summed in plain Python over all pure profiles, as the definition says."""
    random = Random(seed)
    shape = random.choice([(2, 2), (3, 3), (4, 3), (2, 2, 2), (3, 2, 2)])
    game = normal(random, shape)
    branch = principal_branch(LogitEquations(game), lambda: None)
    assert branch.complete and branch.points[0].precision == 0
    for precision, profile, _ in branch.points[::5]:
        for player, width in enumerate(shape):
            worth = [0.0] * width
            for pure in game.profiles():
                others = (
                    p[k] for i, (p, k) in enumerate(zip(profile, pure, strict=True)) if i != player
                )
                worth[pure[player]] += prod(others) * float(game.payoff(player, pure))
            odds = [exp(precision * (one - max(worth))) for one in worth]
            for share, one in zip(profile[player], odds, strict=True):
                assert share == pytest.approx(one / sum(odds), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_at_a_small_precision_there_is_one_equilibrium(seed: int) -> None:
    """Below 1 / (span times (players - 1) times ...) the response is a contraction: iterating it
    from any corner comes to the branch."""
    random = Random(seed)
    game = normal(random, (3, 3))
    span = max(
        float(game.payoff(i, a) - game.payoff(i, b))
        for i in (0, 1)
        for a in game.profiles()
        for b in game.profiles()
    )
    precision = 0.4 / span
    branch = principal_branch(LogitEquations(game), lambda: None, (precision,))
    [found] = [point.profile for point in branch.points if point.precision == precision]
    for corner in game.profiles():
        mixed = [[float(k == own) for k in range(3)] for own in corner]
        for _ in range(80):
            answers = []
            for player in (0, 1):
                worth = [
                    sum(
                        mixed[1 - player][k]
                        * float(game.payoff(player, (own, k) if player == 0 else (k, own)))
                        for k in range(3)
                    )
                    for own in range(3)
                ]
                odds = [exp(precision * one) for one in worth]
                answers.append([one / sum(odds) for one in odds])
            mixed = answers
        for mine, own in zip(mixed, found, strict=True):
            assert mine == pytest.approx(own, abs=1e-9)


def test_a_pitchfork_turns_where_the_closed_form_says() -> None:
    """Pure coordination, 1 for the same and 0 otherwise: log(p / (1 - p)) = precision (2 p - 1), so
    that the branch of both equilibria parts from one half at precision 2."""
    game = NormalGame.from_matrices([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    branch = branch_from(LogitEquations(game), ((1.0, 0.0), (1.0, 0.0)), lambda: None)
    assert branch is not None
    [place] = branch.turns
    assert branch.points[place].precision == pytest.approx(2, abs=1e-4)
    assert branch.points[-1].profile[0][1] == pytest.approx(1)


def test_players_of_a_role_choose_alike() -> None:
    """Five players of whom three must act: the binomial sum, written out."""
    acts, waits = [], []
    for others in range(4, -1, -1):
        acts.append(4 if others >= 2 else 0)
        waits.append(3)
    game = AnonymousGame(tuple("ABCDE"), ("Act", "Wait"), (0,) * 5, ((acts, waits),), (1,))
    branch = principal_branch(LogitEquations(game), lambda: None)
    for precision, ((p, q),), _ in branch.points[:40]:
        enough = sum(comb(4, k) * p**k * q ** (4 - k) for k in (2, 3, 4))
        assert log(p / q) == pytest.approx(precision * (4 * enough - 3), abs=1e-8)


def test_one_player_errs_alone() -> None:
    game = NormalGame.from_payoffs(["One"], [("a", "b")], lambda own: [3 - 2 * own[0]])
    for precision, ((p, _),), _ in principal_branch(LogitEquations(game), lambda: None).points:
        assert p == pytest.approx(1 / (1 + exp(-2 * precision)), abs=1e-9)


def test_payoffs_in_other_units_are_the_same_branch() -> None:
    """Payoffs times 10^12, read at a precision smaller by as much."""
    times = 10**12
    small = stag_hunt(3)
    big = NormalGame.from_matrices(
        *([[times * value for value in row] for row in small.matrix(k)] for k in (0, 1))
    )
    one = principal_branch(LogitEquations(small), lambda: None, (1.0,))
    other = principal_branch(LogitEquations(big), lambda: None, (1.0 / times,))
    [first] = [point.profile for point in one.points if point.precision == 1]
    [second] = [point.profile for point in other.points if point.precision == 1 / times]
    assert first[0] == pytest.approx(second[0], abs=1e-9)
    solved = solve(big, ["logit"]).results[0]
    assert solved.verified and len(solved.solutions) == 2


def test_an_irrational_limit_is_settled() -> None:
    """All three players mix: the equations of indifference are quadratic, and solved exactly."""
    game = normal(Random(42), (2, 2, 2))
    result = solve(game, ["logit"]).results[0]
    limit = result.solutions[1].limit
    assert result.verified and any(irrational(p) for mixed in limit.profile for p in mixed)
    for player in range(3):
        worth = [Fraction(0), Fraction(0)]
        for pure in game.profiles():
            others = [m[k] for i, (m, k) in enumerate(zip(limit.profile, pure, strict=True))]
            del others[player]
            worth[pure[player]] += prod(others) * game.payoff(player, pure)
        assert worth[0] == worth[1]


@pytest.mark.parametrize(
    ("both", "alone", "other", "neither"),
    [(2, 1, 3, -4), (2, 1, 3, 0), (Fraction("8.975"), Fraction("8.5"), Fraction("9.5"), 0)],
    ids=["chicken", "a milder crash", "passing the buck"],
)
def test_a_branch_that_crosses_the_symmetric_one_is_followed_and_passes_its_check(
    both: Fraction, alone: Fraction, other: Fraction, neither: Fraction
) -> None:
    """Of two alike players one branch joins the two pure equilibria. It crosses the symmetric one
    where the response to the other's change is as large as the change: precision * p * (1 - p) *
    slope of the payoffs' difference is -1 there."""
    game = NormalGame.from_matrices(
        [[both, alone], [other, neither]], [[both, other], [alone, neither]]
    )
    (found,) = solve(game, ["logit"]).results
    assert found.verified
    (path,) = (one for one in found.solutions if one.turns)
    assert {path.origin.profile, path.limit.profile} == {
        ((1, 0), (0, 1)),
        ((0, 1), (1, 0)),
    }
    (turn,) = path.turns
    precision, ((p, q), (other_p, _)), _ = path.points[turn]
    assert p == pytest.approx(other_p, abs=1e-3)
    slope = (both - other) - (alone - neither)
    assert precision * p * q * float(slope) == pytest.approx(-1, rel=1e-4)
    assert precision == min(point.precision for point in path.points)
