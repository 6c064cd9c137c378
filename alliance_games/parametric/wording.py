"""Conditions and formulas as a reader writes them: in the file's own formula grammar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from alliance_games.exact.expression import (
    Arithmetic,
    Compare,
    Expression,
    Logic,
    Name,
    Number,
    names,
    to_text,
)
from alliance_games.exact.polynomials import Polynomial, Ring, terms
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.parametric.cells import Conjunction
from alliance_games.parametric.decide import (
    ANY,
    NEGATIVE,
    POSITIVE,
    ZERO,
    Undecided,
    flipped,
)
from alliance_games.parametric.definitions import Definitions, definition_values
from alliance_games.parametric.region import Region
from alliance_games.parametric.sums import constant, leads, polynomial, primitive, total, written

RELATIONS = {
    POSITIVE: ">",
    POSITIVE | ZERO: ">=",
    ZERO: "==",
    NEGATIVE: "<",
    NEGATIVE | ZERO: "<=",
    POSITIVE | NEGATIVE: "!=",
}
_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}

LONG = 40
"""Formulas of more characters are tried with the file's definitions."""

WORTH = 1.4
"""How much longer a condition solved for the common parameter may be than its shortest form."""


Written = TypeVar("Written", bound=Expression)


class Writer:
    """Writes the conditions and formulas of one region.

    ``definitions`` are formulas that have a name in the file: a condition on such a formula's sign
    is told by the name.
    """

    def __init__(self, region: Region, definitions: Mapping[str, Expression] | None = None) -> None:
        definitions = definitions or {}
        self.defined = Definitions(region, definitions)
        self.names = self.defined.names
        self.ring = region.symbols.ring
        self.decider = region.decider
        self._bases = [base for base, _ in region.pieces]
        self._signs: dict[str, int] = {}
        self._written: dict[tuple[str, int], list[tuple[int, Compare]]] = {}
        self.main: int | None = None
        self._definitions, self._used = definitions, set[str]()
        self.worth = WORTH
        self._named = dict(self._named_factors(definition_values(region, definitions)))

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

    def _sign(self, value: Fraction) -> int:
        """The sign of a number of the field all over the region, 0 where it has none."""
        if not isinstance(value, RationalFunction):
            return (value > 0) - (value < 0)
        return self.sign_of(value.over) * self.sign_of(value.under)

    def _sign_in(self, p: Polynomial, polynomials: Ring) -> int:
        """The same of a polynomial in parameters, or in parameters and definitions."""
        return self.sign_of(p) if polynomials is self.ring else self._sign(self.defined.plain(p))

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
        """A number of the field as a formula, with the file's definitions where that is shorter."""
        return self._noted(self._number(value))

    def _number(self, value: Fraction) -> Expression:
        if not isinstance(value, RationalFunction):
            return constant(value)
        plain = self._quotient(value)
        if len(to_text(plain)) > LONG:
            told = self.defined.rewritten(value)
            if told is not None:
                other = self._quotient(told)
                return min(plain, other, key=lambda form: len(to_text(form)))
        return plain

    def _quotient(self, value: RationalFunction) -> Expression:
        over, under = value.over, value.under
        if not under.is_one() and (self._sign_in(under, value.ring) or 1) < 0:
            over, under = -over, -under
        top, over_scale = primitive(over)
        bottom, under_scale = primitive(under)
        scale = over_scale / under_scale
        numerator = polynomial(top * scale.numerator, self.names)
        if scale.denominator == 1 and bottom.is_one():
            return numerator
        return Arithmetic("/", numerator, polynomial(bottom * scale.denominator, self.names))

    def text(self, value: Fraction | int) -> str:
        """The formula as text."""
        if not isinstance(value, RationalFunction):
            return str(value)
        return written(self.number(value))

    # Conditions

    def solve_for(self, name: str) -> None:
        """Solve conditions for this parameter where they can be; ValueError for no such name."""
        self.main, self.worth = self.ring.names.index(name), float("inf")

    def prepare(self, conjunctions: Iterable[Conjunction]) -> None:
        """Choose the parameter that most of the conditions are best solved for."""
        keys = sorted({key for conjunction in conjunctions for key, _ in conjunction})
        best: tuple[int, int, int] | None = None
        for variable in range(len(self.ring.names)):
            lengths = []
            for key in keys:
                forms = [f for v, f in self._forms(key, POSITIVE) if v == variable]
                lengths += [min(len(to_text(form)) for form in forms)] if forms else []
            ranked = (-len(lengths), sum(lengths), variable)
            if lengths and (best is None or ranked < best):
                best = ranked
        self.main = best[2] if best is not None and len(keys) > 1 else None

    @property
    def used(self) -> dict[str, Expression]:
        """The definitions by which conditions and formulas have been told so far."""
        return {name: one for name, one in self._definitions.items() if name in self._used}

    def _noted(self, expression: Written) -> Written:
        self._used |= names(expression) & self._definitions.keys()
        return expression

    def condition(self, key: str, signs: int) -> Compare:
        """A condition on a factor's sign as a comparison."""
        return self._noted(self._condition(key, signs))

    def _condition(self, key: str, signs: int) -> Compare:
        if key in self._named:
            name, turn = self._named[key]
            relation = RELATIONS[signs if turn > 0 else flipped(signs)]
            return Compare((Name(name), Number(Fraction(0))), (relation,))
        forms = self._forms(key, signs)

        def length(form: tuple[int, Compare]) -> int:
            return len(to_text(form[1]))

        shortest = min(forms, key=length)
        wanted = [form for form in forms if form[0] == self.main]
        if self.main is not None and wanted:
            best = min(wanted, key=length)
            if length(best) <= self.worth * length(shortest) + 4:
                return best[1]
        return shortest[1]

    def _forms(self, key: str, signs: int) -> list[tuple[int, Compare]]:
        """Ways to write a condition, each with the parameter it is solved for (-1: none)."""
        if (key, signs) not in self._written:
            p = self.decider.factors.polynomials[key]
            forms = self._forms_of(p, self.ring, signs)
            if min(len(to_text(form)) for _, form in forms) > LONG:
                for told, factor in self.defined.signed(p):
                    turn = self._sign(factor)
                    if turn:
                        turned = signs if turn > 0 else flipped(signs)
                        forms += self._forms_of(told, self.defined.ring, turned)
                        break
            self._written[key, signs] = forms
        return self._written[key, signs]

    def _forms_of(self, p: Polynomial, polynomials: Ring, signs: int) -> list[tuple[int, Compare]]:
        forms = [(-1, self._split(p, signs))]
        for variable in range(len(self.ring.names)):
            solved = self._solved(p, polynomials, signs, variable)
            if solved is not None:
                forms.append((variable, solved))
        return forms

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
        whole, _ = primitive(p)
        if not leads(whole):
            whole, signs = -whole, flipped(signs)
        left = [(c, powers) for c, powers in terms(whole) if c > 0]
        right = [(-c, powers) for c, powers in terms(whole) if c < 0]
        return Compare((total(left, self.names), total(right, self.names)), (RELATIONS[signs],))

    def _solved(
        self, p: Polynomial, polynomials: Ring, signs: int, variable: int
    ) -> Compare | None:
        """``parameter > formula``, where the parameter's coefficient has a known sign."""
        if p.degrees()[variable] != 1:
            return None
        slope = p.derivative(variable)
        turn = self._sign_in(slope, polynomials)
        if not turn:
            return None
        rest = p - slope * polynomials.variables[variable]
        bound = RationalFunction.make(polynomials, -rest, slope)
        if self._speaks_of(bound, variable):
            return None
        relation = RELATIONS[signs if turn > 0 else flipped(signs)]
        formula = self._number(bound) if polynomials is self.ring else self._formula(bound)
        return Compare((Name(self.names[variable]), formula), (relation,))

    def _formula(self, value: Fraction) -> Expression:
        return self._quotient(value) if isinstance(value, RationalFunction) else constant(value)

    def _speaks_of(self, bound: Fraction, variable: int) -> bool:
        """Whether a definition in the bound depends on the parameter solved for."""
        if not isinstance(bound, RationalFunction) or bound.ring is self.ring:
            return False
        first = len(self.ring.names)
        for place, value in enumerate(self.defined.values):
            used = bound.over.degrees()[first + place] or bound.under.degrees()[first + place]
            if used and (value.over.degrees()[variable] or value.under.degrees()[variable]):
                return True
        return False

    def _named_factors(
        self, definitions: Mapping[str, RationalFunction]
    ) -> Iterable[tuple[str, tuple[str, int]]]:
        """Factors that have the sign of a definition, or the opposite one."""
        for name, value in definitions.items():
            if len(value.over) < 3:
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


__all__ = ["RELATIONS", "Writer", "written"]
