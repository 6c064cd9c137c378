"""Powers, roots, exponentials and logarithms of rationals, exact wherever the answer is rational.

Every function returns the value and whether it is exact. A value that is not rational comes
back as its decimal approximation to ``DIGITS`` significant digits. Integral values are ints,
all others Fractions. Nothing here makes a number of more than ``MAX_BITS`` bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from decimal import Context, Decimal

DIGITS = 50
"""Significant digits of a value that is not rational."""

FINER = 80
"""The same within ``finer()``."""

_digits = ContextVar("digits", default=DIGITS)

MAX_BITS = 100_000
"""The greatest size of a number, in bits of its numerator or denominator."""

_GUARD = 20
_MAX_LOGARITHM = 69_000  # e^69000 still fits into MAX_BITS

Rational: TypeAlias = int | Fraction


class TooLarge(Exception):
    """The result would be larger, or nearer to zero, than numbers may be."""


class OutsideDomain(Exception):
    """The function has no real value there; the text says why."""


@contextmanager
def finer() -> Iterator[None]:
    """Within this context, values that are not rational have FINER digits."""
    before = _digits.set(FINER)
    try:
        yield
    finally:
        _digits.reset(before)


def simplest(value: Rational) -> Rational:
    """An int where the value is integral."""
    if value.__class__ is Fraction and value.denominator == 1:
        return value.numerator
    return value


def bits(value: Rational) -> int:
    """The size of a number."""
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def power(base: Rational, exponent: Rational) -> tuple[Rational, bool]:
    """``base ^ exponent``; ``0 ^ 0`` is 1.

    Raises TooLarge, OutsideDomain (a negative base with a fractional exponent) and
    ZeroDivisionError (zero to a negative power).
    """
    if exponent.denominator != 1:
        return _fractional_power(base, exponent)
    return _integer_power(base, exponent.numerator), True


def _integer_power(base: Rational, exponent: int) -> Rational:
    if exponent < 0 and base == 0:
        raise ZeroDivisionError
    if base in (0, 1) or exponent == 0:
        return 1 if exponent == 0 else simplest(base)
    if base == -1:
        return -1 if exponent % 2 else 1
    # Bounded before it is computed: 9^9^9 has 370 million digits.
    if bits(base) * abs(exponent) > MAX_BITS:
        raise TooLarge
    if exponent < 0 and base.__class__ is int:
        base = Fraction(base)
    result: Rational = base**exponent
    return simplest(result)


def _fractional_power(base: Rational, exponent: Rational) -> tuple[Rational, bool]:
    if base < 0:
        raise OutsideDomain("a negative number has no real fractional power")
    if base == 0:
        if exponent < 0:
            raise ZeroDivisionError
        return 0, True
    if base == 1:
        return 1, True
    root = _perfect_root(base, exponent.denominator)
    if root is not None:
        return _integer_power(root, exponent.numerator), True

    def approximate(context: Context) -> Decimal:
        logarithm = context.ln(_decimal(base, context))
        product = context.multiply(logarithm, _decimal(exponent, context))
        _check_logarithm(product)
        return context.exp(product)

    # Digits of the exponent times the logarithm are lost before the point.
    return _approximately(approximate, base, extra=len(str(_MAX_LOGARITHM))), False


def square_root(value: Rational) -> tuple[Rational, bool]:
    """The square root, exact where numerator and denominator are squares.

    Raises OutsideDomain for a negative number.
    """
    if value < 0:
        raise OutsideDomain("a negative number has no real square root")
    root = _perfect_root(value, 2)
    if root is not None:
        return root, True
    return _approximately(lambda context: context.sqrt(_decimal(value, context)), value), False


def exponential(value: Rational) -> tuple[Rational, bool]:
    """``e ^ value``; raises TooLarge."""
    if value == 0:
        return 1, True
    if not -_MAX_LOGARITHM < value < _MAX_LOGARITHM:
        raise TooLarge
    return _approximately(lambda context: context.exp(_decimal(value, context)), value, 6), False


def logarithm(value: Rational) -> tuple[Rational, bool]:
    """The natural logarithm; raises OutsideDomain for zero and negative numbers."""
    if value <= 0:
        raise OutsideDomain("only a positive number has a logarithm")
    if value == 1:
        return 0, True
    # Near 1 the leading digits cancel: as many more are carried as agree.
    shared = value.denominator.bit_length() - abs(value.numerator - value.denominator).bit_length()
    extra = max(0, shared) * 31 // 100 + 1
    return _approximately(lambda context: context.ln(_decimal(value, context)), value, extra), False


def _perfect_root(value: Rational, degree: int) -> Rational | None:
    """The rational root of a positive number or zero, or None."""
    numerator = _integer_root(value.numerator, degree)
    if numerator is None:
        return None
    if value.denominator == 1:
        return numerator
    denominator = _integer_root(value.denominator, degree)
    return None if denominator is None else Fraction(numerator, denominator)


def _integer_root(value: int, degree: int) -> int | None:
    if value < 2:
        return value
    if degree == 2:
        root = isqrt(value)
        return root if root * root == value else None
    if degree >= value.bit_length():  # the root lies strictly between 1 and 2
        return None
    # Newton's method from above, which falls until it reaches the root's integer part.
    bits_of_root = -(-value.bit_length() // degree)
    guess = 1 << bits_of_root
    while True:
        lower: int = ((degree - 1) * guess + value // int(guess ** (degree - 1))) // degree
        if lower >= guess:
            return guess if int(guess**degree) == value else None
        guess = lower


def _check_logarithm(value: Decimal) -> None:
    if abs(value) > _MAX_LOGARITHM:
        raise TooLarge


def _decimal(value: Rational, context: Context) -> Decimal:
    from decimal import Decimal

    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _approximately(
    compute: Callable[[Context], Decimal], value: Rational, extra: int = 0
) -> Rational:
    """``compute`` with guard digits, rounded to DIGITS (or FINER)."""
    from decimal import MAX_EMAX, MIN_EMIN, Context

    digits = _digits.get()
    working = Context(prec=digits + _GUARD + extra, Emax=MAX_EMAX, Emin=MIN_EMIN)
    rounding = Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN)
    return simplest(Fraction(rounding.plus(compute(working))))
