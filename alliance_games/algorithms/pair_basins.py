"""Basins of two populations with two strategies each: what lies on either side of the separatrix.

With ``x`` and ``y`` the shares of the first strategies, ``dx/dt = x(1 - x) A (y - q)`` and
``dy/dt = y(1 - y) B (x - p)``. Dividing one by the other separates the variables: along solutions
``A h(y, q) - B h(x, p)`` is constant, where ``h(z, m) = -m log z - (1 - m) log(1 - z)`` is convex
and least at ``z = m`` (Hofbauer and Sigmund 1998, section 10.3). Through a saddle at ``(p, q)`` the
curve that falls divides the square between two strict equilibria.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log
from typing import Any

from alliance_games.model.normal import NormalGame

ERROR = Fraction(1, 10**6)
"""To so much the integral is told; it is computed more exactly."""

NARROW, UNEVEN = Fraction(1, 500), 500
"""How near a side the saddle, and how unequal the populations' speeds, may be for floats to follow
the curve by both methods."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Each side's lead of the first strategy: where the other plays its first, and where not."""

    row: tuple[Fraction, Fraction]
    column: tuple[Fraction, Fraction]


def leads(game: NormalGame) -> Leads:
    """The leads of a game of two strategies each."""
    row = tuple(game.payoff(0, (0, j)) - game.payoff(0, (1, j)) for j in (0, 1))
    column = tuple(game.payoff(1, (i, 0)) - game.payoff(1, (i, 1)) for i in (0, 1))
    return Leads((row[0], row[1]), (column[0], column[1]))


def too_uneven(of: Leads) -> bool:
    """Whether the curve between two equilibria is out of reach of floats."""
    (a, b), (c, d) = of.row, of.column
    if not (a * b < 0 and c * d < 0 and (a > 0) == (c > 0)):
        return False
    if a - b == c - d and b / (b - a) + d / (d - c) == 1:
        return False  # the halves are known
    sides = [z for m in (b / (b - a), d / (d - c)) for z in (m, 1 - m)]
    pace = abs((a - b) / (c - d))
    return min(sides) < NARROW or not 1 <= pace * UNEVEN <= UNEVEN**2


def divided(of: Leads) -> tuple[dict[tuple[int, int], Fraction], bool] | None:
    """The share of each strict equilibrium that attracts, and whether it is exact.

    {} where none attracts anything (a centre); None where a tie leaves it open.
    """
    if 0 in (*of.row, *of.column):
        return None
    (a, b), (c, d) = of.row, of.column
    mixed = a * b < 0 and c * d < 0
    if not mixed:
        return {_dominant(of): Fraction(1)}, True
    if (a > 0) != (c > 0):
        return {}, True
    q, p = b / (b - a), d / (d - c)
    steep, flat = a - b, c - d  # A and B
    # Where both are negative the second population's strategies change places.
    turned = steep < 0
    if turned:
        q, steep, flat = 1 - q, -steep, -flat
    exact = steep == flat and p + q == 1
    low = Fraction(1, 2) if exact else _under(steep, flat, p, q)
    first, last = ((0, 1), (1, 0)) if turned else ((0, 0), (1, 1))
    # The equilibrium at shares (1, 1) lies above the curve.
    return {first: 1 - low, last: low}, exact


def _dominant(of: Leads) -> tuple[int, int]:
    """The strict equilibrium where one side has a dominant strategy and the other replies."""
    if of.row[0] * of.row[1] > 0:
        i = 0 if of.row[0] > 0 else 1
        return i, 0 if of.column[i] > 0 else 1
    j = 0 if of.column[0] > 0 else 1
    return (0 if of.row[j] > 0 else 1), j


def _under(steep: Fraction, flat: Fraction, p: Fraction, q: Fraction) -> Fraction:
    """The area under the falling curve ``A (h(y, q) - h(q, q)) = B (h(x, p) - h(p, p))``."""
    from scipy.integrate import quad
    from scipy.optimize import brentq

    a, b, saddle_x, saddle_y = (float(number) for number in (steep, flat, p, q))

    def height(z: float, middle: float) -> float:
        return -middle * log(z / middle) - (1 - middle) * log((1 - z) / (1 - middle))

    def curve(x: float) -> float:
        level = b * height(x, saddle_x) / a
        if level < 1e-14:
            return saddle_y
        ends = (saddle_y, 1 - 1e-15) if x < saddle_x else (1e-300, saddle_y)
        lacking = [height(end, saddle_y) - level for end in ends]
        if lacking[0] * lacking[1] > 0:
            return ends[1] if x < saddle_x else ends[0]
        found: Any = brentq(lambda y: height(y, saddle_y) - level, *ends, xtol=1e-14)
        return float(found)

    area = sum(
        quad(curve, *ends, limit=400, epsabs=1e-9)[0]
        for ends in ((1e-12, saddle_x), (saddle_x, 1 - 1e-12))
    )
    return Fraction(round(area * 10**6), 10**6)
