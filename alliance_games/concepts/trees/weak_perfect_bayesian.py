"""Weak perfect Bayesian equilibria of trees with perfect recall."""

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
    """All weak perfect Bayesian equilibria."""
    return (yield from assessments_answers.answers(game, budget, sequential=False))


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the solution to the definition."""
    from alliance_games.certificates.assessment import check

    return check(game, solution, consistent=False)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Those of an exchange, by signs; of a signalling game they are its sequential equilibria,
    because each type's mistakes are its own and any belief off the path is consistent (Fudenberg
    and Tirole 1991)."""
    from alliance_games.algorithms.exchange_conditions import equilibria

    return equilibria(game, signs, together=False)


CONCEPT = Concept(
    name="weak-perfect-bayesian",
    title="Weak perfect Bayesian equilibria",
    cites=("Mas-Colell, Whinston and Green 1995",),
    summary=(
        "Strategies with beliefs by Bayes' rule where play comes and any beliefs elsewhere, "
        "optimal given them at every information set."
    ),
    games=("extensive",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    invariances=("relabelling", "positive affine payoffs"),
    order=18,
)
