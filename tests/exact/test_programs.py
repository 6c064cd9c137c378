"""Linear programs against vertex enumeration, and every answer against its own proof."""

from __future__ import annotations

import random
import subprocess
import sys
from fractions import Fraction
from itertools import combinations

import pytest

from alliance_games.certificates.programs import holds
from alliance_games.exact import programs
from alliance_games.exact.programs import Outcome, Program, maximize

BIG = 10**30


def random_program(rng: random.Random) -> Program:
    width, inequalities, equalities = rng.randint(1, 4), rng.randint(0, 5), rng.randint(0, 2)

    def row() -> tuple[list[Fraction], Fraction]:
        draw = lambda: Fraction(rng.randint(-4, 4), rng.choice([1, 1, 1, 2, 3]))  # noqa: E731
        return [draw() for _ in range(width)], draw()

    return Program(
        [rng.randint(-3, 3) for _ in range(width)],
        [row() for _ in range(inequalities)],
        [row() for _ in range(equalities)],
        frozenset(i for i in range(width) if rng.random() < 0.2),
    )


def solve_square(matrix, right):
    """Gauss and Jordan in Fractions; None where the matrix is singular."""
    n = len(matrix)
    work = [[*map(Fraction, row), Fraction(b)] for row, b in zip(matrix, right, strict=True)]
    for step in range(n):
        found = next((i for i in range(step, n) if work[i][step]), None)
        if found is None:
            return None
        work[step], work[found] = work[found], work[step]
        work[step] = [entry / work[step][step] for entry in work[step]]
        for i in range(n):
            if i != step and work[i][step]:
                factor = work[i][step]
                work[i] = [a - factor * b for a, b in zip(work[i], work[step], strict=True)]
    return [row[-1] for row in work]


def best_vertex(program: Program):
    """The largest objective over all vertices, by trying every set of tight constraints."""
    n = len(program.objective)
    limits = [([-int(i == j) for j in range(n)], 0) for i in range(n) if i not in program.free]
    limits += list(program.at_most)
    best = None
    for chosen in combinations(limits, max(0, n - len(program.equal))):
        tight = [*program.equal, *chosen]
        if len(tight) != n:
            continue
        point = solve_square([row for row, _ in tight], [bound for _, bound in tight])
        if point is None:
            continue

        def value(row, point=point):
            return sum(a * x for a, x in zip(row, point, strict=True))

        if all(value(row) <= bound for row, bound in limits):
            reached = value(program.objective)
            best = reached if best is None else max(best, reached)
    return best


@pytest.mark.parametrize("propose_from", [10**9, 0], ids=["simplex", "proposed"])
def test_random_programs_are_proved_whatever_the_answer(monkeypatch, propose_from):
    monkeypatch.setattr(programs, "PROPOSE_FROM", propose_from)
    rng = random.Random(7)
    seen = {"optimal": 0, "infeasible": 0, "unbounded": 0}
    for _ in range(600 if propose_from else 60):
        program = random_program(rng)
        outcome = maximize(program)
        assert holds(program, outcome), (program, outcome)
        seen[outcome.status] += 1
        vertex = best_vertex(program)
        if vertex is not None and outcome.status == "optimal":
            assert outcome.value == vertex
        if vertex is not None:
            assert outcome.status != "infeasible"
    assert min(seen.values()) >= 3, seen


def test_a_degenerate_program_on_which_dantzig_s_rule_cycles():
    """Beale 1955: the largest-coefficient rule goes round in circles; the optimum is 1/20."""
    program = Program(
        [Fraction(3, 4), -150, Fraction(1, 50), -6],
        [
            ([Fraction(1, 4), -60, Fraction(-1, 25), 9], 0),
            ([Fraction(1, 2), -90, Fraction(-1, 50), 3], 0),
            ([0, 0, 1, 0], 1),
        ],
    )
    outcome = maximize(program)
    assert outcome.value == Fraction(1, 20)
    assert holds(program, outcome)


def test_klee_and_minty_s_cube():
    size = 8
    rows = [
        ([2 ** (i - j + 1) if j < i else int(i == j) for j in range(size)], 5 ** (i + 1))
        for i in range(size)
    ]
    outcome = maximize(Program([2 ** (size - 1 - j) for j in range(size)], rows))
    assert outcome.value == 5**size


@pytest.mark.parametrize("propose_from", [10**9, 0], ids=["simplex", "proposed"])
def test_huge_and_nearly_equal_coefficients(monkeypatch, propose_from):
    """Two lines that floats cannot tell apart meet at (1, 1): only exact pivots find it."""
    monkeypatch.setattr(programs, "PROPOSE_FROM", propose_from)
    rows = [([BIG, BIG + 1], 2 * BIG + 1), ([BIG + 1, BIG], 2 * BIG + 1)]
    program = Program([1, 1], rows)
    outcome = maximize(program)
    assert (outcome.value, outcome.primal) == (2, (1, 1))
    assert holds(program, outcome)
    nearly = Program([1], [([BIG], BIG + 1), ([-BIG], -BIG - 2)])
    refused = maximize(nearly)
    assert refused.status == "infeasible"
    assert holds(nearly, refused)


def test_a_large_program_through_highs():
    """The value of a random 60 x 60 matrix game lies between its pure security levels."""
    rng = random.Random(3)
    size = 60
    matrix = [[rng.randint(1, 99) for _ in range(size)] for _ in range(size)]
    program = Program([1] * size, [(row, 1) for row in matrix])
    outcome = maximize(program)
    assert holds(program, outcome)
    value = 1 / outcome.value
    assert (
        max(map(min, matrix)) <= value <= min(max(column) for column in zip(*matrix, strict=True))
    )


def test_a_wrong_proposal_is_put_right(monkeypatch):
    monkeypatch.setattr(programs, "PROPOSE_FROM", 0)
    program = Program([3, 5], [([1, 0], 4), ([0, 2], 12), ([3, 2], 18)])
    for basis in ([2, 3, 4], [0, 1, 4], [0, 3, 4], [0, 1, 2], [0], []):
        monkeypatch.setattr(programs, "_propose", lambda *_, basis=basis: ("optimal", basis))
        outcome = maximize(program)
        assert (outcome.value, outcome.primal) == (36, (2, 6))


def test_a_false_answer_is_refused():
    program = Program([3, 5], [([1, 0], 4), ([0, 2], 12), ([3, 2], 18)])
    true = maximize(program)
    assert holds(program, true)
    assert true.dual == (0, Fraction(3, 2), 1)
    false = [
        Outcome("optimal", Fraction(36), (Fraction(2), Fraction(5)), true.dual),
        Outcome("optimal", Fraction(37), true.primal, true.dual),
        Outcome("optimal", Fraction(36), true.primal, (Fraction(0), Fraction(3), Fraction(0))),
        Outcome("infeasible", dual=(Fraction(1), Fraction(0), Fraction(0))),
        Outcome("unbounded", primal=true.primal, ray=(Fraction(1), Fraction(1))),
        Outcome("unknown"),
    ]
    assert not any(holds(program, outcome) for outcome in false)


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="one coefficient for each of 2 variables"):
        maximize(Program([1, 1], [([1], 1)]))


def test_a_limit_stops_the_pivots():
    def tick():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        maximize(Program([1], [([1], 1)]), tick)


def test_small_programs_import_nothing_heavy():
    code = (
        "import sys; from alliance_games.exact.programs import *;"
        "assert maximize(Program([1, 1], [([2, 1], 3), ([1, 2], 3)])).value == 2;"
        "assert not {'numpy', 'flint', 'highspy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_large_program_prints_nothing() -> None:
    """In a process of its own: HiGHS's banner comes once a process."""
    import subprocess
    import sys

    code = (
        "from alliance_games.exact.programs import Program, maximize\n"
        "rows = [([(i * j) % 7 + 1 for j in range(30)], 100) for i in range(120)]\n"
        "print(maximize(Program([1] * 30, rows)).status)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert (done.stdout, done.stderr) == ("optimal\n", "")
