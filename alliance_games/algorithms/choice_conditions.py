"""Equilibria of linear-quadratic games of numbers over any ordered field: choices as formulas.

Everybody is at an end of her range or inside it. For each such pattern the marginal payoffs of
those inside are zero, a linear system; who is at an end must not gain by moving inwards (Rosen 1965
for payoffs concave in one's own choice; it is enough that the marginal payoff is first positive,
then negative). Where a payoff is convex in one's own choice, the ends are compared, and nobody is
inside. Written for ``Concept.conditions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from alliance_games.algorithms import choice_pivots
from alliance_games.model.linear_quadratic import LinearQuadraticGame
from alliance_games.results.named.continuous import ChoiceEquilibrium
from alliance_games.results.ordered import Signs, Undescribed

LOW, INSIDE, HIGH, FIXED = "low", "inside", "high", "fixed"

MOST_PATTERNS = 3**6

MOST_INEQUALITIES = 400


def equilibria(game: LinearQuadraticGame, signs: Signs) -> Iterator[ChoiceEquilibrium]:
    """Every pure equilibrium. Raises Undescribed where there are infinitely many."""
    solver = _Patterns(game, signs)
    alone = solver.only()
    if alone is not None:
        yield alone
        return
    ways = [solver.ways(player) for player in range(len(game.players))]
    number = 1
    for each in ways:
        number *= len(each)
    if number > MOST_PATTERNS:
        raise Undescribed(f"there are more than {MOST_PATTERNS} ways to be at an end or inside")
    for pattern in product(*ways):
        found = solver.solution(pattern)
        if found is not None:
            yield found


class _Patterns:
    """The patterns of one game at one place in the parameters."""

    def __init__(self, game: LinearQuadraticGame, signs: Signs) -> None:
        self.game, self.signs = game, signs
        self.bends = [signs.sign(game.slopes[k][k]) for k in range(len(game.players))]

    def ways(self, player: int) -> list[str]:
        """Where the player's choice may be best: those that hold, if others do not matter to it."""
        low, high = self.game.lows[player], self.game.highs[player]
        if low is not None and high is not None and self.signs.is_zero(high - low):
            return [FIXED]
        if self.bends[player] > 0 and (low is None or high is None):
            return []  # Her payoff grows without end.
        never = self.game.never[player]
        ways = [LOW] if low is not None and LOW not in never else []
        if self.bends[player] <= 0:
            ways.append(INSIDE)
        if high is not None and HIGH not in never:
            ways.append(HIGH)
        others = (s for k, s in enumerate(self.game.slopes[player]) if k != player)
        if all(isinstance(slope, Fraction) and slope == 0 for slope in others):
            return [way for way in ways if self._alone(player, way)]
        return ways

    def _alone(self, player: int, way: str) -> bool:
        """Whether a way is best for a player whose best choice no other's choice moves."""
        if way != INSIDE:
            numbers = [Fraction(0)] * len(self.game.players)
            numbers[player] = self._end(player, way)
            return self._stays(player, way, numbers) is not None
        start, slope = self.game.starts[player], self.game.slopes[player][player]
        if self.bends[player] == 0:
            return self.signs.is_zero(start)
        return self._within(player, -start / slope)

    def only(self) -> ChoiceEquilibrium | None:
        """The equilibrium, where there is just one for a reason that takes few questions to see.

        It is tried where some payoff is no polynomial and nobody ever wants the high end, as in
        giving to a public good.
        """
        game, count = self.game, len(self.game.players)
        if all(form is not None for form in game.forms) or None in game.lows:
            return None
        if not all(HIGH in never for never in game.never):
            return None
        if not choice_pivots.has_one_solution(game, self.signs):
            return None

        def values(inside: Sequence[int]) -> Sequence[Fraction] | None:
            return self._numbers([INSIDE if i in inside else LOW for i in range(count)])

        def misplaced(player: int, inside: bool, numbers: Sequence[Fraction]) -> bool:
            if inside:
                low = game.lows[player]
                assert low is not None
                return not self.signs.is_positive(numbers[player] - low)
            return self.signs.is_positive(self._slope(player, numbers))

        found = choice_pivots.inside(count, values, misplaced)
        if found is None:
            return None
        return self.solution([INSIDE if i in found else LOW for i in range(count)])

    def _numbers(self, pattern: Sequence[str]) -> list[Fraction] | None:
        """Everybody's choice in a pattern that settles them; None where it does not."""
        inside = [player for player, way in enumerate(pattern) if way == INSIDE]
        numbers = [
            Fraction(0) if way == INSIDE else self._end(player, way)
            for player, way in enumerate(pattern)
        ]
        solved = self._solved(inside, numbers)
        if solved.inconsistent or solved.free:
            return None
        for player, value in zip(inside, solved.values, strict=True):
            numbers[player] = value
        return numbers

    def _solved(self, inside: Sequence[int], numbers: Sequence[Fraction]) -> _Solved:
        """What those inside choose, the others choosing ``numbers``: no marginal payoff is left."""
        slopes = self.game.slopes
        return _solved(
            [[slopes[i][j] for j in inside] for i in inside],
            [-self._slope(i, numbers) for i in inside],
            self.signs,
        )

    def solution(self, pattern: Sequence[str]) -> ChoiceEquilibrium | None:
        """The equilibrium of this pattern, if it has one. Raises Undescribed."""
        game = self.game
        inside = [player for player, way in enumerate(pattern) if way == INSIDE]
        numbers = [
            Fraction(0) if way == INSIDE else self._end(player, way)
            for player, way in enumerate(pattern)
        ]
        solved = self._solved(inside, numbers)
        if solved.inconsistent:
            return None
        if solved.free:
            if self._has_members(pattern, numbers, inside, solved):
                raise Undescribed(
                    "some choices are not settled: there are infinitely many equilibria"
                )
            return None
        for player, value in zip(inside, solved.values, strict=True):
            numbers[player] = value
        if not all(self._within(player, numbers[player]) for player in inside):
            return None
        strict = True
        for player, way in enumerate(pattern):
            alone = self._stays(player, way, numbers)
            if alone is None:
                return None
            strict = strict and alone
        return ChoiceEquilibrium(
            choices=dict(zip(game.players, numbers, strict=True)),
            payoffs=game.payoffs(numbers),
            properties={"strict": strict, "interior": len(inside) == len(pattern)},
        )

    def _end(self, player: int, way: str) -> Fraction:
        end = self.game.highs[player] if way == HIGH else self.game.lows[player]
        assert end is not None, "the ways to choose follow from the ends there are"
        return end

    def _slope(self, player: int, numbers: Sequence[Fraction]) -> Fraction:
        """The marginal payoff at a profile."""
        total = self.game.starts[player]
        for slope, number in zip(self.game.slopes[player], numbers, strict=True):
            total = total + slope * number
        return total

    def _within(self, player: int, number: Fraction) -> bool:
        low, high = self.game.lows[player], self.game.highs[player]
        if low is not None and not self.signs.is_positive(number - low):
            return False
        return high is None or self.signs.is_positive(high - number)

    def _stays(self, player: int, way: str, numbers: Sequence[Fraction]) -> bool | None:
        """Whether every other choice pays less; None where some choice pays more."""
        if way == FIXED:
            return True
        if way == INSIDE:
            return self.bends[player] < 0
        direction = 1 if way == LOW else -1
        bend = self.bends[player]
        rise = self._slope(player, numbers) * direction + self._bent(player)
        if self.signs.is_positive(rise):
            return None
        return bend < 0 or self.signs.is_negative(rise)

    def _has_members(
        self,
        pattern: Sequence[str],
        numbers: Sequence[Fraction],
        inside: Sequence[int],
        solved: _Solved,
    ) -> bool:
        """Whether some solution of a system with many is an equilibrium of this pattern."""
        game, count = self.game, len(solved.free)
        zero = Fraction(0)
        rows = [[*([zero] * count), number] for number in numbers]
        for place, player in enumerate(inside):
            rows[player] = [*(one[place] for one in solved.free), solved.values[place]]
        needed: list[Needed] = []
        for player, way in enumerate(pattern):
            low, high = game.lows[player], game.highs[player]
            if way == INSIDE:
                row = rows[player]
                if low is not None:
                    needed.append(([*row[:-1], row[-1] - low], True))
                if high is not None:
                    needed.append(([*(-part for part in row[:-1]), high - row[-1]], True))
            elif way != FIXED:
                fall = [self._weighted(player, rows, part) for part in range(count)]
                fall.append(self._weighted(player, rows, count) + game.starts[player])
                direction = -1 if way == LOW else 1
                fall = [part * direction for part in fall]
                fall[-1] = fall[-1] - self._bent(player)
                needed.append((fall, False))
        return _feasible(needed, count, self.signs)

    def _weighted(self, player: int, rows: Sequence[Sequence[Fraction]], part: int) -> Fraction:
        slopes = self.game.slopes[player]
        return sum((s * row[part] for s, row in zip(slopes, rows, strict=True)), Fraction(0))

    def _bent(self, player: int) -> Fraction:
        """What a move to the other end gains per unit of the way beyond the slope at this end."""
        if self.bends[player] <= 0:
            return Fraction(0)
        low, high = self.game.lows[player], self.game.highs[player]
        assert low is not None and high is not None, "a convex payoff has a best choice"
        return self.game.slopes[player][player] * (high - low) / 2


@dataclass(frozen=True, slots=True)
class _Solved:
    """A solution of a linear system, and directions in which it may move (none: it is the one)."""

    values: list[Fraction]
    free: list[list[Fraction]]
    inconsistent: bool = False


def _solved(matrix: list[list[Fraction]], right: list[Fraction], signs: Signs) -> _Solved:
    """Gauss and Jordan; whether a pivot is zero is asked, plain numbers first."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    columns: list[int] = []
    for column in range(size):
        done = len(columns)
        candidates = sorted(
            range(done, size), key=lambda row: not isinstance(rows[row][column], Fraction)
        )
        pivot = next((row for row in candidates if not signs.is_zero(rows[row][column])), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        head = rows[done][column]
        rows[done] = [value / head for value in rows[done]]
        for row in range(size):
            factor = rows[row][column]
            if row != done:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[done], strict=True)]
        columns.append(column)
    if any(not signs.is_zero(row[-1]) for row in rows[len(columns) :]):
        return _Solved([], [], True)
    values = [Fraction(0)] * size
    for place, column in enumerate(columns):
        values[column] = rows[place][-1]
    free = []
    for column in sorted(set(range(size)) - set(columns)):
        direction = [Fraction(int(k == column)) for k in range(size)]
        for place, bound in enumerate(columns):
            direction[bound] = -rows[place][column]
        free.append(direction)
    return _Solved(values, free)


Needed = tuple[list[Fraction], bool]
"""Coefficients and a constant whose sum is not negative; above zero where the second is True."""


def _feasible(needed: list[Needed], count: int, signs: Signs) -> bool:
    """Whether some numbers meet linear inequalities (Fourier and Motzkin). Raises Undescribed."""
    for part in reversed(range(count)):
        kept: list[Needed] = []
        rising: list[Needed] = []
        falling: list[Needed] = []
        for row, strict in needed:
            sign = signs.sign(row[part])
            (rising if sign > 0 else falling if sign < 0 else kept).append((row, strict))
        for up, above in rising:
            for down, below in falling:
                joined = [a * -down[part] + b * up[part] for a, b in zip(up, down, strict=True)]
                kept.append((joined, above or below))
        if len(kept) > MOST_INEQUALITIES:
            raise Undescribed("some choices are not settled, by too many inequalities")
        # The coefficient is zero here, whatever its formula: nothing asks for it again.
        needed = [([*row[:part], *row[part + 1 :]], strict) for row, strict in kept]
    return all(
        signs.is_positive(row[-1]) if strict else not signs.is_negative(row[-1])
        for row, strict in needed
    )


__all__ = ["equilibria"]
