"""First-order conditions solved for the choices, with the parameters as symbols.

Choices are eliminated one after another by resultants; of each the factor that vanishes at the
equilibrium is kept. What is linear in its choice at the end gives it as a quotient of polynomials.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from alliance_games.exact.algebraic import Exact
from alliance_games.exact.forms import Ratio
from alliance_games.exact.polynomials import Polynomial, evaluate, terms

MOST_TERMS = 400
MOST_DEGREE = 12
"""A polynomial with more terms, or of a higher degree, is not eliminated with."""


def closed_forms(
    conditions: Mapping[int, Polynomial],
    ends: Mapping[int, Ratio],
    point: Sequence[Exact],
) -> dict[int, Ratio]:
    """Each variable as a quotient of polynomials in the others' parameters, where one is found.

    ``conditions`` are polynomials that vanish at ``point``, one for each variable that is solved
    for; ``ends`` are variables that are known.
    """
    found = dict(ends)
    kept: dict[int, Polynomial] = {}
    for variable, condition in conditions.items():
        own = condition
        for other, end in ends.items():
            own = substituted(own, other, end)
        factor = _vanishing(own, point)
        if factor is None:
            return found
        kept[variable] = factor
    for variable in kept:
        one = _solved(variable, kept, point)
        if one is not None:
            found[variable] = one
    return found


def reply_formula(condition: Polynomial, variable: int, point: Sequence[Exact]) -> Ratio | None:
    """What makes a condition zero that is linear in the variable."""
    factor = _vanishing(condition, point)
    if factor is None or int(factor.degrees()[variable]) != 1:
        return None
    slope = factor.derivative(variable)
    return Ratio.make(-(factor - slope * factor.context().gens()[variable]), slope)


def _vanishing(p: Polynomial, point: Sequence[Exact]) -> Polynomial | None:
    """The one irreducible factor that is zero at the point."""
    if p.is_zero() or len(p) > MOST_TERMS:
        return None
    zero = [factor for factor, _ in p.factor()[1] if evaluate(factor, point) == 0]
    return zero[0] if len(zero) == 1 else None


def _solved(
    variable: int, conditions: Mapping[int, Polynomial], point: Sequence[Exact]
) -> Ratio | None:
    system = list(conditions.values())
    for other in conditions:
        if other == variable:
            continue
        using = [p for p in system if int(p.degrees()[other])]
        if not using:
            return None
        pivot = min(using, key=lambda p: (int(p.degrees()[other]), len(p)))
        rest = [p for p in system if not int(p.degrees()[other])]
        for p in using:
            if p is pivot:
                continue
            if max(int(p.total_degree()), int(pivot.total_degree())) > MOST_DEGREE:
                return None
            factor = _vanishing(pivot.resultant(p, f"x{other}"), point)
            if factor is None:
                return None
            rest.append(factor)
        system = rest
    own = [p for p in system if int(p.degrees()[variable]) == 1]
    if not own:
        return None
    p = own[0]
    slope = p.derivative(variable)
    constant = p - slope * p.context().gens()[variable]
    return Ratio.make(-constant, slope)


def substituted(p: Polynomial, variable: int, value: Ratio) -> Polynomial:
    """The numerator of a polynomial with a quotient in a variable's place."""
    degree = 0 if p.is_zero() else int(p.degrees()[variable])
    total = p * 0
    for power in range(degree + 1):
        part = {
            tuple(0 if place == variable else e for place, e in enumerate(powers)): c
            for powers, c in p.to_dict().items()
            if int(powers[variable]) == power
        }
        if part:
            coefficient = p.context().from_dict(part)
            total = total + coefficient * value.num**power * value.den ** (degree - power)
    return total


def put_in(ratio: Ratio, variable: int, value: Ratio) -> Ratio:
    """A quotient with another in a variable's place."""
    num, den = ratio.num, ratio.den
    powers = [0 if p.is_zero() else int(p.degrees()[variable]) for p in (num, den)]
    above, below = substituted(num, variable, value), substituted(den, variable, value)
    gap = powers[1] - powers[0]
    if gap > 0:
        above = above * value.den**gap
    elif gap < 0:
        below = below * value.den**-gap
    return Ratio.make(above, below)


class Closed:
    """Quotients of polynomials as text, in factors."""

    def __init__(
        self, names: Sequence[str], forms: Mapping[int, Ratio], point: Sequence[Exact]
    ) -> None:
        self.names, self.forms, self.point = names, forms, point

    def text(self, variable: int) -> str:
        """``a / (a + b)``."""
        return self.of(self.forms[variable])

    def factors(self, p: Polynomial) -> list[str]:
        """The sums among a polynomial's factors, each written so that it is positive here."""
        shown = _factors(p, self.names, self.point)[1]
        return [one.partition(")^")[0].strip("()") for one in shown if one.startswith("(")]

    def of(self, ratio: Ratio) -> str:
        """Any quotient, its factors positive at the point where they are not zero there."""
        return ratio_text(ratio, self.names, self.point)


def ratio_text(ratio: Ratio, names: Sequence[str], point: Sequence[Exact]) -> str:
    """The quotient in factors, with whole coefficients."""
    if ratio.is_zero:
        return "0"
    above_scale, above = _factors(ratio.num, names, point)
    below_scale, below = _factors(ratio.den, names, point)
    scale = above_scale / below_scale
    numerator, denominator = list(above), list(below)
    if abs(scale.numerator) != 1 or not numerator:
        numerator.insert(0, str(abs(scale.numerator)))
    if scale.denominator != 1:
        denominator.insert(0, str(scale.denominator))
    sign = "-" if scale < 0 else ""
    shown = sign + "*".join(numerator)
    if not denominator:
        return shown
    divisor = "*".join(denominator)
    if len(denominator) > 1:
        divisor = f"({divisor})"
    return f"{shown} / {divisor}"


def _factors(
    p: Polynomial, names: Sequence[str], point: Sequence[Exact]
) -> tuple[Fraction, list[str]]:
    """A number, and irreducible factors with whole coefficients, single symbols first."""
    constant, factors = p.factor()
    scale = Fraction(int(constant.p), int(constant.q))
    shown = []
    for factor, power in factors:
        parts = terms(factor)
        whole = lcm(*(c.denominator for c, _ in parts))
        common = gcd(*(int(c * whole) for c, _ in parts))
        size = Fraction(common, whole)
        if evaluate(factor, point) < 0:
            size = -size
        scale *= size ** int(power)
        text = _sum([(c / size, powers) for c, powers in parts], names)
        if len(parts) > 1:
            text = f"({text})"
        shown.append(text if power == 1 else f"{text}^{power}")
    return scale, sorted(shown, key=lambda one: one.startswith("("))


def _sum(parts: Sequence[tuple[Fraction, tuple[int, ...]]], names: Sequence[str]) -> str:
    shown = ""
    for c, powers in sorted(parts, key=lambda part: part[0] < 0):
        factors = [
            name if power == 1 else f"{name}^{power}"
            for name, power in zip(names, powers, strict=True)
            if power
        ]
        if abs(c) != 1 or not factors:
            factors.insert(0, str(abs(c)))
        sign = ("-" if c < 0 else "") if not shown else (" - " if c < 0 else " + ")
        shown += sign + "*".join(factors)
    return shown
