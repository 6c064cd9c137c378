"""All equilibria of many games of two players at once, by their supports.

For every pair of supports of one size the mixture that makes the other player's used strategies
equally good is a vector of minors of their differences; it is an equilibrium where all of them have
one sign and everything unused does worse. At every extreme equilibrium (x, y) of any game some such
pair of supports (I, J) with supp x in I in the best replies to y, and supp y in J in the best
replies to x, has its conditions fulfilled with >= in place of >: the used strategies of a vertex
are no more than the best replies to it. So a point at which each pair either certainly fulfils its
conditions strictly, or certainly breaks one of them, has no other equilibria, and all of them are
isolated. Every other point (a tie, or a margin below the error) is left to the ordinary solver.
"""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from alliance_games.exact.expression import Expression
from alliance_games.parametric.sweeps.formulas import difference, values
from alliance_games.parametric.sweeps.near import UNKNOWN, Near
from alliance_games.parametric.sweeps.payoffs import FormulaGame
from alliance_games.parametric.sweeps.rows import BLANK, MIXED, PURE, Rows, joined
from alliance_games.parametric.sweeps.two_by_two import TRUST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Places = NDArray[np.intp]

_APART = 1e-11
"""Probabilities that differ by less are not put in order by their floats."""

Support = tuple[int, ...]


class Mixture(NamedTuple):
    """What would make some strategies of a player equally good: weights of the other's strategies,
    not yet summing to one, where that certainly works and where it certainly does not."""

    weights: list[Near]
    sure: Flags
    out: Flags
    signs: NDArray[np.int8]


class Found(NamedTuple):
    """Equilibria with one pair of supports: where they are, and their weights there."""

    rows: Support
    columns: Support
    places: Places
    of_rows: list[Near]
    of_columns: list[Near]
    indices: NDArray[np.int64]


class Solver:
    """Solves one game of two players at many points."""

    def __init__(self, game: FormulaGame) -> None:
        self.game = game
        self._between: dict[tuple[int, int, int], Expression] = {}

    def between(self, player: int, first: int, second: int) -> Expression:
        """The difference of a player's payoffs at two pure profiles."""
        key = (player, first, second)
        if key not in self._between:
            payoffs = self.game.payoffs[player]
            self._between[key] = difference(payoffs[first], payoffs[second])
        return self._between[key]

    def solve(self, at: dict[str, Near], size: int) -> tuple[Rows, Flags]:
        """The rows of the points that are settled, and which points are not."""
        return _Points(self, at, size).answer()


class _Points:
    """Some points of one game."""

    def __init__(self, solver: Solver, at: dict[str, Near], size: int) -> None:
        self.solver, self.at, self.size = solver, at, size
        self.m, self.n = solver.game.shape
        self.open = np.zeros(size, dtype=bool)
        self._gaps: dict[tuple[int, int, int], Near] = {}

    def gap(self, player: int, first: int, second: int) -> Near:
        """The difference of a player's payoffs at two pure profiles."""
        key = (player, first, second)
        if key not in self._gaps:
            if (player, second, first) in self._gaps:
                self._gaps[key] = -self._gaps[player, second, first]
            else:
                formula = self.solver.between(player, first, second)
                self._gaps[key] = values(formula, self.at).spread(self.size)
        return self._gaps[key]

    def advantage(self, player: int, own: int, other: int, against: int) -> Near:
        """What a strategy gets more than another against one of the other player's."""
        n = self.n
        if player == 0:
            return self.gap(0, own * n + against, other * n + against)
        return self.gap(1, against * n + own, against * n + other)

    def mixture(self, player: int, own: Support, others: Support) -> Mixture:
        """The mixture on ``others`` against which ``own`` are the player's best replies."""
        matrix = [
            [self.advantage(player, own[0], second, against) for against in others]
            for second in own[1:]
        ]
        weights = [
            minor if column % 2 == 0 else -minor
            for column in range(len(others))
            for minor in [_determinant([row[:column] + row[column + 1 :] for row in matrix])]
        ]
        weights = [one.spread(self.size) for one in weights]
        precise = np.array([one.signs(TRUST) for one in weights])
        coarse = np.array([one.signs() for one in weights])
        sure = (precise == precise[0]).all(axis=0) & (np.abs(precise[0]) == 1)
        out = (coarse == 1).any(axis=0) & (coarse == -1).any(axis=0)
        for rest in range((self.m, self.n)[player]):
            if rest in own:
                continue
            total: Near | None = None
            for weight, against in zip(weights, others, strict=True):
                term = self.advantage(player, own[0], rest, against) * abs(weight)
                total = term if total is None else total + term
            assert total is not None
            sign = total.signs()
            sure &= sign == 1
            out |= sign == -1
        return Mixture([abs(one) for one in weights], sure, out, precise[0])

    @cached_property
    def found(self) -> list[Found]:
        """The equilibria of all pairs of supports; points that are not settled become ``open``."""
        found = []
        for number in range(1, min(self.m, self.n) + 1):
            for rows in combinations(range(self.m), number):
                for columns in combinations(range(self.n), number):
                    of_columns = self.mixture(0, rows, columns)
                    of_rows = self.mixture(1, columns, rows)
                    sure = of_columns.sure & of_rows.sure
                    self.open |= ~(sure | of_columns.out | of_rows.out)
                    places = np.flatnonzero(sure)
                    if len(places):
                        sign = (of_columns.signs * of_rows.signs)[places].astype(np.int64)
                        found.append(
                            Found(
                                rows,
                                columns,
                                places,
                                [one.at(places) for one in of_rows.weights],
                                [one.at(places) for one in of_columns.weights],
                                sign if number % 2 else -sign,
                            )
                        )
        return found

    def answer(self) -> tuple[Rows, Flags]:
        parts = [self._rows(one) for one in self.found]
        if not parts:
            return Rows.blank(0, self.m + self.n, 2), self.open
        for one, rows in zip(self.found, parts, strict=True):
            self._select(one, rows)
        whole = joined(parts)
        keys = [-whole.chances[:, k] for k in range(self.m + self.n - 1, -1, -1)]
        whole = whole.take(np.lexsort([*keys, whole.point]))
        self._check_order(whole)
        whole.number[:] = _counted(whole.point)
        return whole.take(~self.open[whole.point]), self.open

    def _rows(self, one: Found) -> Rows:
        rows = Rows.blank(len(one.places), self.m + self.n, 2)
        rows.point[:] = one.places
        rows.kind[:] = PURE if len(one.rows) == 1 else MIXED
        rows.coverage[:] = 1
        rows.index[:] = one.indices
        rows.payoff_dominant[:] = 0
        rows.risk_dominant[:] = BLANK
        rows.chances[:] = 0.0
        x, y = _shares(one.of_rows), _shares(one.of_columns)
        for own, share in zip(one.rows, x, strict=True):
            rows.chances[:, own] = share
        for own, share in zip(one.columns, y, strict=True):
            rows.chances[:, self.m + own] = share
        first, second = self.solver.game.payoffs
        for own, share in zip(one.columns, y, strict=True):
            entry = values(first[one.rows[0] * self.n + own], self.at).spread(self.size)
            self._add(rows, 0, entry.value[one.places] * share)
        for own, share in zip(one.rows, x, strict=True):
            entry = values(second[own * self.n + one.columns[0]], self.at).spread(self.size)
            self._add(rows, 1, entry.value[one.places] * share)
        return rows

    @staticmethod
    def _add(rows: Rows, player: int, term: NDArray[np.float64]) -> None:
        before = rows.payoffs[:, player]
        rows.payoffs[:, player] = np.where(np.isnan(before), term, before + term)

    def _check_order(self, rows: Rows) -> None:
        """Leave points to the ordinary solver where floats may put equilibria in a wrong order."""
        same = rows.point[1:] == rows.point[:-1]
        apart = np.abs(rows.chances[1:] - rows.chances[:-1])
        first = np.argmax(apart > 0, axis=1)
        least = np.take_along_axis(apart, first[:, None], axis=1)[:, 0]
        self.open[rows.point[1:][same & (least < _APART)]] = True

    @cached_property
    def pure(self) -> list[Found]:
        """The pure equilibria, all of which are strict."""
        return [one for one in self.found if len(one.rows) == 1]

    @cached_property
    def number_of_pure(self) -> NDArray[np.int64]:
        """How many pure equilibria each point has."""
        return np.bincount(
            np.concatenate([np.empty(0, dtype=np.intp), *(one.places for one in self.pure)]),
            minlength=self.size,
        )

    def _select(self, one: Found, rows: Rows) -> None:
        """Say where an equilibrium is payoff-dominant, and where risk-dominant."""
        several = self.number_of_pure[one.places] > 1
        rows.risk_dominant[:] = np.where(several, 0, BLANK)
        if len(one.rows) > 1:
            return
        best = self._payoff_dominant(one)
        self.open[one.places[best == UNKNOWN]] = True
        rows.payoff_dominant[:] = best
        safe = self._risk_dominant(one)
        self.open[one.places[several & (safe == UNKNOWN)]] = True
        rows.risk_dominant[:] = np.where(several, safe, BLANK)

    def _payoff_dominant(self, one: Found) -> NDArray[np.int64]:
        """1, 0 or UNKNOWN for each point of a pure equilibrium (Harsanyi and Selten 1988)."""
        no = np.zeros(self.size, dtype=bool)
        unknown = np.zeros(self.size, dtype=bool)
        present = np.zeros(self.size, dtype=bool)
        present[one.places] = True
        for other in self.found:
            if other is one:
                continue
            mine = present[other.places]
            places = other.places[mine]
            if len(places):
                signs = [self._compared(player, one, other, places, mine) for player in (0, 1)]
                no[places] |= (signs[0] == -1) | (signs[1] == -1)
                no[places] |= (signs[0] == 0) & (signs[1] == 0)
                unknown[places] |= (signs[0] == UNKNOWN) | (signs[1] == UNKNOWN)
        flags = np.where(no, 0, np.where(unknown, UNKNOWN, 1))[one.places]
        return flags.astype(np.int64)

    def _compared(
        self, player: int, one: Found, other: Found, places: Places, mine: Flags
    ) -> NDArray[np.int8]:
        """The sign of what the player gets at a pure equilibrium less what she gets at another.

        All that she mixes at the other is worth the same, so that her own part of the pure one will
        do where she uses it: its payoffs then often cancel without rounding.
        """
        own, others = (one.rows, other.rows) if player == 0 else (one.columns, other.columns)
        reply = own[0] if own[0] in others else others[0]
        weights = other.of_columns if player == 0 else other.of_rows
        used = other.columns if player == 0 else other.rows
        here = one.rows[0] * self.n + one.columns[0]
        total: Near | None = None
        signs = []
        for against, weight in zip(used, weights, strict=True):
            there = reply * self.n + against if player == 0 else against * self.n + reply
            gap = self.gap(player, here, there).at(places)
            signs.append(gap.signs())
            term = gap * Near(weight.value[mine], weight.error[mine])
            total = term if total is None else total + term
        assert total is not None
        table = np.array(signs)
        certain = (table != UNKNOWN).all(axis=0)
        result = total.signs()
        up = certain & (table >= 0).all(axis=0)
        down = certain & (table <= 0).all(axis=0)
        result[up] = (table[:, up] > 0).any(axis=0)
        result[down] = -(table[:, down] < 0).any(axis=0).astype(np.int8)
        return result

    def _risk_dominant(self, one: Found) -> NDArray[np.int64]:
        """1 where its product of losses is greater than that of every other strict equilibrium
        against it, 0 where not, UNKNOWN where errors leave it open."""
        no = np.zeros(self.size, dtype=bool)
        unknown = np.zeros(self.size, dtype=bool)
        present = np.zeros(self.size, dtype=bool)
        present[one.places] = True
        for other in self.pure:
            if other is one:
                continue
            places = other.places[present[other.places]]
            if len(places):
                sign = (
                    self._losses(one, other).at(places) - self._losses(other, one).at(places)
                ).signs()
                no[places] |= (sign == 0) | (sign == -1)
                unknown[places] |= sign == UNKNOWN
        return np.where(no, 0, np.where(unknown, UNKNOWN, 1))[one.places].astype(np.int64)

    def _losses(self, here: Found, there: Found) -> Near:
        (row,), (column,) = here.rows, here.columns
        (other_row,), (other_column,) = there.rows, there.columns
        return self.advantage(0, row, other_row, column) * self.advantage(
            1, column, other_column, row
        )


def _determinant(matrix: list[list[Near]]) -> Near:
    """By the first row; matrices here have at most three rows."""
    if not matrix:
        return Near.of(1)
    total: Near | None = None
    for column, entry in enumerate(matrix[0]):
        rest = [row[:column] + row[column + 1 :] for row in matrix[1:]]
        term = entry * _determinant(rest) if rest else entry
        if column % 2:
            term = -term
        total = term if total is None else total + term
    assert total is not None
    return total


def _shares(weights: list[Near]) -> list[NDArray[np.float64]]:
    total = sum(one.value for one in weights)
    return [one.value / total for one in weights]


def _counted(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """1, 2, 3... within each run of one point."""
    size = len(points)
    starts = np.flatnonzero(np.r_[True, points[1:] != points[:-1]])
    return np.arange(size) - np.repeat(starts, np.diff(np.r_[starts, size])) + 1
