"""What patient players could reach: minmax payoffs, and the feasible and rational payoffs."""

from __future__ import annotations

from alliance_games.algorithms.feasible_payoffs import feasible_payoffs
from alliance_games.certificates.feasible_payoffs import check
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: RepeatedGame) -> str | None:
    """One stage."""
    if len(game.stages) > 1:
        return "it is asked of one stage, and this game has several"
    return None


def solve(game: RepeatedGame, needed: Needed, budget: Budget) -> Answers:
    """One record: each player's minmax payoff and, for two players, the two sets."""
    yield feasible_payoffs(game.stage, budget.tick)
    method = "every reply to every play of the others; exact linear programs and cuts"
    if len(game.players) == 2:
        because = "minmax payoffs are one number each, and all corners of both sets are listed"
        return Conclusion(Coverage.ALL, because, method)
    because = "pure minmax payoffs are one number each"
    notes = ("mixed minmax payoffs and the sets are found for two players",)
    return Conclusion(Coverage.ALL, because, method, notes)


def verify(game: RepeatedGame, solution: Solution, needed: Needed) -> Certificate:
    """Weigh every reply again, and span the sets anew."""
    return check(game, solution)


CONCEPT = Concept(
    name="folk-theorem",
    title="Feasible and individually rational payoffs",
    cites=("Aumann and Shapley 1976", "Fudenberg and Maskin 1986"),
    summary=(
        "The least to which the others can hold each player, and the feasible payoffs that give "
        "each at least as much: those above are what patient players can have in equilibrium."
    ),
    games=("repeated",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    default=True,
    order=284,
)
