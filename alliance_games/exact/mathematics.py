"""The functions every formula may call, compiled into closures."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from alliance_games.exact import functions
from alliance_games.exact.environment import (
    Environment,
    EvaluationError,
    wrong_number_of_arguments,
)
from alliance_games.exact.expression import Call, Expression, to_text
from alliance_games.exact.functions import Rational
from alliance_games.exact.numerals import number

Numeric: TypeAlias = Callable[[Environment], Rational]
"""A compiled expression that is a number, integral ones as ints."""


def too_large(node: Expression) -> EvaluationError:
    """The error for a number beyond the bounds."""
    return EvaluationError(
        "too-large",
        f"{shortened(to_text(node))} is too large a number to work with",
        node.span,
        "a number may have some 30,000 digits",
    )


def shortened(text: str) -> str:
    """The text, cut where it is long."""
    return text if len(text) <= 60 else text[:57] + "..."


Arguments: TypeAlias = tuple[Numeric, ...]


def _extremum(choose: Callable[[list[Rational]], Rational]) -> Callable[[Call, Arguments], Numeric]:
    def build(node: Call, arguments: Arguments) -> Numeric:
        if not arguments:
            return _wrong_number(node, "at least one argument")

        def apply(environment: Environment) -> Rational:
            return choose([argument(environment) for argument in arguments])

        return apply

    return build


def _absolute(node: Call, arguments: Arguments) -> Numeric:
    if len(arguments) != 1:
        return _wrong_number(node, "one argument")
    argument = arguments[0]

    def apply(environment: Environment) -> Rational:
        value = argument(environment)
        return value if value >= 0 else -value

    return apply


def _transcendental(
    compute: Callable[[Rational], tuple[Rational, bool]],
) -> Callable[[Call, Arguments], Numeric]:
    def build(node: Call, arguments: Arguments) -> Numeric:
        if len(arguments) != 1:
            return _wrong_number(node, "one argument")
        argument = arguments[0]

        def apply(environment: Environment) -> Rational:
            value = argument(environment)
            try:
                result, exact = compute(value)
            except functions.TooLarge:
                raise too_large(node) from None
            except functions.OutsideDomain as fault:
                shown = number(Fraction(value))
                inside = to_text(node.arguments[0])
                where = f": {inside} is {shown}" if inside != shown else ""
                raise EvaluationError("domain", f"{fault}{where}", node.span) from None
            if not exact:
                environment.numeric = True
            return result

        return apply

    return build


def _wrong_number(node: Call, wanted: str) -> Numeric:
    def refuse(environment: Environment) -> Rational:
        raise wrong_number_of_arguments(node, wanted)

    return refuse


FUNCTIONS: dict[str, Callable[[Call, Arguments], Numeric]] = {
    "min": _extremum(min),
    "max": _extremum(max),
    "abs": _absolute,
    "sqrt": _transcendental(functions.square_root),
    "exp": _transcendental(functions.exponential),
    "log": _transcendental(functions.logarithm),
}
"""What compiles a call of each function, from the call and its compiled arguments."""
