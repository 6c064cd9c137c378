"""Admissible, perfect and proper equilibria: the papers' examples, definitions on small games."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile, as_pure, support
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import Component, Point
from alliance_games.results.tree_solutions import Discarded
from alliance_games.solve import solve
from tests.contract.sample_games import normal


def answer(game: NormalGame, concept: str) -> Result:
    (result,) = solve(game, [concept]).results
    assert result.verified
    return result


def points(game: NormalGame, concept: str) -> list[tuple[int, ...] | None]:
    found = answer(game, concept).solutions
    return [as_pure(one.profile) for one in found if isinstance(one, Point)]


MYERSON = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]]
"""Myerson 1978, section 2: of three pure equilibria two are perfect and one is proper."""


def myerson() -> NormalGame:
    return NormalGame.from_matrices(MYERSON, MYERSON)


def test_myersons_game() -> None:
    assert points(myerson(), "nash") == [(0, 0), (1, 1), (2, 2)]
    assert points(myerson(), "perfect") == points(myerson(), "admissible") == [(0, 0), (1, 1)]
    assert points(myerson(), "proper") == [(0, 0)]
    (ruled_out,) = [
        one for one in answer(myerson(), "admissible").solutions if isinstance(one, Discarded)
    ]
    assert ruled_out.reason == "r3 of Row is weakly dominated by r2"


def test_without_the_third_strategy_one_is_perfect() -> None:
    game = NormalGame.from_matrices([[1, 0], [0, 0]], [[1, 0], [0, 0]])
    assert points(game, "perfect") == [(0, 0)]


def test_the_tremble_of_myersons_equilibrium_has_three_orders() -> None:
    (one,) = answer(myerson(), "proper").solutions
    assert isinstance(one, Point) and one.tremble is not None
    assert one.tremble.orders == ((0, 1, 2), (0, 1, 2))


def test_three_players_undominated_and_not_perfect() -> None:
    """Van Damme 1987, section 2.2: (2, 1, 1) uses no dominated strategy and is not perfect."""
    payoffs = {
        (0, 0, 0): (1, 1, 1), (0, 1, 0): (1, 0, 1), (1, 0, 0): (1, 1, 1), (1, 1, 0): (0, 0, 1),
        (0, 0, 1): (1, 1, 0), (0, 1, 1): (0, 0, 0), (1, 0, 1): (0, 1, 0), (1, 1, 1): (1, 0, 0),
    }  # fmt: skip
    names = (("a", "b"),) * 3
    game = NormalGame.from_payoffs("ABC", names, lambda profile: payoffs[profile])
    result = answer(game, "perfect")
    assert points(game, "perfect") == [(0, 0, 0)] and result.coverage is Coverage.SOME
    (continuum, *_) = answer(game, "admissible").solutions
    assert (1, 0, 0) in [as_pure(point.profile) for point in continuum.points]


def test_a_continuum_is_cut_to_its_perfect_faces() -> None:
    """The entrant's threat: Out, with any mixture that keeps her out, is a continuum; fighting is
    dominated, so nothing of it is left (Selten 1978)."""
    game = NormalGame.from_matrices([[1, 1], [2, 0]], [[5, 5], [2, 1]])
    assert any(isinstance(one, Component) for one in answer(game, "nash").solutions)
    result = answer(game, "perfect")
    assert result.coverage is Coverage.ALL
    assert [as_pure(one.profile) for one in result.solutions if isinstance(one, Point)] == [(1, 0)]
    (gone,) = [one for one in result.solutions if isinstance(one, Discarded)]
    assert gone.reason == "each of its points uses a strategy that is weakly dominated"


def payoff(game: NormalGame, player: int, own: int, other: list[Fraction]) -> Fraction:
    """What a player of two gets from a pure strategy."""
    cells = ((own, j) if player == 0 else (j, own) for j in range(len(other)))
    values = (game.payoff(player, cell) for cell in cells)
    return sum((p * v for p, v in zip(other, values, strict=True)), Fraction(0))


E = Fraction(1, 10**6)


def epsilon_proper(game: NormalGame, profile: Profile) -> bool:
    """Whether completely mixed strategies with powers of a small number, all orders of them tried,
    put each player's strategies in the order of their payoffs."""
    sides = []
    for mixed in profile:
        outside = [own for own, p in enumerate(mixed) if not p]
        options = []
        for orders in product(range(1, len(outside) + 1), repeat=len(outside)):
            strategy = list(mixed)
            for own, order in zip(outside, orders, strict=True):
                strategy[own] = E**order
            options.append((strategy, dict(zip(outside, orders, strict=True))))
        sides.append(options)
    for (x, of_x), (y, of_y) in product(*sides):
        if ordered(game, 0, y, of_x) and ordered(game, 1, x, of_y):
            return True
    return False


def ordered(game: NormalGame, player: int, other: list[Fraction], orders: dict[int, int]) -> bool:
    worth = [payoff(game, player, own, other) for own in range(game.shape[player])]
    return all(
        orders.get(better, 0) < orders.get(worse, 0)
        for better, worse in product(range(len(worth)), repeat=2)
        if worth[better] > worth[worse]
    )


@pytest.mark.parametrize("seed", range(40))
def test_what_a_grid_of_trembles_bears_out_is_proper(seed: int) -> None:
    """Pure equilibria: those that equal weights already bear out must be among the proper ones."""
    random = Random(seed)
    game = normal(random, random.choice([(2, 2), (3, 3), (3, 2)]), 0, random.choice((1, 2)))
    proper = answer(game, "proper")
    perfect = answer(game, "perfect")
    corners = [
        profile
        for one in perfect.solutions
        for profile in (
            [one.profile]
            if isinstance(one, Point)
            else one.extreme_points
            if isinstance(one, Component)
            else []
        )
    ]
    found = [one.profile for one in proper.solutions if isinstance(one, Point)]
    assert found and set(found) <= set(corners)  # every game has a proper equilibrium
    for profile in corners:
        if as_pure(profile) is not None and epsilon_proper(game, profile):
            assert profile in found


def dominated(game: NormalGame, player: int, used: tuple[int, ...]) -> bool:
    """By a grid of mixtures: whether an even mixture of ``used`` is weakly dominated by one of a
    tenth each."""
    size, others = game.shape[player], game.shape[1 - player]
    rows = [
        [
            payoff(game, player, own, [Fraction(j == k) for k in range(others)])
            for j in range(others)
        ]
        for own in range(size)
    ]
    now = [sum((rows[own][j] for own in used), Fraction(0)) / len(used) for j in range(others)]
    for parts in product(range(11), repeat=size):
        if sum(parts) == 10:
            then = [sum(parts[i] * rows[i][j] for i in range(size)) / 10 for j in range(others)]
            if then != now and all(a >= b for a, b in zip(then, now, strict=True)):
                return True
    return False


@pytest.mark.parametrize("seed", range(30))
def test_admissible_by_a_grid_of_mixtures(seed: int) -> None:
    random = Random(100 + seed)
    game = normal(random, random.choice([(2, 2), (3, 3), (2, 3)]), 0, random.choice((1, 2)))
    result = answer(game, "admissible")
    for one in result.solutions:
        if isinstance(one, Point):
            assert not any(dominated(game, i, support(x)) for i, x in enumerate(one.profile))
        if isinstance(one, Component):
            for profile in one.extreme_points:
                assert not any(dominated(game, i, support(x)) for i, x in enumerate(profile))
    left = {
        profile
        for one in result.solutions
        if isinstance(one, Point | Component)
        for profile in ([one.profile] if isinstance(one, Point) else one.extreme_points)
    }
    for one in answer(game, "nash").solutions:
        assert isinstance(one, Point | Component)
        for profile in [one.profile] if isinstance(one, Point) else one.extreme_points:
            clean = not any(dominated(game, i, support(x)) for i, x in enumerate(profile))
            assert clean == (profile in left)


def test_regular_equilibria_of_three_players_are_perfect() -> None:
    """Two of three must pay; the mixed equilibria are regular, the one where nobody pays strict."""

    def payoff(profile: tuple[int, ...]) -> list[int]:
        served = sum(own == 0 for own in profile) >= 2
        return [5 * served - (own == 0) for own in profile]

    game = NormalGame.from_payoffs("ABC", (("Pay", "Free"),) * 3, payoff)
    result = answer(game, "perfect")
    assert result.coverage is Coverage.ALL
    trembling = [one for one in result.solutions if isinstance(one, Point) and one.tremble]
    by_theorem = [one for one in result.solutions if isinstance(one, Point) and not one.tremble]
    assert {as_pure(one.profile) for one in trembling} >= {(0, 0, 1), (0, 1, 0), (1, 0, 0)}
    for one in by_theorem:
        assert one.certificate is not None and "regular" in one.certificate.claim


def test_an_irrational_equilibrium_of_three_strategies_each_is_admissible() -> None:
    """Where each plays a with probability p, a gives 2p + p^2, b 2 - 2p and c 1: all mixing a and b
    with p = sqrt(6) - 2 is an equilibrium, and a, b and c are each best against something."""
    gains = {0: (0, 2, 1), 1: (1, 1, 1), 2: (3, 0, 1)}

    def payoff(profile: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(
            gains[sum(other == 0 for k, other in enumerate(profile) if k != player)][own]
            for player, own in enumerate(profile)
        )

    game = NormalGame.from_payoffs("ABC", [("a", "b", "c")] * 3, payoff)
    mixed = [one.profile for one in answer(game, "admissible").solutions if isinstance(one, Point)]
    assert any(
        all(not c and abs(float(a) - (6**0.5 - 2)) < 1e-12 for a, _, c in profile)
        for profile in mixed
    )


def test_only_pure_equilibria_of_anonymous_games_are_decided() -> None:
    from alliance_games.model.anonymous import AnonymousGame

    helps = [[1] * 3, [0, 2, 2]]
    game = AnonymousGame(("A", "B", "C"), ("Help", "Hide"), (0, 0, 0), (tuple(helps),), (1,))
    (result,) = solve(game, ["admissible"]).results
    assert result.coverage is Coverage.SOME and "mixed ones were not looked for" in result.because
