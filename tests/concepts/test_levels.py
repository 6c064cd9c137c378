"""Levels of reasoning against published examples and games worked by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from math import exp, factorial

import pytest

from alliance_games.algorithms.levels import cut_off, hierarchy
from alliance_games.certificates.levels import check
from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.results.level_solutions import Levels
from alliance_games.results.result import Coverage, Status
from alliance_games.solve import solve
from tests.contract.sample_games import PENNIES, STAG_HUNT


def levels_of(game: NormalGame | AnonymousGame, concept: str = "level-k") -> Levels:
    [result] = solve(game, [concept]).results
    [found] = result.solutions
    assert isinstance(found, Levels) and result.verified and result.status is Status.EXACT
    return found


def test_level_one_of_a_stag_hunt_plays_safe() -> None:
    """Against even odds Stag is worth (4 + 0) / 2, Rabbit 3."""
    found = levels_of(STAG_HUNT)
    assert found.levels == (((F(1, 2),) * 2,) * 2, ((0, 1),) * 2)
    assert found.cycle == (1, 1)


def test_matching_pennies_are_tied_for_ever() -> None:
    """Uniform choice leaves both indifferent: every level is level 0."""
    found = levels_of(PENNIES)
    assert found.levels == (((F(1, 2),) * 2,) * 2,) and found.cycle == (0, 1)


def test_a_pursuit_goes_round() -> None:
    """A pursuer wants to be where the other is (2 at the first place), the other where she is not:
    level 1 pursues to the first place and evades it, and so on round four levels."""
    game = NormalGame.from_matrices([[2, 0], [0, 1]], [[0, 2], [1, 0]])
    found = levels_of(game)
    first, second = (F(1), F(0)), (F(0), F(1))
    assert found.levels[1:] == (
        (first, second),  # 2 to 1 at even odds; evading pays (0 + 1) / 2 to (2 + 0) / 2
        (second, second),
        (second, first),
        (first, first),
    )
    assert found.cycle == (1, 4)


def test_the_guessing_game_unravels() -> None:
    """Nagel 1995 with three guesses 0, 1, 2 among three players, nearest to half the mean wins:
    an anonymous game in which level 1 no longer guesses 2."""
    players, guesses = 3, (0, 1, 2)

    def payoff(own: int, others: tuple[int, ...]) -> int:
        chosen = [own, *(g for g, n in zip(guesses, others, strict=True) for _ in range(n))]
        target = F(sum(chosen), 2 * players)
        nearest = min(abs(g - target) for g in chosen)
        winners = sum(abs(g - target) == nearest for g in chosen)
        return 6 // winners if abs(own - target) == nearest else 0

    tables = tuple(
        tuple(payoff(own, others) for others in count_vectors(players - 1, 3)) for own in guesses
    )
    game = AnonymousGame(("A", "B", "C"), ("0", "1", "2"), (0,) * 3, (tables,), (1,))
    found = levels_of(game)
    assert found.levels[1][0][2] == 0
    assert found.levels[-1] == ((1, 0, 0),) and found.cycle is not None and found.cycle[1] == 1


def test_shares_are_poissons() -> None:
    """Against exp in floats, which the exact shares do without."""
    found = levels_of(STAG_HUNT, "cognitive-hierarchy")
    assert sum(found.shares) == 1 and found.rate == F(3, 2)
    for k, share in enumerate(found.shares):
        assert float(share) == pytest.approx(exp(-1.5) * 1.5**k / factorial(k), abs=1e-6)
    beyond = 1 - sum(exp(-1.5) * 1.5**k / factorial(k) for k in range(len(found.shares)))
    assert beyond < 1e-6
    assert (
        beyond + exp(-1.5) * 1.5 ** (len(found.shares) - 1) / factorial(len(found.shares) - 1)
        > 1e-6
    )


def test_the_hierarchy_of_a_stag_hunt() -> None:
    """Only level 0 ever hunts stag, half of the time."""
    found = levels_of(STAG_HUNT, "cognitive-hierarchy")
    assert found.aggregate == ((found.shares[0] / 2, 1 - found.shares[0] / 2),) * 2


def test_market_entry_in_a_hierarchy() -> None:
    """Two may enter a market for one: alone 2, both -1, out 0; at even odds entering is worth 1/2.
    Level 1 enters. Level 2 meets 2/5 of level 0 and 3/5 of level 1, so another entrant with 4/5:
    entering is worth 2 - 3 (4/5) < 0, and she stays out. Level 3 meets 8/29 of level 0, 12/29 of
    level 1 and 9/29 of level 2, an entrant with 16/29: 2 - 3 (16/29) > 0, and she enters."""
    game = NormalGame.from_matrices([[-1, 2], [0, 0]], [[-1, 0], [2, 0]])
    found = levels_of(game, "cognitive-hierarchy")
    enter = [level[0][0] for level in found.levels]
    assert enter[1] == 1
    assert F(2, 5) / 2 + F(3, 5) == F(4, 5) and 2 - 3 * F(4, 5) < 0 and enter[2] == 0
    assert F(8, 29) / 2 + F(12, 29) == F(16, 29) and 2 - 3 * F(16, 29) > 0 and enter[3] == 1


def test_another_rate_and_where_it_is_cut_off() -> None:
    few, many = hierarchy(STAG_HUNT, F(1, 10), lambda: None), cut_off(F(5))
    assert len(few.levels) < 8 and many > 15
    assert check(STAG_HUNT, few).verified


def test_a_stopped_wait_is_not_called_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    from alliance_games.algorithms import levels

    monkeypatch.setattr(levels, "MOST_LEVELS", 2)
    game = NormalGame.from_matrices([[2, 0], [0, 1]], [[0, 2], [1, 0]])
    [result] = solve(game, ["level-k"]).results
    assert result.coverage is Coverage.SOME


def test_the_checker_says_no() -> None:
    found = levels_of(STAG_HUNT)
    stag = ((F(1), F(0)),) * 2
    assert not check(STAG_HUNT, replace(found, levels=(found.levels[0], stag))).verified
    assert not check(STAG_HUNT, replace(found, cycle=(0, 2))).verified
    told = levels_of(STAG_HUNT, "cognitive-hierarchy")
    assert not check(STAG_HUNT, replace(told, aggregate=stag)).verified
    assert not check(STAG_HUNT, replace(told, rate=F(1))).verified
