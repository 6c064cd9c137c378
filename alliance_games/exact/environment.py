"""What the names of a formula stand for, and the errors of a formula that has no value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from alliance_games.exact.expression import Call, Entry, Expression, is_plain, quoted, to_text
from alliance_games.exact.functions import Rational, simplest
from alliance_games.exact.span import NOWHERE, Span
from alliance_games.exact.words import did_you_mean

Value: TypeAlias = Fraction | bool | str
Raw: TypeAlias = int | Fraction | bool | str
"""What a compiled expression gives: like Value, with integral numbers as ints."""

Helper: TypeAlias = Callable[[tuple[Expression, ...]], Fraction | int]
"""A helper of the formulas (``count``, ``total``); it gets its arguments unevaluated."""

Program: TypeAlias = Callable[["Environment"], Raw]
"""A compiled expression."""


class EvaluationError(Exception):
    """A formula that has no value: why, where, and what to do about it.

    ``code`` is one of ``division-by-zero``, ``undefined-name``, ``undefined-entry``,
    ``unknown-function``, ``type``, ``domain`` and ``too-large``.
    """

    def __init__(self, code: str, message: str, span: Span = NOWHERE, hint: str = "") -> None:
        super().__init__(code, message, span, hint)
        self.code = code
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class Environment:
    """What the names of a formula stand for.

    ``values`` gives each name a number, a truth value or another name (a strategy, a
    message); ``entries`` gives ``power[France]`` as ``entries["power"][("France",)]`` (both
    orders of a symmetric pair must be there); ``functions`` are the helpers, called with their
    arguments unevaluated. The mappings are read when the environment is made.

    ``numeric`` becomes true once a value left the rationals (a square root, an exponential)
    and was approximated; environments made by ``extended`` share it.
    """

    __slots__ = ("_left_rationals", "entries", "functions", "numbers", "others")

    def __init__(
        self,
        values: Mapping[str, Value | int] | None = None,
        entries: Mapping[str, Mapping[tuple[str, ...], Fraction | int]] | None = None,
        functions: Mapping[str, Helper] | None = None,
    ) -> None:
        self.numbers: dict[str, Rational] = {}
        self.others: dict[str, bool | str] = {}
        self.entries: dict[str, Mapping[tuple[str, ...], Fraction | int]] = dict(entries or {})
        self.functions: dict[str, Helper] = dict(functions or {})
        self._left_rationals: list[bool] = []
        self._take(values or {})

    @property
    def numeric(self) -> bool:
        """Whether any value so far is an approximation."""
        return bool(self._left_rationals)

    @numeric.setter
    def numeric(self, value: bool) -> None:
        self._left_rationals[:] = [True] if value else []

    def extended(
        self,
        values: Mapping[str, Value | int] | None = None,
        functions: Mapping[str, Helper] | None = None,
    ) -> Environment:
        """This environment with some names more, or with another meaning."""
        other = Environment.__new__(Environment)
        other.numbers = self.numbers.copy()
        other.others = self.others.copy()
        other.entries = self.entries
        other.functions = {**self.functions, **functions} if functions else self.functions
        other._left_rationals = self._left_rationals
        other._take(values or {})
        return other

    def _take(self, values: Mapping[str, Value | int]) -> None:
        for name, value in values.items():
            if isinstance(value, bool | str):
                self.others[name] = value
                self.numbers.pop(name, None)
            else:
                self.numbers[name] = simplest(value)
                self.others.pop(name, None)

    def known_names(self) -> Iterable[str]:
        """Every name that has a value or entries."""
        return {*self.numbers, *self.others, *self.entries}


def not_a_number(value: object, node: Expression) -> EvaluationError:
    """The error for a value that had to be a number."""
    if isinstance(value, bool):
        hint = f"write if({to_text(node)}, 1, 0) to count it as 1 or 0"
        return EvaluationError(
            "type", "this is a condition, true or false, not a number", node.span, hint
        )
    return EvaluationError(
        "type",
        f"'{value}' is a name, not a number",
        node.span,
        "a name can only be compared, with == or !=",
    )


def not_a_condition(value: object, node: Expression) -> EvaluationError:
    """The error for a value that had to be true or false."""
    text = to_text(node)
    if isinstance(value, str):
        what, hint = f"'{value}' is a name", f"compare it, as in mine == {_in_formula(value)}"
    else:
        what, hint = f"{text} is a number", f"compare it, as in {text} > 0"
    return EvaluationError(
        "type", f"{what}, not a condition that is true or false", node.span, hint
    )


def not_comparable(left: Raw, right: Raw, node: Expression) -> EvaluationError:
    """The error for == and != between values of different kinds."""
    left_kind, right_kind = _kind(left), _kind(right)
    if "a name" in (left_kind, right_kind) and "a number" in (left_kind, right_kind):
        number, name = (left, right) if left_kind == "a number" else (right, left)
        hint = f"if {number} is a name here, write it in quotes: {quoted(str(number))}"
        message = f"'{name}' is a name and {number} is a number: they cannot be compared"
    else:
        hint = ""
        message = f"{left_kind} and {right_kind} cannot be compared"
    return EvaluationError("type", message, node.span, hint)


def undefined(name: str, node: Expression, environment: Environment) -> EvaluationError:
    """The error for a name without a value."""
    if name in environment.entries:
        keys = next(iter(environment.entries[name]), ("...",))
        entry = ", ".join(map(_in_formula, keys))
        message = f"'{name}' has several entries; say which one"
        return EvaluationError("undefined-name", message, node.span, f"as in {name}[{entry}]")
    if name.casefold() in ("nan", "inf", "infinity"):
        hint = "every number is finite here"
    elif name in environment.functions or name in FUNCTION_NAMES:
        hint = f"'{name}' is a function: write {name}(...)"
    else:
        hint = did_you_mean(name, environment.known_names())
    return EvaluationError("undefined-name", f"'{name}' is not defined", node.span, hint)


def unknown_function(node: Call, environment: Environment) -> EvaluationError:
    """The error for a call of what is no function here."""
    name = node.function
    if name in environment.numbers and len(node.arguments) == 1:
        hint = f"'{name}' is a number: write {name} * (...) to multiply"
    else:
        hint = did_you_mean(name, {*environment.functions, *FUNCTION_NAMES})
    return EvaluationError(
        "unknown-function", f"there is no function '{name}' here", node.span, hint
    )


def undefined_entry(node: Entry, environment: Environment) -> EvaluationError:
    """The error for an entry that is not there."""
    name, entries = node.name, environment.entries.get(node.name)
    if entries is None:
        if name in environment.numbers:
            hint = f"'{name}' is a single number: write {name} alone"
        else:
            hint = did_you_mean(name, environment.entries)
        message = (
            f"'{name}' has no entries"
            if name in environment.numbers
            else (f"'{name}' is not defined")
        )
        return EvaluationError("undefined-entry", message, node.span, hint)
    keys = ", ".join(node.keys)
    hint = did_you_mean(keys, [", ".join(known) for known in entries])
    return EvaluationError("undefined-entry", f"'{name}' has no entry '{keys}'", node.span, hint)


def wrong_number_of_arguments(node: Call, wanted: str) -> EvaluationError:
    """The error for a call with too few or too many arguments."""
    message = f"'{node.function}' takes {wanted}, not {len(node.arguments)}"
    return EvaluationError("type", message, node.span)


FUNCTION_NAMES = frozenset({"min", "max", "abs", "sqrt", "exp", "log"})
"""The functions every formula can call."""


def _kind(value: Raw) -> str:
    if isinstance(value, bool):
        return "a condition"
    return "a name" if isinstance(value, str) else "a number"


def _in_formula(name: str) -> str:
    return name if is_plain(name) else quoted(name)
