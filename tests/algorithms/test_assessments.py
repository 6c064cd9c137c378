"""Every equilibrium found against the definitions, and every one on a grid among those found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from alliance_games.algorithms.assessments import Search
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.tree_builder import Move, Terminal, build
from alliance_games.results.tree_solutions import Assessment, Continuum
from tests.algorithms.assessments_by_definition import (
    Choices,
    bayes_or_grid,
    both_unsure,
    crossed,
    grid,
    in_one_of,
    is_rational,
    limit_of_trembles,
    linked,
    moves_twice,
    probability,
    signalling,
    three_in_turn,
    two_watchers,
)

SHAPES: list[Callable[[Random], ExtensiveGame]] = [
    signalling,
    lambda random: signalling(random, most=1),
    three_in_turn,
    lambda random: three_in_turn(random, most=1),
    two_watchers,
    moves_twice,
    lambda random: moves_twice(random, most=1),
]
GAMES = [shape(Random(seed)) for shape in SHAPES for seed in range(6)]


def nothing() -> None:
    """No limit."""


def found(game: ExtensiveGame, sequential: bool) -> list[Assessment | Continuum]:
    search = Search(game, sequential)
    search.run(nothing)
    assert not search.undecided
    return search.joined()


def assessments(solutions: list[Assessment | Continuum]) -> list[Assessment]:
    return [
        point
        for solution in solutions
        for point in (solution.points if isinstance(solution, Continuum) else (solution,))
    ]


@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
@pytest.mark.parametrize("sequential", [True, False], ids=["sequential", "weak"])
def test_every_equilibrium_found_is_one(game: ExtensiveGame, sequential: bool) -> None:
    solutions = found(game, sequential)
    assert solutions
    for one in assessments(solutions):
        assert is_rational(game, one.choices, one.beliefs)
        if sequential:
            assert one.tremble is not None
            orders = [each or () for each in one.tremble.orders]
            weights = [each or () for each in one.tremble.weights]
            assert limit_of_trembles(game, orders, weights) == (one.choices, one.beliefs)
        assert by_bayes(game, one)


def by_bayes(game: ExtensiveGame, one: Assessment) -> bool:
    """Whether beliefs follow Bayes' rule where play comes."""
    for h, belief in enumerate(one.beliefs):
        if belief is not None:
            reached = [probability(game, x, one.choices) for x in game.nodes_of[h]]
            if (total := sum(reached)) and belief != tuple(p / total for p in reached):
                return False
    return True


def behaviours(game: ExtensiveGame, steps: int) -> Iterable[Choices]:
    """Every behaviour on a grid."""
    options = [
        [None] if each.player == CHANCE else list(grid(len(each.actions), steps))
        for each in game.sets
    ]
    return product(*options)


@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
def test_every_weak_equilibrium_on_a_grid_is_found(game: ExtensiveGame) -> None:
    solutions = found(game, sequential=False)
    for choices in behaviours(game, 2):
        for beliefs in bayes_or_grid(game, choices, 2):
            if is_rational(game, choices, beliefs):
                assert in_one_of(solutions, choices, beliefs), (choices, beliefs)


@pytest.mark.parametrize(
    "shape", [*SHAPES, linked, crossed, both_unsure], ids=range(len(SHAPES) + 3)
)
def test_every_limit_of_trembles_that_is_rational_is_found(
    shape: Callable[[Random], ExtensiveGame],
) -> None:
    random = Random(5)
    met = 0
    for seed in range(8):
        game = shape(Random(seed))
        solutions = found(game, sequential=True)
        for _ in range(600):
            choices, beliefs = limit_of_trembles(game, *a_tremble(game, random))
            if is_rational(game, choices, beliefs):
                met += 1
                assert in_one_of(solutions, choices, beliefs), (choices, beliefs)
    assert met > 50


def a_tremble(game: ExtensiveGame, random: Random) -> tuple[list, list]:
    """Orders and weights at random."""
    orders, weights = [], []
    for each in game.sets:
        own = [random.choice((0, 0, 1, 2)) for _ in each.actions]
        if each.actions[0] == "out":  # who gains by staying out is not worth trying otherwise
            own = [0, *(random.randint(1, 2) for _ in own[1:])]
        orders.append(tuple(o - min(own) for o in own))
        weights.append(tuple(random.randint(1, 3) for _ in each.actions))
    return orders, weights


def test_the_conditions_of_a_curved_family_tell_every_belief_by_bayes_rule() -> None:
    """Nothing matters to anybody. The second believes what the first does; the third, the products
    of what the two do: those make the family curved, but it has both."""

    def third() -> Move:
        return Move(2, ("e", "f"), [Terminal((0, 0, 0)), Terminal((0, 0, 0))], "third")

    def second() -> Move:
        return Move(1, ("c", "d"), [third(), third()], "second")

    root = Move(0, ("a", "b"), [second(), second()], "first")
    game = build(("1", "2", "3"), root, lambda state: state)
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    choices = ((half, half),) * 3
    right = ((Fraction(1),), (half, half), (quarter,) * 4)
    wrong = ((Fraction(1),), (quarter, 1 - quarter), (quarter,) * 4)
    for sequential in (True, False):
        solutions = found(game, sequential)
        assert in_one_of(solutions, choices, right)
        assert not in_one_of(solutions, choices, wrong)
