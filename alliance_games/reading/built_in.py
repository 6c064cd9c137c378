"""Contests and public goods by name, written out as the arithmetic they stand for.

``contest(effort, a)`` is the ratio-form success function (Tullock 1980; Skaperdas 1996),
``all_pay(bid)`` the share of the highest bid (Hillman and Riley 1989), ``cobb_douglas(own, shared,
a)`` a taste for a public good. In a normal form the strategies are numbers, and who plays which is
counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Expression,
    Name,
    Number,
    Text,
    children,
    rebuild,
)
from alliance_games.reading.numbers import read_number

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))


def cobb_douglas(node: Call) -> Expression:
    """``own^(1 - a) * shared^a``."""
    own, shared, taste = node.arguments
    rest = Arithmetic("-", ONE, taste, node.span)
    return Arithmetic(
        "*",
        Arithmetic("^", own, rest, node.span),
        Arithmetic("^", shared, taste, node.span),
        node.span,
    )


def weight(node: Call) -> Expression:
    """What is compared: ``contest(effort, a)`` compares ``effort^a``."""
    if len(node.arguments) == 2:
        return Arithmetic("^", *node.arguments, node.span)
    return node.arguments[0]


def by_strategies(
    function: str, impact: Expression, strategies: tuple[str, ...], alike: bool
) -> Expression:
    """``contest`` or ``all_pay`` of a normal form whose strategies are these numbers.

    ``alike``: the impact of a number is the same whoever plays it. ``all_pay`` compares the numbers
    themselves.
    """
    if function == "contest":
        return _contest(impact, strategies, alike)
    return _all_pay(impact, strategies)


def own_number(node: Expression, strategies: Iterable[str]) -> Expression:
    """``mine`` where it is calculated with: the number that the player's strategy is."""
    return _sum([_if_mine(name, _number(name, node), node) for name in strategies], node)


def _contest(impact: Expression, strategies: tuple[str, ...], alike: bool) -> Expression:
    span = impact.span
    parts: list[Expression] = []
    for name in strategies:
        own = _at(impact, name)
        if alike:
            parts.append(Arithmetic("*", Call("count", (Text(name),), span), own, span))
        else:
            parts.append(Call("total", (own, Text(name)), span))
    whole = _sum(parts, impact)
    mine = _sum([_if_mine(name, _at(impact, name), impact) for name in strategies], impact)
    share = Arithmetic("/", mine, whole, span)
    equal = Arithmetic("/", ONE, Name("n"), span)
    return Condition(Compare((whole, ZERO), ("==",), span), equal, share, span)


def _all_pay(impact: Expression, strategies: tuple[str, ...]) -> Expression:
    ordered = sorted(strategies, key=read_number)
    terms = []
    for place, name in enumerate(ordered):
        above: list[Expression] = [
            Call("count", (Text(other),), impact.span) for other in ordered[place + 1 :]
        ]
        share = Arithmetic("/", ONE, Call("count", (Text(name),), impact.span), impact.span)
        won: Expression = share
        if above:
            none = Compare((_sum(above, impact), ZERO), ("==",), impact.span)
            won = Condition(none, share, ZERO, impact.span)
        terms.append(_if_mine(name, won, impact))
    return _sum(terms, impact)


def _at(impact: Expression, name: str) -> Expression:
    """The formula with ``mine`` at a strategy."""
    if impact == Name("mine"):
        return _number(name, impact)
    old = children(impact)
    new = tuple([_at(child, name) for child in old])
    if all(a is b for a, b in zip(old, new, strict=True)):
        return impact
    return rebuild(impact, new)


def _number(name: str, node: Expression) -> Number:
    return Number(read_number(name), node.span, name)


def _if_mine(name: str, value: Expression, node: Expression) -> Expression:
    test = Compare((Name("mine", node.span), Text(name, node.span)), ("==",), node.span)
    return Condition(test, value, ZERO, node.span)


def _sum(terms: list[Expression], node: Expression) -> Expression:
    """The sum, in halves, so that a long one is not deep."""
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    add: Callable[..., Expression] = Arithmetic
    return add("+", _sum(terms[:middle], node), _sum(terms[middle:], node), node.span)
