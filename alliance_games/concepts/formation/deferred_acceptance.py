"""Deferred acceptance: proposals by one side, kept or refused by the other."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.algorithms import matching_conditions
from alliance_games.algorithms.matching_answers import proposals
from alliance_games.certificates.matching import check_proposals
from alliance_games.model.matching import FieldMarket, MatchingMarket
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def solve(market: MatchingMarket, needed: Needed, budget: Budget) -> Answers:
    """The first side proposing, then the second."""
    for second in (False, True):
        yield proposals(market, second, budget.tick)
    notes = tuple(
        f"of equals those first in the file are preferred: {tie}" for tie in market.broken
    )
    because = "either side proposes, round by round, until no proposal is left to make"
    return Conclusion(Coverage.ALL, because, "deferred acceptance", notes)


def verify(market: MatchingMarket, solution: Solution, needed: Needed) -> Certificate:
    """Every round held to the rules."""
    return check_proposals(market, solution)


def conditions(market: FieldMarket, signs: Signs) -> Iterator[Solution]:
    """By the signs of differences of worths."""
    yield from matching_conditions.accepted(market, signs)


CONCEPT = Concept(
    name="deferred-acceptance",
    title="Deferred acceptance",
    cites=("Gale and Shapley 1962", "Roth and Sotomayor 1990"),
    summary=(
        "Each player of one side proposes to the best who has not yet refused it, each of the "
        "other keeps the best proposals so far; it ends in the stable matching best for the "
        "proposers."
    ),
    games=("matching",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    order=227,
)
