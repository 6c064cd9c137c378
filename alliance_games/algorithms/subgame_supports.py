"""Supports of a stage, and the cells of choices that satisfy what they ask: small questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations

from alliance_games.algorithms.subgame_equilibria import Stage
from alliance_games.exact.systems import Cell, Relation, Undecided
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame

Support = tuple[int, ...]

Numbers = tuple[Fraction, ...]
"""A point: one number for each unknown probability."""

Meeting = tuple[int, int, Numbers]
"""Two cells by their places, and a point of both."""


def own_sets(game: ExtensiveGame, stage: Stage) -> list[int]:
    """The information sets of a stage that belong to players."""
    return [index for index in stage.sets if game.sets[index].player != CHANCE]


def flat(game: ExtensiveGame, stage: Stage, own: Sequence[int]) -> bool:
    """Whether no player moves twice on any way through the stage."""
    before: dict[int, frozenset[int]] = {stage.root: frozenset()}
    cuts = set(stage.cuts)
    for node in stage.nodes:
        if node in cuts or game.set_of[node] == TERMINAL:
            continue
        index = game.set_of[node]
        mover = game.sets[index].player
        if index in own and mover in before[node]:
            return False
        for child in game.children(node):
            before[child] = before[node] | {mover} if index in own else before[node]
    return True


def subsets(size: int) -> list[Support]:
    """Every support at a set with so many actions, the small ones first."""
    return [s for n in range(1, size + 1) for s in combinations(range(size), n)]


def within(supports: Sequence[Support], larger: Sequence[Support]) -> bool:
    """Whether set by set each support lies in the larger one."""
    return all(set(one) <= set(other) for one, other in zip(supports, larger, strict=True))


def contains(larger: Cell, smaller: Cell) -> bool:
    """Whether a polytope contains another: told by the corners."""
    return bool(larger.corners and smaller.corners) and all(map(larger.holds, smaller.corners))


def rational(point: Sequence[object]) -> Numbers:
    """A point in rational numbers. Raises Undecided where it is irrational."""
    if all(isinstance(number, Fraction) for number in point):
        return tuple(number for number in point if isinstance(number, Fraction))
    raise Undecided("an equilibrium has irrational probabilities")


def connected(
    cells: Sequence[Cell], meet: Callable[[Sequence[Relation]], Numbers | None]
) -> list[tuple[list[Cell], list[Meeting]]]:
    """The cells in groups that hang together, with a point for each meeting of two of them.

    ``meet`` gives a point at which relations hold, or None.
    """
    groups: list[list[int]] = [[place] for place in range(len(cells))]
    meetings = []
    for first, second in combinations(range(len(cells)), 2):
        point = meet((*cells[first].conditions, *cells[second].conditions))
        if point is None or not (cells[first].holds(point) or cells[second].holds(point)):
            continue
        meetings.append((first, second, point))
        one = next(group for group in groups if first in group)
        other = next(group for group in groups if second in group)
        if one is not other:
            one += other
            groups.remove(other)
    return [
        (
            [cells[place] for place in group],
            [(group.index(a), group.index(b), x) for a, b, x in meetings if a in group],
        )
        for group in groups
    ]
