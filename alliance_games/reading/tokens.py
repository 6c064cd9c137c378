"""A formula cut into its words, numbers and signs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, NoReturn, TypeAlias

from alliance_games.exact.span import NOWHERE, Span

MAX_LENGTH = 20_000
"""The greatest number of characters of a formula."""

MAX_DIGITS = 1_000
"""The greatest number of significant digits, and of zeros after them, of a number."""

_MAX_WRITTEN = 4_000  # characters of a number, leading zeros and all

Place: TypeAlias = Span | Callable[[int, int], Span]
"""Where a text stands: the span of its beginning, or a function from offset and length."""


class FormulaError(Exception):
    """A text that is not a formula: what is wrong, exactly where, and what to write instead.

    ``code`` is ``formula-syntax`` unless the fault has a name of its own: ``formula-too-long``,
    ``formula-too-deep``, ``number-too-large``, ``not-finite``, ``unknown-function``.
    """

    def __init__(
        self, message: str, span: Span = NOWHERE, code: str = "formula-syntax", hint: str = ""
    ) -> None:
        super().__init__(message, span, code, hint)
        self.message = message
        self.span = span
        self.code = code
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class Token(NamedTuple):
    """One word, number or sign: its kind, its plain form, and where it stands in the text.

    ``kind`` is ``number``, ``name``, ``text`` (a quoted name), ``sign``, ``keyword`` or ``end``;
    ``value`` is the number where it is one.
    """

    kind: str
    text: str
    start: int
    end: int
    value: Fraction = Fraction(0)


_PLAIN_SIGNS = {
    "−": "-", "–": "-", "‐": "-", "‑": "-", "—": "-", "－": "-",
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "∗": "*",
    "÷": "/", "∕": "/", "⁄": "/",
    "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!=",
}  # fmt: skip
_FRACTIONS = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
              "⅘": (4, 5), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅓": (1, 3),
              "⅔": (2, 3), "⅙": (1, 6), "⅚": (5, 6)}  # fmt: skip
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "„": "“", "«": "»"}
_TWO = ("<=", ">=", "==", "!=")
_ONE = frozenset("+-*/^<>()[],")
_SPACE = frozenset(" \t\n\r\u00a0\u2002\u2003\u2009\u202f")
_DIGITS = frozenset("0123456789")
_KEYWORDS = frozenset({"and", "or", "not", "if"})
_COMPARE = "compare with =="

# What people write in other languages, and what to write instead.
_FOREIGN = {
    "<=>": "write 'a if and only if b' as a == b",
    "===": _COMPARE,
    "**": "power is ^",
    "//": "division is /, and it is exact",
    "&&": "write 'and'",
    "||": "write 'or'",
    "<>": "'not equal' is !=",
    "=<": "write <=",
    "=>": "write >=",
    "..": "a number has one decimal point",
    "&": "write 'and'",
    "|": "write 'or'; the absolute value is abs(x)",
    "!": "write 'not'",
    "¬": "write 'not'",
    "∧": "write 'and'",
    "∨": "write 'or'",
    "=": _COMPARE,
    "%": "write 5% as 0.05 or 5/100",
    "?": "write if(test, yes, no)",
    "{": "group with round brackets ( )",
    "}": "group with round brackets ( )",
    "√": "write sqrt(x)",
    "∞": "every number is finite here",
    "²": "write ^2",
    "³": "write ^3",
    ";": "separate with commas",
    "•": "multiply with *",
}


def tokens(text: str, place: Place) -> list[Token]:
    """The tokens of a formula, the last of kind ``end``; raises FormulaError."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            f"this formula has {len(text):,} characters; at most {MAX_LENGTH:,} are read",
            span_of(place, 0, 1),
            "formula-too-long",
            "give its parts names under 'define:'",
        )
    found: list[Token] = []
    position, length = 0, len(text)
    while position < length:
        character = text[position]
        if character in _SPACE:
            position += 1
            continue
        token = _token(text, position, character, place)
        found.append(token)
        position = token.end
    found.append(Token("end", "", length, length))
    return found


def _token(text: str, start: int, character: str, place: Place) -> Token:
    if character.isidentifier():
        return _word(text, start)
    if character in _DIGITS or (character == "." and text[start + 1 : start + 2] in _DIGITS):
        return _number(text, start, place)
    three, two = text[start : start + 3], text[start : start + 2]
    if two in _TWO and three not in _FOREIGN:
        return Token("sign", two, start, start + 2)
    for foreign in (three, two, character):
        if foreign in _FOREIGN:
            raise FormulaError(
                f"'{foreign}' is not used in formulas",
                span_of(place, start, len(foreign)),
                "not-finite" if foreign == "∞" else "formula-syntax",
                _FOREIGN[foreign],
            )
    if character in _ONE:
        return Token("sign", character, start, start + 1)
    if character in _PLAIN_SIGNS:
        return Token("sign", _PLAIN_SIGNS[character], start, start + 1)
    if character in _QUOTES:
        return _quoted(text, start, character, place)
    if character in _FRACTIONS:
        return Token("number", character, start, start + 1, Fraction(*_FRACTIONS[character]))
    return _refuse(text, start, character, place)


def _refuse(text: str, start: int, character: str, place: Place) -> NoReturn:
    span = span_of(place, start, 1)
    if character == ".":
        word = text[start + 1 : start + 4].casefold()
        if word in ("inf", "nan"):
            raise FormulaError(
                f"'.{word}' is not a number that a formula can hold",
                span_of(place, start, 4),
                "not-finite",
                "every number is finite here",
            )
        raise FormulaError(
            "'.' stands only inside a number",
            span,
            hint="a name is one word: letters, digits and underscores",
        )
    if character.isnumeric():
        raise FormulaError(
            f"'{character}' is not read as a number", span, hint="use the digits 0-9"
        )
    if character == ":":
        raise FormulaError(
            "':' is not used in formulas", span, hint="a condition is if(test, yes, no)"
        )
    shown = f"'{character}'" if character.isprintable() else f"the character U+{ord(character):04X}"
    raise FormulaError(f"{shown} is not used in formulas", span)


def _word(text: str, start: int) -> Token:
    end, length = start + 1, len(text)
    while end < length:
        character = text[end]
        if character.isascii():
            if not (character.isalnum() or character == "_"):
                break
        # Unicode lets the middle dot continue a word; here it multiplies.
        elif character in _PLAIN_SIGNS or not ("a" + character).isidentifier():
            break
        end += 1
    word = composed(text[start:end])
    return Token("keyword" if word in _KEYWORDS else "name", word, start, end)


def _quoted(text: str, start: int, opening: str, place: Place) -> Token:
    closing = text.find(_QUOTES[opening], start + 1)
    if closing < 0:
        raise FormulaError(
            "this quote is never closed", span_of(place, start, 1), hint=f"add {_QUOTES[opening]}"
        )
    inside = text[start + 1 : closing]
    if not inside.strip():
        raise FormulaError("an empty name", span_of(place, start, closing + 1 - start))
    return Token("text", composed(inside), start, closing + 1)


def _number(text: str, start: int, place: Place) -> Token:
    length = len(text)

    def digits(position: int) -> int:
        while position < length and text[position] in _DIGITS:
            position += 1
        return position

    end = digits(start)
    whole, decimals, exponent = text[start:end], "", ""
    if text[end : end + 1] == "." and text[end + 1 : end + 2] != ".":
        after = digits(end + 1)
        decimals, end = text[end + 1 : after], after
    if text[end : end + 1] in ("e", "E"):
        sign = end + 1
        # A typographic minus may have crept in here as well.
        signed = sign < length and (text[sign] in "+-" or text[sign] == "−")
        after = digits(sign + signed)
        if after > sign + signed:
            exponent = text[sign:after].replace("−", "-")
            end = after
    value = _exactly(whole, decimals, exponent)
    if value is None:
        raise FormulaError(
            "this number has too many digits",
            span_of(place, start, end - start),
            "number-too-large",
            f"at most {MAX_DIGITS:,} digits, and an exponent of at most {MAX_DIGITS:,}, are read",
        )
    return Token("number", text[start:end], start, end, value)


def _exactly(whole: str, decimals: str, exponent: str) -> Fraction | None:
    """The number, or None where it is longer than numbers may be."""
    # Checked on the text, before a power of ten is computed.
    if len(exponent) > 8 or len(whole) + len(decimals) > _MAX_WRITTEN:
        return None
    scale = int(exponent or 0) - len(decimals)
    digits = (whole + decimals).lstrip("0")
    if not digits:
        return Fraction(0)
    if len(digits.rstrip("0")) > MAX_DIGITS or abs(scale) > MAX_DIGITS:
        return None
    if scale >= 0:
        return Fraction(int(digits) * 10**scale)
    return Fraction(int(digits), 10**-scale)


def span_of(place: Place, offset: int, length: int) -> Span:
    """The span of a stretch of a text that stands at ``place``."""
    length = max(length, 1)
    return place.shifted(offset, length) if isinstance(place, Span) else place(offset, length)


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC), in which all names are compared."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)
