"""The exact value of an expression.

An expression is compiled once, on first use, into a closure per node (no source text is ever
generated or executed); evaluating it again only runs the closures. Inside, integral numbers
are ints, because a Fraction costs thirty times as much.
"""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.compile import compile_value
from alliance_games.exact.environment import (
    Environment,
    EvaluationError,
    Helper,
    Program,
    Raw,
    Value,
    not_a_condition,
    not_a_number,
)
from alliance_games.exact.expression import Expression, Name, Number, Text, to_text

__all__ = [
    "Environment",
    "EvaluationError",
    "Helper",
    "Program",
    "Raw",
    "Value",
    "compile_expression",
    "evaluate",
    "evaluate_number",
    "evaluate_truth",
    "helper_name",
]


def evaluate(expression: Expression, environment: Environment) -> Value:
    """The value: a Fraction, a truth value, or a name.

    ``and``, ``or``, ``if`` and chains of comparisons evaluate no more than they need.
    Raises EvaluationError.
    """
    value = compile_expression(expression)(environment)
    # What is none of these is an irrational number, which a helper may give.
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


def evaluate_number(expression: Expression, environment: Environment) -> Fraction:
    """The value of an expression that must be a number; raises EvaluationError."""
    value = evaluate(expression, environment)
    if isinstance(value, bool | str):
        raise not_a_number(value, expression)
    return value


def evaluate_truth(expression: Expression, environment: Environment) -> bool:
    """The value of an expression that must be true or false; raises EvaluationError."""
    value = evaluate(expression, environment)
    if isinstance(value, bool):
        return value
    raise not_a_condition(value, expression)


def compile_expression(expression: Expression) -> Program:
    """A function from environments to values, made once per expression and kept with it.

    It gives what ``evaluate`` gives, except that integral numbers are ints.
    """
    try:
        program: Program = expression._program
    except AttributeError:
        program = compile_value(expression)
        object.__setattr__(expression, "_program", program)
    return program


def helper_name(argument: Expression) -> str:
    """The name a helper was given: ``count(Stag)``, ``count("No treaty")``, ``count(1)``.

    Raises EvaluationError where the argument is a formula.
    """
    match argument:
        case Name(name):
            return name
        case Text(value):
            return value
        case Number(value) if value.denominator == 1:
            return str(value.numerator)
    raise EvaluationError(
        "type", f"a name is needed here, not the formula {to_text(argument)}", argument.span
    )
