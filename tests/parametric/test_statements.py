"""Each 'if and only if' against the ordinary solver, at random points and on knife edges."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.exact.polynomials import evaluate
from alliance_games.parametric.describing import at
from alliance_games.parametric.regimes import Regimes, regimes
from alliance_games.parametric.statements import Statement
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    Dominant,
    Dominated,
    Point,
    Selection,
    Solution,
)
from alliance_games.solve import solve
from tests.parametric.studies import allowed, points
from tests.parametric.test_points import CASES, on

NAMES = ("stag hunt", "balancing", "piecewise", "asymmetric", "or", "three players", "tree")


def said(found: Regimes, statement: Statement, point: tuple[Fraction, ...]) -> bool:
    """Whether the statement's own conditions hold at the point."""
    if statement.always:
        return True
    polynomials = found.region.decider.factors.polynomials
    for conjunction in statement.where:
        values = ((evaluate(polynomials[key], point), signs) for key, signs in conjunction)
        if all(signs & (4 if value > 0 else 1 if value < 0 else 2) for value, signs in values):
            return True
    return False


def true(statement: Statement, point: tuple[Fraction, ...], solved: list[Solution]) -> bool:
    """Whether what the statement speaks of is so, by what the ordinary solver found there."""
    about = statement.about
    match statement.what:
        case "pure":
            return any(about == as_pure(profile) for profile in equilibria(solved))
        case "mixed":
            try:
                profile = at(about.profile, point)
            except ZeroDivisionError:
                return False
            if as_pure(profile) is not None:
                return False
            return any(isinstance(one, Point) and one.profile == profile for one in solved)
        case "one":
            return len(solved) == 1 and isinstance(solved[0], Point)
        case "selected":
            return any(isinstance(one, Selection) and one.profile == about for one in solved)
        case "dominant":
            return any(
                isinstance(one, Dominant) and (one.player, one.strategy) == about for one in solved
            )
        case "dominated":
            return any(isinstance(one, Dominated) and one.player == about.player for one in solved)
        case "play":
            plays = [one for one in solved if isinstance(one, Behaviour)]
            plays += [p for one in solved for p in getattr(one, "points", ())]
            return any(one.choices == about.choices for one in plays)
    raise AssertionError(statement.what)


def equilibria(solved: list[Solution]) -> list[object]:
    found: list[object] = []
    for one in solved:
        if isinstance(one, Point):
            found.append(one.profile)
        elif isinstance(one, Component):
            found += one.extreme_points
    return found


def as_pure(profile: tuple[tuple[Fraction, ...], ...]) -> tuple[int, ...] | None:
    if any(1 not in mixed for mixed in profile):
        return None
    return tuple(mixed.index(1) for mixed in profile)


@pytest.mark.parametrize("name", NAMES)
def test_statements_hold_exactly_where_they_say(name: str) -> None:
    make, concepts, _ = CASES[name]
    found = regimes(make(), concepts, most_edges=None)
    assert found.statements
    tried = list(points(found, 40, seed=21))
    factors = found.region.decider.factors.polynomials
    edges = {key for statement in found.statements for one in statement.where for key, _ in one}
    for base in tried[:15]:
        tried += [p for key in sorted(edges) if (p := on(factors[key], base)) is not None]
    verdicts = set()
    for point in tried:
        if not allowed(found, point):
            continue
        game = found.study.game.at(found.region.symbols.values(point))
        answer = solve(game, found.concepts)
        for statement in found.statements:
            result = answer.of(statement.concept)
            solved = [] if result is None else list(result.solutions)
            verdict = said(found, statement, point)
            so = true(statement, point, solved)
            assert verdict == so or (so and not statement.only_if), (statement, point)
            verdicts.add(verdict)
    assert verdicts == {True, False}
