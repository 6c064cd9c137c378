"""Sequential equilibria of signalling games that pass the intuitive criterion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from alliance_games.algorithms import signalling_criteria as criteria
from alliance_games.algorithms import signalling_words as words
from alliance_games.algorithms.signalling_outcomes import Outcome
from alliance_games.algorithms.signalling_refinement import by_message, corner_judge, refine
from alliance_games.algorithms.signalling_replies import Deviation, Tick
from alliance_games.certificates.signalling_criteria import check_intuitive
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.model.signalling_forms import unsuited
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.solutions import Certificate, Fact, Solution

DOMINANCE = "supported without excluded types"
"""Whether beliefs without weight on any excluded type support the outcome: what Cho and Kreps
(1987, p. 199) call equilibrium dominance asks it, and with three types or more it asks more."""


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """The equilibria whose outcome passes, then those whose outcome fails, with the reason."""
    view = signalling_view(game)
    assert view is not None
    return refine(view, needed["sequential"], JUDGE, METHOD, budget.tick, BY_CORNERS)


def _tell(
    view: Signalling, outcome: Outcome, ruling: criteria.Ruling, least: Fraction | None
) -> str:
    assert least is not None
    return words.intuitive(view, outcome, ruling, least)


def _facts(
    view: Signalling, rulings: Sequence[tuple[Deviation, criteria.Ruling]], tick: Tick
) -> dict[str, Fact]:
    excluded = {
        f"beliefs after {view.messages[one.message]}": words.no_weight_on(view, one.excluded)
        for _, one in rulings
        if one.excluded and len(one.excluded) < len(view.types)
    }
    return {**excluded, DOMINANCE: all(one.supported for _, one in rulings)}


METHOD = "linear programs over the best replies to each unsent message"
JUDGE = by_message(criteria.intuitive, _tell, _facts)
BY_CORNERS = corner_judge(criteria.intuitive, _tell)


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Rule on every unsent message again, by the vertices of the sets of beliefs."""
    return check_intuitive(game, solution, needed["sequential"].solutions)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Those that pass, by the signs of what the types gain by each unsent message."""
    from alliance_games.algorithms.intuitive_conditions import survivors

    return survivors(game, signs)


CONCEPT = Concept(
    name="intuitive-criterion",
    title="Equilibria that pass the intuitive criterion",
    cites=("Cho and Kreps 1987",),
    summary="Sequential equilibria in which no type would surely gain by an unsent message once it "
    "is not ascribed to types who could only lose by it.",
    games=("extensive",),
    accepts=unsuited,
    needs=("sequential",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=21,
)
