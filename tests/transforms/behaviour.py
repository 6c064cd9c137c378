"""Playing a tree by the definition, and random trees: what tests of transforms compare with."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs, pure
from alliance_games.model.tree_builder import Chance, Move, Terminal, build

Choices = tuple[Mixed | None, ...]


def value(tree: ExtensiveGame, choices: Any, node: int = 0) -> Payoffs:
    """What everyone expects from a node on."""
    mover = tree.mover(node)
    if mover is None:
        return tree.payoffs(node)
    total = [Fraction(0)] * len(tree.players)
    for action, child in enumerate(tree.children(node)):
        chosen = choices[tree.set_of[node]]
        share = tree.probability(child) if mover == CHANCE else chosen[action]
        if share:
            below = value(tree, choices, child)
            total = [sofar + share * more for sofar, more in zip(total, below, strict=True)]
    return tuple(total)


def pure_choices(tree: ExtensiveGame, player: int) -> Any:
    """Every way in which a player can choose at her sets."""
    own = [index for index, one in enumerate(tree.sets) if one.player == player]
    for actions in product(*(range(len(tree.sets[index].actions)) for index in own)):
        yield {
            index: pure(action, len(tree.sets[index].actions))
            for index, action in zip(own, actions, strict=True)
        }


def is_nash(tree: ExtensiveGame, choices: Choices) -> bool:
    """Whether no player gains by any pure strategy (with perfect recall: by any at all)."""
    now = value(tree, choices)
    for player in range(len(tree.players)):
        for deviation in pure_choices(tree, player):
            changed = [deviation.get(index, old) for index, old in enumerate(choices)]
            if value(tree, changed)[player] > now[player]:
                return False
    return True


def mixed(rng: Random, actions: int) -> Mixed:
    """Random probabilities, zeros among them."""
    weights = [rng.choice([0, 1, 2, 3]) for _ in range(actions)]
    weights[rng.randrange(actions)] += 1
    return tuple(Fraction(weight, sum(weights)) for weight in weights)


def random_choices(rng: Random, tree: ExtensiveGame) -> Choices:
    """A random behaviour strategy profile."""
    return tuple(
        None if one.player == CHANCE else mixed(rng, len(one.actions)) for one in tree.sets
    )


def random_tree(
    rng: Random, depth: int = 3, *, recall: bool = True, payoffs: int = 4, plain: bool = False
) -> ExtensiveGame:
    """Two players and chance. A player's label holds her own past (``recall``) and a bit of what
    else happened; ``plain`` has impossible chance events, single actions and few payoffs."""
    least = 1 if plain else 2
    counts: dict[str, int] = {}
    kinds: dict[int, list[Any]] = {}

    def actions_of(label: str) -> int:
        return counts.setdefault(label, rng.randint(least, 2 if depth > 3 else 3))

    def expand(state: Any) -> Any:
        level, own, seen = state
        if level == depth or (level and rng.random() < 0.2):
            return Terminal([rng.randrange(payoffs), rng.randrange(payoffs)])
        mover = kinds.setdefault(level, [rng.choice([0, 1, CHANCE])])[0]
        if rng.random() < 0.2:
            mover = rng.choice([0, 1, CHANCE])
        if mover == CHANCE:
            number = rng.randint(least, 3)
            weights = [rng.randint(0 if plain else 1, 2) for _ in range(number)]
            weights[0] += 1
            chances = [Fraction(weight, sum(weights)) for weight in weights]
            following = [(level + 1, own, f"{seen}{n}" if rng.random() < 0.5 else seen)
                         for n in range(number)]  # fmt: skip
            return Chance(tuple(f"e{n}" for n in range(number)), chances, following)
        label = f"{level} {own[mover] if recall else ''} {seen if rng.random() < 0.5 else '?'}"
        number = actions_of(f"{mover} {label}")
        following = []
        for n in range(number):
            past = list(own)
            past[mover] = f"{past[mover]}/{label}:{n}"
            following.append((level + 1, tuple(past), seen))
        return Move(mover, tuple(f"a{n}" for n in range(number)), following, label)

    return build(["A", "B"], (0, ("", ""), ""), expand)
