"""Formulas over arrays of points: fixed values put in, the rest evaluated all at once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate
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
    children,
    names,
    rebuild,
    walk,
)
from alliance_games.parametric.sweeps.near import Near, choose, larger

if TYPE_CHECKING:
    from alliance_games.parametric.sweeps.near import Flags

    Truth = tuple[Flags, Flags]
    """Where a condition certainly holds, and where it certainly does not."""

GREATEST_POWER = 64
"""Higher powers lose too many digits to be worth trying."""


class NotVectorised(Exception):
    """A formula that is not evaluated over arrays; it says which part of it is why."""


def settled(expression: Expression, fixed: Mapping[str, Expression]) -> Expression:
    """The formula with names (``stag``) and entries (``power[France]``) that are fixed replaced,
    and every part that thereby has a value replaced by it.

    Raises NotVectorised where such a part has no value.
    """
    match expression:
        case Name(name):
            return fixed.get(name, expression)
        case Entry(name, keys):
            return fixed.get(entry_name(name, keys), expression)
        case Number() | Text():
            return expression
    old = children(expression)
    new = tuple([settled(child, fixed) for child in old])
    if isinstance(expression, Condition) and (known := _decided(new[0])) is not None:
        return new[1] if known else new[2]
    if isinstance(expression, Logic):
        return _shortened(expression, new)
    node = expression if new == old else rebuild(expression, new)
    if isinstance(node, (Compare, Logic, Not)) or not all(isinstance(c, Number) for c in new):
        return node
    environment = Environment({}, {})
    try:
        value = evaluate(node, environment)
    except EvaluationError as error:
        raise NotVectorised(str(error)) from error
    if environment.numeric or not isinstance(value, Fraction):
        raise NotVectorised(str(node))
    return Number(value)


def _shortened(expression: Logic, parts: tuple[Expression, ...]) -> Expression:
    """``and`` or ``or`` without the parts that are decided and do not decide it."""
    known = [_decided(part) for part in parts]
    deciding = expression.operator == "or"
    if deciding in known:
        return parts[known.index(deciding)]
    left = [part for part, value in zip(parts, known, strict=True) if value is None]
    if len(left) > 1:
        return Logic(expression.operator, tuple(left), expression.span)
    return left[0] if left else parts[0]


def _decided(test: Expression) -> bool | None:
    """The truth of a condition that holds no names; None where it does."""
    if names(test) or any(isinstance(node, Entry) for node in walk(test)):
        return None
    try:
        value = evaluate(test, Environment({}, {}))
    except EvaluationError as error:
        raise NotVectorised(str(error)) from error
    return value if isinstance(value, bool) else None


def entry_name(name: str, keys: tuple[str, ...]) -> str:
    """How an entry of a parameter is called: ``power[France]``."""
    return f"{name}[{', '.join(keys)}]"


def check(expression: Expression, known: frozenset[str]) -> None:
    """Raise NotVectorised unless ``values`` or ``truth`` can evaluate the formula over ``known``
    names."""
    for node in walk(expression):
        match node:
            case Name(name):
                good = name in known
            case Arithmetic("^", _, Number(power)):
                good = power.denominator == 1 and abs(power) <= GREATEST_POWER
            case Arithmetic("^"):
                good = False
            case Call(function):
                good = function in ("min", "max", "abs")
            case Text() | Entry():
                good = False
            case _:
                good = True
        if not good:
            raise NotVectorised(str(node))


def values(node: Expression, at: Mapping[str, Near]) -> Near:
    """The value of a formula at every point; ``at`` holds the numbers that names stand for."""
    match node:
        case Number(value):
            return Near.of(value)
        case Name(name):
            return at[name]
        case Negate(operand):
            return -values(operand, at)
        case Arithmetic("^", base, Number(power)):
            return values(base, at).power(int(power))
        case Arithmetic(operator, left, right):
            first, second = values(left, at), values(right, at)
            match operator:
                case "+":
                    return first + second
                case "-":
                    return first - second
                case "*":
                    return first * second
                case "/":
                    return first / second
        case Condition(test, yes, no):
            return choose(*truth(test, at), values(yes, at), values(no, at))
        case Call("max", arguments):
            return reduce(larger, [values(each, at) for each in arguments])
        case Call("min", arguments):
            return -reduce(larger, [-values(each, at) for each in arguments])
        case Call("abs", (argument,)):
            return abs(values(argument, at))
    raise NotVectorised(str(node))


def truth(node: Expression, at: Mapping[str, Near]) -> Truth:
    """Where a condition holds and where it does not; in neither the errors leave it open."""
    match node:
        case Not(operand):
            yes, no = truth(operand, at)
            return no, yes
        case Logic(operator, operands):
            parts = [truth(each, at) for each in operands]
            if operator == "or":
                parts = [(no, yes) for yes, no in parts]
            every = reduce(np.logical_and, [yes for yes, _ in parts])
            some = reduce(np.logical_or, [no for _, no in parts])
            return (every, some) if operator == "and" else (some, every)
        case Compare(operands, comparisons):
            numbers = [values(each, at) for each in operands]
            pairs = zip(numbers, numbers[1:], comparisons, strict=False)
            found = [_compared(first, second, sign) for first, second, sign in pairs]
            return (
                reduce(np.logical_and, [yes for yes, _ in found]),
                reduce(np.logical_or, [no for _, no in found]),
            )
        case Condition(test, yes_part, no_part):
            yes, no = truth(test, at)
            first, second = truth(yes_part, at), truth(no_part, at)
            return (yes & first[0]) | (no & second[0]), (yes & first[1]) | (no & second[1])
    raise NotVectorised(str(node))


def _compared(first: Near, second: Near, comparison: str) -> Truth:
    sign = (first - second).signs()
    above, equal, below = sign == 1, sign == 0, sign == -1
    match comparison:
        case ">":
            return above, equal | below
        case ">=":
            return above | equal, below
        case "<":
            return below, equal | above
        case "<=":
            return below | equal, above
        case "==":
            return equal, above | below
        case _:
            return above | below, equal


def difference(first: Expression, second: Expression) -> Expression:
    """The difference of two formulas, simplified where both are polynomials: terms that cancel
    are gone, and with them the rounding errors they would bring."""
    if first == second:
        return Number(Fraction(0))
    raw = Arithmetic("-", first, second)
    if isinstance(first, Number) and isinstance(second, Number):
        return Number(first.value - second.value)
    from alliance_games.parametric.sweeps.simplify import simplified

    return simplified(raw)
