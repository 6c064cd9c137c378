"""Blocks that are neither linear nor in one variable.

Where the equalities have finitely many solutions these are listed, and the inequalities are then
linear or decided. Else a point is looked for by fixing variables, and z3 decides whether there is
any (Jovanovic and de Moura 2012, Solving non-linear arithmetic).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.exact.algebraic import Algebraic, Exact, sign
from alliance_games.exact.elimination import Branch
from alliance_games.exact.field_cells import field_cells
from alliance_games.exact.fields import rank
from alliance_games.exact.intervals import linear, point_conditions
from alliance_games.exact.linear_cells import halfspace
from alliance_games.exact.polynomials import Polynomial, evaluate
from alliance_games.exact.polytopes import inside
from alliance_games.exact.signs import Bounds
from alliance_games.exact.systems import Piece, Relation, Undecided, Work, pieces_of
from alliance_games.exact.zero_dimensional import solutions


def nonlinear_cells(part: Branch, variables: tuple[int, ...], work: Work) -> list[Piece]:
    """The cells of a block. Raises Undecided where it cannot be settled."""
    if part.equal:
        used = sorted({v for p in part.equal for v, degree in enumerate(p.degrees()) if degree})
        points = solutions(part.equal, used, work.tick)
        if points is not None:
            return [piece for point in points for piece in _over(point, part, variables, work)]
    return _by_samples(part, variables, work)


# Finitely many solutions of the equalities


def _over(
    point: dict[int, Exact], part: Branch, variables: tuple[int, ...], work: Work
) -> list[Piece]:
    """The cells in which the variables of the equalities have these values."""
    left = tuple(variable for variable in variables if variable not in point)
    isolated = tuple(
        condition
        for variable, value in point.items()
        for condition in point_conditions(value, work.ring, variable)
    )
    if not left:
        return [Piece(point, 0, (point,), isolated)] if _meets(point, part, work) else []
    if not any(isinstance(value, Algebraic) for value in point.values()):
        fixed = Branch((), part.at_least, part.above).adding(equal=[p for p, _ in isolated])
        return list(pieces_of(fixed, variables, work))
    found = field_cells(point, part, left, isolated, work)
    if found is None:
        equalities = tuple(p for p, relation in isolated if relation == "=")
        beside = [p for p, relation in isolated if relation == ">"]
        fixed = Branch(equalities, part.at_least, part.above)
        return _by_samples(fixed.adding(above=beside), variables, work)
    return found


def _meets(point: dict[int, Exact], part: Branch, work: Work) -> bool:
    full = _full(point, work)
    return (
        all(evaluate(p, full) == 0 for p in part.equal)
        and all(sign(evaluate(p, full)) >= 0 for p in part.at_least)
        and all(sign(evaluate(p, full)) > 0 for p in part.above)
    )


def _full(point: dict[int, Exact], work: Work) -> list[Exact]:
    return [point.get(variable, Fraction(0)) for variable in range(len(work.ring.names))]


# Infinitely many


def _by_samples(part: Branch, variables: tuple[int, ...], work: Work) -> list[Piece]:
    """One cell around a point at which every inequality is strict, or the parts where the first
    that is not strict is an equality and where it is not.
    """
    strict = Branch(part.equal, (), (*part.at_least, *part.above))
    point = _guess(strict, variables, work)
    if point is None:
        if not work.solver:
            raise Undecided("no solution was found without a solver")
        if part.at_least:
            # Where even the weak conditions fail, no part of them needs to be looked at.
            weak = _found(part, variables, work)
            if weak is None or not work.whole:
                return [] if weak is None else [Piece(weak, 0, None, ())]
        point = _found(strict, variables, work)
    if point is not None:
        whole = work.whole
        return [_around(point, part, variables, work) if whole else Piece(point, 0, None, ())]
    if not part.at_least:
        return []
    first, *rest = part.at_least
    there = Branch((*part.equal, first), tuple(rest), part.above)
    beyond = Branch(part.equal, tuple(rest), (first, *part.above))
    return [piece for branch in (there, beyond) for piece in pieces_of(branch, variables, work)]


def _found(part: Branch, variables: tuple[int, ...], work: Work) -> dict[int, Exact] | None:
    """A solution that z3 finds, confirmed exactly, or None where it proves that there is none."""
    from alliance_games.exact.z3_solver import find

    point = find(part, variables, work)
    if point is not None and not _meets(point, part, work):
        raise Undecided("a solution that z3 proposes was not confirmed exactly")
    return point


def _around(point: dict[int, Exact], part: Branch, variables: tuple[int, ...], work: Work) -> Piece:
    full = _full(point, work)
    slopes = [[evaluate(p.derivative(v), full) for v in variables] for p in part.equal]
    conditions: list[Relation] = [
        *((p, "=") for p in part.equal),
        *((p, ">=") for p in part.at_least),
        *((p, ">") for p in part.above),
    ]
    # z3's limit does not count all of its work: only small questions end soon for certain.
    if work.solver and len(variables) < 4 and all(p.total_degree() < 3 for p, _ in conditions):
        from alliance_games.exact.z3_solver import implied

        for condition in reversed(conditions[len(part.equal) :]):
            others = [other for other in conditions if other is not condition]
            if not _is_bound(condition[0]) and implied(condition, others, variables, work):
                conditions = others
    return Piece(point, len(variables) - rank(slopes), None, tuple(conditions))


def _is_bound(p: Polynomial) -> bool:
    """Whether an inequality bounds one variable: those are kept, for a reader's orientation."""
    return bool(p.total_degree() == 1 and len(p) <= 2)


def _guess(strict: Branch, variables: tuple[int, ...], work: Work) -> dict[int, Exact] | None:
    """A solution found cheaply: the inner point of the linear conditions, or one on a slice."""
    straight = [p for p in strict.above if p.total_degree() == 1]
    if not strict.equal and straight:
        found = inside([halfspace(p, variables, True) for p in straight], len(variables), work.tick)
        if found.point is None:
            return None
        point: dict[int, Exact] = dict(zip(variables, found.point, strict=True))
        if _meets(point, strict, work):
            return point
    bounds = Bounds(len(work.ring.names), (), strict.above)
    cheap = Work(work.ring, work.tick, solver=False, whole=False)
    for variable in variables:
        for value in _trials(bounds, variable):
            slice_ = strict.adding(equal=[linear(work.ring, variable, value, 1)])
            try:
                piece = next(pieces_of(slice_, variables, cheap), None)
            except Undecided:
                piece = None
            if piece is not None:
                return piece.sample
        if len(variables) > 2:
            break  # a slice of a slice of a slice: z3 does better
    return None


def _trials(bounds: Bounds, variable: int) -> Sequence[Fraction]:
    low, high = bounds.low[variable], bounds.high[variable]
    if low is not None and high is not None:
        return [low.at + (high.at - low.at) * share for share in _SHARES]
    if low is not None:
        return [low.at + 1]
    return [Fraction(0) if high is None else high.at - 1]


_SHARES = (Fraction(1, 2), Fraction(1, 8), Fraction(7, 8))
