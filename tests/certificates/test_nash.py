"""The checker of equilibria against expected payoffs worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest

from alliance_games.certificates.nash import check, regrets_at
from alliance_games.certificates.pure_nash import check as check_pure
from alliance_games.certificates.pure_nash import recount
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure_profile
from alliance_games.results.solutions import Component, Point, Subset, Tally
from tests.contract.sample_games import STAG_HUNT

HALF = (F(1, 2), F(1, 2))
MIXED = (F(3, 4), F(1, 4))
ROW, COLUMN = (F(1), F(0)), (F(0), F(1))


def test_regrets_by_hand() -> None:
    """Both hunt the stag half the time: 2 for the stag, 3 for the rabbit, 5/2 in all."""
    found = regrets_at(STAG_HUNT, (HALF, HALF))
    assert found.payoffs == (F(5, 2), F(5, 2))
    assert found.gains == ((F(-1, 2), F(1, 2)),) * 2
    assert found.largest == F(1, 2)


def test_regrets_keep_each_player_s_denominator_apart() -> None:
    game = NormalGame.from_matrices([[F(1, 2), 0], [0, F(1, 3)]], [[F(1, 5), 0], [0, F(1, 7)]])
    found = regrets_at(game, (ROW, COLUMN))
    assert found.payoffs == (0, 0)
    assert found.gains == ((0, F(1, 3)), (F(1, 5), 0))


@pytest.mark.parametrize(
    ("profile", "gain"),
    [((ROW, ROW), 0), ((COLUMN, COLUMN), 0), ((MIXED, MIXED), 0), ((ROW, COLUMN), 3),
     ((HALF, HALF), F(1, 2)), ((MIXED, HALF), F(3, 4))],
)  # fmt: skip
def test_the_largest_gain_is_told(profile, gain) -> None:
    point = Point(profile, regrets_at(STAG_HUNT, profile).payoffs)
    certificate = check(STAG_HUNT, point)
    assert certificate.largest_gain == gain
    assert certificate.verified is (gain == 0)


def test_a_segment_through_a_point_that_is_no_equilibrium_is_refused() -> None:
    """Both ends of the diagonal are equilibria, and nothing between them is."""
    corners = ((ROW, ROW), (COLUMN, COLUMN))
    payoffs = tuple(regrets_at(STAG_HUNT, corner).payoffs for corner in corners)
    whole = Subset((ROW, COLUMN), (ROW, COLUMN))
    assert not check(STAG_HUNT, Component(2, corners, payoffs, (whole,))).verified
    apart = (Subset((ROW,), (ROW,)), Subset((COLUMN,), (COLUMN,)))
    certificate = check(STAG_HUNT, Component(0, corners, payoffs, apart))
    assert not certificate.verified and "hang together" in certificate.claim


def test_negative_probabilities_are_no_strategy() -> None:
    odd = ((F(2), F(-1)), ROW)
    assert not check(STAG_HUNT, Point(odd, regrets_at(STAG_HUNT, odd).payoffs)).verified


def test_pure_profiles_of_three_players() -> None:
    """Two of three allies are enough, and acting costs: whoever is not needed stays away."""
    game = NormalGame.from_payoffs(
        ("A", "B", "C"),
        [("Act", "Wait")] * 3,
        lambda profile: [10 * (profile.count(0) >= 2) - 3 * (own == 0) for own in profile],
    )
    gains = {(0, 0, 1): 0, (1, 1, 1): 0, (0, 0, 0): 3, (0, 1, 1): 7}
    for profile, gain in gains.items():
        point = Point(pure_profile(profile, game.shape), game.payoffs(profile))
        certificate = check_pure(game, point)
        assert certificate.largest_gain == gain and certificate.verified is (gain == 0)
    assert recount(game) == 4
    assert check_pure(game, Tally(4, "")).verified and not check_pure(game, Tally(3, "")).verified


def test_what_is_said_of_dominance_is_held_to_the_definition() -> None:
    """The middle row is an equilibrium with the first column, and half and half beat it."""
    game = NormalGame.from_matrices([[4, 0, 4], [4, 4, 0], [4, 2, 1]], [[1, 0, 0]] * 3)
    for row, truth in ((0, True), (1, True), (2, False)):
        mixed = tuple(F(own == row) for own in range(3))
        profile = (mixed, (F(1), F(0), F(0)))
        payoffs = regrets_at(game, profile).payoffs
        for said in (True, False):
            point = Point(profile, payoffs, {"undominated": said})
            assert check(game, point).verified is (said is truth)


def test_what_is_said_of_a_continuum_is_held_to_the_definition() -> None:
    """The column chooses freely; the second is weakly dominated only where the rows differ."""
    for second, truth in ((1, True), (0, False)):
        game = NormalGame.from_matrices([[2, 2], [1, 1]], [[3, 3], [1, second]])
        subset = Subset((ROW,), (ROW, COLUMN))
        for said in (True, False):
            facts = {"constant payoffs": True, "efficient": True, "undominated": said}
            whole = Component(1, ((ROW, ROW), (ROW, COLUMN)), ((F(2), F(3)),) * 2, (subset,), facts)
            assert check(game, whole).verified is (said is truth)
            wrong = replace(whole, properties={**facts, "undominated": truth, "efficient": False})
            assert not check(game, wrong).verified
