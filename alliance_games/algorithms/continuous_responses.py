"""The comparative statics of every equilibrium that was found."""

from __future__ import annotations

from alliance_games.algorithms.continuous_statics import NotSmooth, statics
from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.named.continuous import ChoiceContinuum, ChoiceEquilibrium, Response
from alliance_games.results.result import Conclusion, Coverage, Result

METHOD = "the implicit function theorem on first-order conditions; elimination by resultants"


def answers(game: ContinuousGame, equilibria: Result, budget: Budget) -> Answers:
    """A response for each equilibrium whose choices are exact and smooth in the parameters."""
    reasons = []
    for number, one in enumerate(equilibria.solutions, 1):
        budget.tick()
        if isinstance(one, ChoiceContinuum):
            reasons.append("a continuum has no one way to move")
            continue
        assert isinstance(one, ChoiceEquilibrium)
        if any(isinstance(choice, float) for choice in one.choices.values()):
            reasons.append("equilibria found by search have no exact derivatives")
            continue
        point = tuple(choice for choice in one.choices.values() if not isinstance(choice, float))
        try:
            found = statics(game, point)
        except NotSmooth as reason:
            reasons.append(f"of equilibrium {number} nothing is said: {reason}")
            continue
        yield Response(
            choices=dict(zip(game.players, point, strict=True)),
            effects=found.effects,
            gains=found.gains,
            formulas=found.formulas,
            payoffs=found.payoffs,
            conditions=found.conditions,
        )
    if reasons:
        told = "; ".join(dict.fromkeys(reasons))
        return Conclusion(Coverage.SOME if len(reasons) < len(equilibria.solutions)
                          else Coverage.UNKNOWN, told, METHOD)  # fmt: skip
    if equilibria.coverage is not Coverage.ALL:
        because = f"these are of the equilibria found: {equilibria.because}"
        return Conclusion(equilibria.coverage, because, METHOD)
    return Conclusion(Coverage.ALL, "every equilibrium was looked at", METHOD)
