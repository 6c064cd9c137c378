"""The patterns of used actions that sequential rationality leaves, from the end of the tree up.

A pattern says which actions each information set uses. It is chosen set by set, and dropped as soon
as a used action is worse than another whatever is believed at the set and whatever the sets after
it do within what the pattern leaves them. At a set on whose moves no belief depends, the pattern
says which actions are best, used or not: every other is worse then, and patterns are fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from alliance_games.algorithms.assessments_ground import Ground
from alliance_games.exact.programs import Program, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import CHANCE, TERMINAL

Used = tuple[int, ...]
"""The actions an information set uses (at a silent set, all its best ones), in order."""

Pattern = Mapping[int, Used]
"""The used actions of information sets, by set."""


Ranges = list[list[Fraction | int]]
"""The least or the largest payoff after each node, by player."""


class Broken(NamedTuple):
    """A condition that fails whatever the unknowns are: at a set, ``better`` beats ``used``.

    Both are -1 where it takes several comparisons together to see that ``used`` cannot be.
    """

    at: int
    used: int
    better: int


NO_ONE_ACTION = -1


class Beaten(NamedTuple):
    """A partial pattern that cannot be, and the condition that fails.

    ``reached`` are the nodes of the set that play can reach, where only these were believed.
    """

    pattern: Pattern
    wrong: Broken
    reached: tuple[int, ...] = ()


class _Stage:
    """A partial pattern with the range of every player's payoff after each node."""

    def __init__(self, used: dict[int, Used], low: Ranges, high: Ranges) -> None:
        self.used, self.low, self.high = used, low, high


def patterns(
    ground: Ground, tick: Tick, beaten: Callable[[Beaten], None] = lambda one: None
) -> Iterator[dict[int, Used]]:
    """Every pattern that no such comparison excludes; ``beaten`` is told of those that are.

    Sets with fewer used actions come first, the first actions first.
    """
    options = {h: _subsets(len(ground.actions(h))) for h in ground.sets}
    watched = _watched(ground)
    waiting = [(0, _start(ground))]
    while waiting:
        level, stage = waiting.pop()
        if level == len(ground.sets):
            yield stage.used
            continue
        tick()
        index = ground.sets[level]
        following = []
        for used in options[index]:
            pattern = {**stage.used, index: used}
            fault = _fault(ground, stage, index, used, ground.members[index])
            if fault is not None:
                beaten(Beaten(pattern, fault))
                continue
            below = _fault_below(ground, stage, pattern, watched[level])
            if below is not None:
                beaten(below)
                continue
            following.append((level + 1, _decided(ground, stage, pattern, index)))
        waiting += reversed(following)


def settled(ground: Ground) -> dict[int, Used]:
    """The sets that can use one thing only, whatever else is decided, from the end of the tree."""
    stage = _start(ground)
    for index in ground.sets:
        left = [
            used
            for used in _subsets(len(ground.actions(index)))
            if _fault(ground, stage, index, used, ground.members[index]) is None
        ]
        if len(left) == 1:
            stage = _decided(ground, stage, {**stage.used, index: left[0]}, index)
    return stage.used


def _subsets(size: int) -> list[Used]:
    return [used for many in range(1, size + 1) for used in combinations(range(size), many)]


def _watched(ground: Ground) -> list[list[int]]:
    """For each level, the hidden sets whose every way is decided once that level is."""
    levels = {h: level for level, h in enumerate(ground.sets)}
    watched: list[list[int]] = [[] for _ in ground.sets]
    for h in ground.sets:
        if len(ground.members[h]) > 1:
            known = [levels[g] for x in ground.members[h] for g, _ in ground.ways[x]]
            last = max(known, default=0)
            if last > levels[h]:
                watched[last].append(h)
    return watched


def _start(ground: Ground) -> _Stage:
    """Nothing decided: each set may do anything."""
    game = ground.game
    players = range(len(game.players))
    low: Ranges = [[0] * game.size for _ in players]
    high: Ranges = [[0] * game.size for _ in players]
    stage = _Stage({}, low, high)
    for node in reversed(ground.nodes):
        if game.set_of[node] == TERMINAL:
            for player in players:
                low[player][node] = high[player][node] = game.numerators[player][
                    game.terminal[node]
                ]
        else:
            _settle(ground, stage, node)
    return stage


def _settle(ground: Ground, stage: _Stage, node: int) -> None:
    """The ranges at a node from those at the nodes that follow."""
    game = ground.game
    index = game.set_of[node]
    if ground.movers[index] == CHANCE:
        branches = ground.branches(node)
        for table in (*stage.low, *stage.high):
            total = sum((p * table[child] for child, p in branches), Fraction(0))
            table[node] = total.numerator if total.denominator == 1 else total
        return
    used = stage.used.get(index)
    first = game.first_child[node]
    children = game.children(node) if used is None else [first + action for action in used]
    for table in stage.low:
        table[node] = min([table[child] for child in children])
    for table in stage.high:
        table[node] = max([table[child] for child in children])


def _decided(ground: Ground, stage: _Stage, pattern: dict[int, Used], index: int) -> _Stage:
    if len(pattern[index]) == len(ground.actions(index)):
        return _Stage(pattern, stage.low, stage.high)
    after = _Stage(pattern, [list(t) for t in stage.low], [list(t) for t in stage.high])
    for node in ground.above[index]:
        _settle(ground, after, node)
    return after


def _fault(
    ground: Ground, stage: _Stage, index: int, used: Used, nodes: Sequence[int]
) -> Broken | None:
    """None where some belief over ``nodes`` and some play after them make ``used`` the best."""
    player, child = ground.movers[index], ground.child
    low, high = stage.low[player], stage.high[player]
    silent = index in ground.silent
    rows: list[list[Fraction | int]] = []
    strict: list[bool] = []
    pairs = [(action, other) for action in used for other in ground.actions(index)]
    pairs = [(action, other) for action, other in pairs if action != other]
    for action, other in pairs:
        rows.append([high[child(x, action)] - low[child(x, other)] for x in nodes])
        strict.append(silent and other not in used)
    if not rows or any(_holds(column, strict) for column in zip(*rows, strict=True)):
        return None
    for pair, row, above in zip(pairs, rows, strict, strict=True):
        if max(row) < 0 or (above and max(row) == 0):
            return Broken(index, *pair)
    if len(nodes) > 1:
        negative = [([-entry for entry in row], 0) for row in rows]
        sum_to_one = [([1] * len(nodes), 1)]
        if maximize(Program([0] * len(nodes), negative, sum_to_one)).status == "optimal":
            return None
    return Broken(index, NO_ONE_ACTION, NO_ONE_ACTION)


def _holds(entries: Sequence[Fraction | int], strict: Sequence[bool]) -> bool:
    return all(
        entry > 0 if above else entry >= 0 for entry, above in zip(entries, strict, strict=True)
    )


def _fault_below(
    ground: Ground, stage: _Stage, pattern: Pattern, hidden: Sequence[int]
) -> Beaten | None:
    """A set that play now reaches for certain, and whose used actions no longer can be best."""
    for h in hidden:
        reached = tuple(
            x for x in ground.members[h] if all(a in pattern[g] for g, a in ground.ways[x])
        )
        if not reached:
            continue
        if any(len(pattern[g]) > 1 for x in reached for g, _ in ground.ways[x]):
            wrong = _fault(ground, stage, h, pattern[h], reached)
        else:
            wrong = _misfit(ground, stage, h, pattern[h], reached)
        if wrong is not None:
            return Beaten(pattern, wrong, reached)
    return None


def _misfit(
    ground: Ground, stage: _Stage, index: int, used: Used, reached: Sequence[int]
) -> Broken | None:
    """None where ``used`` can be best, given that only chance mixed before: the belief is known."""
    player = ground.movers[index]
    low, high = stage.low[player], stage.high[player]

    def worth(table: list[Fraction | int], action: int) -> Fraction:
        parts = (ground.chances[x] * table[ground.child(x, action)] for x in reached)
        return sum(parts, Fraction(0))

    best = max(ground.actions(index), key=lambda action: worth(low, action))
    for action in used:
        if worth(high, action) < worth(low, best):
            return Broken(index, action, best)
    return None
