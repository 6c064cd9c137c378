"""All pure subgame perfect equilibria of a tree of perfect information, ties included.

From the last node up, each node gets the payoff vectors its subgame's equilibria can have, with the
number of equilibria that have each. Counts multiply over independent subgames, so that they are
exact without listing anything; the equilibrium of a given rank is read off from the root down.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import prod
from typing import Any

from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame

Value = tuple[Any, ...]
"""A payoff per player over that player's denominator: integers, or Fractions below chance."""

Values = Value | dict[Value, int]
"""What a subgame's equilibria are worth: the one value of the only equilibrium, or how many
equilibria have each value."""

TICKS = 1023
"""A limit is asked for at every node whose number ends in these bits."""


class Induction:
    """The outcome of backward induction on a game of perfect information.

    ``values[node]`` are the subgame's values; ``best[node]`` the action of the only equilibrium,
    where there is only one. ``number`` counts the pure subgame perfect equilibria of the game.
    """

    def __init__(self, game: ExtensiveGame, tick: Tick) -> None:
        self.game = game
        self.values: list[Values] = [()] * game.size
        self.best = array("q", [-1]) * game.size
        self._later: dict[int, list[dict[Value, int]]] = {}
        movers = [one.player for one in game.sets]
        values, first = self.values, game.first_child
        for node in range(game.size - 1, -1, -1):
            if node & TICKS == TICKS:
                tick()
            index = game.set_of[node]
            if index == TERMINAL:
                ending = game.terminal[node]
                values[node] = tuple([table[ending] for table in game.numerators])
                continue
            below = values[first[node] : first[node + 1]]
            if movers[index] == CHANCE:
                weights = game.weight[first[node] : first[node + 1]]
                values[node] = _at_chance(below, weights, tick)
            elif any(type(one) is dict for one in below):
                values[node] = _at_move(list(map(as_counts, below)), movers[index])
            else:
                self._settle(node, movers[index], below)

    def _settle(self, node: int, mover: int, below: Sequence[Any]) -> None:
        """The value of a node whose subgames each have one equilibrium."""
        worth = [value[mover] for value in below]
        top = max(worth)
        if worth.count(top) == 1:
            self.best[node] = action = worth.index(top)
            self.values[node] = below[action]
            return
        tied: dict[Value, int] = {}
        for value in below:
            if value[mover] == top:
                tied[value] = tied.get(value, 0) + 1
        self.values[node] = tied

    @property
    def number(self) -> int:
        """How many pure subgame perfect equilibria there are."""
        return sum(as_counts(self.values[0]).values())

    def choices(self, rank: int) -> array[int]:
        """The action at each node (-1 where nobody moves) of the equilibrium of that rank.

        Ranks run from 0 to ``number - 1``.
        """
        game, chosen = self.game, array("q", self.best)
        target, rank = _pick(as_counts(self.values[0]).items(), rank)
        wanted: dict[int, tuple[Value, int]] = {0: (target, rank)}
        for node in range(game.size):
            if not wanted:
                break
            if node not in wanted:
                continue
            target, rank = wanted.pop(node)
            if type(self.values[node]) is not dict:
                continue  # one equilibrium only: `best` knows it all the way down
            children = game.children(node)
            below = [as_counts(self.values[child]) for child in children]
            mover = game.sets[game.set_of[node]].player
            if mover == CHANCE:
                weights = [game.weight[child] for child in children]
                if node not in self._later:
                    self._later[node] = _suffixes(below, weights)
                parts = _split_chance(below, weights, self._later[node], target, rank)
            else:
                chosen[node], parts = _split_move(below, mover, target, rank)
            wanted.update(zip(children, parts, strict=True))
        return chosen


def as_counts(values: Values) -> dict[Value, int]:
    """How many equilibria have each value."""
    return values if isinstance(values, dict) else {values: 1}


def _at_move(below: Sequence[dict[Value, int]], mover: int) -> dict[Value, int]:
    """Counts where ``mover`` chooses: the chosen value is at least what every other child gives.

    Choosing child k with value v is in equilibrium together with every combination of equilibria
    of the other children that give the mover no more than v does.
    """
    at_most = [_Cumulative(counts, mover) for counts in below]
    totals: dict[Value, int] = {}
    for own, counts in enumerate(below):
        for value, number in counts.items():
            others = _number_of_others(at_most, own, value[mover])
            if others:
                totals[value] = totals.get(value, 0) + number * others
    return totals


class _Cumulative:
    """How many equilibria of a subgame give a player at most so much."""

    def __init__(self, counts: dict[Value, int], player: int) -> None:
        ordered = list(counts.items())
        if len(ordered) > 1:
            ordered.sort(key=lambda pair: pair[0][player])
        self.worths = [value[player] for value, _ in ordered]
        self.sums = [0, *accumulate(number for _, number in ordered)]

    def __call__(self, worth: Any) -> int:
        return self.sums[bisect_right(self.worths, worth)]


def _number_of_others(at_most: Sequence[_Cumulative], own: int, worth: Any) -> int:
    return prod([count(worth) for index, count in enumerate(at_most) if index != own])


def _at_chance(below: Sequence[Values], weights: Sequence[int], tick: Tick) -> Values:
    """Expected values: the only one, or every combination of the children's with its count."""
    if not any(type(one) is dict for one in below):
        total = sum(weights)
        return tuple(
            _exact(sum(w * x for w, x in zip(weights, column, strict=True)), total)
            for column in zip(*below, strict=True)
        )
    counts = list(map(as_counts, below))
    return _suffixes(counts, weights, tick)[0]


def _exact(number: Any, over: int) -> Any:
    """A quotient, as an integer where it is one: integers compare faster."""
    quotient = Fraction(number, over)
    return quotient.numerator if quotient.denominator == 1 else quotient


def _suffixes(
    below: Sequence[dict[Value, int]], weights: Sequence[int], tick: Tick = lambda: None
) -> list[dict[Value, int]]:
    """For each child, the sums of the expected values from it on to the last, with their counts."""
    total = sum(weights)
    width = len(next(iter(below[0])))
    sums: list[dict[Value, int]] = [{(0,) * width: 1}]
    for counts, weight in zip(reversed(below), reversed(weights), strict=True):
        joined: dict[Value, int] = {}
        for value, number in counts.items():
            tick()
            part = [_exact(weight * x, total) for x in value]
            for rest, many in sums[-1].items():
                key = tuple(map(sum, zip(part, rest, strict=True)))
                joined[key] = joined.get(key, 0) + number * many
        sums.append(joined)
    return sums[::-1]


def _split_chance(
    below: Sequence[dict[Value, int]],
    weights: Sequence[int],
    later: Sequence[dict[Value, int]],
    target: Value,
    rank: int,
) -> list[tuple[Value, int]]:
    """The value and rank at each child of the equilibrium of that rank with value ``target``."""
    total = sum(weights)
    parts = []
    for index, (counts, weight) in enumerate(zip(below, weights, strict=True)):
        for value, number in counts.items():
            rest = tuple(
                _exact(t * total - weight * x, total) for t, x in zip(target, value, strict=True)
            )
            many = later[index + 1].get(rest, 0)
            if rank < number * many:
                own, rank = divmod(rank, many)
                parts.append((value, own))
                target = rest
                break
            rank -= number * many
    return parts


def _split_move(
    below: Sequence[dict[Value, int]], mover: int, target: Value, rank: int
) -> tuple[int, list[tuple[Value, int]]]:
    """The action, and the value and rank at each child, of the equilibrium of that rank."""
    at_most = [_Cumulative(counts, mover) for counts in below]
    for own, counts in enumerate(below):
        size = counts.get(target, 0) * _number_of_others(at_most, own, target[mover])
        if rank < size:
            break
        rank -= size
    parts = []
    for index, counts in enumerate(below):
        fitting = {
            value: number
            for value, number in counts.items()
            if (value == target if index == own else value[mover] <= target[mover])
        }
        rank, here = divmod(rank, sum(fitting.values()))
        parts.append(_pick(fitting.items(), here))
    return own, parts


def _pick(counts: Any, rank: int) -> tuple[Value, int]:
    """The value under which a rank falls, and the rank among those of that value."""
    for value, number in counts:
        if rank < number:
            return value, rank
        rank -= number
    raise IndexError("there are not so many equilibria")
