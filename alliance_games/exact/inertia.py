"""On which side of the imaginary axis the eigenvalues of a rational matrix lie, exactly.

The characteristic polynomial is split into the part whose roots come in pairs ``r, -r``, found as a
greatest common divisor of its even and odd parts, and the rest, which has none on the axis. On the
axis lie the negative roots of the first part as a polynomial in the square, counted by Sturm's
theorem; the sides of the rest follow from the Cauchy index along the axis (Gantmacher 1959, The
Theory of Matrices II, chapter 15: Routh and Hurwitz).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

Polynomial = list[Fraction]
"""Coefficients, the constant first, the last not zero; [] is zero."""


@dataclass(frozen=True, slots=True)
class Inertia:
    """How many eigenvalues, by multiplicity, have a negative or a positive real part, are
    imaginary and not zero, are zero."""

    left: int
    right: int
    imaginary: int
    zero: int


def inertia(matrix: Sequence[Sequence[Fraction]]) -> Inertia:
    """The sides of the eigenvalues of a square matrix."""
    p = characteristic(matrix)
    zero = next(power for power, c in enumerate(p) if c)
    p = p[zero:]
    even, odd = _trimmed(p[::2]), _trimmed(p[1::2])
    paired = _gcd(even, odd)  # in the square of the variable
    imaginary = 2 * _negative_roots(paired)
    outside = (len(paired) - 1) - imaginary // 2
    # Of each two roots r, -r off the axis one is on either side.
    left = right = outside
    rest = _quotient(p, _in_square(paired))
    difference = _left_minus_right(rest)
    degree = len(rest) - 1
    return Inertia(
        left + (degree + difference) // 2, right + (degree - difference) // 2, imaginary, zero
    )


def characteristic(matrix: Sequence[Sequence[Fraction]]) -> Polynomial:
    """The coefficients of ``det(t - matrix)``, ascending (Faddeev and Le Verrier)."""
    size = len(matrix)
    rows = [[Fraction(entry) for entry in row] for row in matrix]
    found = [Fraction(0)] * size + [Fraction(1)]
    power = [[Fraction(0)] * size for _ in range(size)]
    for step in range(1, size + 1):
        for i in range(size):
            power[i][i] += found[size - step + 1]
        power = _product(rows, power)
        found[size - step] = -sum((power[i][i] for i in range(size)), Fraction(0)) / step
    return found


def _product(a: list[list[Fraction]], b: list[list[Fraction]]) -> list[list[Fraction]]:
    columns = list(zip(*b, strict=True))
    return [
        [
            sum((x * y for x, y in zip(row, column, strict=True) if x), Fraction(0))
            for column in columns
        ]
        for row in a
    ]


def _trimmed(p: Sequence[Fraction]) -> Polynomial:
    found = list(p)
    while found and not found[-1]:
        found.pop()
    return found


def _divided(p: Polynomial, q: Polynomial) -> tuple[Polynomial, Polynomial]:
    rest = list(p)
    quotient = [Fraction(0)] * max(len(p) - len(q) + 1, 0)
    for place in reversed(range(len(quotient))):
        factor = rest[place + len(q) - 1] / q[-1]
        quotient[place] = factor
        for offset, c in enumerate(q):
            rest[place + offset] -= factor * c
    return quotient, _trimmed(rest[: len(q) - 1])


def _quotient(p: Polynomial, q: Polynomial) -> Polynomial:
    return _divided(p, q)[0]


def _gcd(p: Polynomial, q: Polynomial) -> Polynomial:
    while q:
        p, q = q, _divided(p, q)[1]
    return [c / p[-1] for c in p]


def _in_square(p: Polynomial) -> Polynomial:
    """The polynomial at the square of the variable."""
    found = [Fraction(0)] * (2 * len(p) - 1)
    found[::2] = p
    return found


def _derivative(p: Polynomial) -> Polynomial:
    return [power * c for power, c in enumerate(p)][1:]


def _chain(p: Polynomial, q: Polynomial) -> list[Polynomial]:
    """Sturm's chain: each the negative remainder of the two before it."""
    chain = [p]
    while q:
        chain.append(q)
        p, q = q, [-c for c in _divided(p, q)[1]]
    return chain


def _changes(signs: Sequence[int]) -> int:
    kept = [sign for sign in signs if sign]
    return sum(one != other for one, other in pairwise(kept))


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _at_minus_infinity(p: Polynomial) -> int:
    return _sign(p[-1]) * (-1 if len(p) % 2 == 0 else 1)


def _negative_roots(p: Polynomial) -> int:
    """How many negative real roots, by multiplicity: the distinct ones of p, of its greatest common
    divisor with its derivative, and so on. Zero must be no root."""
    total = 0
    while len(p) > 1:
        slope = _derivative(p)
        chain = _chain(p, slope)
        total += _changes([_at_minus_infinity(q) for q in chain])
        total -= _changes([_sign(q[0]) for q in chain])
        p = _gcd(p, slope)
    return total


def _left_minus_right(p: Polynomial) -> int:
    """The roots with negative less those with positive real part, where none is imaginary.

    Along the imaginary axis the argument of ``p`` turns by half a circle for each root, to one
    side or the other.
    """
    degree = len(p) - 1
    if degree == 0:
        return 0
    real = _trimmed([c * (-1) ** (k // 2) if k % 2 == 0 else Fraction(0) for k, c in enumerate(p)])
    other = _trimmed([c * (-1) ** (k // 2) if k % 2 else Fraction(0) for k, c in enumerate(p)])
    above, below, turn = (other, real, -1) if degree % 2 == 0 else (real, other, 1)
    chain = _chain(below, above)
    before = _changes([_at_minus_infinity(q) for q in chain])
    after = _changes([_sign(q[-1]) for q in chain])
    return turn * (before - after)
