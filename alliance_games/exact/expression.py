"""Expressions: the immutable tree a formula is read into, with the span of every part.

Two expressions are equal when they say the same thing; where they stand is not compared.
Trees are at most ``MAX_DEPTH`` deep (the reader and :func:`substitute` see to it), so that a
plain recursive function over them is safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NoReturn, TypeAlias, Union

from alliance_games.exact.span import NOWHERE, Span

MAX_DEPTH = 200
"""The greatest height of an expression, counted in nested operations."""

MAX_SIZE = 200_000
"""The greatest number of nodes :func:`substitute` may produce, shared parts counted each time."""

KEYWORDS = frozenset({"and", "or", "not", "if"})
"""The words a name cannot be."""


class ExpressionTooLarge(ValueError):
    """Definitions that multiply into an expression too deep or too long to work with."""


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
        return to_text(self)  # type: ignore[arg-type]


class Number(_Node):
    """An exact number."""

    __slots__ = ("value",)
    __match_args__ = ("value",)
    value: Fraction

    def __init__(self, value: Fraction, span: Span = NOWHERE) -> None:
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "span", span)


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


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all its parts, each before its own parts, left to right."""
    stack = [expression]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def names(expression: Expression) -> frozenset[str]:
    """All names used as values, as parameters with entries, or as arguments of helpers.

    The keys of an entry and the names of functions are not among them.
    """
    return frozenset(node.name for node in walk(expression) if isinstance(node, Name | Entry))


def calls(expression: Expression) -> frozenset[str]:
    """The names of all functions called (``if`` is not one of them)."""
    return frozenset(node.function for node in walk(expression) if isinstance(node, Call))


def substitute(expression: Expression, replacements: Mapping[str, Expression]) -> Expression:
    """The expression with names replaced, all at once; what is put in is not searched again.

    Entries (``power[France]``) stay. Parts keep their own spans, so that a fault inside a
    definition points at the definition.

    Raises ExpressionTooLarge where the result would be deeper than ``MAX_DEPTH`` or have more
    than ``MAX_SIZE`` nodes.
    """

    def replace(node: Expression) -> Expression:
        match node:
            case Name(name):
                return replacements.get(name, node)
            case Number() | Text() | Entry():
                return node
        old = children(node)
        new = tuple([replace(child) for child in old])
        if all(a is b for a, b in zip(old, new, strict=True)):
            return node
        return rebuild(node, new)

    result = replace(expression)
    if result is not expression:
        check_size(result)
    return result


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


def check_size(expression: Expression) -> None:
    """Raise ExpressionTooLarge unless the expression keeps within the bounds."""
    # Shared parts are measured once: 30 definitions that each double the one before make a
    # billion nodes out of thirty objects.
    measured: dict[int, tuple[int, int]] = {}

    def measure(node: Expression) -> tuple[int, int]:
        known = measured.get(id(node))
        if known is not None:
            return known
        depth, size = 0, 1
        for child in children(node):
            below, count = measure(child)
            depth = max(depth, below)
            size += count
        if depth + 1 > MAX_DEPTH:
            raise ExpressionTooLarge(f"more than {MAX_DEPTH} operations are nested in each other")
        if size > MAX_SIZE:
            raise ExpressionTooLarge(f"written out in full, it has more than {MAX_SIZE:,} parts")
        measured[id(node)] = (depth + 1, size)
        return measured[id(node)]

    measure(expression)


_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(1, 10)
_LEVEL = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}


def to_text(expression: Expression) -> str:
    """The formula as one would write it, with no more parentheses than it needs.

    What the reader has read, it reads again from this text as an equal expression.
    """
    return _text(expression)[0]


def _text(node: Expression) -> tuple[str, int]:
    """The text and how tightly it holds together."""
    match node:
        case Number(value):
            return _number_text(value)
        case Text(value):
            return quoted(value), _ATOM
        case Name(name):
            return name, _ATOM
        case Entry(name, keys):
            return f"{name}[{', '.join(map(_key_text, keys))}]", _ATOM
        case Negate(operand):
            return "-" + _within(operand, _SIGN), _SIGN
        case Arithmetic("^", left, right):
            # The exponent may be a signed number or another power without parentheses.
            return f"{_within(left, _ATOM)}^{_within(right, _SIGN)}", _POWER
        case Arithmetic(operator, left, right):
            level = _LEVEL[operator]
            return f"{_within(left, level)} {operator} {_within(right, level + 1)}", level
        case Compare(operands, operators):
            parts = [_within(operands[0], _SUM)]
            for operator, operand in zip(operators, operands[1:], strict=True):
                parts += [operator, _within(operand, _SUM)]
            return " ".join(parts), _COMPARE
        case Logic(operator, operands):
            level = _OR if operator == "or" else _AND
            inner = [_within(operand, level + 1) for operand in operands]
            return f" {operator} ".join(inner), level
        case Not(operand):
            return "not " + _within(operand, _NOT), _NOT
        case Condition(test, yes, no):
            return f"if({_text(test)[0]}, {_text(yes)[0]}, {_text(no)[0]})", _ATOM
        case Call(function, arguments):
            return f"{function}({', '.join([_text(part)[0] for part in arguments])})", _ATOM


def _within(node: Expression, level: int) -> str:
    text, own = _text(node)
    return text if own >= level else f"({text})"


def _number_text(value: Fraction) -> tuple[str, int]:
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        text, level = str(numerator), _ATOM
    else:
        twos, fives, rest = _factor(denominator)
        if rest != 1:  # only ever computed, never read: 1/3 has no decimal
            text, level = f"{numerator}/{denominator}", _PRODUCT
        else:
            places = max(twos, fives)
            digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
            sign = "-" if numerator < 0 else ""
            text, level = f"{sign}{digits[:-places]}.{digits[-places:]}", _ATOM
    return text, min(level, _SIGN) if numerator < 0 else level


def _factor(denominator: int) -> tuple[int, int, int]:
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return twos, fives, denominator


def _key_text(key: str) -> str:
    return key if is_plain(key) or (key.isascii() and key.isdigit()) else quoted(key)


def is_plain(name: str) -> bool:
    """Whether a name is one plain word, which a formula may use without quotes."""
    return name.isidentifier() and name not in KEYWORDS


def quoted(name: str) -> str:
    """The name in the first kind of quotes that it does not itself contain."""
    for opening, closing in ('""', "''", "“”", "‘’"):
        if opening not in name and closing not in name:
            return f"{opening}{name}{closing}"
    raise ValueError(f"no formula can quote the name {name!r}")
