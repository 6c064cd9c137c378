"""The smooth formula that holds around a point, and slopes of products with powers of any kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from operator import add, mul, sub, truediv

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Expression,
    Logic,
    Not,
    Number,
    children,
    rebuild,
    to_text,
)
from alliance_games.exact.forms import NotAForm, Ratio
from alliance_games.exact.pieces import pieces
from alliance_games.exact.polynomials import Ring

_PLAIN: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add, "-": sub, "*": mul, "/": truediv,
}  # fmt: skip

NEAR = 1e-9
"""Two numbers that a formula compares are told apart from here on."""


class Kinked(Exception):
    """A comparison in the formula turns at the point itself; the message is the comparison."""


def smooth(node: Expression, near: Mapping[Expression, float]) -> Expression:
    """The formula without ``if``, ``max``, ``min`` and ``abs``, as it is around a point whose
    coordinates are ``near``. Raises Kinked."""
    match node:
        case Condition(test, yes, no):
            return smooth(yes if _truth(test, near) else no, near)
        case Call("max" | "min", arguments):
            parts = [smooth(one, near) for one in arguments]
            values = [number(one, near) for one in parts]
            best = max(values) if node.function == "max" else min(values)
            chosen = [one for one, value in zip(parts, values, strict=True) if _same(value, best)]
            if any(one != chosen[0] for one in chosen):
                raise Kinked(to_text(node))
            return chosen[0]
        case Call("abs", (inner,)):
            part = smooth(inner, near)
            value = number(part, near)
            if _same(value, 0):
                raise Kinked(to_text(node))
            from alliance_games.exact.expression import Negate

            return part if value > 0 else Negate(part, node.span)
    old = children(node)
    new = tuple([smooth(child, near) for child in old])
    match node, new:
        case Arithmetic(operator), (Number(one), Number(other)) if operator in _PLAIN:
            if operator != "/" or other:
                return Number(Fraction(_PLAIN[operator](one, other)), node.span)
    return node if all(a is b for a, b in zip(old, new, strict=True)) else rebuild(node, new)


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= NEAR * max(1.0, abs(a), abs(b))


def number(node: Expression, near: Mapping[Expression, float]) -> float:
    """The formula's value in floats."""
    from alliance_games.algorithms.continuous_numeric import compiled

    nodes = list(near)
    program = compiled(node, {one: place for place, one in enumerate(nodes)})
    try:
        return program([near[one] for one in nodes])
    except (ArithmeticError, ValueError):
        return math.nan


def _truth(test: Expression, near: Mapping[Expression, float]) -> bool:
    match test:
        case Not(inner):
            return not _truth(inner, near)
        case Logic(operator, operands):
            parts = [_truth(one, near) for one in operands]
            return all(parts) if operator == "and" else any(parts)
        case Compare(operands, operators):
            values = [number(one, near) for one in operands]
            if any(_same(a, b) for a, b in pairwise(values)):
                raise Kinked(to_text(test))
            return all(
                a < b
                if operator in ("<", "<=")
                else operator in (">", ">=", "!=") and (operator == "!=" or a > b)
                for (a, b), operator in zip(pairwise(values), operators, strict=True)
            )
    raise NotAForm(to_text(test))


def logarithmic_slope(
    node: Expression, ring: Ring, places: Mapping[Expression, int], variable: int
) -> Ratio:
    """The derivative of a product's logarithm: it has the sign of the derivative where the product
    is positive, and is a quotient of polynomials whatever the exponents. Raises NotAForm."""
    match node:
        case Arithmetic("*", left, right):
            one = logarithmic_slope(left, ring, places, variable)
            return one + logarithmic_slope(right, ring, places, variable)
        case Arithmetic("/", left, right):
            one = logarithmic_slope(left, ring, places, variable)
            return one + (-logarithmic_slope(right, ring, places, variable))
        case Arithmetic("^", base, exponent) if not isinstance(exponent, Number):
            power = _plain(exponent, ring, places)
            if not (power.derivative(variable)).is_zero:
                raise NotAForm("a power whose exponent is chosen")
            return power * logarithmic_slope(base, ring, places, variable)
    value = _plain(node, ring, places)
    if value.is_zero:
        raise NotAForm("a product with zero")
    return value.derivative(variable) * value.inverse()


def _plain(node: Expression, ring: Ring, places: Mapping[Expression, int]) -> Ratio:
    found = pieces(node, ring, places)
    ratio = found[0].form.ratio
    if len(found) != 1 or ratio is None:
        raise NotAForm(to_text(node))
    return ratio
