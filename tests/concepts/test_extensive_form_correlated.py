"""Correlated play of trees, against published values and the agreement with other concepts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from alliance_games.certificates.correlated_plans import check
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Correlated
from alliance_games.solve import solve

NAME = "extensive-form-correlated"
HALF = Fraction(1, 2)


def found(game: ExtensiveGame) -> Correlated:
    result = solve(game, [NAME]).results[0]
    [solution] = result.solutions
    assert isinstance(solution, Correlated) and result.verified
    return solution


def answer(label: str, accepted: tuple[int, int]) -> Move:
    return Move(1, ("accept", "refuse"), [Terminal(accepted), Terminal([0, 6])], label)


def test_a_secret_signal_lets_the_good_be_known() -> None:
    """Von Stengel and Forges 2008, figure 1: a mediator tells a good student which signal to send
    and the professor which to accept; payoffs of (7/2, 13/2), so a welfare of 10, where every Nash
    equilibrium pools with refusal and a welfare of 6."""
    root = Chance(
        ("good", "bad"),
        (HALF, HALF),
        [
            Move(0, ("X", "Y"), [answer("X", (4, 10)), answer("Y", (4, 10))], "good"),
            Move(0, ("X", "Y"), [answer("X", (6, 0)), answer("Y", (6, 0))], "bad"),
        ],
    )
    game = build(["Student", "Professor"], root, lambda state: state)
    assert found(game).properties["welfare"] == 10


def test_a_simultaneous_move_gives_the_correlated_equilibrium() -> None:
    """Aumann 1974: chicken, with 21/4 for each at the best correlated equilibrium."""
    root = Move(
        0,
        ("yield", "dare"),
        [
            Move(1, ("yield", "dare"), [Terminal([6, 6]), Terminal([2, 7])], "2"),
            Move(1, ("yield", "dare"), [Terminal([7, 2]), Terminal([0, 0])], "2"),
        ],
    )
    game = build(["One", "Two"], root, lambda state: state)
    assert found(game).payoffs == (Fraction(21, 4), Fraction(21, 4))


@pytest.mark.parametrize("seed", range(15))
def test_it_is_worth_at_least_the_best_subgame_perfect_equilibrium(seed: int) -> None:
    random = Random(seed)

    def node(level: int) -> Move | Terminal:
        if level == 3:
            return Terminal([random.randint(-9, 9), random.randint(-9, 9)])
        return Move(random.randrange(2), ("a", "b"), [node(level + 1) for _ in range(2)])

    game = build(["One", "Two"], node(0), lambda state: state)
    perfect = solve(game, ["subgame-perfect"]).results[0]
    plays = [one for each in perfect.solutions for one in getattr(each, "points", (each,))]
    best = max(sum(one.payoffs) for one in plays if isinstance(one, Behaviour))
    assert found(game).properties["welfare"] >= best


def test_the_checker_says_no() -> None:
    root = Move(
        0,
        ("cooperate", "defect"),
        [
            Move(1, ("cooperate", "defect"), [Terminal([3, 3]), Terminal([0, 4])], "2"),
            Move(1, ("cooperate", "defect"), [Terminal([4, 0]), Terminal([1, 1])], "2"),
        ],
    )
    game = build(["One", "Two"], root, lambda state: state)
    only = found(game)
    assert only.plans == (((1, 1), Fraction(1)),)
    best = Correlated(
        only.of, (((0, 0), Fraction(1)),), (Fraction(3), Fraction(3)), ((3, Fraction(1)),)
    )
    wrong = check(game, best)
    assert not wrong.verified and wrong.largest_gain == 1
    # An equilibrium that is not the best one is not called so: pure coordination on the worse.
    root = Move(
        0,
        ("a", "b"),
        [
            Move(1, ("a", "b"), [Terminal([2, 2]), Terminal([0, 0])], "2"),
            Move(1, ("a", "b"), [Terminal([0, 0]), Terminal([1, 1])], "2"),
        ],
    )
    game = build(["One", "Two"], root, lambda state: state)
    worse = replace(
        best,
        plans=(((1, 1), Fraction(1)),),
        payoffs=(Fraction(1), Fraction(1)),
        outcomes=((6, Fraction(1)),),
    )
    verdict = check(game, worse)
    assert not verdict.verified and verdict.largest_gain == 0
