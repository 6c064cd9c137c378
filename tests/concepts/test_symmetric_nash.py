"""Symmetric equilibria against closed forms (models.md a2, m3, m4) and floats."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb

import pytest

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.results.result import Coverage, Result
from alliance_games.solve import solve


def game_of(players: int, payoff: Callable[[int, int], Fraction | int]) -> AnonymousGame:
    """``payoff(own, k)``: own strategy, and how many of the others play the first one."""
    over = 1000
    tables = tuple(
        tuple(int(Fraction(payoff(own, k)) * over) for k, _ in count_vectors(players - 1, 2))
        for own in range(2)
    )
    names = tuple(f"P{i}" for i in range(players))
    return AnonymousGame(names, ("A", "B"), (0,) * players, (tables,), (over,))


def hunt(players: int, needed: int) -> AnonymousGame:
    return game_of(players, lambda own, k: (4 if k + 1 >= needed else 0) if own == 0 else 3)


def volunteers(players: int, cost: Fraction) -> AnonymousGame:
    return game_of(players, lambda own, k: 1 - cost if own == 0 else int(k > 0))


def threshold(players: int, needed: int, cost: Fraction) -> AnonymousGame:
    return game_of(
        players, lambda own, k: (k + 1 >= needed) - cost if own == 0 else int(k >= needed)
    )


def answer(game: AnonymousGame | NormalGame) -> Result:
    (result,) = solve(game, ["symmetric-nash"]).results
    assert result.verified
    return result


def inner(result: Result) -> list[float]:
    assert result.coverage is Coverage.ALL
    return [float(one.strategy[0]) for one in result.solutions if not one.properties["pure"]]


@pytest.mark.parametrize(
    ("players", "needed", "q"), [(5, 3, 0.543678), (3, 3, 0.866025), (4, 4, 0.75 ** (1 / 3))]
)
def test_hunters(players: int, needed: int, q: float) -> None:
    result = answer(hunt(players, needed))
    assert inner(result) == pytest.approx([q], abs=1e-6)
    assert [one.strategy[0] for one in result.solutions if one.properties["strict"]] == [1, 0]


@pytest.mark.parametrize("players", [2, 3, 5, 10, 30, 40, 300])
def test_the_volunteers_dilemma(players: int) -> None:
    result = answer(volunteers(players, Fraction(3, 10)))
    (q,) = inner(result)
    assert q == pytest.approx(1 - 0.3 ** (1 / (players - 1)), abs=1e-12)
    (one,) = result.solutions
    assert abs(one.payoff - Fraction(7, 10)) < Fraction(1, 10**12)


@pytest.mark.parametrize(("players", "needed"), [(5, 3), (12, 4), (60, 20)])
def test_two_roots_at_a_threshold(players: int, needed: int) -> None:
    cost = Fraction(1, 20)
    roots = inner(answer(threshold(players, needed, cost)))
    assert len(roots) == 2
    for p in roots:
        pivotal = comb(players - 1, needed - 1) * p ** (needed - 1) * (1 - p) ** (players - needed)
        assert pivotal == pytest.approx(float(cost), rel=1e-9)
    assert roots[1] < (needed - 1) / (players - 1) < roots[0]


def test_a_thousand_players_are_quickly_settled() -> None:
    assert inner(answer(hunt(1000, 300))) == pytest.approx([0.308692], abs=1e-6)


def test_equal_strategies_are_a_continuum() -> None:
    result = answer(game_of(4, lambda own, k: k))
    assert [one.properties.get("end of a continuum") for one in result.solutions] == [True, True]


def test_a_game_in_normal_form() -> None:
    hunt_of_two = NormalGame.from_matrices([[4, 0], [3, 3]], [[4, 3], [0, 3]])
    result = answer(hunt_of_two)
    assert [one.strategy[0] for one in result.solutions] == [1, Fraction(3, 4), 0]
    pennies = NormalGame.from_matrices([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    (refusal,) = solve(pennies, ["symmetric-nash"]).refusals
    assert "not symmetric" in refusal.reason


def test_answers_survive_the_trip_through_json() -> None:
    from alliance_games.model.study import Case
    from alliance_games.results.cases import CaseAnswer
    from alliance_games.results.codec import encode_case
    from alliance_games.results.decode import decode_case

    for game in (hunt(5, 3), volunteers(40, Fraction(3, 10))):
        result = answer(game)
        case = CaseAnswer(Case(None, {}, game), (result,), ())
        assert decode_case(encode_case(case), game).results == (result,)


def test_a_root_known_in_decimals_is_told_in_decimals() -> None:
    """The volunteer's dilemma (Diekmann 1985): nobody helps with probability (1/10)^(1/999)."""
    from alliance_games import loads

    text = """\
game: A thousand bystanders
players: 1000
strategies: [Help, Hide]
payoffs:
  each: if(count(Help) >= 1, 10, 0) - if(mine == Help, 1, 0)
"""
    told = str(loads(text).solve("symmetric-nash"))
    assert "everybody plays Help ≈0.002302, Hide ≈0.9977: 9 each" in told
