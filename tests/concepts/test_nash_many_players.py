"""Equilibria of three players and more against closed forms, Newton's method and invariances."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from alliance_games.exact.algebraic import Algebraic
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import Point
from alliance_games.results.tree_solutions import Continuum
from alliance_games.solve import solve


def named(shape: tuple[int, ...], payoff) -> NormalGame:
    return NormalGame.from_payoffs(
        [f"P{i}" for i in range(len(shape))],
        [[f"s{k}" for k in range(size)] for size in shape],
        payoff,
    )


def random_game(shape: tuple[int, ...], seed: int, most: int = 100, times: int = 1) -> NormalGame:
    random = Random(seed)
    return named(shape, lambda profile: [random.randint(0, most) * times for _ in shape])


def nash(game: NormalGame, **budget) -> Result:
    (result,) = solve(game, ["nash"], Budget(**budget)).results
    assert result.verified
    return result


def volunteers(*costs: Fraction) -> NormalGame:
    """Models m3: one who acts (strategy 0) is enough for all."""

    def payoff(profile):
        done = 0 in profile
        return [1 - c if own == 0 else int(done) for own, c in zip(profile, costs, strict=True)]

    return named((2,) * len(costs), payoff)


def newton(game: NormalGame, random: np.random.Generator, starts: int) -> set[tuple]:
    """Equilibria found by Newton's method from random starts on every support, in floats."""
    players = range(len(game.players))
    tables = [np.array(game.array(i), dtype=float) for i in players]
    found = set()
    kinds = [
        [own for mask in range(1, 1 << n) if (own := [k for k in range(n) if mask >> k & 1])]
        for n in game.shape
    ]
    for supports in product(*kinds):
        for _ in range(starts if any(len(own) > 1 for own in supports) else 1):
            profile = _newton(tables, supports, random)
            if profile is not None:
                found.add(tuple(np.round(np.concatenate(profile), 6).tolist()))
    return found


def _replies(tables, profile, player):
    table = np.moveaxis(tables[player], player, 0)
    for other in reversed([i for i in range(len(profile)) if i != player]):
        table = table @ profile[other]
    return table


def _newton(tables, supports, random):
    profile = []
    for own, table in zip(supports, range(len(tables)), strict=True):
        mixed = np.zeros(tables[0].shape[table])
        mixed[own] = random.dirichlet(np.ones(len(own)))
        profile.append(mixed)
    places = [(i, k) for i, own in enumerate(supports) for k in own]

    def residual(x):
        mixes = [np.zeros(n) for n in tables[0].shape]
        for (i, k), value in zip(places, x, strict=True):
            mixes[i][k] = value
        rows = []
        for i, own in enumerate(supports):
            answer = _replies(tables, mixes, i)
            rows += [answer[k] - answer[own[0]] for k in own[1:]]
            rows.append(100 * (mixes[i].sum() - 1))
        return np.array(rows), mixes

    x = np.array([profile[i][k] for i, k in places])
    for _ in range(30):
        value, mixes = residual(x)
        if np.abs(value).max() < 1e-9:
            break
        if np.abs(x).max() > 1e3:
            return None
        slopes = np.array([(residual(x + e)[0] - value) / 1e-7 for e in np.eye(len(x)) * 1e-7]).T
        try:
            x = x - np.linalg.solve(slopes, value)
        except np.linalg.LinAlgError:
            return None
    value, mixes = residual(x)
    if np.abs(value).max() > 1e-8 or min(x) < 1e-9:
        return None
    for i, mixed in enumerate(mixes):
        answer = _replies(tables, mixes, i)
        if answer.max() > answer @ mixed + 1e-7:
            return None
    return mixes


def test_the_volunteers_dilemma_with_costs_of_their_own() -> None:
    costs = Fraction(1, 5), Fraction(3, 10), Fraction(2, 5)
    result = nash(volunteers(*costs))
    assert result.coverage is Coverage.ALL and result.status is Status.EXACT
    (mixed,) = [
        one for one in result.solutions if all(0 not in strategy for strategy in one.profile)
    ]
    root = Fraction(24, 1000)
    for strategy, cost in zip(mixed.profile, costs, strict=True):
        assert isinstance(strategy[1], Algebraic)
        assert strategy[1] ** 2 == root / cost**2  # models.md m3: sqrt(product) / own cost
    pure = [one for one in result.solutions if one.properties["pure"]]
    assert len(pure) == 3
    assert sum(one.properties["index"] for one in result.solutions) == 1


@pytest.mark.parametrize(
    ("shape", "seeds"), [((2, 2, 2), 12), ((3, 2, 2), 4), ((3, 3, 3), 1), ((2, 2, 2, 2), 2)]
)
def test_nothing_that_newtons_method_finds_is_missing(shape, seeds) -> None:
    for seed in range(seeds):
        game = random_game(shape, 100 + seed)
        result = nash(game)
        assert result.coverage is Coverage.ALL
        points = [one for one in result.solutions if isinstance(one, Point)]
        ours = {tuple(round(float(p), 6) for m in one.profile for p in m) for one in points}
        theirs = newton(game, np.random.default_rng(seed), 4 if len(shape) == 3 else 2)
        if len(points) == len(result.solutions):
            far = [one for one in theirs if min(_apart(one, own) for own in ours) > 1e-4]
            assert not far
        if all("index" in one.properties for one in result.solutions):
            assert sum(one.properties["index"] for one in result.solutions) == 1


def _apart(one, other) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("shape", [(2, 2, 2), (2, 2, 2, 2)])
def test_large_payoffs_change_nothing(shape) -> None:
    small, large = nash(random_game(shape, 4)), nash(random_game(shape, 4, times=10**12))
    assert [one.profile for one in small.solutions] == [one.profile for one in large.solutions]


def test_equal_payoffs_make_everything_an_equilibrium() -> None:
    result = nash(named((2, 2, 2), lambda profile: [0, 0, 0]))
    (one,) = result.solutions
    assert result.coverage is Coverage.ALL
    assert isinstance(one, Continuum) and one.dimension == 3
    assert len(one.points) == 8 and {family.hull for family in one.families} == {"strategies"}


def test_a_dummy_player_mixes_as_she_likes() -> None:
    stag = [[4, 0], [3, 3]]
    game = named((2, 2, 2), lambda p: [stag[p[0]][p[1]], stag[p[1]][p[0]], 0])
    result = nash(game)
    assert result.coverage is Coverage.ALL and len(result.solutions) == 3
    for one in result.solutions:
        assert isinstance(one, Continuum) and one.dimension == 1
        assert {point.profile[2] for point in one.points} == {(1, 0), (0, 1)}


def test_a_singular_equilibrium_is_found() -> None:
    """Others play s0 as often as P0 does, who is indifferent where (y - 1/2)(z - 1/2) = 0: the
    three equations meet in one point, with multiplicity two."""

    def payoff(p):
        even = 1 if p[1] == p[2] else -1
        second = (1 if p[2] == 1 else 0) if p[0] == 0 else (-1 if p[2] == 0 else 0)
        third = (1 if p[1] == 1 else 0) if p[0] == 0 else (-1 if p[1] == 0 else 0)
        return [even if p[0] == 0 else 0, third if p[2] == 0 else 0, second if p[1] == 0 else 0]

    game = named((2, 2, 2), lambda p: [payoff(p)[0], payoff(p)[2], payoff(p)[1]])
    result = nash(game)
    assert result.coverage is Coverage.ALL
    half = (Fraction(1, 2),) * 2
    (one,) = [o for o in result.solutions if isinstance(o, Point) and o.profile == (half,) * 3]
    assert "index" not in one.properties


def test_many_answers_survive_the_trip_through_json() -> None:
    from alliance_games.model.study import Case
    from alliance_games.results.codec import encode_case
    from alliance_games.results.decode import decode_case

    for game in (volunteers(*[Fraction(1, 3)] * 3), named((2, 2, 2), lambda p: [0, 0, 0])):
        result = nash(game)
        case = CaseAnswer(Case(None, {}, game), (result,), ())
        assert decode_case(encode_case(case), game).results == (result,)


def test_degree_beyond_the_exact_ones_is_told_within_a_distance() -> None:
    """Five players, all mixing: 44 complex solutions, of degree 44 as a rule."""
    seen = 0
    for seed in range(40):
        random = Random(seed)
        game = named(
            (2,) * 5,
            lambda p, random=random: [
                random.randint(0, 30) + 60 * (own != p[i - 1]) for i, own in enumerate(p)
            ],
        )
        result = nash(game)
        near = [one for one in result.solutions if "told within" in one.properties]
        if near:
            seen += 1
            assert result.status is Status.NUMERIC and result.tolerance is not None
            assert all(one.certificate.largest_gain < Fraction(1, 10**30) for one in near)
            break
    assert seen


def test_one_is_enough_in_large_games() -> None:
    result = nash(random_game((6, 6, 6), 5), one=True)
    assert result.coverage is Coverage.SOME and len(result.solutions) == 1
