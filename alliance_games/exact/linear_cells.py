"""The cell of linear inequalities in several variables: a polytope, or an unbounded polyhedron."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.algebraic import Exact
from alliance_games.exact.elimination import Branch
from alliance_games.exact.polynomials import Polynomial, terms
from alliance_games.exact.polytopes import Halfspace, corners, inside, irredundant, middle
from alliance_games.exact.systems import Piece, Work, pieces_of


def linear_cells(part: Branch, variables: tuple[int, ...], work: Work) -> list[Piece]:
    """The cell in which linear inequalities hold; no equality is left when this is asked."""
    polynomials = [*part.at_least, *part.above]
    halfspaces = [
        halfspace(p, variables, place >= len(part.at_least)) for place, p in enumerate(polynomials)
    ]
    width = len(variables)
    found = inside(halfspaces, width, work.tick)
    if found.tight:
        implied = [polynomials[index] for index in found.tight]
        return list(pieces_of(part.adding(equal=implied), variables, work))
    if found.point is None:
        return []
    if not work.whole:
        return [Piece(_named(variables, found.point), width, None, ())]
    vertices = corners(halfspaces, width, work.tick)
    kept = irredundant(halfspaces, vertices, width, work.tick)
    conditions = tuple(
        (polynomials[index], ">" if halfspaces[index].strict else ">=") for index in kept
    )
    if vertices is None:
        return [Piece(_named(variables, found.point), width, None, conditions)]
    return [
        Piece(
            _named(variables, middle(vertices)),
            width,
            tuple(_named(variables, vertex) for vertex in vertices),
            conditions,
        )
    ]


def halfspace(p: Polynomial, variables: tuple[int, ...], strict: bool) -> Halfspace:
    """A linear polynomial as the left-hand side of an inequality in these variables."""
    coefficients = dict.fromkeys(variables, Fraction(0))
    constant = Fraction(0)
    for coefficient, powers in terms(p):
        if any(powers):
            coefficients[powers.index(1)] = coefficient
        else:
            constant = coefficient
    return Halfspace(tuple(coefficients.values()), constant, strict)


def _named(variables: tuple[int, ...], point: tuple[Fraction, ...]) -> dict[int, Exact]:
    return dict(zip(variables, point, strict=True))
