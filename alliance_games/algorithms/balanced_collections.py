"""The minimal balanced collections of coalitions (Shapley 1967), by exact enumeration.

A collection is balanced if positive weights make each player's coalitions weigh one, and minimal
if no part of it is: then the weights are unique. The core is not empty exactly where no minimal
balanced collection is worth more, weighed, than all players together (Bondareva 1963).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from alliance_games.model.coalitional import CoalitionalGame, by_size
from alliance_games.results.named.cooperative import CoreExists, EmptyCore, Weighed
from alliance_games.results.ordered import Signs

Weights = tuple[tuple[int, Fraction], ...]
"""The coalitions of a collection, small ones first, each with its weight."""


@lru_cache(maxsize=8)
def minimal_balanced(players: int) -> tuple[Weights, ...]:
    """All of them but the coalition of everybody by itself: few coalitions first.

    A minimal collection has linearly independent coalitions, so no more than there are players.
    """
    proper = by_size(players)[:-1]
    found = []
    for size in range(1, players + 1):
        for collection in combinations(proper, size):
            weights = _weights(collection, players)
            if weights is not None and min(weights) > 0:
                found.append(tuple(zip(collection, weights, strict=True)))
    return tuple(found)


def _weights(collection: Sequence[int], players: int) -> list[Fraction] | None:
    """The one solution of 'each player's coalitions weigh one'; None for none, or for several."""
    rows = [
        [*(Fraction(one >> player & 1) for one in collection), Fraction(1)]
        for player in range(players)
    ]
    for column in range(len(collection)):
        pivot = next((r for r in range(column, players) if rows[r][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [entry / rows[column][column] for entry in rows[column]]
        for other in range(players):
            if other != column and rows[other][column]:
                by = rows[other][column]
                rows[other] = [a - by * b for a, b in zip(rows[other], rows[column], strict=True)]
    if any(row[-1] for row in rows[len(collection) :]):
        return None
    return [row[-1] for row in rows[: len(collection)]]


def core_or_not(game: CoalitionalGame, signs: Signs) -> EmptyCore | CoreExists:
    """Whether the core is empty, over any ordered field, with the first collection that says so."""
    available = game.worth(game.everybody)
    for weights in minimal_balanced(len(game.players)):
        total = sum((weight * game.worth(one) for one, weight in weights), Fraction(0))
        if signs.is_positive(total - available):
            return EmptyCore(
                balanced=tuple(
                    Weighed(game.names(one), weight, game.worth(one)) for one, weight in weights
                ),
                worth=total,
                available=available,
            )
    return CoreExists()
