"""Pure equilibria of many players, by profiles and by counts, against the definition."""

from __future__ import annotations

from array import array
from fractions import Fraction as F
from itertools import product
from math import comb
from random import Random

import pytest

from alliance_games.algorithms import pure_equilibria
from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Game
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import CountPoint, Point, Tally
from alliance_games.solve import solve
from tests.contract.sample_games import anonymous, normal


def pure_nash(game: Game, budget: Budget | None = None) -> Result:
    result = solve(game, ["pure-nash"], budget).of("pure-nash")
    assert result is not None
    return result


def by_definition(game: NormalGame) -> list[tuple[tuple[int, ...], bool]]:
    """All pure equilibria, and whether each is strict, from payoffs one by one."""
    found = []
    for profile in game.profiles():
        gains = [
            game.payoff(player, (*profile[:player], own, *profile[player + 1 :]))
            - game.payoff(player, profile)
            for player, size in enumerate(game.shape)
            for own in range(size)
            if own != profile[player]
        ]
        if all(gain <= 0 for gain in gains):
            found.append((profile, all(gain < 0 for gain in gains)))
    return found


def expanded(game: AnonymousGame) -> NormalGame:
    """The same game with every profile written out."""

    def payoffs(profile: tuple[int, ...]) -> list[F]:
        counts = [profile.count(own) for own in range(len(game.strategies))]
        return [
            game.payoff(role, own, tuple(c - (s == own) for s, c in enumerate(counts)))
            for role, own in zip(game.roles, profile, strict=True)
        ]

    return NormalGame.from_payoffs(game.players, [game.strategies] * len(game.players), payoffs)


@pytest.mark.parametrize("seed", range(25))
def test_by_profiles(seed: int) -> None:
    random = Random(seed)
    shape = tuple(random.randint(1, 3) for _ in range(random.randint(1, 4)))
    game = normal(random, shape, 0, random.choice((1, 3, 20)))
    result = pure_nash(game)
    assert result.coverage is Coverage.ALL
    found = [(as_pure(point.profile), point.properties["strict"]) for point in result.solutions]
    assert found == by_definition(game)
    for point in result.solutions:
        dominated = any(
            game.payoffs(other) != point.payoffs
            and all(a >= b for a, b in zip(game.payoffs(other), point.payoffs, strict=True))
            for other in game.profiles()
        )
        assert point.properties["efficient"] is not dominated


@pytest.mark.parametrize("huge", [False, True], ids=["64 bits", "beyond 64 bits"])
def test_arrays_and_loops_agree(huge: bool) -> None:
    random = Random(2)
    game = normal(random, (4, 4, 4, 4, 4, 4), 0, 4)
    assert game.size == 4096
    if huge:
        tables = tuple(tuple(number << 70 for number in table) for table in game.numerators)
        game = NormalGame(game.players, game.strategies, tables, game.denominators)
    slow = pure_equilibria._in_python(game, lambda: None)
    fast = pure_equilibria._in_numpy(game, lambda: None)
    assert slow == fast and slow
    assert [point.profile for point in pure_nash(game).solutions]


@pytest.mark.parametrize(
    ("sizes", "strategies"), [((4,), 2), ((3,), 3), ((2, 2), 2), ((1, 1, 2), 2), ((2, 1), 3)]
)
@pytest.mark.parametrize("seed", range(6))
def test_by_counts(sizes: tuple[int, ...], strategies: int, seed: int) -> None:
    game = anonymous(Random(seed), sizes, strategies, seed % 3)
    result = pure_nash(game)
    full = by_definition(expanded(game))
    expected: dict[tuple, list[bool]] = {}
    for profile, strict in full:
        counts = tuple(
            tuple(
                sum(1 for r, own in zip(game.roles, profile, strict=True) if (r, own) == (role, s))
                for s in range(strategies)
            )
            for role in range(len(sizes))
        )
        expected.setdefault(counts, []).append(strict)
    assert {point.counts: point.profiles for point in result.solutions} == {
        counts: len(profiles) for counts, profiles in expected.items()
    }
    for point in result.solutions:
        assert set(expected[point.counts]) == {point.properties["strict"]}
    totals = [tuple(map(sum, zip(*point.counts, strict=True))) for point in result.solutions]
    assert totals == sorted(totals, reverse=True)
    tally = pure_nash(game, Budget(listed=1)).solutions[-1]
    if len(result.solutions) > 1:
        assert isinstance(tally, Tally) and tally.number == len(full)


def test_the_alliance_volunteers() -> None:
    """models.md m: of three allies exactly one acts; with a threshold of three of five, nobody or
    exactly three."""
    value, cost = 10, 3

    def threshold(players: int, needed: int) -> AnonymousGame:
        tables = tuple(
            tuple(
                (value if act + others[0] >= needed else 0) - cost * act
                for others in count_vectors(players - 1, 2)
            )
            for act in (1, 0)
        )
        names = tuple(map(str, range(players)))
        return AnonymousGame(names, ("Act", "Wait"), (0,) * players, (tables,), (10,))

    (volunteer,) = pure_nash(threshold(3, 1)).solutions
    assert isinstance(volunteer, CountPoint)
    assert (volunteer.counts, volunteer.profiles) == (((1, 2),), 3)
    assert volunteer.payoffs == ((F(7, 10), F(1)),)
    three, nobody = pure_nash(threshold(5, 3)).solutions
    assert (three.counts, three.profiles) == (((3, 2),), 10)
    assert (nobody.counts, nobody.profiles) == (((0, 5),), 1)
    many = pure_nash(threshold(1000, 400))
    assert [point.counts for point in many.solutions] == [((400, 600),), ((0, 1000),)]
    assert many.solutions[0].profiles == comb(1000, 400) and many.verified


def test_n_hunters() -> None:
    """models.md a2: all hunt the stag or all the rabbit, whatever number is needed."""
    for hunters, needed in product((3, 4, 6), (2, 3)):
        game = NormalGame.from_payoffs(
            [f"H{i}" for i in range(hunters)],
            [("Stag", "Rabbit")] * hunters,
            lambda profile, needed=needed: [
                3 if own else 4 * (profile.count(0) >= needed) for own in profile
            ],
        )
        # With fewer needed than there are, hunters beyond them still prefer the stag.
        found = {as_pure(point.profile) for point in pure_nash(game).solutions}
        assert found == {(0,) * hunters, (1,) * hunters}


def test_a_million_profiles() -> None:
    """Twenty players; the even ones want the first two to match, the odd ones the last two."""
    players = 20
    codes = range(2**players)  # the last player's strategy is the last bit
    first = array("q", [1 - ((code >> 19 ^ code >> 18) & 1) for code in codes])
    last = array("q", [1 - ((code >> 1 ^ code) & 1) for code in codes])
    names = tuple(map(str, range(players)))
    game = NormalGame(names, (("A", "B"),) * players, (first, last) * 10, (1,) * players)
    result = pure_nash(game, Budget(listed=5))
    *points, tally = result.solutions
    assert len(points) == 5 and isinstance(tally, Tally) and result.coverage is Coverage.SOME
    # Player 0 can make the first two match, player 19 the last two; nobody else changes her own.
    assert tally.number == 2**players // 4


def test_ranked_games_are_accepted() -> None:
    game = NormalGame(
        ("A", "B"), (("x", "y"),) * 2, ((3, 0, 2, 1), (3, 2, 0, 1)), (1, 1), ordinal=True
    )
    assert [as_pure(point.profile) for point in pure_nash(game).solutions] == [(0, 0), (1, 1)]


def test_one_is_enough_where_one_is_asked_for() -> None:
    game = normal(Random(0), (2, 2, 2), 0, 0)
    result = pure_nash(game, Budget(one=True))
    assert len(result.solutions) == 1 and result.coverage is Coverage.SOME
    assert isinstance(result.solutions[0], Point)
