"""What does each player add to a coalition, on average over all orders of joining?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import Value
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.ordered import Signs
    from alliance_games.results.solutions import Solution


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """The one value."""
    from alliance_games.algorithms.shapley import shapley_value

    shares = shapley_value(game, budget.tick)
    yield Value(of="shapley-value", shares=dict(zip(game.players, shares, strict=True)))
    method = "sums over coalitions by size" if game.is_tabled else "counting coalitions by weight"
    return Conclusion(Coverage.ALL, "every game has just one Shapley value", method)


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold each share to the potential of the game."""
    from alliance_games.certificates.values import check_shapley

    assert isinstance(solution, Value)
    return check_shapley(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The shares as formulas."""
    from alliance_games.algorithms.coalition_conditions import shapley

    yield shapley(game)


CONCEPT = Concept(
    name="shapley-value",
    title="Shapley value",
    cites=("Shapley 1953",),
    summary=(
        "Each player gets her contribution to those who came before her, on average over all "
        "orders in which the players may join."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=lambda game: not game.is_simple,
    order=208,
)
