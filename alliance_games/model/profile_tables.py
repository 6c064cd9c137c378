"""A player's payoffs over all profiles, where a formula gives them.

Everything a formula asks about a profile is a sum of one term per player, so that its values over
all profiles are an outer sum; the formula is then evaluated once for each combination met.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import lcm, prod
from typing import TYPE_CHECKING, Any

from alliance_games.exact.functions import Rational
from alliance_games.model.formulas import aggregates_of
from alliance_games.model.integers import over_common_denominator

if TYPE_CHECKING:
    import numpy as np

    from alliance_games.model.formula_games import Builder

    Integers = np.ndarray[Any, np.dtype[np.int64]]

_FITS = 2**62


def small(builder: Builder, player: int) -> tuple[Sequence[int], int]:
    """The payoffs in row-major order as integers, and their denominator."""
    body = builder.body
    aggregates = aggregates_of(body.formulas[player])
    columns = [_sums(builder.contributions(part, player)) for part in aggregates]
    keys = list(zip(*columns, strict=True)) if columns else [()] * prod(map(len, body.strategies))
    evaluators = [builder.evaluator(player, own, aggregates) for own in body.strategies[player]]
    known: list[dict[tuple[Rational, ...], Rational]] = [{} for _ in evaluators]
    payoffs = []
    indices = (range(len(strategies)) for strategies in body.strategies)
    for profile, key in zip(product(*indices), keys, strict=True):
        own = profile[player]
        value = known[own].get(key)
        if value is None:
            value = known[own][key] = evaluators[own](key)
        payoffs.append(value)
    return over_common_denominator(payoffs)


def _sums(rows: Sequence[Sequence[Rational]]) -> list[Rational]:
    """The sum of one entry per row, for all choices in row-major order."""
    sums: list[Rational] = [0]
    for row in rows:
        sums = [before + entry for before in sums for entry in row]
    return sums


def large(builder: Builder, player: int) -> tuple[Sequence[int], int]:
    """What ``small`` gives, vectorised; for thousands of profiles and more. Imports numpy."""
    import numpy as np

    body = builder.body
    aggregates = aggregates_of(body.formulas[player])
    own_rows: list[list[Rational]] = [
        list(range(len(strategies))) if other == player else [0] * len(strategies)
        for other, strategies in enumerate(body.strategies)
    ]
    digits = [_Digit(own_rows), *(_Digit(builder.contributions(p, player)) for p in aggregates)]
    if prod(digit.base for digit in digits) >= _FITS or any(not digit.fits for digit in digits):
        builder.expect_evaluations(prod(map(len, body.strategies)) * len(body.players))
        return small(builder, player)
    codes = np.zeros(prod(map(len, body.strategies)), dtype=np.int64)
    for digit in digits:
        codes = codes * digit.base + digit.column()
    distinct, position = _distinct(codes)
    builder.expect_evaluations(len(distinct) * len(body.players))
    evaluators = [builder.evaluator(player, own, aggregates) for own in body.strategies[player]]
    payoffs = []
    for code in distinct.tolist():
        key: list[Rational] = []
        for digit in reversed(digits):
            code, remainder = divmod(code, digit.base)
            key.append(digit.value(remainder))
        own = int(key.pop())
        payoffs.append(evaluators[own](key[::-1]))
    integers, denominator = over_common_denominator(payoffs)
    if min(integers) < -(2**63) or max(integers) >= 2**63:
        return [integers[index] for index in position.tolist()], denominator
    table = array("q")
    table.frombytes(np.array(integers, dtype=np.int64)[position].tobytes())
    return table, denominator


class _Digit:
    """An aggregate over all profiles as integers from 0: one digit of a profile's code."""

    def __init__(self, rows: Sequence[Sequence[Rational]]) -> None:
        self.scale = lcm(*(entry.denominator for row in rows for entry in row))
        self.rows = [[int(entry * self.scale) for entry in row] for row in rows]
        self.least = sum(map(min, self.rows))
        self.base = sum(map(max, self.rows)) - self.least + 1

    @property
    def fits(self) -> bool:
        return self.base < _FITS and abs(self.least) < _FITS

    def column(self) -> Integers:
        import numpy as np

        sums = np.zeros(1, dtype=np.int64)
        for row in self.rows:
            sums = np.add.outer(sums, np.array(row, dtype=np.int64)).ravel()
        return sums - self.least

    def value(self, digit: int) -> Rational:
        total = digit + self.least
        return total if self.scale == 1 else Fraction(total, self.scale)


def _distinct(codes: Integers) -> tuple[Integers, Integers]:
    """The codes that occur, ascending, and where each profile's stands among them."""
    import numpy as np

    highest = int(codes.max())
    if highest > 8 * len(codes):
        distinct, position = np.unique(codes, return_inverse=True)
        return distinct, position
    met = np.zeros(highest + 1, dtype=bool)
    met[codes] = True
    rank = np.cumsum(met, dtype=np.int64) - 1
    return np.flatnonzero(met).astype(np.int64), rank[codes]
