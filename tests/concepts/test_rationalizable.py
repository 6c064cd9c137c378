"""Rationalizable strategies: the textbook's example, and equilibria within them."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import support
from alliance_games.solve import solve


def answer(game):
    result = solve(game, ["rationalizable"]).results[0]
    assert result.verified
    return result


def test_the_example_of_bernheim():
    """Bernheim 1984 (Osborne and Rubinstein 1994, figure 57.1): the fourth strategies go."""
    row = [[0, 2, 7, 0], [5, 3, 5, 0], [7, 2, 0, 0], [0, 0, 0, 10]]
    column = [[7, 5, 0, 1], [2, 3, 2, 1], [0, 5, 7, 1], [0, -2, 0, -1]]
    result = answer(NormalGame.from_matrices(row, column))
    members, *steps = result.solutions
    assert members.members == ((0, 1, 2), (0, 1, 2))
    assert [(s.player, s.strategy, s.round) for s in steps] == [(1, 3, 1), (0, 3, 2)]
    assert steps[0].by == (Fraction(1, 2), 0, Fraction(1, 2), 0)
    assert result.notes == ()


def test_every_belief_is_over_what_is_left():
    rng = random.Random(3)
    for _ in range(40):
        row, column = ([[rng.randint(0, 9) for _ in range(4)] for _ in range(4)] for _ in "ab")
        game = NormalGame.from_matrices(row, column)
        members = answer(game).solutions[0]
        for player, (own, beliefs) in enumerate(zip(members.members, members.beliefs, strict=True)):
            for strategy, belief in zip(own, beliefs, strict=True):
                assert sum(weight for _, weight in belief) == 1
                assert all(play[player] == strategy for play, _ in belief)
                assert all(play[1 - player] in members.members[1 - player] for play, _ in belief)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_equilibrium_strategies_are_rationalizable():
    import nashpy

    rng = random.Random(4)
    for _ in range(30):
        row, column = ([[rng.randint(0, 9) for _ in range(3)] for _ in range(3)] for _ in "ab")
        members = answer(NormalGame.from_matrices(row, column)).solutions[0].members
        for profile in nashpy.Game(row, column).lemke_howson_enumeration():
            for player, mixed in enumerate(profile):
                if len(mixed) == 3:  # nashpy sometimes returns less in degenerate games
                    used = support(tuple(round(float(p), 9) for p in mixed))
                    assert set(used) <= set(members[player])


def test_with_more_players_beliefs_may_be_correlated():
    game = NormalGame.from_payoffs("ABC", [["x", "y"]] * 3, lambda p: [p[0] == p[1] == p[2], 0, 0])
    assert "correlated" in answer(game).notes[0]
