"""Who turns losing coalitions into winning ones, in how many orders?"""

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
    """The one index."""
    from alliance_games.algorithms.shapley import shapley_value

    shares = shapley_value(game, budget.tick)
    yield Value(of="shapley-shubik", shares=dict(zip(game.players, shares, strict=True)))
    method = "sums over coalitions by size" if game.is_tabled else "counting coalitions by weight"
    return Conclusion(Coverage.ALL, "every simple game has just one such index", method)


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold each share to the potential of the game, or count the orders anew."""
    from alliance_games.certificates.values import check_shapley

    assert isinstance(solution, Value)
    return check_shapley(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The index at each place, by who wins there."""
    from alliance_games.algorithms.coalition_conditions import shapley_shubik

    yield shapley_shubik(game, signs)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not."""
    if game.is_simple:
        return None
    return "it is about games in which coalitions just win or lose, and all together win"


CONCEPT = Concept(
    name="shapley-shubik",
    title="Shapley-Shubik index",
    cites=("Shapley and Shubik 1954",),
    summary=(
        "Each player's share of the orders of all players in which she turns the losing coalition "
        "of those before her into a winning one."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    accepts=accepts,
    default=True,
    order=209,
)
