"""Cooperative games against the definitions, closed forms and published numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from math import comb, factorial
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from alliance_games.model.coalitional import CoalitionalGame, Vote, members
from alliance_games.results.budget import Budget
from alliance_games.results.result import Coverage, Status
from alliance_games.solve import solve

F = Fraction


def names(players: int) -> tuple[str, ...]:
    return tuple(f"P{player}" for player in range(players))


def game(players: int, worth, blocs=()) -> CoalitionalGame:
    """``worth`` of the members as a set."""
    worths = [worth(set(members(one))) if one else 0 for one in range(1 << players)]
    return CoalitionalGame.from_worths(names(players), worths, blocs)


def vote(weights, quota, blocs=(), strict=False) -> CoalitionalGame:
    rule = Vote(tuple(map(Fraction, weights)), Fraction(quota), strict)
    return CoalitionalGame.from_vote(names(len(weights)), rule, blocs)


def random_game(random: Random, players: int, blocs=()) -> CoalitionalGame:
    return game(players, lambda _: Fraction(random.randint(-4, 20), random.randint(1, 3)), blocs)


def answer(of: CoalitionalGame, concept: str):
    (result,) = solve(of, [concept]).results
    assert result.status is Status.EXACT and result.verified
    (one,) = result.solutions
    return one


def shares(of: CoalitionalGame, concept: str) -> list[Fraction]:
    return list(answer(of, concept).shares.values())


# Values by their definitions


def over_orders(of: CoalitionalGame, orders) -> list[Fraction]:
    """The average contribution over some orders of the players."""
    orders = list(orders)
    total = [F(0)] * len(of.players)
    for order in orders:
        before = 0
        for player in order:
            total[player] += of.worth(before | 1 << player) - of.worth(before)
            before |= 1 << player
    return [one / len(orders) for one in total]


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5, 6])
def test_shapley_value_is_the_average_over_all_orders(players: int) -> None:
    random = Random(players)
    for _ in range(3):
        one = random_game(random, players)
        assert shares(one, "shapley-value") == over_orders(one, permutations(range(players)))


@pytest.mark.parametrize("blocs", [((0, 1), (2, 3)), ((0, 3, 4), (1,), (2,)), ((0, 1, 2, 3, 4),)])
def test_owen_value_is_the_average_over_orders_that_keep_blocs_whole(blocs) -> None:
    players = sum(map(len, blocs))

    def whole(order) -> bool:
        places = {player: place for place, player in enumerate(order)}
        return all(
            max(places[p] for p in bloc) - min(places[p] for p in bloc) == len(bloc) - 1
            for bloc in blocs
        )

    random = Random(9)
    for _ in range(3):
        one = random_game(random, players, blocs)
        orders = filter(whole, permutations(range(players)))
        assert shares(one, "owen-value") == over_orders(one, orders)


def test_blocs_of_one_or_of_all_leave_the_shapley_value() -> None:
    random = Random(4)
    one = random_game(random, 4, ((0,), (1,), (2,), (3,)))
    assert shares(one, "owen-value") == shares(one, "shapley-value")
    one = random_game(random, 4, ((0, 1, 2, 3),))
    assert shares(one, "owen-value") == shares(one, "shapley-value")


# Power: known indices


def test_the_security_council() -> None:
    """Shapley and Shubik 1954 for eleven members; for fifteen: 421/2145 and 4/2145."""
    council = vote([7] * 5 + [1] * 10, 39)
    assert shares(council, "shapley-shubik") == [F(421, 2145)] * 5 + [F(4, 2145)] * 10
    old = vote([5] * 5 + [1] * 6, 27)
    # A member without a veto decides as the seventh, after the five and one of the other five.
    small = F(comb(5, 1) * factorial(6) * factorial(4), factorial(11))
    assert shares(old, "shapley-shubik") == [(1 - 6 * small) / 5] * 5 + [small] * 6
    roles = answer(council, "veto-and-dummy")
    assert roles.veto == council.players[:5] and not roles.dummies
    core = answer(council, "core")
    assert core.dimension == 4 and len(core.extreme_points) == 5


def test_the_council_of_the_six() -> None:
    """Council of Ministers 1958-1972, [12; 4, 4, 4, 2, 2, 1]: Luxembourg has no power."""
    six = vote([4, 4, 4, 2, 2, 1], 12)
    assert shares(six, "shapley-shubik") == [F(7, 30)] * 3 + [F(3, 20)] * 2 + [F(0)]
    power = answer(six, "banzhaf")
    assert list(power.normalised.values()) == [F(5, 21)] * 3 + [F(1, 7)] * 2 + [F(0)]
    assert list(power.swings.values()) == [10] * 3 + [6] * 2 + [0]
    assert answer(six, "veto-and-dummy").null == ("P5",)


@pytest.mark.parametrize(
    ("weights", "quota", "index", "banzhaf"),
    [
        ([50, 49, 1], 51, [F(2, 3), F(1, 6), F(1, 6)], [F(3, 5), F(1, 5), F(1, 5)]),
        ([40, 35, 25], 51, [F(1, 3)] * 3, [F(1, 3)] * 3),
        ([10, 6, 4, 2], 9, [F(2, 3), F(1, 6), F(1, 6), F(0)], None),
        ([10, 6, 4, 2], 11, [F(1, 2), F(1, 6), F(1, 6), F(1, 6)], None),
        ([10, 6, 4, 2], 13, [F(2, 3), F(1, 6), F(1, 6), F(0)], None),
        ([10, 6, 4, 2], 17, [F(5, 12), F(5, 12), F(1, 12), F(1, 12)], None),
        ([10, 6, 4, 2], 21, [F(1, 4)] * 4, None),
    ],
)
def test_small_votes(weights, quota, index, banzhaf) -> None:
    one = vote(weights, quota)
    assert shares(one, "shapley-shubik") == index
    if banzhaf:
        assert list(answer(one, "banzhaf").normalised.values()) == banzhaf


def test_large_votes_are_counted_as_small_ones_are() -> None:
    """Twenty voters, three of weight one and the rest of none: as three voters."""
    large = vote([0] * 17 + [1, 1, 1], 2)
    assert not large.is_tabled
    assert shares(large, "shapley-shubik") == [F(0)] * 17 + [F(1, 3)] * 3
    power = answer(large, "banzhaf")
    assert list(power.raw.values())[-3:] == [F(1, 2)] * 3
    assert answer(large, "veto-and-dummy").dummies == large.players[:17]


def test_large_votes_against_every_coalition() -> None:
    random = Random(8)
    for _ in range(4):
        weights = [random.randint(0, 9) for _ in range(17)]
        quota = random.randint(1, sum(weights))
        one = vote(weights, quota)
        totals = np.zeros(1, dtype=np.int64)
        for weight in weights:
            totals = np.concatenate([totals, totals + weight])
        wins = totals >= quota
        sizes = np.array([number.bit_count() for number in range(1 << 17)])
        orders, swings = [], []
        for player in range(17):
            without = (np.arange(1 << 17) >> player & 1) == 0
            here = without & ~wins
            here[here] = wins[np.flatnonzero(here) | 1 << player]
            swings.append(int(here.sum()))
            by_size = np.bincount(sizes[here], minlength=17)
            orders.append(
                sum(int(k) * factorial(s) * factorial(16 - s) for s, k in enumerate(by_size))
            )
        assert shares(one, "shapley-shubik") == [F(one, factorial(17)) for one in orders]
        assert list(answer(one, "banzhaf").swings.values()) == swings


def test_equal_votes_are_equal_power_in_any_number() -> None:
    one = vote([1] * 101, 51)
    assert shares(one, "shapley-shubik") == [F(1, 101)] * 101
    swings = answer(one, "banzhaf").swings
    assert set(swings.values()) == {comb(100, 50)}


def test_a_count_that_would_not_fit_is_refused() -> None:
    one = vote([10**9 + place for place in range(40)], 2 * 10**10)
    (result,) = solve(one, ["shapley-shubik"], Budget()).results
    assert result.status is Status.STOPPED and "weights add up to" in result.because


# Cores


def is_in_core(of: CoalitionalGame, division) -> bool:
    return sum(division) == of.worth(of.everybody) and all(
        sum((division[i] for i in members(one)), F(0)) >= of.worth(one)
        for one in range(1, of.everybody)
    )


def least_excess(of: CoalitionalGame) -> float:
    """By scipy, over all coalitions at once."""
    players = len(of.players)
    every = range(1, of.everybody)
    rows = [[-(one >> i & 1) for i in range(players)] + [-1] for one in every]
    bounds = [-float(of.worth(one)) for one in every]
    found = linprog(
        [0] * players + [1],
        A_ub=rows,
        b_ub=bounds,
        A_eq=[[1] * players + [0]],
        b_eq=[float(of.worth(of.everybody))],
        bounds=[(None, None)] * (players + 1),
    )
    return found.fun


@pytest.mark.parametrize("players", [2, 3, 4, 5, 6, 7])
def test_core_and_least_core_against_scipy(players: int) -> None:
    random = Random(30 + players)
    empty = 0
    for extra in (0, 0, 10, 25, 60):
        one = random_game(random, players)
        worths = [*one.numerators[:-1], one.numerators[-1] + extra * one.denominator]
        one = CoalitionalGame(one.players, tuple(worths), one.denominator)
        least = answer(one, "least-core")
        assert abs(least_excess(one) - float(least.concession)) < 1e-7
        core = answer(one, "core")
        assert core.is_something == (least.concession <= 0)
        empty += not core.is_something
        if core.is_something:
            points = [list(point.values()) for point in core.extreme_points]
            assert all(is_in_core(one, point) for point in points)
            assert is_in_core(one, list(core.inner.values()))
    assert 0 < empty < 5


def extreme_points(of: CoalitionalGame) -> set[tuple[Fraction, ...]]:
    """Every division at which enough independent coalitions get just their worth, if all do."""
    from alliance_games.exact.linear import solve as solve_linear

    players = len(of.players)
    found = set()
    for chosen in combinations(range(1, of.everybody), players - 1):
        coalitions = [of.everybody, *chosen]
        rows = [[one >> i & 1 for i in range(players)] for one in coalitions]
        answer = solve_linear(rows, [of.numerators[one] for one in coalitions])
        if answer is not None:
            point = tuple(F(x, answer[0] * of.denominator) for x in answer[1][0])
            if is_in_core(of, point):
                found.add(point)
    return found


def test_extreme_points_by_definition() -> None:
    random = Random(2)
    several = 0
    for players, rounds in ((2, 4), (3, 10), (4, 8)):
        for _ in range(rounds):
            one = random_game(random, players)
            high = one.numerators[-1] + random.randint(0, 40) * one.denominator
            one = CoalitionalGame(one.players, (*one.numerators[:-1], high), one.denominator)
            core = answer(one, "core")
            points = getattr(core, "extreme_points", ())
            assert {tuple(point.values()) for point in points} == extreme_points(one)
            several += len(points) > 1
    assert several > 5


def test_a_convex_game_has_the_marginal_vectors_for_extreme_points() -> None:
    """Shapley 1971, theorem 3: one for each order; five states with joint power squared."""
    power = (5, 3, 2, 7, 11)
    one = game(5, lambda who: sum(power[i] for i in who) ** 2)
    core = answer(one, "core")
    found = {tuple(point.values()) for point in core.extreme_points}
    assert found == {tuple(over_orders(one, [order])) for order in permutations(range(5))}
    assert len(found) == 120 and core.dimension == 4
    assert shares(one, "shapley-value") == [mine * sum(power) for mine in power]
    convexity = answer(one, "convexity")
    assert convexity.convex and convexity.strictly


def test_a_core_with_too_many_extreme_points_has_a_point_and_a_dimension() -> None:
    power = (5, 3, 2, 7, 11, 4, 6)
    one = game(7, lambda who: sum(power[i] for i in who) ** 2)
    (result,) = solve(one, ["core"]).results
    (core,) = result.solutions
    assert result.coverage is Coverage.SOME and not core.listed and not core.extreme_points
    assert core.dimension == 6 and is_in_core(one, list(core.inner.values()))


def test_decreasing_returns_have_no_core() -> None:
    """Twice the power is worth less than twice as much: 9, 12, 14 for one, two, three of three."""
    one = game(3, lambda who: [9, 12, 14][len(who) - 1])
    core = answer(one, "core")
    assert not core.is_something and core.worth > core.available == 14
    assert not answer(one, "superadditivity").superadditive


def test_three_blocs() -> None:
    one = game(3, lambda who: 6 if len(who) >= 2 else 0)
    core = answer(one, "core")
    assert not core.is_something and core.worth == 9
    assert shares(one, "shapley-value") == shares(one, "nucleolus") == [2, 2, 2]
    assert answer(one, "least-core").concession == 2


# The nucleolus


def bankruptcy(claims, estate) -> CoalitionalGame:
    """What is left for a coalition when the others are paid in full (O'Neill 1982)."""
    return game(
        len(claims),
        lambda who: max(F(estate) - sum(c for i, c in enumerate(claims) if i not in who), F(0)),
    )


def talmud(claims, estate) -> list[Fraction]:
    """Equal awards up to half the claims, equal losses above (Aumann and Maschler 1985)."""
    half = [F(claim, 2) for claim in claims]
    if estate <= sum(half):
        return equal_awards(half, F(estate))
    return [
        c - loss
        for c, loss in zip(claims, equal_awards(half, F(sum(claims) - estate)), strict=True)
    ]


def equal_awards(claims, estate) -> list[Fraction]:
    awards = [F(0)] * len(claims)
    open_ = sorted(range(len(claims)), key=lambda i: claims[i])
    while open_:
        each = estate / len(open_)
        first = open_[0]
        if claims[first] > each:
            for i in open_:
                awards[i] = each
            break
        awards[first] = claims[first]
        estate -= claims[first]
        open_.pop(0)
    return awards


@pytest.mark.parametrize(
    ("claims", "estate", "known"),
    [
        ((100, 200, 300), 100, [F(100, 3)] * 3),
        ((100, 200, 300), 200, [50, 75, 75]),
        ((100, 200, 300), 300, [50, 100, 150]),
        ((3, 5, 8, 13, 21), 17, None),
        ((3, 5, 8, 13, 21), 40, None),
        ((1, 1, 2, 3, 5, 8), 11, None),
        ((4, 7, 7, 10, 12, 15, 20), 41, None),
    ],
)
def test_the_nucleolus_of_a_bankruptcy_is_the_talmuds(claims, estate, known) -> None:
    found = shares(bankruptcy(claims, estate), "nucleolus")
    assert found == talmud(claims, estate)
    assert known is None or found == known


@pytest.mark.parametrize("costs", [(1, 2), (2, 3, 7), (1, 1, 4, 6), (2, 3, 5, 8, 13, 14)])
def test_airport_games(costs) -> None:
    """Littlechild and Owen 1973 for the Shapley value, Littlechild 1974 for the nucleolus."""
    one = game(len(costs), lambda who: -max(costs[i] for i in who))
    players = len(costs)
    steps = [b - a for a, b in zip((0, *costs), costs, strict=False)]
    right = [
        -sum(F(steps[step], players - step) for step in range(player + 1))
        for player in range(players)
    ]
    assert shares(one, "shapley-value") == right
    paid: list[Fraction] = []
    for player in range(players):
        rest = [costs[k] - sum(paid) for k in range(players)]
        offers = [F(rest[k], k - player + 2) for k in range(player, players - 1)]
        paid.append(min([*offers, F(rest[-1], players - player)]))
    assert [-share for share in shares(one, "nucleolus")] == paid


def by_programs(of: CoalitionalGame, rational: bool) -> list[float]:
    """The nucleolus by programs over all coalitions at once: a coalition is settled where no
    division as good gives it more."""
    players = len(of.players)
    open_ = set(range(1, of.everybody))
    equal = [([1.0] * players + [0.0], float(of.worth(of.everybody)))]
    lows = [float(of.worth(1 << i)) if rational else None for i in range(players)]
    bounds = [(low, None) for low in lows] + [(None, None)]

    def row(one: int, last: float) -> list[float]:
        return [float(-(one >> i & 1)) for i in range(players)] + [last]

    def run(objective, less):
        return linprog(
            objective,
            A_ub=[r for r, _ in less] or None,
            b_ub=[b for _, b in less] or None,
            A_eq=[r for r, _ in equal],
            b_eq=[b for _, b in equal],
            bounds=bounds,
        )

    while open_:
        less = [(row(one, -1.0), -float(of.worth(one))) for one in sorted(open_)]
        best = run([0.0] * players + [1.0], less)
        level = best.fun
        at = [(row(one, 0.0), level + 1e-9 - float(of.worth(one))) for one in sorted(open_)]
        settled = []
        for one in sorted(open_):
            most = run(row(one, 0.0), at)
            if float(of.worth(one)) + most.fun > level - 1e-7:
                settled.append(one)
        assert settled
        for one in settled:
            open_.discard(one)
            equal.append(([-x for x in row(one, 0.0)[:-1]] + [0.0], float(of.worth(one)) - level))
    matrix = np.array([r[:-1] for r, _ in equal])
    return list(np.linalg.lstsq(matrix, np.array([b for _, b in equal]), rcond=None)[0])


@pytest.mark.parametrize("players", [2, 3, 4])
def test_the_nucleolus_by_programs(players: int) -> None:
    random = Random(70 + players)
    among = set()
    for extra in (None, None, 0, 0, 1, 10):
        one = random_game(random, players)
        if extra is not None:
            # At least what all are worth alone: often somebody is then held at just that.
            alone = sum(one.numerators[1 << i] for i in range(players))
            whole = alone + extra * one.denominator
            one = CoalitionalGame(one.players, (*one.numerators[:-1], whole), one.denominator)
        found = answer(one, "nucleolus")
        among.add(found.of)
        right = by_programs(one, found.of == "nucleolus")
        assert np.allclose([float(x) for x in found.shares.values()], right, atol=1e-6)
    assert "nucleolus" in among


def test_where_nobody_can_be_given_what_she_is_worth_alone() -> None:
    one = game(2, lambda who: [F(3), F(4)][len(who) - 1])
    (result,) = solve(one, ["nucleolus"]).results
    assert result.solutions[0].of == "prenucleolus" and result.notes
    assert shares(one, "nucleolus") == [2, 2]


# Properties


def test_properties_by_definition() -> None:
    random = Random(6)
    seen = set()
    kinds = [
        lambda who: len(who) ** 2,
        lambda who: len(who),
        lambda who: min(len(who), 2),
        lambda who: 5 - len(who),
        lambda who: -len(who),
        lambda who: int(len(who) >= 2),
        lambda _: random.randint(0, 3),
        lambda who: len(who) ** 3 + random.randint(0, 4),
    ]
    for worth in kinds:
        for players in (2, 3, 4):
            one = game(players, worth)
            every = range(1 << players)
            pairs = [(a, b) for a in every for b in every]
            v = one.worth
            convex = all(v(a) + v(b) <= v(a | b) + v(a & b) for a, b in pairs)
            superadditive = all(v(a) + v(b) <= v(a | b) for a, b in pairs if not a & b)
            monotonic = all(v(a) <= v(b) for a, b in pairs if a & b == a)
            found = answer(one, "superadditivity")
            assert (found.superadditive, found.monotonic) == (superadditive, monotonic)
            assert answer(one, "convexity").convex == convex
            seen.add((convex, superadditive, monotonic))
    assert len(seen) >= 4


def test_who_wins() -> None:
    """Of five equal votes a majority is strong, of four it is not; a third is not proper."""
    assert answer(vote([1] * 5, 3), "simple-game").strong
    four = answer(vote([1] * 4, 3), "simple-game")
    assert four.proper and not four.strong and four.number == 4
    third = answer(vote([1] * 3, 1), "simple-game")
    assert not third.proper and third.strong


def test_a_dictator() -> None:
    for one in (vote([3, 1, 1], 3), vote([30, *[1] * 20], 25)):
        roles = answer(one, "veto-and-dummy")
        assert roles.dictator == "P0" and roles.veto == ("P0",)
        assert roles.null == one.players[1:]
        assert roles.dummies == one.players and not roles.essential


@pytest.mark.parametrize(
    ("power", "essential"),
    [
        ((120, 100, 80), [0, 1, 2]),
        ((100, 90, 80, 30), [0, 1, 2]),
        ((110, 70, 60, 60), [0, 1, 2, 3]),
    ],
)
def test_states_essential_to_a_balance_of_power(power, essential) -> None:
    """Niou and Ordeshook 1986: who turns some losing coalition of resources into a majority."""
    one = vote(power, F(sum(power), 2), strict=True)
    expected = tuple(one.players[i] for i in essential)
    assert answer(one, "veto-and-dummy").essential == expected
    if len(power) == 4 and len(essential) == 4:
        assert shares(one, "shapley-shubik") == [F(1, 2), F(1, 6), F(1, 6), F(1, 6)]
