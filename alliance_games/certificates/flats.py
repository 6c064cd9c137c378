"""The dimension of what points span, for the checkers of continua."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def affine_dimension(points: Sequence[tuple[Fraction, ...]]) -> int:
    """The dimension of the smallest flat through the points, by elimination."""
    origin = points[0]
    rows = [[p - o for p, o in zip(point, origin, strict=True)] for point in points[1:]]
    dimension = 0
    for column in range(len(origin)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        dimension += 1
        rows.remove(pivot)
        for row in rows:
            if factor := row[column] / pivot[column]:
                row[:] = [r - factor * p for r, p in zip(row, pivot, strict=True)]
    return dimension
