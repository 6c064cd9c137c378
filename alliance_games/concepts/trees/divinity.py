"""Divine equilibria of signalling games, and which of them are universally divine."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.algorithms import signalling_criteria as criteria
from alliance_games.algorithms import signalling_words as words
from alliance_games.algorithms.signalling_refinement import by_message, refine
from alliance_games.algorithms.signalling_replies import Deviation, Tick
from alliance_games.certificates.signalling_criteria import check_divine
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.model.signalling_forms import unsuited
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.solutions import Certificate, Fact, Solution

UNIVERSALLY = "universally divine"


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """The divine equilibria, then those whose outcome is not divine, with the reason."""
    view = signalling_view(game)
    assert view is not None
    return refine(view, needed["sequential"], JUDGE, METHOD, budget.tick)


def _facts(
    view: Signalling, rulings: Sequence[tuple[Deviation, criteria.Ruling]], tick: Tick
) -> dict[str, Fact]:
    told: dict[str, Fact] = {
        f"beliefs after {view.messages[one.message]}": words.beliefs(view, one.beliefs)
        for _, one in rulings
        if len(one.beliefs) < len(view.types) or not all(1 in corner for corner in one.beliefs)
    }
    told[UNIVERSALLY] = all(
        criteria.iterated_d2(deviation, tick).passes for deviation, _ in rulings
    )
    return told


METHOD = "linear programs over the mixed best replies to each unsent message, repeated"
JUDGE = by_message(criteria.divine, words.divine, _facts)


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Rule on every unsent message again, by the vertices of the sets of beliefs and replies."""
    return check_divine(game, solution, needed["sequential"].solutions)


CONCEPT = Concept(
    name="divinity",
    title="Divine equilibria",
    cites=("Banks and Sobel 1987", "Cho and Kreps 1987"),
    summary="Sequential equilibria that stand when an unsent message is ascribed to the types that "
    "would gain by it, in the proportions of the prior.",
    games=("extensive",),
    accepts=unsuited,
    needs=("sequential",),
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=23,
)
