"""Pareto-efficient pure profiles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alliance_games.algorithms.pareto import efficient, efficient_positions
from alliance_games.algorithms.pure_equilibria import profile_at
from alliance_games.algorithms.role_counts import (
    all_role_counts,
    number_of_role_counts,
    payoffs_at,
    profiles_with,
    scaled_payoffs_at,
)
from alliance_games.certificates.pareto import check
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure_profile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, CountPoint, Point, Solution

MOST_NUMBERS = 5_000_000
"""Outcomes times players of the largest anonymous game whose outcomes are compared."""

METHOD = "comparison with the efficient profiles found so far"


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """Every normal-form game; anonymous games of a size that can be compared outcome by outcome."""
    if isinstance(game, AnonymousGame):
        outcomes = number_of_role_counts(game)
        if outcomes * len(game.players) > MOST_NUMBERS:
            return f"it would have to compare {outcomes} outcomes of {len(game.players)} players"
    return None


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The efficient profiles, in the order of the profiles."""
    most = 1 if budget.one else budget.listed
    if isinstance(game, NormalGame):
        found, complete = efficient_positions(game, budget.tick, most)
        for position in found[:most]:
            budget.tick()
            profile = profile_at(game, position)
            yield Point(pure_profile(profile, game.shape), game.payoffs(profile))
    else:
        outcomes = list(all_role_counts(game))
        vectors = [
            # Like players can change places: their payoffs are compared in order of size.
            tuple(
                payoff
                for role in scaled_payoffs_at(game, counts)
                for number, payoff in sorted(role, key=lambda gets: gets[1])
                for _ in range(number)
            )
            for counts in outcomes
        ]
        found, complete = efficient(vectors, budget.tick, most)
        for place in found[:most]:
            budget.tick()
            counts = outcomes[place]
            yield CountPoint(counts, profiles_with(counts), payoffs_at(game, counts))
    if complete and len(found) <= most:
        return Conclusion(
            Coverage.ALL, "every pure profile was compared with the efficient ones", METHOD
        )
    listed = f"of the efficient pure profiles {most} are listed, and there are more"
    return Conclusion(Coverage.SOME, listed, METHOD)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Look for a profile that dominates it."""
    return check(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Each pure profile held against every other, over any ordered field."""
    from alliance_games.algorithms.pure_conditions import efficient as over_field

    return over_field(game, signs)


CONCEPT = Concept(
    name="pareto",
    title="Pareto-efficient profiles",
    cites=("Pareto 1906",),
    summary=(
        "Pure profiles such that no other pure profile gives every player at least as much and "
        "some player more."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    ordinal=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=40,
)
