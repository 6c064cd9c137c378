"""One player's payoff along her own choice, the others' fixed: where it is greatest, exactly.

Between the real roots of finitely many polynomials the payoff is one smooth piece that rises, falls
or stays; so its sign pattern at one number of every gap tells all, and only where several humps
are left are their heights compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import fmpq, fmpq_mpoly_ctx, fmpq_poly

from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.algorithms.continuous_values import sign_at
from alliance_games.exact.algebraic import Algebraic, Exact, Root, real_roots
from alliance_games.exact.compositum import common_field
from alliance_games.exact.forms import Form
from alliance_games.exact.polynomials import Polynomial, evaluate, terms
from alliance_games.exact.univariate import between

Place = Exact | None
"""A number, or None for the end of an unbounded range."""


@dataclass(frozen=True, slots=True)
class Hump:
    """Where the payoff stops rising: at ``place`` (``side`` -1: tended to from the left, 1: from
    the right, 0: reached there), by the form of one piece."""

    place: Place
    piece: int
    side: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A gap between two neighbouring roots: its ends, a number within, the piece that holds there
    (None: no value) and whether the payoff rises (1), falls (-1) or stays (0)."""

    low: Place
    high: Place
    within: Fraction
    piece: int | None
    direction: int


class Line:
    """The payoff of ``player`` along her own choice, the others' being those of ``point``."""

    def __init__(self, prepared: Prepared, player: int, point: Sequence[Exact]) -> None:
        self.prepared, self.player = prepared, player
        self.point = list(point)
        self.low, self.high = prepared.low[player], prepared.high[player]
        self._coefficients: dict[str, list[Exact]] = {}
        self.breaks = self._breaks()
        self.stretches = [self._stretch(low, high) for low, high in self._gaps()]

    # Polynomials along the line

    def along(self, p: Polynomial) -> list[Exact]:
        """The coefficients of a polynomial in the player's choice, ascending."""
        key = str(p)
        if key not in self._coefficients:
            self._coefficients[key] = _along(p, self.player, self.point)
        return self._coefficients[key]

    def value(self, p: Polynomial, at: Exact) -> Exact:
        """A polynomial's value where the player chooses ``at``."""
        total: Exact = Fraction(0)
        for c in reversed(self.along(p)):
            total = total * at + c
        return total

    def sign(self, p: Polynomial, at: Exact) -> int:
        """The sign of a polynomial where the player chooses ``at``."""
        return sign_at(self.along(p), at)

    def _breaks(self) -> list[Exact]:
        found: list[Exact] = []
        seen: set[str] = set()
        for p in self.prepared.critical(self.player):
            key = str(p)
            if key not in seen and int(p.degrees()[self.player] if not p.is_zero() else 0):
                seen.add(key)
                for root in roots(self.along(p)):
                    inside = (self.low is None or root > self.low) and (
                        self.high is None or root < self.high
                    )
                    if inside:
                        found.append(root)
        ordered: list[Exact] = []
        for root in sorted(found):
            if not ordered or ordered[-1] != root:
                ordered.append(root)
        return ordered

    def _gaps(self) -> list[tuple[Place, Place]]:
        if self.low is not None and self.low == self.high:
            return []
        return list(pairwise([self.low, *self.breaks, self.high]))

    def _stretch(self, low: Place, high: Place) -> Stretch:
        within = _inside(low, high)
        piece = self.piece_at(within)
        if piece is None:
            return Stretch(low, high, within, None, 0)
        slope = self.prepared.slopes[self.player][piece]
        direction = slope.sign(lambda p: self.value(p, within))
        return Stretch(low, high, within, piece, direction)

    def piece_at(self, at: Exact) -> int | None:
        """The piece of the payoff that holds at a choice; None where the payoff has no value."""
        for index, piece in enumerate(self.prepared.pieces[self.player]):
            if all(_met(self.sign(p, at), relation) for p, relation in piece.signs) and all(
                self.sign(p, at) for p in piece.form.denominators()
            ):
                return index
        return None

    # Where it is greatest

    def humps(self) -> list[Hump]:
        """Every place where the payoff could be greatest, each local maximum once."""
        found: list[Hump] = []
        for index, one in enumerate(self.stretches):
            if one.piece is None:
                continue
            if one.direction >= 0 and not self._goes_on(index, 1):
                found.append(Hump(one.high, one.piece, -1))
            if one.direction <= 0 and not self._goes_on(index, -1):
                found.append(Hump(one.low, one.piece, 1))
        ends = [end for end in (self.low, self.high) if end is not None]
        for place in dict.fromkeys([*self.breaks, *ends]):
            piece = self.piece_at(place)
            if piece is not None and not self._is_joined(place, piece):
                found.append(Hump(place, piece, 0))
        return found

    def _goes_on(self, index: int, step: int) -> bool:
        """Whether the payoff passes the end of a stretch without a jump and without turning, so
        that the next stretch tells of what is higher."""
        other = index + step
        if not 0 <= other < len(self.stretches):
            return False
        one, following = self.stretches[index], self.stretches[other]
        end = one.high if step > 0 else one.low
        if following.piece is None or end is None:
            return False
        rises_on = following.direction == step or (following.direction == 0 and step > 0)
        return rises_on and self.joins(one.piece, following.piece, end)

    def joins(self, first: int | None, second: int | None, at: Exact) -> bool:
        """Whether two pieces have the same value at a place, and it is the payoff's there."""
        here = self.piece_at(at)
        if here is None or first is None or second is None:
            return False
        if first == second == here:
            return True
        forms = self.prepared.pieces[self.player]
        if any(not self.sign(p, at) for k in (first, second) for p in forms[k].form.denominators()):
            return False
        return all(
            k == here or self.same(forms[k].form, forms[here].form, at) for k in (first, second)
        )

    def same(self, first: Form, second: Form, at: Exact) -> bool:
        """Whether two forms are equal at a place, exactly."""
        gap = (first - second).ratio
        return gap is not None and self.sign(gap.num, at) == 0

    def _is_joined(self, place: Exact, piece: int) -> bool:
        """Whether some neighbouring stretch tends to the value at the place."""
        for one in self.stretches:
            if one.piece is not None and place in (one.low, one.high):
                form = self.prepared.pieces[self.player][one.piece].form
                if any(not self.sign(p, place) for p in form.denominators()):
                    continue
                here = self.prepared.pieces[self.player][piece].form
                if one.piece == piece or self.same(form, here, place):
                    return True
        return False


def _met(one: int, relation: str) -> bool:
    return one == 0 if relation == "=" else one > 0 or (one == 0 and relation == ">=")


def _inside(low: Place, high: Place) -> Fraction:
    if low is None and high is None:
        return Fraction(0)
    if low is None:
        assert high is not None
        return -_beyond(-high)
    if high is None:
        return _beyond(low)
    return between(low, high)


def _beyond(number: Exact) -> Fraction:
    if isinstance(number, Algebraic):
        _, _, high = number.minimal
        return high + 1
    return number + 1


def _along(p: Polynomial, player: int, point: Sequence[Exact]) -> list[Exact]:
    degree = 0 if p.is_zero() else int(p.degrees()[player])
    parts: list[dict[tuple[int, ...], Fraction]] = [{} for _ in range(degree + 1)]
    for coefficient, powers in terms(p):
        rest = tuple(0 if place == player else e for place, e in enumerate(powers))
        parts[powers[player]][rest] = coefficient
    found = []
    context = p.context()
    for part in parts:
        if all(not any(powers) for powers in part):
            found.append(next(iter(part.values()), Fraction(0)))
            continue
        one = context.from_dict({k: _flint(c) for k, c in part.items()})
        filled = [Fraction(0) if place == player else x for place, x in enumerate(point)]
        found.append(evaluate(one, filled))
    while len(found) > 1 and found[-1] == 0:
        found.pop()
    return found


def _flint(number: Fraction) -> fmpq:
    return fmpq(number.numerator, number.denominator)


def roots(coefficients: Sequence[Exact]) -> list[Exact]:
    """Real numbers among which are all real roots of a polynomial with these coefficients.

    With irrational coefficients, which are brought into one number field, these are the roots of
    the polynomial's norm: the product over the conjugates of the field's generator.
    """
    if len(coefficients) < 2:
        return []
    irrational = [c for c in coefficients if isinstance(c, Algebraic)]
    if not irrational:
        return real_roots(fmpq_poly([_flint(c) for c in coefficients]))
    theta, parts = _in_one_field(coefficients)
    context = fmpq_mpoly_ctx.get(["y", "t"])
    y, t = context.gens()
    total = context.constant(0)
    for power, image in enumerate(parts):
        for degree, part in enumerate(image.coeffs()):
            total += context.constant(part) * t**degree * y**power
    modulus = context.constant(0)
    for degree, whole in enumerate(theta.coefficients):
        modulus += t**degree * whole
    norm = total.resultant(modulus, "t")
    if norm.is_zero():
        raise AssertionError("the norm of a polynomial that is not zero is not zero")
    dense = [fmpq(0)] * (int(norm.degrees()[0]) + 1)
    for powers, c in norm.to_dict().items():
        dense[int(powers[0])] = c
    return real_roots(fmpq_poly(dense)) if len(dense) > 1 else []


def _in_one_field(numbers: Sequence[Exact]) -> tuple[Root, list[fmpq_poly]]:
    """A generator of a field that holds all the numbers, and each as a polynomial in it."""
    theta: Root | None = None
    known: list[tuple[Root, fmpq_poly]] = []
    for number in numbers:
        if not isinstance(number, Algebraic) or any(number.root.same(one) for one, _ in known):
            continue
        if theta is None:
            theta, known = number.root, [(number.root, fmpq_poly([0, 1]))]
            continue
        theta, before, new = common_field(theta, number.root)
        known = [(one, _composed(image, before, theta)) for one, image in known]
        known.append((number.root, new))
    assert theta is not None
    images = []
    for number in numbers:
        if isinstance(number, Algebraic):
            image = next(image for one, image in known if number.root.same(one))
            images.append(_composed(number.value, image, theta))
        else:
            images.append(fmpq_poly([_flint(number)]))
    return theta, images


def _composed(outer: fmpq_poly, inner: fmpq_poly, theta: Root) -> fmpq_poly:
    modulus = fmpq_poly(list(theta.coefficients))
    result = fmpq_poly([])
    for c in reversed(outer.coeffs()):
        result = (result * inner + c) % modulus
    return result
