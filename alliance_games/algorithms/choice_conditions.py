"""Equilibria of linear-quadratic games of numbers over any ordered field: choices as formulas.

Everybody is at an end of her range or inside it. For each such pattern the marginal payoffs of
those inside are zero, a linear system; who is at an end must not gain by moving inwards (Rosen 1965
for payoffs concave in one's own choice). Where a payoff is convex in one's own choice, the ends are
compared, and nobody is inside. Written for ``Concept.conditions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from alliance_games.model.linear_quadratic import LinearQuadraticGame
from alliance_games.results.named.continuous import ChoiceEquilibrium
from alliance_games.results.ordered import Signs, Undescribed

LOW, INSIDE, HIGH, FIXED = "low", "inside", "high", "fixed"

MOST_PATTERNS = 3**6


def equilibria(game: LinearQuadraticGame, signs: Signs) -> Iterator[ChoiceEquilibrium]:
    """Every pure equilibrium. Raises Undescribed where there may be infinitely many."""
    solver = _Patterns(game, signs)
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
        ways = [LOW] if low is not None else []
        if self.bends[player] <= 0:
            ways.append(INSIDE)
        if high is not None:
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

    def solution(self, pattern: Sequence[str]) -> ChoiceEquilibrium | None:
        """The equilibrium of this pattern, if it has one. Raises Undescribed."""
        game = self.game
        inside = [player for player, way in enumerate(pattern) if way == INSIDE]
        numbers = [
            Fraction(0) if way == INSIDE else self._end(player, way)
            for player, way in enumerate(pattern)
        ]
        solved = _solved(
            [[game.slopes[i][j] for j in inside] for i in inside],
            [-self._slope(i, numbers) for i in inside],
            self.signs,
        )
        if solved.inconsistent:
            return None
        if solved.values is None:
            for player, way in enumerate(pattern):
                if way != INSIDE and self._ruled_out(player, way, numbers, inside):
                    return None
            raise Undescribed(
                "some choices are not settled: there may be infinitely many equilibria"
            )
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
            payoffs={
                name: game.payoff(player, numbers) for player, name in enumerate(game.players)
            },
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
        rise = self._slope(player, numbers) * direction
        if bend > 0:
            # What the other end pays more, per unit of the way there.
            low, high = self.game.lows[player], self.game.highs[player]
            assert low is not None and high is not None
            rise = rise + self.game.slopes[player][player] * (high - low) / 2
        if self.signs.is_positive(rise):
            return None
        return bend < 0 or self.signs.is_negative(rise)

    def _ruled_out(
        self, player: int, way: str, numbers: Sequence[Fraction], inside: Sequence[int]
    ) -> bool:
        """Whether a player at an end gains by moving, whatever those inside choose."""
        slopes = [self.game.slopes[player][k] for k in inside]
        if not all(isinstance(slope, Fraction) and slope == 0 for slope in slopes):
            return False
        return self._stays(player, way, numbers) is None


@dataclass(frozen=True, slots=True)
class _Solved:
    """The one solution of a linear system (None: not one), and whether it has none at all."""

    values: list[Fraction] | None
    inconsistent: bool = False


def _solved(matrix: list[list[Fraction]], right: list[Fraction], signs: Signs) -> _Solved:
    """Gauss and Jordan; whether a pivot is zero is asked, plain numbers first."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    done = 0
    for column in range(size):
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
        done += 1
    if any(not signs.is_zero(row[-1]) for row in rows[done:]):
        return _Solved(None, True)
    return _Solved([row[-1] for row in rows]) if done == size else _Solved(None)


__all__ = ["equilibria"]
