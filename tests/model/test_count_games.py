"""Anonymous games from formulas, against the formulas worked out by hand in Python."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F

import pytest

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from tests.reading.games import faults, study

PLAYERS = 9
COSTS = [1, 2, 2, 1, F(1, 3), 2, 1, 1, 5]

Counts = dict[str, int]
Definition = Callable[[str, Counts, Counts, F], F]
"""Own strategy, counts of all, counts of the others, own cost -> payoff."""

CASES: dict[str, Definition] = {
    "count(A) - cost": lambda mine, count, others, cost: F(count["A"]) - cost,
    "if(count(A) >= n/2, 3, 0) - if(mine == A, cost, 0)": lambda mine, count, others, cost: (
        F(3 if count["A"] >= F(9, 2) else 0) - (cost if mine == "A" else 0)
    ),
    "if(count(B) > 2 and mine != C, cost * others(A)^2, others(C) / 7)": (
        lambda mine, count, others, cost: (
            cost * others["A"] ** 2 if count["B"] > 2 and mine != "C" else F(others["C"], 7)
        )
    ),
    # The quotient has no value where nobody plays A; only who plays A asks for it.
    "if(mine == A, 1 / count(A), cost)": lambda mine, count, others, cost: (
        F(1, count["A"]) if mine == "A" else cost
    ),
    "cost / total(cost) + max(count(A), count(B))": lambda mine, count, others, cost: (
        cost / sum(map(F, COSTS)) + max(count["A"], count["B"])
    ),
    "5": lambda mine, count, others, cost: F(5),
}


def text(formula: str, more: str = "") -> str:
    entries = ", ".join(f"{index + 1}: {cost}" for index, cost in enumerate(COSTS))
    return f"""\
game: G
players: {PLAYERS}
parameters:
  cost: {{value: {{{entries}}}}}
{more}strategies: [A, B, C]
payoffs:
  each: {formula}
"""


@pytest.mark.parametrize("formula", CASES)
def test_payoffs_by_their_definition(formula: str) -> None:
    definition = CASES[formula]
    game = study(text(formula)).case().game
    assert isinstance(game, AnonymousGame)
    for player, cost in enumerate(COSTS):
        for own, mine in enumerate("ABC"):
            for vector in count_vectors(PLAYERS - 1, 3):
                others = dict(zip("ABC", vector, strict=True))
                count = {name: number + (name == mine) for name, number in others.items()}
                expected = definition(mine, count, others, F(cost))
                assert game.payoff(game.roles[player], own, vector) == expected


def test_only_parameters_that_matter_make_roles() -> None:
    game = study(text("count(A)")).case().game
    assert isinstance(game, AnonymousGame)
    assert set(game.roles) == {0}


def test_a_payoff_without_a_value_names_who_and_what() -> None:
    (problem,) = faults(text("if(mine == A, cost / (count(B) - 3), 0)"))
    assert (problem.code, problem.span.line) == ("division-by-zero", 7)
    assert "playing A" in problem.message


def test_every_player_s_own_cost_among_a_thousand() -> None:
    entries = "\n".join(f"      {index}: {index}/7" for index in range(1, 1001))
    found = study(
        "game: G\nplayers: 1000\nstrategies: [Act, Wait]\n"
        f"parameters:\n  c:\n    value:\n{entries}\n"
        "payoffs:\n  each: if(count(Act) >= 500, 200, 0) - if(mine == Act, c, 0)\n"
    )
    game = found.case().game
    assert isinstance(game, AnonymousGame)
    assert game.roles == tuple(range(1000))
    assert game.payoff(699, 0, (499, 500)) == 100
    assert game.payoff(699, 0, (498, 501)) == -100
    assert game.payoff(3, 1, (500, 499)) == 200
