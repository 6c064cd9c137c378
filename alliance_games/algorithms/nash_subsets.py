"""From extreme equilibria to maximal Nash subsets and connected components.

The extreme equilibria are the edges of a bipartite graph between extreme strategies of the two
players. Its maximal bicliques are the maximal Nash subsets, its connected components
those of the equilibrium set (Winkels 1979; Jansen 1981; Avis, Rosenberg, Savani and von
Stengel 2010).
"""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.algorithms.best_response import Tick, no_limit
from alliance_games.algorithms.equilibrium_set import (
    EquilibriumComponent,
    ExtremeEquilibrium,
    NashSubset,
    Vector,
)
from alliance_games.exact.linear import affine_dimension

SignedEquilibria = Sequence[tuple[ExtremeEquilibrium, int]]
"""Different extreme equilibria, each with the sum of the signs of the complementary pairs of
bases of the perturbed game that lie over it (`nash_index`)."""


def components(
    extreme: SignedEquilibria, tick: Tick = no_limit
) -> tuple[EquilibriumComponent, ...]:
    """Group extreme equilibria into components, in canonical order.

    Canonical order is descending: the first player's first strategy most likely first.
    """
    groups = [_component([extreme[place] for place in group], tick) for group in connected(extreme)]
    groups.sort(key=lambda component: _key(component.extreme[0]), reverse=True)
    return tuple(groups)


def connected(extreme: SignedEquilibria) -> list[list[int]]:
    """Split edges of the bipartite graph into its connected components, as lists of places."""
    # Fractions are slow to hash: each strategy is hashed once, and numbers stand for it.
    numbers: tuple[dict[Vector, int], dict[Vector, int]] = ({}, {})
    ends = [
        (
            numbers[0].setdefault(edge.row, len(numbers[0])),
            numbers[1].setdefault(edge.column, len(numbers[1])),
        )
        for edge, _ in extreme
    ]
    at: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for place, end in enumerate(ends):
        for side in (0, 1):
            at[side].setdefault(end[side], []).append(place)
    groups = []
    seen = [False] * len(ends)
    for start in range(len(ends)):
        if seen[start]:
            continue
        seen[start] = True
        group = [start]
        for place in group:  # grows while it is read: breadth first
            for side in (0, 1):
                for other in at[side].pop(ends[place][side], ()):
                    if not seen[other]:
                        seen[other] = True
                        group.append(other)
        groups.append(group)
    return groups


def maximal_bicliques(
    neighbours: Sequence[int], tick: Tick = no_limit
) -> list[tuple[list[int], int]]:
    """Maximal bicliques of a bipartite graph, as (left vertices, bit set of right vertices).

    `neighbours` gives for each left vertex the bit set of its right neighbours, never
    empty. The right sides of maximal bicliques are exactly the non-empty intersections of
    neighbourhoods.
    """
    closed: set[int] = set()
    for mask in set(neighbours):
        tick()
        closed |= {mask & other for other in closed}
        closed.add(mask)
    closed.discard(0)
    return [([v for v, mask in enumerate(neighbours) if mask & c == c], c) for c in closed]


def _component(group: SignedEquilibria, tick: Tick) -> EquilibriumComponent:
    index = sum(sign for _, sign in group)
    ordered = tuple(sorted((edge for edge, _ in group), key=_key, reverse=True))
    if len(ordered) == 1:
        only = ordered[0]
        return EquilibriumComponent(ordered, (NashSubset((only.row,), (only.column,)),), 0, index)
    columns = sorted({edge.column for edge in ordered}, reverse=True)
    place = {column: 1 << position for position, column in enumerate(columns)}
    rows: list[Vector] = []
    neighbours: list[int] = []
    for edge in ordered:  # ordered by row first, so that equal rows are together
        if not rows or rows[-1] != edge.row:
            rows.append(edge.row)
            neighbours.append(0)
        neighbours[-1] |= place[edge.column]
    subsets = [
        NashSubset(
            tuple(rows[number] for number in left),
            tuple(column for position, column in enumerate(columns) if right >> position & 1),
        )
        for left, right in maximal_bicliques(neighbours, tick)
    ]
    subsets.sort(key=lambda subset: (subset.rows, subset.columns), reverse=True)
    dimension = max(affine_dimension(s.rows) + affine_dimension(s.columns) for s in subsets)
    return EquilibriumComponent(ordered, tuple(subsets), dimension, index)


def _key(edge: ExtremeEquilibrium) -> tuple[Vector, Vector]:
    return edge.row, edge.column
