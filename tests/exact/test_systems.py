"""Systems of polynomial conditions: every point is in a cell exactly where it is a solution.

The oracles are the conditions themselves at random and planted points, grids, z3 on the system as
it was given, and known answers.
"""

from __future__ import annotations

import random
from fractions import Fraction as F
from itertools import product

import pytest
import z3

from alliance_games.exact.algebraic import Algebraic, algebraic
from alliance_games.exact.linear import affine_dimension
from alliance_games.exact.polynomials import evaluate, ring, terms
from alliance_games.exact.systems import Cell, System, Undecided, feasible, solve

R = ring(["x", "y", "z"])
x, y, z = R.variables
ROOT = algebraic([-1, 0, 2], 0, 1)
"""The square root of one half."""


def system(equal=(), at_least=(), above=(), names=R):
    return System(names, tuple(equal), tuple(at_least), tuple(above))


def by_definition(asked: System, point) -> bool:
    """Whether a point is a solution, term by term: no code of the solver."""

    def at(p):
        total = F(0)
        for c, powers in terms(p):
            for value, power in zip(point, powers, strict=True):
                for _ in range(power):
                    c = c * value
            total = total + c
        return total

    return (
        all(at(p) == 0 for p in asked.equal)
        and all(at(p) >= 0 for p in asked.at_least)
        and all(at(p) > 0 for p in asked.above)
    )


def check(asked: System, cells: tuple[Cell, ...], points) -> None:
    for cell in cells:
        assert by_definition(asked, cell.sample)
        assert cell.holds(cell.sample)
        if cell.corners:
            closure = [
                (p, ">=" if relation == ">" else relation) for p, relation in cell.conditions
            ]
            for corner in cell.corners:
                assert Cell(corner, 0, (), tuple(closure)).holds(corner)
            assert len(set(cell.corners)) == len(cell.corners)
            if not any(isinstance(value, Algebraic) for c in cell.corners for value in c):
                assert affine_dimension(cell.corners) == cell.dimension
        else:
            assert cell.dimension > 0
    for point in points:
        assert by_definition(asked, point) == any(cell.holds(point) for cell in cells), point


def grid(width: int, steps: int = 4):
    return product([F(i, steps) for i in range(-1, steps + 2)], repeat=width)


def z3_says(asked: System) -> bool:
    unknowns = [z3.Real(f"v{i}") for i in range(len(asked.ring.names))]

    def written(p):
        total = z3.RealVal(0)
        for c, powers in terms(p):
            product_ = z3.RealVal(str(c))
            for unknown, power in zip(unknowns, powers, strict=True):
                product_ = product_ * unknown**power if power else product_
            total = total + product_
        return total

    solver = z3.Solver()
    solver.set("timeout", 20_000)
    for p in asked.equal:
        solver.add(written(p) == 0)
    for p in asked.at_least:
        solver.add(written(p) >= 0)
    for p in asked.above:
        solver.add(written(p) > 0)
    answer = solver.check()
    assert answer != z3.unknown
    return answer == z3.sat


def random_linear(rng, names):
    p = names.constant(F(rng.randint(-3, 3), rng.choice([1, 1, 2])))
    for variable in names.variables:
        p = p + variable * rng.choice([-2, -1, -1, 0, 0, 1, 1, 2])
    return p


def box(names):
    return [q for v in names.variables for q in (v, 1 - v)]


@pytest.mark.parametrize("seed", range(60))
def test_random_linear_systems(seed):
    rng = random.Random(seed)
    names = ring([f"v{i}" for i in range(rng.randint(1, 4))])
    bounded = box(names) if rng.random() < 0.8 else []
    closed = rng.random() < 0.5
    asked = System(
        names,
        tuple(random_linear(rng, names) for _ in range(rng.choice([0, 0, 1, 2]))),
        (
            *(bounded if closed else ()),
            *(random_linear(rng, names) for _ in range(rng.randint(0, 3))),
        ),
        (
            *(() if closed else bounded),
            *(random_linear(rng, names) for _ in range(rng.randint(0, 2))),
        ),
    )
    cells = solve(asked)
    check(asked, cells, grid(len(names.names), 2 if len(names.names) > 3 else 4))
    assert bool(cells) == z3_says(asked)
    assert len(cells) <= 1


@pytest.mark.parametrize("seed", range(60))
def test_random_products_with_planted_solutions(seed):
    """Bilinear and factorable conditions, made to hold at a point chosen beforehand."""
    rng = random.Random(1000 + seed)
    names = ring([f"v{i}" for i in range(rng.randint(2, 3))])
    planted = tuple(F(rng.randint(0, 4), 4) for _ in names.names)
    equal, at_least = [], []
    for _ in range(rng.randint(1, 2)):
        p = random_linear(rng, names) * random_linear(rng, names) + random_linear(rng, names)
        if rng.random() < 0.5:
            p = (p - names.constant(evaluate(p, planted))) * rng.choice([*names.variables, 1])
        equal.append(p - names.constant(evaluate(p, planted)))
    for _ in range(rng.randint(0, 2)):
        p = random_linear(rng, names) * random_linear(rng, names)
        at_least.append(p - names.constant(min(evaluate(p, planted), F(0))))
    asked = System(names, tuple(equal), (*at_least, *box(names)))
    cells = solve(asked)
    assert cells and any(cell.holds(planted) for cell in cells)
    check(asked, cells, grid(len(names.names)))
    assert feasible(asked) is not None


@pytest.mark.parametrize("seed", range(40))
def test_random_nonlinear_systems_with_z3(seed):
    rng = random.Random(2000 + seed)
    names = ring(["a", "b"])
    a, b = names.variables

    def draw():
        return (
            a * a * rng.randint(-2, 2)
            + a * b * rng.randint(-2, 2)
            + b * b * rng.randint(-1, 1)
            + random_linear(rng, names)
        )

    asked = System(
        names,
        tuple(draw() for _ in range(rng.choice([0, 1, 1, 2]))),
        tuple(draw() for _ in range(rng.randint(0, 1))),
        (*(draw() for _ in range(rng.randint(0, 1))), *box(names)),
    )
    cells = solve(asked)
    check(asked, cells, grid(2))
    assert bool(cells) == z3_says(asked)


@pytest.mark.parametrize("seed", range(40))
def test_conditions_on_one_variable(seed):
    """Cells on a line against the signs at a fine grid, and roots planted as products."""
    rng = random.Random(seed)
    names = ring(["t"])
    (t,) = names.variables

    def draw():
        p = names.constant(rng.choice([-1, 1]))
        for _ in range(rng.randint(1, 3)):
            p = p * rng.choice([t - rng.randint(-2, 2), t * 2 - 1, t * t - 2, t**3 - t - 1])
        return p + rng.choice([0, 0, 1])

    asked = System(
        names,
        tuple(draw() for _ in range(rng.choice([0, 0, 0, 1]))),
        tuple(draw() for _ in range(rng.randint(0, 2))),
        tuple(draw() for _ in range(rng.randint(0, 2))),
    )
    cells = solve(asked)
    special = [algebraic([-2, 0, 1], 1, 2), algebraic([-1, -1, 0, 1], 1, 2)]
    check(asked, cells, [(F(i, 8),) for i in range(-32, 33)] + [(v,) for v in special])


def test_irredundant_and_half_open():
    (cell,) = solve(system([z, x + y - 1], [x - y], [x, y, 2 - x - y]))
    assert cell.dimension == 1
    assert set(cell.corners) == {(F(1), F(0), F(0)), (F(1, 2), F(1, 2), F(0))}
    assert sorted(relation for _, relation in cell.conditions) == ["=", "=", ">", ">="]
    assert cell.sample == (F(3, 4), F(1, 4), F(0))


def test_implied_equalities_lower_the_dimension():
    (cell,) = solve(system([], [x + y - 1, 1 - x - y, x, y, z, -z - x], []))
    assert cell.dimension == 0 and cell.sample == (F(0), F(1), F(0))
    assert solve(system([], [x + y - 1, 1 - x - y, z, -z], [x, -x + z])) == ()


def test_products_branch():
    cells = solve(system([x * (y * 2 - 1), z], [x, 1 - x, y, 1 - y]))
    assert sorted(cell.corners for cell in cells) == [
        ((F(0), F(0), F(0)), (F(0), F(1), F(0))),
        ((F(0), F(1, 2), F(0)), (F(1), F(1, 2), F(0))),
    ]
    (only,) = solve(system([x * (y * 2 - 1), z], [1 - x, y, 1 - y], [x]))
    assert only.corners == ((F(0), F(1, 2), F(0)), (F(1), F(1, 2), F(0)))


def test_the_smaller_cell_is_absorbed():
    cells = solve(system([x * (x - y), y - x, z], [x, 1 - x]))
    assert len(cells) == 1


def test_irrational_points_and_intervals():
    (point,) = solve(system([x * x * 2 - 1, y - x, z - x * y], [], [x]))
    assert point.sample == (ROOT, ROOT, F(1, 2)) and point.dimension == 0
    (stretch,) = solve(system([y, z], [], [x, 1 - x * x * 2]))
    assert stretch.corners == ((F(0), F(0), F(0)), (ROOT, F(0), F(0)))
    (segment,) = solve(system([x * x * 2 - 1, z], [y - x, 1 - y], [x]))
    assert segment.corners == ((ROOT, ROOT, F(0)), (ROOT, F(1), F(0)))
    assert segment.dimension == 1


def test_two_curves_meet():
    cells = solve(system([x**2 + y**2 - 1, x * y * 4 - 1, z], [], [x, y]))
    assert len(cells) == 2 and all(cell.dimension == 0 for cell in cells)
    for cell in cells:
        first, second, _ = cell.sample
        assert first * second == F(1, 4) and first * first + second * second == 1


def test_curved_regions():
    (region,) = solve(system([z], [], [x * y * 4 - 1, x, y, 1 - x, 1 - y]))
    assert region.dimension == 2 and region.corners == ()
    assert solve(system([z], [x * y - 1], [x, y, 1 - x, 1 - y])) == ()
    (touching,) = solve(system([z], [x * y - 1, 1 - x, 1 - y], [x, y]))
    assert touching.sample == (F(1), F(1), F(0)) and touching.dimension == 0


def test_nothing_asked_and_contradictions():
    (everything,) = solve(system())
    assert everything.dimension == 3 and everything.conditions == ()
    assert solve(system([R.one])) == () and solve(system(above=[R.zero])) == ()
    assert feasible(system([x - 2], [1 - x])) is None
    assert feasible(system([x - 2])) is not None
    (empty_product,) = solve(System(ring([]), (), (), ()))
    assert empty_product.sample == () and empty_product.dimension == 0


def test_a_tick_stops_the_work():
    class Stop(Exception):
        pass

    def tick():
        raise Stop

    with pytest.raises(Stop):
        solve(system([x * y - z]), tick)


def test_what_the_solver_cannot_settle_is_said(monkeypatch):
    """That x y is never above x squared plus y squared is proved, or with no means undecided."""
    from alliance_games.exact import z3_solver

    asked = system([z], [], [x * y - x**2 - y**2, x, y, 1 - x, 1 - y])
    assert solve(asked) == () and feasible(asked) is None
    monkeypatch.setattr(z3_solver, "RESOURCES", 1)
    with pytest.raises(Undecided, match="z3 settled nothing"):
        solve(asked)
