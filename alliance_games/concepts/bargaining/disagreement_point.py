"""What the players have if they do not agree."""

from __future__ import annotations

from alliance_games.algorithms.bargains import not_convex
from alliance_games.algorithms.threat_points import disagreement, no_threat
from alliance_games.certificates.disagreement import check
from alliance_games.model.bargaining import GIVEN, MAXMIN, NASH, BargainingGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

_BECAUSE = {
    GIVEN: "the file gives it",
    "outcome": "the file names the outcome",
    MAXMIN: "a security level is one number",
    NASH: "all equilibria were listed, and they have the same payoffs",
}
_METHODS = {
    MAXMIN: "exact linear program and its dual",
    NASH: "vertex enumeration of both best-response polytopes",
}


def accepts(game: BargainingGame) -> str | None:
    """Whether the game has one such point, and a convex set of payoffs to bargain over."""
    return no_threat(game) or not_convex(game)


def solve(game: BargainingGame, needed: Needed, budget: Budget) -> Answers:
    """The one point."""
    yield disagreement(game, budget.tick)
    return Conclusion(Coverage.ALL, _BECAUSE[game.threat], _METHODS.get(game.threat, "as given"))


def verify(game: BargainingGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold it to the game it comes from."""
    return check(game, solution)


CONCEPT = Concept(
    name="disagreement-point",
    title="Point of disagreement",
    cites=("Nash 1950", "Nash 1953"),
    summary="What each player has if there is no agreement: the payoffs from which gains count.",
    games=("bargaining",),
    solve=solve,
    verify=verify,
    accepts=accepts,
    default=True,
    order=240,
)
