"""Whether the answer to a linear program holds, by weak duality alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.exact.programs import Number, Outcome, Program


def holds(program: Program, outcome: Outcome) -> bool:
    """Whether ``outcome`` is proved by the numbers it carries, checked in rationals.

    Optimal: a feasible point and a feasible dual with the same value. Infeasible: a combination of
    the constraints that says 0 < 0 (Farkas). Unbounded: a feasible point and a direction that keeps
    every constraint and improves the objective.
    """
    if outcome.status == "optimal":
        return (
            _is_feasible(program, outcome.primal, 1)
            and _bounds(program, outcome.dual, program.objective)
            and _dot(program.objective, outcome.primal) == outcome.value
            and _dot([bound for _, bound in program.rows], outcome.dual) == outcome.value
        )
    if outcome.status == "infeasible":
        nothing = [0] * len(program.objective)
        bounds = [bound for _, bound in program.rows]
        return _bounds(program, outcome.dual, nothing) and _dot(bounds, outcome.dual) < 0
    return (
        outcome.status == "unbounded"
        and _is_feasible(program, outcome.primal, 1)
        and _is_feasible(program, outcome.ray, 0)
        and _dot(program.objective, outcome.ray) > 0
    )


def _is_feasible(program: Program, point: Sequence[Fraction], share: int) -> bool:
    """Whether the point keeps the constraints with right-hand sides times ``share``."""
    return (
        len(point) == len(program.objective)
        and all(x >= 0 for index, x in enumerate(point) if index not in program.free)
        and all(_dot(row, point) <= bound * share for row, bound in program.at_most)
        and all(_dot(row, point) == bound * share for row, bound in program.equal)
    )


def _bounds(program: Program, dual: Sequence[Fraction], objective: Sequence[Number]) -> bool:
    """Whether the combination of constraints by ``dual`` lies above the objective everywhere."""
    rows = [row for row, _ in program.rows]
    if len(dual) != len(rows) or any(price < 0 for price in dual[: len(program.at_most)]):
        return False
    for column, worth in enumerate(objective):
        cost = _dot([row[column] for row in rows], dual)
        if cost < worth or (cost > worth and column in program.free):
            return False
    return True


def _dot(left: Sequence[Number], right: Sequence[Number]) -> Fraction:
    return sum((Fraction(a) * b for a, b in zip(left, right, strict=True) if a and b), Fraction(0))
