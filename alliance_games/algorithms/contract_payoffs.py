"""Payoffs of contracts as polynomials in the terms, and the proof that they are concave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from alliance_games.exact.expression import Arithmetic, Expression, Negate, Number, to_text
from alliance_games.exact.polynomials import Polynomial, Ring, terms

Box = tuple[tuple[Fraction, Fraction], ...]

MOST_POWER = 12
MOST_BOXES = 2000
"""Parts into which the ranges are cut before concavity is left undecided."""


class NotPolynomial(Exception):
    """A payoff that is no polynomial in the terms; the message says what it is."""


def polynomial(node: Expression, ring: Ring, symbols: Mapping[Expression, int]) -> Polynomial:
    """The formula as a polynomial; raises NotPolynomial."""
    if node in symbols:
        return ring.variables[symbols[node]]
    match node:
        case Number(value):
            return ring.constant(value)
        case Negate(operand):
            return -polynomial(operand, ring, symbols)
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, left, right, ring, symbols)
    raise NotPolynomial(to_text(node))


def _arithmetic(
    operator: str,
    left: Expression,
    right: Expression,
    ring: Ring,
    symbols: Mapping[Expression, int],
) -> Polynomial:
    one = polynomial(left, ring, symbols)
    if operator == "^":
        if isinstance(right, Number) and right.value.denominator == 1:
            power = int(right.value)
            if 0 <= power <= MOST_POWER:
                return one**power
        raise NotPolynomial(f"{to_text(left)} ^ {to_text(right)}")
    other = polynomial(right, ring, symbols)
    if operator == "/":
        if not other.is_constant() or other.is_zero():
            raise NotPolynomial(f"{to_text(left)} / ({to_text(right)})")
        return one * ring.constant(1 / terms(other)[0][0])
    combine: Mapping[str, Callable[[], Polynomial]] = {
        "+": lambda: one + other,
        "-": lambda: one - other,
        "*": lambda: one * other,
    }
    return combine[operator]()


def is_concave(p: Polynomial, box: Box) -> bool:
    """Whether a polynomial in two variables is shown to be concave on a box.

    Both second derivatives are nowhere positive and their determinant is nowhere negative; bounds
    of monomials prove it, on smaller and smaller parts.
    """
    (first, mixed), second = (p.derivative(0).derivative(v) for v in (0, 1)), p.derivative(1)
    second = second.derivative(1)
    signs = (-first, -second, first * second - mixed * mixed)
    waiting, looked = [box], 0
    while waiting:
        part = waiting.pop()
        looked += 1
        if all(_least(q, part) >= 0 for q in signs):
            continue
        if looked > MOST_BOXES or any(_value(q, part) < 0 for q in signs):
            return False
        waiting += _halves(part)
    return True


def _least(p: Polynomial, box: Box) -> Fraction:
    """A lower bound, monomial by monomial."""
    total = Fraction(0)
    for coefficient, powers in terms(p):
        low = high = Fraction(1)
        for (a, b), power in zip(box, powers, strict=True):
            ends = [a**power, b**power]
            if power and power % 2 == 0 and a < 0 < b:
                ends.append(Fraction(0))
            products = [x * y for x in (low, high) for y in (min(ends), max(ends))]
            low, high = min(products), max(products)
        total += min(coefficient * low, coefficient * high)
    return total


def _value(p: Polynomial, box: Box) -> Fraction:
    """The value in the middle."""
    total = Fraction(0)
    for coefficient, powers in terms(p):
        for (a, b), power in zip(box, powers, strict=True):
            coefficient *= ((a + b) / 2) ** power
        total += coefficient
    return total


def _halves(box: Box) -> Sequence[Box]:
    widths = [high - low for low, high in box]
    axis = widths.index(max(widths))
    low, high = box[axis]
    middle = (low + high) / 2
    return [(*box[:axis], half, *box[axis + 1 :]) for half in ((low, middle), (middle, high))]
