"""From extreme equilibria to maximal Nash subsets and connected components.

The extreme equilibria are the edges of a bipartite graph between extreme strategies of the two
players. Its maximal bicliques are the maximal Nash subsets, its connected components
those of the equilibrium set (Winkels 1979; Jansen 1981; Avis, Rosenberg, Savani and von
Stengel 2010).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from alliance_games.algorithms.equilibrium_set import (
    EquilibriumComponent,
    ExtremeEquilibrium,
    NashSubset,
    Vector,
)
from alliance_games.exact.linear import affine_dimension


def components(
    extreme: Mapping[ExtremeEquilibrium, int], *, indices_known: bool = True
) -> tuple[EquilibriumComponent, ...]:
    """Group extreme equilibria into components, in canonical order.

    `extreme` gives for each extreme equilibrium the sum of the signs of the complementary
    pairs of bases of the perturbed game that lie over it. Canonical order is descending: the
    first player's first strategy most likely first.
    """
    groups = [_component(group, extreme, indices_known) for group in connected(extreme)]
    groups.sort(key=lambda component: _key(component.extreme[0]), reverse=True)
    return tuple(groups)


def connected(extreme: Iterable[ExtremeEquilibrium]) -> list[list[ExtremeEquilibrium]]:
    """Split edges of the bipartite graph into those of its connected components."""
    groups: list[list[ExtremeEquilibrium]] = []
    of_row: dict[Vector, list[ExtremeEquilibrium]] = {}
    of_column: dict[Vector, list[ExtremeEquilibrium]] = {}
    for edge in extreme:
        of_row.setdefault(edge.row, []).append(edge)
        of_column.setdefault(edge.column, []).append(edge)
    seen: set[ExtremeEquilibrium] = set()
    for start in extreme:
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for edge in group:  # grows while it is read: breadth first
            for other in (*of_row.pop(edge.row, ()), *of_column.pop(edge.column, ())):
                if other not in seen:
                    seen.add(other)
                    group.append(other)
        groups.append(group)
    return groups


def maximal_bicliques(neighbours: Mapping[Vector, int]) -> list[tuple[list[Vector], int]]:
    """Maximal bicliques of a bipartite graph, as (left vertices, bit set of right vertices).

    `neighbours` gives for each left vertex the bit set of its right neighbours, never
    empty. The right sides of maximal bicliques are exactly the non-empty intersections of
    neighbourhoods.
    """
    closed: set[int] = set()
    for mask in set(neighbours.values()):
        closed |= {mask & other for other in closed}
        closed.add(mask)
    closed.discard(0)
    return [([v for v, mask in neighbours.items() if mask & c == c], c) for c in closed]


def _component(
    group: list[ExtremeEquilibrium], signs: Mapping[ExtremeEquilibrium, int], indices_known: bool
) -> EquilibriumComponent:
    ordered = tuple(sorted(group, key=_key, reverse=True))
    index = sum(signs[edge] for edge in ordered) if indices_known else None
    if len(ordered) == 1:
        only = ordered[0]
        return EquilibriumComponent(ordered, (NashSubset((only.row,), (only.column,)),), 0, index)
    columns = sorted({edge.column for edge in ordered}, reverse=True)
    place = {column: 1 << position for position, column in enumerate(columns)}
    neighbours: dict[Vector, int] = {}
    for edge in ordered:
        neighbours[edge.row] = neighbours.get(edge.row, 0) | place[edge.column]
    subsets = [
        NashSubset(tuple(rows), tuple(column for column in columns if place[column] & mask))
        for rows, mask in maximal_bicliques(neighbours)
    ]
    subsets.sort(key=lambda subset: (subset.rows, subset.columns), reverse=True)
    dimension = max(affine_dimension(s.rows) + affine_dimension(s.columns) for s in subsets)
    return EquilibriumComponent(ordered, tuple(subsets), dimension, index)


def _key(edge: ExtremeEquilibrium) -> tuple[Vector, Vector]:
    return edge.row, edge.column
