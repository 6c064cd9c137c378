"""Irrational numbers as text and back: a root of a polynomial, told from the others.

``{"root": "x^2 - 2", "in": ["1", "3/2"], "approx": 1.41421356}``: the minimal polynomial over the
integers, an interval with rational ends that holds this root of it alone, and a decimal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from alliance_games.exact.algebraic import Algebraic, algebraic

_TERM = re.compile(r"([+-]?)([0-9]*)(x?)(?:\^([0-9]+))?")


def written(number: Fraction) -> dict[str, Any]:
    """An irrational number as a mapping that JSON can hold."""
    assert isinstance(number, Algebraic)
    coefficients, low, high = number.minimal
    return {
        "root": polynomial_text(coefficients),
        "in": [str(low), str(high)],
        "approx": float(f"{float(number):.9g}"),
    }


def read(document: Mapping[str, Any]) -> Fraction:
    """The number that such a mapping means.

    Raises ValueError where its polynomial has no or several roots in its interval.
    """
    low, high = map(Fraction, document["in"])
    return algebraic(coefficients(document["root"]), low, high)


def polynomial_text(coefficients: tuple[int, ...]) -> str:
    """``2x^2 - x - 3``, from ascending coefficients."""
    shown = ""
    for power in reversed(range(len(coefficients))):
        c = coefficients[power]
        if not c:
            continue
        size = "" if abs(c) == 1 and power else str(abs(c))
        variable = "" if power == 0 else "x" if power == 1 else f"x^{power}"
        sign = ("-" if c < 0 else "") if not shown else (" - " if c < 0 else " + ")
        shown += sign + size + variable
    return shown or "0"


def coefficients(text: str) -> tuple[int, ...]:
    """The ascending coefficients of a polynomial in x so written. Raises ValueError otherwise."""
    packed = text.replace(" ", "")
    found: dict[int, int] = {}
    place = 0
    while place < len(packed):
        match = _TERM.match(packed, place)
        if match is None or match.end() == place or not (match[2] or match[3]):
            raise ValueError(f"{text!r} is no polynomial in x with integer coefficients")
        size = int(match[2] or 1)
        power = int(match[4] or 1) if match[3] else 0
        found[power] = found.get(power, 0) + (-size if match[1] == "-" else size)
        place = match.end()
    return tuple(found.get(power, 0) for power in range(max(found, default=0) + 1))


def near(number: Fraction, digits: int) -> Fraction:
    """A rational number that agrees with an irrational one in its first ``digits`` digits."""
    assert isinstance(number, Algebraic)
    while True:
        low, high = number.interval()
        if low * high > 0 and (high - low) * 10 ** (digits + 1) < min(abs(low), abs(high)):
            return (low + high) / 2
        number.root.narrow()


def root_words(number: Fraction) -> str:
    """``root of x^2 + 2x - 1``; of a long polynomial only its degree."""
    assert isinstance(number, Algebraic)
    coefficients, _, _ = number.minimal
    shown = polynomial_text(coefficients)
    if len(shown) > 60:
        shown = f"a polynomial of degree {len(coefficients) - 1}"
    return f"root of {shown}"
