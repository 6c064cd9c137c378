"""Formulas that are polynomials, written as sums of few terms; differences that vanish."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.exact.expression import (
    Arithmetic,
    Expression,
    Name,
    Negate,
    Number,
    names,
    walk,
)

if TYPE_CHECKING:
    from alliance_games.exact.polynomials import Polynomial, Ring

    Quotient = tuple[Polynomial, Polynomial]
    """A rational function: a polynomial over another."""

FEW = 8
"""Sums of more terms than this are left as they were written."""

_MOST = 400  # products of more terms are not worked out
_GREATEST_POWER = 8


def simplified(node: Expression) -> Expression:
    """The same function wherever ``node`` has a value: 0 where it is a rational function that
    vanishes, a sum of at most FEW terms where it is such a polynomial, else as it was."""
    if any(not isinstance(part, (Arithmetic, Name, Negate, Number)) for part in walk(node)):
        return node
    from alliance_games.exact.polynomials import ring, terms

    variables = sorted(names(node))
    over = ring(variables)
    found = _quotient(node, over)
    if found is None:
        return node
    above, below = found
    if not above:
        return Number(Fraction(0))
    if not below.is_constant() or len(above) > FEW:
        return node
    return _written(terms(above * over.constant(1 / terms(below)[0][0])), variables)


def _quotient(part: Expression, over: Ring) -> Quotient | None:
    """The formula as one polynomial over another; None where that is too long, or none."""
    match part:
        case Number(value):
            return over.constant(value), over.one
        case Name(name):
            return over.variables[over.names.index(name)], over.one
        case Negate(operand):
            inner = _quotient(operand, over)
            return None if inner is None else (-inner[0], inner[1])
        case Arithmetic("^", base, Number(power)):
            inner = _quotient(base, over)
            if inner is None or power.denominator != 1 or not 0 <= power <= _GREATEST_POWER:
                return None
            return inner[0] ** int(power), inner[1] ** int(power)
        case Arithmetic(operator, left, right):
            first, second = _quotient(left, over), _quotient(right, over)
            if first is None or second is None:
                return None
            (a, b), (c, d) = first, second
            if max(map(len, (a, b))) * max(map(len, (c, d))) > _MOST:
                return None
            match operator:
                case "+":
                    return (a + c, b) if b == d else (a * d + c * b, b * d)
                case "-":
                    return (a - c, b) if b == d else (a * d - c * b, b * d)
                case "*":
                    return a * c, b * d
                case "/" if c:
                    return a * d, b * c
    return None


def _written(parts: list[tuple[Fraction, tuple[int, ...]]], variables: list[str]) -> Expression:
    total: Expression | None = None
    for coefficient, powers in parts:
        product: Expression | None = None
        for name, power in zip(variables, powers, strict=True):
            if power:
                factor: Expression = Name(name)
                if power > 1:
                    factor = Arithmetic("^", factor, Number(Fraction(power)))
                product = factor if product is None else Arithmetic("*", product, factor)
        if product is None:
            term: Expression = Number(coefficient)
        elif coefficient == 1:
            term = product
        elif coefficient == -1:
            term = Negate(product)
        else:
            term = Arithmetic("*", Number(coefficient), product)
        total = term if total is None else Arithmetic("+", total, term)
    return Number(Fraction(0)) if total is None else total
