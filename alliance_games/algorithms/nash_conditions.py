"""All Nash equilibria of two players over any ordered field.

The vertices of both best-response polytopes are found from their supports by cofactors (so that
nothing is divided before its sign is known); pairs that carry all labels are the extreme
equilibria, maximal bicliques of them the maximal Nash subsets (Winkels 1979; Jansen 1981; Avis,
Rosenberg, Savani and von Stengel 2010). Written for ``Concept.conditions``: a sign is asked only
where it decides something, and vertices at which the other side has nothing to answer are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from alliance_games.algorithms.nash_subsets import maximal_bicliques
from alliance_games.model.profiles import Mixed, Payoffs, Profile
from alliance_games.results.ordered import Signs
from alliance_games.results.solutions import Component, Point, Solution, Subset

Table = Sequence[Sequence[Fraction]]
"""``table[own][other]``: payoffs of the player who answers, for each of her strategies."""


@dataclass(frozen=True, slots=True)
class Vertex:
    """An extreme strategy of one player: its ``support``, and the other's best ``replies``."""

    strategy: Mixed
    support: frozenset[int]
    replies: frozenset[int]


def equilibria(game: Any, signs: Signs) -> Iterator[Solution]:
    """Points and components, ordered by the supports of their extreme points."""
    m, n = game.shape
    first = [[game.payoff(0, (i, j)) for j in range(n)] for i in range(m)]
    second = [[game.payoff(1, (i, j)) for i in range(m)] for j in range(n)]
    columns = vertices(first, [frozenset(range(n))], signs)
    # A mixture of rows matters only where some column vertex makes all of them best replies.
    rows = vertices(second, [vertex.replies for vertex in columns], signs)
    pairs = [
        (x, y)
        for x in range(len(rows))
        for y in range(len(columns))
        if columns[y].support <= rows[x].replies and rows[x].support <= columns[y].replies
    ]
    for group in connected(pairs):
        yield _solution(game, group, rows, columns, signs)


def vertices(table: Table, within: Sequence[frozenset[int]], signs: Signs) -> list[Vertex]:
    """The extreme strategies of the player against whom ``table`` answers, whose supports lie in
    one of ``within``; each once, small supports first."""
    answers, width = len(table), len(table[0])
    found: dict[tuple[frozenset[int], frozenset[int]], Vertex] = {}
    for size in range(1, min(answers, width) + 1):
        for support in combinations(range(width), size):
            if not any(set(support) <= one for one in within):
                continue
            for tight in combinations(range(answers), size):
                if any(s == frozenset(support) and set(tight) <= t for s, t in found):
                    continue
                vertex = _vertex(table, support, tight, signs)
                if vertex is not None:
                    found.setdefault((vertex.support, vertex.replies), vertex)
    return sorted(found.values(), key=lambda v: (sorted(v.support), sorted(v.replies)))


def _vertex(
    table: Table, support: tuple[int, ...], tight: tuple[int, ...], signs: Signs
) -> Vertex | None:
    """The mixture with this support at which exactly these answers, and any that tie with them,
    are best; None where there is no such mixture, or it is not alone."""
    weights = cofactors(
        [[table[i][j] - table[tight[0]][j] for j in support] for i in tight[1:]], len(support)
    )
    sign = signs.sign(weights[0])
    if not sign:
        return None
    weights = [weight * sign for weight in weights]
    if not all(signs.is_positive(weight) for weight in weights[1:]):
        return None
    replies = set(tight)
    for other in range(len(table)):
        if other not in replies:
            gap = sum(
                (
                    weight * (table[tight[0]][j] - table[other][j])
                    for weight, j in zip(weights, support, strict=True)
                ),
                Fraction(0),
            )
            lead = signs.sign(gap)
            if lead < 0:
                return None
            if not lead:
                replies.add(other)
    total = sum(weights, Fraction(0))
    strategy = [Fraction(0)] * len(table[0])
    for weight, j in zip(weights, support, strict=True):
        strategy[j] = weight / total
    return Vertex(tuple(strategy), frozenset(support), frozenset(replies))


def cofactors(rows: list[list[Fraction]], width: int) -> list[Fraction]:
    """A vector that all rows (one fewer than its length) annul: their signed minors."""
    found = []
    for column in range(width):
        minor = determinant([[*row[:column], *row[column + 1 :]] for row in rows])
        found.append(minor if column % 2 == 0 else -minor)
    return found


def determinant(matrix: list[list[Fraction]]) -> Fraction:
    """By expansion: nothing is divided, so no sign has to be known."""
    if not matrix:
        return Fraction(1)
    total = Fraction(0)
    for column, entry in enumerate(matrix[0]):
        if isinstance(entry, Fraction) and not entry:
            continue
        rest = [[*row[:column], *row[column + 1 :]] for row in matrix[1:]]
        total = total + entry * determinant(rest) * (-1 if column % 2 else 1)
    return total


def connected(pairs: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The edges of a bipartite graph by connected components."""
    groups: list[list[tuple[int, int]]] = []
    for pair in pairs:
        touching = [g for g in groups if any(a == pair[0] or b == pair[1] for a, b in g)]
        groups = [g for g in groups if g not in touching]
        groups.append(sorted([*(edge for g in touching for edge in g), pair]))
    return sorted(groups)


def _solution(
    game: Any,
    edges: list[tuple[int, int]],
    rows: Sequence[Vertex],
    columns: Sequence[Vertex],
    signs: Signs,
) -> Solution:
    extreme = tuple((rows[x].strategy, columns[y].strategy) for x, y in edges)
    payoffs = tuple(expected(game, profile) for profile in extreme)
    if len(edges) == 1:
        return Point(extreme[0], payoffs[0])
    left = sorted({x for x, _ in edges})
    right = sorted({y for _, y in edges})
    neighbours = [
        sum(1 << place for place, y in enumerate(right) if (x, y) in set(edges)) for x in left
    ]
    subsets, dimension = [], 0
    for chosen, mask in sorted(maximal_bicliques(neighbours)):
        one = tuple(rows[left[v]].strategy for v in chosen)
        other = tuple(columns[y].strategy for place, y in enumerate(right) if mask >> place & 1)
        subsets.append(Subset(one, other))
        dimension = max(dimension, span_of(one, signs) + span_of(other, signs))
    return Component(dimension, extreme, payoffs, tuple(subsets))


def expected(game: Any, profile: Profile) -> Payoffs:
    """Every player's payoff at a mixed profile of two."""
    total = [Fraction(0)] * 2
    for i, p in enumerate(profile[0]):
        for j, q in enumerate(profile[1]):
            weight = p * q
            if isinstance(weight, Fraction) and not weight:
                continue
            for player, payoff in enumerate(game.payoffs((i, j))):
                total[player] = total[player] + weight * payoff
    return tuple(total)


def span_of(points: Sequence[Mixed], signs: Signs) -> int:
    """The affine dimension of a set of different points."""
    if len(points) <= 2:
        return len(points) - 1
    rows = [[a - b for a, b in zip(point, points[0], strict=True)] for point in points[1:]]
    rank = 0
    for column in range(len(points[0])):
        pivot = next((r for r in range(rank, len(rows)) if signs.sign(rows[r][column])), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        top = rows[rank]
        for below in range(rank + 1, len(rows)):
            factor = rows[below][column]
            rows[below] = [
                entry * top[column] - factor * lead
                for entry, lead in zip(rows[below], top, strict=True)
            ]
        rank += 1
    return rank
