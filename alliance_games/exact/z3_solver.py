"""Polynomial conditions handed to z3 (QF_NRA), its answers read back exactly.

The solver's resource counter limits each question, so that the answer to it does not depend on the
machine's speed; where it fails to count its work, time does. A question not answered is undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import z3

from alliance_games.exact.algebraic import Exact, algebraic
from alliance_games.exact.elimination import Branch
from alliance_games.exact.polynomials import Polynomial, terms
from alliance_games.exact.systems import Relation, Undecided, Work

RESOURCES = 40_000_000
"""z3's limit on one question: some seconds."""

SECONDS = 5
"""The time one question may take at most."""

RESOURCES_TO_TIDY = 200_000
"""Its limit where the question is only whether a condition can be left out."""


def find(branch: Branch, variables: Sequence[int], work: Work) -> dict[int, Exact] | None:
    """A solution, or None where z3 proves that there is none. Raises Undecided."""
    unknowns = {variable: z3.Real(f"x{variable}") for variable in variables}
    solver = _solver(RESOURCES)
    for relation, polynomials in (
        ("=", branch.equal),
        (">=", branch.at_least),
        (">", branch.above),
    ):
        for p in polynomials:
            solver.add(_against_zero(_written(p, unknowns), relation))
    work.tick()
    answer = solver.check()
    work.tick()
    if answer == z3.unsat:
        return None
    if answer != z3.sat:
        raise Undecided(
            f"z3 settled nothing about {len(solver.assertions())} polynomial conditions in "
            f"{len(variables)} unknowns ({solver.reason_unknown()})"
        )
    model = solver.model()
    return {
        variable: number_of(model.eval(unknown, model_completion=True))
        for variable, unknown in unknowns.items()
    }


def implied(
    condition: Relation, others: Iterable[Relation], variables: Sequence[int], work: Work
) -> bool:
    """Whether z3 proves, quickly, that the other conditions imply this inequality."""
    unknowns = {variable: z3.Real(f"x{variable}") for variable in variables}
    solver = _solver(RESOURCES_TO_TIDY)
    for p, relation in others:
        solver.add(_against_zero(_written(p, unknowns), relation))
    p, relation = condition
    solver.add(z3.Not(_against_zero(_written(p, unknowns), relation)))
    work.tick()
    return bool(solver.check() == z3.unsat)


def _solver(resources: int) -> Any:
    solver = z3.SolverFor("QF_NRA")
    solver.set("rlimit", resources)
    solver.set("timeout", SECONDS * 1000)
    return solver


def _against_zero(value: Any, relation: str) -> Any:
    return value == 0 if relation == "=" else value >= 0 if relation == ">=" else value > 0


def _written(p: Polynomial, unknowns: dict[int, Any]) -> Any:
    total = z3.RealVal(0)
    for coefficient, powers in terms(p):
        product = z3.RealVal(str(coefficient))
        for variable, power in enumerate(powers):
            for _ in range(power):
                product = product * unknowns[variable]
        total = total + product
    return total


def number_of(value: Any) -> Exact:
    """A number of a z3 model, exactly. Raises Undecided where it could not be read back."""
    if z3.is_rational_value(value):
        return Fraction(value.numerator_as_long(), value.denominator_as_long())
    coefficients = [c.numerator_as_long() for c in value.poly()]
    digits = 20
    while True:
        low, high = (_fraction(end) for end in _around(value, digits))
        try:
            return algebraic(coefficients, low, high)
        except ValueError:
            digits *= 2
            if digits > 5000:
                raise Undecided("an irrational number of z3 could not be read back") from None


def _around(value: Any, digits: int) -> tuple[Any, Any]:
    near = value.approx(digits)
    gap = z3.RealVal(Fraction(1, 10 ** (digits - 1)))
    return z3.simplify(near - gap), z3.simplify(near + gap)


def _fraction(value: Any) -> Fraction:
    return Fraction(value.numerator_as_long(), value.denominator_as_long())
