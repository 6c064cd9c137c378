"""The logit equations of games in which everybody moves once, with their derivatives.

A player (or in an anonymous game every player of a role alike) chooses each strategy with a
probability whose log-odds are a precision times differences in expected payoff (McKelvey and
Palfrey 1995). The unknowns are the logarithms of the probabilities, player after player.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from math import lgamma, prod

import numpy as np
from numpy.typing import NDArray

from alliance_games.model.anonymous import AnonymousGame, count_positions, count_vectors
from alliance_games.model.normal import NormalGame

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


class LogitEquations:
    """Equations of so many groups of unknowns, one for each player or role.

    ``widths[group]`` is how many strategies she has. What she expects of each of them is a sum
    over ``situations`` (what the others may do): ``payoffs[group]`` by strategy and situation,
    ``counts[group]`` how often each unknown's strategy is chosen in a situation, ``ways[group]``
    the logarithm of how many ways there are to it. Payoffs start at 0 and are divided by ``unit``,
    the largest span of any player's, so that steps mean the same in all games; the precision of
    the equations is ``unit`` times that of the game.
    """

    def __init__(self, game: NormalGame | AnonymousGame) -> None:
        self.game = game
        self.payoffs: list[Matrix] = []
        self.counts: list[Matrix] = []
        self.ways: list[Vector] = []
        self.unit = _unit(game)
        if isinstance(game, NormalGame):
            self.widths = game.shape
            self._lay_out_players(game)
        else:
            self.widths = (len(game.strategies),) * len(game.members)
            self._lay_out_roles(game)
        self.offsets = [sum(self.widths[:group]) for group in range(len(self.widths))]
        self.size = sum(self.widths)

    def _lay_out_players(self, game: NormalGame) -> None:
        offsets = [sum(game.shape[:player]) for player in range(len(game.shape))]
        for player, width in enumerate(game.shape):
            table = _scaled(game.numerators[player], game.denominators[player], self.unit)
            own_last = np.moveaxis(np.array(table).reshape(game.shape), player, 0)
            self.payoffs.append(np.ascontiguousarray(own_last.reshape(width, -1)))
            others = [n for other, n in enumerate(game.shape) if other != player]
            starts = [offsets[other] for other in range(len(game.shape)) if other != player]
            counts = np.zeros((prod(others), sum(game.shape)))
            if others:
                for start, chosen in zip(
                    starts, np.indices(others).reshape(len(others), -1), strict=True
                ):
                    counts[np.arange(len(chosen)), start + chosen] = 1
            self.counts.append(counts)
            self.ways.append(np.zeros(prod(others)))

    def _lay_out_roles(self, game: AnonymousGame) -> None:
        width = len(game.strategies)
        position = count_positions(len(game.players) - 1, width)
        sizes = [len(members) for members in game.members]
        for role in range(len(sizes)):
            others = [n - (other == role) for other, n in enumerate(sizes)]
            spread = list(product(*(count_vectors(n, width) for n in others)))
            self.counts.append(np.array([sum(each, ()) for each in spread], dtype=float))
            ways = [
                sum(lgamma(n + 1) for n in others) - sum(lgamma(k + 1) for k in sum(each, ()))
                for each in spread
            ]
            self.ways.append(np.array(ways))
            at = [position[tuple(map(sum, zip(*each, strict=True)))] for each in spread]
            tables = game.numerators[role]
            joined = [n for table in tables for n in table]
            scaled = np.array(_scaled(joined, game.denominators[role], self.unit))
            self.payoffs.append(scaled.reshape(width, -1)[:, at])

    def worth(self, logs: Vector) -> list[tuple[Vector, Matrix]]:
        """What each strategy is expected to bring, group by group, and the derivatives of that."""
        found = []
        for payoffs, counts, ways in zip(self.payoffs, self.counts, self.ways, strict=True):
            weights = np.exp(counts @ logs + ways)
            found.append((payoffs @ weights, payoffs @ (weights[:, None] * counts)))
        return found

    def at(self, logs: Vector, precision: float) -> tuple[Vector, Matrix]:
        """The violations of the equations, and their derivatives (the last column: precision)."""
        left = np.zeros(self.size)
        right = np.zeros((self.size, self.size + 1))
        for group, (worth, slopes) in enumerate(self.worth(logs)):
            first, width = self.offsets[group], self.widths[group]
            rows = slice(first + 1, first + width)
            gains = worth[1:] - worth[0]
            left[rows] = logs[rows] - logs[first] - precision * gains
            right[rows, :-1] = -precision * (slopes[1:] - slopes[0])
            right[rows, rows] += np.eye(width - 1)
            right[rows, first] -= 1
            right[rows, -1] = -gains
            shares = np.exp(logs[first : first + width])
            left[first] = shares.sum() - 1
            right[first, first : first + width] = shares
        return left, right

    def uniform(self) -> Vector:
        """The logarithms of uniform choice."""
        return np.concatenate([np.full(width, -np.log(width)) for width in self.widths])

    def profile(self, logs: Vector) -> tuple[tuple[float, ...], ...]:
        """The probabilities, group by group, each summing to one."""
        found = []
        for first, width in zip(self.offsets, self.widths, strict=True):
            shares = np.exp(logs[first : first + width])
            found.append(tuple(map(float, shares / shares.sum())))
        return tuple(found)

    def error(self, profile: tuple[tuple[float, ...], ...], precision: float) -> float:
        """The largest difference between a probability and the logit response to the profile."""
        with np.errstate(divide="ignore"):
            logs = np.maximum(np.log(np.concatenate(profile)), -1e4)
        worst = 0.0
        for (worth, _), chosen in zip(self.worth(logs), profile, strict=True):
            response = np.exp(precision * (worth - worth.max()))
            worst = max(worst, float(np.abs(response / response.sum() - chosen).max()))
        return worst


def cells(game: NormalGame | AnonymousGame) -> int:
    """How many numbers the equations hold: what they cost in memory and time."""
    if isinstance(game, NormalGame):
        return sum(game.size // width for width in game.shape) * sum(game.shape)
    width = len(game.strategies)
    sizes = [len(members) for members in game.members]
    spread = prod(len(count_vectors(n, width)) for n in sizes)
    return spread * len(sizes) ** 2 * width


def _unit(game: NormalGame | AnonymousGame) -> Fraction:
    if isinstance(game, NormalGame):
        tables = [(min(t), max(t)) for t in game.numerators]
    else:
        tables = [(min(map(min, role)), max(map(max, role))) for role in game.numerators]
    spans = [
        Fraction(most - least, over)
        for (least, most), over in zip(tables, game.denominators, strict=True)
    ]
    return max(spans) or Fraction(1)


def _scaled(table: Iterable[int], over: int, unit: Fraction) -> list[float]:
    """The payoffs less the least of them, in units; each correctly rounded, however large."""
    numbers = list(table)
    least, times, by = min(numbers), unit.denominator, over * unit.numerator
    return [(number - least) * times / by for number in numbers]
