"""Polynomials written as a reader writes them: sums in a settled order, products where shorter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from flint import fmpq

from alliance_games.exact.expression import (
    Arithmetic,
    Expression,
    Name,
    Negate,
    Number,
    to_text,
)
from alliance_games.exact.polynomials import Polynomial, terms

_FRACTION = re.compile(
    r"(?:(?<=^)|(?<=[(<>=+-] )|(?<=\()|(?<= and )|(?<= or ))(\d+) / (\d+)(?![\w.]| ?\^)"
)


def written(expression: Expression) -> str:
    """The expression as text, with plain fractions closed up: ``13/70``."""
    return _FRACTION.sub(r"\1/\2", to_text(expression))


def polynomial(p: Polynomial, names: Sequence[str]) -> Expression:
    """Written out, or as a product where that is shorter."""
    plain = total(terms(p), names)
    if p.is_constant() or len(p) == 1:
        return plain
    scale, factors = p.factor()
    if len(factors) == 1 and factors[0][1] == 1 and abs(scale) == 1:
        return plain
    number = Fraction(int(scale.p), int(scale.q))
    parts: list[Expression] = []
    wholes = []
    for factor, power in factors:
        whole, content = primitive(factor)
        number *= content ** int(power)
        if not leads(whole) and power % 2:
            whole, number = -whole, -number
        wholes.append((whole, int(power)))
    for place, (whole, power) in enumerate(wholes):
        # A minus sign goes into a difference, where there is one.
        if number < 0 and power % 2 and any(c < 0 for c, _ in terms(whole)):
            wholes[place], number = (-whole, power), -number
            break
    for whole, power in wholes:
        part = total(terms(whole), names)
        parts.append(Arithmetic("^", part, Number(Fraction(power))) if power > 1 else part)
    parts.sort(key=lambda part: (not isinstance(part, Name), len(to_text(part))))
    product = reduce(lambda a, b: Arithmetic("*", a, b), parts)
    if number not in (1, -1):
        product = Arithmetic("*", constant(abs(number)), product)
    if number < 0:
        product = Negate(product)
    return product if len(to_text(product)) < len(to_text(plain)) else plain


def total(parts: Sequence[tuple[Fraction, tuple[int, ...]]], names: Sequence[str]) -> Expression:
    """A sum with the terms in the order of the parameters, one with a plus sign first."""
    ordered = sorted(parts, key=lambda term: tuple(-power for power in term[1]))
    first = next((i for i, (c, _) in enumerate(ordered) if c > 0), 0)
    if ordered and ordered[0][0] < 0 and first:
        ordered.insert(0, ordered.pop(first))
    summed: Expression | None = None
    for coefficient, powers in ordered:
        term = _term(abs(coefficient), powers, names)
        if summed is None:
            summed = term if coefficient > 0 else Negate(term)
        else:
            summed = Arithmetic("+" if coefficient > 0 else "-", summed, term)
    return summed if summed is not None else Number(Fraction(0))


def _term(coefficient: Fraction, powers: tuple[int, ...], names: Sequence[str]) -> Expression:
    factors: list[Expression] = []
    if coefficient.numerator != 1 or not any(powers):
        factors.append(Number(Fraction(coefficient.numerator)))
    for variable, power in enumerate(powers):
        if power:
            name = Name(names[variable])
            factors.append(name if power == 1 else Arithmetic("^", name, Number(Fraction(power))))
    product = reduce(lambda a, b: Arithmetic("*", a, b), factors)
    if coefficient.denominator != 1:
        product = Arithmetic("/", product, Number(Fraction(coefficient.denominator)))
    return product


def leads(p: Polynomial) -> bool:
    """Whether the first term, in the order of the parameters, has a plus sign."""
    return max(((powers, c) for c, powers in terms(p)), default=((), Fraction(1)))[1] > 0


def primitive(p: Polynomial) -> tuple[Polynomial, Fraction]:
    """The polynomial with coprime integer coefficients, and the positive number taken out."""
    coefficients = [c for c, _ in terms(p)]
    if not coefficients:
        return p, Fraction(1)
    below = lcm(*(c.denominator for c in coefficients))
    above = gcd(*(int(c * below) for c in coefficients))
    scale = Fraction(above, below)
    return p * fmpq(below, above), scale


def constant(value: Fraction) -> Expression:
    """A number as a quotient of whole ones."""
    whole: Expression = Number(Fraction(abs(value.numerator)))
    if value.denominator != 1:
        whole = Arithmetic("/", whole, Number(Fraction(value.denominator)))
    return Negate(whole) if value < 0 else whole
