"""Welfare-maximising profiles, and the prices of anarchy and of stability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.algorithms.pure_equilibria import profile_at
from alliance_games.algorithms.role_counts import (
    number_of_role_counts,
    payoffs_at,
    profiles_with,
)
from alliance_games.algorithms.welfare import optimum, optimum_by_counts, prices
from alliance_games.certificates.welfare import check
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure_profile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage, Result
from alliance_games.results.solutions import (
    Certificate,
    Component,
    CountPoint,
    Numbers,
    Point,
    Solution,
    Tally,
)

if TYPE_CHECKING:
    from alliance_games.results.tree_solutions import Family

MOST_OUTCOMES = 20_000
"""Outcomes (counts per role) of the largest anonymous game whose welfare is maximised."""


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """Every normal-form game; anonymous games whose outcomes can be gone through."""
    if isinstance(game, AnonymousGame) and (n := number_of_role_counts(game)) > MOST_OUTCOMES:
        return f"it would have to go through {n} outcomes"
    return None


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The numbers first, then the profiles that maximise welfare."""
    best: list[Solution]
    if isinstance(game, NormalGame):
        of_profiles = optimum(game, budget.tick)
        greatest, number = of_profiles.welfare, len(of_profiles.positions)
        profiles = [profile_at(game, at) for at in of_profiles.positions[: budget.listed]]
        best = [Point(pure_profile(one, game.shape), game.payoffs(one)) for one in profiles]
    else:
        of_counts = optimum_by_counts(game, budget.tick)
        greatest, number = of_counts.welfare, len(of_counts.counts)
        best = [
            CountPoint(counts, profiles_with(counts), payoffs_at(game, counts))
            for counts in of_counts.counts[: budget.listed]
        ]
    values, notes = _numbers(greatest, needed)
    yield Numbers("welfare", values)
    for solution in best:
        budget.tick()
        yield solution
    method = "sum of payoffs at every profile"
    if number == len(best):
        because = "the sum of payoffs was computed at every pure profile"
        return Conclusion(Coverage.ALL, because, method, notes)
    yield Tally(number, "welfare-maximising profiles")
    because = f"of {number} profiles with the greatest welfare {len(best)} are listed"
    return Conclusion(Coverage.SOME, because, method, notes)


def _numbers(
    greatest: Fraction, needed: Needed
) -> tuple[dict[str, Fraction | None], tuple[str, ...]]:
    """Greatest welfare, that of the best and worst equilibrium, and the two prices."""
    ((name, equilibria),) = needed.items()
    values: dict[str, Fraction | None] = {"greatest welfare": greatest}
    if equilibria.coverage is not Coverage.ALL:
        return values, (f"prices need all equilibria, and {name} gave {equilibria.coverage.value}",)
    if any(not family.hull for one in equilibria.solutions for family in _families(one)):
        return values, ("prices need the extreme points of every continuum of equilibria",)
    found = prices(greatest, _welfare(equilibria))
    values |= {
        "best equilibrium": found.best,
        "worst equilibrium": found.worst,
        "price of anarchy": found.anarchy,
        "price of stability": found.stability,
    }
    which = "pure and mixed equilibria" if name == "nash" else "pure equilibria alone"
    if name == "nash" and found.stability is None:
        return values, found.notes
    return values, (f"the prices compare {which}", *found.notes)


def _families(one: Solution) -> Sequence[Family]:
    return getattr(one, "families", ())


def _welfare(equilibria: Result) -> Iterator[Fraction]:
    """Welfare at each equilibrium, for a component at its extreme points.

    On a maximal Nash subset each player's payoff is linear in the other's strategy alone, so the
    sum is greatest and least at extreme points.
    """
    for solution in equilibria.solutions:
        if isinstance(solution, Point):
            yield sum(solution.payoffs, Fraction(0))
        elif isinstance(solution, Component):
            yield from (sum(payoffs, Fraction(0)) for payoffs in solution.payoffs)
        elif _families(solution):
            # Multilinear in the players' strategies, so greatest and least at corners.
            points = getattr(solution, "points", ())
            yield from (sum(point.payoffs, Fraction(0)) for point in points)
        elif isinstance(solution, CountPoint):
            yield sum(
                (
                    number * payoff
                    for counts, payoffs in zip(solution.counts, solution.payoffs, strict=True)
                    for number, payoff in zip(counts, payoffs, strict=True)
                    if payoff is not None
                ),
                Fraction(0),
            )


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Sum the payoffs again."""
    return check(game, solution, needed)


CONCEPT = Concept(
    name="welfare",
    title="Welfare",
    cites=("Bentham 1789", "Koutsoupias and Papadimitriou 1999", "Anshelevich and others 2004"),
    summary=(
        "Pure profiles with the greatest sum of payoffs, and that sum divided by the one at the "
        "worst equilibrium (price of anarchy) and at the best (price of stability)."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    needs_one_of=("nash", "pure-nash"),
    solve=solve,
    verify=verify,
    default=True,
    invariances=("relabelling",),
    order=45,
)
