"""All equilibria of many 2x2 games at once, in closed form.

Which equilibria a 2x2 game has is told by the signs of four differences of payoffs: what Top gains
over Bottom at Left and at Right, and what Left gains over Right at Top and at Bottom. There are 81
patterns. For each that occurs, one game with these signs is solved by the ordinary exact search,
which gives the components, their corners and indices; a corner's probability is 0, 1, or the one
that makes the other player indifferent, whose value the differences of each point give.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from alliance_games.algorithms.bimatrix import all_equilibria
from alliance_games.exact.expression import Expression
from alliance_games.parametric.sweeps.formulas import difference, values
from alliance_games.parametric.sweeps.near import UNKNOWN, Near
from alliance_games.parametric.sweeps.payoffs import FormulaGame
from alliance_games.parametric.sweeps.rows import BLANK, COMPONENT, MIXED, PURE, Rows, joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alliance_games.parametric.sweeps.near import Signs

TRUST = 2.0**40
"""A difference is relied on where it is so much larger than its error: then what is divided by it
is right to eleven digits."""

HALF = Fraction(1, 2)

Differences = tuple[Near, Near, Near, Near]


class Corner(NamedTuple):
    """An equilibrium, or an extreme point of a component of them.

    ``row`` and ``column`` are 1 and 0 where the player surely plays the first and the second
    strategy, and 1/2 where she mixes so that the other is indifferent.
    """

    row: Fraction
    column: Fraction
    number: int
    corner: int
    dimension: int
    nash_index: int

    @property
    def pure(self) -> bool:
        """Whether nobody mixes."""
        return HALF not in (self.row, self.column)


@lru_cache(maxsize=81)
def corners(alpha: int, beta: int, gamma: int, delta: int) -> tuple[Corner, ...]:
    """The equilibria of every game whose differences have these signs, in canonical order."""
    answer = all_equilibria([[alpha, beta], [0, 0]], [[gamma, 0], [delta, 0]])
    found = []
    for number, component in enumerate(answer.components, 1):
        several = component.dimension > 0
        for corner, edge in enumerate(component.extreme, 1):
            found.append(
                Corner(
                    Fraction(edge.row[0]),
                    Fraction(edge.column[0]),
                    number,
                    corner if several else 0,
                    component.dimension,
                    BLANK if component.index is None else component.index,
                )
            )
    return tuple(found)


class Solver:
    """Solves one 2x2 game at many points."""

    def __init__(self, game: FormulaGame) -> None:
        (tl, tr, bl, br), (tl2, tr2, bl2, br2) = game.payoffs
        self.game = game
        self._differences = (
            difference(tl, bl), difference(tr, br), difference(tl2, tr2), difference(bl2, br2)
        )  # fmt: skip
        self._between: dict[tuple[int, int, int], Expression] = {}

    def solve(self, at: dict[str, Near], size: int) -> tuple[Rows, NDArray[np.bool_]]:
        """The rows of the points that are settled, and which points are not.

        ``at`` holds the numbers at ``size`` points.
        """
        whole = [values(one, at).spread(size) for one in self._differences]
        signs = [one.signs(TRUST) for one in whole]
        known = np.logical_and.reduce([sign != UNKNOWN for sign in signs])
        codes = sum(
            ((sign.astype(np.int64) + 1) * 3**k for k, sign in enumerate(signs)),
            np.zeros(size, int),
        )
        codes[~known] = -1
        tables = [[values(payoff, at).spread(size) for payoff in own] for own in self.game.payoffs]
        parts, settled = [], np.zeros(size, dtype=bool)
        for code in np.unique(codes).tolist():
            if code < 0:
                continue
            places = np.flatnonzero(codes == code)
            pattern = tuple(code // 3**k % 3 - 1 for k in range(4))
            one = _Pattern(self, pattern, at, [d.at(places) for d in whole],
                           [[p.at(places) for p in own] for own in tables], places)  # fmt: skip
            rows, good = one.rows()
            settled[places[good]] = True
            parts.append(rows if good.all() else rows.take(np.repeat(good, len(one.corners))))
        return joined(parts or [Rows.blank(0, 4, 2)]), ~settled

    def between(self, player: int, first: int, second: int) -> Expression:
        """The difference of a player's payoffs at two pure profiles."""
        key = (player, first, second)
        if key not in self._between:
            payoffs = self.game.payoffs[player]
            self._between[key] = difference(payoffs[first], payoffs[second])
        return self._between[key]


class _Pattern:
    """The points at which the differences have one pattern of signs."""

    def __init__(
        self,
        solver: Solver,
        pattern: tuple[int, ...],
        at: dict[str, Near],
        differences: list[Near],
        tables: list[list[Near]],
        places: NDArray[np.intp],
    ) -> None:
        self.solver, self.pattern, self.places = solver, pattern, places
        self.at = {name: number.at(places) for name, number in at.items()}
        self.size = len(places)
        self.differences, self.tables = differences, tables
        self.corners = corners(*pattern)
        alpha, beta, gamma, delta = (abs(one) for one in differences)
        # The row player mixes so that Left's gains at Top and at Bottom cancel; so the other.
        self.weights = ((delta, gamma), (beta, alpha))

    def rows(self) -> tuple[Rows, NDArray[np.bool_]]:
        """All rows, point by point, and the points at which every flag is settled."""
        each = len(self.corners)
        rows = Rows.blank(self.size * each, 4, 2)
        good = np.ones(self.size, dtype=bool)
        risk = self._risk()
        for k, corner in enumerate(self.corners):
            own = slice(k, None, each)
            rows.point[own] = self.places
            rows.number[own] = corner.number
            rows.corner[own] = corner.corner
            rows.dimension[own] = corner.dimension
            rows.index[own] = corner.nash_index
            kind = COMPONENT if corner.corner else PURE if corner.pure else MIXED
            rows.kind[own] = kind
            rows.coverage[own] = 1
            chances = self._chances(corner)
            rows.chances[own] = np.column_stack(chances)
            rows.payoffs[own] = np.column_stack(self._payoffs(corner, chances))
            best = self._payoff_dominant(k)
            good &= best != UNKNOWN
            rows.payoff_dominant[own] = best
            if risk is not None:
                chosen, values_ = risk
                mine = values_ if corner[:2] == chosen[0] else -values_
                flag = (mine == 1).astype(np.int64)
                rows.risk_dominant[own] = flag if corner.pure and corner[:2] in chosen else 0
        if risk is not None:
            good &= risk[1] != UNKNOWN
        return rows, good

    def _chances(self, corner: Corner) -> list[NDArray[np.float64]]:
        found = []
        for share, (first, second) in zip(corner[:2], self.weights, strict=True):
            if share == HALF:
                total = first.value + second.value
                found += [first.value / total, second.value / total]
            else:
                found += [np.full(self.size, float(share)), np.full(self.size, float(1 - share))]
        return found

    def _payoffs(
        self, corner: Corner, chances: list[NDArray[np.float64]]
    ) -> list[NDArray[np.float64]]:
        if corner.pure:
            place = _place(corner)
            return [own[place].value for own in self.tables]
        top, bottom, left, right = chances
        return [
            top * (left * own[0].value + right * own[1].value)
            + bottom * (left * own[2].value + right * own[3].value)
            for own in self.tables
        ]

    def _risk(self) -> tuple[tuple[tuple[Fraction, Fraction], ...], Signs] | None:
        """The two strict equilibria and the sign of the first one's product of losses less the
        second one's; None unless there are two (Harsanyi and Selten 1988)."""
        alpha, beta, gamma, delta = (abs(one) for one in self.differences)
        zero, one = Fraction(0), Fraction(1)
        if self.pattern == (1, -1, 1, -1):
            return ((one, one), (zero, zero)), (alpha * gamma - beta * delta).signs()
        if self.pattern == (-1, 1, -1, 1):
            return ((one, zero), (zero, one)), (beta * gamma - alpha * delta).signs()
        return None

    def _payoff_dominant(self, which: int) -> NDArray[np.int64]:
        """1 where the equilibrium gives everybody at least as much as each other one and somebody
        more than it, 0 where not, UNKNOWN where errors leave it open."""
        candidate = self.corners[which]
        if not candidate.pure or candidate.corner:
            return np.zeros(self.size, dtype=np.int64)
        no = np.zeros(self.size, dtype=bool)
        open_ = np.zeros(self.size, dtype=bool)
        for k, other in enumerate(self.corners):
            if k == which:
                continue
            signs = [self._compared(player, candidate, other) for player in range(2)]
            no |= (signs[0] == -1) | (signs[1] == -1) | ((signs[0] == 0) & (signs[1] == 0))
            unknown = [sign == UNKNOWN for sign in signs]
            open_ |= unknown[0] | unknown[1]
        return np.where(no, 0, np.where(open_, UNKNOWN, 1)).astype(np.int64)

    def _compared(self, player: int, pure: Corner, other: Corner) -> Signs:
        """The sign of what the player gets at a pure equilibrium less what she gets at another.

        Against a mixture of the other player all that she mixes is worth the same, so that her own
        part of the pure equilibrium will do: one of the two terms is then no difference at all.
        """
        place = _place(pure)
        own, others = (pure.row, pure.column), (other.row, other.column)
        their = others[1 - player]
        mine = others[player] if others[player] != HALF else own[player]
        if their != HALF:
            share = (mine, their) if player == 0 else (their, mine)
            return self._table(player, place, _at(share)).signs()
        total: Near | None = None
        signs = []
        for theirs, weight in zip(
            (Fraction(1), Fraction(0)), self.weights[1 - player], strict=True
        ):
            share = (mine, theirs) if player == 0 else (theirs, mine)
            gap = self._table(player, place, _at(share))
            signs.append(gap.signs())
            total = gap * weight if total is None else total + gap * weight
        assert total is not None
        agree = (signs[0] != UNKNOWN) & (signs[1] != UNKNOWN) & (signs[0] * signs[1] >= 0)
        either = np.where(signs[0] != 0, signs[0], signs[1])
        return np.where(agree, either, total.signs()).astype(np.int8)

    def _table(self, player: int, first: int, second: int) -> Near:
        return values(self.solver.between(player, first, second), self.at).spread(self.size)


def _place(corner: Corner) -> int:
    """Where a pure profile stands in a table of payoffs."""
    return _at((corner.row, corner.column))


def _at(shares: tuple[Fraction, Fraction]) -> int:
    return 2 * int(1 - shares[0]) + int(1 - shares[1])
