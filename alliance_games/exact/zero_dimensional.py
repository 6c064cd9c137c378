"""The real solutions of polynomial equations in several unknowns that have finitely many.

A Groebner basis gives the ring of polynomials modulo the equations as a vector space of finite
dimension; the equations are made radical by squarefree polynomials in each unknown (Seidenberg
1974), and a linear form that takes another value at each complex solution gives all unknowns as
polynomials in it (the shape lemma; Cox, Little and O'Shea 2005, Using Algebraic Geometry, 2.4).
So every solution lies in one number field, and none is missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any

from flint import (
    Ordering,
    fmpq,
    fmpq_mat,
    fmpq_poly,
    fmpz_mpoly,
    fmpz_mpoly_ctx,
    fmpz_mpoly_vec,
    fmpz_poly,
)

from alliance_games.exact.algebraic import Algebraic, Exact, real_roots
from alliance_games.exact.polynomials import Polynomial, terms
from alliance_games.exact.tableau import Tick

LIMITS = (60, 400, 4000)
"""Numbers of polynomials, of terms and of bits of a coefficient at which a basis is given up."""

MOST_SOLUTIONS = 64
"""Complex solutions, with multiplicity, beyond which the linear algebra is given up."""

Powers = tuple[int, ...]
Vector = list[fmpq]


def solutions(
    equations: Sequence[Polynomial], variables: Sequence[int], tick: Tick
) -> list[dict[int, Exact]] | None:
    """All real points at which the polynomials vanish, by variable.

    The polynomials use no other variables. None where there may be infinitely many complex
    solutions or the limits of this module are passed.
    """
    context = fmpz_mpoly_ctx.get([f"x{v}" for v in variables], Ordering.degrevlex)
    ideal = [_integral(p, variables, context) for p in equations]
    while True:
        tick()
        quotient = _quotient(ideal, context)
        if quotient is None:
            return None
        if not quotient.basis:
            return []
        minimal = [matrix.minpoly() for matrix in quotient.matrices]
        repeated = [
            (place, p) for place, p in enumerate(minimal) if p.gcd(p.derivative()).degree() > 0
        ]
        if not repeated:
            return quotient.points(variables)
        for place, p in repeated:
            squarefree = p // p.gcd(p.derivative())
            ideal.append(_univariate(squarefree.numer(), place, context))


def _integral(p: Polynomial, variables: Sequence[int], context: fmpz_mpoly_ctx) -> fmpz_mpoly:
    parts = terms(p)
    scale = lcm(*(c.denominator for c, _ in parts))
    return context.from_dict(
        {tuple(powers[v] for v in variables): int(c * scale) for c, powers in parts}
    )


def _univariate(p: fmpz_poly, place: int, context: fmpz_mpoly_ctx) -> fmpz_mpoly:
    width = context.nvars()
    return context.from_dict(
        {
            tuple(power if place == other else 0 for other in range(width)): c
            for power, c in enumerate(p.coeffs())
        }
    )


def _quotient(ideal: Sequence[fmpz_mpoly], context: fmpz_mpoly_ctx) -> _Quotient | None:
    answer: Any = fmpz_mpoly_vec(list(ideal), context).buchberger_naive(limits=LIMITS)
    found, complete = answer
    if not complete:
        return None
    leading: dict[Powers, dict[Powers, fmpq]] = {}
    reduced = found.autoreduction()
    for p in (reduced[index] for index in range(len(reduced))):
        if p.is_zero():
            continue
        parts = [(tuple(map(int, powers)), c) for powers, c in p.terms()]
        (first, scale), *tail = parts
        leading[first] = {powers: -fmpq(c, scale) for powers, c in tail}
    width = context.nvars()
    ranges = []
    for place in range(width):
        pure = [powers[place] for powers in leading if sum(powers) == powers[place]]
        if not pure:
            return None
        ranges.append(range(max(min(pure), 0)))
    count = 1
    for one in ranges:
        count *= len(one)
    if count > MOST_SOLUTIONS**2:
        return None
    basis = [
        powers
        for powers in product(*ranges)
        if not any(_divides(first, powers) for first in leading)
    ]
    return _Quotient(leading, basis, width) if len(basis) <= MOST_SOLUTIONS else None


def _divides(a: Powers, b: Powers) -> bool:
    return all(x <= y for x, y in zip(a, b, strict=True))


class _Quotient:
    """Polynomials modulo an ideal, as vectors over the monomials that no leading one divides."""

    def __init__(
        self, leading: dict[Powers, dict[Powers, fmpq]], basis: list[Powers], width: int
    ) -> None:
        self.leading, self.basis, self.width = leading, basis, width
        self.place = {powers: index for index, powers in enumerate(basis)}
        self._known: dict[Powers, Vector] = {}
        self.matrices = [
            fmpq_mat([self._normal(_raised(powers, variable)) for powers in basis]).transpose()
            for variable in range(width if basis else 0)
        ]

    def _normal(self, powers: Powers) -> Vector:
        """A monomial's remainder; monomials are reduced by way of smaller ones."""
        if powers in self._known:
            return self._known[powers]
        vector = [fmpq(0)] * len(self.basis)
        if powers in self.place:
            vector[self.place[powers]] = fmpq(1)
        else:
            first = next(one for one in self.leading if _divides(one, powers))
            for tail, c in self.leading[first].items():
                shifted = tuple(p - f + t for p, f, t in zip(powers, first, tail, strict=True))
                for index, entry in enumerate(self._normal(shifted)):
                    vector[index] += c * entry
        self._known[powers] = vector
        return vector

    def points(self, variables: Sequence[int]) -> list[dict[int, Exact]]:
        """The real points of a radical ideal."""
        size = len(self.basis)
        one = self._normal((0,) * self.width)
        attempt = 0
        while True:
            attempt += 1
            form = fmpq_mat(size, size)
            for place, matrix in enumerate(self.matrices):
                form += matrix * fmpq(attempt**place)
            minimal = form.minpoly()
            if minimal.degree() == size:
                break
        powers = [fmpq_mat(size, 1, one)]
        for _ in range(size - 1):
            powers.append(form * powers[-1])
        matrix = fmpq_mat([[column[row, 0] for column in powers] for row in range(size)])
        shapes = []
        for own in self.matrices:
            answer = matrix.solve(own * powers[0])
            shapes.append(fmpq_poly([answer[row, 0] for row in range(size)]))
        return [
            {v: _at(shape, root) for v, shape in zip(variables, shapes, strict=True)}
            for root in real_roots(minimal)
        ]


def _raised(powers: Powers, variable: int) -> Powers:
    return tuple(p + (place == variable) for place, p in enumerate(powers))


def _at(shape: fmpq_poly, root: Exact) -> Exact:
    if isinstance(root, Algebraic):
        return Algebraic.make(root.root, shape)
    value = shape(fmpq(root.numerator, root.denominator))
    return Fraction(int(value.p), int(value.q))
