"""Pareto efficiency among pure profiles.

A vector of payoffs is efficient if no other gives every player at least as much and some player
more. In an order in which a dominating vector comes first - lexicographic, or by the sum of ranks -
a vector is efficient exactly when no efficient one before it dominates it (Kung, Luccio and
Preparata 1975), so that only efficient ones are ever compared with.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import floor
from operator import neg
from typing import TYPE_CHECKING, Any, NamedTuple

from alliance_games.model.integers import COMPACT_FROM
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs

if TYPE_CHECKING:
    import numpy as np

Vector = tuple[int, ...]
Tick = Callable[[], None]

COMPARISONS = 2_000_000
"""So many single comparisons in plain Python take about as long as to load numpy."""

CHEAP = 100_000_000
"""So many with numpy take about a tenth of a second."""

_BLOCK = 2048
_CHUNK = 64


class Staircase(NamedTuple):
    """The efficient payoffs of a two-player game, as integers: the first player's descend, the
    second's ascend."""

    first: tuple[int, ...]
    second: tuple[int, ...]

    @classmethod
    def of(cls, pairs: Sequence[Vector]) -> Staircase:
        """The efficient ones among pairs of payoffs."""
        steps: list[Vector] = []
        for pair in sorted(set(pairs), reverse=True):
            if not steps or pair[1] > steps[-1][1]:
                steps.append(pair)
        return cls(tuple(step[0] for step in steps), tuple(step[1] for step in steps))

    def dominates(self, payoffs: Payoffs, denominators: Sequence[int]) -> bool:
        """Whether a step gives both players as much as ``payoffs`` and one of them more.

        The steps stand over ``denominators``.
        """
        first, second = (p * d for p, d in zip(payoffs, denominators, strict=True))
        # Of the steps that give the first player enough, the last gives the second most.
        last = bisect_right(self.first, floor(-first), key=neg) - 1
        if last < 0 or self.second[last] < second:
            return False
        return self.first[last] > first or self.second[last] > second


def efficient(vectors: Sequence[Vector], tick: Tick, most: int) -> tuple[list[int], bool]:
    """Which of the vectors are efficient, in order, and whether these are all there are.

    Stops soon after ``most`` are found. Equal vectors are all efficient or none.
    """
    if vectors and len(vectors[0]) == 2:
        stairs = Staircase.of(vectors)
        kept = set(zip(stairs.first, stairs.second, strict=True))
        return [index for index, vector in enumerate(vectors) if vector in kept], True
    distinct = sorted(set(vectors), reverse=True)
    if vectors and len(distinct) ** 2 * len(vectors[0]) > COMPARISONS:
        import numpy as np

        columns = list(zip(*vectors, strict=True))
        return efficient_columns([np.array(column, dtype=object) for column in columns], tick, most)
    front: list[Vector] = []
    for vector in distinct:
        tick()
        if not any(all(x >= y for x, y in zip(other, vector, strict=True)) for other in front):
            front.append(vector)
    found = set(front)
    return [index for index, vector in enumerate(vectors) if vector in found], True


def efficient_columns(
    columns: Sequence[np.ndarray[Any, Any]], tick: Tick, most: int
) -> tuple[list[int], bool]:
    """The same for payoffs given player by player, as one array of N integers each."""
    import numpy as np

    # Ranks in place of payoffs: small, so that their sums are exact whatever the payoffs are.
    ranks = np.empty((len(columns[0]), len(columns)), dtype=np.int32)
    for player, column in enumerate(columns):
        tick()
        ranks[:, player] = np.unique(column, return_inverse=True)[1].reshape(-1)
    sums = ranks.sum(axis=1, dtype=np.int64)
    order = np.argsort(-sums, kind="stable")
    front = ranks[:0]
    found = []
    number = 0
    for start in range(0, len(order), _BLOCK):
        rows = order[start : start + _BLOCK]
        rows = rows[~_dominated(ranks[rows], front, tick)]
        rows = rows[~_dominated(ranks[rows], ranks[rows], tick)]
        if len(rows):
            found.append(rows)
            number += len(rows)
            front = np.concatenate([front, np.unique(ranks[rows], axis=0)])
            # The greatest sums dominate most: the sooner they are met, the better.
            front = front[np.argsort(-front.sum(axis=1, dtype=np.int64), kind="stable")]
        if number > most:
            break
    positions: list[int] = sorted(np.concatenate(found).tolist())
    return positions, number <= most


def _dominated(
    vectors: np.ndarray[Any, Any], by: np.ndarray[Any, Any], tick: Tick
) -> np.ndarray[Any, Any]:
    """Which of the vectors (k x players) one of the others (f x players) dominates."""
    import numpy as np

    sums = vectors.sum(axis=1, dtype=np.int64)
    result = np.zeros(len(vectors), dtype=bool)
    alive = np.arange(len(vectors))
    for start in range(0, len(by), _CHUNK):
        if not len(alive):
            break
        tick()
        chunk = by[start : start + _CHUNK]
        as_good = np.ones((len(alive), len(chunk)), dtype=bool)
        for player in range(vectors.shape[1]):
            as_good &= chunk[:, player] >= vectors[alive, player][:, None]
        # As good for all and greater in sum: better for somebody.
        as_good &= chunk.sum(axis=1, dtype=np.int64) > sums[alive][:, None]
        hit = as_good.any(axis=1)
        result[alive[hit]] = True
        alive = alive[~hit]
    return result


def efficient_positions(game: NormalGame, tick: Tick, most: int) -> tuple[list[int], bool]:
    """Where the efficient pure profiles of a game stand in its tables, and whether that is all."""
    if game.size < COMPACT_FROM:
        return efficient(list(zip(*game.numerators, strict=True)), tick, most)
    return efficient_columns([game.flat(player) for player in range(len(game.players))], tick, most)


def cheap_judge(game: NormalGame, times: int) -> Callable[[int], bool] | None:
    """A function that says of a position whether no pure profile dominates the one there.

    None where ``times`` such questions would take noticeably long.
    """
    work = game.size * len(game.players) * times
    if game.size < COMPACT_FROM:
        return (lambda position: _stands(game, position)) if work <= COMPARISONS else None
    return (lambda position: _stands_in_arrays(game, position)) if work <= CHEAP else None


def _stands(game: NormalGame, position: int) -> bool:
    here = tuple(table[position] for table in game.numerators)
    return not any(
        there != here and all(x >= y for x, y in zip(there, here, strict=True))
        for there in zip(*game.numerators, strict=True)
    )


def _stands_in_arrays(game: NormalGame, position: int) -> bool:
    import numpy as np

    tables = [game.flat(player) for player in range(len(game.players))]
    left = np.flatnonzero(tables[0] >= tables[0][position])
    for table in tables[1:]:
        left = left[(table[left] >= table[position]).astype(bool)]
    return not any((table[left] > table[position]).any() for table in tables)
