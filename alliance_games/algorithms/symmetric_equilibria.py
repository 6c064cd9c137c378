"""Symmetric equilibria of a symmetric game with two strategies: roots of one polynomial.

What the first strategy gains over the second while k of the n - 1 others play it is d_k; where each
plays it with probability p, the expected gain is the polynomial of degree n - 1 whose Bernstein
coefficients are the d_k. So it has at most as many roots as the d_k change sign, and as many up to
an even number (Descartes); de Casteljau's scheme halves the interval until none or one is left. All
is done in integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import comb, lcm
from typing import TYPE_CHECKING

from alliance_games.exact.numerals import irrational
from alliance_games.exact.tableau import Tick

if TYPE_CHECKING:
    from flint import fmpz_poly

    from alliance_games.exact.algebraic import Exact

MOST_EXACT = 30
"""The degree up to which a root is told by its polynomial."""

DIGITS = 18
"""Decimals of a root of higher degree."""

DEEPEST = 40
"""Halvings after which a root is given up: it may be a double one."""


class Unsettled(Exception):
    """Roots that could not be told apart; the message says where."""


@dataclass(frozen=True, slots=True)
class Common:
    """A probability with which all play the first strategy; ``within`` tells how near it stands to
    the exact one (0: it is exact)."""

    probability: Exact
    within: Fraction = Fraction(0)


def common_probabilities(gains: Sequence[Fraction], tick: Tick) -> Iterator[Common]:
    """All probabilities at which nobody gains, descending. ``gains[k]`` is d_k, not all zero.

    Raises Unsettled.
    """
    over = lcm(*(gain.denominator for gain in gains))
    d = [int(gain * over) for gain in gains]
    if d[-1] >= 0:
        yield Common(Fraction(1))
    yield from reversed(list(_inner(d, tick)))
    if d[0] <= 0:
        yield Common(Fraction(0))


def _inner(d: list[int], tick: Tick) -> Iterator[Common]:
    if not _changes(d):
        return
    if len(d) - 1 <= MOST_EXACT:
        from alliance_games.exact.algebraic import real_roots

        for root in real_roots(_polynomial(d)):
            if 0 < root < 1:
                yield Common(root)
        return
    for low, high, before in _isolated(d, tick):
        yield _narrowed(d, low, high, before, tick)


def _polynomial(d: Sequence[int]) -> fmpz_poly:
    """The gain in powers of p."""
    from flint import fmpz_poly

    n = len(d) - 1
    total, p, q = fmpz_poly([]), fmpz_poly([0, 1]), fmpz_poly([1, -1])
    for k, gain in enumerate(d):
        total += p**k * q ** (n - k) * (gain * comb(n, k))
    return total


def _changes(d: Sequence[int]) -> int:
    signs = [gain > 0 for gain in d if gain]
    return sum(a != b for a, b in pairwise(signs))


def _isolated(d: list[int], tick: Tick) -> Iterator[tuple[Fraction, Fraction, int]]:
    """Intervals with one root each, ascending; a root met by a halving is one of no length."""
    stack = [(d, Fraction(0), Fraction(1), 0)]
    while stack:
        tick()
        here, low, high, depth = stack.pop()
        changes = _changes(here)
        if not changes:
            continue
        if changes == 1:
            yield low, high, 1 if next(gain for gain in reversed(here) if gain) > 0 else -1
            continue
        if depth == DEEPEST:
            raise Unsettled(
                f"several probabilities of indifference near {float(low):.12g}, or one that is a "
                "double root"
            )
        middle = (low + high) / 2
        left, right = _halved(here)
        stack.append((right, middle, high, depth + 1))
        if left[-1] == 0:
            stack.append(([1, -1], middle, middle, depth + 1))
        stack.append((left, low, middle, depth + 1))


def _halved(d: list[int]) -> tuple[list[int], list[int]]:
    """Bernstein coefficients on both halves, times a power of two (de Casteljau)."""
    n = len(d) - 1
    row, left, right = d, [d[0] << n], [d[-1] << n]
    for step in range(1, n + 1):
        row = [a + b for a, b in pairwise(row)]
        left.append(row[0] << (n - step))
        right.append(row[-1] << (n - step))
    return left, right[::-1]


def _narrowed(d: Sequence[int], low: Fraction, high: Fraction, before: int, tick: Tick) -> Common:
    """The one root between, by bisection; a simple fraction is recognised. ``before`` is the sign
    just below the upper end."""
    if low == high:
        return Common(low)
    weights = [gain * comb(len(d) - 1, k) for k, gain in enumerate(d)]
    target = Fraction(1, 2 * 10**DIGITS)
    while high - low > target:
        tick()
        middle = (low + high) / 2
        here = _sign(weights, middle)
        if here == 0:
            return Common(middle)
        if here == before:
            high = middle
        else:
            low = middle
    simple = ((low + high) / 2).limit_denominator(10**6)
    if low <= simple <= high and _sign(weights, simple) == 0:
        return Common(simple)
    unit = 10**DIGITS
    return Common(Fraction(round((low + high) / 2 * unit), unit), Fraction(1, unit))


def _sign(weights: Sequence[int], at: Fraction) -> int:
    """The sign of the gain at a rational probability."""
    total = _total(weights, at)
    return (total > 0) - (total < 0)


def _total(weights: Sequence[int], at: Fraction) -> int:
    """The sum of weights times powers of p and q, times a power of the denominator."""
    p, q = at.numerator, at.denominator - at.numerator
    total, power = 0, 1
    for weight in reversed(weights):
        total = total * p + weight * power
        power *= q
    return total


def expected(values: Sequence[Fraction], p: Exact) -> Exact:
    """A mean over how many of the others play the first strategy: ``values[k]`` where k do."""
    n = len(values) - 1
    if not p or p == 1:
        return values[n if p else 0]
    if not irrational(p):
        weights = lcm(*(value.denominator for value in values))
        whole = [int(value * weights) * comb(n, k) for k, value in enumerate(values)]
        return Fraction(_total(whole, p), weights * p.denominator**n)
    powers: list[Exact] = [Fraction(1)]
    others: list[Exact] = [Fraction(1)]
    for _ in range(n):
        powers.append(powers[-1] * p)
        others.append(others[-1] * (1 - p))
    total: Exact = Fraction(0)
    for k, value in enumerate(values):
        if value:
            total = total + powers[k] * others[n - k] * (comb(n, k) * value)
    return total
