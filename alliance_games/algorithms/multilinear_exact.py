"""Exact coordinates of the roots of a multilinear system, from floats that tell all of them apart.

All roots are refined to many digits. Those symmetric in them are rational: the coefficients of the
polynomial whose roots are the values of one linear form, and of the polynomials that give every
coordinate from it (Rouillier 1999, rational univariate representation). They are read off the
digits and then proven by putting them into the equations. No root is found here: all are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import lcm
from typing import Any

from flint import acb, acb_mat, acb_poly, ctx, fmpq, fmpq_poly, fmpz, fmpz_poly

from alliance_games.exact.algebraic import Algebraic, Exact, real_roots
from alliance_games.exact.tableau import Tick
from alliance_games.exact.univariate import value

Table = dict[tuple[int, ...], int]
"""The coefficients of one equation by the places of the other blocks' entries."""

MOST_BITS = 120_000
"""Precision beyond which the exact form is given up."""

MOST_ROOTS = 30
"""Roots of one system beyond which the exact form is not looked for."""

MOST_DEGREE = 10
"""The degree of a number field beyond which arithmetic in it is too slow."""


class TooCostly(Exception):
    """The exact form of a root was given up; the message says why."""


@dataclass(frozen=True, slots=True)
class Multilinear:
    """``equations[i]`` are those of block i: multilinear in the vectors of the other blocks."""

    sizes: tuple[int, ...]
    equations: tuple[tuple[Table, ...], ...]

    def others(self, block: int) -> list[int]:
        """The blocks that a block's equations speak of, in order."""
        return [other for other in range(len(self.sizes)) if other != block]

    def edges(self) -> list[int]:
        """Where each block's entries begin when all stand side by side, and where they end."""
        found = [0]
        for size in self.sizes:
            found.append(found[-1] + size)
        return found


def pairs(system: Multilinear) -> list[tuple[Exact, ...]] | None:
    """The real roots of three blocks of two, each summing to 1: one quadratic equation.

    None where the equations of some player are degenerate (their determinant is zero).
    """
    (first,), (second,), (third,) = system.equations
    if 0 in map(_determinant, (first, second, third)):
        return None
    # In the first block (p, 1 - p): what the others' indifference makes of their own vectors.
    y = [_line(third, (0, 1)), -_line(third, (0, 0))]
    z = [_line(second, (0, 1)), -_line(second, (0, 0))]
    whole = fmpq_poly([])
    for (j, k), coefficient in first.items():
        whole += y[j] * z[k] * coefficient
    if whole.degree() < 0:
        return None
    found = []
    for p in real_roots(whole) if whole.degree() > 0 else []:
        vectors = [[value(part, p) for part in vector] for vector in (y, z)]
        totals = [sum(vector, Fraction(0)) for vector in vectors]
        if 0 not in totals:
            rest = [
                v / total for vector, total in zip(vectors, totals, strict=True) for v in vector
            ]
            found.append((p, 1 - p, *rest))
    return found


def _determinant(table: Table) -> int:
    return table[0, 0] * table[1, 1] - table[0, 1] * table[1, 0]


def _line(table: Table, key: tuple[int, int]) -> fmpq_poly:
    """The coefficient of the second vector's entry, in the first's p."""
    _, own = key
    return fmpq_poly([table[1, own], table[0, own] - table[1, own]])


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A real root in rationals near it, each block summing to 1, none further than ``within``."""

    near: tuple[Fraction, ...]
    within: Fraction


DIGITS = 40
"""Decimals of a root that is told by rationals near it."""


def told_root(
    system: Multilinear, values: Sequence[Sequence[complex]], wanted: int, tick: Tick
) -> tuple[Exact, ...] | Enclosed:
    """One real root: exactly where it is rational or of a degree that can be handled."""
    digits = _digits(system, values, wanted)
    near = tuple(_rounded(digits, system))
    rational = _rational(digits, system)
    if rational is not None:
        return rational
    if len(values) <= MOST_ROOTS:
        try:
            (found,) = exact_roots(system, values, [wanted], tick)
        except TooCostly:
            return Enclosed(near, Fraction(1, 10 ** (DIGITS - 2)))
        return found
    return Enclosed(near, Fraction(1, 10 ** (DIGITS - 2)))


def _digits(
    system: Multilinear, values: Sequence[Sequence[complex]], wanted: int
) -> list[Fraction]:
    """A real root's entries to some 100 decimals, every block summing to 1 (nearly)."""
    before = ctx.prec
    try:
        point = _refined(system, list(map(acb, values[wanted])), [1] * system.edges()[-1], 48, 400)
        return [_fraction_of(z.real.mid()) for z in point]
    finally:
        ctx.prec = before


def _rounded(digits: Sequence[Fraction], system: Multilinear) -> list[Fraction]:
    found: list[Fraction] = []
    unit = 10**DIGITS
    for low, high in pairwise(system.edges()):
        row = [Fraction(round(entry * unit), unit) for entry in digits[low:high]]
        largest = max(range(len(row)), key=row.__getitem__)
        row[largest] += 1 - sum(row)
        found += row
    return found


def _rational(digits: Sequence[Fraction], system: Multilinear) -> tuple[Fraction, ...] | None:
    """The root if it is rational with moderate denominators, proven by its equations."""
    entries = [entry.limit_denominator(10**50) for entry in digits]
    far = Fraction(1, 10**102)
    if any(abs(a - b) > far for a, b in zip(entries, digits, strict=True)):
        return None
    edges = system.edges()
    if any(sum(entries[low:high]) != 1 for low, high in pairwise(edges)):
        return None
    for block, tables in enumerate(system.equations):
        others = system.others(block)
        for table in tables:
            total = Fraction(0)
            for key, coefficient in table.items():
                term = Fraction(coefficient)
                for other, k in zip(others, key, strict=True):
                    term *= entries[edges[other] + k]
                total += term
            if total:
                return None
    return tuple(entries)


def exact_roots(
    system: Multilinear, values: Sequence[Sequence[complex]], wanted: Sequence[int], tick: Tick
) -> list[tuple[Exact, ...]]:
    """The ``wanted`` roots, which are real, each block summing to 1. ``values`` are all roots.

    Raises TooCostly.
    """
    if len(values) > MOST_ROOTS:
        raise TooCostly(f"a system of indifferences has {len(values)} complex solutions")
    edges = system.edges()
    weights = _weights(values, edges)
    form = _separating(values, edges, weights)
    bits, known = 96 * len(values) + 64, 48
    before = ctx.prec
    try:
        start = [list(map(acb, point)) for point in values]
        while bits <= MOST_BITS:
            tick()
            start = [_refined(system, point, weights, known, bits) for point in start]
            known = bits
            shape = _shape(start, form, bits)
            if shape is not None and _proven(system, shape, weights):
                near = [_value(point, form) for point in start]
                return [_at(shape, system, near[k], tick) for k in wanted]
            bits *= 2
    finally:
        ctx.prec = before
    raise TooCostly("a system of indifferences has solutions of too many digits")


def _weights(values: Sequence[Sequence[complex]], edges: Sequence[int]) -> list[int]:
    """A linear form on each block that vanishes at no root: the sum, where it does."""
    weights: list[int] = []
    for low, high in pairwise(edges):
        for shift in range(50):
            row = [1 + shift * (k * k + 1) for k in range(high - low)]
            totals = [
                abs(sum(w * z for w, z in zip(row, point[low:high], strict=True)))
                for point in values
            ]
            if min(totals) > 1e-4:
                break
        weights += row
    return weights


def _separating(
    values: Sequence[Sequence[complex]], edges: Sequence[int], weights: Sequence[int]
) -> list[int]:
    """Small integers that give a linear form another value at each root."""
    scaled = []
    for point in values:
        row: list[complex] = []
        for low, high in pairwise(edges):
            total = sum(w * z for w, z in zip(weights[low:high], point[low:high], strict=True))
            row += [z / total for z in point[low:high]]
        scaled.append(row)
    best: tuple[float, list[int]] = (-1.0, [])
    for attempt in range(12):
        form = [
            ((k + 2) * (k + 3) * (attempt + 1) + k * attempt * attempt) % 17
            for k in range(edges[-1])
        ]
        if attempt == 0:
            form = [int(k == 0) for k in range(edges[-1])]
        at = [sum(c * z for c, z in zip(form, row, strict=True)) for row in scaled]
        gap = min((abs(a - b) for place, a in enumerate(at) for b in at[:place]), default=1.0)
        if attempt == 0 and gap > 1e-3:
            return form
        best = max(best, (gap / max(form), form))
    return best[1]


def _refined(
    system: Multilinear, point: list[acb], weights: Sequence[int], known: int, bits: int
) -> list[acb]:
    """A root to so many bits, by Newton's method from fewer; every block's form is 1."""
    edges = system.edges()
    precision = known
    ctx.prec = 2 * known + 64
    row: list[acb] = []
    for low, high in pairwise(edges):
        total = sum(
            (w * z for w, z in zip(weights[low:high], point[low:high], strict=True)), acb(0)
        )
        row += [z / total for z in point[low:high]]
    point = row
    width = edges[-1]
    while precision < bits:
        precision = 2 * precision - 8
        ctx.prec = min(precision, bits) + 64
        point = [_middle(z) for z in point]
        matrix: list[list[acb]] = []
        right: list[acb] = []
        for block, tables in enumerate(system.equations):
            others = system.others(block)
            for table in tables:
                slopes = [acb(0)] * width
                for key, coefficient in table.items():
                    for place, other in enumerate(others):
                        rest = acb(coefficient)
                        for k, another in enumerate(others):
                            if k != place:
                                rest *= point[edges[another] + key[k]]
                        slopes[edges[other] + key[place]] += rest
                first = others[0]
                total = acb(0)
                for k in range(edges[first], edges[first + 1]):
                    total += slopes[k] * point[k]
                matrix.append(slopes)
                right.append(total)
        for low, high in pairwise(edges):
            matrix.append([acb(w) if low <= k < high else acb(0) for k, w in enumerate(weights)])
            right.append(_value(point[low:high], weights[low:high]) - 1)
        step = acb_mat(matrix).solve(acb_mat(width, 1, right), nonstop=True)
        point = [z - step[k, 0] for k, z in enumerate(point)]
    return [_middle(z) for z in point]


def _middle(z: acb) -> acb:
    return acb(z.real.mid(), z.imag.mid())


def _value(point: Sequence[acb], form: Sequence[int]) -> acb:
    return sum((c * z for c, z in zip(form, point, strict=True)), acb(0))


@dataclass(frozen=True, slots=True)
class _Shape:
    """``minimal`` has the form's values as its roots; a coordinate is its numerator over the
    derivative of ``minimal`` there."""

    minimal: fmpq_poly
    numerators: list[fmpq_poly]


def _shape(points: Sequence[Sequence[acb]], form: Sequence[int], bits: int) -> _Shape | None:
    """The representation that the digits tell, still to be proven; None where they tell none."""
    ctx.prec = bits + 64
    at = [_middle(_value(point, form)) for point in points]
    whole: Any = acb_poly.from_roots(at)
    reader = _Reader(bits * 3 // 4)
    minimal = reader.polynomial(whole)
    if minimal is None:
        return None
    degree = len(at)
    quotients = []
    for root in at:
        row, carried = [acb(0)] * degree, acb(0)
        for power in reversed(range(degree)):
            carried = whole[power + 1] + carried * root
            row[power] = _middle(carried)
        quotients.append(row)
    coordinates = acb_mat([list(point) for point in points]).transpose() * acb_mat(quotients)
    numerators = []
    for k in range(len(points[0])):
        numerator = reader.polynomial([coordinates[k, power] for power in range(degree)])
        if numerator is None:
            return None
        numerators.append(numerator)
    return _Shape(minimal, numerators)


class _Reader:
    """Reads rationals off digits; a denominator once met is tried first."""

    def __init__(self, bits: int) -> None:
        self.bits, self.known = bits, 1

    def polynomial(self, coefficients: Any) -> fmpq_poly | None:
        """The polynomial with these coefficients, ascending."""
        found = []
        for c in coefficients:
            rational = self.rational(c)
            if rational is None:
                return None
            found.append(rational)
        return fmpq_poly(found)

    def rational(self, z: acb) -> fmpq | None:
        """A rational of few digits beside all those that are known; None where there is none."""
        scaled = z.real.mid() * fmpz(self.known) * fmpz(2) ** self.bits
        number = _nearest(scaled)
        unit = 1 << self.bits
        slack = 1 << (self.bits // 4)
        whole = (number + unit // 2) // unit
        if abs(number - whole * unit) < max(slack, abs(whole) >> (self.bits // 2)):
            return fmpq(whole, self.known)
        top, bottom = _simplest(number, unit, 1 << (self.bits // 3))
        if bottom == 0 or abs(number * bottom - top * unit) > slack * bottom:
            return None
        found = fmpq(top, bottom * self.known)
        self.known = lcm(self.known, int(found.q))
        return found


def _nearest(x: Any) -> int:
    mantissa, exponent = x.mid().man_exp()
    whole, shift = int(mantissa), int(exponent)
    return whole << shift if shift >= 0 else whole >> -shift


def _simplest(number: int, unit: int, most: int) -> tuple[int, int]:
    """The last convergent of number / unit with a denominator up to ``most``."""
    a, b = number, unit
    top, bottom, before_top, before_bottom = 1, 0, 0, 1
    while b:
        q = a // b
        further = bottom * q + before_bottom
        if further > most:
            break
        top, before_top = top * q + before_top, top
        bottom, before_bottom = further, bottom
        a, b = b, a - q * b
    return top, bottom


def _proven(system: Multilinear, shape: _Shape, weights: Sequence[int]) -> bool:
    """Whether the coordinates satisfy every equation at every root of the polynomial.

    All is done in integers: a primitive polynomial divides an integer one over the rationals only
    if it does over the integers (Gauss).
    """
    modulus, edges = shape.minimal.numer(), system.edges()
    modulus = modulus // modulus.content()
    slope = shape.minimal.derivative()
    if modulus.gcd(modulus.derivative()).degree() > 0:
        return False
    for low, high in pairwise(edges):
        total = fmpq_poly([])
        for w, numerator in zip(weights[low:high], shape.numerators[low:high], strict=True):
            total += numerator * fmpq(w)
        if total != slope:
            return False
    over = fmpz(lcm(*(int(numerator.denom()) for numerator in shape.numerators)))
    whole = [(numerator * over).numer() for numerator in shape.numerators]
    for block, tables in enumerate(system.equations):
        others = system.others(block)
        products: dict[tuple[int, ...], fmpz_poly] = {}
        for key in product(*(range(system.sizes[other]) for other in others)):
            value = fmpz_poly([1])
            for other, k in zip(others, key, strict=True):
                value = value * whole[edges[other] + k]
            products[key] = value
        for table in tables:
            left = fmpz_poly([])
            for key, coefficient in table.items():
                left += products[key] * coefficient
            if (left % modulus).degree() >= 0:
                return False
    return True


def _at(shape: _Shape, system: Multilinear, near: acb, tick: Tick) -> tuple[Exact, ...]:
    """The probabilities at the real root of the polynomial that is near."""
    tick()
    target = _fraction_of(near.real.mid())
    roots = real_roots(shape.minimal)
    root = min(roots, key=lambda one: abs(_approximately(one) - target))
    if isinstance(root, Algebraic):
        if root.root.degree > MOST_DEGREE:
            raise TooCostly(f"a solution is an algebraic number of degree {root.root.degree}")
        modulus = fmpq_poly(list(root.root.coefficients))
        gcd, inverse, _ = (shape.minimal.derivative() % modulus).xgcd(modulus)
        inverse = inverse * (1 / gcd[0])
        entries = [
            Algebraic.make(root.root, numerator % modulus * inverse % modulus)
            for numerator in shape.numerators
        ]
    else:
        at = fmpq(root.numerator, root.denominator)
        slope = shape.minimal.derivative()(at)
        entries = [_fraction(numerator(at) / slope) for numerator in shape.numerators]
    found: list[Exact] = []
    for low, high in pairwise(system.edges()):
        total: Exact = sum(entries[low:high], Fraction(0))
        if total == 0:
            raise TooCostly("a solution of a system of indifferences lies at infinity")
        found += [entry if total == 1 else entry / total for entry in entries[low:high]]
    return tuple(found)


def _approximately(number: Exact) -> Fraction:
    return (number.root.low + number.root.high) / 2 if isinstance(number, Algebraic) else number


def _fraction(number: fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def _fraction_of(x: Any) -> Fraction:
    mantissa, exponent = x.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
