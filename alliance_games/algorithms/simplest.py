"""The fraction in an interval that a reader would choose."""

from __future__ import annotations

from fractions import Fraction


def simplest_between(low: Fraction, high: Fraction, *, closed: bool) -> Fraction:
    """The fraction with the least denominator, then the least numerator, between two others.

    Both are non-negative with ``low < high``, or equal where the interval is ``closed``. Walks the
    continued fraction (Stern 1858; Brocot 1861).
    """
    if closed and low == high:
        return low
    floor = low.numerator // low.denominator
    if closed and floor == low:
        return Fraction(floor)
    above = floor + 1
    if above < high or (closed and above == high):
        return Fraction(above)
    # Now the interval lies within [floor, floor + 1]: turn it over and look again.
    rest_low, rest_high = low - floor, high - floor
    if rest_low == 0:
        # (0, h): the simplest is 1/k with the least k that is below h.
        return floor + Fraction(1, rest_high.denominator // rest_high.numerator + 1)
    return floor + 1 / simplest_between(1 / rest_high, 1 / rest_low, closed=closed)
