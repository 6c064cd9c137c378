"""How many winning coalitions lose without each player?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import Power
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.ordered import Signs
    from alliance_games.results.solutions import Solution


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """Swings, and both measures made of them."""
    from alliance_games.algorithms.banzhaf import swings

    counted = swings(game, budget.tick)
    total, others = sum(counted), 2 ** (len(counted) - 1)
    by_name = dict(zip(game.players, counted, strict=True))
    yield Power(
        swings=by_name,
        raw={name: Fraction(number, others) for name, number in by_name.items()},
        normalised={name: Fraction(number, total) for name, number in by_name.items()},
    )
    method = "wins with and without each player"
    if not game.is_tabled:
        method = "counting coalitions by weight"
    return Conclusion(Coverage.ALL, "every swing was counted", method)


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Look at every winning coalition for those who turn it by leaving, or count anew."""
    from alliance_games.certificates.values import check_power

    assert isinstance(solution, Power)
    return check_power(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Swings and measures at each place, by who wins there."""
    from alliance_games.algorithms.coalition_conditions import banzhaf

    yield banzhaf(game, signs)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not."""
    if game.is_simple:
        return None
    return "it is about games in which coalitions just win or lose, and all together win"


CONCEPT = Concept(
    name="banzhaf",
    title="Banzhaf power",
    cites=("Penrose 1946", "Banzhaf 1965"),
    summary=(
        "How many winning coalitions lose without each player: as a share of all coalitions of the "
        "others, and so that the players' shares add up to one."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    accepts=accepts,
    default=True,
    order=210,
)
