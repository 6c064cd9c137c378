"""The egalitarian solution: equal gains, as large as can be."""

from __future__ import annotations

from alliance_games.algorithms.bargains import agreements, not_convex, threat_of
from alliance_games.certificates.bargaining import check_egalitarian, check_none
from alliance_games.model.bargaining import BargainingGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.bargaining import Agreement, NoAgreement
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

FREE_DISPOSAL = (
    "with 'free disposal: yes' payoffs may be thrown away, and there is always such an agreement"
)


def solve(game: BargainingGame, needed: Needed, budget: Budget) -> Answers:
    """The one agreement, or that none gives equal gains."""
    found = agreements(game, needed, budget)
    if (nothing := found.nothing_to_gain()) is not None:
        yield nothing
        return Conclusion(Coverage.ALL, nothing.reason, found.method)
    deal = found.along(game.weights)
    if deal is None:
        because = found.off_the_way
        return Conclusion(Coverage.ALL, because, found.method, (FREE_DISPOSAL,))
    yield Agreement(of=CONCEPT.name, deal=deal)
    return Conclusion(Coverage.ALL, f"the solution is unique: {found.unique}", found.method)


def verify(game: BargainingGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the deal to its line and the solution's own condition."""
    threat = dict(zip(game.players, threat_of(game, needed), strict=True))
    if isinstance(solution, NoAgreement):
        return check_none(game, threat, solution)
    return check_egalitarian(game, threat, solution)


CONCEPT = Concept(
    name="egalitarian",
    title="Egalitarian solution",
    cites=("Kalai 1977",),
    summary="The last agreement at which all gain the same (or in proportion to given weights).",
    games=("bargaining",),
    solve=solve,
    verify=verify,
    accepts=not_convex,
    needs=("disagreement-point",),
    default=True,
    order=243,
)
