"""Arrays of numbers that are known to within an error, and their arithmetic.

Every operation bounds its own rounding exactly, by the error-free transformations of sums and
products (Dekker 1971; Ogita, Rump and Oishi 2005), so that what is computed without rounding (whole
numbers, halves, quarters) has the error 0 and a zero is known to be one. An error that is not a
number means that nothing is known: a division by what may be zero, an overflow. All comparisons
with it are false, so that it decides nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = Any  # an array of floats or one float: numpy tells them apart
    Signs = NDArray[np.int8]
    Flags = NDArray[np.bool_]

UNKNOWN = 2
"""The sign of a number that its error does not tell from zero."""

_ROUNDING = 2.0**-53
_INFLATED = 1 + 2.0**-48  # more than the roundings of the bounds themselves
_SPLIT = 2.0**27 + 1
_TINY = 1e-250  # products below this may lose digits for want of smaller floats


class Near:
    """Numbers with the greatest possible distance of each from the truth; broadcasts like numpy."""

    __slots__ = ("error", "value")

    value: Any
    error: Any

    def __init__(self, value: Any, error: Any) -> None:
        self.value = value
        self.error = error

    @classmethod
    def of(cls, number: Fraction | int) -> Near:
        """One number, rounded to a float where it must be."""
        try:
            value = float(number)
        except OverflowError:
            return cls(np.float64("nan"), np.float64("nan"))
        error = 0.0 if Fraction(value) == number else abs(value) * _ROUNDING + _TINY
        return cls(np.float64(value), np.float64(error))

    @classmethod
    def each(cls, numbers: list[Fraction]) -> Near:
        """An array of numbers, rounded to floats where they must be."""
        known = [cls.of(number) for number in numbers]
        return cls(
            np.array([one.value for one in known], dtype=np.float64),
            np.array([one.error for one in known], dtype=np.float64),
        )

    def __neg__(self) -> Near:
        return Near(-self.value, self.error)

    def __abs__(self) -> Near:
        return Near(np.abs(self.value), self.error)

    def __add__(self, other: Near) -> Near:
        a, b = self.value, other.value
        total = a + b
        part = total - a
        rounding = (a - (total - part)) + (b - part)  # exactly what the sum lost (Knuth)
        return Near(total, _sum(self.error, other.error, np.abs(rounding)))

    def __sub__(self, other: Near) -> Near:
        return self + -other

    def __mul__(self, other: Near) -> Near:
        product, rounding = _product(self.value, other.value)
        both = self.error + other.error
        error = np.abs(self.value) * other.error + np.abs(other.value) * self.error
        error = _sum(error, self.error * other.error, rounding)
        # A bound must not vanish for want of smaller floats; only an exact zero makes it do so.
        error = np.where(both > 0, np.maximum(error, _TINY), error)
        zero = (self.value == 0) & (self.error == 0) | (other.value == 0) & (other.error == 0)
        return Near(product, np.where(zero, both * 0, error))

    def __truediv__(self, other: Near) -> Near:
        quotient = self.value / other.value
        product, rounding = _product(quotient, other.value)
        left = np.abs(self.value - product) + rounding
        least = np.abs(other.value) - other.error
        above = _sum(left, self.error, np.abs(quotient) * other.error)
        inexact = (left > 0) | (self.error > 0) | (other.error > 0)
        error = np.where(inexact, np.maximum(above / least * _INFLATED, _TINY), above)
        return Near(quotient, np.where(least > 0, error, np.nan))

    def power(self, exponent: int) -> Near:
        """A power with a whole exponent, by repeated squaring."""
        if exponent < 0:
            return Near.of(1) / self.power(-exponent)
        result, base = Near.of(1), self
        while exponent:
            if exponent % 2:
                result = result * base
            exponent //= 2
            if exponent:
                base = base * base
        return result

    def signs(self, trust: float = 1.0) -> Signs:
        """1, -1, 0, or UNKNOWN: where the number is not ``trust`` times as large as its error."""
        value, bound = self.value, self.error * trust
        found = np.full(np.shape(value), UNKNOWN, dtype=np.int8)
        found[value > bound] = 1
        found[value < -bound] = -1
        found[(value == 0) & (bound == 0)] = 0
        return found

    def at(self, places: NDArray[np.intp]) -> Near:
        """The numbers at some places; one number for all stays what it is."""
        if np.ndim(self.value) == 0:
            return self
        return Near(self.value[places], self.error[places])

    def spread(self, size: int) -> Near:
        """The same numbers as an array of ``size``, where one number stood for all."""
        if np.shape(self.value) == (size,):
            return self
        return Near(np.full(size, self.value), np.full(size, self.error))


def choose(yes: Flags, no: Flags, first: Near, second: Near) -> Near:
    """The first where ``yes``, the second where ``no``, and nothing known elsewhere."""
    value = np.where(yes, first.value, second.value)
    return Near(value, np.where(yes, first.error, np.where(no, second.error, np.nan)))


def larger(first: Near, second: Near) -> Near:
    """The larger of two numbers."""
    return Near(
        np.maximum(first.value, second.value),
        np.where(
            first.value - first.error > second.value + second.error,
            first.error,
            np.where(
                second.value - second.error > first.value + first.error,
                second.error,
                np.maximum(first.error, second.error),
            ),
        ),
    )


def _sum(*errors: Floats) -> Floats:
    total = errors[0]
    for error in errors[1:]:
        total = total + error
    return total * _INFLATED


def _product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """The rounded product, and exactly how far off it is (Veltkamp, Dekker 1971)."""
    product = a * b
    high, other = _halves(a), _halves(b)
    low, low_other = a - high, b - other
    rest = low * low_other - (((product - high * other) - low * other) - high * low_other)
    rounding = np.abs(rest)
    vague = (np.abs(product) < _TINY) & (a != 0) & (b != 0)
    return product, np.where(vague, rounding + _TINY, rounding)


def _halves(a: Floats) -> Floats:
    """The upper half of the digits of a number; not a number where it is very large."""
    scaled = a * _SPLIT
    return scaled - (scaled - a)
