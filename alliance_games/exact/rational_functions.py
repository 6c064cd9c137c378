"""Rational functions in several variables: the numbers of the field Q(parameters).

They have a Fraction's arithmetic, so that a procedure written for exact numbers runs on formulas.
What they have not is an order: ``a > b`` has no answer before the variables have values, and asking
raises TypeError. A procedure asks the signs of differences of whoever calls it instead (see
``results.ordered``).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from flint import fmpq

from alliance_games.exact.algebraic import Exact
from alliance_games.exact.polynomials import Polynomial, Ring, evaluate, terms

Number: TypeAlias = "Fraction | RationalFunction"
"""A number of the field: constants are plain Fractions, everything else is a RationalFunction."""

if TYPE_CHECKING:
    # To type checkers a formula is a Fraction: it has a Fraction's arithmetic, all that payoffs and
    # probabilities are asked for. It is none when the program runs.
    _Number = Fraction
else:
    _Number = object


class RationalFunction(_Number):
    """``over / under`` in lowest terms, never constant; the first coefficient of ``under`` is 1.

    Arithmetic with constant results gives Fractions. Equality is that of functions: equal wherever
    both are defined.
    """

    __slots__ = ("_parts", "ring")

    def __init__(self, ring: Ring, over: Polynomial, under: Polynomial) -> None:
        self.ring, self._parts = ring, (over, under)

    @staticmethod
    def make(ring: Ring, over: Polynomial, under: Polynomial) -> Number:
        """``over / under`` in lowest terms. Raises ZeroDivisionError where ``under`` is zero."""
        if under.is_zero():
            raise ZeroDivisionError("a formula is divided by zero")
        if not under.is_constant():
            common = over.gcd(under)
            if not common.is_one():
                over, under = divmod(over, common)[0], divmod(under, common)[0]
        scale = under.leading_coefficient()
        if scale != 1:
            over, under = over * (1 / scale), under * (1 / scale)
        if over.is_constant() and under.is_constant():
            value = fmpq(0) if over.is_zero() else over.leading_coefficient()
            return Fraction(int(value.p), int(value.q))
        return RationalFunction(ring, over, under)

    @staticmethod
    def variable(ring: Ring, index: int) -> RationalFunction:
        """The variable of this index as a number."""
        return RationalFunction(ring, ring.variables[index], ring.one)

    @property
    def over(self) -> Polynomial:
        """The numerator polynomial."""
        return self._parts[0]

    @property
    def under(self) -> Polynomial:
        """The denominator polynomial."""
        return self._parts[1]

    def at(self, point: Sequence[Exact | int]) -> Exact:
        """The value at a point of the variables. Raises ZeroDivisionError where there is none."""
        above = evaluate(self.over, point)
        if self.under.is_one():
            return above
        below = evaluate(self.under, point)
        if below == 0:
            raise ZeroDivisionError("a formula has no value at a zero of its denominator")
        return above / below

    def derivative(self, index: int) -> Number:
        """The partial derivative in one variable."""
        over, under = self._parts
        rise = over.derivative(index) * under - over * under.derivative(index)
        return RationalFunction.make(self.ring, rise, under * under)

    def _both(self, other: object) -> tuple[Polynomial, Polynomial] | None:
        if isinstance(other, RationalFunction):
            return other._parts
        if isinstance(other, (int, Fraction)):
            return self.ring.constant(other), self.ring.one
        return None

    # Arithmetic

    def __add__(self, other: object) -> Number:  # type: ignore[override]
        both = self._both(other)
        if both is None:
            return NotImplemented
        (a, b), (c, d) = self._parts, both
        if b == d:
            return RationalFunction.make(self.ring, a + c, b)
        return RationalFunction.make(self.ring, a * d + c * b, b * d)

    __radd__ = __add__  # type: ignore[assignment]

    def __neg__(self) -> RationalFunction:
        return RationalFunction(self.ring, -self.over, self.under)

    def __pos__(self) -> RationalFunction:
        return self

    def __sub__(self, other: object) -> Number:  # type: ignore[override]
        both = self._both(other)
        if both is None:
            return NotImplemented
        (a, b), (c, d) = self._parts, both
        if b == d:
            return RationalFunction.make(self.ring, a - c, b)
        return RationalFunction.make(self.ring, a * d - c * b, b * d)

    def __rsub__(self, other: object) -> Number:  # type: ignore[override]
        return -self + other

    def __mul__(self, other: object) -> Number:  # type: ignore[override]
        both = self._both(other)
        if both is None:
            return NotImplemented
        (a, b), (c, d) = self._parts, both
        return RationalFunction.make(self.ring, a * c, b * d)

    __rmul__ = __mul__  # type: ignore[assignment]

    def __truediv__(self, other: object) -> Number:  # type: ignore[override]
        both = self._both(other)
        if both is None:
            return NotImplemented
        (a, b), (c, d) = self._parts, both
        return RationalFunction.make(self.ring, a * d, b * c)

    def __rtruediv__(self, other: object) -> Number:  # type: ignore[override]
        both = self._both(other)
        if both is None:
            return NotImplemented
        (a, b), (c, d) = self._parts, both
        return RationalFunction.make(self.ring, c * b, d * a)

    def __pow__(self, power: int) -> Number:  # type: ignore[override]
        over, under = self._parts if power >= 0 else self._parts[::-1]
        return RationalFunction.make(self.ring, over ** abs(power), under ** abs(power))

    # Comparison

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RationalFunction):
            return bool(self.over == other.over and self.under == other.under)
        return False if isinstance(other, (int, Fraction)) else NotImplemented

    def __hash__(self) -> int:  # type: ignore[override]
        return hash((str(self.over), str(self.under)))

    def _unordered(self, other: object) -> NoReturn:
        raise TypeError("a formula has no sign before its variables have values: ask Signs")

    __lt__ = __le__ = __gt__ = __ge__ = _unordered

    def __bool__(self) -> bool:
        raise TypeError("whether a formula is zero depends on its variables: ask Signs")

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (self.ring, dict(_pairs(self.over)), dict(_pairs(self.under)))

    def __repr__(self) -> str:
        return f"({self.over})/({self.under})"


def _pairs(p: Polynomial) -> list[tuple[tuple[int, ...], Fraction]]:
    return [(powers, coefficient) for coefficient, powers in terms(p)]


def _restored(
    ring: Ring, over: dict[tuple[int, ...], Fraction], under: dict[tuple[int, ...], Fraction]
) -> Number:
    return RationalFunction.make(ring, ring.polynomial(over), ring.polynomial(under))


def value_at(number: Number, point: Sequence[Exact | int]) -> Exact:
    """The value of a number of the field at a point of its variables."""
    return number.at(point) if isinstance(number, RationalFunction) else number


__all__ = ["Number", "RationalFunction", "value_at"]
