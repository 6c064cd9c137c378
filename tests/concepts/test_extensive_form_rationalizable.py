"""Forward induction by best rationalization, against textbook games and a theorem."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Move, Terminal, build
from alliance_games.results.result import Coverage
from alliance_games.results.tree_solutions import Plans
from alliance_games.solve import solve

NAME = "extensive-form-rationalizable"


def battle(label: str, burnt: int = 0) -> Move:
    """Both choose at once; the first prefers (B, b), the second (S, s)."""

    def end(first: int, second: int) -> Terminal:
        return Terminal([first - burnt, second])

    return Move(
        0,
        ("B", "S"),
        [
            Move(1, ("b", "s"), [end(3, 1), end(0, 0)], label),
            Move(1, ("b", "s"), [end(0, 0), end(1, 3)], label),
        ],
        f"One after {label}",
    )


def plans_of(game: ExtensiveGame) -> Plans:
    answer = solve(game, [NAME])
    result = answer.results[0]
    assert result.coverage is Coverage.ALL and result.verified
    [solution] = result.solutions
    assert isinstance(solution, Plans)
    return solution


def test_an_outside_option_speaks() -> None:
    """Kohlberg and Mertens 1986: giving up 2 only makes sense for the 3 of (B, b)."""
    root = Move(0, ("Out", "In"), [Terminal([2, 2]), battle("In")])
    game = build(["One", "Two"], root, lambda state: state)
    found = plans_of(game)
    assert [game.path(node) for node in found.outcomes] == [("In", "B", "b")]
    assert found.properties["rounds"] == 3


def test_the_mere_chance_to_burn_money_is_enough() -> None:
    """Ben-Porath and Dekel 1992: nothing is burnt, and the one who might have gets her way."""
    root = Move(0, ("Keep", "Burn"), [battle("Keep"), battle("Burn", 1)])
    game = build(["One", "Two"], root, lambda state: state)
    found = plans_of(game)
    assert [game.path(node) for node in found.outcomes] == [("Keep", "B", "b")]


def perfect_information(random: Random, depth: int) -> ExtensiveGame:
    """A tree without ties: every payoff of a player occurs once."""
    payoffs = [random.sample(range(1000), 200) for _ in range(2)]

    def node(level: int) -> Move | Terminal:
        if level == depth or (level > 1 and random.random() < 0.3):
            return Terminal([own.pop() for own in payoffs])
        moves = ("a", "b", "c")[: random.randint(2, 3)]
        return Move(random.randrange(2), moves, [node(level + 1) for _ in moves])

    return build(["One", "Two"], node(0), lambda state: state)


@pytest.mark.parametrize("seed", range(25))
def test_with_perfect_information_it_ends_as_backward_induction_does(seed: int) -> None:
    """Battigalli 1997, theorem 4: the outcomes agree, though the plans may differ."""
    game = perfect_information(Random(seed), 3)
    values: list[tuple[Fraction, ...]] = [()] * game.size
    end = list(range(game.size))
    for node in range(game.size - 1, -1, -1):
        mover = game.mover(node)
        if mover is None:
            values[node] = game.payoffs(node)
        else:
            best = max(game.children(node), key=lambda child: values[child][mover])
            values[node], end[node] = values[best], end[best]
    assert plans_of(game).outcomes == (end[0],)


def test_the_checker_sees_a_missing_step() -> None:
    from alliance_games.certificates.conditional_dominance import check

    root = Move(0, ("Out", "In"), [Terminal([2, 2]), battle("In")])
    game = build(["One", "Two"], root, lambda state: state)
    found = plans_of(game)
    kept = replace(found, ruled_out=found.ruled_out[:-1], members=((0, 1), found.members[1]))
    assert check(game, found).verified
    assert not check(game, kept).verified
    assert not check(game, replace(found, outcomes=())).verified
    assert not check(game, replace(found, plans=(found.plans[0][1:], found.plans[1]))).verified


def test_without_perfect_recall_it_names_the_nodes() -> None:
    forgets = Move(
        0,
        ("a", "b"),
        [
            Move(0, ("x", "y"), [Terminal([0, 0]), Terminal([1, 0])], "later"),
            Move(0, ("x", "y"), [Terminal([2, 0]), Terminal([3, 0])], "later"),
        ],
    )
    answer = solve(build(["One", "Two"], forgets, lambda state: state), [NAME])
    assert "at 'later' One" in answer.refusals[0].reason
    assert "by 'a' and by 'b'" in answer.refusals[0].reason
