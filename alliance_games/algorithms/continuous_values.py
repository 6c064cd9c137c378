"""How much a form is worth at a place, and which of two worths is greater."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq, fmpq_poly

from alliance_games.exact.algebraic import Algebraic, Exact, real_roots, sign
from alliance_games.exact.forms import Form

PLACES = (60, 200, 800)
"""Bits of precision tried, one after another, before two numbers are called equal."""

MOST_DEGREE = 24
"""A root of a rational number is written exactly where its polynomial has no higher degree."""


@dataclass(frozen=True, slots=True)
class Worth:
    """A real number, or an infinity (``infinite`` is its sign).

    ``ball()`` encloses it at the present precision; ``exactly()`` works the number out where it is
    algebraic, else gives None. With neither nothing is known of the number.
    """

    infinite: int = 0
    ball: Callable[[], Any] | None = None
    exactly: Callable[[], Exact | None] | None = None

    @staticmethod
    def of(number: Exact) -> Worth:
        """A number known exactly."""
        return Worth(ball=lambda: ball_of(number), exactly=lambda: number)

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of it."""
        return self.ball is None and not self.infinite

    @property
    def exact(self) -> Exact | None:
        """The number where it is algebraic and can be worked out."""
        return None if self.exactly is None else self.exactly()

    @property
    def near(self) -> float:
        """The nearest float, as far as can be told."""
        if self.infinite:
            return self.infinite * float("inf")
        assert self.ball is not None
        ball = self.ball
        return float(with_bits(200, lambda: ball().mid()))


def with_bits(bits: int, work: Callable[[], Any]) -> Any:
    """What ``work`` gives with so many bits of precision."""
    before = ctx.prec
    ctx.prec = bits
    try:
        return work()
    finally:
        ctx.prec = before


def compared(first: Worth, second: Worth) -> int | None:
    """The sign of the difference; None where nothing tried tells the two apart."""
    if first.is_unknown or second.is_unknown:
        return None
    if first.infinite or second.infinite:
        return (first.infinite > second.infinite) - (first.infinite < second.infinite)
    one, other = first.ball, second.ball
    assert one is not None and other is not None
    for bits in PLACES:
        gap = with_bits(bits, lambda: one() - other())
        if gap > 0:
            return 1
        if gap < 0:
            return -1
        if bits == PLACES[0]:
            left, right = first.exact, second.exact
            if left is not None and right is not None:
                return sign(left - right)
    return None


def sign_at(coefficients: Sequence[Exact], at: Exact) -> int:
    """The sign of a polynomial at a number: by enclosures, and exactly where they do not tell."""
    if not isinstance(at, Algebraic):
        return sign(_value(coefficients, at))
    ball = with_bits(PLACES[0], lambda: _ball_value(coefficients, at))
    if ball > 0:
        return 1
    return -1 if ball < 0 else sign(_value(coefficients, at))


def _ball_value(coefficients: Sequence[Exact], at: Exact) -> Any:
    total, place = arb(0), ball_of(at)
    for c in reversed(coefficients):
        total = total * place + ball_of(c)
    return total


def ball_of(number: Exact) -> Any:
    """An exact number as a ball at the present precision."""
    if not isinstance(number, Algebraic):
        return arb(fmpq(number.numerator, number.denominator))
    while True:
        low, high = number.interval()
        width = high - low
        if width * 2**ctx.prec < max(abs(low), abs(high), Fraction(1, 2**ctx.prec)):
            break
        number.root.narrow()
    middle = (low + high) / 2
    radius = width / 2
    rounded = arb(fmpq(radius.numerator, radius.denominator)).upper()
    return arb(fmpq(middle.numerator, middle.denominator)) + arb(0, rounded)


def worth(form: Form, along: Callable[[Any], list[Exact]], at: Exact | None, side: int) -> Worth:
    """What the form is worth where its variable is ``at`` (None: the infinity of ``side`` -1, as it
    is tended to from the left, or of 1), or tends to from ``side``.

    ``along`` gives a polynomial's coefficients in the variable, ascending.
    """
    ratio = form.ratio
    if ratio is not None:
        return _of_ratio(along(ratio.num), along(ratio.den), at, side)
    if at is None:
        return _far(form, along, side)
    if any(sign_at(along(ratio.den), at) == 0 for ratio in form.terms.values()):
        return Worth()
    parts: list[Part] = []
    for (powers, log), own in form.terms.items():
        value = _value(along(own.num), at) / _value(along(own.den), at)
        bases = [(_value(along(base.p), at), e) for base, e in powers]
        inner = None if log is None else _value(along(log.p), at)
        parts.append((value, bases, inner))
    if any(inner == 0 and value != 0 for value, _, inner in parts if inner is not None):
        (factor,) = [value for value, _, inner in parts if inner == 0 and value != 0][:1]
        return Worth(infinite=-sign(factor))
    return Worth(ball=lambda: _ball(parts), exactly=lambda: _exactly(parts))


Part = tuple[Exact, list[tuple[Exact, Fraction]], Exact | None]


def _exactly(parts: Sequence[Part]) -> Exact | None:
    """The sum, where it is one power of rational numbers and a rational number."""
    total: Exact = Fraction(0)
    for value, bases, inner in parts:
        if value == 0 or any(base == 0 for base, _ in bases):
            continue
        if inner is not None:
            if inner == 1:
                continue
            return None
        root = 1
        for _, e in bases:
            while (e * root).denominator != 1:
                root += 1
        if root == 1:
            total = total + value
            continue
        raised = value**root
        for base, e in bases:
            raised = raised * base ** int(e * root)
        if isinstance(raised, Algebraic) or root > MOST_DEGREE:
            return None
        found = real_roots(
            fmpq_poly([fmpq(-raised.numerator, raised.denominator), *[0] * (root - 1), 1])
        )
        wanted = sign(value)
        total = total + next(one for one in found if sign(one) == wanted)
    return total


def _ball(parts: Sequence[Part]) -> Any:
    total = arb(0)
    for value, bases, inner in parts:
        one = ball_of(value)
        for base, e in bases:
            own = ball_of(base)
            one = one * (own ** arb(fmpq(e.numerator, e.denominator)) if base != 0 else 0)
        if inner is not None:
            if inner == 0:
                continue
            one = one * ball_of(inner).log()
        total = total + one
    return total


def _value(coefficients: Sequence[Exact], at: Exact) -> Exact:
    total: Exact = Fraction(0)
    for c in reversed(coefficients):
        total = total * at + c
    return total


def _of_ratio(num: list[Exact], den: list[Exact], at: Exact | None, side: int) -> Worth:
    if at is None:
        gap = len(num) - len(den)
        if all(c == 0 for c in num) or gap < 0:
            return Worth.of(Fraction(0))
        if gap == 0:
            return Worth.of(num[-1] / den[-1])
        # From the left one goes to plus infinity, from the right to minus infinity.
        turned = 1 if side < 0 or gap % 2 == 0 else -1
        return Worth(infinite=sign(num[-1]) * sign(den[-1]) * turned)
    while True:
        if sign_at(den, at):
            return _quotient(num, den, at)
        tended = sign_at(num, at)
        if tended:
            # The sign of the denominator beside its root is that of its first derivative there.
            order, slope = 0, den
            while sign_at(slope, at) == 0:
                order += 1
                slope = [c * power for power, c in enumerate(slope)][1:]
            beside = sign_at(slope, at) * (-1 if side < 0 and order % 2 else 1)
            return Worth(infinite=tended * beside)
        num, den = _without_root(num, at), _without_root(den, at)


def _quotient(num: list[Exact], den: list[Exact], at: Exact) -> Worth:
    return Worth(
        ball=lambda: _ball_value(num, at) / _ball_value(den, at),
        exactly=lambda: _value(num, at) / _value(den, at),
    )


def _without_root(coefficients: Sequence[Exact], at: Exact) -> list[Exact]:
    """The quotient by ``x - at``, which divides (Horner)."""
    found: list[Exact] = []
    carried: Exact = Fraction(0)
    for c in reversed(coefficients):
        carried = carried * at + c
        found.append(carried)
    return list(reversed(found[:-1]))


def _far(form: Form, along: Callable[[Any], list[Exact]], side: int) -> Worth:
    """At infinity: the terms by how fast they grow; the fastest decides, where one is fastest."""
    growth = []
    for (powers, log), ratio in form.terms.items():
        num, den = along(ratio.num), along(ratio.den)
        if all(c == 0 for c in num):
            continue
        degree = Fraction(len(num) - len(den))
        for base, e in powers:
            degree += e * (len(along(base.p)) - 1)
        is_log = log is not None and len(along(log.p)) > 1
        growth.append((degree, is_log, sign(num[-1]) * sign(den[-1])))
    growth.sort(reverse=True)
    grows = bool(growth) and (growth[0][0] > 0 or (growth[0][0] == 0 and growth[0][1]))
    alone = len(growth) == 1 or (grows and growth[0][:2] != growth[1][:2])
    return Worth(infinite=growth[0][2]) if grows and alone and side < 0 else Worth()
