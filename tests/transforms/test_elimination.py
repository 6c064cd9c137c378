"""The smaller game is the same game, and what is found in it is lifted back."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from alliance_games.model.normal import NormalGame
from alliance_games.results.solutions import Component, Point
from alliance_games.solve import solve
from alliance_games.transforms.elimination import keep


def random_game(rng, shape, high=9):
    return NormalGame.from_payoffs(
        [f"P{i}" for i in range(len(shape))],
        [[f"s{k}" for k in range(size)] for size in shape],
        lambda p: [Fraction(rng.randint(0, high), rng.randint(1, 2)) for _ in shape],
    )


@pytest.mark.parametrize("shape", [(3, 4), (3, 2, 4), (20, 21, 12)])
def test_payoffs_and_names_stay(shape):
    rng = random.Random(1)
    game = random_game(rng, shape)
    kept = [sorted(rng.sample(range(size), rng.randint(1, size))) for size in shape]
    smaller = keep(game, kept).game
    for profile in smaller.profiles():
        before = tuple(own[s] for own, s in zip(kept, profile, strict=True))
        assert smaller.payoffs(profile) == game.payoffs(before)
        assert smaller.names(profile) == game.names(before)


def test_nash_equilibria_survive_elimination():
    """Every equilibrium of what iterated strict elimination leaves is one of the whole game."""
    rng = random.Random(2)
    shrunk = 0
    for _ in range(40):
        game = random_game(rng, (4, 4), 5)
        members = solve(game, ["dominance"]).results[0].solutions[-1].members
        reduced = keep(game, members)
        shrunk += reduced.game.size < game.size
        whole = solve(game, ["nash"]).results[0].solutions
        lifted = [reduced.lift(s) for s in solve(reduced.game, ["nash"]).results[0].solutions]

        def described(solutions):
            return {
                s.profile if isinstance(s, Point) else frozenset(s.extreme_points)
                for s in solutions
            }

        assert described(lifted) == described(whole)
        for one in lifted:
            if isinstance(one, Component):
                corners = {
                    (row, column)
                    for subset in one.subsets
                    for row in subset.rows
                    for column in subset.columns
                }
                assert corners == set(one.extreme_points)
    assert shrunk > 10


def test_nothing_to_remove():
    game = random_game(random.Random(3), (2, 2))
    assert keep(game, [[0, 1], [0, 1]]).game is game


@pytest.mark.parametrize("kept", [[[0], []], [[0]], [[1, 0], [0]], [[0, 0], [0]]])
def test_what_cannot_be_kept(kept):
    with pytest.raises(ValueError, match=r"kept|keeps"):
        keep(random_game(random.Random(4), (2, 2)), kept)
