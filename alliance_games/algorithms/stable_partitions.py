"""All stable partitions of a hedonic game, by building partitions coalition by coalition.

A partial partition is given up as soon as a departure is known that nobody not yet placed can
prevent: a coalition of placed players who all gain, or a placed player who moves to a coalition
that is there. Utilities are replaced by their ranks, small integers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alliance_games.model.hedonic import HedonicGame

Tick = Callable[[], None]

FRONT = 24
"""So many of the coalitions that blocked last are tried on partial partitions."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """``movers`` leave for the coalition ``joins`` (0: by themselves); both are sets of bits."""

    movers: int
    joins: int


class Ranks:
    """Each player's coalitions by rank: ``of[i][coalition]``, higher is better, -1 without her."""

    def __init__(self, game: HedonicGame) -> None:
        self.count = len(game.players)
        self.everybody = (1 << self.count) - 1
        self.of: list[list[int]] = []
        for player in range(self.count):
            levels = {value: at for at, value in enumerate(sorted(set(game.values[player])))}
            own = [-1] * (self.everybody + 1)
            for coalition in range(1, self.everybody + 1):
                if coalition >> player & 1:
                    own[coalition] = levels[game.utility(player, coalition)]
            self.of.append(own)

    def members(self, coalition: int) -> list[int]:
        """The players in a coalition."""
        return [at for at in range(self.count) if coalition >> at & 1]


May = Callable[[Ranks, int, int, int], bool]
"""Whether a player may move from her home to a goal: ``may(ranks, player, home, goal)``."""

Search = Callable[[Ranks, Tick, "set[Leaving]"], Iterator[list[int]]]
"""Yields the stable partitions as lists of coalitions; adds to the set what rules out others."""


def core(ranks: Ranks, tick: Tick, used: set[Leaving], strict: bool = False) -> Iterator[list[int]]:
    """The partitions that no coalition blocks (``strict``: not even weakly)."""
    alone = [ranks.of[at][1 << at] for at in range(ranks.count)]
    wanted: list[tuple[int, list[tuple[int, int]]]] = []
    for coalition in range(1, ranks.everybody + 1):
        gains = [(at, ranks.of[at][coalition]) for at in ranks.members(coalition)]
        small = coalition.bit_count() == 1
        # A coalition in which somebody does not beat being alone blocks nothing that being alone
        # does not block already.
        if small or all(rank >= alone[at] if strict else rank > alone[at] for at, rank in gains):
            wanted.append((coalition, gains))
    rank_now = [0] * ranks.count

    def blocks(gains: list[tuple[int, int]]) -> bool:
        if not strict:
            return all(rank > rank_now[at] for at, rank in gains)
        return all(rank >= rank_now[at] for at, rank in gains) and any(
            rank > rank_now[at] for at, rank in gains
        )

    front: list[int] = []

    def holds(placed: int) -> bool:
        """No coalition of placed players blocks; for a partial partition those tried last."""
        for place, number in enumerate(front[:FRONT]):
            coalition, gains = wanted[number]
            if not coalition & ~placed and blocks(gains):
                front.insert(0, front.pop(place))
                return False
        if placed != ranks.everybody:
            return True
        for number, (coalition, gains) in enumerate(wanted):
            if blocks(gains):
                if number in front:
                    front.remove(number)
                front.insert(0, number)
                used.add(Leaving(coalition, 0))
                return False
        return True

    def accept(placed: int, coalition: int, partition: list[int]) -> bool:
        for at in ranks.members(coalition):
            rank_now[at] = ranks.of[at][coalition]
            if rank_now[at] < alone[at]:
                used.add(Leaving(1 << at, 0))
                return False
        return holds(placed)

    yield from _grow(ranks, tick, accept)


def nash(ranks: Ranks, tick: Tick, used: set[Leaving]) -> Iterator[list[int]]:
    """The partitions in which nobody wants to move, whatever those she joins think of it."""
    yield from _by_moves(ranks, tick, used, _anywhere)


def individual(ranks: Ranks, tick: Tick, used: set[Leaving]) -> Iterator[list[int]]:
    """The partitions in which nobody wants to move to a coalition that would have her."""
    yield from _by_moves(ranks, tick, used, _welcome)


def contractual(ranks: Ranks, tick: Tick, used: set[Leaving]) -> Iterator[list[int]]:
    """The same, where those she leaves must agree as well."""
    yield from _by_moves(ranks, tick, used, _released)


def _anywhere(ranks: Ranks, player: int, home: int, goal: int) -> bool:
    return True


def _welcome(ranks: Ranks, player: int, home: int, goal: int) -> bool:
    """Whether nobody in ``goal`` loses by the player's coming."""
    larger = goal | 1 << player
    return all(ranks.of[at][larger] >= ranks.of[at][goal] for at in ranks.members(goal))


def _released(ranks: Ranks, player: int, home: int, goal: int) -> bool:
    """Whether besides nobody left in ``home`` loses by her going."""
    left = home & ~(1 << player)
    return _welcome(ranks, player, home, goal) and all(
        ranks.of[at][left] >= ranks.of[at][home] for at in ranks.members(left)
    )


def _move(ranks: Ranks, may: May, home: int, goal: int) -> Leaving | None:
    """The first member of ``home`` who gains by moving to ``goal``, and may."""
    for at in ranks.members(home):
        own = ranks.of[at]
        if own[goal | 1 << at] > own[home] and may(ranks, at, home, goal):
            return Leaving(1 << at, goal)
    return None


def _by_moves(ranks: Ranks, tick: Tick, used: set[Leaving], may: May) -> Iterator[list[int]]:
    """The partitions from which nobody gains by a move she may make; every two coalitions are
    compared once, when the later of them is added."""

    def moves(home: int, goal: int) -> bool:
        found = _move(ranks, may, home, goal)
        if found is not None:
            used.add(found)
        return found is not None

    def accept(placed: int, coalition: int, partition: list[int]) -> bool:
        if moves(coalition, 0):
            return False
        return not any(moves(coalition, other) or moves(other, coalition) for other in partition)

    yield from _grow(ranks, tick, accept)


def _grow(
    ranks: Ranks, tick: Tick, accept: Callable[[int, int, list[int]], bool]
) -> Iterator[list[int]]:
    """Every partition all of whose beginnings are accepted, the larger coalitions first.

    ``accept(placed, coalition, partition)`` judges ``partition`` with ``coalition`` added to it.
    """
    partition: list[int] = []

    def grow(placed: int) -> Iterator[list[int]]:
        if placed == ranks.everybody:
            yield list(partition)
            return
        rest = ranks.everybody & ~placed
        first = rest & -rest
        others = rest & ~first
        chosen = others
        while True:
            tick()
            coalition = first | chosen
            if accept(placed | coalition, coalition, partition):
                partition.append(coalition)
                yield from grow(placed | coalition)
                partition.pop()
            if not chosen:
                return
            chosen = (chosen - 1) & others

    yield from grow(0)


SEARCHES: dict[str, Search] = {
    "core-stable": core,
    "strict-core-stable": lambda ranks, tick, used: core(ranks, tick, used, strict=True),
    "nash-stable": nash,
    "individually-stable": individual,
    "contractually-individually-stable": contractual,
}
"""How each kind of stable partition is found, by the concept's name."""

_MOVES: dict[str, May] = {
    "nash-stable": _anywhere,
    "individually-stable": _welcome,
    "contractually-individually-stable": _released,
}


def departure(ranks: Ranks, notion: str, partition: list[int]) -> Leaving | None:
    """A departure that shows a partition not to be stable: that of the fewest players, first of
    those by themselves; None where it is stable."""
    if notion in _MOVES:
        for goal in (0, *partition):
            for home in partition:
                if home != goal and (found := _move(ranks, _MOVES[notion], home, goal)):
                    return found
        return None
    home_of = {at: home for home in partition for at in ranks.members(home)}
    for coalition in sorted(range(1, ranks.everybody + 1), key=lambda one: (one.bit_count(), one)):
        changes = [
            ranks.of[at][coalition] - ranks.of[at][home_of[at]] for at in ranks.members(coalition)
        ]
        if min(changes) > 0 or (
            notion == "strict-core-stable" and min(changes) == 0 and max(changes) > 0
        ):
            return Leaving(coalition, 0)
    return None
