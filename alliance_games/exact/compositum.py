"""One number field that holds two: arithmetic between roots of different polynomials.

For almost every integer k, alpha + k beta generates both (the primitive element theorem); its
polynomial is a factor of a resultant, and beta is then the one common root of two polynomials over
the new field (Cohen 1993, algorithm 4.5.1 and section 4.2).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import lcm

from flint import Ordering, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly, fmpz_poly

from alliance_games.exact.algebraic import Algebraic, Exact, Root, real_roots

Dense = list[Exact]
"""A polynomial in one variable over a field, coefficients ascending, the last not zero."""


def common_field(first: Root, second: Root) -> tuple[Root, fmpq_poly, fmpq_poly]:
    """A field's theta, and the polynomials in it that are the two given numbers."""
    found = _common_field(_name(first), _name(second))
    theta, alpha, beta = found
    return theta, alpha, beta


def _name(root: Root) -> tuple[tuple[int, ...], Fraction, Fraction]:
    return Algebraic(root, fmpq_poly([0, 1])).minimal


@lru_cache(maxsize=256)
def _common_field(
    first: tuple[tuple[int, ...], Fraction, Fraction],
    second: tuple[tuple[int, ...], Fraction, Fraction],
) -> tuple[Root, fmpq_poly, fmpq_poly]:
    alpha, beta = Root(*first), Root(*second)
    multiple = 0
    while True:
        multiple += 1
        theta = _sum(alpha, beta, multiple)
        if theta is None:
            continue
        value = _shared_root(theta, alpha, beta, multiple)
        if value is not None:
            modulus = fmpq_poly(list(theta.coefficients))
            return theta, (fmpq_poly([0, 1]) - value * multiple) % modulus, value


def _sum(alpha: Root, beta: Root, multiple: int) -> Root | None:
    """alpha + multiple * beta as a root of an irreducible polynomial; None where it is rational."""
    context = fmpq_mpoly_ctx.get(("t", "y"), Ordering.lex)
    t, y = context.gens()
    shifted = _composed(alpha.coefficients, t - y * multiple)
    eliminated = shifted.resultant(_composed(beta.coefficients, y), "y")
    dense = [0] * (int(eliminated.degrees()[0]) + 1)
    coefficients = eliminated.to_dict()
    below = lcm(*(int(coefficient.q) for coefficient in coefficients.values()))
    for powers, coefficient in coefficients.items():
        dense[int(powers[0])] = int(coefficient.p) * (below // int(coefficient.q))
    candidates = real_roots(fmpz_poly(dense))
    while True:
        low, high = alpha.low + multiple * beta.low, alpha.high + multiple * beta.high
        candidates = [root for root in candidates if low <= root <= high]
        if len(candidates) == 1:
            (only,) = candidates
            return only.root if isinstance(only, Algebraic) else None
        alpha.narrow()
        beta.narrow()


def _composed(coefficients: tuple[int, ...], inner: fmpq_mpoly) -> fmpq_mpoly:
    total = inner * 0
    for c in reversed(coefficients):
        total = total * inner + c
    return total


def _shared_root(theta: Root, alpha: Root, beta: Root, multiple: int) -> fmpq_poly | None:
    """beta as a polynomial in theta: the common root of beta's polynomial and of alpha's at
    ``theta - multiple * y``; None where they share another root.
    """
    generator = Algebraic(theta, fmpq_poly([0, 1]))
    shifted: Dense = []
    for c in reversed(alpha.coefficients):
        product: Dense = [Fraction(0)] * (len(shifted) + 1) if shifted else []
        for place, own in enumerate(shifted):
            product[place] = product[place] + own * generator
            product[place + 1] = product[place + 1] - own * multiple
        shifted = product or [Fraction(0)]
        shifted[0] = shifted[0] + c
    common = _gcd(_trimmed(shifted), [Fraction(c) for c in beta.coefficients])
    if len(common) != 2:
        return None
    value = -common[0] / common[1]
    assert isinstance(value, Algebraic)  # beta is irrational
    return value.value


def _trimmed(p: Dense) -> Dense:
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def _gcd(a: Dense, b: Dense) -> Dense:
    while b:
        a, b = b, _remainder(a, b)
    return a


def _remainder(a: Dense, b: Dense) -> Dense:
    a = list(a)
    while len(a) >= len(b):
        factor = a[-1] / b[-1]
        shift = len(a) - len(b)
        for place, c in enumerate(b):
            a[shift + place] = a[shift + place] - factor * c
        a = _trimmed(a[:-1])
    return a
