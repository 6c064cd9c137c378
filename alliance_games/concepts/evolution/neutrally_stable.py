"""Strategies that, once common, no rare mutant does better than."""

from __future__ import annotations

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

METHOD = (
    "symmetric equilibria by support enumeration, each tested for copositivity on the "
    "directions of its pure best replies"
)
MOST = 16
"""Strategies whose supports are gone through."""


def accepts(game: NormalGame) -> str | None:
    """Two players in the same position."""
    from alliance_games.model.populations import refusal

    return refusal(game, MOST)


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """Every symmetric equilibrium: those no mutant does better than, the others with a mutant."""
    from alliance_games.algorithms.population_equilibria import TooManyCorners
    from alliance_games.algorithms.stable_mixtures import mixtures
    from alliance_games.model.populations import population

    crowd = population(game)
    assert crowd is not None, "the game was accepted"
    try:
        yield from mixtures(crowd, False, budget.tick)
    except TooManyCorners as many:
        raise LimitReached(str(many)) from many
    because = (
        "every symmetric equilibrium is listed, and no mutant does better than it or one is shown "
        "that does"
    )
    return Conclusion(Coverage.ALL, because, METHOD)


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold it against the worst mutant of every face of its best replies, or against its own."""
    from alliance_games.certificates.mutants import check_stable

    return check_stable(game, solution, False)


CONCEPT = Concept(
    name="neutrally-stable",
    title="Neutrally stable strategies",
    cites=(
        "Maynard Smith 1982",
        "Bomze and Weibull 1995",
    ),
    summary=(
        "A strategy that is a best reply to itself and does no worse against every other best "
        "reply than that does against itself: once common, no rare mutant does better."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling",),
    order=301,
)
