"""Polytopes whose inequalities have coefficients in a number field, by all their vertices.

Rare and small: some variables are irrational constants, the others enter linearly.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

from alliance_games.exact.algebraic import Exact, sign
from alliance_games.exact.elimination import Branch
from alliance_games.exact.fields import rank, unique_solution
from alliance_games.exact.polynomials import Polynomial, evaluate
from alliance_games.exact.signs import Bounds
from alliance_games.exact.systems import Piece, Relation, Work

MOST_TRIALS = 20_000
"""Choices of tight inequalities beyond which the vertices are not looked for."""

Row = tuple[list[Exact], Exact]
"""The coefficients of the variables left and the constant."""


def field_cells(
    point: dict[int, Exact],
    part: Branch,
    left: tuple[int, ...],
    isolated: tuple[Relation, ...],
    work: Work,
) -> list[Piece] | None:
    """The cell over ``point`` of the inequalities of ``part``, which has no other equalities.

    None where an inequality is not linear in the variables left, where these are not bounded one
    by one, or where there would be too many candidates for a vertex.
    """
    relations = [*((p, ">=") for p in part.at_least), *((p, ">") for p in part.above)]
    rows: list[tuple[Row, Relation]] = []
    for p, relation in relations:
        row = _row(p, point, left, work)
        if row is None:
            return None
        if any(c != 0 for c in row[0]):
            rows.append((row, (p, relation)))
        elif sign(row[1]) < 0 or (relation == ">" and row[1] == 0):
            return []
    if comb(len(rows), len(left)) > MOST_TRIALS or not _bounded(rows, part, left, work):
        return None
    vertices = _vertices([row for row, _ in rows], len(left), work)
    if not vertices:
        return []
    inner = [
        sum((vertex[i] for vertex in vertices), Fraction(0)) / len(vertices)
        for i in range(len(left))
    ]
    kept: list[Relation] = []
    for row, (p, relation) in rows:
        if relation == ">" and sign(_value(row, inner)) <= 0:
            return []
        if any(_value(row, vertex) == 0 for vertex in vertices):
            kept.append((p, relation))
    origin = vertices[0]
    spread = [[a - b for a, b in zip(v, origin, strict=True)] for v in vertices[1:]]
    return [
        Piece(
            point | dict(zip(left, inner, strict=True)),
            rank(spread),
            tuple(point | dict(zip(left, vertex, strict=True)) for vertex in vertices),
            (*isolated, *kept),
        )
    ]


def _bounded(
    rows: list[tuple[Row, Relation]], part: Branch, left: tuple[int, ...], work: Work
) -> bool:
    """Whether the inequalities plainly bound each variable left from both sides."""
    if len(left) == 1:
        return {sign(row[0][0]) for row, _ in rows} == {1, -1}
    bounds = Bounds(len(work.ring.names), part.at_least, part.above)
    return all(bounds.low[v] is not None and bounds.high[v] is not None for v in left)


def _row(p: Polynomial, point: dict[int, Exact], left: tuple[int, ...], work: Work) -> Row | None:
    full = [point.get(variable, Fraction(0)) for variable in range(len(work.ring.names))]
    slopes = []
    for variable in left:
        slope = p.derivative(variable)
        if any(slope.degrees()[other] > 0 for other in left):
            return None
        slopes.append(evaluate(slope, full))
    return slopes, evaluate(p, full)


def _value(row: Row, at: list[Exact]) -> Exact:
    total = row[1]
    for c, x in zip(row[0], at, strict=True):
        total = total + c * x
    return total


def _vertices(rows: list[Row], width: int, work: Work) -> list[list[Exact]]:
    found: list[list[Exact]] = []
    for chosen in combinations(rows, width):
        work.tick()
        at = unique_solution([row[0] for row in chosen], [-row[1] for row in chosen])
        if at is not None and at not in found and all(sign(_value(row, at)) >= 0 for row in rows):
            found.append(at)
    return sorted(found)
