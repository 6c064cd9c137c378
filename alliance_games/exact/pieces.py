"""Formulas in several variables as pieces: under these conditions, this form.

``min``, ``max``, ``abs`` and ``if`` cut the space of the variables into parts, told by signs of
polynomials, on each of which the formula is one :class:`~alliance_games.exact.forms.Form`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Entry,
    Expression,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    to_text,
)
from alliance_games.exact.forms import Form, NotAForm
from alliance_games.exact.polynomials import Polynomial, Ring

Sign = tuple[Polynomial, str]
"""A polynomial that is '=', '>=' or '>' zero."""

Signs = tuple[Sign, ...]
MOST_PIECES = 400
MOST_POWER = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """What a formula is where all the signs hold."""

    signs: Signs
    form: Form


def pieces(
    expression: Expression,
    ring: Ring,
    symbols: Mapping[Expression, int],
    possible: Callable[[Signs], bool] = lambda signs: True,
) -> list[Piece]:
    """The formula's pieces; ``symbols`` say which part is which variable of the ring.

    ``possible`` may rule out signs that nothing meets where the formula is looked at. Pieces do
    not overlap, and where none holds the formula has no value. Raises NotAForm.
    """
    return _Cutter(ring, symbols, possible).pieces(expression)


class _Cutter:
    def __init__(
        self, ring: Ring, symbols: Mapping[Expression, int], possible: Callable[[Signs], bool]
    ) -> None:
        self.ring, self.symbols, self.possible = ring, symbols, possible
        self._known: dict[tuple[tuple[str, str], ...], bool] = {}

    def pieces(self, node: Expression) -> list[Piece]:
        if isinstance(node, Name | Entry) and node in self.symbols:
            variable = self.ring.variables[self.symbols[node]]
            return [Piece((), Form.polynomial(self.ring, variable))]
        match node:
            case Number(value):
                return [Piece((), Form.polynomial(self.ring, self.ring.constant(value)))]
            case Negate(operand):
                return [Piece(one.signs, -one.form) for one in self.pieces(operand)]
            case Arithmetic(operator, left, right):
                return self._pairs(self.pieces(left), self.pieces(right), _BINARY[operator])
            case Condition(test, yes, no):
                return self._choice(test, yes, no)
            case Call("max", arguments):
                return self._extremum(arguments, 1)
            case Call("min", arguments):
                return self._extremum(arguments, -1)
            case Call("abs", (inner,)):
                return self._extremum((inner, Negate(inner)), 1)
            case Call("sqrt", (inner,)):
                half = Form.polynomial(self.ring, self.ring.constant(Fraction(1, 2)))
                return self._pairs(self.pieces(inner), [Piece((), half)], _power)
            case Call("log", (inner,)):
                return [
                    Piece(self._joined(one.signs, domain), form)
                    for one in self.pieces(inner)
                    for form in [one.form.logarithm()]
                    for domain in [tuple((base, ">") for base, _ in form.bases())]
                    if self._can(self._joined(one.signs, domain))
                ]
        raise NotAForm(to_text(node))

    def _can(self, signs: Signs) -> bool:
        key = tuple((str(p), relation) for p, relation in signs)
        if key not in self._known:
            self._known[key] = all(map(_may_be_met, signs)) and self.possible(signs)
        return self._known[key]

    def _joined(self, first: Signs, second: Signs) -> Signs:
        wanted = {(str(p), relation): (p, relation) for p, relation in (*first, *second)}
        return tuple(one for one in wanted.values() if not (one[0].is_constant() and _met(one)))

    def _pairs(
        self,
        left: Sequence[Piece],
        right: Sequence[Piece],
        combine: Callable[[Form, Form], tuple[Form, Signs]],
    ) -> list[Piece]:
        found = []
        for one in left:
            for other in right:
                signs = self._joined(one.signs, other.signs)
                if len(left) > 1 and len(right) > 1 and not self._can(signs):
                    continue
                form, domain = combine(one.form, other.form)
                signs = self._joined(signs, domain)
                if not domain or self._can(signs):
                    found.append(Piece(signs, form))
                if len(found) > MOST_PIECES:
                    raise NotAForm("a formula of very many cases")
        return found

    def _extremum(self, arguments: Sequence[Expression], direction: int) -> list[Piece]:
        found = self.pieces(arguments[0])
        for argument in arguments[1:]:
            following = []
            for one in found:
                for other in self.pieces(argument):
                    signs = self._joined(one.signs, other.signs)
                    gap = self._sign(other.form - one.form) * direction
                    for extra, form in (((-gap, ">="), one.form), ((gap, ">"), other.form)):
                        joined = self._joined(signs, (extra,))
                        if self._can(joined):
                            following.append(Piece(joined, form))
            found = following
            if len(found) > MOST_PIECES:
                raise NotAForm("a formula of very many cases")
        return found

    def _sign(self, form: Form) -> Polynomial:
        ratio = form.ratio
        if ratio is None:
            raise NotAForm("a comparison of roots or logarithms")
        return ratio.sign_polynomial

    def _choice(self, test: Expression, yes: Expression, no: Expression) -> list[Piece]:
        found = []
        for when, branch in ((True, yes), (False, no)):
            for signs in self._truth(test, when):
                for one in self.pieces(branch):
                    joined = self._joined(signs, one.signs)
                    if self._can(joined):
                        found.append(Piece(joined, one.form))
        if len(found) > MOST_PIECES:
            raise NotAForm("a formula of very many cases")
        return found

    def _truth(self, test: Expression, wanted: bool) -> list[Signs]:
        """Disjoint sets of signs under which a condition is true, or false."""
        match test:
            case Not(inner):
                return self._truth(inner, not wanted)
            case Logic(operator, operands):
                return self._logic(operator, operands, wanted)
            case Compare(operands, operators):
                steps = [
                    Compare((left, right), (operator,))
                    for (left, right), operator in zip(pairwise(operands), operators, strict=True)
                ]
                if len(steps) > 1:
                    return self._logic("and", steps, wanted)
                return self._comparison(operands[0], operators[0], operands[1], wanted)
        raise NotAForm(to_text(test))

    def _logic(self, operator: str, parts: Sequence[Expression], wanted: bool) -> list[Signs]:
        first, rest = parts[0], parts[1:]
        if not rest:
            return self._truth(first, wanted)
        # 'and' is true where the first is and the rest is; false where the first is false, or is
        # true and the rest is false. 'or' is the same with true and false exchanged.
        same = operator == "and"
        through = [
            self._joined(one, other)
            for one in self._truth(first, same)
            for other in self._logic(operator, rest, wanted)
        ]
        settled = self._truth(first, not same) if wanted is not same else []
        return [signs for signs in (*settled, *through) if self._can(signs)]

    def _comparison(
        self, left: Expression, operator: str, right: Expression, wanted: bool
    ) -> list[Signs]:
        found = []
        for one in self.pieces(left):
            for other in self.pieces(right):
                signs = self._joined(one.signs, other.signs)
                gap = self._sign(one.form - other.form)
                for relation, turned in _SIGNS[operator if wanted else _OPPOSITE[operator]]:
                    joined = self._joined(signs, ((-gap if turned else gap, relation),))
                    if self._can(joined):
                        found.append(joined)
        return found


_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_SIGNS = {
    ">": ((">", False),),
    ">=": ((">=", False),),
    "<": ((">", True),),
    "<=": ((">=", True),),
    "==": (("=", False),),
    "!=": ((">", False), (">", True)),
}


def _met(sign: Sign) -> bool:
    p, relation = sign
    value = 0 if p.is_zero() else p.leading_coefficient()
    return value == 0 if relation == "=" else value > 0 or (value == 0 and relation == ">=")


def _may_be_met(sign: Sign) -> bool:
    return not sign[0].is_constant() or _met(sign)


def _divide(left: Form, right: Form) -> tuple[Form, Signs]:
    if not right.terms:
        raise NotAForm("a division by zero")
    return left * right.inverse(), ()


def _power(left: Form, right: Form) -> tuple[Form, Signs]:
    exponent = right.constant
    if exponent is None:
        raise NotAForm("a power whose exponent is chosen")
    if abs(exponent.numerator) > MOST_POWER or exponent.denominator > MOST_POWER:
        raise NotAForm(f"the power {exponent}")
    if not left.terms:
        if exponent < 0:
            raise NotAForm("a division by zero")
        return left.power(Fraction(1) if exponent else Fraction(0)), ()
    form = left.power(exponent)
    domain = tuple((base, ">=") for base, _ in form.bases() if exponent.denominator > 1)
    return form, domain


_BINARY: dict[str, Callable[[Form, Form], tuple[Form, Signs]]] = {
    "+": lambda left, right: (left + right, ()),
    "-": lambda left, right: (left - right, ()),
    "*": lambda left, right: (left * right, ()),
    "/": _divide,
    "^": _power,
}
