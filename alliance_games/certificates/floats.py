"""Formulas in floats, for searches whose finds are then held to exact or bounded arithmetic."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
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

Program = Callable[[Sequence[float]], float]


def in_floats(formula: Expression, places: Mapping[Expression, int]) -> Program:
    """The formula's value at numbers for its symbols; minus infinity where it has none."""

    def run(numbers: Sequence[float]) -> float:
        try:
            value = _value(formula, numbers, places)
        except (ArithmeticError, ValueError):
            return -math.inf
        return value if math.isfinite(value) else -math.inf

    return run


_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": math.pow,
}
_CALLS: dict[str, Callable[..., float]] = {
    "max": max,
    "min": min,
    "abs": abs,
    "sqrt": math.sqrt,
    "log": math.log,
    "exp": math.exp,
}
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def _value(node: Expression, numbers: Sequence[float], places: Mapping[Expression, int]) -> float:
    match node:
        case Number(value):
            return float(value)
        case Name() | Entry():
            return numbers[places[node]]
        case Negate(operand):
            return -_value(operand, numbers, places)
        case Arithmetic(sign, left, right):
            one, other = _value(left, numbers, places), _value(right, numbers, places)
            return _OPERATIONS[sign](one, other)
        case Condition(test, yes, no):
            return _value(yes if _truth(test, numbers, places) else no, numbers, places)
        case Call("max" | "min", arguments):
            parts = [_value(one, numbers, places) for one in arguments]
            return _CALLS[node.function](parts)
        case Call(function, (inner,)):
            return _CALLS[function](_value(inner, numbers, places))
    raise TypeError(f"{to_text(node)} is no number")


def _truth(test: Expression, numbers: Sequence[float], places: Mapping[Expression, int]) -> bool:
    match test:
        case Not(inner):
            return not _truth(inner, numbers, places)
        case Logic(word, operands):
            parts = [_truth(one, numbers, places) for one in operands]
            return all(parts) if word == "and" else any(parts)
        case Compare(operands, operators):
            values = [_value(one, numbers, places) for one in operands]
            pairs = zip(pairwise(values), operators, strict=True)
            return all(_COMPARED[sign](a, b) for (a, b), sign in pairs)
    raise TypeError(f"{to_text(test)} is no condition")
