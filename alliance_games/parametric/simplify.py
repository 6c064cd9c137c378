"""Formulas that are polynomials, written as sums of few terms."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.expression import (
    Arithmetic,
    Expression,
    Name,
    Negate,
    Number,
    names,
    walk,
)

FEW = 8
"""Sums of more terms than this are left as they were written."""


def simplified(node: Expression) -> Expression:
    """The same function, as a sum of at most FEW terms where it is such a polynomial."""
    if any(not isinstance(part, (Arithmetic, Name, Negate, Number)) for part in walk(node)):
        return node
    from alliance_games.exact.polynomials import Polynomial, ring, terms

    variables = sorted(names(node))
    over = ring(variables)

    def polynomial(part: Expression) -> Polynomial | None:
        match part:
            case Number(value):
                return over.constant(value)
            case Name(name):
                return over.variables[variables.index(name)]
            case Negate(operand):
                inner = polynomial(operand)
                return None if inner is None else -inner
            case Arithmetic("^", base, Number(power)):
                inner = polynomial(base)
                small = power.denominator == 1 and 0 <= power <= 8
                return inner ** int(power) if inner is not None and small else None
            case Arithmetic(operator, left, right):
                first, second = polynomial(left), polynomial(right)
                if first is None or second is None or len(first) * len(second) > 400:
                    return None
                if operator == "/":
                    if not second.is_constant() or not second:
                        return None
                    return first * over.constant(1 / terms(second)[0][0])
                return {"+": first + second, "-": first - second, "*": first * second}.get(operator)
        return None

    found = polynomial(node)
    if found is None or len(found) > FEW:
        return node
    return _written(terms(found), variables)


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
