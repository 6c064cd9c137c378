"""Exact numbers read from text."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from alliance_games.exact.span import NOWHERE
from alliance_games.reading.tokens import FormulaError, Place, Token, span_of, tokens


def read_number(text: str, place: Place = NOWHERE) -> Fraction:
    """The exact number a text writes: ``0.1``, ``-3``, ``1e-3``, ``3/4``; raises FormulaError."""
    word = text.strip()
    if word.lstrip("+-−.").casefold() in ("nan", "inf", "infinity"):
        raise FormulaError(
            f"'{word}' is not a number here",
            span_of(place, text.find(word), len(word)),
            "not-finite",
            "every number is finite here",
        )
    found = tokens(text, place)
    negative = found[0].text == "-"
    if found[0].kind == "sign" and found[0].text in ("-", "+"):
        found = found[1:]
    match found:
        case [Token(kind="number", value=value), Token(kind="end")]:
            return -value if negative else value
        case [Token(kind="number", value=above), Token(text="/"), Token(kind="number") as below,
              Token(kind="end")]:  # fmt: skip
            if not below.value:
                span = span_of(place, below.start, below.end - below.start)
                raise FormulaError("division by zero", span, "division-by-zero")
            return (-above if negative else above) / below.value
    shown = word if len(word) <= 60 else word[:57] + "..."
    span = span_of(place, max(text.find(word), 0), len(word))
    message = f"'{shown}' is not a number" if word else "a number is missing here"
    raise FormulaError(message, span, "not-a-number", "a number is written as 3, 0.5 or 3/4")


def are_numbers(known: Iterable[str]) -> bool:
    """Whether all these names are numbers as a file writes them: ``0``, ``1/2``, ``-0.5``."""
    try:
        for name in known:
            read_number(name)
    except FormulaError:
        return False
    return True
