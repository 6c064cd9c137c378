"""The driver: needs before the needy, refusals with reasons, limits that keep what was found."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import alliance_games.solve as driver
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure_profile
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Concept
from alliance_games.results.result import Conclusion, Coverage, Status
from alliance_games.results.solutions import Certificate, Point

GAME = NormalGame.from_matrices([[1, 0], [0, 1]], [[1, 0], [0, 1]])


def concept(name, solve, *, verified=True, **fields) -> Concept:
    return Concept(
        name=name,
        title=name,
        cites=("Nobody 1900",),
        summary="",
        games=("normal",),
        solve=solve,
        verify=lambda game, solution, needed: Certificate(verified, "is the first profile"),
        **fields,
    )


def first_profile(game, needed, budget):
    yield Point(pure_profile((0, 0), game.shape), game.payoffs((0, 0)))
    return Conclusion(Coverage.ALL, "there is one first profile", "looking")


@pytest.fixture
def known(monkeypatch):
    concepts: dict[str, Concept] = {}
    monkeypatch.setattr(driver, "find", concepts.__getitem__)
    return concepts


def test_every_solution_given_out_carries_its_certificate(known) -> None:
    known["first"] = concept("first", first_profile)
    result = driver.solve(GAME, ["first"]).of("first")
    assert result.coverage is Coverage.ALL and result.status is Status.EXACT
    assert result.verified and result.solutions[0].certificate.claim == "is the first profile"


def test_a_solution_that_fails_its_check_is_never_given_out(known) -> None:
    known["first"] = concept("first", first_profile, verified=False)
    with pytest.raises(driver.SelfCheckFailed, match="first profile"):
        driver.solve(GAME, ["first"])


def test_what_is_needed_is_solved_first_and_once(known) -> None:
    calls = []

    def counted(game, needed, budget):
        calls.append("base")
        return (yield from first_profile(game, needed, budget))

    def reader(game, needed, budget):
        assert needed["base"].solutions
        calls.append("reader")
        return (yield from first_profile(game, needed, budget))

    known["base"] = concept("base", counted)
    known["reader"] = concept("reader", reader, needs=("base",))
    answer = driver.solve(GAME, ["reader", "base", "reader"])
    assert calls == ["base", "reader"]
    assert [result.concept for result in answer.results] == ["reader", "base"]


def test_a_refusal_gives_its_reason_and_passes_it_on(known) -> None:
    known["base"] = concept("base", first_profile, accepts=lambda game: "it has two players")
    known["reader"] = concept("reader", first_profile, needs=("base",))
    answer = driver.solve(GAME, ["base", "reader"])
    assert answer.results == ()
    assert [refusal.reason for refusal in answer.refusals] == [
        "it has two players",
        "it needs base, and it has two players",
    ]


def test_an_ordinal_game_is_asked_ordinal_questions_only(known) -> None:
    known["cardinal"] = concept("cardinal", first_profile)
    known["ordinal"] = concept("ordinal", first_profile, ordinal=True)
    answer = driver.solve(replace(GAME, ordinal=True), ["cardinal", "ordinal"])
    assert [result.concept for result in answer.results] == ["ordinal"]
    assert "rankings" in answer.refusals[0].reason


def test_a_limit_keeps_what_was_found_and_says_so(known) -> None:
    def stopped(game, needed, budget):
        yield Point(pure_profile((0, 0), game.shape), game.payoffs((0, 0)))
        raise LimitReached("the time limit of 1 seconds was reached")

    known["base"] = concept("base", stopped)
    known["reader"] = concept("reader", first_profile, needs=("base",))
    answer = driver.solve(GAME, ["base", "reader"])
    base, reader = answer.results
    assert base.status is Status.STOPPED and base.coverage is Coverage.SOME
    assert len(base.solutions) == 1 and "time limit" in base.because
    assert reader.status is Status.STOPPED and reader.coverage is Coverage.UNKNOWN


def test_payoffs_that_left_the_rationals_make_the_answer_numeric(known) -> None:
    known["first"] = concept("first", first_profile)
    result = driver.solve(replace(GAME, numeric=True), ["first"]).of("first")
    assert result.status is Status.NUMERIC and result.tolerance == Fraction(1, 10**40)
    large = NormalGame.from_matrices([[1000]], [[1]])
    result = driver.solve(replace(large, numeric=True), ["first"]).of("first")
    assert result.tolerance == Fraction(1, 10**37)


def test_a_budget_stops_by_time_and_by_memory() -> None:
    with pytest.raises(LimitReached, match="time limit"):
        Budget(seconds=-1).tick()
    with pytest.raises(LimitReached, match="memory limit"):
        Budget(bytes=1).tick()
    with pytest.raises(LimitReached, match="table"):
        Budget(bytes=10).allow_bytes(11, "a table")
    Budget(seconds=1000, bytes=2**50).tick()


def test_the_wider_of_two_tolerances_is_told() -> None:
    """A branch of quantal response is known to a billionth, numeric payoffs to far more digits."""
    game = NormalGame.from_matrices([[2, 2], [1, 1]], [[2, 1], [2, 1]])
    (result,) = driver.solve(replace(game, numeric=True), ["logit"]).results
    assert result.status is Status.NUMERIC and result.tolerance is not None
    assert result.tolerance >= Fraction(1, 10**9)
