"""The most a player can gain by another number, bounded over her whole range by intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from alliance_games.certificates.intervals import (
    ONE,
    ZERO,
    Bounded,
    NoValue,
    Range,
    bounds,
    exact_range,
)
from alliance_games.exact.algebraic import Exact
from alliance_games.model.continuous import ContinuousGame

BITS = 128
MOST_INTERVALS = 6_000
FAR = 10**6
"""A range without end is searched so far beyond the choice."""


@dataclass(frozen=True, slots=True)
class Search:
    """A bound for the gain of any deviation; None where one gains more, near ``at``."""

    gain: Fraction | None
    claim: str
    at: float = 0.0


def payoff_near(game: ContinuousGame, player: int, point: Sequence[Exact]) -> Fraction | None:
    """The player's payoff to some 30 digits; None where it has no value."""
    found = _with_bits(lambda: _value(game, player, point))
    return None if found is None else _fraction((found.low + found.high) / 2)


def _value(game: ContinuousGame, player: int, point: Sequence[Exact]) -> Range | None:
    symbols = {
        symbol: Bounded(exact_range(number), ZERO)
        for symbol, number in zip(game.symbols, point, strict=True)
    }
    try:
        found = bounds(game.payoffs[player], symbols).value
    except NoValue:
        return None
    return found if found.low > -arb("inf") and found.high < arb("inf") else None


def largest_gain(
    game: ContinuousGame, player: int, point: Sequence[Exact], tolerance: Fraction
) -> Search:
    """Whether every choice in the player's range pays at most ``tolerance`` (in proportion to the
    payoff, where that is large) more than she has."""
    found: Search = _with_bits(lambda: _Searcher(game, player, point, tolerance).search())
    return found


def _with_bits(work: Any) -> Any:
    before = ctx.prec
    ctx.prec = BITS
    try:
        return work()
    finally:
        ctx.prec = before


class _Searcher:
    def __init__(
        self, game: ContinuousGame, player: int, point: Sequence[Exact], tolerance: Fraction
    ) -> None:
        self.formula, self.own = game.payoffs[player], game.symbols[player]
        self.fixed = {
            symbol: Bounded(exact_range(number), ZERO)
            for place, (symbol, number) in enumerate(zip(game.symbols, point, strict=True))
            if place != player
        }
        here = _value(game, player, point)
        assert here is not None
        self.here = here
        self.tolerance = tolerance
        size = abs(_fraction((here.low + here.high) / 2))
        while self.tolerance < tolerance * size:
            self.tolerance *= 10
        self.most = here.low + _arb(self.tolerance)
        choice = game.choices[player]
        own = exact_range(point[player])
        self.is_bounded = choice.low is not None and choice.high is not None
        self.low = _arb(choice.low) if choice.low is not None else own.low - FAR
        self.high = _arb(choice.high) if choice.high is not None else own.high + FAR

    def search(self) -> Search:
        """Cut intervals in halves until each is settled."""
        waiting = [(self.low, self.high)]
        number = 0
        while waiting:
            number += 1
            a, b = waiting.pop()
            if number > MOST_INTERVALS:
                return self._sampled()
            above = self._is_above(a, b)
            if above is True:
                return Search(None, "", float(((a + b) / 2).mid()))
            if above is None:
                middle = ((a + b) / 2).mid()
                waiting += [(a, middle), (middle, b)]
        extent = "the range" if self.is_bounded else f"{FAR:,} units of each choice"
        claim = f"no choice within {extent} gains more than a trifle, by bounds over intervals"
        return Search(self.tolerance, claim)

    def _is_above(self, a: Any, b: Any) -> bool | None:
        """Whether some number of the interval pays more; None where its bounds do not tell."""
        middle = ((a + b) / 2).mid()
        there = self._bounds(middle, middle)
        if there is not None and there.value.low > self.most:
            return True
        whole = self._bounds(a, b)
        if whole is None or whole.value.high <= self.most:
            return False
        if there is not None:
            reach = whole.slope * Range.of(a - middle, b - middle)
            if (there.value + reach).high <= self.most:
                return False
        if whole.slope.low >= 0 or whole.slope.high <= 0:
            end = b if whole.slope.low >= 0 else a
            best = self._bounds(end, end)
            if best is not None and best.value.high <= self.most:
                return False
            if best is not None and best.value.low > self.most:
                return True
        return None

    def _bounds(self, a: Any, b: Any) -> Bounded | None:
        try:
            return bounds(self.formula, {**self.fixed, self.own: Bounded(Range(a, b), ONE)})
        except NoValue:
            return None

    def _sampled(self) -> Search:
        """Bounds did not settle it: the payoff at many numbers instead."""
        steps = 4000
        for step in range(steps + 1):
            at = (self.low + (self.high - self.low) * step / steps).mid()
            there = self._bounds(at, at)
            if there is not None and there.value.low > self.most:
                return Search(None, "", float(at))
        claim = f"of {steps + 1:,} choices across the range none pays more"
        return Search(self.tolerance, claim)


def _arb(number: Fraction) -> Any:
    return arb(fmpq(number.numerator, number.denominator))


def _fraction(number: Any) -> Fraction:
    mantissa, exponent = number.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
