"""The value of a formula written as text: ``2*prize / 9``, ``a / (a + b)``.

Read afresh from the text that is reported, so that what is checked is what a reader reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import eq, ge, gt, le, lt


class NotAFormula(ValueError):
    """The text is none, or speaks of names that are not known, or has no value."""


def value_of(text: str, values: Mapping[str, Fraction]) -> Fraction:
    """The formula's value; ``values`` are by the names it uses. Raises NotAFormula."""
    reader = _Reader(text, values)
    try:
        found = reader.sum()
    except ZeroDivisionError as error:
        raise NotAFormula(text) from error
    if reader.rest():
        raise NotAFormula(text)
    return found


def holds(condition: str, values: Mapping[str, Fraction]) -> bool:
    """Whether ``formula > formula`` (or ``<``, ``>=``, ``<=``, ``=``) is true. Raises
    NotAFormula."""
    for sign, meets in _SIGNS.items():
        left, found, right = condition.partition(sign)
        if found:
            return meets(value_of(left, values), value_of(right, values))
    raise NotAFormula(condition)


_SIGNS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    " > ": gt, " < ": lt, " >= ": ge, " <= ": le, " = ": eq,
}  # fmt: skip


class _Reader:
    def __init__(self, text: str, values: Mapping[str, Fraction]) -> None:
        self.text, self.place = text, 0
        self.values = values
        self.names = sorted(values, key=len, reverse=True)

    def rest(self) -> str:
        """What is not read yet, without leading spaces."""
        while self.text[self.place : self.place + 1] == " ":
            self.place += 1
        return self.text[self.place :]

    def _take(self, signs: str) -> str:
        sign = self.rest()[:1]
        if sign and sign in signs:
            self.place += 1
            return sign
        return ""

    def sum(self) -> Fraction:
        total = -self._product() if self._take("-") else self._product()
        while sign := self._take("+-"):
            term = self._product()
            total = total + term if sign == "+" else total - term
        return total

    def _product(self) -> Fraction:
        total = self._power()
        while sign := self._take("*/"):
            factor = self._power()
            total = total * factor if sign == "*" else total / factor
        return total

    def _power(self) -> Fraction:
        base = self._atom()
        if not self._take("^"):
            return base
        digits = self._digits()
        if not digits:
            raise NotAFormula(self.text)
        return base ** int(digits)

    def _atom(self) -> Fraction:
        if self._take("("):
            inner = self.sum()
            if not self._take(")"):
                raise NotAFormula(self.text)
            return inner
        rest = self.rest()
        for name in self.names:
            if rest.startswith(name):
                self.place += len(name)
                return self.values[name]
        digits = self._digits()
        if not digits:
            raise NotAFormula(self.text)
        return Fraction(int(digits))

    def _digits(self) -> str:
        rest = self.rest()
        count = 0
        while rest[count : count + 1].isdigit():
            count += 1
        self.place += count
        return rest[:count]
