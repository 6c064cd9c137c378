"""Stable matchings of two sides, all of them."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.algorithms import matching_conditions
from alliance_games.algorithms.matching_answers import stable
from alliance_games.certificates.matching import check_stable
from alliance_games.model.matching import FieldMarket, MatchingMarket
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

METHOD = "rotations from the first side's best matching"


def solve(market: MatchingMarket, needed: Needed, budget: Budget) -> Answers:
    """From the first side's best one down to the second side's."""
    most = 1 if budget.one else budget.listed
    notes = tuple(
        f"of equals those first in the file are preferred: {tie}" for tie in market.broken
    )
    for listed, matching in enumerate(stable(market, budget.tick)):
        if listed == most:
            because = f"the first {listed:,} were listed, and there are more"
            return Conclusion(Coverage.SOME, because, METHOD, notes)
        yield matching
    because = (
        "every rotation exposed in a stable matching was turned, and each stable matching is "
        "reached so"
    )
    return Conclusion(Coverage.ALL, because, METHOD, notes)


def verify(market: MatchingMarket, solution: Solution, needed: Needed) -> Certificate:
    """Try every pair again."""
    return check_stable(market, solution)


def conditions(market: FieldMarket, signs: Signs) -> Iterator[Solution]:
    """By the signs of differences of worths."""
    yield from matching_conditions.stable(market, signs)


CONCEPT = Concept(
    name="stable-matching",
    title="Stable matchings",
    cites=("Gale and Shapley 1962", "Gusfield and Irving 1989"),
    summary=(
        "Matchings in which nobody has a partner it would not have, and no two on different sides "
        "would rather have each other than what they have."
    ),
    games=("matching",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    order=226,
)
