"""Subgame perfect equilibria in continua that no hull describes, by definition on a grid."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from alliance_games.model.tree_builder import Chance, Move, Terminal
from alliance_games.results.result import Coverage
from alliance_games.results.tree_solutions import Continuum
from alliance_games.solve import solve
from tests.concepts.test_subgame_perfect_hidden import grid, holds, perfect_by_definition
from tests.concepts.trees import tree

half = Fraction(1, 2)


def curved(*, also: int = 0) -> Move:
    """The third, who sees only that somebody moved, does best with L where the second's share of c
    is not too high: a curve between what the first and the second do. ``also`` players watch."""

    def end(*payoffs: int) -> Terminal:
        return Terminal((*payoffs, *[0] * also))

    def third(one: Terminal, other: Terminal) -> Move:
        return Move(2, ("L", "R"), [one, other], "third")

    left = third(end(1, 1, 1), end(8, 3, 3))
    right = third(end(1, 1, 1), end(3, 1, 1))
    second = Move(1, ("c", "d"), [left, right], "second")
    return Move(0, ("C", "D"), [second, third(end(1, 0, 3), end(1, 0, 0))], "first")


def told(game, solution, choices) -> bool:
    """Whether a solution has a profile: by its conditions where there is no hull."""
    if not isinstance(solution, Continuum):
        return holds(game, solution, choices)
    for family in solution.families:
        if family.hull:
            if holds(game, replace(solution, families=(family,)), choices):
                return True
            continue
        values = []
        for condition in family.conditions:
            total = Fraction(0)
            for coefficient, unknowns in condition.terms:
                for unknown in unknowns:
                    coefficient *= choices[unknown.set][unknown.place]
                total += coefficient
            values.append(total == 0 if condition.relation == "=" else total >= 0)
        if all(values):
            return True
    return False


def in_a_subgame():
    """The second may stay out for a half; what she gets inside varies along the curve."""
    out = Terminal((0, half, 0))
    return tree(("1", "2", "3"), Move(1, ("out", "in"), [out, curved()], "enter"))


def beside_a_tie():
    """Chance leads to the curve, or to a fourth player who does not mind."""
    tie = Move(3, ("x", "y"), [Terminal((0, 0, 0, 0))] * 2, "tie")
    root = Chance(("m", "n"), [half, half], [curved(also=1), tie])
    return tree(("1", "2", "3", "4"), root)


@pytest.mark.parametrize(
    "game",
    [tree(("1", "2", "3"), curved()), in_a_subgame(), beside_a_tie()],
    ids=["alone", "in a subgame", "beside a tie"],
)
def test_every_equilibrium_of_a_grid_is_told_and_nothing_else(game) -> None:
    [result] = solve(game, ["subgame-perfect"]).results
    assert result.verified and result.coverage is Coverage.ALL
    found = 0
    for own in grid(game, 3):
        perfect = perfect_by_definition(game, dict(enumerate(own)))
        found += perfect
        assert any(told(game, one, own) for one in result.solutions) == perfect
    assert found > 10


def test_a_set_that_chance_alone_rules_out_is_free() -> None:
    """Chance never lets the first move; the second's set is entered from there and from elsewhere,
    so that no subgame starts at the first's move."""

    def second(*payoffs: int) -> Move:
        ends = [Terminal((one,) * 3) for one in payoffs]
        return Move(1, ("c", "d"), ends, "second")

    never = Move(0, ("a", "b"), [Terminal((1, 1, 1)), second(0, 1)], "never")
    other = Move(2, ("e", "f"), [second(2, 0), Terminal((1, 1, 1))], "other")
    root = Chance(("x", "y"), [Fraction(0), Fraction(1)], [never, other])
    game = tree(("1", "2", "3"), root)
    [result] = solve(game, ["subgame-perfect"]).results
    assert result.verified and result.coverage is Coverage.ALL
    free = {game.set_name(index) for one in result.solutions for index in getattr(one, "free", ())}
    assert free == {"never"}
