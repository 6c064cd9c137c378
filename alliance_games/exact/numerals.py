"""Exact numbers as a reader likes to see them."""

from __future__ import annotations

from fractions import Fraction

_LONG = 10**60
"""From here on even a whole number is given by its first digits and its size."""


def irrational(value: Fraction) -> bool:
    """Whether the number is an ``algebraic.Algebraic``, told without loading that module."""
    return not isinstance(value, (int, Fraction))


def decimal(value: Fraction, digits: int = 4) -> tuple[str, bool]:
    """About ``digits`` significant digits of a number, and whether that is all of it."""
    if irrational(value):
        from alliance_games.exact.written import near

        return decimal(near(value, digits + 8), digits)[0], False
    if value == 0:
        return "0", True
    sign, size = ("-", -value) if value < 0 else ("", value)
    whole = size.numerator // size.denominator
    if whole >= _LONG:
        return _scientific(sign, size, digits)
    if whole:
        places = max(digits - len(str(whole)), 1)
    else:
        # The first significant digit stands within one place of the digits the denominator has
        # more than the numerator.
        leading = _digits(size.denominator) - _digits(size.numerator)
        if leading > 6:
            return _scientific(sign, size, digits)
        places = leading - (size * 10**leading >= 1) + digits
    scaled = size * 10**places
    rounded = round(scaled)
    head, tail = divmod(rounded, 10**places)
    fraction = f"{tail:0{places}d}".rstrip("0") if tail else ""
    return f"{sign}{head}{'.' + fraction if fraction else ''}", scaled == rounded


def _scientific(sign: str, size: Fraction, digits: int) -> tuple[str, bool]:
    exponent = _digits(size.numerator) - _digits(size.denominator)
    if size < Fraction(10) ** exponent:
        exponent -= 1
    scaled = size / Fraction(10) ** exponent
    head, exact = decimal(scaled, digits)
    if head == "10":  # rounded up to the next power
        head, exponent = "1", exponent + 1
    return f"{sign}{head}e{exponent}", exact


def _digits(size: int) -> int:
    """How many digits a positive integer has (``str`` refuses the longest ones)."""
    count = size.bit_length() * 30103 // 100000 + 1
    while 10**count <= size:
        count += 1
    while 10 ** (count - 1) > size:
        count -= 1
    return count


def number(value: Fraction) -> str:
    """The number itself, ``3/4``; one of so many digits that it stems from an approximation
    (a square root, say) as a decimal, an irrational one as well."""
    if irrational(value):
        return f"≈{decimal(value, 5)[0]}"
    sizes = (value.numerator.bit_length(), value.denominator.bit_length())
    if max(sizes) > 160 or min(sizes) > 110:
        shown, exact = decimal(value, 8)
        return shown if exact else f"≈{shown}"
    return str(value)
