"""The nodes of an expression; see :mod:`alliance_games.exact.expression`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NoReturn, TypeAlias, Union

from alliance_games.exact.span import NOWHERE, Span

MAX_DEPTH = 200
"""The greatest height of an expression, counted in nested operations."""

KEYWORDS = frozenset({"and", "or", "not", "if"})
"""The words a name cannot be."""


class _Node:
    """What all expressions share: immutability, equality without spans, hashing, pickling.

    Written by hand because a frozen dataclass costs a millisecond each at every start.
    """

    # ``_program`` keeps what evaluation compiled this node into; it is never compared or pickled.
    __slots__ = ("_program", "span")
    __match_args__: tuple[str, ...] = ()
    span: Span
    _program: Any

    def _set(self, *values: object) -> None:
        for name, value in zip(self.__match_args__, values, strict=True):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def _content(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self.__match_args__])

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, _Node):
            return NotImplemented
        return type(self) is type(other) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._content()))

    def __reduce__(self) -> tuple[type[Any], tuple[object, ...]]:
        return (type(self), (*self._content(), self.span))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._content()))})"

    def __str__(self) -> str:
        from alliance_games.exact.notation import to_text

        return to_text(self)  # type: ignore[arg-type]  # every node but this base is an Expression


class Number(_Node):
    """An exact number.

    ``written`` is how the formula writes it ('' where no formula does), for a strategy or a
    player may be called ``010``, which is not the one called ``10``. Like the span it is neither
    compared nor pickled.
    """

    __slots__ = ("value", "written")
    __match_args__ = ("value",)
    value: Fraction
    written: str

    def __init__(self, value: Fraction, span: Span = NOWHERE, written: str = "") -> None:
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "span", span)
        object.__setattr__(self, "written", written)


class Text(_Node):
    """A quoted name, ``"No treaty"``: only ever compared, or handed to a helper."""

    __slots__ = ("value",)
    __match_args__ = ("value",)
    value: str

    def __init__(self, value: str, span: Span = NOWHERE) -> None:
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "span", span)


class Name(_Node):
    """A parameter, a definition, a strategy: whatever the file calls by one plain word."""

    __slots__ = ("name",)
    __match_args__ = ("name",)
    name: str

    def __init__(self, name: str, span: Span = NOWHERE) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "span", span)


class Entry(_Node):
    """One entry of a parameter: ``power[France]``, ``affinity[Japan, Korea]``."""

    __slots__ = ("keys", "name")
    __match_args__ = ("name", "keys")
    name: str
    keys: tuple[str, ...]

    def __init__(self, name: str, keys: tuple[str, ...], span: Span = NOWHERE) -> None:
        self._set(name, keys)
        object.__setattr__(self, "span", span)


class Negate(_Node):
    """``-operand``."""

    __slots__ = ("operand",)
    __match_args__ = ("operand",)
    operand: Expression

    def __init__(self, operand: Expression, span: Span = NOWHERE) -> None:
        object.__setattr__(self, "operand", operand)
        object.__setattr__(self, "span", span)


class Arithmetic(_Node):
    """``left operator right`` with one of ``+ - * / ^``."""

    __slots__ = ("left", "operator", "right")
    __match_args__ = ("operator", "left", "right")
    operator: str
    left: Expression
    right: Expression

    def __init__(
        self, operator: str, left: Expression, right: Expression, span: Span = NOWHERE
    ) -> None:
        self._set(operator, left, right)
        object.__setattr__(self, "span", span)


class Compare(_Node):
    """A chain of comparisons, ``T > R > P > S``: every neighbouring pair must hold."""

    __slots__ = ("operands", "operators")
    __match_args__ = ("operands", "operators")
    operands: tuple[Expression, ...]
    operators: tuple[str, ...]

    def __init__(
        self, operands: tuple[Expression, ...], operators: tuple[str, ...], span: Span = NOWHERE
    ) -> None:
        if len(operands) != len(operators) + 1 or not operators:
            raise ValueError("a comparison has one operand more than operators")
        self._set(operands, operators)
        object.__setattr__(self, "span", span)


class Logic(_Node):
    """``and`` or ``or`` between two or more conditions."""

    __slots__ = ("operands", "operator")
    __match_args__ = ("operator", "operands")
    operator: str
    operands: tuple[Expression, ...]

    def __init__(
        self, operator: str, operands: tuple[Expression, ...], span: Span = NOWHERE
    ) -> None:
        self._set(operator, operands)
        object.__setattr__(self, "span", span)


class Not(_Node):
    """``not operand``."""

    __slots__ = ("operand",)
    __match_args__ = ("operand",)
    operand: Expression

    def __init__(self, operand: Expression, span: Span = NOWHERE) -> None:
        object.__setattr__(self, "operand", operand)
        object.__setattr__(self, "span", span)


class Condition(_Node):
    """``if(test, yes, no)``; the branch not taken is not evaluated."""

    __slots__ = ("no", "test", "yes")
    __match_args__ = ("test", "yes", "no")
    test: Expression
    yes: Expression
    no: Expression

    def __init__(
        self, test: Expression, yes: Expression, no: Expression, span: Span = NOWHERE
    ) -> None:
        self._set(test, yes, no)
        object.__setattr__(self, "span", span)


class Call(_Node):
    """A function of its arguments: ``max(a, b)``, ``total(power, Balance)``."""

    __slots__ = ("arguments", "function")
    __match_args__ = ("function", "arguments")
    function: str
    arguments: tuple[Expression, ...]

    def __init__(
        self, function: str, arguments: tuple[Expression, ...], span: Span = NOWHERE
    ) -> None:
        self._set(function, arguments)
        object.__setattr__(self, "span", span)


Expression: TypeAlias = Union[  # noqa: UP007 - the classes' own annotations are forward references
    Number, Text, Name, Entry, Negate, Arithmetic, Compare, Logic, Not, Condition, Call
]


def children(expression: Expression) -> tuple[Expression, ...]:
    """The parts directly below, left to right."""
    match expression:
        case Negate(operand) | Not(operand):
            return (operand,)
        case Arithmetic(_, left, right):
            return (left, right)
        case Compare(operands, _) | Logic(_, operands):
            return operands
        case Condition(test, yes, no):
            return (test, yes, no)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def rebuild(node: Expression, parts: tuple[Expression, ...]) -> Expression:
    """The same operation, at the same place, on other parts (as many as ``children`` gave)."""
    match node:
        case Negate():
            return Negate(parts[0], node.span)
        case Not():
            return Not(parts[0], node.span)
        case Arithmetic(operator):
            return Arithmetic(operator, parts[0], parts[1], node.span)
        case Compare(_, operators):
            return Compare(parts, operators, node.span)
        case Logic(operator):
            return Logic(operator, parts, node.span)
        case Condition():
            return Condition(parts[0], parts[1], parts[2], node.span)
        case Call(function):
            return Call(function, parts, node.span)
        case _:
            return node
