"""The vertices of a polytope of distributions, by the double description method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd

Vertex = tuple[tuple[int, ...], int]
"""A point as integers up to scale, and the constraints it is tight in, as bits."""


def vertices_of_distributions(
    size: int, halfspaces: Iterable[Sequence[int]], most: int
) -> list[tuple[Fraction, ...]] | None:
    """All vertices of {x >= 0, sum x = 1, h . x >= 0 for each h}, sorted descending, exactly.

    None where at some stage there are more than ``most``. Cuts the simplex by one halfspace after
    the other: a new vertex lies where the cut crosses an edge, and two vertices share an edge if
    no third one is tight wherever both are (Motzkin, Raiffa, Thompson and Thrall 1953; Fukuda and
    Prodon 1996).
    """
    everything = (1 << size) - 1
    vertices: list[Vertex] = [
        (tuple(int(i == j) for j in range(size)), everything & ~(1 << i)) for i in range(size)
    ]
    for number, halfspace in enumerate(halfspaces):
        vertices = _cut(vertices, halfspace, 1 << (size + number), size)
        if len(vertices) > most:
            return None
    points = [tuple(Fraction(x, sum(point)) for x in point) for point, _ in vertices]
    return sorted(points, reverse=True)


def _cut(vertices: Sequence[Vertex], halfspace: Sequence[int], bit: int, size: int) -> list[Vertex]:
    heights = [sum(h * x for h, x in zip(halfspace, point, strict=True)) for point, _ in vertices]
    above = [(v, height) for v, height in zip(vertices, heights, strict=True) if height > 0]
    below = [(v, height) for v, height in zip(vertices, heights, strict=True) if height < 0]
    on = [
        (point, tight | bit)
        for (point, tight), height in zip(vertices, heights, strict=True)
        if height == 0
    ]
    crossings = [
        (_between(p, up, q, down), tight_p & tight_q | bit)
        for (p, tight_p), up in above
        for (q, tight_q), down in below
        if _share_an_edge(tight_p & tight_q, vertices, size)
    ]
    return [vertex for vertex, _ in above] + on + crossings


def _share_an_edge(common: int, vertices: Sequence[Vertex], size: int) -> bool:
    return common.bit_count() >= size - 2 and (
        sum(tight & common == common for _, tight in vertices) == 2
    )


def _between(p: Sequence[int], up: int, q: Sequence[int], down: int) -> tuple[int, ...]:
    point = [up * b - down * a for a, b in zip(p, q, strict=True)]
    divisor = gcd(*point)
    return tuple(x // divisor for x in point)
