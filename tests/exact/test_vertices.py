"""Vertices against solving every set of tight constraints."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

from alliance_games.exact.linear import solve
from alliance_games.exact.vertices import vertices_of_distributions


def by_definition(size, halfspaces):
    """Points where ``size - 1`` of the inequalities are tight and all hold."""
    limits = [tuple(int(i == j) for j in range(size)) for i in range(size)] + list(halfspaces)
    found = set()
    for tight in combinations(limits, size - 1):
        solution = solve([[1] * size, *tight], [1] + [0] * (size - 1))
        if solution is None:
            continue
        over, (point,) = solution
        if all(sum(a * x for a, x in zip(limit, point, strict=True)) >= 0 for limit in limits):
            found.add(tuple(Fraction(x, over) for x in point))
    return sorted(found, reverse=True)


def test_random_polytopes():
    rng = random.Random(5)
    sizes = []
    for _ in range(250):
        size = rng.randint(1, 4)
        halfspaces = [
            tuple(rng.randint(-2, 3) for _ in range(size)) for _ in range(rng.randint(0, 5))
        ]
        expected = by_definition(size, halfspaces)
        assert vertices_of_distributions(size, halfspaces, 1000) == expected
        sizes.append(len(expected))
    assert max(sizes) >= 6
    assert 0 in sizes


def test_a_limit_is_kept():
    cuts = [(1, -1, 1, -1, 1), (-1, 1, 1, 1, -1), (3, 1, -1, -2, 1)]
    assert len(vertices_of_distributions(5, cuts, 100)) > 8
    assert vertices_of_distributions(5, cuts, 8) is None
