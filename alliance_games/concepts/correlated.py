"""Correlated equilibria: the best, the fairest, the worst for each player, the extreme points."""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """Games whose plays can be listed; else how many there are."""
    from alliance_games.algorithms.mediated_answers import too_large

    return too_large(game, False)


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The named equilibria by linear programs, then the extreme points where they are few."""
    from alliance_games.algorithms.mediated_answers import answers

    return (yield from answers(game, False, budget, "correlated equilibria"))


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Try every way to disobey, and hold the bounds to every profile."""
    from alliance_games.certificates.mediated_play import check
    from alliance_games.results.mediated_solutions import Distribution

    assert isinstance(solution, Distribution)
    return check(game, solution, coarse=False)


CONCEPT = Concept(
    name="correlated",
    title="Correlated equilibria",
    cites=("Aumann 1974", "Aumann 1987"),
    summary=(
        "A mediator draws a profile and tells each player her own part of it only; nobody gains "
        "by doing something else than she is told."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling",),
    order=61,
)
