"""Linear programs solved exactly, each answer with the dual numbers that prove it.

Small programs go through a simplex in plain integers that imports nothing. For larger ones HiGHS
proposes an optimal basis in floats; the basis is solved exactly, its feasibility in the primal and
the dual is checked in rationals, and where the check fails the integer simplex goes on from there
(Applegate, Cook, Dash and Espinoza 2007, Exact solutions to linear programming problems).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from alliance_games.exact.highs import quiet_solver
from alliance_games.exact.tableau import Tableau, Tick, no_limit

Number = int | Fraction
Row = tuple[Sequence[Number], Number]
"""The coefficients of one constraint, one per variable, and its right-hand side."""

PROPOSE_FROM = 2000
"""Number of coefficients from which a basis proposed by HiGHS saves more than its import costs."""

TOLERANCES = (1e-7, 1e-10)
"""HiGHS's own tolerance, and its finest: a basis that the first lets pass may just miss being
optimal, and the integer simplex would then be long in a large program."""


@dataclass(frozen=True, slots=True)
class Program:
    """Maximise ``objective . x`` subject to ``row . x <= bound`` and ``row . x == bound``.

    Variables are non-negative, those whose index is in ``free`` excepted. Coefficients are
    integers or Fractions of any size.
    """

    objective: Sequence[Number]
    at_most: Sequence[Row] = ()
    equal: Sequence[Row] = ()
    free: frozenset[int] = frozenset()

    @property
    def rows(self) -> list[Row]:
        """All constraints, the inequalities first: the order of the dual numbers."""
        return [*self.at_most, *self.equal]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exact answer to a program, with its proof (checked in ``certificates/programs.py``).

    ``status`` 'optimal': ``primal`` attains ``value`` and ``dual`` (one number per constraint,
    inequalities first) bounds every feasible point by it. 'infeasible': ``dual`` is a Farkas
    vector, a combination of the constraints that no point satisfies. 'unbounded': from the
    feasible ``primal`` one can go along ``ray`` for ever, and the objective grows.
    """

    status: str
    value: Fraction | None = None
    primal: tuple[Fraction, ...] = ()
    dual: tuple[Fraction, ...] = ()
    ray: tuple[Fraction, ...] = ()


def maximize(program: Program, tick: Tick = no_limit) -> Outcome:
    """Solve ``program`` exactly.

    ``tick`` is called at every pivot and may raise to stop the work. Raises ValueError for a row of
    the wrong length.
    """
    width = len(program.objective)
    if any(len(row) != width for row, _ in program.rows):
        raise ValueError(f"every constraint needs one coefficient for each of {width} variables")
    integers = _Integers(program)
    if (len(integers.rows) + 1) * width >= PROPOSE_FROM:
        return _from_proposal(program, integers, tick)
    return _by_simplex(integers, (), tick)


class _Integers:
    """A program with its rows and its objective scaled to integers.

    ``rows[i]`` holds the coefficients and then the right-hand side, and is ``scales[i]`` times the
    constraint; the objective is ``scale`` times the program's.
    """

    def __init__(self, program: Program) -> None:
        scaled = [_to_integers((*row, bound)) for row, bound in program.rows]
        self.rows = [row for row, _ in scaled]
        self.scales = [scale for _, scale in scaled]
        self.objective, self.scale = _to_integers(program.objective)
        self.equalities = range(len(program.at_most), len(self.rows))
        self.free = program.free
        self.width = len(program.objective)

    def dual(self, numbers: Sequence[Number], over: int = 1) -> tuple[Fraction, ...]:
        """Dual numbers of the given rows from those of the scaled ones."""
        return tuple(
            Fraction(number * scale, over)
            for number, scale in zip(numbers, self.scales, strict=True)
        )


def _to_integers(row: Sequence[Number]) -> tuple[list[int], int]:
    whole = [number for number in row if isinstance(number, int)]
    if len(whole) == len(row):
        return whole, 1
    exact = [Fraction(number) for number in row]
    scale = lcm(*(number.denominator for number in exact))
    return [number.numerator * (scale // number.denominator) for number in exact], scale


def _by_simplex(integers: _Integers, basis: Sequence[int], tick: Tick) -> Outcome:
    """The integer simplex, from the variables of ``basis`` on (indices; slacks follow)."""
    tableau = Tableau(integers.rows, integers.objective, integers.equalities, integers.free)
    tableau.enter(basis, tick)
    status = tableau.solve(tick)
    if status == "infeasible":
        return Outcome(status, dual=integers.dual(tableau.farkas()))
    primal = tableau.primal()
    if status == "unbounded":
        return Outcome(status, primal=primal, ray=tableau.ray())
    value = Fraction(tableau.objective_value(), integers.scale)
    return Outcome(status, value, primal, integers.dual(tableau.dual(), integers.scale))


def _from_proposal(program: Program, integers: _Integers, tick: Tick) -> Outcome:
    for tolerance in TOLERANCES:
        tick()
        status, basis = _propose(integers, tolerance)
        tick()
        if status != "optimal":
            break
        if (outcome := _proved(integers, basis)) is not None:
            return outcome
    if status == "optimal":
        return _by_simplex(integers, basis, tick)
    # Feasibility and rays are optima of programs that have one, so HiGHS helps there too.
    nearest = maximize(_feasibility(program), tick)
    assert nearest.value is not None
    if nearest.value < 0:
        return Outcome("infeasible", dual=nearest.dual)
    steepest = maximize(_recession(program), tick)
    if steepest.value:
        return Outcome("unbounded", primal=nearest.primal[:-1], ray=steepest.primal)
    return _by_simplex(integers, basis, tick)


def _feasibility(program: Program) -> Program:
    """The least share by which every constraint that zero breaks must give way to it.

    Always feasible (at a share of one) and bounded; below zero, its dual is a Farkas vector.
    """
    at_most: list[Row] = [([*row, min(bound, 0)], bound) for row, bound in program.at_most]
    equal: list[Row] = [([*row, bound], bound) for row, bound in program.equal]
    objective = [0] * len(program.objective) + [-1]
    return Program(objective, at_most, equal, program.free)


def _recession(program: Program) -> Program:
    """The direction of feasible growth, scaled so that the objective grows by at most one."""
    at_most: list[Row] = [(row, 0) for row, _ in program.at_most]
    equal: list[Row] = [(row, 0) for row, _ in program.equal]
    return Program(program.objective, [*at_most, (program.objective, 1)], equal, program.free)


def _proved(integers: _Integers, basis: Sequence[int]) -> Outcome | None:
    """The basic solution of ``basis``, exactly, if it is feasible in the primal and the dual."""
    from alliance_games.exact.linear import solve

    width, rows = integers.width, integers.rows
    columns = [variable for variable in basis if variable < width]
    slack = {variable - width for variable in basis if variable >= width}
    tight = [row for row in range(len(rows)) if row not in slack]
    if len(tight) != len(columns):
        return None
    matrix = [[rows[row][column] for column in columns] for row in tight]
    transposed = [list(column) for column in zip(*matrix, strict=True)]
    primal = solve(matrix, [rows[row][-1] for row in tight])
    dual = solve(transposed, [integers.objective[column] for column in columns])
    if primal is None or dual is None:
        return None
    point, over = _spread(columns, primal[1][0], width), primal[0]
    prices, per = _spread(tight, dual[1][0], len(rows)), dual[0]
    if not _feasible(integers, point, over) or not _bounding(integers, prices, per):
        return None
    value = sum(c * x for c, x in zip(integers.objective, point, strict=True))
    return Outcome(
        "optimal",
        Fraction(value, over * integers.scale),
        tuple(Fraction(x, over) for x in point),
        integers.dual(prices, per * integers.scale),
    )


def _spread(places: Sequence[int], values: Sequence[int], size: int) -> list[int]:
    full = [0] * size
    for place, value in zip(places, values, strict=True):
        full[place] = value
    return full


def _feasible(integers: _Integers, point: Sequence[int], over: int) -> bool:
    """Whether ``point / over`` satisfies every constraint."""
    if any(x < 0 and index not in integers.free for index, x in enumerate(point)):
        return False
    used = [index for index, x in enumerate(point) if x]
    for index, row in enumerate(integers.rows):
        left, right = sum(row[column] * point[column] for column in used), row[-1] * over
        if left > right or (left < right and index in integers.equalities):
            return False
    return True


def _bounding(integers: _Integers, prices: Sequence[int], per: int) -> bool:
    """Whether ``prices / per`` is feasible in the dual."""
    used = [index for index, price in enumerate(prices) if price]
    if any(prices[index] < 0 and index not in integers.equalities for index in used):
        return False
    for column, worth in enumerate(integers.objective):
        cost = sum(prices[index] * integers.rows[index][column] for index in used)
        if cost < worth * per or (cost > worth * per and column in integers.free):
            return False
    return True


def _propose(integers: _Integers, tolerance: float) -> tuple[str, list[int]]:
    """HiGHS's word on the program and the basic variables it ends with (slacks after the rest).

    ``tolerance`` is by how much it lets constraints be missed, in the primal and in the dual.
    """
    import highspy
    import numpy as np

    table, objective = _scaled_floats(integers)
    rows, width = table.shape[0], table.shape[1] - 1
    infinity = highspy.kHighsInf
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = width, rows
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = objective
    free = np.array([column in integers.free for column in range(width)])
    model.col_lower_ = np.where(free, -infinity, 0.0)
    model.col_upper_ = np.full(width, infinity)
    fixed = np.array([row in integers.equalities for row in range(rows)], dtype=bool)
    model.row_lower_ = np.where(fixed, table[:, -1], -infinity)
    model.row_upper_ = table[:, -1]
    matrix = table[:, :-1]
    filled = matrix != 0
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.concatenate(([0], np.cumsum(filled.sum(axis=1)))).astype(np.int32)
    model.a_matrix_.index_ = np.nonzero(filled)[1].astype(np.int32)
    model.a_matrix_.value_ = matrix[filled]
    solver = quiet_solver()
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("primal_feasibility_tolerance", tolerance)
    solver.setOptionValue("dual_feasibility_tolerance", tolerance)
    solver.passModel(model)
    solver.run()
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    basis = solver.getBasis()
    statuses = [*basis.col_status, *basis.row_status]
    basic = highspy.HighsBasisStatus.kBasic
    chosen = [index for index, status in enumerate(statuses) if status == basic]
    return ("optimal" if optimal else "unsettled"), chosen


def _scaled_floats(integers: _Integers) -> tuple[Any, Any]:
    """The rows and the objective as floats, each divided by its largest coefficient.

    HiGHS refuses coefficients beyond 1e15 and takes 1e20 for infinity; a basis does not depend on
    the scale of a row.
    """
    import numpy as np

    def scaled(row: Sequence[int], coefficients: Sequence[int]) -> list[float]:
        largest = max(map(abs, coefficients), default=0) or 1
        bounded = (max(-(largest << 60), min(number, largest << 60)) for number in row)
        return [number / largest for number in bounded]

    table = np.array([scaled(row, row[:-1]) for row in integers.rows], dtype=float)
    table = table.reshape(len(integers.rows), integers.width + 1)
    return table, np.array(scaled(integers.objective, integers.objective))
