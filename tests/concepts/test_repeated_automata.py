"""Automata against closed forms, and against every deviation played out period by period."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from alliance_games.algorithms.automaton_answers import courses
from alliance_games.model.automata import Automaton, always, combined, named
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.named.repeated import Course, Discounts
from tests.contract.others.repeated import dilemma, repeated

UP = F(1)


def judged(stage: NormalGame, automaton: Automaton, discount: F | None = None) -> Course:
    (one,) = courses(repeated(stage, discount, automata=(automaton,)), Budget()).automata
    return one


def of(name: str, periods: int = 0) -> Automaton:
    return named(name, (2, 2), (0, 0), (1, 1), periods)


@pytest.mark.parametrize(("t", "r", "p", "s"), [(5, 3, 1, 0), (4, 3, 1, 0), (9, 6, 2, 0)])
def test_grim_trigger(t: int, r: int, p: int, s: int) -> None:
    told = judged(dilemma(t, r, p, s), of("grim trigger"))
    assert told.discounts == (Discounts(F(t - r, t - p), UP, False),)


@pytest.mark.parametrize(("t", "r", "p", "s"), [(4, 3, 1, 0), (7, 5, 3, 1), (5, 3, 2, 0)])
def test_tit_for_tat_is_perfect_at_a_knife_edge(t: int, r: int, p: int, s: int) -> None:
    """Where T + S = R + P, at (T - R) / (R - S) = (P - S) / (T - P) alone."""
    assert t + s == r + p
    edge = F(t - r, r - s)
    assert edge == F(p - s, t - p)
    told = judged(dilemma(t, r, p, s), of("tit for tat"))
    assert told.discounts == (Discounts(edge, edge, True),)


def test_tit_for_tat_elsewhere_is_nash_at_most() -> None:
    """Nash from max((T - R)/(T - P), (T - R)/(R - S)) up (Axelrod 1984), never perfect."""
    edge = max(F(5 - 3, 5 - 1), F(5 - 3, 3 - 0))
    assert judged(dilemma(5), of("tit for tat")).discounts == ()
    for discount, nash in ((edge - F(1, 100), False), (edge, True), (F(9, 10), True)):
        told = judged(dilemma(5), of("tit for tat"), discount)
        assert (told.perfect, told.nash) == (False, nash)


@pytest.mark.parametrize(("t", "r", "p", "s"), [(4, 3, 1, 0), (9, 6, 2, 0), (5, 3, 1, 0)])
def test_pavlov(t: int, r: int, p: int, s: int) -> None:
    """(T - R) / (R - P), where that is below one."""
    least = F(t - r, r - p)
    told = judged(dilemma(t, r, p, s), of("pavlov"))
    assert told.discounts == ((Discounts(least, UP, False),) if least < 1 else ())


def test_a_punishment_of_some_periods() -> None:
    """T - R <= (R - P)(d + ... + d^n): two periods need the golden section at 5, 3, 1."""
    assert judged(dilemma(4), of("punish", 1)).least == F(1, 2)
    two = judged(dilemma(5), of("punish", 2)).least
    assert two is not None and two**2 + two == 1
    assert judged(dilemma(5), of("punish", 1)).least is None


def test_one_profile_for_ever() -> None:
    assert judged(dilemma(), always("always D", (2, 2), (1, 1))).discounts == (
        Discounts(F(0), UP, False),
    )
    # Without an answer to deviations, only what is an equilibrium at once is one.
    assert judged(dilemma(), always("always C", (2, 2), (0, 0))).discounts == ()


def test_each_player_her_own() -> None:
    """Tit for tat against always D: 0 once and 1 ever after; a reply to D that is no best one."""
    parts = (of("tit for tat"), always("always D", (2, 2), (1, 1)))
    told = judged(dilemma(5), combined("both", (2, 2), parts), F(1, 2))
    assert told.payoffs == {"Row": F(1, 2), "Column": F(1, 2) * 5 + F(1, 2)}
    assert told.nash is False and told.discounts == ()


def test_two_grim_triggers_are_the_one_of_both() -> None:
    parts = (of("grim trigger"), of("grim trigger"))
    told = judged(dilemma(5), combined("both", (2, 2), parts))
    assert told.discounts == judged(dilemma(5), of("grim trigger")).discounts


def test_survival_scales_it() -> None:
    stage = dilemma(4)
    game = repeated(stage, F(1, 2), survival=F(2, 3), automata=(of("grim trigger"),))
    (told,) = courses(game, Budget()).automata
    assert told.least == F(1, 2) and told.perfect


# Play by play


def stream(
    stage: NormalGame, automaton: Automaton, player: int, state: int, weight: float
) -> float:
    """The discounted payoffs of 100 periods from a state on."""
    total, factor = 0.0, 1.0
    for _ in range(100):
        profile = automaton.plays[state]
        total += factor * float(stage.payoff(player, profile))
        state = automaton.follows[state][stage.position(profile)]
        factor *= weight
    return total


def best_by_values(stage: NormalGame, automaton: Automaton, player: int, weight: float) -> float:
    """The most the player can have against the others' parts, by value iteration."""
    worth = [0.0] * len(automaton.states)
    for _ in range(120):
        worth = [
            max(
                float(stage.payoff(player, other)) + weight * worth[after]
                for own in range(stage.shape[player])
                for other in [(*plays[:player], own, *plays[player + 1 :])]
                for after in [automaton.follows[state][stage.position(other)]]
            )
            for state, plays in enumerate(automaton.plays)
        ]
    return worth[0]


def test_random_automata_against_play_period_by_period() -> None:
    dice = Random(8)
    verdicts = {(True, True): 0, (False, True): 0, (False, False): 0}
    for _ in range(200):
        rows = dice.choice([2, 2, 3])
        size = dice.choice([1, 2, 2, 3])
        tables = [[[dice.randint(0, 4) for _ in range(2)] for _ in range(rows)] for _ in range(2)]
        stage = NormalGame.from_matrices(*tables)
        plays = tuple((dice.randrange(rows), dice.randrange(2)) for _ in range(size))
        follows = tuple(tuple(dice.randrange(size) for _ in range(stage.size)) for _ in range(size))
        automaton = Automaton("some", tuple(map(str, range(size))), plays, follows)
        discount = dice.choice([F(1, 4), F(1, 2), F(3, 4)])
        told = judged(stage, automaton, discount)
        weight = float(discount)
        gains = [
            float(stage.payoff(player, other))
            + weight * stream(stage, automaton, player, after, weight)
            - stream(stage, automaton, player, state, weight)
            for state in reachable(automaton)
            for player in range(2)
            for own in range(stage.shape[player])
            for other in [swapped(plays[state], player, own)]
            for after in [automaton.follows[state][stage.position(other)]]
        ]
        assert told.perfect == (max(gains) < 1e-9)
        inside = any(part.low <= discount <= part.high for part in told.discounts)
        assert inside == told.perfect
        nash = all(
            best_by_values(stage, automaton, player, weight)
            < stream(stage, automaton, player, 0, weight) + 1e-9
            for player in range(2)
        )
        assert told.nash == nash
        if told.temptation is not None:
            assert abs(float(told.temptation.gain) - max(gains) * (1 - weight)) < 1e-9
        verdicts[bool(told.perfect), nash] += 1
    assert min(verdicts.values()) > 2


def swapped(profile: tuple[int, ...], player: int, own: int) -> tuple[int, ...]:
    return (*profile[:player], own, *profile[player + 1 :])


def reachable(automaton: Automaton) -> set[int]:
    found = {0}
    while True:
        more = found | {after for state in found for after in automaton.follows[state]}
        if more == found:
            return found
        found = more
