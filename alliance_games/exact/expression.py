"""Expressions: the immutable tree a formula is read into, with the span of every part.

Two expressions are equal when they say the same thing; where they stand is not compared.
Trees are at most ``MAX_DEPTH`` deep (the reader and :func:`substitute` see to it), so that a
plain recursive function over them is safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from alliance_games.exact.notation import is_plain, quoted, to_text
from alliance_games.exact.tree import (
    KEYWORDS,
    MAX_DEPTH,
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
    rebuild,
)

__all__ = [
    "KEYWORDS",
    "MAX_DEPTH",
    "MAX_SIZE",
    "Arithmetic",
    "Call",
    "Compare",
    "Condition",
    "Entry",
    "Expression",
    "ExpressionTooLarge",
    "Logic",
    "Name",
    "Negate",
    "Not",
    "Number",
    "Text",
    "calls",
    "check_size",
    "children",
    "is_plain",
    "names",
    "quoted",
    "rebuild",
    "substitute",
    "to_text",
    "walk",
]

MAX_SIZE = 200_000
"""The greatest number of nodes :func:`substitute` may produce, shared parts counted each time."""


class ExpressionTooLarge(ValueError):
    """Definitions that multiply into an expression too deep or too long to work with."""


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
