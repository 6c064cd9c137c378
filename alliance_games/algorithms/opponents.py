"""What a player can get, seen as a table: a row per own strategy, a column per play of the others.

Players with the same table (those of one role of an anonymous game) form a group and are treated
once. Which strategies are still there is ``alive``: for each group its strategies, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Protocol

from alliance_games.model.anonymous import AnonymousGame, Counts, count_vectors
from alliance_games.model.integers import COMPACT_FROM
from alliance_games.model.normal import NormalGame

if TYPE_CHECKING:
    import numpy as np

Alive = tuple[tuple[int, ...], ...]

Rows = Any  # list[Sequence[int]], or a two-dimensional array of numpy where there are many columns
"""One row of integer payoffs per living strategy."""

SAFE = 2**61
"""Integers below it can be subtracted in 64 bits."""


class Opponents(Protocol):
    """The tables of a game. ``everyone`` is every group's every strategy."""

    everyone: Alive
    members: Sequence[Sequence[int]]
    """The players of each group."""

    def rows(self, group: int, alive: Alive) -> Rows:
        """The table of a player of ``group`` where only ``alive`` strategies are played."""
        ...

    def play(self, group: int, own: int, alive: Alive, column: int) -> tuple[int, ...]:
        """What the others do in a column of that table, as a belief names it."""
        ...


def opponents(game: NormalGame | AnonymousGame) -> Opponents:
    """The tables of ``game``."""
    return ByProfiles(game) if isinstance(game, NormalGame) else ByCounts(game)


class ByProfiles(Opponents):
    """A normal-form game: the columns are the others' pure profiles, in row-major order."""

    def __init__(self, game: NormalGame) -> None:
        self.game = game
        self.everyone = tuple(tuple(range(size)) for size in game.shape)
        self.members = [(player,) for player in range(len(game.players))]

    def rows(self, group: int, alive: Alive) -> Rows:
        """One row per living strategy of the player."""
        if self.game.size >= COMPACT_FROM:
            return self._array(group, alive)
        table, strides = self.game.numerators[group], self.game.strides
        starts = [0]
        for player, (indices, stride) in enumerate(zip(alive, strides, strict=True)):
            if player != group:
                starts = [start + index * stride for start in starts for index in indices]
        own = strides[group]
        return [[table[start + index * own] for start in starts] for index in alive[group]]

    def _array(self, group: int, alive: Alive) -> np.ndarray[Any, Any]:
        import numpy as np

        strides = self.game.strides
        starts = np.zeros(1, dtype=np.int64)
        for player, (indices, stride) in enumerate(zip(alive, strides, strict=True)):
            if player != group:
                steps = np.array(indices, dtype=np.int64) * stride
                starts = (starts[:, None] + steps).ravel()
        table = self.game.flat(group)
        rows = np.stack([table[starts + index * strides[group]] for index in alive[group]])
        if rows.dtype != object and max(int(rows.max()), -int(rows.min())) >= SAFE:
            return rows.astype(object)
        return rows

    def play(self, group: int, own: int, alive: Alive, column: int) -> tuple[int, ...]:
        """The pure profile, with ``own`` in the player's place."""
        profile = [own] * len(alive)
        for player in range(len(alive) - 1, -1, -1):
            if player != group:
                column, index = divmod(column, len(alive[player]))
                profile[player] = alive[player][index]
        return tuple(profile)


class ByCounts(Opponents):
    """An anonymous game: the columns are the others' counts."""

    def __init__(self, game: AnonymousGame) -> None:
        self.game = game
        strategies = tuple(range(len(game.strategies)))
        self.everyone = tuple(strategies for _ in game.members)
        self.members = game.members
        self._reachable: dict[tuple[int, Alive], list[int]] = {}

    def rows(self, group: int, alive: Alive) -> Rows:
        """One row per living strategy of the role."""
        tables = self.game.numerators[group]
        if alive == self.everyone:
            return list(tables)
        columns = self._columns(group, alive)
        return [[tables[index][column] for column in columns] for index in alive[group]]

    def play(self, group: int, own: int, alive: Alive, column: int) -> tuple[int, ...]:
        """The others' counts."""
        every = count_vectors(len(self.game.players) - 1, len(self.game.strategies))
        return every[self._columns(group, alive)[column]]

    def _columns(self, group: int, alive: Alive) -> Sequence[int]:
        """The vectors of counts the others can reach with the strategies they have left."""
        every = count_vectors(len(self.game.players) - 1, len(self.game.strategies))
        if alive == self.everyone:
            return range(len(every))
        known = self._reachable.get((group, alive))
        if known is None:
            needs = self._needs(group, alive)
            known = [i for i, counts in enumerate(every) if _reachable(counts, needs)]
            self._reachable[group, alive] = known
        return known

    def _needs(self, group: int, alive: Alive) -> list[tuple[tuple[int, ...], int]]:
        """For each set of strategies, how many of the others have no strategy outside it."""
        sizes = [len(players) - (role == group) for role, players in enumerate(self.game.members)]
        subsets = [
            tuple(s for s, taken in enumerate(chosen) if taken)
            for chosen in product((False, True), repeat=len(self.game.strategies))
        ]
        bound = [
            (subset, sum(n for n, own in zip(sizes, alive, strict=True) if set(own) <= set(subset)))
            for subset in subsets
        ]
        return [(subset, number) for subset, number in bound if number]


def _reachable(counts: Counts, needs: Sequence[tuple[tuple[int, ...], int]]) -> bool:
    """Whether players bound to sets of strategies can spread in this way (Hall 1935)."""
    return all(sum(counts[s] for s in subset) >= number for subset, number in needs)
