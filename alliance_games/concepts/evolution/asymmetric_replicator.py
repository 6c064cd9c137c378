"""Where two populations at rest stay at rest when those who earn more become more."""

from __future__ import annotations

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

METHOD = (
    "rest points by linear equations on every pair of supports; the signs of the eigenvalues' real "
    "parts by Sturm chains and Cauchy indices"
)
MOST = 20_000
"""Pairs of supports that are gone through: two times seven strategies."""


def accepts(game: NormalGame) -> str | None:
    """Two players with a moderate number of strategies."""
    from alliance_games.algorithms.two_populations import number_of_supports

    if len(game.players) != 2:
        return f"it is asked of two populations that meet, and there are {len(game.players)}"
    if (number := number_of_supports(game)) > MOST:
        return f"there are {number:,} pairs of supports, and up to {MOST:,} are looked through"
    return None


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """Every rest point with what the dynamics does nearby."""
    from alliance_games.algorithms.population_equilibria import TooManyCorners
    from alliance_games.algorithms.replicator import UNDECIDED
    from alliance_games.algorithms.two_populations import rest

    undecided = 0
    try:
        for one in rest(game, budget.tick):
            undecided += one.stability == UNDECIDED
            yield one
    except TooManyCorners as many:
        raise LimitReached(str(many)) from many
    notes: tuple[str, ...] = ()
    if undecided:
        notes = (
            f"whether {undecided} of them are stable is not decided (none attracts all that is "
            "near: only strict equilibria do)",
        )
    because = (
        "the linear equations of every pair of supports were solved, continua by their corners"
    )
    return Conclusion(Coverage.ALL, because, METHOD, notes)


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Compute the growth rates, enclose every eigenvalue, hold the criterion to its definition."""
    from alliance_games.certificates.rest_pairs import check_rest_pair

    return check_rest_pair(game, solution)


CONCEPT = Concept(
    name="asymmetric-replicator",
    title="Rest points of the replicator dynamics of two populations",
    cites=(
        "Taylor 1979",
        "Selten 1980",
        "Ritzberger and Weibull 1995",
        "Hofbauer 1996",
    ),
    summary=(
        "The shares of two populations, one for each player, that stay as they are when each "
        "strategy grows at the rate by which it earns more than its population's mean."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling",),
    order=303,
)
