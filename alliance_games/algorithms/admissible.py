"""Which part of a set of equilibria uses undominated strategies alone.

Whether a mixed strategy is weakly dominated depends on its support alone, and what is undominated
stays so on a smaller support (``undominated``). So of a maximal Nash subset, a product of two
polytopes, the undominated part is a union of products of their faces: those on the largest
undominated supports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from alliance_games.algorithms.opponents import opponents
from alliance_games.algorithms.undominated import is_undominated
from alliance_games.exact.tableau import Tick
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, support
from alliance_games.results.budget import LimitReached
from alliance_games.results.solutions import Subset

MOST_FACES = 20_000
"""Supports looked at on one side of a maximal Nash subset."""


class Admissible:
    """Which supports are undominated in one game; what it learns once, it keeps."""

    def __init__(self, game: NormalGame | AnonymousGame, tick: Tick) -> None:
        self.tick = tick
        self._opponents = opponents(game)
        self._known: dict[tuple[int, tuple[int, ...]], bool] = {}

    def holds(self, group: int, used: Sequence[int]) -> bool:
        """Whether mixtures of a player (or role) on these strategies are not weakly dominated."""
        key = (group, tuple(used))
        if key not in self._known:
            rows = self._opponents.rows(group, self._opponents.everyone)
            table = [[int(value) for value in row] for row in rows]
            self._known[key] = is_undominated(table, key[1], self.tick)
        return self._known[key]

    def faces(self, group: int, corners: Sequence[Mixed]) -> list[tuple[Mixed, ...]]:
        """The largest faces of a polytope of mixed strategies that are undominated, each by its
        corners."""
        supports = [frozenset(support(corner)) for corner in corners]
        waiting = [frozenset().union(*supports)]
        seen = set(waiting)
        found: list[frozenset[int]] = []
        while waiting:
            self.tick()
            largest = waiting.pop(0)
            inside = [own for own in supports if own <= largest]
            used = frozenset().union(*inside)
            if not inside or any(used <= other for other in found):
                continue
            if self.holds(group, sorted(used)):
                found.append(used)
                continue
            for own in sorted(used):
                smaller = used - {own}
                if smaller not in seen:
                    seen.add(smaller)
                    waiting.append(smaller)
            if len(seen) > MOST_FACES:
                raise LimitReached("a continuum of equilibria has too many faces to go through")
        maximal = [used for used in found if not any(used < other for other in found)]
        return [
            tuple(corner for corner, own in zip(corners, supports, strict=True) if own <= used)
            for used in sorted(maximal, key=sorted)
        ]


class Piece(NamedTuple):
    """A connected part of what is left of a set of equilibria."""

    subsets: tuple[Subset, ...]


def surviving(judge: Admissible, subsets: Sequence[Subset]) -> list[Piece]:
    """The undominated part of a two-player game's component, in connected pieces."""
    left: list[Subset] = []
    for subset in subsets:
        rows, columns = judge.faces(0, subset.rows), judge.faces(1, subset.columns)
        left += [Subset(x, y) for x in rows for y in columns]
    maximal = [
        one
        for place, one in enumerate(left)
        if not any(
            _within(one, other) and (place > at or not _within(other, one))
            for at, other in enumerate(left)
            if at != place
        )
    ]
    return [Piece(tuple(group)) for group in _connected(maximal)]


def _within(one: Subset, other: Subset) -> bool:
    return set(one.rows) <= set(other.rows) and set(one.columns) <= set(other.columns)


def _connected(subsets: Sequence[Subset]) -> list[list[Subset]]:
    groups: list[list[Subset]] = []
    for subset in subsets:
        touching = [group for group in groups if any(_meet(subset, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([*(one for group in touching for one in group), subset])
    ordered = [
        sorted(group, key=lambda one: (one.rows, one.columns), reverse=True) for group in groups
    ]
    return sorted(ordered, key=lambda group: (group[0].rows, group[0].columns), reverse=True)


def _meet(one: Subset, other: Subset) -> bool:
    """Faces that meet share a corner, and so do products of faces."""
    return bool(set(one.rows) & set(other.rows) and set(one.columns) & set(other.columns))
