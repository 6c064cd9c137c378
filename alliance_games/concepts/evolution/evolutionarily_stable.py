"""Strategies that, once common, no rare mutant can invade."""

from __future__ import annotations

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

METHOD = (
    "symmetric equilibria by support enumeration, each tested for strict copositivity on the "
    "directions of its pure best replies"
)
MOST = 16
"""Strategies whose supports are gone through."""


def accepts(game: NormalGame) -> str | None:
    """Two players in the same position."""
    from alliance_games.model.populations import refusal

    return refusal(game, MOST)


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """Every symmetric equilibrium: those that resist all mutants, the others with a mutant."""
    from alliance_games.algorithms.population_equilibria import TooManyCorners
    from alliance_games.algorithms.stable_mixtures import mixtures
    from alliance_games.model.populations import population

    crowd = population(game)
    assert crowd is not None, "the game was accepted"
    try:
        yield from mixtures(crowd, True, budget.tick)
    except TooManyCorners as many:
        raise LimitReached(str(many)) from many
    because = (
        "every symmetric equilibrium is listed, and each resists every mutant or is shown with one "
        "it does not resist"
    )
    return Conclusion(Coverage.ALL, because, METHOD)


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold it against the worst mutant of every face of its best replies, or against its own."""
    from alliance_games.certificates.mutants import check_stable

    return check_stable(game, solution, True)


CONCEPT = Concept(
    name="evolutionarily-stable",
    title="Evolutionarily stable strategies",
    cites=(
        "Maynard Smith and Price 1973",
        "Haigh 1975",
        "Abakuks 1980",
        "Bomze 1992",
    ),
    summary=(
        "A strategy that is a best reply to itself and does better against every other best reply "
        "than that does against itself: once common, it resists every rare mutant."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling",),
    order=300,
)
