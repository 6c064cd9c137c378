"""Formulas over whole intervals: bounds for the value and for the slope, with certainty.

Ends are rounded outwards (Moore 1966, Interval Analysis), slopes by the chain rule at the same time
(automatic differentiation), so that what is concluded holds for every number of the interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

from flint import arb, fmpq

from alliance_games.exact.algebraic import Algebraic, Exact
from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Entry,
    Expression,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    to_text,
)

INFINITE = arb("inf")


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from ``low`` to ``high``; ends are arb numbers, perhaps infinite."""

    low: Any
    high: Any

    @staticmethod
    def of(low: Any, high: Any) -> Range:
        """Rounded outwards; everything, where an end is no number."""
        if not (_is_number(low) and _is_number(high)):
            return WHOLE
        return Range(low.lower(), high.upper())

    def __add__(self, other: Range) -> Range:
        return Range.of(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low)

    def __sub__(self, other: Range) -> Range:
        return self + (-other)

    def __mul__(self, other: Range) -> Range:
        if self.is_zero or other.is_zero:
            return ZERO
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        if not all(map(_is_number, products)):
            return WHOLE
        return Range(
            _least([one.lower() for one in products]), -_least([-one.upper() for one in products])
        )

    def __truediv__(self, other: Range) -> Range:
        if other.low > 0 or other.high < 0:
            one = arb(1)
            return self * Range.of(one / other.high, one / other.low)
        return WHOLE

    def joined(self, other: Range) -> Range:
        """The smallest range that holds both."""
        return Range(_least([self.low, other.low]), -_least([-self.high, -other.high]))

    @property
    def is_zero(self) -> bool:
        """Whether it is zero alone."""
        return bool(self.low == 0 and self.high == 0)


def _is_number(one: Any) -> bool:
    """Whether it is finite or an infinity: nothing is said of no number."""
    return bool(one.is_finite() or one > 1 or one < -1)


def _least(numbers: Sequence[Any]) -> Any:
    return reduce(lambda a, b: a if a <= b else b, numbers)


WHOLE = Range(-INFINITE, INFINITE)
ZERO = Range(arb(0), arb(0))
ONE = Range(arb(1), arb(1))


class NoValue(Exception):
    """The formula has no value anywhere in the interval."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """Bounds of a value and of its derivative."""

    value: Range
    slope: Range


def exact_range(number: Exact) -> Range:
    """An exact number as a narrow range."""
    if isinstance(number, Algebraic):
        while (ends := number.interval())[1] - ends[0] > Fraction(1, 10**40):
            number.root.narrow()
        low, high = ends
    else:
        low = high = number
    return Range.of(
        arb(fmpq(low.numerator, low.denominator)), arb(fmpq(high.numerator, high.denominator))
    )


def bounds(node: Expression, symbols: Mapping[Expression, Bounded]) -> Bounded:
    """Bounds of a formula, its symbols lying in theirs. Raises NoValue where it has none at all."""
    if isinstance(node, Name | Entry):
        return symbols[node]
    match node:
        case Number(value):
            return Bounded(exact_range(value), ZERO)
        case Negate(operand):
            inner = bounds(operand, symbols)
            return Bounded(-inner.value, -inner.slope)
        case Arithmetic("^", base, exponent):
            return _power(bounds(base, symbols), bounds(exponent, symbols))
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, bounds(left, symbols), bounds(right, symbols))
        case Condition(test, yes, no):
            return _either(test, yes, no, symbols)
        case Call("max", arguments):
            return reduce(_greater, [bounds(one, symbols) for one in arguments])
        case Call("min", arguments):
            turned = [_turned(bounds(one, symbols)) for one in arguments]
            return _turned(reduce(_greater, turned))
        case Call("abs", (inner_node,)):
            inner = bounds(inner_node, symbols)
            return _greater(inner, _turned(inner))
        case Call("sqrt", (inner_node,)):
            half = exact_range(Fraction(1, 2))
            return _power(bounds(inner_node, symbols), Bounded(half, ZERO))
        case Call("log", (inner_node,)):
            return _logarithm(bounds(inner_node, symbols))
        case Call("exp", (inner_node,)):
            return _exponential(bounds(inner_node, symbols))
    raise TypeError(f"{to_text(node)} is no number")


def _turned(one: Bounded) -> Bounded:
    return Bounded(-one.value, -one.slope)


def _greater(one: Bounded, other: Bounded) -> Bounded:
    if one.value.low >= other.value.high:
        return one
    if other.value.low >= one.value.high:
        return other
    low = -_least([-one.value.low, -other.value.low])
    high = -_least([-one.value.high, -other.value.high])
    return Bounded(Range(low, high), one.slope.joined(other.slope))


def _arithmetic(operator: str, left: Bounded, right: Bounded) -> Bounded:
    a, b, da, db = left.value, right.value, left.slope, right.slope
    match operator:
        case "+":
            return Bounded(a + b, da + db)
        case "-":
            return Bounded(a - b, da - db)
        case "*":
            return Bounded(a * b, da * b + a * db)
    if b.is_zero:
        raise NoValue
    return Bounded(a / b, (da * b - a * db) / (b * b))


def _power(base: Bounded, exponent: Bounded) -> Bounded:
    whole = _whole(exponent)
    if whole is not None:
        if whole < 0:
            return _arithmetic("/", Bounded(ONE, ZERO), _whole_power(base, -whole))
        return _whole_power(base, whole)
    if base.value.high < 0:
        raise NoValue
    e = exponent.value
    if not exponent.slope.is_zero:
        grown = _arithmetic("*", exponent, _logarithm(base))
        return _exponential(grown)
    low = base.value.low if base.value.low > 0 else arb(0)
    # x^e rises in x for e > 0 and falls for e < 0; the exponent is one number here.
    ends = []
    for end in (low, base.value.high):
        if end == 0:
            ends.append(Range(arb(0), arb(0)) if e.low > 0 else Range(arb(0), INFINITE))
        elif not end < INFINITE:
            ends.append(Range(INFINITE, INFINITE) if e.low > 0 else ZERO)
        else:
            ends.append(Range.of((end**e.low).lower(), (end**e.high).upper()))
            ends.append(Range.of((end**e.high).lower(), (end**e.low).upper()))
    value = reduce(Range.joined, ends)
    if low > 0:
        slope = base.slope * e * value / base.value
    else:
        slope = ZERO if base.slope.is_zero else WHOLE
        if value.low >= 0 and e.low > 0 and base.slope.low >= 0:
            slope = Range(arb(0), INFINITE) if not base.slope.is_zero else ZERO
    return Bounded(value, slope)


def _whole(exponent: Bounded) -> int | None:
    if not exponent.slope.is_zero:
        return None
    low, high = exponent.value.low, exponent.value.high
    if low != high or not low.is_integer():
        return None
    return int(exponent.value.low.unique_fmpz())


def _whole_power(base: Bounded, exponent: int) -> Bounded:
    if exponent == 0:
        return Bounded(ONE, ZERO)
    a = base.value
    ends = [a.low**exponent, a.high**exponent]
    low = _least([one.lower() for one in ends])
    high = -_least([-one.upper() for one in ends])
    if exponent % 2 == 0 and a.low <= 0 and a.high >= 0:
        low = arb(0)
    below = ONE if exponent == 1 else _whole_power(Bounded(a, ZERO), exponent - 1).value
    slope = Range(arb(exponent), arb(exponent)) * below * base.slope
    return Bounded(Range.of(low, high), slope)


def _logarithm(inner: Bounded) -> Bounded:
    if inner.value.high <= 0:
        raise NoValue
    low = inner.value.low.log() if inner.value.low > 0 else -INFINITE
    high = inner.value.high.log() if inner.value.high < INFINITE else INFINITE
    if inner.slope.is_zero:
        slope = ZERO
    elif inner.value.low > 0:
        slope = inner.slope / inner.value
    else:
        slope = Range(arb(0), INFINITE) if inner.slope.low >= 0 else WHOLE
    return Bounded(Range.of(low, high), slope)


def _exponential(inner: Bounded) -> Bounded:
    low = inner.value.low.exp() if inner.value.low > -INFINITE else arb(0)
    high = inner.value.high.exp() if inner.value.high < INFINITE else INFINITE
    value = Range.of(low, high)
    return Bounded(value, value * inner.slope)


def _either(
    test: Expression, yes: Expression, no: Expression, symbols: Mapping[Expression, Bounded]
) -> Bounded:
    """The branch that is taken; where that is not sure both, and nothing about the slope."""
    known = _truth(test, symbols)
    if known is not None:
        return bounds(yes if known else no, symbols)
    found = []
    for branch in (yes, no):
        try:
            found.append(bounds(branch, symbols).value)
        except NoValue:
            continue
    if not found:
        raise NoValue
    return Bounded(reduce(Range.joined, found), WHOLE)


def _truth(test: Expression, symbols: Mapping[Expression, Bounded]) -> bool | None:
    match test:
        case Not(inner):
            known = _truth(inner, symbols)
            return None if known is None else not known
        case Logic(operator, operands):
            parts = [_truth(one, symbols) for one in operands]
            decisive = operator == "or"
            if decisive in parts:
                return decisive
            return None if None in parts else not decisive
        case Compare(operands, operators):
            values = [bounds(one, symbols).value for one in operands]
            steps = [
                _compared(a, operator, b)
                for (a, b), operator in zip(pairwise(values), operators, strict=True)
            ]
            if False in steps:
                return False
            return None if None in steps else True
    raise TypeError(f"{to_text(test)} is no condition")


def _compared(a: Range, operator: str, b: Range) -> bool | None:
    match operator:
        case "<":
            return True if a.high < b.low else False if a.low >= b.high else None
        case "<=":
            return True if a.high <= b.low else False if a.low > b.high else None
        case ">" | ">=":
            return _compared(b, {">": "<", ">=": "<="}[operator], a)
    apart = bool(a.high < b.low or b.high < a.low)
    same = bool(a.low == a.high == b.low == b.high)
    known = False if apart else True if same else None
    return known if operator == "==" or known is None else not known
