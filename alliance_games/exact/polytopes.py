"""Polytopes by linear inequalities, some of them strict: inner points, vertices, redundancy.

All exact. An inequality says ``coefficients . x + constant >= 0``, or ``> 0`` where it is strict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from alliance_games.exact.linear import affine_dimension
from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.exact.vertices import vertices_of_distributions

MOST_CORNERS = 20_000
"""A polytope with more vertices at some stage of their enumeration is not described by them."""

Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Halfspace:
    """``coefficients . x + constant`` is at least zero, above zero where ``strict``."""

    coefficients: Vector
    constant: Fraction
    strict: bool

    def at(self, point: Sequence[Fraction]) -> Fraction:
        """The left-hand side at a point."""
        return self.constant + sum(
            (c * x for c, x in zip(self.coefficients, point, strict=True) if c), Fraction(0)
        )


@dataclass(frozen=True, slots=True)
class Inside:
    """Where the inequalities hold: nowhere (``point`` None), with an inner point where each of
    them is positive, or only where those of ``tight`` are equalities (then ``point`` is None too).
    """

    point: Vector | None
    tight: tuple[int, ...] = ()


def inside(halfspaces: Sequence[Halfspace], width: int, tick: Tick) -> Inside:
    """A point at which every inequality is strict, or the ones that hold with equality only.

    One linear program: how far can all of them be above zero at once? Where the answer is zero,
    each inequality with a positive dual number is an equality at every solution, because the
    combination of them that the dual gives vanishes identically.
    """
    at_most: list[Row] = [
        ([*(-c for c in one.coefficients), 1], one.constant) for one in halfspaces
    ]
    at_most.append(([0] * width + [1], 1))
    outcome = maximize(Program([0] * width + [1], at_most, free=frozenset(range(width + 1))), tick)
    assert outcome.value is not None
    if outcome.value > 0:
        return Inside(outcome.primal[:-1])
    if outcome.value < 0:
        return Inside(None)
    tight = tuple(index for index in range(len(halfspaces)) if outcome.dual[index] > 0)
    if any(halfspaces[index].strict for index in tight):
        return Inside(None)
    return Inside(None, tight)


def corners(halfspaces: Sequence[Halfspace], width: int, tick: Tick) -> list[Vector] | None:
    """The vertices of the closure of a non-empty solution set; None where it is not bounded.

    Moves a vertex-like corner of a bounding box into the origin, so that the polytope becomes a
    cut of the cone of non-negative vectors, and hands it to the double description method.
    """
    origin: list[Fraction] = []
    signs: list[int] = []
    for place in range(width):
        bound = _bound(halfspaces, width, place, tick)
        if bound is None:
            return None
        origin.append(bound[0])
        signs.append(bound[1])
    cuts = []
    for one in halfspaces:
        row = [one.at(origin), *(s * c for s, c in zip(signs, one.coefficients, strict=True))]
        if any(number < 0 for number in row):
            scale = lcm(*(number.denominator for number in row))
            cuts.append([int(number * scale) for number in row])
    tick()
    rays = vertices_of_distributions(width + 1, cuts, MOST_CORNERS)
    if rays is None or any(ray[0] == 0 for ray in rays):
        return None
    return sorted(
        tuple(o + s * x / ray[0] for o, s, x in zip(origin, signs, ray[1:], strict=True))
        for ray in rays
    )


def _bound(
    halfspaces: Sequence[Halfspace], width: int, place: int, tick: Tick
) -> tuple[Fraction, int] | None:
    """A number the variable never passes, and the direction in which it goes on from there."""
    highest: tuple[Fraction, int] | None = None
    for one in halfspaces:
        slope = one.coefficients[place]
        if slope and sum(map(bool, one.coefficients)) == 1:
            if slope > 0:
                return -one.constant / slope, 1
            highest = -one.constant / slope, -1
    if highest is not None:
        return highest
    at_most: list[Row] = [([-c for c in one.coefficients], one.constant) for one in halfspaces]
    for direction in (1, -1):
        objective = [0] * width
        objective[place] = -direction
        outcome = maximize(Program(objective, at_most, free=frozenset(range(width))), tick)
        if outcome.status == "optimal":
            return outcome.primal[place], direction
    return None


def middle(points: Sequence[Vector]) -> Vector:
    """The mean of some points: of the vertices of a polytope, a point of its relative interior."""
    return tuple(sum(column, Fraction(0)) / len(points) for column in zip(*points, strict=True))


def irredundant(
    halfspaces: Sequence[Halfspace], vertices: Sequence[Vector] | None, width: int, tick: Tick
) -> list[int]:
    """The inequalities that describe a full-dimensional solution set, the others implied.

    With the vertices at hand: one per facet (the strict one, where there are both), and the strict
    ones that take away a face which no other takes away whole. Without, one program each.
    """
    if vertices is None:
        return _irredundant_by_programs(halfspaces, width, tick)
    faces = [
        frozenset(i for i, vertex in enumerate(vertices) if one.at(vertex) == 0)
        for one in halfspaces
    ]
    order = sorted(range(len(halfspaces)), key=lambda i: (-len(faces[i]), not halfspaces[i].strict))
    kept: list[int] = []
    for index in order:
        face, strict = faces[index], halfspaces[index].strict
        covered = any(face <= faces[other] and halfspaces[other].strict >= strict for other in kept)
        if not face or covered:
            continue
        points = [vertices[i] for i in face]
        if strict or affine_dimension(points) == width - 1:
            kept.append(index)
    return sorted(kept)


def _irredundant_by_programs(halfspaces: Sequence[Halfspace], width: int, tick: Tick) -> list[int]:
    kept = list(range(len(halfspaces)))
    for index in reversed(range(len(halfspaces))):
        one = halfspaces[index]
        opposite = Halfspace(tuple(-c for c in one.coefficients), -one.constant, not one.strict)
        others = [halfspaces[other] for other in kept if other != index]
        if not satisfiable([*others, opposite], width, tick):
            kept.remove(index)
    return kept


def satisfiable(halfspaces: Sequence[Halfspace], width: int, tick: Tick) -> bool:
    """Whether some point satisfies every inequality, the strict ones strictly.

    One program: how far can the strict ones be above zero at once, the others holding?
    """
    at_most: list[Row] = [
        ([*(-c for c in one.coefficients), int(one.strict)], one.constant) for one in halfspaces
    ]
    at_most.append(([0] * width + [1], 1))
    outcome = maximize(Program([0] * width + [1], at_most, free=frozenset(range(width + 1))), tick)
    return outcome.value is not None and outcome.value > 0
