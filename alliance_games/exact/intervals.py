"""The cells of conditions on one variable."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq, fmpq_poly, fmpz_poly

from alliance_games.exact.algebraic import Algebraic, Exact, real_roots, sign
from alliance_games.exact.elimination import Branch
from alliance_games.exact.polynomials import Polynomial, Ring
from alliance_games.exact.systems import Piece, Relation
from alliance_games.exact.univariate import End, Stretch, between, stretches, value


def intervals(part: Branch, ring: Ring, variable: int) -> list[Piece]:
    """The points and intervals of one variable in which all conditions hold, as cells."""
    found = stretches(
        *(
            [_in_one(p, variable) for p in polynomials]
            for polynomials in (part.equal, part.at_least, part.above)
        )
    )
    return [piece(stretch, ring, variable) for whole in found for stretch in _describable(whole)]


def _in_one(p: Polynomial, variable: int) -> fmpq_poly:
    coefficients = [fmpq(0)] * (int(p.degrees()[variable]) + 1)
    for powers, coefficient in p.to_dict().items():
        coefficients[int(powers[variable])] = coefficient
    return fmpq_poly(coefficients)


def piece(stretch: Stretch, ring: Ring, variable: int) -> Piece:
    """An interval or a point as a cell."""
    low, high = stretch.low, stretch.high
    if stretch.is_point:
        assert low is not None
        conditions = tuple(point_conditions(low[0], ring, variable))
        return Piece({variable: low[0]}, 0, ({variable: low[0]},), conditions)
    conditions = (
        *(() if low is None else _end(low, ring, variable, 1)),
        *(() if high is None else _end(high, ring, variable, -1)),
    )
    corners = None
    if low is not None and high is not None:
        corners = ({variable: low[0]}, {variable: high[0]})
    return Piece({variable: _inner(stretch)}, 1, corners, conditions)


def _inner(stretch: Stretch) -> Fraction:
    if stretch.low is None and stretch.high is None:
        return Fraction(0)
    if stretch.high is None:
        assert stretch.low is not None
        return _whole(stretch.low[0], 1)
    if stretch.low is None:
        return _whole(stretch.high[0], -1)
    return between(stretch.low[0], stretch.high[0])


def _whole(end: Exact, direction: int) -> Fraction:
    """A number beyond an end."""
    if isinstance(end, Algebraic):
        _, low, high = end.minimal
        return high if direction > 0 else low
    return end + direction


def linear(ring: Ring, variable: int, at: Fraction, direction: int) -> Polynomial:
    """``variable - at`` or its opposite, with integer coefficients."""
    denominator = at.denominator
    p = ring.variables[variable] * denominator - ring.constant(at.numerator)
    return p if direction > 0 else -p


def point_conditions(at: Exact, ring: Ring, variable: int) -> Iterator[Relation]:
    """Conditions that one number alone meets."""
    if not isinstance(at, Algebraic):
        yield linear(ring, variable, at, 1), "="
        return
    coefficients, low, high = at.minimal
    yield _polynomial(coefficients, ring, variable), "="
    roots = real_roots(fmpz_poly(list(coefficients)))
    if roots[0] < at:
        yield linear(ring, variable, low, 1), ">"
    if roots[-1] > at:
        yield linear(ring, variable, high, -1), ">"


def _polynomial(coefficients: tuple[int, ...], ring: Ring, variable: int) -> Polynomial:
    x = ring.variables[variable]
    total = ring.zero
    for c in reversed(coefficients):
        total = total * x + c
    return total


def _end(end: End, ring: Ring, variable: int, direction: int) -> Iterator[Relation]:
    """Conditions that hold on the inner side of an end, up to the polynomial's next root."""
    at, closed = end
    relation = ">=" if closed else ">"
    if not isinstance(at, Algebraic):
        yield linear(ring, variable, at, direction), relation
        return
    coefficients, low, high = at.minimal
    inner = high if direction > 0 else low
    p = _polynomial(coefficients, ring, variable)
    # The interval isolates the root: at its ends the polynomial has the signs it has beside it.
    yield p * sign(value(fmpq_poly(list(coefficients)), inner)), relation
    roots = real_roots(fmpz_poly(list(coefficients)))
    if direction > 0 and roots[0] < at:
        yield linear(ring, variable, low, 1), ">"
    if direction < 0 and roots[-1] > at:
        yield linear(ring, variable, high, -1), ">"


def _describable(stretch: Stretch) -> list[Stretch]:
    """The interval, cut at rational numbers so that no further root of the polynomial of an
    irrational end lies in a part that ends there.
    """
    if stretch.is_point:
        return [stretch]
    cuts = set()
    for end, direction in ((stretch.low, 1), (stretch.high, -1)):
        if end is None or not isinstance(end[0], Algebraic):
            continue
        at = end[0]
        roots = real_roots(fmpz_poly(list(at.minimal[0])))
        beyond = [r for r in roots if (r > at if direction > 0 else r < at)]
        other = stretch.high if direction > 0 else stretch.low
        if beyond:
            nearest = beyond[0] if direction > 0 else beyond[-1]
            if other is None or (nearest < other[0] if direction > 0 else nearest > other[0]):
                cuts.add(between(min(at, nearest), max(at, nearest)))
    parts = []
    low = stretch.low
    for cut in sorted(cuts):
        parts.append(Stretch(low, (cut, True)))
        low = (cut, True)
    return [*parts, Stretch(low, stretch.high)]
