"""All local minima of a landscape: the energies of every configuration at once, in integers.

A configuration is an integer whose bit ``k`` says whether player ``k + 1`` is on the other side
than player 0. Energies are filled in player by player, each doubling the table (a Gray code in
blocks); neighbours are the table with one bit turned over, and player 0's move is the table
backwards.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np

from alliance_games.model.landscape import Landscape, Sides

if TYPE_CHECKING:
    from alliance_games.algorithms.arrays import Flags, Places

MOST_PLAYERS = 22
"""Landscapes of up to so many states: half of 2^22 configurations are looked at."""

Tick = Callable[[], None]
Energies = Any
"""An array of 64-bit integers, or of Python's where those would not do."""


class Minima:
    """The local minima of one landscape.

    ``places`` are the configurations from which no state's move lowers the energy; ``strict``
    says of each whether every move raises it; ``basins`` how many configurations lead to it by
    steepest descent (of moves that are equally steep, that of the first player is made).
    """

    def __init__(self, game: Landscape, tick: Tick) -> None:
        self.count = len(game.players)
        self.weights, self.denominator = _integers(game)
        tick()
        self.energies = self._energies(tick)
        steepest, self._level = self._steepest(tick)
        self.places = np.flatnonzero(steepest == np.arange(len(steepest)))
        self.strict = [not self._level[place] for place in self.places]
        self.basins = _basins(steepest, self.places, tick)

    def energy(self, place: int) -> Fraction:
        """The energy of a configuration."""
        return Fraction(int(self.energies[place]), self.denominator)

    def sides(self, place: int) -> Sides:
        """The configuration with this number."""
        return frozenset(at for at in range(1, self.count) if place >> (at - 1) & 1)

    def _energies(self, tick: Tick) -> Energies:
        """Twice the sum of the weights of all pairs that are apart."""
        kind = self._kind()
        table = np.zeros(1, dtype=kind)
        for player in range(1, self.count):
            # What the pairs with this player add when she is on the first side: the weights of
            # those on the second; on the second side: the weights of all the others.
            apart = np.zeros(1, dtype=kind)
            for other in range(1, player):
                weight = self.weights[player][other]
                apart = np.concatenate((apart, apart + weight))
            together = sum(self.weights[player][:player])
            table = np.concatenate((table + 2 * apart, table + 2 * (together - apart)))
            tick()
        return table

    def _kind(self) -> Any:
        largest = 4 * sum(abs(weight) for row in self.weights for weight in row)
        return np.int64 if largest < 2**62 else object

    def _steepest(self, tick: Tick) -> tuple[Places, Flags]:
        """Where each configuration goes, itself if nowhere; and whether some move is level."""
        table = self.energies
        best = table.copy()
        goes = np.arange(len(table))
        level = np.zeros(len(table), dtype=bool)
        numbers = np.arange(len(table))
        for player in range(self.count):
            move = len(table) - 1 if player == 0 else 1 << (player - 1)
            after = table[numbers ^ move]
            level |= after == table
            lower = after < best
            best = np.where(lower, after, best)
            goes = np.where(lower, numbers ^ move, goes)
            tick()
        return goes, level.astype(bool)


def _basins(goes: Places, places: Places, tick: Tick) -> list[int]:
    """How many configurations end in each of ``places``, by doubling the length of the paths."""
    while True:
        further = goes[goes]
        if (further == goes).all():
            break
        goes = further
        tick()
    counts = np.bincount(goes, minlength=len(goes))
    return [int(counts[place]) for place in places]


def _integers(game: Landscape) -> tuple[list[list[int]], int]:
    """Size times size times propensity of each pair, over one denominator."""
    products = [
        [game.sizes[i] * game.sizes[j] * game.propensities[i][j] for j in range(len(game.players))]
        for i in range(len(game.players))
    ]
    denominator = lcm(*(value.denominator for row in products for value in row))
    return [[int(value * denominator) for value in row] for row in products], denominator
