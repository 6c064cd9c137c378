"""Conditions on one real number: the intervals and points in which they all hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

from flint import fmpq, fmpq_poly

from alliance_games.exact.algebraic import Algebraic, Exact, real_roots, sign

End = tuple[Exact, bool]
"""An end of an interval, and whether the interval holds it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """An interval, or one point where both ends are the same; None is an end at infinity."""

    low: End | None
    high: End | None

    @property
    def is_point(self) -> bool:
        """Whether the interval is one number."""
        return self.low is not None and self.high is not None and self.low[0] == self.high[0]


def stretches(
    equal: Sequence[fmpq_poly], at_least: Sequence[fmpq_poly], above: Sequence[fmpq_poly]
) -> list[Stretch]:
    """The maximal intervals in which all hold, ascending. No polynomial is constant."""
    if equal:
        common = equal[0]
        for other in equal[1:]:
            common = common.gcd(other)
        points = real_roots(common) if common.degree() > 0 else []
        return [
            Stretch((root, True), (root, True)) for root in points if _holds(at_least, above, root)
        ]
    if all(p.degree() == 1 for p in (*at_least, *above)):
        return _linear(at_least, above)
    ends = sorted({root for p in (*at_least, *above) for root in real_roots(p)})
    if not ends:
        return [Stretch(None, None)] if _holds(at_least, above, Fraction(0)) else []
    # Pieces alternate: the gap below an end, the end itself, ..., the gap above the last.
    pieces: list[Exact] = [_below(ends[0], 1) - 1]
    for end, after in pairwise(ends):
        pieces += [end, between(end, after)]
    pieces += [ends[-1], _above(ends[-1], 1) + 1]
    held = [_holds(at_least, above, piece) for piece in pieces]
    found: list[Stretch] = []
    for place, here in enumerate(held):
        if here and (place == 0 or not held[place - 1]):
            last = place
            while last + 1 < len(held) and held[last + 1]:
                last += 1
            low = None if place == 0 else (ends[(place - 1) // 2], place % 2 == 1)
            high = None if last == len(held) - 1 else (ends[last // 2], last % 2 == 1)
            found.append(Stretch(low, high))
    return found


def _linear(at_least: Sequence[fmpq_poly], above: Sequence[fmpq_poly]) -> list[Stretch]:
    low: tuple[Fraction, bool] | None = None
    high: tuple[Fraction, bool] | None = None
    for polynomials, closed in ((at_least, True), (above, False)):
        for p in polynomials:
            ratio = -p[0] / p[1]
            end = Fraction(int(ratio.p), int(ratio.q)), closed
            if p[1] > 0:
                if low is None or end[0] > low[0] or (end[0] == low[0] and not closed):
                    low = end
            elif high is None or end[0] < high[0] or (end[0] == high[0] and not closed):
                high = end
    if low is None or high is None or low[0] < high[0]:
        return [Stretch(low, high)]
    return [Stretch(low, high)] if low[0] == high[0] and low[1] and high[1] else []


def _holds(at_least: Sequence[fmpq_poly], above: Sequence[fmpq_poly], at: Exact) -> bool:
    return all(sign(value(p, at)) >= 0 for p in at_least) and all(
        sign(value(p, at)) > 0 for p in above
    )


def value(p: fmpq_poly, at: Exact) -> Exact:
    """The polynomial's value at a number."""
    if not isinstance(at, Algebraic):
        result = p(fmpq(at.numerator, at.denominator))
        return Fraction(int(result.p), int(result.q))
    total: Exact = Fraction(0)
    for c in reversed(p.coeffs()):
        total = total * at + Fraction(int(c.p), int(c.q))
    return total


def between(low: Exact, high: Exact) -> Fraction:
    """A rational number strictly between two others: halfway where both are rational."""
    if not isinstance(low, Algebraic) and not isinstance(high, Algebraic):
        return (low + high) / 2
    unit = 1
    while True:
        inner = (_above(low, unit) + _below(high, unit)) / 2
        if low < inner < high:
            return inner
        unit *= 10


def _below(number: Exact, unit: int) -> Fraction:
    """The largest multiple of ``1/unit`` that is not above the number."""
    if isinstance(number, Algebraic):
        while floor(number.interval()[0] * unit) != floor(number.interval()[1] * unit):
            number.root.narrow()
        number = number.interval()[0]
    return Fraction(floor(number * unit), unit)


def _above(number: Exact, unit: int) -> Fraction:
    return -_below(-number, unit)
