"""Formulas read into expressions, by precedence (Pratt 1973, Top down operator precedence).

From loose to tight: ``or``; ``and``; ``not``; comparisons, which chain; ``+ -``; ``* /``;
the sign ``-``; ``^``, which groups to the right. Nothing is ever handed to Python.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn

from alliance_games.exact.expression import (
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
)
from alliance_games.exact.span import NOWHERE, Span
from alliance_games.exact.words import did_you_mean
from alliance_games.reading.formula_faults import misplaced, missing_operand
from alliance_games.reading.numbers import read_number
from alliance_games.reading.tokens import FormulaError, Place, Token, span_of, tokens

__all__ = ["FUNCTIONS", "FormulaError", "read_formula", "read_formulas", "read_number"]

# How many arguments each function takes, at least and at most.
_MANY = 1_000_000
_ONE = (1, 1, "one argument")
_ARITY = {
    "min": (1, _MANY, "at least one argument"),
    "max": (1, _MANY, "at least one argument"),
    "abs": _ONE,
    "sqrt": _ONE,
    "exp": _ONE,
    "log": _ONE,
    "count": _ONE,
    "others": _ONE,
    "total": (1, 2, "one argument or two"),
    "plays": (2, 2, "two arguments"),
    "type": (1, 1, "one argument, a player"),
    "has": (1, 1, "one argument, a player"),
    "own": _ONE,
    "outside": _ONE,
    "contest": (1, 2, "one argument or two"),
    "all_pay": _ONE,
    "cobb_douglas": (
        3,
        3,
        "three arguments: what is private, what is shared, and the taste for it",
    ),
}

OF_COALITIONS = frozenset({"has", "own", "outside"})
"""Functions that only the formulas about coalitions may call."""

FUNCTIONS = frozenset(_ARITY) - {"type"} - OF_COALITIONS
"""The functions a formula of a game may call, besides ``if``."""

MAX_NESTING = 100
"""How deep brackets, signs and right-hand sides may be nested in a text."""

_MATHEMATICAL = frozenset({"min", "max", "abs", "sqrt", "exp", "log"})

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _POWER = range(1, 8)
_LEVEL = {
    "or": _OR, "and": _AND,
    "<": _COMPARE, "<=": _COMPARE, ">": _COMPARE, ">=": _COMPARE, "==": _COMPARE, "!=": _COMPARE,
    "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER,
}  # fmt: skip


def read_formula(
    text: str, place: Place = NOWHERE, functions: Collection[str] = FUNCTIONS
) -> Expression:
    """The expression a text stands for.

    ``place`` says where the text stands, so that every part knows its span: the span of its
    first character, or (for text over several lines) a function from offset and length to a
    span, such as ``Scalar.span_at``. ``functions`` are the functions that may be called.
    Raises FormulaError.
    """
    reader = _Reader(text, place, functions)
    expression = reader.no_text(reader.expression(0))
    reader.finish("one formula is expected here")
    return expression


def read_formulas(
    text: str, place: Place = NOWHERE, functions: Collection[str] = FUNCTIONS
) -> tuple[Expression, ...]:
    """The formulas of a list separated by commas (``stag, 0``); raises FormulaError."""
    reader = _Reader(text, place, functions)
    found = [reader.no_text(reader.expression(0))]
    while reader.accept(","):
        found.append(reader.no_text(reader.expression(0)))
    reader.finish()
    return tuple(found)


class _Reader:
    """One pass over the tokens of one text."""

    def __init__(self, text: str, place: Place, functions: Collection[str]) -> None:
        self.place = place
        self.functions = functions
        self.tokens = tokens(text, place)
        self.position = 0
        self.nesting = 0
        # Heights of what was read so far, to refuse a tree too deep for plain recursion. What
        # was read stays part of the result, so no id is ever used twice.
        self.heights: dict[int, int] = {}

    # The stream of tokens

    def next(self) -> Token:
        token = self.tokens[self.position]
        # The end stays where it is, however often it is asked for.
        self.position += token.kind != "end"
        return token

    def accept(self, sign: str) -> bool:
        token = self.tokens[self.position]
        if token.kind == "sign" and token.text == sign:
            self.position += 1
            return True
        return False

    def span(self, start: int) -> Span:
        """From ``start`` to the end of what was read last."""
        return span_of(self.place, start, self.tokens[self.position - 1].end - start)

    def fail(
        self, message: str, token: Token, hint: str = "", code: str = "formula-syntax"
    ) -> NoReturn:
        span = span_of(self.place, token.start, token.end - token.start)
        raise FormulaError(message, span, code, hint)

    def made(self, node: Expression) -> Expression:
        """The node, after checking that the tree has not become too deep."""
        height = 1 + max([self.heights.get(id(child), 1) for child in children(node)], default=0)
        if height > MAX_DEPTH:
            raise FormulaError(
                f"more than {MAX_DEPTH} operations depend on each other",
                node.span,
                "formula-too-deep",
                "give its parts names under 'define:'",
            )
        self.heights[id(node)] = height
        return node

    def no_text(self, node: Expression) -> Expression:
        """The node, which must not be a bare quoted name."""
        if isinstance(node, Text):
            raise FormulaError(
                f'"{node.value}" is a name, not a number',
                node.span,
                hint="a quoted name is compared, with == or !=, or handed to a helper",
            )
        return node

    def finish(self, comma_hint: str = "") -> None:
        token = self.tokens[self.position]
        if token.kind != "end":
            self.refuse(token, comma_hint)

    def refuse(self, token: Token, comma_hint: str = "") -> NoReturn:
        message, hint = misplaced(self.tokens[self.position - 1], token)
        self.fail(message, token, comma_hint if token.text == "," else hint)

    # Operators

    def expression(self, level: int) -> Expression:
        """An expression held together by operators tighter than ``level``."""
        start = self.tokens[self.position].start
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.fail(
                f"more than {MAX_NESTING} brackets or operations are nested in each other",
                self.tokens[self.position],
                "give its parts names under 'define:'",
                "formula-too-deep",
            )
        left = self.operand()
        while True:
            token = self.tokens[self.position]
            own = _LEVEL.get(token.text, 0) if token.kind in ("sign", "keyword") else 0
            if own <= level:
                break
            left = self.operation(left, start, token, own)
        self.nesting -= 1
        return left

    def operation(self, left: Expression, start: int, token: Token, level: int) -> Expression:
        if level == _COMPARE:
            return self.comparison(left, start)
        operands = [self.no_text(left)]
        if level in (_OR, _AND):
            while self.tokens[self.position][:2] == token[:2]:
                self.position += 1
                operands.append(self.no_text(self.expression(level)))
            return self.made(Logic(token.text, tuple(operands), self.span(start)))
        self.position += 1
        # The exponent takes in a sign and further powers: 2^-3^2 is 2^(-(3^2)).
        right = self.no_text(self.expression(_PRODUCT if level == _POWER else level))
        return self.made(Arithmetic(token.text, left, right, self.span(start)))

    def comparison(self, first: Expression, start: int) -> Expression:
        operands, operators = [first], []
        while True:
            token = self.tokens[self.position]
            if token.kind != "sign" or _LEVEL.get(token.text) != _COMPARE:
                break
            self.position += 1
            operators.append(token.text)
            operands.append(self.expression(_COMPARE))
            if token.text not in ("==", "!="):
                self.no_text(operands[-2])
                self.no_text(operands[-1])
        return self.made(Compare(tuple(operands), tuple(operators), self.span(start)))

    # Operands

    def operand(self) -> Expression:
        token = self.next()
        match token.kind:
            case "number":
                return Number(token.value, self.span(token.start), token.text)
            case "text":
                return Text(token.text, self.span(token.start))
            case "name":
                return self.name(token)
        match token.text:
            case "(":
                inside = self.expression(0)
                self.close(token, ")")
                return inside
            case "-":
                operand = self.no_text(self.expression(_PRODUCT))
                return self.made(Negate(operand, self.span(token.start)))
            case "+":
                return self.no_text(self.expression(_PRODUCT))
            case "not":
                operand = self.no_text(self.expression(_NOT))
                return self.made(Not(operand, self.span(token.start)))
            case "if":
                return self.condition(token)
        place = self.tokens.index(token)
        message, hint = missing_operand(self.tokens[place - 1] if place else None, token)
        self.fail(message, token, hint)

    def condition(self, token: Token) -> Expression:
        form = "write if(test, yes, no)"
        opening = self.tokens[self.position]
        if not self.accept("("):
            self.fail("'if' needs brackets", token, form)
        parts = self.arguments(opening)
        if len(parts) != 3:
            self.fail(f"'if' takes three parts, not {len(parts)}", token, form)
        test, yes, no = map(self.no_text, parts)
        return self.made(Condition(test, yes, no, self.span(token.start)))

    def name(self, token: Token) -> Expression:
        after = self.tokens[self.position]
        if self.accept("["):
            return Entry(token.text, self.keys(after), self.span(token.start))
        if self.accept("("):
            return self.call(token, after)
        return Name(token.text, self.span(token.start))

    def call(self, token: Token, opening: Token) -> Expression:
        function = token.text
        if function not in self.functions:
            hint = did_you_mean(function, {*self.functions, "if"})
            hint = hint or f"to multiply, write {function} * (...)"
            self.fail(f"there is no function '{function}'", token, hint, "unknown-function")
        arguments = self.arguments(opening)
        least, most, wanted = _ARITY.get(function, (0, _MANY, ""))
        if not least <= len(arguments) <= most:
            self.fail(f"'{function}' takes {wanted}, not {len(arguments)}", token)
        if function in _MATHEMATICAL:
            for argument in arguments:
                self.no_text(argument)
        return self.made(Call(function, arguments, self.span(token.start)))

    def arguments(self, opening: Token) -> tuple[Expression, ...]:
        """What stands between brackets, the opening one being read already."""
        if self.accept(")"):
            return ()
        found = [self.expression(0)]
        while self.accept(","):
            found.append(self.expression(0))
        self.close(opening, ")")
        return tuple(found)

    def keys(self, opening: Token) -> tuple[str, ...]:
        """The names between square brackets."""
        found = []
        while True:
            token = self.next()
            if token.kind not in ("name", "text", "number", "keyword"):
                self.fail("a name is missing between these brackets", token, "as in power[France]")
            found.append(token.text)
            after = self.tokens[self.position]
            if after.kind in ("name", "number", "keyword"):
                words = f"{token.text} {after.text}"
                self.fail(
                    f"'{words}' is more than one word", after, f'write it in quotes: "{words}"'
                )
            if not self.accept(","):
                self.close(opening, "]")
                return tuple(found)

    def close(self, opening: Token, closing: str) -> None:
        if self.accept(closing):
            return
        token = self.tokens[self.position]
        if token.kind == "end":
            self.fail("this bracket is never closed", opening, f"add '{closing}'")
        self.refuse(token)
