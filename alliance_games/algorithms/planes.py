"""Convex sets in the plane, on a grid of integers or exactly: hulls, sections, weights.

A convex set is the list of its extreme points, counter-clockwise from the lowest leftmost; one
point or two are a point and a segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any, TypeAlias

Number: TypeAlias = Any
"""An integer or a Fraction (type checkers have no name for what the two have in common)."""
Place: TypeAlias = tuple[Number, Number]
Polygon: TypeAlias = list[Place]


def turn(a: Place, b: Place, c: Place) -> Number:
    """Positive where a, b, c turn left, 0 where they lie on a line."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def hull(points: Iterable[Place]) -> Polygon:
    """The extreme points of the convex hull (Andrew 1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower = _chain(ordered)
    upper = _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _chain(ordered: Sequence[Place]) -> Polygon:
    chain: Polygon = []
    for point in ordered:
        while len(chain) > 1 and turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def section(polygon: Polygon, axis: int, at: Number) -> tuple[Fraction, Fraction] | None:
    """The other coordinate's range where coordinate ``axis`` is ``at``; None if it is nowhere."""
    found: list[Fraction] = []
    other = 1 - axis
    for here, there in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        low, high = here[axis], there[axis]
        if low == at:
            found.append(Fraction(here[other]))
        if (low < at < high) or (high < at < low):
            part = Fraction(at - low) / (high - low)
            found.append(here[other] + part * (there[other] - here[other]))
    return (min(found), max(found)) if found else None


def contains(polygon: Polygon, point: Place) -> bool:
    """Whether a point lies in the set, its boundary included."""
    return weights(polygon, point) is not None


def weights(polygon: Polygon, point: Place) -> dict[int, Fraction] | None:
    """The point as a mixture of three extreme points at most; None where it is outside."""
    if len(polygon) == 1:
        return {0: Fraction(1)} if polygon[0] == point else None
    if len(polygon) == 2:
        return _on_segment(polygon, point)
    first = polygon[0]
    for place in range(1, len(polygon) - 1):
        second, third = polygon[place], polygon[place + 1]
        area = turn(first, second, third)
        found = (
            Fraction(turn(point, second, third)) / area,
            Fraction(turn(first, point, third)) / area,
            Fraction(turn(first, second, point)) / area,
        )
        if min(found) >= 0:
            return {k: w for k, w in zip((0, place, place + 1), found, strict=True) if w}
    return None


def _on_segment(polygon: Polygon, point: Place) -> dict[int, Fraction] | None:
    first, last = polygon
    if turn(first, last, point) != 0:
        return None
    axis = 0 if first[0] != last[0] else 1
    part = Fraction(point[axis] - first[axis]) / (last[axis] - first[axis])
    if not 0 <= part <= 1:
        return None
    return {k: w for k, w in ((0, 1 - part), (1, part)) if w}


def distance(polygon: Polygon, point: Place) -> Fraction:
    """The Euclidean distance from a point to the set, rounded up a little."""
    if contains(polygon, point):
        return Fraction(0)
    squares = [
        _square_to_segment(here, there, point)
        for here, there in zip(polygon, [*polygon[1:], polygon[0]], strict=True)
    ]
    scale = 10**15
    square = min(squares) * scale**2
    return Fraction(isqrt(-(-square.numerator // square.denominator)) + 1, scale)


def _square_to_segment(a: Place, b: Place, point: Place) -> Fraction:
    along = (b[0] - a[0], b[1] - a[1])
    length = Fraction(along[0] ** 2 + along[1] ** 2)
    part = Fraction(0)
    if length:
        dot = (point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]
        part = min(max(Fraction(dot) / length, Fraction(0)), Fraction(1))
    dx = point[0] - a[0] - part * along[0]
    dy = point[1] - a[1] - part * along[1]
    return Fraction(dx * dx + dy * dy)
