"""Branches of a tree that differ in nothing: the search for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame


@dataclass(frozen=True, slots=True)
class Twins:
    """Two actions of an information set that differ in nothing.

    ``copies`` pairs the sets that lie behind the later action alone with those that lie, in the
    same places, behind the first alone.
    """

    set: int
    first: int
    later: int
    copies: tuple[tuple[int, int], ...]


def first_twins(game: ExtensiveGame) -> Twins | None:
    """Two actions that differ in nothing, where there are any; those furthest down first."""
    shapes = _shapes(game)
    for index in reversed(range(len(game.sets))):
        nodes = game.nodes_of[index]
        actions = len(game.sets[index].actions)
        if not nodes:
            continue
        groups: dict[tuple[int, ...], list[int]] = {}
        for action in range(actions):
            key = tuple(shapes[game.first_child[node] + action] for node in nodes)
            earlier = groups.setdefault(key, [])
            for first in earlier:
                copies = _copies(game, nodes, first, action)
                if copies is not None:
                    return Twins(index, first, action, copies)
            earlier.append(action)
    return None


def _shapes(game: ExtensiveGame) -> list[int]:
    """A number for what follows each node, equal where the moves, chances and payoffs are."""
    numbers: dict[tuple[object, ...], int] = {}
    shapes = [0] * game.size
    for node in range(game.size - 1, -1, -1):
        index = game.set_of[node]
        key: tuple[object, ...]
        if index == TERMINAL:
            place = game.terminal[node]
            name = game.outcomes[place] if game.outcomes else ""
            key = (name, *(table[place] for table in game.numerators))
        else:
            one, children = game.sets[index], game.children(node)
            weights = tuple(game.weight[child] for child in children)
            below = tuple(shapes[child] for child in children)
            key = (TERMINAL, one.player, one.actions, weights, below)
        shapes[node] = numbers.setdefault(key, len(numbers))
    return shapes


def _copies(
    game: ExtensiveGame, nodes: Sequence[int], first: int, later: int
) -> tuple[tuple[int, int], ...] | None:
    """The sets behind ``later`` with those behind ``first`` in their places; None where the two
    actions differ in what somebody knows. Their shapes are known to be equal."""
    twin: dict[int, int] = {}
    taken: dict[int, int] = {}
    met: dict[int, int] = {}
    met_first: dict[int, int] = {}
    waiting = [(game.first_child[node] + first, game.first_child[node] + later) for node in nodes]
    while waiting:
        one, other = waiting.pop()
        index, copy = game.set_of[one], game.set_of[other]
        if index == TERMINAL:
            continue
        if twin.setdefault(copy, index) != index or taken.setdefault(index, copy) != copy:
            return None
        met[copy] = met.get(copy, 0) + 1
        met_first[index] = met_first.get(index, 0) + 1
        waiting.extend(zip(game.children(one), game.children(other), strict=True))
    copies = tuple((copy, index) for copy, index in twin.items() if copy != index)
    for copy, index in copies:
        # A set that also holds nodes elsewhere tells the one action from the other.
        if met[copy] < len(game.nodes_of[copy]) or met_first[index] < len(game.nodes_of[index]):
            return None
    return tuple(pair for pair in copies if game.sets[pair[0]].player != CHANCE)
