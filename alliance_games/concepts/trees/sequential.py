"""Sequential equilibria of trees with perfect recall."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alliance_games.algorithms import assessments_answers
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: ExtensiveGame) -> str | None:
    """None with perfect recall; else which set breaks it, and at which two nodes."""
    return assessments_answers.without_recall(game)


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """All sequential equilibria, with the trembles that support them."""
    return (yield from assessments_answers.answers(game, budget, sequential=True))


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the solution to the definition."""
    from alliance_games.certificates.assessment import check

    return check(game, solution, consistent=True)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Those of an exchange, by signs: pooling, separating and all between."""
    from alliance_games.algorithms.exchange_conditions import equilibria

    return equilibria(game, signs)


CONCEPT = Concept(
    name="sequential",
    title="Sequential equilibria",
    cites=("Kreps and Wilson 1982",),
    summary=(
        "Strategies with beliefs that are limits of Bayes' rule under trembles, and optimal given "
        "them at every information set."
    ),
    games=("extensive",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=lambda game: not game.has_perfect_information,
    invariances=("relabelling", "positive affine payoffs"),
    order=17,
)
