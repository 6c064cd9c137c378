"""Exact numbers and lists, as a reader likes to see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import log10

from alliance_games.exact.numerals import decimal as decimal
from alliance_games.exact.numerals import irrational as irrational
from alliance_games.exact.numerals import number as number


def beside(value: Fraction) -> str:
    """What goes beside the number: a decimal, ``0.75``, ``≈0.4259``; nothing for an integer.

    An irrational number is given by its decimal; beside it goes whose root it is.
    """
    if irrational(value):
        from alliance_games.exact.written import root_words

        return root_words(value)
    if value.denominator == 1 or number(value) != str(value):
        return ""
    shown, exact = decimal(value)
    return shown if exact else f"≈{shown}"


def both(value: Fraction) -> str:
    """The number with its decimal: ``3/4 (0.75)``, ``≈0.41421 (root of x^2 + 2x - 1)``."""
    extra = beside(value)
    return f"{number(value)} ({extra})" if extra else number(value)


def amount(value: Fraction) -> str:
    """A payoff in a sentence: ``3``, ``7/2``; a long fraction as ``33/7 ≈ 4.714``."""
    extra = beside(value)
    if not extra or irrational(value) or len(number(value)) < 4:
        return number(value)
    return f"{number(value)} {'≈' if '≈' in extra else '='} {extra.lstrip('≈')}"


def listed(items: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def profile_words(names: Sequence[str]) -> str:
    """``(Stag, Stag)``."""
    return f"({', '.join(names)})"


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(number: int, singular: str, plural: str | None = None) -> str:
    """``one equilibrium``, ``three equilibria``, ``1,024 profiles``."""
    word = _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"
    return f"{word} {singular if number == 1 else plural or singular + 's'}"


def many(number: int) -> str:
    """``66,324``; a number of more than 15 digits by its size, ``about 2.9e28``."""
    if number < 10**15:
        return f"{number:,}"
    exponent = int(log10(number))
    # Rounding may have carried the logarithm over a power of ten.
    exponent -= 10**exponent > number
    head, tail = divmod(number // 10 ** (exponent - 1), 10)
    return f"about {head}.{tail}e{exponent}"


def numeral(number: int) -> str:
    """``two``, ``ten``, ``11``."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def capital(sentence: str) -> str:
    """The sentence with its first letter in upper case; never touches a name inside it."""
    return sentence[:1].upper() + sentence[1:]


_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(rank: int) -> str:
    """``1st``, ``2nd``, ``11th``."""
    suffix = "th" if rank % 100 in (11, 12, 13) else _ORDINALS.get(rank % 10, "th")
    return f"{rank}{suffix}"
