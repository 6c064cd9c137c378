"""Correlated and coarse correlated equilibria, against published values, closed forms, scipy's
linear programs, bases tried one by one, and Nash equilibria."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import comb
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from alliance_games.certificates.mediated_play import check
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.mediated_solutions import Distribution
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import Component, Point
from alliance_games.solve import solve
from tests.contract.sample_games import anonymous, normal

F = Fraction
CHICKEN = NormalGame.from_matrices([[6, 2], [7, 0]], [[6, 7], [2, 0]])
BOTH = pytest.mark.parametrize("name", ["correlated", "coarse-correlated"])


def ask(game, name: str = "correlated", budget: Budget | None = None) -> Result:
    return solve(game, [name], budget).results[0]


def the(result: Result, of: str, player: int | None = None) -> Distribution:
    (one,) = [each for each in result.solutions if each.of == of and each.player == player]
    return one


def corners(result: Result) -> set:
    return {one.plays for one in result.solutions if one.of == "corner"}


# Published values and closed forms


def test_chicken() -> None:
    """Aumann 1974: three of the four profiles, 21/4 for each. Calvo-Armengol 2006: a game with two
    strict equilibria that are not on top of each other has a polytope of five corners."""
    result = ask(CHICKEN)
    best = the(result, "welfare-best")
    assert dict(best.plays) == {(0, 0): F(1, 2), (0, 1): F(1, 4), (1, 0): F(1, 4)}
    assert best.payoffs == (F(21, 4), F(21, 4))
    assert the(result, "fairest").payoffs == (F(21, 4), F(21, 4))
    assert [the(result, "worst", player).payoffs[player] for player in (0, 1)] == [2, 2]
    assert len(corners(result)) == 5 and result.coverage is Coverage.ALL
    assert (((0, 0), F(4, 9)), ((0, 1), F(2, 9)), ((1, 0), F(2, 9)), ((1, 1), F(1, 9))) in corners(
        result
    )


def test_the_battle_of_the_sexes_is_fair_by_a_coin() -> None:
    """Luce and Raiffa 1957: what a public coin brings, 3/2 for each."""
    game = NormalGame.from_matrices([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    result = ask(game)
    assert the(result, "welfare-best").payoffs in ((2, 1), (1, 2))
    fair = the(result, "fairest")
    assert fair.payoffs == (F(3, 2), F(3, 2))
    assert fair.plays == (((0, 0), F(1, 2)), ((1, 1), F(1, 2)))


@BOTH
def test_a_dilemma_leaves_a_mediator_nothing(name: str) -> None:
    game = NormalGame.from_matrices([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    result = ask(game, name)
    assert {one.plays for one in result.solutions} == {(((1, 1), F(1)),)}
    assert result.coverage is Coverage.ALL


@BOTH
def test_a_zero_sum_game_keeps_its_value(name: str) -> None:
    """Aumann 1974: a mediator changes no payoff in a zero-sum game; here the value is 1/5."""
    game = NormalGame.from_matrices([[2, -1], [-1, 1]], [[-2, 1], [1, -1]])
    result = ask(game, name)
    value = F(1, 5)
    assert all(one.payoffs == (value, -value) for one in result.solutions)


def test_shapley_s_game() -> None:
    """Shapley 1964: the only Nash equilibrium gives 1/3 to each; six profiles, equally likely, give
    1/2, and no profile has a larger sum."""
    first = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    second = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    fair = the(ask(NormalGame.from_matrices(first, second)), "fairest")
    assert fair.payoffs == (F(1, 2), F(1, 2))


def test_binding_oneself_unheard_achieves_what_advice_cannot() -> None:
    """Moulin and Vial 1978, on rock, paper and scissors where a win is 5, a loss 0 and a tie
    1. Drawing each of the six untied profiles equally often gives 5/2, and refusing gives 2. No
    correlated equilibrium avoids ties: round the circle of the six, each would have to be at most
    4/5 as likely as the next."""
    first = [[1, 0, 5], [5, 1, 0], [0, 5, 1]]
    second = [[1, 5, 0], [0, 1, 5], [5, 0, 1]]
    game = NormalGame.from_matrices(first, second)
    coarse, fine = (
        the(ask(game, name), "welfare-best") for name in ("coarse-correlated", "correlated")
    )
    assert sum(coarse.payoffs) == 5 > sum(fine.payoffs)
    assert all(own != other for (own, other), _ in coarse.plays)


def test_a_public_good_of_a_thousand_players() -> None:
    """One volunteer is enough, at a cost of 1 from a benefit of 2. The best a mediator can do is to
    name one, which all obey: a sum of 2 n - 1, so 2 - 1/n each if all are named equally often."""
    n = 1000
    volunteer = (1,) * n
    wait = tuple(2 if others else 0 for others in range(n - 1, -1, -1))
    game = AnonymousGame(
        tuple(f"P{k}" for k in range(n)), ("Act", "Wait"), (0,) * n, ((volunteer, wait),), (1,)
    )
    best = the(ask(game), "welfare-best")
    assert best.plays == (((1, n - 1), F(1)),)
    assert set(best.payoffs) == {2 - F(1, n)}


# Definitions by other means


def gain(game: NormalGame, plays, player: int, told: int | None, instead: int) -> Fraction:
    total = F(0)
    for play, p in plays:
        if told in (None, play[player]):
            other = (*play[:player], instead, *play[player + 1 :])
            total += p * (game.payoff(player, other) - game.payoff(player, play))
    return total


def orders(game: NormalGame, coarse: bool):
    for player, size in enumerate(game.shape):
        for told in (None,) if coarse else range(size):
            for instead in range(size):
                yield player, told, instead


def constraints(game: NormalGame, coarse: bool) -> list[list[Fraction]]:
    single = [((play, F(1)),) for play in game.profiles()]
    rows = [[gain(game, one, *order) for one in single] for order in orders(game, coarse)]
    return [row for row in rows if any(row)]


def best_by_scipy(game: NormalGame, coarse: bool, objective: list[Fraction]) -> float:
    rows = np.array(constraints(game, coarse), dtype=float)
    answer = linprog(
        -np.array(objective, dtype=float),
        A_ub=rows if len(rows) else None,
        b_ub=np.zeros(len(rows)) if len(rows) else None,
        A_eq=np.ones((1, game.size)),
        b_eq=[1.0],
    )
    assert answer.status == 0
    return -answer.fun


GAMES = [normal(Random(seed), shape) for seed, shape in enumerate([(2, 2), (2, 3), (3, 3)] * 3)]
GAMES += [normal(Random(5), (2, 2, 2)), normal(Random(6), (3, 2, 2), 0, 3)]


@BOTH
@pytest.mark.parametrize("game", GAMES, ids=lambda game: "x".join(map(str, game.shape)))
def test_the_best_and_the_worst_are_those_of_scipy(game: NormalGame, name: str) -> None:
    coarse = name == "coarse-correlated"
    result = ask(game, name)
    assert result.status is Status.EXACT and result.verified
    payoffs = [[game.payoff(i, play) for play in game.profiles()] for i in range(len(game.players))]
    welfare = [sum(column) for column in zip(*payoffs, strict=True)]
    best = sum(the(result, "welfare-best").payoffs)
    assert abs(float(best) - best_by_scipy(game, coarse, welfare)) < 1e-7
    for player, own in enumerate(payoffs):
        worst = the(result, "worst", player).payoffs[player]
        assert abs(float(worst) + best_by_scipy(game, coarse, [-p for p in own])) < 1e-7
    for one in result.solutions:
        assert all(gain(game, one.plays, *order) <= 0 for order in orders(game, coarse))


@BOTH
@pytest.mark.parametrize("game", GAMES[:6], ids=lambda game: "x".join(map(str, game.shape)))
def test_the_fairest_is_the_best_where_nobody_gets_less(game: NormalGame, name: str) -> None:
    """The corners know: the least payoff of a mixture of them, by a program of its own."""
    result = ask(game, name)
    if result.coverage is not Coverage.ALL:
        pytest.skip("too many corners are listed nowhere")
    points = [one.payoffs for one in result.solutions if one.of == "corner"]
    table = np.array(points, dtype=float)
    count, players = table.shape
    rows = np.hstack([-table.T, np.ones((players, 1))])
    answer = linprog(
        [0.0] * count + [-1.0],
        A_ub=rows,
        b_ub=np.zeros(players),
        A_eq=np.array([[1.0] * count + [0.0]]),
        b_eq=[1.0],
        bounds=[(0, None)] * count + [(None, None)],
    )
    fair = the(result, "fairest")
    assert abs(float(min(fair.payoffs)) + answer.fun) < 1e-7


@BOTH
@pytest.mark.parametrize("seed", range(6))
def test_the_corners_are_all_basic_solutions(seed: int, name: str) -> None:
    """Every choice of tight constraints that leaves one point, tried in fractions."""
    game = normal(Random(seed), (2, 2), -3, 3)
    rows = constraints(game, name == "coarse-correlated")
    size = game.size
    below = [[-F(i == k) for i in range(size)] for k in range(size)]
    everything = rows + below
    assert comb(len(everything), size - 1) < 500
    expected = set()
    for tight in combinations(everything, size - 1):
        point = solved([*tight, [F(1)] * size], [F(0)] * (size - 1) + [F(1)])
        if point is not None and all(
            sum(a * x for a, x in zip(row, point, strict=True)) <= 0 for row in everything
        ):
            named = zip(game.profiles(), point, strict=True)
            expected.add(tuple((play, p) for play, p in named if p))
    assert corners(ask(game, name)) == expected


def solved(rows: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    work = [[*row, b] for row, b in zip(rows, right, strict=True)]
    for step in range(len(work)):
        swap = next((k for k in range(step, len(work)) if work[k][step]), None)
        if swap is None:
            return None
        work[step], work[swap] = work[swap], work[step]
        work[step] = [a / work[step][step] for a in work[step]]
        for k in range(len(work)):
            if k != step:
                factor = work[k][step]
                work[k] = [a - factor * b for a, b in zip(work[k], work[step], strict=True)]
    return [row[-1] for row in work]


@pytest.mark.parametrize("seed", range(12))
def test_nash_equilibria_are_correlated_and_those_are_coarse(seed: int) -> None:
    shape = [(2, 2), (2, 3), (3, 3)][seed % 3]
    game = normal(Random(seed), shape, 0, 4)
    fine, coarse = ask(game), ask(game, "coarse-correlated")
    for result, coarser in ((fine, False), (fine, True), (coarse, True)):
        for one in result.solutions:
            assert all(gain(game, one.plays, *order) <= 0 for order in orders(game, coarser))
    profiles = []
    for one in solve(game, ["nash"]).results[0].solutions:
        if isinstance(one, Point):
            profiles.append((one.profile, one.payoffs))
        elif isinstance(one, Component):
            profiles += zip(one.extreme_points, one.payoffs, strict=True)
    assert profiles
    for profile, payoffs in profiles:
        plays = [
            (play, profile[0][play[0]] * profile[1][play[1]])
            for play in product(*map(range, shape))
        ]
        plays = [(play, p) for play, p in plays if p]
        assert all(gain(game, plays, *order) <= 0 for order in orders(game, False))
        for result in (fine, coarse):
            assert sum(payoffs) <= sum(the(result, "welfare-best").payoffs)
            assert min(payoffs) <= min(the(result, "fairest").payoffs)
            for player, payoff in enumerate(payoffs):
                assert payoff >= the(result, "worst", player).payoffs[player]


def expanded(game: AnonymousGame) -> NormalGame:
    """The same game with its profiles written out."""
    n = len(game.strategies)

    def payoffs(profile):
        counts = [profile.count(own) for own in range(n)]
        return [
            game.payoff(game.roles[i], own, tuple(c - (k == own) for k, c in enumerate(counts)))
            for i, own in enumerate(profile)
        ]

    return NormalGame.from_payoffs(game.players, [game.strategies] * len(game.players), payoffs)


@BOTH
@pytest.mark.parametrize("sizes", [(3,), (4,), (2, 2), (1, 3), (1, 1, 1)])
def test_treating_players_of_a_role_alike_loses_nothing(sizes: tuple[int, ...], name: str) -> None:
    game = anonymous(Random(len(sizes) + sizes[0]), sizes, 2, 5)
    alike, free = ask(game, name), ask(expanded(game), name)
    for of in ("welfare-best", "fairest"):
        assert sum(the(alike, of).payoffs) == sum(the(free, of).payoffs)
        assert min(the(alike, of).payoffs) == min(the(free, of).payoffs) or of == "welfare-best"
    for members in game.members:
        if len(members) == 1:
            (player,) = members
            at_least = the(free, "worst", player).payoffs[player]
            assert the(alike, "worst", player).payoffs[player] == at_least


# Limits


def test_a_thousand_profiles_are_solved_but_their_corners_are_not_listed() -> None:
    game = normal(Random(3), (4,) * 5, 0, 100)
    result = ask(game)
    assert result.status is Status.EXACT and result.coverage is Coverage.SOME and result.verified
    assert len(result.solutions) == 7


@BOTH
def test_too_many_plays_are_said_before_they_are_made(name: str) -> None:
    players = 12
    game = NormalGame(
        tuple(f"P{k}" for k in range(players)),
        (("a", "b", "c"),) * players,
        ((0,) * 3**players,) * players,
        (1,) * players,
    )
    answer = solve(game, [name])
    assert not answer.results and "531,441 plays" in answer.refusals[0].reason
    alone = AnonymousGame(
        tuple(f"P{k}" for k in range(60)),
        ("In", "Out"),
        tuple(range(60)),
        (((0,) * 60,) * 2,) * 60,
        (1,) * 60,
    )
    assert "more than 10^15 plays" in solve(alone, [name]).refusals[0].reason


def test_a_basis_that_just_misses_is_looked_for_again() -> None:
    """Eighteen strategies each: HiGHS's first basis is not optimal in exact numbers."""
    random = Random(18)
    shape = (18, 18)
    tables = [[random.randint(0, 100) for _ in range(18 * 18)] for _ in shape]
    names = tuple(tuple(f"s{k}" for k in range(18)) for _ in shape)
    game = NormalGame(("A", "B"), names, tuple(map(tuple, tables)), (1, 1))
    result = ask(game)
    assert result.status is Status.EXACT and result.verified


def test_more_corners_than_are_listed_are_left_out() -> None:
    result = ask(CHICKEN, budget=Budget(listed=3))
    assert result.coverage is Coverage.SOME and not corners(result)


# The checker


def test_the_checker_refuses_what_is_obeyed_but_not_best() -> None:
    """An equilibrium that is not the best, with the payoffs and the bound moved to fit it."""
    nash = Distribution("welfare-best", (((0, 1), F(1)),), (F(2), F(7)))
    best = the(ask(CHICKEN), "welfare-best")
    for bounds in ((), best.bounds, (best.bounds[0]._replace(value=F(9)),)):
        wrong = Distribution("welfare-best", nash.plays, nash.payoffs, bounds=bounds)
        assert not check(CHICKEN, wrong, coarse=False).verified
    assert check(CHICKEN, Distribution("corner", nash.plays, nash.payoffs), coarse=False).verified


def test_the_checker_refuses_a_mixture_as_a_corner_and_a_play_that_is_disobeyed() -> None:
    coin = Distribution("corner", (((0, 1), F(1, 2)), ((1, 0), F(1, 2))), (F(9, 2), F(9, 2)))
    verdict = check(CHICKEN, coin, coarse=False)
    assert verdict.largest_gain == 0 and not verdict.verified
    peace = Distribution("corner", (((0, 0), F(1)),), (F(6), F(6)))
    assert check(CHICKEN, peace, coarse=False).largest_gain == 1
