"""The simplex method in integers: a dictionary of one linear program, pivoted without fractions.

Dividing each pivot's products by the previous pivot keeps every entry a minor of the input, hence
an integer of moderate size (Edmonds 1967; Bareiss 1968).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

Tick = Callable[[], None]


def no_limit() -> None:
    """The tick of work without a limit."""


class Tableau:
    """A dictionary: ``over * basic[i] = rows[i][-1] - sum(rows[i][j] * nonbasic[j])``.

    Variables are numbered: the program's first, then one slack per constraint. The last row is the
    objective's: ``over * z = rows[-1][-1] - sum(rows[-1][j] * nonbasic[j])``. ``over`` is positive.
    Slacks of ``equalities`` are fixed at zero; variables in ``free`` may be negative.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[int]],
        objective: Sequence[int],
        equalities: Sequence[int],
        free: frozenset[int],
    ) -> None:
        self.width, self.height = len(objective), len(rows)
        self.rows = [[*row] for row in rows]
        self.rows.append([*(-number for number in objective), 0])
        self.over = 1
        self.nonbasic = list(range(self.width))
        self.basic = list(range(self.width, self.width + self.height))
        self.fixed = frozenset(self.width + row for row in equalities)
        self.free = free
        self.proof_row = -1
        self.proof_column = -1

    def pivot(self, row: int, column: int) -> None:
        """Exchange the basic variable of ``row`` and the nonbasic one of ``column``."""
        pivot_row, over = self.rows[row], self.over
        pivot = pivot_row[column]
        if pivot < 0:
            # With both signs turned the products below keep their sign and `over` stays positive.
            pivot = -pivot
            pivot_row = self.rows[row] = [-entry for entry in pivot_row]
            sign = -1
        else:
            sign = 1
        for index, other in enumerate(self.rows):
            if index == row:
                continue
            factor = other[column]
            if factor:
                new = [
                    (entry * pivot - factor * along) // over
                    for entry, along in zip(other, pivot_row, strict=True)
                ]
                new[column] = -sign * factor
                self.rows[index] = new
            elif pivot != over:
                self.rows[index] = [entry * pivot // over for entry in other]
        pivot_row[column] = sign * over
        self.over = pivot
        self.basic[row], self.nonbasic[column] = self.nonbasic[column], self.basic[row]

    def enter(self, variables: Sequence[int], tick: Tick) -> None:
        """Make the program's variables among ``variables`` basic in place of slacks not among them.

        A variable that depends on those already in is left out.
        """
        wanted = set(variables)
        for column in range(self.width):
            if self.nonbasic[column] not in wanted:
                continue
            for row in range(self.height):
                if self.rows[row][column] and self.basic[row] not in wanted:
                    tick()
                    self.pivot(row, column)
                    break

    def solve(self, tick: Tick = no_limit) -> str:
        """Pivot until the answer shows: 'optimal', 'infeasible' or 'unbounded'."""
        if not self._clear_equalities(tick):
            return "infeasible"
        self._enter_free(tick)
        if not self._reach_feasibility(tick):
            return "infeasible"
        return "optimal" if self._reach_optimality(tick) else "unbounded"

    def _clear_equalities(self, tick: Tick) -> bool:
        """Take the slacks of equalities out of the basis; False where one cannot be zero."""
        for row in range(self.height):
            if self.basic[row] not in self.fixed:
                continue
            entries = self.rows[row]
            column = next(
                (j for j in range(self.width) if entries[j] and self.nonbasic[j] not in self.fixed),
                None,
            )
            if column is not None:
                tick()
                self.pivot(row, column)
            elif entries[-1]:
                self.proof_row = row
                return False
        return True

    def _enter_free(self, tick: Tick) -> None:
        """Make free variables basic; one that stays out touches no bounded variable, ever."""
        for column in range(self.width):
            if self.nonbasic[column] not in self.free:
                continue
            for row in range(self.height):
                if self.rows[row][column] and self._bounded(row):
                    tick()
                    self.pivot(row, column)
                    break

    def _bounded(self, row: int) -> bool:
        variable = self.basic[row]
        return variable not in self.free and variable not in self.fixed

    def _reach_feasibility(self, tick: Tick) -> bool:
        """Make every bounded variable non-negative; False where a row shows that none can be.

        The dual simplex with a zero objective: greedy at first, by least index in the end, which
        cannot cycle (Bland 1977).
        """
        patience = 2 * (self.width + self.height)
        while True:
            short = [i for i in range(self.height) if self.rows[i][-1] < 0 and self._bounded(i)]
            if not short:
                return True
            if patience > 0:
                row = min(short, key=lambda i: self.rows[i][-1])
            else:
                row = min(short, key=self.basic.__getitem__)
            patience -= 1
            entries = self.rows[row]
            helping = [
                j
                for j in range(self.width)
                if entries[j] < 0 and self.nonbasic[j] not in self.fixed
            ]
            if not helping:
                self.proof_row = row
                return False
            tick()
            self.pivot(row, min(helping, key=self.nonbasic.__getitem__))

    def _reach_optimality(self, tick: Tick) -> bool:
        """Improve until no variable helps; False where one can grow for ever.

        By the largest coefficient at first (Dantzig), by least index in the end (Bland 1977).
        """
        patience = 5 * (self.width + self.height)
        while True:
            gains = self.rows[-1]
            helping = [
                j
                for j in range(self.width)
                if (gains[j] < 0 and self.nonbasic[j] not in self.fixed)
                or (gains[j] and self.nonbasic[j] in self.free)
            ]
            if not helping:
                return True
            if patience > 0:
                column = min(helping, key=lambda j: (gains[j], self.nonbasic[j]))
            else:
                column = min(helping, key=self.nonbasic.__getitem__)
            patience -= 1
            row = self._blocking_row(column)
            if row is None:
                self.proof_column = column
                return False
            tick()
            self.pivot(row, column)

    def _blocking_row(self, column: int) -> int | None:
        """The row whose variable reaches zero first as that of ``column`` grows (least index)."""
        best = None
        for row in range(self.height):
            entry = self.rows[row][column]
            if entry <= 0 or not self._bounded(row):
                continue
            if best is not None:
                ahead = self.rows[row][-1] * self.rows[best][column]
                behind = self.rows[best][-1] * entry
                if ahead > behind or (ahead == behind and self.basic[row] > self.basic[best]):
                    continue
            best = row
        return best

    def objective_value(self) -> Fraction:
        """The objective at the current basic solution."""
        return Fraction(self.rows[-1][-1], self.over)

    def primal(self) -> tuple[Fraction, ...]:
        """The program's variables at the current basic solution."""
        values = [Fraction(0)] * self.width
        for row, variable in enumerate(self.basic):
            if variable < self.width:
                values[variable] = Fraction(self.rows[row][-1], self.over)
        return tuple(values)

    def dual(self) -> tuple[Fraction, ...]:
        """One number per constraint: the objective's coefficient at its slack."""
        return self._at_slacks(self.rows[-1])

    def farkas(self) -> tuple[Fraction, ...]:
        """The combination of constraints that the infeasible row states."""
        row = self.rows[self.proof_row]
        numbers = list(self._at_slacks(row))
        if self.basic[self.proof_row] >= self.width:
            numbers[self.basic[self.proof_row] - self.width] += 1
        return tuple(-number for number in numbers) if row[-1] > 0 else tuple(numbers)

    def _at_slacks(self, row: Sequence[int]) -> tuple[Fraction, ...]:
        numbers = [Fraction(0)] * self.height
        for column, variable in enumerate(self.nonbasic):
            if variable >= self.width:
                numbers[variable - self.width] = Fraction(row[column], self.over)
        return tuple(numbers)

    def ray(self) -> tuple[Fraction, ...]:
        """The direction in which the variable of the unbounded column grows."""
        column = self.proof_column
        sign = 1 if self.rows[-1][column] < 0 else -1
        direction = [Fraction(0)] * self.width
        for row, variable in enumerate(self.basic):
            if variable < self.width:
                direction[variable] = Fraction(-sign * self.rows[row][column], self.over)
        if self.nonbasic[column] < self.width:
            direction[self.nonbasic[column]] = Fraction(sign)
        return tuple(direction)
