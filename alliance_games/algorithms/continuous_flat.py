"""Continua of candidates that are flat though their equations are not: told by linear ones.

The first-order conditions of a contest, say, are quadratic, and what satisfies them may still be a
line. The tangent space at one point of the continuum is then all of it, which is proved both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.exact.algebraic import Algebraic
from alliance_games.exact.pieces import Signs
from alliance_games.exact.polynomials import Polynomial, evaluate
from alliance_games.exact.systems import Cell, Undecided, solve


def flattened(prepared: Prepared, cell: Cell) -> list[Cell]:
    """The same points as cells of linear conditions, where they are such; else the cell itself."""
    equal = [p for p, relation in cell.conditions if relation == "="]
    if cell.corners or all(int(p.total_degree()) <= 1 for p in equal):
        return [cell]
    if any(isinstance(number, Algebraic) for number in cell.sample):
        return [cell]
    flat = [one for p in equal if (one := _tangent(prepared, p, cell)) is not None]
    if not flat:
        return [cell]
    for plane in flat:
        for way in (1, -1):
            if prepared.possible((*cell.conditions, (plane * way, ">"))):
                return [cell]
    signs: Signs = tuple((plane, "=") for plane in flat)
    for p, relation in cell.conditions:
        broken = [(-p, ">=" if relation == ">" else ">")]
        if relation == "=":
            broken.append((p, ">"))
        if any(prepared.possible((*signs, one)) for one in broken):
            return [cell]
    try:
        return list(solve(prepared.system(signs), prepared.tick))
    except Undecided:
        return [cell]


def _tangent(prepared: Prepared, p: Polynomial, cell: Cell) -> Polynomial | None:
    """The linear polynomial that is zero where the tangent plane of ``p`` is, with whole numbers;
    None where ``p`` has no such plane at the cell's sample."""
    variables = prepared.ring.variables
    slopes = [evaluate(p.derivative(place), cell.sample) for place in range(len(variables))]
    if all(slope == 0 for slope in slopes):
        return None
    scale = lcm(*(slope.denominator for slope in slopes))
    plane = prepared.ring.constant(-_at(slopes, cell.sample) * scale)
    for slope, variable in zip(slopes, variables, strict=True):
        plane = plane + variable * prepared.ring.constant(slope * scale)
    return plane


def _at(slopes: Sequence[Fraction], point: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(slopes, point, strict=True)), Fraction(0))
