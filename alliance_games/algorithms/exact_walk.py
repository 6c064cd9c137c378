"""Every vertex of a polytope {z >= 0, Mz <= 1}, in exact integer arithmetic.

A breadth-first walk over dictionaries kept as integers over one denominator (Edmonds 1967).
The right side is perturbed to 1 + eps * delta, with eps infinitesimal and delta fixed
"random" integers: the polytope becomes simple, so that each basis is entered once and each edge
has one far end, and every vertex of the original polytope keeps at least one basis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from alliance_games.algorithms.best_response import Matrix, Tick


class TieInPerturbation(Exception):
    """Two ratios agree to first order in eps as well: another delta is needed."""


@dataclass(slots=True)
class Vertices:
    """The vertices of one polytope, found so far.

    `points` maps the labels of the tight inequalities (a bit set) to the vertex, up to a
    positive factor; `bases` maps the labels of the non-basic variables of each basis of the
    perturbed polytope to the labels of the vertex below it.
    """

    points: dict[int, tuple[int, ...]] = field(default_factory=dict)
    bases: dict[int, int] = field(default_factory=dict)


def walk(
    matrix: Matrix,
    own_bits: Sequence[int],
    slack_bits: Sequence[int],
    found: Vertices,
    tick: Tick,
) -> Iterator[int]:
    """Visit all vertices of {z >= 0, matrix z <= 1}; yield the labels of each new one.

    `matrix` is r x c with non-negative entries and no zero column; `own_bits` are
    the labels (single bits) of z >= 0, `slack_bits` those of the r rows. Fills `found`.
    """
    for seed in range(64):
        found.bases.clear()
        delta = perturbation(len(matrix), seed)
        try:
            yield from _walk(matrix, own_bits, slack_bits, delta, found, tick)
        except TieInPerturbation:
            continue
        return
    raise ArithmeticError("sixty-four random perturbations all met a tie")


def perturbation(length: int, seed: int, bits: int = 60) -> list[int]:
    """Fixed positive integers without pattern (splitmix64: Steele, Lea and Flood 2014)."""
    whole = (1 << 64) - 1
    drawn = []
    for place in range(1, length + 1):
        word = ((seed << 20) + place) * 0x9E3779B97F4A7C15 & whole
        word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9 & whole
        word = (word ^ word >> 27) * 0x94D049BB133111EB & whole
        drawn.append(((word ^ word >> 31) >> (64 - bits)) + 1)
    return drawn


def _walk(
    matrix: Matrix,
    own_bits: Sequence[int],
    slack_bits: Sequence[int],
    delta: Sequence[int],
    found: Vertices,
    tick: Tick,
) -> Iterator[int]:
    own_place = {bit: place for place, bit in enumerate(own_bits)}
    start = [[*row, 1, d] for row, d in zip(matrix, delta, strict=True)]
    seen = {sum(own_bits)}
    frontier = [(start, 1, list(slack_bits), list(own_bits))]
    width = len(own_bits)
    while frontier:
        following = []
        for table, denominator, basic, free in frontier:
            tick()
            labels = nonbasic = sum(free)
            point = [0] * width
            for row, bit in zip(table, basic, strict=True):
                if row[width] == 0:
                    labels |= bit
                elif bit in own_place:
                    point[own_place[bit]] = row[width]
            found.bases[nonbasic] = labels
            if labels not in found.points:
                found.points[labels] = tuple(point)
                yield labels
            for column in range(width):
                leaving = leaving_row(table, column, width)
                neighbour = nonbasic ^ free[column] ^ basic[leaving]
                if neighbour in seen:
                    continue
                seen.add(neighbour)
                next_basic, next_free = basic.copy(), free.copy()
                next_basic[leaving], next_free[column] = free[column], basic[leaving]
                pivot = table[leaving][column]
                following.append(
                    (pivot_on(table, denominator, leaving, column), pivot, next_basic, next_free)
                )
        frontier = following


def leaving_row(table: Matrix, column: int, width: int) -> int:
    """The row that first reaches zero when the variable of `column` grows.

    The polytope is bounded, so some row does.
    """
    best = -1
    entry = value = slope = 0
    tied = False
    for place, row in enumerate(table):
        other = row[column]
        if other <= 0:
            continue
        if best >= 0:
            # row[width] / other against value / entry, then the same for the perturbation
            gap = row[width] * entry - value * other
            if gap > 0:
                continue
            if gap == 0:
                gap = row[width + 1] * entry - slope * other
                if gap >= 0:
                    tied = tied or gap == 0
                    continue
        best, entry, value, slope = place, other, row[width], row[width + 1]
        tied = False
    if tied:
        raise TieInPerturbation
    return best


def pivot_on(table: Matrix, denominator: int, leaving: int, column: int) -> Matrix:
    """Exchange the basic variable of row `leaving` for the free one of `column`.

    The new denominator is the entry at that place (positive).
    """
    pivot_row = table[leaving]
    pivot = pivot_row[column]
    result = []
    for place, row in enumerate(table):
        if place == leaving:
            new = pivot_row.copy()
            new[column] = denominator
        else:
            factor = row[column]
            if factor:
                new = [
                    (entry * pivot - factor * other) // denominator
                    for entry, other in zip(row, pivot_row, strict=True)
                ]
                new[column] = -factor
            else:
                new = [entry * pivot // denominator for entry in row]
        result.append(new)
    return result
