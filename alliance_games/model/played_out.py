"""The ends of trees in which each move is settled by itself: backward induction where it is plain.

A move is settled where one action is better than every other at every node of its information set,
so that no belief matters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Payoffs

Best = Callable[[Sequence[Fraction]], list[int]]
"""The places of the greatest of some numbers."""


def greatest(numbers: Sequence[Fraction]) -> list[int]:
    """The places of the greatest, told by comparing the numbers."""
    most = max(numbers)
    return [place for place, number in enumerate(numbers) if number == most]


def play_out(
    game: ExtensiveGame, stage: Collection[int], best: Best
) -> tuple[dict[int, Payoffs], tuple[tuple[int, int], ...]] | None:
    """Every node's payoffs but those of ``stage``, and the moves that give them, by set and action.

    None where a set has no action that is better than the others at each of its nodes.
    """
    values: dict[int, Payoffs] = {}
    taken: dict[int, int] = {}
    waiting = [node for node in range(game.size - 1, 0, -1) if node not in stage]
    # A set may hold nodes at several depths: it waits until what follows all of them has a value.
    while waiting:
        later = []
        for node in waiting:
            index = game.set_of[node]
            if index == TERMINAL:
                values[node] = game.payoffs(node)
                continue
            if any(
                child not in values
                for each in game.nodes_of[index]
                for child in game.children(each)
            ):
                later.append(node)
                continue
            children = game.children(node)
            player = game.sets[index].player
            if player == CHANCE:
                values[node] = _expected(game, [values[child] for child in children], node)
                continue
            if index not in taken:
                action = _settled(game, index, values, best)
                if action is None:
                    return None
                taken[index] = action
            values[node] = values[children[taken[index]]]
        if len(later) == len(waiting):
            return None
        waiting = later
    return values, tuple(sorted(taken.items()))


def _settled(game: ExtensiveGame, index: int, values: dict[int, Payoffs], best: Best) -> int | None:
    """The action that is best, alone, at every node of a set; None where there is none."""
    player = game.sets[index].player
    settled: int | None = None
    for node in game.nodes_of[index]:
        actions = best([values[child][player] for child in game.children(node)])
        if len(actions) > 1 or settled not in (None, actions[0]):
            return None
        settled = actions[0]
    return settled


def _expected(game: ExtensiveGame, payoffs: Sequence[Payoffs], node: int) -> Payoffs:
    weights = [game.probability(child) for child in game.children(node)]
    return tuple(
        sum((w * each for w, each in zip(weights, own, strict=True)), Fraction(0))
        for own in zip(*payoffs, strict=True)
    )


__all__ = ["Best", "greatest", "play_out"]
