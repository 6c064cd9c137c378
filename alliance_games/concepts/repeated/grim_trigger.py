"""The least discount factor at which each stage profile is sustained by reversion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alliance_games.algorithms.reversion import with_mixed
from alliance_games.algorithms.reversion_answers import thresholds, why_not
from alliance_games.certificates.reversion import check
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def solve(game: RepeatedGame, needed: Needed, budget: Budget) -> Answers:
    """One record: all profiles, each with all the discount factors that sustain it."""
    yield thresholds(game, budget)
    kinds = "extreme equilibrium" if with_mixed(game.stage) else "pure equilibrium"
    revert = "the punishment named" if game.punish is not None else f"every {kinds} of the stage"
    because = (
        "for each profile the conditions of all deviations were solved for the discount factor, "
        f"with reversion to {revert} weighed"
    )
    return Conclusion(Coverage.ALL, because, "exact roots of the one-shot deviation conditions")


def verify(game: RepeatedGame, solution: Solution, needed: Needed) -> Certificate:
    """Weigh every deviation again at the ends, inside and between."""
    return check(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The thresholds as formulas, where one stage is played for ever."""
    from alliance_games.algorithms.reversion_conditions import thresholds

    yield thresholds(game, signs)


CONCEPT = Concept(
    name="grim-trigger",
    title="What reversion to stage equilibria sustains",
    cites=("Friedman 1971",),
    summary=(
        "For each profile of the stage, the discount factors at which it can be played for ever "
        "because whoever deviates is met, for ever after, by the stage equilibrium that is worst "
        "for her."
    ),
    games=("repeated",),
    accepts=why_not,
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    order=280,
)
