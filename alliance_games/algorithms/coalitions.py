"""Joint deviations of coalitions in games in normal form, over pure profiles.

A profile is given by its position in the flat payoff tables. A set of profiles is one integer, a
bit by position, so that what holds for all parts of a coalition is one conjunction of integers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from alliance_games.algorithms.pure_equilibria import profile_at
from alliance_games.model.normal import NormalGame

Tick = Callable[[], None]

Joint = tuple[tuple[int, ...], int]
"""A coalition, and the position to which it moves together."""

LOOPS_UP_TO = 4096
"""Profiles up to which plain Python is faster than loading numpy."""


def blocking(game: NormalGame, position: int, tick: Tick) -> Joint | None:
    """The smallest coalition all of whose members gain by a joint deviation, and where it moves.

    None where there is none: a pure equilibrium is then strong (Aumann 1959). Of several of one
    size the deviation that comes first in the tables is given.
    """
    tick()
    found = _gaining(game, position) if game.size <= LOOPS_UP_TO else _in_arrays(game, position)
    best: Joint | None = None
    here = profile_at(game, position)
    for target in found:
        there = profile_at(game, target)
        movers = tuple(i for i, (a, b) in enumerate(zip(here, there, strict=True)) if a != b)
        if best is None or len(movers) < len(best[0]):
            best = (movers, target)
    return best


def _gaining(game: NormalGame, position: int) -> Iterator[int]:
    """Where everybody who chooses otherwise gets more."""
    here = profile_at(game, position)
    for target, there in enumerate(game.profiles()):
        if target != position and all(
            a == b or table[target] > table[position]
            for a, b, table in zip(here, there, game.numerators, strict=True)
        ):
            yield target


def _in_arrays(game: NormalGame, position: int) -> list[int]:
    import numpy as np

    here = profile_at(game, position)
    holds = np.ones(game.size, dtype=bool)
    for player, (count, stride) in enumerate(zip(game.shape, game.strides, strict=True)):
        values = game.flat(player)
        gains = (values > values[position]).astype(bool).reshape(-1, count, stride)
        gains[:, here[player], :] = True
        holds &= gains.reshape(-1)
    holds[position] = False
    return [int(place) for place in np.flatnonzero(holds)]


class CoalitionProof:
    """Which profiles are coalition-proof in which reduced games (Bernheim, Peleg, Whinston 1987).

    ``proof[coalition]`` holds the profiles s such that the coalition's part of s is coalition-proof
    in the game that the others' part of s leaves it; coalitions are bit masks over the players.
    A part of a profile is self-enforcing for a coalition when it is coalition-proof for each
    coalition of one member less, since that includes all smaller ones.
    """

    def __init__(self, game: NormalGame, tick: Tick) -> None:
        self.game, self.tick = game, tick
        self.players = len(game.players)
        self.proof: dict[int, int] = {}
        for size in range(1, self.players + 1):
            for members in combinations(range(self.players), size):
                tick()
                self.proof[_mask(members)] = self._undominated(members)

    @property
    def solutions(self) -> list[int]:
        """The coalition-proof profiles of the whole game, by position."""
        return list(_places(self.proof[(1 << self.players) - 1]))

    def upset(self, position: int) -> Joint:
        """The smallest coalition that a self-enforcing agreement leads away from a profile."""
        for size in range(1, self.players + 1):
            for members in combinations(range(self.players), size):
                if not self.proof[_mask(members)] >> position & 1:
                    target = next(
                        other
                        for other in self._in_the_same_game(members, position)
                        if self._all_gain(members, position, other)
                    )
                    return members, target
        raise ValueError("the profile is coalition-proof")

    def self_enforcing(self, members: tuple[int, ...]) -> int:
        """The profiles that no smaller coalition of these members would leave."""
        every = (1 << self.game.size) - 1
        whole = _mask(members)
        if len(members) > 1:
            for member in members:
                every &= self.proof[whole & ~(1 << member)]
        return every

    def _undominated(self, members: tuple[int, ...]) -> int:
        enforcing = self.self_enforcing(members)
        kept = enforcing
        for together in self._by_reduced_game(members, enforcing):
            for position in together:
                if any(self._all_gain(members, position, other) for other in together):
                    kept &= ~(1 << position)
        return kept

    def _by_reduced_game(self, members: tuple[int, ...], profiles: int) -> list[list[int]]:
        groups: dict[int, list[int]] = {}
        for position in _places(profiles):
            groups.setdefault(self._others(members, position), []).append(position)
        if any(len(group) > 64 for group in groups.values()):
            self.tick()
        return list(groups.values())

    def _in_the_same_game(self, members: tuple[int, ...], position: int) -> list[int]:
        others = self._others(members, position)
        return [
            other
            for other in _places(self.self_enforcing(members))
            if self._others(members, other) == others
        ]

    def _others(self, members: tuple[int, ...], position: int) -> int:
        """The position with the members' own strategies set to the first."""
        for member in members:
            stride, count = self.game.strides[member], self.game.shape[member]
            position -= position // stride % count * stride
        return position

    def _all_gain(self, members: tuple[int, ...], here: int, there: int) -> bool:
        tables = self.game.numerators
        return all(tables[member][there] > tables[member][here] for member in members)


def _mask(members: tuple[int, ...]) -> int:
    return sum(1 << member for member in members)


def _places(bits: int) -> Iterator[int]:
    """The places of the ones, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
