"""Rationalizable strategies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alliance_games.algorithms.iterated import survivors
from alliance_games.algorithms.opponents import opponents
from alliance_games.certificates.dominance import check
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

BECAUSE = (
    "each strategy left is a best reply to a belief over what is left, and each one removed is "
    "strictly dominated in what was left before it"
)
CORRELATED = (
    "beliefs may hold the opponents' plays to be correlated; with three or more players, "
    "independent beliefs may justify fewer strategies"
)


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The strategies that never fall to being never a best reply, and those that do, by round."""
    left = survivors(opponents(game), "rationalizable", True, budget.tick)
    yield left
    yield from left.eliminated
    notes = (CORRELATED,) if len(game.players) > 2 else ()
    return Conclusion(Coverage.ALL, BECAUSE, "iterated elimination of never-best replies", notes)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Replay the elimination and hold each survivor against its belief."""
    return check(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Strictly dominated strategies eliminated round by round, over any ordered field."""
    from alliance_games.algorithms.dominance_conditions import rationalizable

    return rationalizable(game, signs)


CONCEPT = Concept(
    name="rationalizable",
    title="Rationalizable strategies",
    cites=("Bernheim 1984", "Pearce 1984"),
    summary=(
        "The strategies a rational player may use who knows that the others are rational, and that "
        "they know it, and so on: best replies to beliefs over such strategies."
    ),
    games=("normal", "anonymous"),
    solve=solve,
    verify=verify,
    conditions=conditions,
    invariances=("relabelling", "positive affine payoffs", "adding a strictly dominated strategy"),
    order=25,
)
