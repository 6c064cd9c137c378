"""Contracts held to first- and second-order conditions, from the payoffs' formulas as they stand.

A jet is a value with its first and second derivatives in the two terms. At one contract jets are
exact numbers; over a part of the ranges they are intervals, which show that payoffs are concave
there: then first-order conditions at a contract prove that no other has a larger weighted sum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from alliance_games.exact.expression import Arithmetic, Expression, Negate, Number
from alliance_games.model.bargaining import Contracts, Pair

Box = tuple[Pair, ...]

MOST_BOXES = 4000
"""Parts into which the ranges are cut before concavity counts as not shown."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __pow__(self, power: int) -> Interval:
        ends = [self.low**power, self.high**power]
        if power % 2 == 0 and power and self.low < 0 < self.high:
            ends.append(Fraction(0))
        return Interval(min(ends), max(ends))


@dataclass(frozen=True, slots=True)
class Jet:
    """A value, its derivatives by the two terms, and its second ones (11, 12, 22).

    The numbers are all exact or all intervals.
    """

    value: Any
    slopes: tuple[Any, Any]
    bends: tuple[Any, Any, Any]

    def __add__(self, other: Jet) -> Jet:
        (a, b), (c, d) = self.slopes, other.slopes
        bends = tuple(x + y for x, y in zip(self.bends, other.bends, strict=True))
        return Jet(self.value + other.value, (a + c, b + d), (bends[0], bends[1], bends[2]))

    def __neg__(self) -> Jet:
        (a, b), (p, q, r) = self.slopes, self.bends
        return Jet(-self.value, (-a, -b), (-p, -q, -r))

    def __mul__(self, other: Jet) -> Jet:
        u, v, (a, b), (c, d) = self.value, other.value, self.slopes, other.slopes
        (p, q, r), (x, y, z) = self.bends, other.bends
        crossed = a * c
        squared = b * d
        return Jet(
            u * v,
            (a * v + u * c, b * v + u * d),
            (
                p * v + crossed + crossed + u * x,
                q * v + a * d + b * c + u * y,
                r * v + squared + squared + u * z,
            ),
        )

    def power(self, n: int, number: Callable[[Fraction], Any]) -> Jet:
        """The whole power ``n``; ``number`` makes a constant."""
        if n == 0:
            zero = number(Fraction(0))
            return Jet(number(Fraction(1)), (zero, zero), (zero, zero, zero))
        if n == 1:
            return self
        (a, b), (p, q, r) = self.slopes, self.bends
        one = number(Fraction(n)) * self.value ** (n - 1)
        two = number(Fraction(n * (n - 1))) * self.value ** (n - 2)
        return Jet(
            self.value**n,
            (one * a, one * b),
            (two * a**2 + one * p, two * a * b + one * q, two * b**2 + one * r),
        )


def jet(
    node: Expression, terms: Mapping[Expression, Jet], number: Callable[[Fraction], Any]
) -> Jet:
    """The jet of a formula. Raises ValueError for what is no polynomial in the terms."""
    if node in terms:
        return terms[node]
    match node:
        case Number(value):
            zero = number(Fraction(0))
            return Jet(number(value), (zero, zero), (zero, zero, zero))
        case Negate(operand):
            return -jet(operand, terms, number)
        case Arithmetic("^", left, Number(value)) if value.denominator == 1 and value >= 0:
            return jet(left, terms, number).power(int(value), number)
        case Arithmetic("/", left, Number(value)) if value:
            return jet(left, terms, number) * jet(Number(1 / value), terms, number)
        case Arithmetic("+", left, right):
            return jet(left, terms, number) + jet(right, terms, number)
        case Arithmetic("-", left, right):
            return jet(left, terms, number) + -jet(right, terms, number)
        case Arithmetic("*", left, right):
            return jet(left, terms, number) * jet(right, terms, number)
    raise ValueError(f"{node} is no polynomial in the terms")


def _starting(
    values: Sequence[Any], symbols: Sequence[Expression], number: Callable[[Fraction], Any]
) -> dict[Expression, Jet]:
    zero, one = number(Fraction(0)), number(Fraction(1))
    return {
        symbol: Jet(value, (one, zero) if place == 0 else (zero, one), (zero, zero, zero))
        for place, (value, symbol) in enumerate(zip(values, symbols, strict=True))
    }


def at(over: Contracts, place: Sequence[Fraction]) -> list[Jet]:
    """Each player's payoff at a contract, with its derivatives, exact."""

    def number(value: Fraction) -> Fraction:
        return value

    terms = _starting(place, over.symbols, number)
    return [jet(payoff, terms, number) for payoff in over.payoffs]


@lru_cache(maxsize=64)
def are_concave(over: Contracts) -> bool:
    """Whether intervals show both payoffs to be concave over the ranges."""
    return all(_is_concave(over, player, ()) for player in (0, 1))


@lru_cache(maxsize=64)
def is_strict(over: Contracts, player: int, moving: tuple[int, ...]) -> bool:
    """Whether a payoff is shown to be strictly concave in the terms ``moving``."""
    return _is_concave(over, player, moving)


def _is_concave(over: Contracts, player: int, strictly: tuple[int, ...]) -> bool:
    waiting, looked = [over.box], 0
    while waiting:
        box = waiting.pop()
        looked += 1
        terms = _starting([Interval(*side) for side in box], over.symbols, _constant)
        first, mixed, second = jet(over.payoffs[player], terms, _constant).bends
        whole = first * second + -(mixed**2)
        flat = first.high <= 0 and second.high <= 0 and whole.low >= 0
        strict = all((first, second)[v].high < 0 for v in strictly)
        if flat and strict and (len(strictly) < 2 or whole.low > 0):
            continue
        if first.low > 0 or second.low > 0 or whole.high < 0 or looked > MOST_BOXES:
            return False
        widths = [high - low for low, high in box]
        axis = widths.index(max(widths))
        if widths[axis] == 0:
            return False
        low, high = box[axis]
        for half in ((low, (low + high) / 2), ((low + high) / 2, high)):
            waiting.append((half, box[1]) if axis == 0 else (box[0], half))
    return True


def _constant(value: Fraction) -> Interval:
    return Interval(value, value)
