"""Plans against playing the tree, and behaviour strategies against the mixtures they come from."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from alliance_games.model.extensive import CHANCE
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.transforms.normal_form import reduced_normal_form


def same(state):
    return state


def payoff(tree, node, share):
    """Expected payoffs from a node on, where ``share(node, action)`` is what is played there."""
    mover = tree.mover(node)
    if mover is None:
        return tree.payoffs(node)
    total = [Fraction(0)] * len(tree.players)
    for action, child in enumerate(tree.children(node)):
        weight = tree.probability(child) if mover == CHANCE else share(node, action)
        if weight:
            below = payoff(tree, child, share)
            total = [t + weight * b for t, b in zip(total, below, strict=True)]
    return tuple(total)


def random_tree(rng):
    """Perfect recall by making: players move in turn and see their own moves and some of chance."""
    end = lambda: Terminal([rng.randint(-5, 5), rng.randint(-5, 5)])  # noqa: E731

    def second(history):
        return Move(0, ("x", "y"), [end(), end()], label=f"again {' '.join(history)}")

    def reply(first, event):
        after = [
            second((event, first, seen)) if rng.random() < 0.7 else end() for seen in ("l", "r")
        ]
        label = rng.choice(["blind", f"saw {event}"]) if two_labels else "blind"
        return Move(1, ("l", "r"), after, label=label)

    two_labels = rng.random() < 0.5

    def opening(event):
        return Move(0, ("a", "b"), [reply("a", event), end()], label=f"knows {event}")

    return build(
        ["A", "B"],
        Chance(("u", "d"), [Fraction(1, 3), Fraction(2, 3)], [opening("u"), opening("d")]),
        same,
    )


def test_payoffs_are_those_of_playing_the_plans():
    rng = random.Random(1)
    for _ in range(40):
        tree = random_tree(rng)
        assert tree.recall_violation() is None
        form = reduced_normal_form(tree)
        for profile in form.game.profiles():
            plans = [form.plans[player][index] for player, index in enumerate(profile)]

            def share(node, action, plans=plans, tree=tree):
                return int(plans[tree.mover(node)][tree.set_of[node]] == action)

            assert form.game.payoffs(profile) == payoff(tree, 0, share)


def test_a_behaviour_strategy_plays_like_its_mixture():
    rng = random.Random(2)
    for _ in range(40):
        tree = random_tree(rng)
        form = reduced_normal_form(tree)
        weights = [[rng.randint(0, 2) for _ in own] for own in form.plans]
        profile = tuple(
            tuple(Fraction(w, sum(own)) for w in own) if sum(own) else (Fraction(1), *own[1:])
            for own in weights
        )
        expected = [Fraction(0)] * 2
        for pure in form.game.profiles():
            chance = profile[0][pure[0]] * profile[1][pure[1]]
            expected = [
                e + chance * u for e, u in zip(expected, form.game.payoffs(pure), strict=True)
            ]
        choices = form.behaviour(profile)
        played = payoff(tree, 0, lambda node, action: choices[tree.set_of[node]][action])  # noqa: B023
        assert list(played) == expected


def test_plans_leave_out_what_they_rule_out():
    """In or out, then left or right: three strategies, not four."""
    later = Move(0, ("left", "right"), [Terminal([2]), Terminal([3])])
    form = reduced_normal_form(build(["A"], Move(0, ("in", "out"), [later, Terminal([1])]), same))
    assert form.game.strategies == (("in · left", "in · right", "out"),)
    assert [form.game.payoff(0, (s,)) for s in range(3)] == [2, 3, 1]
    half = Fraction(1, 2)
    assert form.behaviour(((half, half, Fraction(0)),)) == ((1, 0), (half, half))
    assert form.behaviour(((Fraction(0), Fraction(0), Fraction(1)),)) == ((0, 1), (1, 0))


def test_ambiguous_actions_are_named_with_their_sets():
    stage = Move(1, ("yes", "no"), [Terminal([0, 0]), Terminal([1, 1])])
    other = Move(1, ("no", "yes"), [Terminal([0, 0]), Terminal([1, 1])])
    game = build(["A", "B"], Move(0, ("l", "r"), [stage, other]), same)
    names = reduced_normal_form(game).game.strategies[1]
    assert len(set(names)) == 4


def test_limits_and_recall():
    stage = Move(1, ("y", "n"), [Terminal([0, 0]), Terminal([1, 1])])
    wide = build(["A", "B"], Move(0, tuple(map(str, range(12))), [stage] * 12), same)
    with pytest.raises(ValueError, match="more than 1000 strategies"):
        reduced_normal_form(wide, max_profiles=1000)
    with pytest.raises(ValueError, match="more than 40000 profiles"):
        reduced_normal_form(wide, max_profiles=40_000)
    forgets = Move(0, ("x", "y"), [Terminal([0]), Terminal([1])], label="forgot")
    with pytest.raises(ValueError, match="perfect recall"):
        reduced_normal_form(build(["A"], Move(0, ("a", "b"), [forgets, forgets]), same))
