"""What profiles of plans pay in a tree: the tables of its normal forms, from the definition.

A plan says what its owner does at some information sets. An ending is reached by those profiles of
plans that make every choice on the way to it (Kuhn 1953); chance makes the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame

Plan = Mapping[int, int]
"""An action for each information set (an index) that the plan's owner chooses at."""

Way = tuple[tuple[int, int], ...]
"""The choices on the way to an ending: information sets with the actions there, chance left out."""


def ways(tree: ExtensiveGame) -> Iterator[tuple[int, Fraction, Way]]:
    """Each ending that chance allows, with the probability of chance's moves, and the choices."""
    waiting: list[tuple[int, Fraction, Way]] = [(0, Fraction(1), ())]
    while waiting:
        node, probability, way = waiting.pop()
        index = tree.set_of[node]
        if index == TERMINAL:
            yield node, probability, way
        elif tree.sets[index].player == CHANCE:
            for child in tree.children(node):
                if tree.weight[child]:
                    waiting.append((child, probability * tree.probability(child), way))
        else:
            for action, child in enumerate(tree.children(node)):
                waiting.append((child, probability, (*way, (index, action))))


def tables(
    tree: ExtensiveGame,
    plans: Sequence[Sequence[Plan]],
    paid: Callable[[int, int, Way], Fraction],
) -> list[list[Fraction]]:
    """The expected payoff of each owner of plans at every profile of them, in row-major order.

    ``plans[owner]`` are what an owner can do; together the owners choose at every set.
    ``paid(owner, ending, way)`` is what an ending pays an owner.
    """
    strides = [prod(map(len, plans[owner + 1 :])) for owner in range(len(plans))]
    found = [[Fraction(0)] * prod(map(len, plans)) for _ in plans]
    making: dict[tuple[int, Way], list[int]] = {}
    for ending, probability, way in ways(tree):
        places = [0]
        for owner, own in enumerate(plans):
            chosen = tuple(choice for choice in way if choice[0] in own[0]) if own else ()
            if (owner, chosen) not in making:
                making[owner, chosen] = _making(own, chosen)
            stride = strides[owner]
            places = [place + plan * stride for place in places for plan in making[owner, chosen]]
        for owner, table in enumerate(found):
            share = probability * paid(owner, ending, way)
            if share:
                for place in places:
                    table[place] += share
    return found


def _making(plans: Sequence[Plan], chosen: Way) -> list[int]:
    """The plans that make all of these choices."""
    return [
        number
        for number, plan in enumerate(plans)
        if all(plan[index] == action for index, action in chosen)
    ]
