"""The branch of logit agent quantal response, against closed forms and published limits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import exp, log, prod
from random import Random

import pytest

from alliance_games.certificates.logit import check
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.result import Status
from alliance_games.results.solutions import Solution
from alliance_games.results.tree_solutions import (
    Assessment,
    Continuum,
    Family,
    QuantalPath,
    Unknown,
)
from alliance_games.solve import solve


def path_of(game: ExtensiveGame) -> QuantalPath:
    result = solve(game, ["logit"]).results[0]
    [solution] = result.solutions
    assert isinstance(solution, QuantalPath)
    assert result.verified and result.status is Status.NUMERIC
    return solution


def test_one_player_follows_the_logit_formula() -> None:
    game = build(["One"], Move(0, ("a", "b"), [Terminal([3]), Terminal([1])]), lambda state: state)
    for precision, choices, _ in path_of(game).points:
        [(first, _)] = choices
        assert first == pytest.approx(1 / (1 + exp(-2 * precision)), abs=1e-9)


def test_a_stag_hunt_is_traced_to_the_risk_dominant_equilibrium() -> None:
    """The equation log(p / (1 - p)) = precision (4 p - 3) is solved along the branch, and its
    values at precision 1/2, 1 and 2 are those of the literature's table for s = 4, r = 3."""
    second = [
        Move(1, ("Stag", "Rabbit"), [Terminal([4, 4]), Terminal([0, 3])], "Jack"),
        Move(1, ("Stag", "Rabbit"), [Terminal([3, 0]), Terminal([3, 3])], "Jack"),
    ]
    game = build(["Alice", "Jack"], Move(0, ("Stag", "Rabbit"), second), lambda state: state)
    path = path_of(game)
    for precision, choices, _ in path.points[:-1]:
        stag = choices[0][0]
        assert choices[1][0] == pytest.approx(stag, rel=1e-6)
        assert log(stag / (1 - stag)) == pytest.approx(precision * (4 * stag - 3), abs=1e-6)
    assert isinstance(path.limit, Assessment)
    assert path.limit.choices == ((0, 1), (0, 1))


def test_seltens_horse_ends_in_the_sensible_equilibrium() -> None:
    """Selten 1975: of the two kinds of equilibria only that in which both go across is perfect."""
    third = ("L", "R")
    root = Move(
        0,
        ("down", "across"),
        [
            Move(2, third, [Terminal([3, 3, 2]), Terminal([0, 0, 0])], "h"),
            Move(
                1,
                ("down", "across"),
                [
                    Move(2, third, [Terminal([4, 4, 0]), Terminal([0, 0, 1])], "h"),
                    Terminal([1, 1, 1]),
                ],
            ),
        ],
    )
    limit = path_of(build("123", root, lambda state: state)).limit
    assert isinstance(limit, Assessment)
    assert limit.payoffs == (1, 1, 1)


@pytest.mark.parametrize("seed", range(12))
def test_the_limit_is_among_the_sequential_equilibria(seed: int) -> None:
    """Two methods with nothing in common: a path followed in floats, and the exact enumeration."""
    random = Random(seed)

    def node(level: int, label: str) -> Move | Terminal:
        if level == 2:
            return Terminal([random.randint(-9, 9), random.randint(-9, 9)])
        moves = ("a", "b")
        return Move(level, moves, [node(level + 1, f"{label}{m}") for m in moves], label)

    def second(message: str) -> Move:
        ends = [Terminal([random.randint(-9, 9), random.randint(-9, 9)]) for _ in range(2)]
        return Move(1, ("x", "y"), ends, message)

    types = [Move(0, ("m", "n"), [second("m"), second("n")], f"type {k}") for k in range(2)]
    root = Chance(("s", "t"), (Fraction(1, 3), Fraction(2, 3)), types)
    game = build(["Sender", "Receiver"], root, lambda state: state)
    limit = path_of(game).limit
    assert isinstance(limit, Assessment)
    sequential = solve(game, ["sequential"]).results[0]
    assert any(is_part_of(limit, one) for one in sequential.solutions)


def is_part_of(limit: Assessment, one: Solution) -> bool:
    """Whether an assessment is the solution, or fulfils what one of its families says."""
    if isinstance(one, Assessment):
        return (limit.choices, limit.beliefs) == (one.choices, one.beliefs)
    assert isinstance(one, Continuum)
    return any(fulfils(limit, one, family) for family in one.families)


def fulfils(limit: Assessment, one: Continuum, family: Family) -> bool:
    points = [one.points[place] for place in family.points]

    def value(unknown: Unknown) -> Fraction:
        held = limit.choices if unknown.of == "choice" else limit.beliefs
        row = held[unknown.set]
        assert row is not None
        return row[unknown.place]

    for condition in family.conditions:
        left = sum(c * prod(map(value, unknowns)) for c, unknowns in condition.terms)
        if not {"=": left == 0, ">=": left >= 0, ">": left > 0}[condition.relation]:
            return False
    # What is the same at all corners is so throughout the family.
    rows = [(limit.choices, [point.choices for point in points])]
    rows += [(limit.beliefs, [point.beliefs for point in points])]
    return all(
        len({corner[index] for corner in corners}) > 1 or own == corners[0][index]
        for mine, corners in rows
        for index, own in enumerate(mine)
    )


def test_the_checker_says_no() -> None:
    game = build(["One"], Move(0, ("a", "b"), [Terminal([3]), Terminal([1])]), lambda state: state)
    path = path_of(game)
    precision, choices, error = path.points[5]
    spoilt = (precision, ((0.5, 0.5),), error)
    assert not check(game, replace(path, points=(*path.points[:5], spoilt))).verified
    assert isinstance(path.limit, Assessment)
    wrong = replace(path.limit, choices=((Fraction(0), Fraction(1)),), payoffs=(Fraction(1),))
    verdict = check(game, replace(path, limit=wrong))
    assert not verdict.verified and verdict.largest_gain == 2
    assert choices != ((0.5, 0.5),)


def test_sets_that_chance_never_leads_to_do_not_slow_the_branch() -> None:
    """The belief there is uniform whatever anybody does, and so are its derivatives zero."""

    def last(one: int, other: int) -> Move:
        return Move(1, ("c", "d"), [Terminal((6, one)), Terminal((4, other))], "second")

    again = Move(0, ("e", "f"), [Terminal((-5, -4)), Terminal((-3, 4))], "again")
    watched = Move(1, ("c", "d"), [again, Terminal((-2, 1))], "second")
    other = Move(0, ("g", "h"), [Terminal((5, 3)), last(7, -1)], "other")
    never = Move(0, ("a", "b"), [watched, other], "first")
    zero, one = Fraction(0), Fraction(1)
    root = Chance(("x", "y"), [zero, one], [never, Terminal((8, 2))])
    game = build(("1", "2"), root, lambda state: state)
    [result] = solve(game, ["logit"]).results
    [path] = result.solutions
    assert result.verified and isinstance(path, QuantalPath)
    assert len(path.points) < 100
