"""Where a population at rest stays at rest when those who earn more become more."""

from __future__ import annotations

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

METHOD = (
    "rest points by linear equations on every support; the signs of the eigenvalues' real parts by "
    "Sturm chains and Cauchy indices"
)
MOST = 12
"""Strategies whose supports are gone through."""


def accepts(game: NormalGame) -> str | None:
    """Two players in the same position."""
    from alliance_games.model.populations import refusal

    return refusal(game, MOST)


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """Every rest point with what the dynamics does nearby."""
    from alliance_games.algorithms.population_equilibria import TooManyCorners
    from alliance_games.algorithms.replicator import UNDECIDED, rest
    from alliance_games.model.populations import population

    crowd = population(game)
    assert crowd is not None, "the game was accepted"
    undecided = 0
    try:
        for one in rest(crowd, budget.tick):
            undecided += one.stability == UNDECIDED
            yield one
    except TooManyCorners as many:
        raise LimitReached(str(many)) from many
    notes: tuple[str, ...] = ()
    if undecided:
        notes = (
            f"the stability of {undecided} of them is not decided: eigenvalues without a positive "
            "real part, but with none, leave it to terms of higher order",
        )
    because = "the linear equations of every support were solved, continua by their corners"
    return Conclusion(Coverage.ALL, because, METHOD, notes)


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Compute the growth rates, enclose every eigenvalue, hold the criterion to its definition."""
    from alliance_games.certificates.rest_points import check_rest_point

    return check_rest_point(game, solution)


CONCEPT = Concept(
    name="replicator",
    title="Rest points of the replicator dynamics",
    cites=("Taylor and Jonker 1978", "Zeeman 1980", "Hofbauer and Sigmund 1998"),
    summary=(
        "The shares of one population that stay as they are when each strategy grows at the rate "
        "by which it earns more than the mean, and what becomes of shares nearby."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling",),
    order=302,
)
