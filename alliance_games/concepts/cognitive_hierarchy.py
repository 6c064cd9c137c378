"""Cognitive hierarchy: each level replies to all lower levels in their Poisson shares."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

RATE = Fraction(3, 2)
"""The mean number of steps; Camerer, Ho and Chong find about 1.5 in most of the games they fit."""

MOST_TERMS = 200_000
"""Terms that the expectations of one level may sum."""


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """None where the sums are not too long; else the reason."""
    from alliance_games.algorithms.levels import cost

    terms = cost(game)
    if terms <= MOST_TERMS:
        return None
    return f"each level would sum {terms:,} payoffs, and {MOST_TERMS:,} are the most"


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """Level after level up to one that hardly anybody reaches."""
    from alliance_games.algorithms.levels import hierarchy

    found = hierarchy(game, RATE, budget.tick)
    yield found
    last = len(found.levels) - 1
    return Conclusion(
        Coverage.SOME,
        f"levels 0 to {last} are told; all higher ones together are fewer than one player in a "
        "million",
        "best replies, level by level",
        (
            f"the mean number of steps is taken to be {RATE}; the shares are those of a Poisson "
            "distribution cut off there, which are rational",
        ),
    )


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Sum every level's expected payoffs anew, and hold the shares to Poisson's."""
    from alliance_games.certificates.levels import check

    return check(game, solution)


CONCEPT = Concept(
    name="cognitive-hierarchy",
    title="Cognitive hierarchy",
    cites=("Camerer, Ho and Chong 2004",),
    summary=(
        "Players think a number of steps that follows a Poisson distribution; level 0 chooses at "
        "random, and each higher level replies best to the lower levels in their proportions."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=73,
)
