"""The full normal form against playing its plans in the tree."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.model.profiles import pure
from alliance_games.model.tree_builder import Move, Terminal, build
from alliance_games.transforms.full_form import FullForm, full_normal_form
from tests.transforms.behaviour import mixed, random_tree, value

SMALL = 2_000


def forms(count: int, **kind: bool) -> list[FullForm]:
    found, seed = [], 0
    while len(found) < count:
        rng, seed = Random(seed), seed + 1
        tree = random_tree(rng, **kind)  # type: ignore[arg-type]
        try:
            found.append(full_normal_form(tree, max_profiles=SMALL))
        except ValueError:
            continue
    return found


def test_every_profile_pays_what_its_plans_pay_in_the_tree() -> None:
    for form in (*forms(25), *forms(15, recall=False)):
        for profile in form.game.profiles():
            chosen = [None] * len(form.tree.sets)
            for player, plan in enumerate(profile):
                for index, action in form.plans[player][plan].items():
                    chosen[index] = pure(action, len(form.tree.sets[index].actions))
            assert form.game.payoffs(profile) == value(form.tree, chosen)


def test_mixed_profiles_pay_what_their_behaviour_strategies_pay() -> None:
    rng = Random(7)
    for form in forms(25):
        profile = tuple(mixed(rng, size) for size in form.game.shape)
        expected = [Fraction(0)] * 2
        for indices in form.game.profiles():
            weight = profile[0][indices[0]] * profile[1][indices[1]]
            payoffs = form.game.payoffs(indices)
            expected = [e + weight * p for e, p in zip(expected, payoffs, strict=True)]
        assert value(form.tree, form.behaviour(profile)) == tuple(expected)


def test_an_entry_game_by_hand() -> None:
    tree = build(
        ["E", "I"],
        "enter?",
        lambda state: {
            "enter?": Move(0, ("in", "out"), ["fight?", "apart"]),
            "fight?": Move(1, ("fight", "yield"), ["war", "both"]),
            "apart": Move(0, ("x", "y"), ["x", "y"]),
            "war": Terminal([-1, -1]),
            "both": Terminal([1, 1]),
            "x": Terminal([0, 2]),
            "y": Terminal([0, 3]),
        }[str(state)],
    )
    form = full_normal_form(tree)
    # 'in' leaves open what E would do after 'out': four strategies, not the reduced form's three.
    assert form.game.strategies == (
        ("in · x", "in · y", "out · x", "out · y"),
        ("fight", "yield"),
    )
    assert form.game.matrix(0) == [[-1, 1], [-1, 1], [0, 0], [0, 0]]
    assert form.game.matrix(1) == [[-1, 1], [-1, 1], [2, 2], [3, 3]]


def test_limits_and_recall() -> None:
    form = next(one for one in forms(60, recall=False) if one.tree.recall_violation())
    with pytest.raises(ValueError, match="perfect recall"):
        form.behaviour(tuple(pure(0, size) for size in form.game.shape))
    with pytest.raises(ValueError, match="more than 1 profiles"):
        full_normal_form(form.tree, max_profiles=1)
