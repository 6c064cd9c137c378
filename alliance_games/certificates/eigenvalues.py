"""On which side of the imaginary axis eigenvalues lie, by isolating every one of them.

The roots of the characteristic polynomial are enclosed in disjoint discs by interval arithmetic
(python-flint). A disc off the axis decides its root. A root on the axis is also a root of the
polynomial reflected in the axis; among the roots of the common divisor of both, each in a disc of
its own, it is one whose reflected disc meets no disc but its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

Sides = tuple[int, int, int, int]
"""How many roots, by multiplicity, are left and right of the axis, on it, and zero."""

MOST_DIGITS = 2**14


class NotIsolated(ArithmeticError):
    """The precision did not suffice to tell roots apart."""


def characteristic(matrix: Sequence[Sequence[Fraction]]) -> Any:
    """The characteristic polynomial of a rational matrix."""
    from flint import fmpq, fmpq_mat

    entries = [[fmpq(entry.numerator, entry.denominator) for entry in row] for row in matrix]
    return fmpq_mat(entries).charpoly()


def without_root(p: Any, root: Fraction) -> Any:
    """The polynomial divided by ``t - root``. Raises ArithmeticError where that is no root."""
    from flint import fmpq, fmpq_poly

    value = fmpq(root.numerator, root.denominator)
    quotient, rest = divmod(p, fmpq_poly([-value, 1]))
    if rest != 0:
        raise ArithmeticError("this is no root")
    return quotient


def sides(p: Any) -> Sides:
    """The sides of the roots of a polynomial. Raises NotIsolated."""
    from flint import fmpq_poly

    zero = 0
    while p.degree() > 0 and p[0] == 0:
        p = fmpq_poly(p.coeffs()[1:])
        zero += 1
    reflected = fmpq_poly([c if k % 2 == 0 else -c for k, c in enumerate(p.coeffs())])
    paired = p.gcd(reflected)
    left, right, on = _of_pairs(paired)
    more_left, more_right = _off_the_axis(p // paired)
    return left + more_left, right + more_right, on, zero


def _of_pairs(p: Any) -> tuple[int, int, int]:
    """The sides of roots each of which is the negative of another one."""
    digits = 64
    while digits <= MOST_DIGITS:
        roots = _roots(p, digits)
        count = [0, 0, 0]
        clear = True
        for ball, multiplicity in roots:
            if ball.real > 0 or ball.real < 0:
                count[1 if ball.real > 0 else 0] += multiplicity
                continue
            mirrored = _mirrored(ball)
            clear = clear and sum(mirrored.overlaps(other) for other, _ in roots) == 1
            count[2] += multiplicity
        if clear:
            return count[0], count[1], count[2]
        digits *= 2
    raise NotIsolated("roots too close to the axis to be told apart")


def _mirrored(ball: Any) -> Any:
    from flint import acb

    return acb(-ball.real, ball.imag)


def _off_the_axis(p: Any) -> tuple[int, int]:
    digits = 64
    while digits <= MOST_DIGITS:
        roots = _roots(p, digits)
        if all(ball.real > 0 or ball.real < 0 for ball, _ in roots):
            right = sum(multiplicity for ball, multiplicity in roots if ball.real > 0)
            return p.degree() - right, right
        digits *= 2
    raise NotIsolated("roots too close to the axis to be told apart")


def _roots(p: Any, digits: int) -> list[tuple[Any, int]]:
    from flint import ctx

    if p.degree() < 1:
        return []
    before = ctx.prec
    ctx.prec = digits
    try:
        return list(p.numer().complex_roots())
    finally:
        ctx.prec = before
