"""Sequential equilibria of signalling games that satisfy D1."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.algorithms import signalling_criteria as criteria
from alliance_games.algorithms import signalling_words as words
from alliance_games.algorithms.signalling_refinement import by_message, refine
from alliance_games.algorithms.signalling_replies import Deviation, Tick
from alliance_games.certificates.signalling_criteria import check_d1
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.model.signalling_forms import unsuited
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.solutions import Certificate, Fact, Solution


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """The equilibria whose outcome stands, then those whose outcome falls, with the reason."""
    view = signalling_view(game)
    assert view is not None
    return refine(view, needed["sequential"], JUDGE, METHOD, budget.tick)


def _facts(
    view: Signalling, rulings: Sequence[tuple[Deviation, criteria.Ruling]], tick: Tick
) -> dict[str, Fact]:
    return {
        f"beliefs after {view.messages[one.message]}": words.no_weight_on(view, one.excluded)
        for _, one in rulings
        if one.excluded
    }


METHOD = "linear programs over the mixed best replies to each unsent message"
JUDGE = by_message(criteria.d1, words.d1, _facts)


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Rule on every unsent message again, by the vertices of the sets of beliefs and replies."""
    return check_d1(game, solution, needed["sequential"].solutions)


CONCEPT = Concept(
    name="d1",
    title="Equilibria that satisfy D1",
    cites=("Cho and Kreps 1987", "Banks and Sobel 1987"),
    summary="Sequential equilibria that stand when no unsent message is ascribed to a type if "
    "another gains by it at every answer at which the first would not lose.",
    games=("extensive",),
    accepts=unsuited,
    needs=("sequential",),
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=22,
)
