"""The discount factors at which conditions hold: polynomials that are not negative.

A present value is a rational function of the discount factor whose denominator is positive below
one, so each condition of a repeated game is the sign of a polynomial.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from alliance_games.exact.algebraic import Exact

Polynomial = tuple[Fraction, ...]
"""Coefficients, ascending."""

Range = tuple[Exact, Exact, bool]
"""From, up to, and whether the upper end belongs to it (the lower always does)."""


def where_all_hold(conditions: Iterable[Polynomial], end: Fraction, closed: bool) -> list[Range]:
    """The maximal intervals of [0, end], or [0, end) where not ``closed``, on which no condition
    is negative, ascending; a single point is an interval from itself to itself."""
    from flint import fmpq, fmpq_poly

    from alliance_games.exact.univariate import stretches

    at_least = []
    for condition in dict.fromkeys(conditions):
        if not any(condition[1:]):
            if condition and condition[0] < 0:
                return []
            continue
        at_least.append(fmpq_poly([fmpq(c.numerator, c.denominator) for c in condition]))
    top = fmpq_poly([fmpq(end.numerator, end.denominator), -1])
    at_least.append(fmpq_poly([0, 1]))
    above = [] if closed else [top]
    if closed:
        at_least.append(top)
    found: list[Range] = []
    for one in stretches([], at_least, above):
        assert one.low is not None and one.high is not None
        found.append((one.low[0], one.high[0], one.high[1]))
    return found


def plus(*polynomials: Sequence[Fraction]) -> Polynomial:
    """The sum."""
    width = max(map(len, polynomials), default=0)
    return tuple(
        sum((p[power] for p in polynomials if power < len(p)), Fraction(0))
        for power in range(width)
    )


def times(first: Sequence[Fraction], second: Sequence[Fraction]) -> Polynomial:
    """The product."""
    product = [Fraction(0)] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            product[i + j] += a * b
    return tuple(product)


def scaled(factor: Fraction | int, polynomial: Sequence[Fraction]) -> Polynomial:
    """A multiple."""
    return tuple(factor * c for c in polynomial)
