"""What does each player get when blocs have formed and stick together?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.model.coalitional import MOST_TABLED, CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import BlocValue
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.solutions import Solution


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """The one value."""
    from alliance_games.algorithms.owen import owen_value

    shares = owen_value(game, budget.tick)
    yield BlocValue(
        shares=dict(zip(game.players, shares, strict=True)),
        blocs=tuple(tuple(game.players[player] for player in bloc) for bloc in game.blocs),
        bloc_shares=tuple(
            sum([shares[player] for player in bloc], Fraction(0)) for bloc in game.blocs
        ),
    )
    because = "every game with blocs has just one Owen value"
    return Conclusion(Coverage.ALL, because, "contributions over the orders that keep blocs whole")


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Divide among blocs, then within each."""
    from alliance_games.certificates.values import check_owen

    assert isinstance(solution, BlocValue)
    return check_owen(game, solution)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not."""
    if not game.blocs:
        return "the file names no blocs: write 'blocs: [[...], [...]]' under 'coalitions'"
    if not game.is_tabled:
        return f"coalitions of up to {MOST_TABLED} players are compared"
    return None


CONCEPT = Concept(
    name="owen-value",
    title="Owen value",
    cites=("Owen 1977",),
    summary=(
        "Each player's contribution to those before her, on average over the orders in which the "
        "members of every bloc come next to each other."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    accepts=accepts,
    default=True,
    order=211,
)
