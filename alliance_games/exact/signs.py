"""Signs of polynomials that some inequalities settle, found by bounds on the variables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from alliance_games.exact.polynomials import Polynomial, terms


class End(NamedTuple):
    """An end of a variable's interval; ``open`` where the interval does not hold it."""

    at: Fraction
    open: bool


class Bounds:
    """What inequalities in one variable each say: an interval per variable (None is infinite).

    ``empty`` where some interval is.
    """

    def __init__(
        self, width: int, at_least: Iterable[Polynomial], above: Iterable[Polynomial]
    ) -> None:
        self.low: list[End | None] = [None] * width
        self.high: list[End | None] = [None] * width
        for polynomials, strict in ((at_least, False), (above, True)):
            for p in polynomials:
                if p.total_degree() == 1 and len(p) <= 2:
                    self._note(terms(p), strict)
        self.empty = any(
            low is not None
            and high is not None
            and (low.at > high.at or (low.at == high.at and (low.open or high.open)))
            for low, high in zip(self.low, self.high, strict=True)
        )

    def _note(self, parts: list[tuple[Fraction, tuple[int, ...]]], strict: bool) -> None:
        constant, slope, variable = Fraction(0), Fraction(0), -1
        for coefficient, powers in parts:
            if not any(powers):
                constant = coefficient
            elif variable >= 0:
                return
            else:
                slope, variable = coefficient, powers.index(1)
        end = End(-constant / slope, strict)
        if slope > 0:
            old = self.low[variable]
            if old is None or (end.at, end.open) > (old.at, old.open):
                self.low[variable] = end
        else:
            old = self.high[variable]
            if old is None or (-end.at, end.open) > (-old.at, old.open):
                self.high[variable] = end

    def sign(self, p: Polynomial) -> int:
        """1 or -1 where the bounds alone make ``p`` positive or negative, else 0."""
        low, high = self.range(p)
        if low is not None and (low.at > 0 or (low.at == 0 and low.open)):
            return 1
        if high is not None and (high.at < 0 or (high.at == 0 and high.open)):
            return -1
        return 0

    def range(self, p: Polynomial) -> tuple[End | None, End | None]:
        """Bounds of ``p``: the sum of those of its terms."""
        low: End | None = End(Fraction(0), False)
        high: End | None = low
        for coefficient, powers in terms(p):
            term_low, term_high = self._monomial(powers)
            if coefficient < 0:
                term_low, term_high = term_high, term_low
            low = _sum(low, term_low, coefficient)
            high = _sum(high, term_high, coefficient)
            if low is None and high is None:
                break
        return low, high

    def _monomial(self, powers: Sequence[int]) -> tuple[End | None, End | None]:
        low: End | None = End(Fraction(1), False)
        high: End | None = low
        for variable, power in enumerate(powers):
            if not power:
                continue
            factor_low, factor_high = self._power(variable, power)
            # Products of intervals that reach below zero are left open: they are rare here.
            if low is None or low.at < 0 or factor_low is None or factor_low.at < 0:
                return self._even(powers)
            low = End(low.at * factor_low.at, _product_open(low, factor_low))
            if high is None or factor_high is None:
                high = None
            else:
                at = high.at * factor_high.at
                high = End(at, bool(at) and (high.open or factor_high.open))
        return low, high

    def _even(self, powers: Sequence[int]) -> tuple[End | None, End | None]:
        used = [variable for variable, power in enumerate(powers) if power]
        if len(used) == 1 and powers[used[0]] == 1:
            return self.low[used[0]], self.high[used[0]]
        if all(power % 2 == 0 for power in powers):
            return End(Fraction(0), False), None
        return None, None

    def _power(self, variable: int, power: int) -> tuple[End | None, End | None]:
        low, high = self.low[variable], self.high[variable]
        if low is None or low.at < 0:
            return low, high
        raised = None if high is None else End(high.at**power, high.open)
        return End(low.at**power, low.open), raised


def _product_open(a: End, b: End) -> bool:
    """Whether a product of non-negative factors stays above the product of their least values."""
    if a.at == 0 and b.at == 0:
        return a.open and b.open
    if a.at == 0:
        return a.open
    if b.at == 0:
        return b.open
    return a.open or b.open


def _sum(total: End | None, part: End | None, coefficient: Fraction) -> End | None:
    if total is None or part is None:
        return None
    return End(total.at + coefficient * part.at, total.open or part.open)
