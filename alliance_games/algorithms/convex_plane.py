"""Convex polygons in the plane, exactly: hulls, what lies above and to the right, supporting lines.

A polygon is the list of its corners, counter-clockwise; a segment has two, a point one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

Point = tuple[Fraction, Fraction]
ZERO, ONE = Fraction(0), Fraction(1)


def cross(o: Point, a: Point, b: Point) -> Fraction:
    """Positive where o, a, b turn left."""
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def dot(a: Point, b: Point) -> Fraction:
    """The inner product."""
    return a[0] * b[0] + a[1] * b[1]


def hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the convex hull (Andrew 1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in ordered:
        while len(found) > 1 and cross(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found


def edges(polygon: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """The edges in order; of a segment one, of a point none."""
    yield from pairwise(polygon)
    if len(polygon) > 2:
        yield polygon[-1], polygon[0]


def clipped(polygon: Sequence[Point], axis: int, least: Fraction) -> list[Point]:
    """The part in which a coordinate is at least ``least`` (Sutherland and Hodgman 1974)."""
    if len(polygon) < 2:
        return [point for point in polygon if point[axis] >= least]
    found = [point for point in polygon if point[axis] >= least]
    for a, b in edges(polygon):
        if (a[axis] - least) * (b[axis] - least) < 0:
            share = (least - a[axis]) / (b[axis] - a[axis])
            found.append(between(a, b, share))
    return hull(found)


def between(a: Point, b: Point, share: Fraction) -> Point:
    """The point so far on the way from ``a`` to ``b``."""
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def comprehensive(points: Sequence[Point], floor: Point) -> list[Point]:
    """The corners of all that lies below some point of the hull and not below ``floor``."""
    low = tuple(min(floor[axis], *(point[axis] for point in points)) for axis in (0, 1))
    below = [corner for x, y in points for corner in ((low[0], y), (x, low[1]))]
    return hull([*points, *below])


def upper_right(polygon: Sequence[Point]) -> list[Point]:
    """The corners at which no point is better in both coordinates' favour: the efficient chain.

    From the one highest in the second coordinate to the one furthest in the first.
    """
    start = max(polygon, key=lambda point: (point[1], point[0]))
    end = max(polygon, key=lambda point: (point[0], point[1]))
    if start == end:
        return [start]
    chain, place = [end], polygon.index(end)
    while chain[-1] != start:
        place = (place + 1) % len(polygon)
        chain.append(polygon[place])
    return chain[::-1]


def furthest(polygon: Sequence[Point], origin: Point, way: Point) -> Point | None:
    """The last point of the polygon on the ray from ``origin``; None where the ray misses it."""
    best: Fraction | None = None
    for corner in polygon:
        along = _along(origin, way, corner)
        if along is not None and (best is None or along > best):
            best = along
    for a, b in edges(polygon):
        side = cross(origin, (origin[0] + way[0], origin[1] + way[1]), a)
        other = cross(origin, (origin[0] + way[0], origin[1] + way[1]), b)
        if side * other < 0:
            met = between(a, b, side / (side - other))
            along = _along(origin, way, met)
            if along is not None and (best is None or along > best):
                best = along
    if best is None:
        return None
    return origin[0] + best * way[0], origin[1] + best * way[1]


def _along(origin: Point, way: Point, point: Point) -> Fraction | None:
    """How far along the ray the point lies; None where it is not on it."""
    x, y = point[0] - origin[0], point[1] - origin[1]
    if x * way[1] != y * way[0]:
        return None
    along = dot((x, y), way) / dot(way, way)
    return along if along >= 0 else None


def normals(polygon: Sequence[Point]) -> Iterator[Point]:
    """Directions of lines that touch the polygon along an edge or at an end, outward."""
    for a, b in edges(polygon):
        yield b[1] - a[1], a[0] - b[0]
    if len(polygon) == 2:
        a, b = polygon
        x, y = b[0] - a[0], b[1] - a[1]
        yield from ((-y, x), (x, y), (-x, -y))
