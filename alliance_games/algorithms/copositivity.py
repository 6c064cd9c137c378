"""Is a quadratic form positive on a cone where some numbers are free and the others not negative?

The free numbers are eliminated by completing squares; what is left is a test of copositivity. A
matrix whose smaller principal submatrices are all strictly copositive fails to be so exactly where
its determinant is not positive and its adjugate is; one whose smaller ones are copositive fails
exactly where the determinant is negative and the adjugate has no negative entry (Cottle, Habetler
and Lemke 1970; Hadeler 1983). A failure comes with a direction that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm

from alliance_games.exact.linear import determinant

Vector = list[Fraction]
Tick = Callable[[], None]


def against(
    form: Sequence[Sequence[Fraction | int]], free: int, strict: bool, tick: Tick
) -> Vector | None:
    """A direction, not zero, in which the symmetric ``form`` is negative - or not positive, where
    ``strict`` - or None where there is none.

    The first ``free`` numbers of a direction have any sign, the others are not negative.
    """
    work = [[Fraction(entry) for entry in row] for row in form]
    size = len(work)
    rows: list[tuple[int, Vector]] = []
    for step in range(free):
        pivot = work[step][step]
        if pivot < 0 or (pivot == 0 and strict):
            return _completed(_unit(size, step), rows)
        if pivot == 0:
            # Without a square of its own, any product with another number can be made negative.
            other = next((j for j in range(step + 1, size) if work[step][j]), None)
            if other is None:
                continue
            tilt = -(work[other][other] + 1) / (2 * work[step][other])
            direction = _unit(size, other)
            direction[step] = tilt
            return _completed(direction, rows)
        rows.append((step, list(work[step])))
        for i in range(step + 1, size):
            factor = work[i][step] / pivot
            for j in range(step + 1, size):
                work[i][j] -= factor * work[step][j]
    rest = [row[free:] for row in work[free:]]
    found = _not_copositive(rest, strict, tick)
    return None if found is None else _completed([Fraction(0)] * free + found, rows)


def _unit(size: int, place: int) -> Vector:
    return [Fraction(index == place) for index in range(size)]


def _completed(direction: Vector, rows: Sequence[tuple[int, Vector]]) -> Vector:
    """The eliminated numbers, last first, each where its square vanishes."""
    for step, row in reversed(rows):
        others = range(step + 1, len(row))
        direction[step] = -sum((row[j] * direction[j] for j in others), Fraction(0)) / row[step]
    return direction


def _not_copositive(form: list[Vector], strict: bool, tick: Tick) -> Vector | None:
    size = len(form)
    scale = lcm(*(entry.denominator for row in form for entry in row))
    whole = [[int(entry * scale) for entry in row] for row in form]
    for number in range(1, size + 1):
        for chosen in combinations(range(size), number):
            tick()
            part = [[whole[i][j] for j in chosen] for i in chosen]
            value = determinant(part)
            if value > 0 or (value == 0 and not strict):
                continue
            adjugate = [[_cofactor(part, i, j) for j in range(number)] for i in range(number)]
            least = min(map(min, adjugate))
            if least > 0 or (least == 0 and not strict):
                found = [Fraction(0)] * size
                for place, row in zip(chosen, adjugate, strict=True):
                    found[place] = Fraction(sum(row))
                return found
    return None


def _cofactor(matrix: Sequence[Sequence[int]], row: int, column: int) -> int:
    minor = [
        [entry for j, entry in enumerate(line) if j != column]
        for i, line in enumerate(matrix)
        if i != row
    ]
    return determinant(minor) if (row + column) % 2 == 0 else -determinant(minor)
