"""Conditions and formulas as a reader writes them: in the file's own formula grammar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from alliance_games.exact.expression import (
    Arithmetic,
    Compare,
    Expression,
    Logic,
    Name,
    Negate,
    Number,
    to_text,
)
from alliance_games.exact.polynomials import Polynomial, terms
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.parametric.cells import Conjunction
from alliance_games.parametric.decide import (
    ANY,
    NEGATIVE,
    POSITIVE,
    ZERO,
    Decider,
    Undecided,
    flipped,
)
from alliance_games.parametric.region import Region

RELATIONS = {
    POSITIVE: ">",
    POSITIVE | ZERO: ">=",
    ZERO: "==",
    NEGATIVE: "<",
    NEGATIVE | ZERO: "<=",
    POSITIVE | NEGATIVE: "!=",
}
_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}

WORTH = 1.4
"""How much longer a condition solved for the common parameter may be than its shortest form."""


class Writer:
    """Writes the conditions and formulas of one region.

    ``definitions`` are formulas that have a name in the file: a condition on such a formula's sign
    is told by the name.
    """

    def __init__(self, region: Region, definitions: Mapping[str, Fraction] | None = None) -> None:
        self.names = region.symbols.names
        self.ring = region.symbols.ring
        self.decider = region.decider
        self._bases = [base for base, _ in region.pieces]
        self._signs: dict[str, int] = {}
        self.main: int | None = None
        self._named = dict(self._named_factors(definitions or {}))

    # What is known of signs

    def sign_of(self, p: Polynomial) -> int:
        """1 or -1 where the polynomial has that sign all over the region, else 0."""
        scale, factors = self.decider.factors.of(p)
        total = scale
        for key, power in factors:
            sign = self._factor_sign(key)
            if not sign:
                return 0
            total *= sign if power % 2 else 1
        return total

    def _factor_sign(self, key: str) -> int:
        if key not in self._signs:
            self._signs[key] = next((s for s in (1, -1) if self._always(key, s)), 0)
        return self._signs[key]

    def _always(self, key: str, sign: int) -> bool:
        against = (NEGATIVE if sign > 0 else POSITIVE) | ZERO
        try:
            return bool(self._bases) and all(
                self.decider.find({**base, key: base.get(key, ANY) & against}) is None
                for base in self._bases
            )
        except Undecided:
            return False

    # Formulas

    def number(self, value: Fraction) -> Expression:
        """A number of the field as a formula."""
        if not isinstance(value, RationalFunction):
            return _constant(value)
        over, under = value.over, value.under
        if not under.is_one() and (self.sign_of(under) or 1) < 0:
            over, under = -over, -under
        top, over_scale = _primitive(over)
        bottom, under_scale = _primitive(under)
        scale = over_scale / under_scale
        numerator = self._polynomial(top * scale.numerator)
        if scale.denominator == 1 and bottom.is_one():
            return numerator
        return Arithmetic("/", numerator, self._polynomial(bottom * scale.denominator))

    def text(self, value: Fraction | int) -> str:
        """The formula as text."""
        if not isinstance(value, RationalFunction):
            return str(value)
        return to_text(self.number(value))

    def _polynomial(self, p: Polynomial) -> Expression:
        """Written out, or as a product where that is shorter."""
        plain = self._sum(terms(p))
        if p.is_constant() or len(p) == 1:
            return plain
        scale, factors = p.factor()
        if len(factors) == 1 and factors[0][1] == 1 and abs(scale) == 1:
            return plain
        number = Fraction(int(scale.p), int(scale.q))
        parts: list[Expression] = []
        for factor, power in factors:
            whole, content = _primitive(factor)
            number *= content ** int(power)
            if not _leads(whole) and power % 2:
                whole, number = -whole, -number
            part = self._sum(terms(whole))
            parts.append(Arithmetic("^", part, Number(Fraction(int(power)))) if power > 1 else part)
        parts.sort(key=lambda part: (not isinstance(part, Name), len(to_text(part))))
        product = reduce(lambda a, b: Arithmetic("*", a, b), parts)
        if number not in (1, -1):
            product = Arithmetic("*", _constant(abs(number)), product)
        if number < 0:
            product = Negate(product)
        return product if len(to_text(product)) < len(to_text(plain)) else plain

    def _sum(self, parts: Sequence[tuple[Fraction, tuple[int, ...]]]) -> Expression:
        """A sum with the terms in the order of the parameters, one with a plus sign first."""
        ordered = sorted(parts, key=lambda term: tuple(-power for power in term[1]))
        first = next((i for i, (c, _) in enumerate(ordered) if c > 0), 0)
        if ordered and ordered[0][0] < 0 and first:
            ordered.insert(0, ordered.pop(first))
        total: Expression | None = None
        for coefficient, powers in ordered:
            term = self._term(abs(coefficient), powers)
            if total is None:
                total = term if coefficient > 0 else Negate(term)
            else:
                total = Arithmetic("+" if coefficient > 0 else "-", total, term)
        return total if total is not None else Number(Fraction(0))

    def _term(self, coefficient: Fraction, powers: tuple[int, ...]) -> Expression:
        factors: list[Expression] = []
        if coefficient.numerator != 1 or not any(powers):
            factors.append(Number(Fraction(coefficient.numerator)))
        for variable, power in enumerate(powers):
            if power:
                name = Name(self.names[variable])
                factors.append(
                    name if power == 1 else Arithmetic("^", name, Number(Fraction(power)))
                )
        product = reduce(lambda a, b: Arithmetic("*", a, b), factors)
        if coefficient.denominator != 1:
            product = Arithmetic("/", product, Number(Fraction(coefficient.denominator)))
        return product

    # Conditions

    def prepare(self, conjunctions: Iterable[Conjunction]) -> None:
        """Choose the parameter that most of the conditions are best solved for."""
        keys = sorted({key for conjunction in conjunctions for key, _ in conjunction})
        best: tuple[int, int, int] | None = None
        for variable in range(len(self.names)):
            solved, length = 0, 0
            for key in keys:
                form = self._solved(self.decider.factors.polynomials[key], POSITIVE, variable)
                solved += form is not None
                length += len(to_text(form)) if form is not None else 0
            if solved and (best is None or (-solved, length) < best[:2]):
                best = (-solved, length, variable)
        self.main = best[2] if best is not None and len(keys) > 1 else None

    def condition(self, key: str, signs: int) -> Compare:
        """A condition on a factor's sign as a comparison."""
        p = self.decider.factors.polynomials[key]
        if key in self._named:
            name, turn = self._named[key]
            relation = RELATIONS[signs if turn > 0 else flipped(signs)]
            return Compare((Name(name), Number(Fraction(0))), (relation,))
        forms = [self._split(p, signs)]
        for variable, degree in enumerate(p.degrees()):
            if degree == 1:
                solved = self._solved(p, signs, variable)
                if solved is not None:
                    forms.append(solved)
        shortest = min(forms, key=lambda form: len(to_text(form)))
        if self.main is not None and p.degrees()[self.main] == 1:
            wanted = self._solved(p, signs, self.main)
            if wanted is not None and len(to_text(wanted)) <= WORTH * len(to_text(shortest)) + 4:
                return wanted
        return shortest

    def conjunction(self, conjunction: Conjunction) -> Expression | None:
        """All conditions of a conjunction, bounds of one parameter as a chain; None for none."""
        parts = _chained([self.condition(key, signs) for key, signs in conjunction])
        parts.sort(key=lambda part: len(to_text(part)))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))

    def alternatives(self, alternatives: Sequence[Conjunction]) -> Expression | None:
        """The union of conjunctions; None where it is everything."""
        parts = [self.conjunction(one) for one in alternatives]
        found = [part for part in parts if part is not None]
        if len(found) < len(parts):
            return None
        return found[0] if len(found) == 1 else Logic("or", tuple(found))

    def _split(self, p: Polynomial, signs: int) -> Compare:
        """Terms with a plus on the left, the others on the right."""
        whole, _ = _primitive(p)
        if not _leads(whole):
            whole, signs = -whole, flipped(signs)
        left = [(c, powers) for c, powers in terms(whole) if c > 0]
        right = [(-c, powers) for c, powers in terms(whole) if c < 0]
        return Compare((self._sum(left), self._sum(right)), (RELATIONS[signs],))

    def _solved(self, p: Polynomial, signs: int, variable: int) -> Compare | None:
        """``parameter > formula``, where the parameter's coefficient has a known sign."""
        if p.degrees()[variable] != 1:
            return None
        slope = p.derivative(variable)
        turn = self.sign_of(slope)
        if not turn:
            return None
        rest = p - slope * self.ring.variables[variable]
        bound = RationalFunction.make(self.ring, -rest, slope)
        relation = RELATIONS[signs if turn > 0 else flipped(signs)]
        return Compare((Name(self.names[variable]), self.number(bound)), (relation,))

    def _named_factors(
        self, definitions: Mapping[str, Fraction]
    ) -> Iterable[tuple[str, tuple[str, int]]]:
        """Factors that have the sign of a definition, or the opposite one."""
        for name, value in definitions.items():
            if not isinstance(value, RationalFunction) or len(value.over) < 3:
                continue
            scale, factors = self.decider.factors.of(value.over)
            below = self.sign_of(value.under)
            if len(factors) == 1 and factors[0][1] % 2 and below:
                yield factors[0][0], (name, scale * below)


def _chained(parts: Sequence[Compare]) -> list[Compare]:
    """Conditions with a lower and an upper bound of one name joined: ``a < x < b``."""
    lower: dict[Expression, Compare] = {}
    upper: dict[Expression, Compare] = {}
    rest: list[Compare] = []
    for part in parts:
        (first, second), relation = part.operands, part.operators[0]
        if isinstance(first, Name) and relation in (">", ">=") and first not in lower:
            lower[first] = Compare((second, first), (_MIRRORED[relation],))
        elif isinstance(first, Name) and relation in ("<", "<=") and first not in upper:
            upper[first] = part
        else:
            rest.append(part)
    for name, low in lower.items():
        high = upper.pop(name, None)
        if high is None:
            bound, relation = low.operands[0], low.operators[0]
            rest.append(Compare((name, bound), (_MIRRORED[relation],)))
        else:
            rest.append(
                Compare((*low.operands, high.operands[1]), (*low.operators, *high.operators))
            )
    return [*rest, *upper.values()]


def _leads(p: Polynomial) -> bool:
    """Whether the first term, in the order of the parameters, has a plus sign."""
    return max(((powers, c) for c, powers in terms(p)), default=((), Fraction(1)))[1] > 0


def _primitive(p: Polynomial) -> tuple[Polynomial, Fraction]:
    """The polynomial with coprime integer coefficients, and the positive number taken out."""
    coefficients = [c for c, _ in terms(p)]
    if not coefficients:
        return p, Fraction(1)
    below = lcm(*(c.denominator for c in coefficients))
    above = gcd(*(int(c * below) for c in coefficients))
    scale = Fraction(above, below)
    from flint import fmpq

    return p * fmpq(below, above), scale


def _constant(value: Fraction) -> Expression:
    whole: Expression = Number(Fraction(abs(value.numerator)))
    if value.denominator != 1:
        whole = Arithmetic("/", whole, Number(Fraction(value.denominator)))
    return Negate(whole) if value < 0 else whole


__all__ = ["RELATIONS", "Decider", "Writer"]
