"""Expressions compiled into closures; see :mod:`alliance_games.exact.evaluate`.

There are three compilers, by what the place needs: a number, a truth value, or any value.
Faults of kind (a name where a number is needed) are found when the place is reached, so that
a branch not taken raises nothing.
"""

from __future__ import annotations

import operator as operators
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias, TypeVar

from alliance_games.exact import functions
from alliance_games.exact.environment import (
    Environment,
    EvaluationError,
    Program,
    Raw,
    not_a_condition,
    not_a_number,
    not_comparable,
    undefined,
    undefined_entry,
    unknown_function,
)
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
from alliance_games.exact.functions import MAX_BITS, Rational, bits, simplest
from alliance_games.exact.mathematics import FUNCTIONS, Numeric, too_large

Truth: TypeAlias = Callable[[Environment], bool]
_T = TypeVar("_T")

SAME = 40
"""Once values are approximations (of DIGITS digits), numbers that agree so far compare as equal."""

INDICATORS = frozenset({"has", "plays"})
"""Helpers that give 1 or 0, which may also stand where a condition is needed."""

_SMALL = 1 << 62  # a result below this needs no closer look


def compile_value(node: Expression) -> Program:
    """A program for a place that takes any value."""
    match node:
        case Text(value):
            return lambda environment: value
        case Name(name):
            return _any_name(node, name)
        case Compare() | Logic() | Not():
            return compile_truth(node)
        case Condition(test, yes, no):
            return _choice(compile_truth(test), compile_value(yes), compile_value(no))
        case _:
            return compile_number(node)


def compile_number(node: Expression) -> Numeric:
    """A program for a place that takes a number."""
    match node:
        case Number(value):
            constant = simplest(value)
            return lambda environment: constant
        case Name(name):
            return _number_name(node, name)
        case Entry(name, keys):
            return _entry(node, name, keys)
        case Negate(operand):
            inner = compile_number(operand)
            return lambda environment: -inner(environment)
        case Arithmetic(operator, left, right):
            return _arithmetic(node, operator, left, right)
        case Condition(test, yes, no):
            return _choice(compile_truth(test), compile_number(yes), compile_number(no))
        case Call(function, arguments):
            if function in FUNCTIONS:
                return FUNCTIONS[function](node, tuple(map(compile_number, arguments)))
            return _helper(node, function, arguments)
        case _:
            return _never_a_number(node)


def compile_truth(node: Expression) -> Truth:
    """A program for a place that takes a truth value."""
    match node:
        case Compare(operands, comparisons):
            return _comparison(node, operands, comparisons)
        case Logic(operator, operands):
            parts = tuple(map(compile_truth, operands))
            if operator == "and":
                return lambda environment: all(part(environment) for part in parts)
            return lambda environment: any(part(environment) for part in parts)
        case Not(operand):
            inner = compile_truth(operand)
            return lambda environment: not inner(environment)
        case Condition(test, yes, no):
            return _choice(compile_truth(test), compile_truth(yes), compile_truth(no))
        case _:
            return _demand_truth(node)


def _choice(
    test: Truth, yes: Callable[[Environment], _T], no: Callable[[Environment], _T]
) -> Callable[[Environment], _T]:
    return lambda environment: yes(environment) if test(environment) else no(environment)


def _any_name(node: Name, name: str) -> Program:
    def look_up(environment: Environment) -> Raw:
        if name in environment.numbers:
            return environment.numbers[name]
        if name in environment.others:
            return environment.others[name]
        raise undefined(name, node, environment)

    return look_up


def _number_name(node: Name, name: str) -> Numeric:
    def look_up(environment: Environment) -> Rational:
        try:
            return environment.numbers[name]
        except KeyError:
            pass
        if name in environment.others:
            raise not_a_number(environment.others[name], node)
        raise undefined(name, node, environment)

    return look_up


def _entry(node: Entry, name: str, keys: tuple[str, ...]) -> Numeric:
    def look_up(environment: Environment) -> Rational:
        try:
            return simplest(environment.entries[name][keys])
        except KeyError:
            raise undefined_entry(node, environment) from None

    return look_up


def _never_a_number(node: Expression) -> Numeric:
    def refuse(environment: Environment) -> Rational:
        raise not_a_number(node.value if isinstance(node, Text) else True, node)

    return refuse


def _demand_truth(node: Expression) -> Truth:
    program = compile_value(node)
    yes_or_no = isinstance(node, Call) and node.function in INDICATORS

    def demand(environment: Environment) -> bool:
        value = program(environment)
        if yes_or_no:
            return value == 1
        if value is True or value is False:
            return value
        raise not_a_condition(value, node)

    return demand


def _arithmetic(node: Expression, operator: str, left: Expression, right: Expression) -> Numeric:
    first, second = compile_number(left), compile_number(right)

    def add(environment: Environment) -> Rational:
        result = first(environment) + second(environment)
        return result if result.__class__ is int else bounded(result, node)

    def subtract(environment: Environment) -> Rational:
        result = first(environment) - second(environment)
        return result if result.__class__ is int else bounded(result, node)

    def multiply(environment: Environment) -> Rational:
        result = first(environment) * second(environment)
        if result.__class__ is int and -_SMALL < result < _SMALL:
            return result
        return bounded(result, node)

    def divide(environment: Environment) -> Rational:
        dividend, divisor = first(environment), second(environment)
        if not divisor:
            raise _division_by_zero(right)
        return bounded(Fraction(dividend, divisor), node)

    def raise_to(environment: Environment) -> Rational:
        base, exponent = first(environment), second(environment)
        try:
            result, exact = functions.power(base, exponent)
        except ZeroDivisionError:
            raise _division_by_zero(
                left, f"zero to the power {to_text(Number(Fraction(exponent)))} divides by zero"
            ) from None
        except functions.TooLarge:
            raise too_large(node) from None
        except functions.OutsideDomain as fault:
            raise EvaluationError("domain", str(fault), node.span) from None
        if not exact:
            environment.numeric = True
        return result

    return {"+": add, "-": subtract, "*": multiply, "/": divide, "^": raise_to}[operator]


def bounded(value: Rational, node: Expression) -> Rational:
    """The value in its simplest form; raises EvaluationError where it grew beyond MAX_BITS."""
    # Sums of ints are let through above: one operation adds a bit, a formula has few of them.
    if bits(value) > MAX_BITS:
        raise too_large(node)
    return simplest(value)


def _comparison(
    node: Expression, operands: tuple[Expression, ...], comparisons: tuple[str, ...]
) -> Truth:
    programs = [_operand(operands, comparisons, place) for place in range(len(operands))]
    tests = [_TESTS[comparison] for comparison in comparisons]
    equalities = [comparison in ("==", "!=") for comparison in comparisons]
    if len(tests) == 1 and not equalities[0]:
        smaller, larger, test = programs[0], programs[1], tests[0]

        def in_order(environment: Environment) -> bool:
            left, right = smaller(environment), larger(environment)
            return test(left, _alike(left, right) if environment.numeric else right)

        return in_order

    def compare(environment: Environment) -> bool:
        left = programs[0](environment)
        for place, test in enumerate(tests):
            right = programs[place + 1](environment)
            if equalities[place]:
                _check_comparable(left, right, node)
            if environment.numeric:
                right = _alike(left, right)
            if not test(left, right):
                return False
            left = right
        return True

    return compare


def _alike(left: Raw, right: Raw) -> Raw:
    """``left`` in place of an approximation that agrees with it to SAME digits, else ``right``."""
    if isinstance(left, bool | str) or isinstance(right, bool | str):
        return right
    return left if abs(left - right) * 10**SAME <= abs(left) else right


def _operand(
    operands: tuple[Expression, ...], comparisons: tuple[str, ...], place: int
) -> Callable[[Environment], Raw]:
    """An operand is a number as soon as an order stands on one of its sides."""
    beside = comparisons[max(place - 1, 0) : place + 1]
    if all(comparison in ("==", "!=") for comparison in beside):
        return compile_value(operands[place])
    return compile_number(operands[place])


def _check_comparable(left: Raw, right: Raw, node: Expression) -> None:
    if isinstance(left, str) != isinstance(right, str) or isinstance(left, bool) != isinstance(
        right, bool
    ):
        raise not_comparable(left, right, node)


_TESTS: dict[str, Callable[[Raw, Raw], bool]] = {
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
    "==": operators.eq,
    "!=": operators.ne,
}


def _division_by_zero(divisor: Expression, message: str = "") -> EvaluationError:
    text = to_text(divisor)
    if not message:
        message = f"division by zero: {text} is 0" if text != "0" else "division by zero"
    return EvaluationError("division-by-zero", message, divisor.span)


def _helper(node: Call, function: str, arguments: tuple[Expression, ...]) -> Numeric:
    def call(environment: Environment) -> Rational:
        helper = environment.functions.get(function)
        if helper is None:
            raise unknown_function(node, environment)
        return simplest(helper(arguments))

    return call
