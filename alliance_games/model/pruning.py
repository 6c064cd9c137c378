"""Trees without what cannot happen: chance events of probability zero."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build


def without_impossible(game: ExtensiveGame) -> ExtensiveGame:
    """The same game without chance events of probability zero and what follows them.

    A chance move that is left with one event is left out too. A game in which every event can
    happen, and every chance move has two or more, is returned as it is.
    """
    if not any(
        game.mover(node) == CHANCE and len(_possible(game, node)) < max(len(game.children(node)), 2)
        for node in range(game.size)
    ):
        return game

    def settled(node: int) -> int:
        """The node, or the one that follows where chance has no choice."""
        while game.mover(node) == CHANCE and len(possible := _possible(game, node)) == 1:
            node = possible[0]
        return node

    def expand(node: int) -> Terminal | Move | Chance:
        index = game.set_of[node]
        if index == TERMINAL:
            name = game.outcomes[game.terminal[node]] if game.outcomes else ""
            return Terminal(game.payoffs(node), name)
        one = game.sets[index]
        if one.player != CHANCE:
            follows = [settled(child) for child in game.children(node)]
            # Nodes of a set without a label are told apart from those of others by its number.
            label = one.label or (f"#{index}" if len(game.nodes_of[index]) > 1 else "")
            return Move(one.player, one.actions, follows, label)
        possible = _possible(game, node)
        total = sum(game.weight[child] for child in possible)
        first = game.first_child[node]
        return Chance(
            tuple(one.actions[child - first] for child in possible),
            [Fraction(game.weight[child], total) for child in possible],
            [settled(child) for child in possible],
            one.label,
        )

    result = build(game.players, settled(0), expand, numeric=game.numeric)
    if game.outcomes and not result.outcomes:
        return replace(result, outcomes=("",) * len(result.numerators[0]))
    return result


def _possible(game: ExtensiveGame, node: int) -> list[int]:
    return [child for child in game.children(node) if game.weight[child]]
