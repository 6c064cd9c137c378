"""The efficient agreements that neither would leave."""

from __future__ import annotations

from alliance_games.algorithms.bargains import agreements, not_convex, threat_of
from alliance_games.certificates.bargaining import check_frontier, check_none
from alliance_games.model.bargaining import BargainingGame, Contracts
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.bargaining import NoAgreement
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def solve(game: BargainingGame, needed: Needed, budget: Budget) -> Answers:
    """The frontier from the second player's best end to the first one's."""
    found = agreements(game, needed, budget)
    if (nothing := found.nothing_to_gain()) is not None:
        yield nothing
        return Conclusion(Coverage.ALL, nothing.reason, found.method)
    frontier = found.frontier()
    yield frontier
    coverage = Coverage.ALL if frontier.straight else Coverage.SOME
    notes: tuple[str, ...] = ()
    if isinstance(game.over, Contracts):
        from alliance_games.algorithms.contract_formulas import curve_note

        notes = tuple(curve_note(game, frontier.points, budget.tick))
    return Conclusion(coverage, found.whole_frontier, found.method, notes)


def verify(game: BargainingGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the deal to its line and the solution's own condition."""
    threat = dict(zip(game.players, threat_of(game, needed), strict=True))
    if isinstance(solution, NoAgreement):
        return check_none(game, threat, solution)
    return check_frontier(game, threat, solution)


CONCEPT = Concept(
    name="contract-curve",
    title="Contract curve",
    cites=("Edgeworth 1881",),
    summary="The agreements that neither would leave and beside which none is better for both.",
    games=("bargaining",),
    solve=solve,
    verify=verify,
    accepts=not_convex,
    needs=("disagreement-point",),
    default=True,
    order=247,
)
