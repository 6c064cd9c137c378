"""Formulas about a situation (``type``, ``message``, ``mine``, ``count``) written out for one.

What comes out speaks of parameters alone, so that a tree's endings are plain expressions whichever
body the file has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Entry,
    Expression,
    Logic,
    Name,
    Not,
    Number,
    Text,
    children,
    rebuild,
    walk,
)
from alliance_games.reading.contexts import ZERO
from alliance_games.reading.numbers import read_number


class Situation(NamedTuple):
    """What a payoff is paid for: what the words stand for, the types, and who plays what.

    ``words`` are those of ``type``, ``message``, ``response`` and ``mine`` that mean something
    here; ``types`` every player's type ('' for one without), ``plays`` every player's strategy;
    ``me`` is the player who is paid, ``entries`` the parameters that have a number per player.
    """

    words: Mapping[str, str]
    types: Mapping[str, str] = {}
    plays: Mapping[str, str] = {}
    me: str = ""
    entries: frozenset[str] = frozenset()


def written_out(expression: Expression, situation: Situation) -> Expression:
    """The expression in that situation; conditions that it settles are gone."""
    result = _folded(expression, situation)
    return expression if isinstance(result, bool) else result


def asked(expression: Expression) -> tuple[Expression, ...]:
    """What the expression asks about the situation: its words, and its calls of helpers."""
    found: dict[Expression, None] = {}
    for node in walk(expression):
        if isinstance(node, Name) or (isinstance(node, Call) and node.function in _ASKING):
            found[node] = None
    return tuple(found)


def answered(question: Expression, at: Situation) -> object:
    """What decides how a part that ``asked`` gave is written out, as something to compare."""
    match question:
        case Name(name):
            return at.words.get(name)
        case Call("type", (Text(player),)):
            return at.types.get(player, "")
        case Call("total", (_, Text(strategy))):
            return tuple(player for player, own in at.plays.items() if own == strategy)
    return written_out(question, at)


_ASKING = frozenset({"type", "count", "others", "plays", "total"})


def _folded(node: Expression, at: Situation) -> Expression | bool:
    match node:
        case Name(name) if name in at.words:
            return _named(at.words[name], node)
        case Call("type", (Text(player),)):
            return _named(at.types.get(player, ""), node)
        case Call("count" | "others" | "plays" | "total") if at.plays:
            return _counted(node, at)
        case Compare(operands, operators):
            return _compared(node, [_operand(each, at) for each in operands], operators)
        case Logic(operator, operands):
            return _joined(node, operator, [_folded(each, at) for each in operands])
        case Not(operand):
            inside = _folded(operand, at)
            return (not inside) if isinstance(inside, bool) else _rebuilt(node, (inside,))
        case Condition(test, yes, no):
            known = _folded(test, at)
            if isinstance(known, bool):
                return _folded(yes if known else no, at)
            return _rebuilt(node, (known, _operand(yes, at), _operand(no, at)))
    return _rebuilt(node, tuple([_operand(child, at) for child in children(node)]))


def _operand(node: Expression, at: Situation) -> Expression:
    """A part that must be a value: a condition there keeps its shape."""
    result = _folded(node, at)
    return node if isinstance(result, bool) else result


def _rebuilt(node: Expression, new: tuple[Expression, ...]) -> Expression:
    old = children(node)
    if all(a is b for a, b in zip(old, new, strict=True)):
        return node
    return rebuild(node, new)


def _named(name: str, node: Expression) -> Expression:
    """A name as it stands in comparisons and sums: a number where it is written as one."""
    from alliance_games.reading.tokens import FormulaError

    try:
        return Number(read_number(name), node.span, name)
    except FormulaError:
        return Text(name, node.span)


def _compared(
    node: Expression, operands: list[Expression], operators: tuple[str, ...]
) -> Expression | bool:
    if not any(isinstance(each, Text) for each in operands):
        return _rebuilt(node, tuple(operands))
    words = [
        each.value if isinstance(each, Text) else each.written if isinstance(each, Number) else None
        for each in operands
    ]
    if None in words or any(operator not in ("==", "!=") for operator in operators):
        return _rebuilt(node, tuple(operands))
    pairs = zip(operators, words, words[1:], strict=False)
    return all((left == right) == (operator == "==") for operator, left, right in pairs)


def _joined(node: Expression, operator: str, parts: list[Expression | bool]) -> Expression | bool:
    """``and`` and ``or`` without the parts that are settled."""
    decisive = operator == "or"
    if any(part is decisive for part in parts):
        return decisive
    left = tuple([part for part in parts if not isinstance(part, bool)])
    if not left:
        return not decisive
    return left[0] if len(left) == 1 else Logic(operator, left, node.span)


def _counted(node: Call, at: Situation) -> Expression:
    names = [each.value for each in node.arguments if isinstance(each, Text)]
    match node.function:
        case "plays":
            return _number(int(at.plays[names[0]] == names[1]), node)
        case "count":
            return _number(sum(own == names[0] for own in at.plays.values()), node)
        case "others":
            others = (own for player, own in at.plays.items() if player != at.me)
            return _number(sum(own == names[0] for own in others), node)
    if len(node.arguments) == 1:
        return node
    who = [player for player, own in at.plays.items() if own == names[-1]]
    return _sum([_entry_of(node.arguments[0], player, at.entries) for player in who], node)


def _number(value: int, node: Expression) -> Number:
    from fractions import Fraction

    return Number(Fraction(value), node.span)


def _sum(terms: Iterable[Expression], node: Expression) -> Expression:
    total: Expression | None = None
    for term in terms:
        total = term if total is None else Arithmetic("+", total, term, node.span)
    return ZERO if total is None else total


def _entry_of(node: Expression, player: str, entries: frozenset[str]) -> Expression:
    """A weight as ``player``'s: a parameter with a number per player is her entry."""
    if isinstance(node, Name) and node.name in entries:
        return Entry(node.name, (player,), node.span)
    return _rebuilt(node, tuple([_entry_of(child, player, entries) for child in children(node)]))
