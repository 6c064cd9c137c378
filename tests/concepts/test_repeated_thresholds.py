"""Thresholds of reversion against closed forms and against play simulated period by period."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from alliance_games.algorithms.reversion import resolvent
from alliance_games.algorithms.reversion_answers import thresholds
from alliance_games.exact.fields import unique_solution
from alliance_games.model.normal import NormalGame
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.named.repeated import Discounts, Punishment, Sustained, Thresholds
from alliance_games.solve import solve
from tests.contract.others.repeated import THREE, dilemma, repeated, threatened


def first(game: RepeatedGame) -> Sustained:
    """What is found of the first profile (everybody's first strategy)."""
    return thresholds(game, Budget()).profiles[0]


@pytest.mark.parametrize(
    ("t", "r", "p", "s"), [(5, 3, 1, 0), (4, 3, 1, 0), (10, 9, 0, -3), (7, 4, 3, 1)]
)
def test_a_dilemma_needs_t_less_r_over_t_less_p(t: int, r: int, p: int, s: int) -> None:
    assert first(repeated(dilemma(t, r, p, s), None)).least == F(t - r, t - p)


def alliance(worth: F, cost: F, **more: object) -> RepeatedGame:
    game = NormalGame.from_matrices(
        [[worth - cost, -cost], [worth, F(0)]], [[worth - cost, worth], [-cost, F(0)]]
    )
    return repeated(game, F(9, 10), **more)


def test_the_four_cases_of_the_alliance() -> None:
    """Honouring worth H at a cost of 1: c/H, and (c - X)/(H - X) with a cost of leaving."""
    assert first(alliance(F(4), F(1))).least == F(1, 4)
    gone = first(alliance(F(1, 2), F(1)))
    assert gone.least is None and gone.ratio == 2 and gone.holds is False
    assert first(alliance(F(2), F(1))).least == F(1, 2)
    leaving = alliance(F(2), F(1), exit_costs=(F(2, 5), F(2, 5)))
    assert first(leaving).least == F(3, 8)


@pytest.mark.parametrize("number", [1, 2, 7])
def test_linked_alliances(number: int) -> None:
    """One breach at a time: c / (c + k (H - c)). All at once: c / H whatever k."""
    worth, cost = F(3, 2), F(1)
    one = alliance(worth, cost, relationships=number, breach="one")
    assert first(one).least == cost / (cost + number * (worth - cost))
    assert first(alliance(worth, cost, relationships=number)).least == cost / worth


def test_breaking_all_at_once_gains_and_loses_alike() -> None:
    """By the play itself: k alliances honoured, or all k broken in one year, at 1/2 and at 3/4."""
    worth, cost, number = F(3, 2), F(1), 5
    for discount in (F(1, 2), F(3, 4)):
        keeping = number * (worth - cost) / (1 - discount)
        breaking = number * worth
        told = first(alliance(worth, cost, relationships=number)).least
        assert told is not None
        assert (discount >= told) == (keeping >= breaking)


def test_survival_scales_the_threshold() -> None:
    assert first(repeated(dilemma(), None, survival=F(1, 2))).least == F(2, 3)
    assert first(repeated(dilemma(5), None, survival=F(2, 5))).least is None
    # With a chance to end of its own, even a discount factor of one may be needed, and is allowed.
    assert first(repeated(dilemma(5), F(1), survival=F(1, 2))).least == 1


def test_a_threat_that_comes_and_goes() -> None:
    persistent = first(threatened(F(4), F(1, 2), F(9, 10)))
    assert persistent.least is not None and persistent.state == "calm"
    assert 8 * persistent.least**2 - 33 * persistent.least + 20 == 0
    assert abs(float(persistent.least) - 0.738) < 0.0005
    # Independent years: the cost over the expected worth.
    assert first(threatened(F(4), F(1, 2), F(1, 2))).least == F(4, 9)


def test_several_players_revert_to_pure_equilibria() -> None:
    """Three give 2 to all each at a cost of 3: keeping alone gains 1, and loses 3 a period."""
    assert first(repeated(THREE, None)).least == F(1, 4)


def test_a_punishment_that_one_player_would_rather_have() -> None:
    """Column gains 1 once and loses 1 a year later on: she keeps from 1/2 up. Row would lose 1 now
    and gain 1 a year by being punished: he keeps up to 1/2."""
    stage = NormalGame.from_matrices([[0, 0], [-1, 1]], [[2, 3], [0, 1]])
    told = first(repeated(stage, F(1, 2)))
    assert told.discounts == (Discounts(F(1, 2), F(1, 2), True),) and told.holds


def simulated(
    game: RepeatedGame,
    player: int,
    profile: tuple[int, ...],
    discount: F,
    punishments: tuple[Punishment, ...],
) -> bool:
    """Whether no deviation in any state pays, by 160 periods of expected payoffs.

    The punishment is the player's worst pure or mixed stage equilibrium as the answer tells it.
    """
    name = game.players[player]
    worst = {one.state: float(one.payoff) for one in punishments if one.player == name}
    lost = [
        float(stage.payoff(player, profile)) - worst[state]
        for state, stage in zip(game.states, game.stages, strict=True)
    ]
    chain = [[float(chance) for chance in row] for row in game.transitions]
    size = len(game.states)
    for state in range(size):
        loss, weight = 0.0, 1.0
        spread = [float(k == state) for k in range(size)]
        for _ in range(160):
            weight *= float(discount)
            spread = [sum(spread[k] * chain[k][to] for k in range(size)) for to in range(size)]
            loss += weight * sum(spread[k] * lost[k] for k in range(size))
        for own in range(game.stages[state].shape[player]):
            if own != profile[player]:
                other = (*profile[:player], own, *profile[player + 1 :])
                stage = game.stages[state]
                gain = float(stage.payoff(player, other) - stage.payoff(player, profile))
                if gain > loss + 1e-9:
                    return False
    return True


def test_random_chains_against_simulated_play() -> None:
    dice = Random(5)
    judged = {True: 0, False: 0}
    for _ in range(15):
        size = dice.choice([1, 2, 3])
        stages = []
        for _ in range(size):
            rows = [[[dice.randint(-4, 6) for _ in range(2)] for _ in range(2)] for _ in range(2)]
            stages.append(NormalGame.from_matrices(*rows))
        chain = []
        for _ in range(size):
            parts = [dice.randint(1, 4) for _ in range(size)]
            chain.append(tuple(F(part, sum(parts)) for part in parts))
        names = tuple("abc"[:size]) if size > 1 else ("",)
        game = RepeatedGame(("Row", "Column"), names, tuple(stages), tuple(chain))
        record = thresholds(game, Budget())
        rows = {one.profile: one for one in record.profiles}
        for profile in game.stage.profiles():
            one = rows[game.stage.names(profile)]
            for discount in (F(1, 10), F(1, 3), F(3, 5), F(17, 20)):
                told = any(part.low <= discount <= part.high for part in one.discounts)
                near = any(
                    abs(float(end - discount)) < 1e-6
                    for part in one.discounts
                    for end in (part.low, part.high)
                )
                if not near:
                    assert told == all(
                        simulated(game, i, profile, discount, record.punishments) for i in range(2)
                    )
                    judged[told] += 1
    assert min(judged.values()) > 20


def test_the_resolvent_inverts() -> None:
    """adj / det of 1 - x Q, at a number, against the inverse by elimination."""
    chain = [[F(1, 2), F(1, 3), F(1, 6)], [F(0), F(1, 4), F(3, 4)], [F(1, 5), F(2, 5), F(2, 5)]]
    adjugate, determinant = resolvent(chain)
    x = F(3, 7)

    def at(polynomial: tuple[F, ...]) -> F:
        return sum((c * x**k for k, c in enumerate(polynomial)), F(0))

    matrix = [[int(i == j) - x * chain[i][j] for j in range(3)] for i in range(3)]
    for column in range(3):
        unit = [F(int(i == column)) for i in range(3)]
        inverse = unique_solution(matrix, unit)
        assert inverse == [at(adjugate[i][column]) / at(determinant) for i in range(3)]


def test_punishments_must_be_equilibria() -> None:
    game = repeated(dilemma(), F(1, 2), cooperate=(0, 0), punish=(0, 1))
    (refusal,) = solve(game, ["grim-trigger"]).refusals
    assert "no equilibrium of the stage" in refusal.reason


def test_no_pure_equilibrium_of_three() -> None:
    """Two match pennies while a third looks on."""
    stage = NormalGame.from_payoffs(
        ("A", "B", "C"),
        (("h", "t"), ("h", "t"), ("x",)),
        lambda p: [1 if p[0] == p[1] else -1, -1 if p[0] == p[1] else 1, 0],
    )
    (refusal,) = solve(repeated(stage, None), ["grim-trigger"]).refusals
    assert "there is none" in refusal.reason


def test_mixed_punishments_of_two() -> None:
    """In chicken the mixed equilibrium is worse for a player than the one that favours her."""
    stage = NormalGame.from_matrices([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    told = thresholds(repeated(stage, None), Budget())
    # Each pure equilibrium gives the deviator 2 when it is the other's: worse than 14/3.
    assert {one.payoff for one in told.punishments} == {F(2)}
    assert told.profiles[0].least == F(1, 5)


def test_who_is_indifferent_at_every_factor_is_in_nobodys_way() -> None:
    """Of (D, C) the second player gains and loses nothing by any deviation; A needs (3-2)/(3-0)."""
    stage = NormalGame.from_matrices([[3, -2], [2, 0]], [[2, -1], [1, 1]])
    game = repeated(stage, F(2, 3), punish=(1, 1))
    (result,) = solve(game, ["grim-trigger"]).results
    found = result.solutions[0]
    assert isinstance(found, Thresholds)
    row = found.profiles[2]
    assert (row.least, row.binding, row.holds) == (F(1, 3), (game.players[0],), True)
