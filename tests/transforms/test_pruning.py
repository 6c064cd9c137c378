"""Trees without what makes no difference: the same payoffs, and equilibria that lift."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import pure
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.solutions import Behaviour
from alliance_games.transforms.duplicates import first_twins
from alliance_games.transforms.pruning import pruned
from tests.transforms.behaviour import (
    is_nash,
    pure_choices,
    random_choices,
    random_tree,
    value,
)

HALF = Fraction(1, 2)


def small(count: int, **kind: Any) -> list[ExtensiveGame]:
    """Trees in which something goes."""
    found, seed = [], 0
    while len(found) < count:
        tree = random_tree(Random(seed), plain=True, **kind)
        seed += 1
        if pruned(tree).steps:
            found.append(tree)
    return found


@pytest.mark.parametrize("recall", [True, False])
@pytest.mark.parametrize("payoffs", [1, 2, 4])
def test_behaviour_lifts_with_its_payoffs(recall: bool, payoffs: int) -> None:
    rng = Random(payoffs)
    for tree in small(40, recall=recall, payoffs=payoffs, depth=4):
        pruning = pruned(tree)
        assert pruning.game.size < tree.size
        choices = random_choices(rng, pruning.game)
        lifted = pruning.lift(choices)
        assert all(
            (mixed is None) == (one.player == CHANCE) and (mixed is None or sum(mixed) == 1)
            for mixed, one in zip(lifted, tree.sets, strict=True)
        )
        assert value(tree, lifted) == value(pruning.game, choices)


def pure_profiles(tree: ExtensiveGame) -> Any:
    for first in pure_choices(tree, 0):
        for second in pure_choices(tree, 1):
            both = first | second
            yield tuple(both.get(index) for index in range(len(tree.sets)))


@pytest.mark.parametrize("payoffs", [2, 3])
def test_equilibria_lift_to_equilibria(payoffs: int) -> None:
    lifted = 0
    for tree in small(15, payoffs=payoffs):
        pruning = pruned(tree)
        for choices in pure_profiles(pruning.game):
            if is_nash(pruning.game, choices):
                lifted += 1
                assert is_nash(tree, pruning.lift(choices))
    assert lifted > 15


def planted(rng: Random, tree: ExtensiveGame) -> ExtensiveGame | None:
    """The tree with an action (or event) more, after which the same happens as after another.

    The sets that lie behind the other alone become two where the new branch is told apart.
    """
    at = rng.randrange(len(tree.sets))
    action = rng.randrange(len(tree.sets[at].actions))
    inside = set()
    for node in tree.nodes_of[at]:
        waiting = [tree.first_child[node] + action]
        while waiting:
            node = waiting.pop()
            inside.add(node)
            waiting.extend(tree.children(node))
    if any(node in inside for node in tree.nodes_of[at]):
        return None
    told_apart = {
        index
        for index, nodes in enumerate(tree.nodes_of)
        if inside.issuperset(nodes) and rng.random() < 0.7
    }

    def expand(state: Any) -> Any:
        node, copied = state
        index = tree.set_of[node]
        if not tree.children(node):
            return Terminal(tree.payoffs(node))
        one = tree.sets[index]
        following = [(child, copied) for child in tree.children(node)]
        actions = one.actions
        shares = [tree.probability(c) if one.player == CHANCE else 0 for c in tree.children(node)]
        if index == at:
            actions = (*actions, "twin")
            following.append((tree.first_child[node] + action, True))
            shares[action] = shares[action] / 3
            shares.append(2 * shares[action])
        if one.player == CHANCE:
            return Chance(actions, shares, following)
        return Move(one.player, actions, following, f"{index}{copied and index in told_apart}")

    return build(tree.players, (0, False), expand)


def test_planted_twins_go_and_equilibria_lift() -> None:
    checked = copies = 0
    for seed in range(150):
        rng = Random(seed)
        plain = pruned(random_tree(rng, 4 if seed % 2 else 3, payoffs=9)).game
        tree = planted(rng, plain) if 1 < len(plain.sets) < 7 else None
        if tree is None:
            continue
        pruning = pruned(tree)
        assert pruning.game.size == plain.size
        copies += sum(len(step.copies) for step in pruning.steps)
        choices = random_choices(rng, pruning.game)
        assert value(tree, pruning.lift(choices)) == value(pruning.game, choices)
        for chosen in pure_profiles(pruning.game):
            if is_nash(pruning.game, chosen):
                checked += 1
                assert is_nash(tree, pruning.lift(chosen))
    assert copies > 10
    assert checked > 50


def test_nothing_is_left_to_go() -> None:
    for tree in small(40, payoffs=2, depth=4):
        again = pruned(pruned(tree).game)
        assert again.steps == () and again.game is again.original
        assert again.lift((None,) * 3) == (None,) * 3
        assert all(len(one.actions) > 1 for one in again.game.sets)
        assert first_twins(again.game) is None


def test_impossible_events_and_single_branches_by_hand() -> None:
    tree = build(
        ["A"],
        "chance",
        lambda state: {
            "chance": Chance(("never", "now", "then"), [Fraction(0), HALF, HALF],
                             ["gone", "only", "choice"], "weather"),
            "gone": Move(0, ("x", "y"), ["one", "two"], "nowhere"),
            "only": Move(0, ("must",), ["sure"], "no choice"),
            "sure": Chance(("certain",), [Fraction(1)], ["two"]),
            "choice": Move(0, ("x", "y"), ["one", "two"], "free"),
            "one": Terminal([1], "one"),
            "two": Terminal([2], "two"),
        }[str(state)],
    )  # fmt: skip
    pruning = pruned(tree)
    game = pruning.game
    assert [(one.player, one.label, one.actions) for one in game.sets] == [
        (CHANCE, "weather", ("now", "then")),
        (0, "free", ("x", "y")),
    ]
    assert game.outcomes == ("two", "one", "two")
    lifted = pruning.lift((None, pure(1, 2)))
    by_label = {one.label: mixed for one, mixed in zip(tree.sets, lifted, strict=True)}
    assert by_label == {
        "weather": None, "": None, "nowhere": (1, 0), "no choice": (1,), "free": (0, 1),
    }  # fmt: skip


def twins(label: str, *, told_apart: bool = False, pay: int = 3) -> ExtensiveGame:
    """A's two ways to ask, after which B answers; ``label`` says what B knows."""
    return build(
        ["A", "B"],
        "ask",
        lambda state: {
            "ask": Move(0, ("please", "pretty please", "no"), ["p", "q", "end"]),
            "p": Move(1, ("yes", "refuse"), ["good", "bad"], label.format("p")),
            "q": Move(1, ("yes", "refuse"), ["good2", "bad"], label.format("q")),
            "end": Move(1, ("yes", "refuse"), ["bad", "bad"], "p") if told_apart
            else Terminal([1, 1]),
            "good": Terminal([3, 2]),
            "good2": Terminal([pay, 2]),
            "bad": Terminal([0, 1]),
        }[str(state)],
    )  # fmt: skip


@pytest.mark.parametrize("label", ["asked", "{}"])
def test_twin_actions_by_hand(label: str) -> None:
    tree = twins(label)
    pruning = pruned(tree)
    assert pruning.game.sets[0].actions == ("please", "no")
    assert pruning.game.size == 5
    choices = (pure(0, 2), (Fraction(1, 3), Fraction(2, 3)))
    lifted = pruning.lift(choices)
    assert lifted[0] == (1, 0, 0)
    assert set(lifted[1:]) == {(Fraction(1, 3), Fraction(2, 3))}
    assert len(lifted) == len(tree.sets)


@pytest.mark.parametrize(
    "tree", [twins("asked", pay=2), twins("{}", pay=2), twins("{}", told_apart=True)]
)
def test_branches_that_differ_stay(tree: ExtensiveGame) -> None:
    kept = pruned(tree).game
    assert {"please", "pretty please"} <= set(kept.sets[0].actions)


def test_twin_events_of_chance_are_one_event_as_probable_as_both() -> None:
    tree = build(
        ["A"],
        0,
        lambda state: {
            0: Chance(("rain", "snow", "sun"), [HALF, Fraction(1, 3), Fraction(1, 6)], [1, 2, 3]),
            1: Move(0, ("x", "y"), [4, 5]),
            2: Move(0, ("x", "y"), [4, 5]),
            3: Terminal([7]),
            4: Terminal([1]),
            5: Terminal([2]),
        }[int(str(state))],
    )
    pruning = pruned(tree)
    assert pruning.game.sets[0].actions == ("rain", "sun")
    assert [pruning.game.probability(node) for node in (1, 2)] == [Fraction(5, 6), Fraction(1, 6)]
    assert pruning.lift((None, pure(1, 2))) == (None, pure(1, 2), pure(1, 2))
    behaviour = Behaviour((None, pure(1, 2)), (Fraction(17, 6),), ((2, Fraction(1, 6)),))
    lifted = pruning.lift_behaviour(behaviour)
    assert sum(chance for _, chance in lifted.outcomes) == 1
    assert {tree.path(node): chance for node, chance in lifted.outcomes} == {
        ("rain", "y"): HALF, ("snow", "y"): Fraction(1, 3), ("sun",): Fraction(1, 6),
    }  # fmt: skip


def test_a_game_without_a_choice_is_its_ending() -> None:
    tree = build(["A"], 0, lambda s: Move(0, ("on",), [1]) if s == 0 else Terminal([5], "end"))
    pruning = pruned(tree)
    assert (pruning.game.size, pruning.game.sets) == (1, ())
    assert pruning.game.payoffs(0) == (5,)
    assert pruning.lift(()) == ((1,),)
