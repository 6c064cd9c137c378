"""The partitions of the players whose coalitions are worth most together, by dynamic programming
over sets of players (Yun Yeh 1986)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

Tick = Callable[[], None]


class BestStructures:
    """``best[S]`` is the most that the players in ``S`` are worth in any partition of theirs.

    ``worths[S]`` is what coalition ``S`` is worth, in integers of one scale.
    """

    def __init__(self, worths: Sequence[int], tick: Tick) -> None:
        self.worths = worths
        self.best = [0] * len(worths)
        for group in range(1, len(worths)):
            if not group & 0xFF:
                tick()
            self.best[group] = max(
                worths[block] + self.best[group ^ block] for block in _blocks(group)
            )

    def number(self) -> int:
        """How many partitions of all players are worth the best."""
        ways = [1] * len(self.worths)
        for group in range(1, len(self.worths)):
            ways[group] = sum(
                ways[group ^ block]
                for block in _blocks(group)
                if self.worths[block] + self.best[group ^ block] == self.best[group]
            )
        return ways[-1]

    def partitions(self, group: int, tick: Tick) -> Iterator[list[int]]:
        """Every partition of a set of players that is worth its best, larger coalitions first."""
        if not group:
            yield []
            return
        for block in _blocks(group):
            tick()
            if self.worths[block] + self.best[group ^ block] == self.best[group]:
                for rest in self.partitions(group ^ block, tick):
                    yield [block, *rest]


def _blocks(group: int) -> Iterator[int]:
    """The subsets that hold the first player of a set, the whole set first."""
    first = group & -group
    others = chosen = group ^ first
    while True:
        yield first | chosen
        if not chosen:
            return
        chosen = (chosen - 1) & others
