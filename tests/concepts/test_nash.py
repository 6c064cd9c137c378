"""All equilibria of two players: oracles from other programs, closed forms, properties."""

from __future__ import annotations

import subprocess
import sys
import warnings
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Game
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import Component, Point
from alliance_games.solve import solve

PURE = {"pure": True, "strict": True, "quasi-strict": True, "index": 1}


def nash(game: Game, budget: Budget | None = None) -> Result:
    result = solve(game, ["nash"], budget).of("nash")
    assert result is not None
    return result


def symmetric(rows: list[list[F | int]]) -> NormalGame:
    """The 2x2 game in which both players have the row player's payoffs."""
    names = ("First", "Second")
    return NormalGame.from_matrices(
        rows, [list(column) for column in zip(*rows, strict=True)], ("A", "B"), (names, names)
    )


def by_profile(result: Result) -> dict[tuple, Point]:
    assert all(isinstance(solution, Point) for solution in result.solutions)
    return {solution.profile: solution for solution in result.solutions}


@pytest.mark.parametrize(("stag", "rabbit"), [(4, 3), (4, 1), (4, 2), (10, 3), (F(7, 2), F(1, 3))])
def test_stag_hunts_have_three_equilibria(stag, rabbit) -> None:
    """models.md a1: both pure ones, and Stag with probability (r - h) / (s - h), worth r."""
    found = by_profile(nash(symmetric([[stag, 0], [rabbit, rabbit]])))
    mixed = (F(rabbit, stag), 1 - F(rabbit, stag))
    assert set(found) == {((1, 0), (1, 0)), ((0, 1), (0, 1)), (mixed, mixed)}
    assert found[mixed, mixed].payoffs == (rabbit, rabbit)
    assert found[mixed, mixed].properties == {
        "pure": False,
        "strict": False,
        "quasi-strict": True,
        "index": -1,
        "symmetric": True,
        "efficient": False,
        "undominated": True,
    }
    both = {**PURE, "symmetric": True, "undominated": True}
    assert found[(1, 0), (1, 0)].properties == {**both, "efficient": True}
    assert found[(0, 1), (0, 1)].properties == {**both, "efficient": False}


def test_balancing_or_bandwagoning() -> None:
    """models.md b1 at its defaults: Balance with probability 23/54."""
    game = symmetric([[F(33, 7), F(13, 7)], [F(5, 2), F(7, 2)]])
    mixed = (F(23, 54), F(31, 54))
    assert set(by_profile(nash(game))) == {((1, 0), (1, 0)), ((0, 1), (0, 1)), (mixed, mixed)}


def test_the_alliance_dilemmas_have_one_equilibrium() -> None:
    """models.md e1 and e2: a dominant strategy, and in e2's bipolar scenario the other one."""
    formation = symmetric([[2, 4], [1, 3]])
    multipolar = symmetric([[-2, -5], [F(-3, 5), F(-18, 5)]])
    bipolar = symmetric([[F(2, 5), F(-1, 5)], [0, F(-3, 5)]])
    first, second = ((1, 0), (1, 0)), ((0, 1), (0, 1))
    for game, expected, efficient in (
        (formation, first, False),
        (multipolar, second, False),
        (bipolar, first, True),
    ):
        (point,) = nash(game).solutions
        assert point.profile == expected
        assert point.properties["efficient"] is efficient


def test_points_come_in_canonical_order() -> None:
    for seed in range(20):
        found = [*by_profile(nash(random_game(Random(seed), 4, 4, 10**6)))]
        assert found == sorted(found, reverse=True)


def random_game(random: Random, rows: int, columns: int, most: int = 99) -> NormalGame:
    matrices = [
        [[random.randint(0, most) for _ in range(columns)] for _ in range(rows)] for _ in range(2)
    ]
    return NormalGame.from_matrices(*matrices)


@pytest.mark.parametrize("seed", range(12))
def test_nashpy_and_quantecon_find_nothing_else(seed: int) -> None:
    np = pytest.importorskip("numpy")
    nashpy = pytest.importorskip("nashpy")
    quantecon = pytest.importorskip("quantecon.game_theory")
    random = Random(seed)
    game = random_game(random, random.randint(2, 4), random.randint(2, 4), 10**6)
    ours = [[np.array(mixed, dtype=float) for mixed in p] for p in by_profile(nash(game))]
    a, b = (np.array(game.matrix(player), dtype=float) for player in range(2))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = [*nashpy.Game(a, b).support_enumeration()]
        theirs += quantecon.vertex_enumeration(
            quantecon.NormalFormGame((quantecon.Player(a), quantecon.Player(b.T.copy())))
        )

    def same(pair, mine) -> bool:
        return all(np.allclose(x, y, atol=1e-9) for x, y in zip(pair, mine, strict=True))

    # Each of them misses some, which ones depends on the processor's floats; both miss none here.
    assert all(any(same(pair, mine) for mine in ours) for pair in theirs)
    assert all(any(same(pair, mine) for pair in theirs) for mine in ours)


@pytest.mark.parametrize("seed", range(10))
def test_the_indices_of_nondegenerate_games_sum_to_one(seed: int) -> None:
    found = nash(random_game(Random(seed), 5, 5, 10**6)).solutions
    assert sum(point.properties["index"] for point in found) == 1
    assert len(found) % 2 == 1
    assert all(point.properties["quasi-strict"] for point in found)


@pytest.mark.parametrize("seed", range(40))
def test_properties_by_definition(seed: int) -> None:
    """Games full of ties, where properties differ."""
    random = Random(seed)
    game = random_game(random, random.randint(2, 3), random.randint(2, 3), 2)
    for solution in nash(game).solutions:
        corners = solution.extreme_points if isinstance(solution, Component) else ()
        if isinstance(solution, Point):
            corners = (solution.profile,)
            better = [
                profile
                for profile in game.profiles()
                if all(p >= q for p, q in zip(game.payoffs(profile), solution.payoffs, strict=True))
                and game.payoffs(profile) != solution.payoffs
            ]
            assert solution.properties["efficient"] is (not better)
        undominated = all(
            not any(dominates(game, player, other, corner[player]) for other in grid(game, player))
            for corner in corners
            for player in range(2)
        )
        # A dominating mixture off the grid is not seen here, so this is one way only ...
        if solution.properties["undominated"]:
            assert undominated


def grid(game: NormalGame, player: int) -> list[tuple[F, ...]]:
    """Mixtures with probabilities in sixths."""
    size = game.shape[player]
    return [
        tuple(F(part, 6) for part in parts)
        for parts in product(range(7), repeat=size)
        if sum(parts) == 6
    ]


def dominates(game: NormalGame, player: int, first: tuple, second: tuple) -> bool:
    table = game.matrix(player)
    rows = table if player == 0 else [list(column) for column in zip(*table, strict=True)]
    gaps = [
        sum((p - q) * row[other] for p, q, row in zip(first, second, rows, strict=True))
        for other in range(len(rows[0]))
    ]
    return min(gaps) >= 0 and max(gaps) > 0


def test_a_strategy_dominated_by_a_mixture_alone() -> None:
    """... and here the only dominating strategies are mixtures: A's third, by half and half."""
    game = NormalGame.from_matrices([[4, 0, 1], [0, 4, 1], [2, 2, 1], [0, 0, 1]], [[0, 0, 1]] * 4)
    (component,) = nash(game).solutions
    assert isinstance(component, Component) and not component.properties["undominated"]
    # The same with the third strategy a little worse in one place: dominated by no pure strategy.
    game = NormalGame.from_matrices([[4, 0, 1], [0, 4, 1], [2, 1, 1]], [[0, 0, 1]] * 3)
    (component,) = nash(game).solutions
    assert (0, 0, 1) in {row for row, _ in component.extreme_points}
    assert not component.properties["undominated"]


def test_continua_come_as_components() -> None:
    """Row is indifferent; column answers: a path of three segments by hand."""
    game = NormalGame.from_matrices([[1, 1], [1, 1]], [[1, 0], [0, 1]])
    (component,) = nash(game).solutions
    assert isinstance(component, Component)
    half = (F(1, 2), F(1, 2))
    corners = {
        ((1, 0), (1, 0)), (half, (1, 0)), (half, (0, 1)), ((0, 1), (0, 1)),
    }  # fmt: skip
    assert set(component.extreme_points) == corners
    assert component.dimension == 1 and len(component.subsets) == 3
    assert component.properties == {
        "index": 1,
        "constant payoffs": False,
        "undominated": True,
    }


def test_everything_is_an_equilibrium_of_a_constant_game() -> None:
    (component,) = nash(NormalGame.from_matrices([[3] * 3] * 2, [[5] * 3] * 2)).solutions
    assert component.dimension == 3
    assert component.properties == {
        "index": 1,
        "constant payoffs": True,
        "efficient": True,
        "undominated": True,
    }
    assert set(component.payoffs) == {(3, 5)}


def test_one_equilibrium_is_some_and_says_so() -> None:
    result = nash(random_game(Random(3), 6, 6), Budget(one=True))
    assert len(result.solutions) == 1 and result.verified
    assert result.coverage is Coverage.SOME and "one equilibrium was asked for" in result.because


@pytest.mark.parametrize("end", [LimitReached, KeyboardInterrupt, MemoryError])
def test_an_early_end_keeps_the_equilibria_found(end: type[BaseException]) -> None:
    class Short(Budget):
        """A budget of so many ticks."""

        left = 0

        def tick(self) -> None:
            self.left -= 1
            if self.left < 0:
                raise end("the test has seen enough")

    game = random_game(Random(5), 5, 5)
    whole = {s.profile for s in nash(game).solutions}
    kept = set()
    for ticks in range(0, 200, 5):
        budget = Short()
        budget.left = ticks
        result = nash(game, budget)
        found = {s.profile for s in result.solutions}
        assert result.verified and found <= whole
        assert budget.interrupted is (end is KeyboardInterrupt and result.status is Status.STOPPED)
        if result.status is Status.STOPPED:
            assert result.coverage is (Coverage.SOME if found else Coverage.UNKNOWN)
            kept |= found
    assert kept


def test_a_single_player_is_sent_to_pure_nash() -> None:
    game = NormalGame.from_payoffs(["P"], [("a", "b")], lambda profile: [0])
    (refusal,) = solve(game, ["nash"]).refusals
    assert "pure-nash" in refusal.reason


def test_a_2x2_game_loads_no_heavy_library() -> None:
    code = """
import sys
from alliance_games.concepts import defaults
from alliance_games.model.normal import NormalGame
from alliance_games.solve import solve
for rows, columns in (([[4, 0], [3, 3]], [[4, 3], [0, 3]]), ([[1, 1], [0, 1]], [[1, 1], [1, 0]])):
    game = NormalGame.from_matrices(rows, columns)
    assert all(result.verified for result in solve(game, [*defaults(game), "pareto"]).results)
heavy = {"numpy", "flint", "highspy", "scipy", "sympy", "nashpy", "z3"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code], check=True)
