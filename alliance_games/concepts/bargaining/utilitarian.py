"""The utilitarian solution: the largest sum of payoffs."""

from __future__ import annotations

from alliance_games.algorithms.bargains import agreements, not_convex, threat_of
from alliance_games.certificates.bargaining import check_none, check_utilitarian
from alliance_games.model.bargaining import BargainingGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.bargaining import Agreement, Agreements, NoAgreement
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def solve(game: BargainingGame, needed: Needed, budget: Budget) -> Answers:
    """One agreement, or the two ends of an edge of them."""
    found = agreements(game, needed, budget)
    if (nothing := found.nothing_to_gain()) is not None:
        yield nothing
        return Conclusion(Coverage.ALL, nothing.reason, found.method)
    ends = found.largest_sums(game.weights)
    if len(ends) == 1:
        yield Agreement(of=CONCEPT.name, deal=ends[0])
    else:
        yield Agreements(of=CONCEPT.name, ends=ends)
    coverage = Coverage.ALL if found.sums_are_all else Coverage.SOME
    return Conclusion(coverage, found.all_sums, found.method)


def verify(game: BargainingGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the deal to its line and the solution's own condition."""
    threat = dict(zip(game.players, threat_of(game, needed), strict=True))
    if isinstance(solution, NoAgreement):
        return check_none(game, threat, solution)
    return check_utilitarian(game, threat, solution)


CONCEPT = Concept(
    name="utilitarian",
    title="Utilitarian solution",
    cites=("Harsanyi 1955", "Myerson 1981"),
    summary="The agreements with the largest (weighted) sum of payoffs that neither would leave.",
    games=("bargaining",),
    solve=solve,
    verify=verify,
    accepts=not_convex,
    needs=("disagreement-point",),
    default=True,
    order=244,
)
