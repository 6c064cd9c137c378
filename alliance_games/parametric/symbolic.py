"""Formulas evaluated to numbers of the field Q(parameters).

``if``, ``min``, ``max``, ``abs`` and comparisons ask signs, so that a piecewise payoff costs
nothing special: the search forks where the pieces meet. What no rational function says (a root,
exponential or logarithm of a parameter, a power that is not a whole number) is OutsideClass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from alliance_games.exact import functions
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
    Text,
    to_text,
)
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.exact.span import Span
from alliance_games.parametric.explore import NoValue
from alliance_games.results.ordered import Signs

Value = Fraction | bool | str
"""A number of the field (a RationalFunction counts as a Fraction), a truth value or a name."""

MOST_TERMS = 5_000


class OutsideClass(Exception):
    """A formula that is no rational function of the parameters; ``span`` is where it stands."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message, self.span = message, span

    @property
    def in_words(self) -> str:
        """The message; of a formula, also what it is not (a kind of game is no formula)."""
        return (
            f"{self.message}: no rational function of parameters"
            if self.span.line
            else self.message
        )


@dataclass(slots=True)
class Scope:
    """What the names of a formula stand for.

    ``numbers`` are parameters and counts, ``words`` names that stand for names (``mine``),
    ``entries`` the entries of parameters by keys, ``totals`` what ``total(weight)`` sums over,
    ``functions`` further ones by name, called with their arguments as written.
    """

    numbers: dict[str, Fraction]
    entries: dict[str, Mapping[tuple[str, ...], Fraction]]
    words: dict[str, str] = field(default_factory=dict)
    totals: Callable[[Expression, Signs], Fraction] | None = None
    functions: Mapping[str, Callable[[tuple[Expression, ...]], Fraction]] = field(
        default_factory=dict
    )

    def extended(
        self, numbers: Mapping[str, Fraction], words: Mapping[str, str] | None = None
    ) -> Scope:
        """The scope with further names; a name has one meaning, the newest."""
        words = words or {}
        kept = {name: value for name, value in self.numbers.items() if name not in words}
        others = {name: value for name, value in self.words.items() if name not in numbers}
        return Scope(
            {**kept, **numbers}, self.entries, {**others, **words}, self.totals, self.functions
        )


def number(expression: Expression, scope: Scope, signs: Signs) -> Fraction:
    """The value of a formula that is a number. Raises NoValue and OutsideClass."""
    match expression:
        case Number(value):
            return value
        case Name(name) if name in scope.numbers:
            return scope.numbers[name]
        case Entry(name, keys) if keys in scope.entries.get(name, {}):
            return scope.entries[name][keys]
        case Negate(operand):
            return -number(operand, scope, signs)
        case Arithmetic(operator, left, right):
            return _arithmetic(expression, operator, left, right, scope, signs)
        case Condition(test, yes, no):
            return number(yes if truth(test, scope, signs) else no, scope, signs)
        case Call(function, arguments):
            return _call(expression, function, arguments, scope, signs)
    raise OutsideClass(f"{to_text(expression)} has no value as a number here", expression.span)


def truth(expression: Expression, scope: Scope, signs: Signs) -> bool:
    """The value of a formula that is true or false. Raises NoValue and OutsideClass."""
    match expression:
        case Compare(operands, operators):
            return _comparison(operands, operators, scope, signs)
        case Logic("and", operands):
            return all(truth(operand, scope, signs) for operand in operands)
        case Logic(_, operands):
            return any(truth(operand, scope, signs) for operand in operands)
        case Not(operand):
            return not truth(operand, scope, signs)
        case Condition(test, yes, no):
            return truth(yes if truth(test, scope, signs) else no, scope, signs)
        case Call("has", arguments) if "has" in scope.functions:
            return (
                scope.functions["has"](arguments) != 0
            )  # a plain number: who is a member is known
    raise OutsideClass(f"{to_text(expression)} is not true or false here", expression.span)


def _value(expression: Expression, scope: Scope, signs: Signs) -> Value:
    match expression:
        case Text(value):
            return value
        case Name(name) if name in scope.words:
            return scope.words[name]
        case Compare() | Logic() | Not():
            return truth(expression, scope, signs)
        case Condition(test, yes, no):
            return _value(yes if truth(test, scope, signs) else no, scope, signs)
    return number(expression, scope, signs)


def _comparison(
    operands: tuple[Expression, ...], operators: tuple[str, ...], scope: Scope, signs: Signs
) -> bool:
    left = _value(operands[0], scope, signs)
    for operator, operand in zip(operators, operands[1:], strict=True):
        right = _value(operand, scope, signs)
        if isinstance(left, bool | str) or isinstance(right, bool | str):
            same = type(left) is type(right) and left == right
            holds = same == (operator == "==")
        else:
            holds = _TESTS[operator](left - right, signs)
        if not holds:
            return False
        left = right
    return True


_TESTS: dict[str, Callable[[Fraction, Signs], bool]] = {
    "<": lambda gap, signs: signs.is_negative(gap),
    "<=": lambda gap, signs: not signs.is_positive(gap),
    ">": lambda gap, signs: signs.is_positive(gap),
    ">=": lambda gap, signs: not signs.is_negative(gap),
    "==": lambda gap, signs: signs.is_zero(gap),
    "!=": lambda gap, signs: not signs.is_zero(gap),
}


def _arithmetic(
    node: Expression, operator: str, left: Expression, right: Expression, scope: Scope, signs: Signs
) -> Fraction:
    first, second = number(left, scope, signs), number(right, scope, signs)
    if operator == "+":
        return first + second
    if operator == "-":
        return first - second
    if operator == "*":
        return _bounded(first * second, node)
    if operator == "/":
        if signs.is_zero(second):
            raise NoValue(f"division by zero: {to_text(right)} is 0")
        return _bounded(first / second, node)
    return _power(node, first, second, left, signs)


def _bounded(value: Fraction, node: Expression) -> Fraction:
    if isinstance(value, RationalFunction) and len(value.over) + len(value.under) > MOST_TERMS:
        raise OutsideClass(
            f"{to_text(node)[:60]} is a quotient of more than {MOST_TERMS:,} terms", node.span
        )
    return value


def _power(
    node: Expression, base: Fraction, exponent: Fraction, written: Expression, signs: Signs
) -> Fraction:
    text = to_text(node)
    if isinstance(exponent, RationalFunction):
        raise OutsideClass(f"{text}: the exponent depends on a parameter", node.span)
    if not isinstance(base, RationalFunction):
        return _constant(node, lambda: functions.power(base, exponent))
    if exponent.denominator != 1:
        raise OutsideClass(f"{text} is not a whole power of a parameter's formula", node.span)
    if exponent < 0 and signs.is_zero(base):
        raise NoValue(f"division by zero: {to_text(written)} is 0")
    if abs(exponent) > 64:
        raise OutsideClass(f"{text}: the exponent is above 64", node.span)
    return _bounded(base ** int(exponent), node)


def _call(
    node: Expression, function: str, arguments: tuple[Expression, ...], scope: Scope, signs: Signs
) -> Fraction:
    if function in scope.functions:
        return scope.functions[function](arguments)
    if function == "total" and scope.totals is not None and len(arguments) == 1:
        return scope.totals(arguments[0], signs)
    values = [number(argument, scope, signs) for argument in arguments]
    if function == "abs":
        return -values[0] if signs.is_negative(values[0]) else values[0]
    if function in ("min", "max"):
        best = values[0]
        for value in values[1:]:
            gap = value - best if function == "max" else best - value
            if signs.is_positive(gap):
                best = value
        return best
    compute = _TRANSCENDENTAL.get(function)
    if compute is None:
        raise OutsideClass(f"{to_text(node)} has no value as a number here", node.span)
    inside = values[0]
    if isinstance(inside, RationalFunction):
        raise OutsideClass(
            f"{to_text(node)}: the {_WORDS[function]} of a formula in parameters is no rational "
            "function of them",
            node.span,
        )
    return _constant(node, lambda: compute(inside))


def _constant(node: Expression, compute: Callable[[], tuple[functions.Rational, bool]]) -> Fraction:
    """A function of a known number, where its value is rational."""
    try:
        value, exact = compute()
    except ZeroDivisionError:
        raise NoValue(f"division by zero in {to_text(node)}") from None
    except (functions.TooLarge, functions.OutsideDomain) as fault:
        raise OutsideClass(f"{to_text(node)} has no value: {fault}", node.span) from None
    if not exact:
        raise OutsideClass(f"{to_text(node)} is irrational", node.span)
    return Fraction(value)


_TRANSCENDENTAL = {
    "sqrt": functions.square_root,
    "exp": functions.exponential,
    "log": functions.logarithm,
}
_WORDS = {"sqrt": "square root", "exp": "exponential", "log": "logarithm"}

__all__ = ["OutsideClass", "Scope", "number", "truth"]
