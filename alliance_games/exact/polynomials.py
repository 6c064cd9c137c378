"""Polynomials in several variables with rational coefficients, and their values at exact points.

python-flint does the arithmetic. This module, ``algebraic`` and ``systems`` with what they load are
the only ones that see it, and a game that needs no polynomial loads none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from alliance_games.exact.algebraic import Algebraic, Exact

Polynomial = fmpq_mpoly
"""A polynomial of one ring: ``+ - *`` with polynomials of the same ring and with integers,
``**`` with integers. Fractions enter by ``Ring.constant``."""


class Ring:
    """The polynomials in named variables. Make one by ``ring``; equal names give equal rings."""

    __slots__ = ("context", "names", "one", "variables", "zero")

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        # flint tells variables apart by names of its own grammar, a modeller's are free text.
        inner = tuple(f"x{index}" for index in range(len(self.names)))
        self.context = fmpq_mpoly_ctx.get(inner, Ordering.degrevlex)
        self.variables: tuple[Polynomial, ...] = tuple(self.context.gens())
        self.zero: Polynomial = self.context.constant(0)
        self.one: Polynomial = self.context.constant(1)

    def constant(self, number: Fraction | int) -> Polynomial:
        """The number as a polynomial."""
        return self.context.constant(fmpq(number.numerator, number.denominator))

    def polynomial(self, coefficients: dict[tuple[int, ...], Fraction]) -> Polynomial:
        """The sum of the monomials of these exponents, each with its coefficient."""
        return self.context.from_dict(
            {powers: fmpq(c.numerator, c.denominator) for powers, c in coefficients.items()}
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ring) and other.names == self.names

    def __hash__(self) -> int:
        return hash(self.names)

    def __reduce__(self) -> tuple[Any, ...]:
        return Ring, (self.names,)

    def __repr__(self) -> str:
        return f"ring({self.names!r})"


def ring(names: Sequence[str]) -> Ring:
    """The polynomials in variables of these names, in this order."""
    return Ring(names)


def terms(p: Polynomial) -> list[tuple[Fraction, tuple[int, ...]]]:
    """The coefficients of ``p``, each with its exponents, one per variable of the ring."""
    return [
        (Fraction(int(c.p), int(c.q)), tuple(map(int, powers))) for powers, c in p.to_dict().items()
    ]


def evaluate(p: Polynomial, point: Sequence[Exact | int]) -> Exact:
    """The value of ``p`` at a point: one number per variable of the ring, in its order."""
    rational = {
        index: fmpq(value.numerator, value.denominator)
        for index, value in enumerate(point)
        if not isinstance(value, Algebraic)
    }
    if len(rational) == len(point):
        value = p(*rational.values())
        return Fraction(int(value.p), int(value.q))
    p = p.subs({f"x{index}": value for index, value in rational.items()})
    total: Exact = Fraction(0)
    known: dict[tuple[int, int], Exact] = {}
    for coefficient, powers in terms(p):
        product: Exact = coefficient
        for index, power in enumerate(powers):
            if power:
                if (index, power) not in known:
                    known[index, power] = _exact(point[index]) ** power
                product = product * known[index, power]
        total = total + product
    return total


def _exact(value: Exact | int) -> Exact:
    return Fraction(value) if isinstance(value, int) else value
