"""Formulas as exact sums of products: ratios of polynomials, powers of them, and logarithms.

A form is a sum of terms, each a ratio of polynomials times powers ``B^e`` (e a fraction between 0
and 1) times at most one ``log B``. Sums, products, quotients and derivatives of such formulas are
such formulas again, so that the sign of a derivative can be told exactly: where all its terms share
their powers it is that of a polynomial.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.exact.polynomials import Polynomial, Ring


class Base:
    """A polynomial under a power or a logarithm, that can be looked up."""

    __slots__ = ("p", "text")

    def __init__(self, p: Polynomial) -> None:
        self.p, self.text = p, str(p)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Base) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


Powers = tuple[tuple[Base, Fraction], ...]
Key = tuple[Powers, Base | None]
"""What a ratio is multiplied by: powers in a fixed order, and the argument of a logarithm."""


class NotAForm(Exception):
    """The formula is no such sum; the message says which part is not."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """``num / den`` in lowest terms; the leading coefficient of ``den`` is one."""

    num: Polynomial
    den: Polynomial

    @staticmethod
    def make(num: Polynomial, den: Polynomial) -> Ratio:
        """The quotient of two polynomials; ``den`` is not zero."""
        if den.is_constant():
            return Ratio(num * (1 / den.leading_coefficient()), den**0)
        common = num.gcd(den)
        if not common.is_one():
            num, den = num / common, den / common
        scale = 1 / den.leading_coefficient()
        return Ratio(num * scale, den * scale)

    def __add__(self, other: Ratio) -> Ratio:
        if self.den == other.den:
            return Ratio.make(self.num + other.num, self.den)
        return Ratio.make(self.num * other.den + other.num * self.den, self.den * other.den)

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio.make(self.num * other.num, self.den * other.den)

    def __neg__(self) -> Ratio:
        return Ratio(-self.num, self.den)

    def inverse(self) -> Ratio:
        """One over it, which is not zero."""
        return Ratio.make(self.den, self.num)

    def power(self, exponent: int) -> Ratio:
        """An integer power."""
        base = self if exponent >= 0 else self.inverse()
        return Ratio(base.num ** abs(exponent), base.den ** abs(exponent))

    def derivative(self, variable: int) -> Ratio:
        """With respect to a variable of the ring."""
        up, down = self.num.derivative(variable), self.den.derivative(variable)
        if down.is_zero():
            return Ratio.make(up, self.den)
        return Ratio.make(up * self.den - self.num * down, self.den**2)

    @property
    def is_zero(self) -> bool:
        """Whether it is zero everywhere."""
        return bool(self.num.is_zero())

    @property
    def sign_polynomial(self) -> Polynomial:
        """A polynomial of the same sign wherever the ratio has a value."""
        return self.num if self.den.is_constant() else self.num * self.den


class Form:
    """A sum of terms, by what their ratios are multiplied by; no ratio is zero."""

    __slots__ = ("ring", "terms")

    def __init__(self, ring: Ring, terms: dict[Key, Ratio]) -> None:
        self.ring = ring
        self.terms = {key: ratio for key, ratio in terms.items() if not ratio.is_zero}

    @staticmethod
    def polynomial(ring: Ring, p: Polynomial) -> Form:
        """A polynomial as a form."""
        return Form(ring, {((), None): Ratio(p, ring.one)})

    @property
    def ratio(self) -> Ratio | None:
        """The form as one ratio of polynomials, where it is one."""
        if not self.terms:
            return Ratio(self.ring.zero, self.ring.one)
        return self.terms.get(((), None)) if len(self.terms) == 1 else None

    @property
    def constant(self) -> Fraction | None:
        """The form as a number, where it is one."""
        ratio = self.ratio
        if ratio is None or not (ratio.num.is_constant() and ratio.den.is_constant()):
            return None
        if ratio.is_zero:
            return Fraction(0)
        value = ratio.num.leading_coefficient() / ratio.den.leading_coefficient()
        return Fraction(int(value.p), int(value.q))

    def __add__(self, other: Form) -> Form:
        terms = dict(self.terms)
        for key, ratio in other.terms.items():
            terms[key] = terms[key] + ratio if key in terms else ratio
        return Form(self.ring, terms)

    def __neg__(self) -> Form:
        return Form(self.ring, {key: -ratio for key, ratio in self.terms.items()})

    def __sub__(self, other: Form) -> Form:
        return self + (-other)

    def __mul__(self, other: Form) -> Form:
        found = Form(self.ring, {})
        for (powers, log), ratio in self.terms.items():
            for (others, other_log), factor in other.terms.items():
                if log is not None and other_log is not None:
                    raise NotAForm("a product of logarithms")
                product = _product(powers, others, ratio * factor)
                kept = log if log is not None else other_log
                found = found + Form(self.ring, {(product[0], kept): product[1]})
        return found

    def inverse(self) -> Form:
        """One over the form, which is one term without a logarithm."""
        if len(self.terms) != 1:
            raise NotAForm("a quotient by a sum with roots or logarithms")
        (((powers, log), ratio),) = self.terms.items()
        if log is not None:
            raise NotAForm("a quotient by a logarithm")
        product = _product((), tuple((base, -e) for base, e in powers), ratio.inverse())
        return Form(self.ring, {(product[0], None): product[1]})

    def power(self, exponent: Fraction) -> Form:
        """A rational power: any integer one of one term or of a sum, another one of one term."""
        if exponent.denominator == 1 and exponent >= 0:
            found = Form.polynomial(self.ring, self.ring.one)
            for _ in range(int(exponent)):
                found = found * self
            return found
        if exponent.denominator == 1:
            return self.inverse().power(-exponent)
        if len(self.terms) != 1:
            raise NotAForm("a root of a sum with roots or logarithms")
        (((powers, log), ratio),) = self.terms.items()
        if log is not None:
            raise NotAForm("a root of a logarithm")
        raised = [(base, e * exponent) for base, e in powers]
        raised.append((Base(ratio.num), exponent))
        if not ratio.den.is_constant():
            raised.append((Base(ratio.den), -exponent))
        one = Ratio(self.ring.one, self.ring.one)
        product = _product((), tuple(raised), one)
        return Form(self.ring, {(product[0], None): product[1]})

    def logarithm(self) -> Form:
        """The natural logarithm of one term."""
        if len(self.terms) != 1:
            raise NotAForm("a logarithm of a sum with roots or logarithms")
        (((powers, log), ratio),) = self.terms.items()
        if log is not None:
            raise NotAForm("a logarithm of a logarithm")
        parts = [*powers, (Base(ratio.num), Fraction(1)), (Base(ratio.den), Fraction(-1))]
        terms: dict[Key, Ratio] = {}
        for base, e in parts:
            if base.p.is_one():
                continue
            key: Key = ((), base)
            own = Ratio(self.ring.constant(e), self.ring.one)
            terms[key] = terms[key] + own if key in terms else own
        return Form(self.ring, terms)

    def derivative(self, variable: int) -> Form:
        """With respect to a variable of the ring."""
        found = Form(self.ring, {})
        for (powers, log), ratio in self.terms.items():
            slope = ratio.derivative(variable)
            for base, e in powers:
                inner = base.p.derivative(variable)
                if not inner.is_zero():
                    grown = ratio * Ratio.make(inner * self.ring.constant(e), base.p)
                    slope = slope + grown
            found = found + Form(self.ring, {(powers, log): slope})
            if log is not None and not (inner := log.p.derivative(variable)).is_zero():
                grown = ratio * Ratio.make(inner, log.p)
                found = found + Form(self.ring, {(powers, None): grown})
        return found

    def bases(self) -> Iterable[tuple[Polynomial, bool]]:
        """What stands under powers, and under logarithms (True)."""
        for powers, log in self.terms:
            yield from ((base.p, False) for base, _ in powers)
            if log is not None:
                yield log.p, True

    def denominators(self) -> list[Polynomial]:
        """What ratios are divided by, where that is no number."""
        return [ratio.den for ratio in self.terms.values() if not ratio.den.is_constant()]


def _product(first: Powers, second: Powers, ratio: Ratio) -> tuple[Powers, Ratio]:
    """Powers multiplied; whole ones go into the ratio."""
    exponents: dict[Base, Fraction] = {}
    for base, e in (*first, *second):
        exponents[base] = exponents.get(base, Fraction(0)) + e
    kept = []
    for base, e in exponents.items():
        whole = e.numerator // e.denominator
        if whole:
            ratio = ratio * Ratio(base.p, base.p**0).power(whole)
        if e != whole:
            kept.append((base, e - whole))
    return tuple(sorted(kept, key=lambda one: (one[0].text, one[1]))), ratio
