"""Real algebraic numbers, exactly: elements of a number field Q(theta).

theta is a root of an irreducible integer polynomial, told from its other roots by an interval with
rational ends. An element is a polynomial in theta, so arithmetic is polynomial arithmetic modulo
theta's polynomial, and only signs look at the interval, narrowed until they are certain (Cohen
1993, A Course in Computational Algebraic Number Theory, 4.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import TYPE_CHECKING, Any, Union

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz_poly

Interval = tuple[Fraction, Fraction]


@dataclass(slots=True, eq=False)
class Root:
    """A real root of an irreducible integer polynomial of degree two or more: a field's theta.

    ``coefficients`` ascend; ``low < theta < high`` and no other root lies between. The interval is
    narrowed in place where a sign asks for it; the number meant never changes.
    """

    coefficients: tuple[int, ...]
    low: Fraction
    high: Fraction
    _rising: bool = field(init=False)

    def __post_init__(self) -> None:
        self._rising = _integer_sign(self.coefficients, self.high) > 0

    @property
    def degree(self) -> int:
        """The degree of the field over the rationals."""
        return len(self.coefficients) - 1

    def narrow(self) -> None:
        """Divide the interval's length by 16 at least."""
        for _ in range(4):
            middle = (self.low + self.high) / 2
            if (_integer_sign(self.coefficients, middle) > 0) == self._rising:
                self.high = middle
            else:
                self.low = middle

    def same(self, other: Root) -> bool:
        """Whether both are the same number."""
        if self is other:
            return True
        if self.coefficients != other.coefficients:
            return False
        # Each interval holds one root, so the two are equal exactly where the overlap holds one.
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high and (
            _integer_sign(self.coefficients, low) != _integer_sign(self.coefficients, high)
        )


def _integer_sign(coefficients: Sequence[int], at: Fraction) -> int:
    value, power = 0, 1
    for c in reversed(coefficients):
        value = value * at.numerator + c * power
        power *= at.denominator
    return (value > 0) - (value < 0)


if TYPE_CHECKING:
    # To type checkers an irrational number is a Fraction: it has a Fraction's arithmetic and order,
    # all that probabilities and payoffs are asked for. It is none when the program runs, and has no
    # numerator. (Hence the silenced checks of overrides: a Fraction's own take floats, too.)
    _Number = Fraction
else:
    _Number = object


class Algebraic(_Number):
    """An irrational real algebraic number. Arithmetic whose result is rational gives a Fraction.

    ``root`` is the field's theta and ``value`` the polynomial in it, of lower degree than the
    field's. Numbers of different fields are brought into one field that holds both.
    """

    __slots__ = ("__dict__", "root", "value")

    def __init__(self, root: Root, value: fmpq_poly) -> None:
        self.root, self.value = root, value

    @staticmethod
    def make(root: Root, value: fmpq_poly) -> Exact:
        """The element of the field of ``root`` that a polynomial in theta stands for."""
        if value.degree() >= root.degree:
            value = value % fmpq_poly(list(root.coefficients))
        if value.degree() <= 0:
            return _fraction(value[0])
        return Algebraic(root, value)

    # Arithmetic

    def _paired(self, other: Algebraic) -> tuple[Root, fmpq_poly, fmpq_poly]:
        if self.root.same(other.root):
            return self.root, self.value, other.value
        from alliance_games.exact.compositum import common_field

        root, own, others = common_field(self.root, other.root)
        return root, _compose(self.value, own, root), _compose(other.value, others, root)

    def __add__(self, other: Exact | int) -> Exact:  # type: ignore[override]
        if isinstance(other, Algebraic):
            root, mine, theirs = self._paired(other)
            return Algebraic.make(root, mine + theirs)
        if isinstance(other, (int, Fraction)):
            return Algebraic(self.root, self.value + _flint(other))
        return NotImplemented

    __radd__ = __add__  # type: ignore[assignment]

    def __neg__(self) -> Algebraic:
        return Algebraic(self.root, -self.value)

    def __pos__(self) -> Algebraic:
        return self

    def __abs__(self) -> Algebraic:
        return self if self.sign > 0 else -self

    def __sub__(self, other: Exact | int) -> Exact:  # type: ignore[override]
        if isinstance(other, (int, Fraction, Algebraic)):
            return self + (-other)
        return NotImplemented

    def __rsub__(self, other: Fraction | int) -> Exact:  # type: ignore[override]
        return -self + other

    def __mul__(self, other: Exact | int) -> Exact:  # type: ignore[override]
        if isinstance(other, Algebraic):
            root, mine, theirs = self._paired(other)
            return Algebraic.make(root, mine * theirs)
        if isinstance(other, (int, Fraction)):
            return Algebraic.make(self.root, self.value * _flint(other))
        return NotImplemented

    __rmul__ = __mul__  # type: ignore[assignment]

    def inverse(self) -> Exact:
        """One over the number, which is never zero."""
        divisor, _, inverse = fmpq_poly(list(self.root.coefficients)).xgcd(self.value)
        return Algebraic.make(self.root, inverse * (1 / divisor[0]))

    def __truediv__(self, other: Exact | int) -> Exact:  # type: ignore[override]
        if isinstance(other, Algebraic):
            return self * other.inverse()
        if isinstance(other, (int, Fraction)):
            return self * (1 / Fraction(other))
        return NotImplemented

    def __rtruediv__(self, other: Fraction | int) -> Exact:  # type: ignore[override]
        return self.inverse() * other

    def __pow__(self, power: int) -> Exact:  # type: ignore[override]
        base: Exact = self if power >= 0 else self.inverse()
        result: Exact = Fraction(1)
        for _ in range(abs(power)):
            result = result * base
        return result

    # Signs and comparisons

    @cached_property
    def sign(self) -> int:
        """1 or -1: an irrational number is never zero."""
        while True:
            low, high = self.interval()
            if low > 0:
                return 1
            if high < 0:
                return -1
            self.root.narrow()

    def interval(self) -> Interval:
        """An interval with rational ends that holds the number, as narrow as the field's is now."""
        return _range(self.value, (self.root.low, self.root.high))

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Algebraic):
            if self.root.same(other.root):
                return bool(self.value == other.value)
            mine, theirs = self._own, other._own
            return mine.same(theirs)
        if isinstance(other, (int, Fraction)):
            return False
        return NotImplemented

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self._own.coefficients)

    def _compared(self, other: Exact | int) -> int:
        """The sign of the difference."""
        if isinstance(other, Algebraic) and not self.root.same(other.root):
            if self == other:
                return 0
            while True:
                low, high = self.interval()
                their_low, their_high = other.interval()
                if low > their_high:
                    return 1
                if high < their_low:
                    return -1
                self.root.narrow()
                other.root.narrow()
        return sign(self - other)

    def __lt__(self, other: Exact | int) -> bool:  # type: ignore[override]
        return self._compared(other) < 0 if isinstance(other, _NUMBERS) else NotImplemented

    def __le__(self, other: Exact | int) -> bool:  # type: ignore[override]
        return self._compared(other) <= 0 if isinstance(other, _NUMBERS) else NotImplemented

    def __gt__(self, other: Exact | int) -> bool:  # type: ignore[override]
        return self._compared(other) > 0 if isinstance(other, _NUMBERS) else NotImplemented

    def __ge__(self, other: Exact | int) -> bool:  # type: ignore[override]
        return self._compared(other) >= 0 if isinstance(other, _NUMBERS) else NotImplemented

    def __float__(self) -> float:
        while True:
            low, high = self.interval()
            if low * high > 0 and (high - low) * 2**60 < min(abs(low), abs(high)):
                return float((low + high) / 2)
            self.root.narrow()

    # How it is written

    @cached_property
    def _own(self) -> Root:
        """The number as the root of its own minimal polynomial."""
        if self.value == fmpq_poly([0, 1]):
            return self.root
        degree = self.root.degree
        modulus = fmpq_poly(list(self.root.coefficients))
        columns, power = [], self.value
        for _ in range(degree):
            columns.append([power[index] for index in range(degree)])
            power = power * fmpq_poly([0, 1]) % modulus
        own = fmpq_mat(columns).minpoly().numer()
        for candidate in real_roots(own):
            assert isinstance(candidate, Algebraic)
            place = candidate.root
            while True:
                low, high = self.interval()
                if high < place.low or low > place.high:
                    break
                if place.low <= low and high <= place.high:
                    return place
                self.root.narrow()
        raise AssertionError("a number is a root of its minimal polynomial")

    @property
    def minimal(self) -> tuple[tuple[int, ...], Fraction, Fraction]:
        """The integer coefficients of the minimal polynomial, ascending, primitive and with a
        positive leading one, and an interval that holds this root of it alone.

        The ends have the fewest decimals that do; integers where they can.
        """
        own = self._own
        others = [
            root.root
            for root in real_roots(fmpz_poly(list(own.coefficients)))
            if isinstance(root, Algebraic) and not root.root.same(own)
        ]
        decimals = 0
        while True:
            unit = 10**decimals
            while floor(own.low * unit) != floor(own.high * unit):
                own.narrow()
            low = Fraction(floor(own.low * unit), unit)
            high = low + Fraction(1, unit)
            if all(_outside(other, low, high) for other in others):
                return own.coefficients, low, high
            decimals += 1

    def __reduce__(self) -> tuple[Any, ...]:
        root = self.root
        value = tuple((int(c.p), int(c.q)) for c in self.value.coeffs())
        return _restored, (root.coefficients, root.low, root.high, value)

    def __repr__(self) -> str:
        coefficients, low, high = self.minimal
        return f"Algebraic({list(coefficients)} in [{low}, {high}] ≈ {float(self):.10g})"


Exact = Union[Fraction, Algebraic]  # noqa: UP007 - `|` cannot name a class that is being made
"""An exact real number: rational, or irrational and algebraic."""

_NUMBERS = (int, Fraction, Algebraic)


def sign(number: Exact | int) -> int:
    """-1, 0 or 1."""
    if isinstance(number, Algebraic):
        return number.sign
    return (number > 0) - (number < 0)


def algebraic(coefficients: Sequence[int], low: Fraction, high: Fraction) -> Exact:
    """The one root between ``low`` and ``high`` (ends included) of an integer polynomial.

    Coefficients ascend. Raises ValueError where the polynomial has no or several roots there.
    """
    found = [r for r in real_roots(fmpz_poly(list(coefficients))) if low <= r <= high]
    if len(found) != 1:
        raise ValueError(f"the polynomial has {len(found)} roots from {low} to {high}, not one")
    return found[0]


def real_roots(polynomial: fmpz_poly | fmpq_poly) -> list[Exact]:
    """The distinct real roots of a polynomial in one variable that is not zero, ascending.

    Rational ones are Fractions; an irrational one is an ``Algebraic`` of the field of its own
    minimal polynomial.
    """
    if isinstance(polynomial, fmpq_poly):
        polynomial = polynomial.numer()
    roots: list[Exact] = []
    for factor, _ in polynomial.factor()[1]:
        if factor.degree() == 1:
            roots.append(Fraction(-int(factor[0]), int(factor[1])))
        elif factor.degree() > 1:
            roots.extend(_irrational(factor))
    return sorted(roots)


def _irrational(factor: fmpz_poly) -> list[Exact]:
    """The real roots of an irreducible polynomial of degree two or more."""
    coefficients = tuple(map(int, factor.coeffs()))
    if coefficients[-1] < 0:
        coefficients = tuple(-c for c in coefficients)
    found: list[Exact] = []
    # flint isolates the roots in disjoint balls and gives a real root an imaginary part of zero.
    balls: Any = factor.complex_roots()  # the stub forgets the multiplicities
    for ball, _ in balls:
        if ball.imag == 0:
            middle, radius = (_rational(part) for part in (ball.real.mid(), ball.real.rad()))
            root = Root(coefficients, middle - radius, middle + radius)
            found.append(Algebraic(root, fmpq_poly([0, 1])))
    return found


def _rational(ball: Any) -> Fraction:
    mantissa, exponent = ball.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _outside(root: Root, low: Fraction, high: Fraction) -> bool:
    """Whether an irrational root is not between two rationals."""
    while True:
        if root.high <= low or root.low >= high:
            return True
        if low <= root.low and root.high <= high:
            return False
        root.narrow()


def _range(value: fmpq_poly, interval: Interval) -> Interval:
    """Bounds of a polynomial over an interval, by Horner's scheme."""
    a, b = interval
    low = high = Fraction(0)
    for c in reversed(value.coeffs()):
        products = (low * a, low * b, high * a, high * b)
        constant = _fraction(c)
        low, high = min(products) + constant, max(products) + constant
    return low, high


def _compose(value: fmpq_poly, inner: fmpq_poly, root: Root) -> fmpq_poly:
    modulus = fmpq_poly(list(root.coefficients))
    result = fmpq_poly([])
    for c in reversed(value.coeffs()):
        result = (result * inner + c) % modulus
    return result


def _flint(number: Fraction | int) -> fmpq:
    return fmpq(number.numerator, number.denominator)


def _fraction(number: fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def _restored(
    coefficients: tuple[int, ...], low: Fraction, high: Fraction, value: tuple[tuple[int, int], ...]
) -> Exact:
    return Algebraic.make(Root(coefficients, low, high), fmpq_poly([fmpq(p, q) for p, q in value]))
