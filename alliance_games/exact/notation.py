"""Expressions written out as formulas."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.tree import (
    KEYWORDS,
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
)

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
