"""Kalai and Smorodinsky's solution: gains in proportion to the largest possible gains."""

from __future__ import annotations

from alliance_games.algorithms.bargains import agreements, not_convex, threat_of
from alliance_games.certificates.bargaining import check_kalai_smorodinsky, check_none
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
    """The one agreement, or that there is none on the way to the ideal point."""
    found = agreements(game, needed, budget)
    if (nothing := found.nothing_to_gain()) is not None:
        yield nothing
        return Conclusion(Coverage.ALL, nothing.reason, found.method)
    threat = threat_of(game, needed)
    first, second = game.players
    ideals = {first: found.offer(0, threat[1]), second: found.offer(1, threat[0])}
    deal = found.along((ideals[first].gains[first], ideals[second].gains[second]))
    if deal is None:
        because = found.off_the_way
        return Conclusion(Coverage.ALL, because, found.method, (FREE_DISPOSAL,))
    yield Agreement(of=CONCEPT.name, deal=deal, ideals=ideals)
    because = f"the solution is unique: {found.unique}"
    return Conclusion(Coverage.ALL, because, found.method, tolerance=found.tolerance)


def verify(game: BargainingGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the deal to its line and the solution's own condition."""
    threat = dict(zip(game.players, threat_of(game, needed), strict=True))
    if isinstance(solution, NoAgreement):
        return check_none(game, threat, solution)
    return check_kalai_smorodinsky(game, threat, solution)


CONCEPT = Concept(
    name="kalai-smorodinsky",
    title="Kalai-Smorodinsky solution",
    cites=("Kalai and Smorodinsky 1975",),
    summary="The last agreement at which gains are in proportion to what each could gain at most.",
    games=("bargaining",),
    solve=solve,
    verify=verify,
    accepts=not_convex,
    needs=("disagreement-point",),
    default=True,
    order=242,
)
