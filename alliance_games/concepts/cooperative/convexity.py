"""Does a player add the more, the larger the coalition she joins?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from alliance_games.model.coalitional import MOST_TABLED, CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import Against, Convexity
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.ordered import Signs
    from alliance_games.results.solutions import Solution


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """Whether the game is convex, and what speaks against it."""
    from alliance_games.algorithms.coalition_facts import convexity

    pair, strictly = convexity(game, budget.tick)
    against = None
    if pair is not None:
        one, other = sorted(pair)
        against = Against(
            game.names(one),
            game.names(other),
            game.worth(one) + game.worth(other),
            game.worth(one | other) + game.worth(one & other),
        )
    yield Convexity(convex=pair is None, strictly=strictly, against=against)
    because = "what a player adds never falls as one member more is there"
    if pair is not None:
        because = "two coalitions speak against it"
    return Conclusion(Coverage.ALL, because, "comparison of coalitions that differ by two players")


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold coalitions against their unions and intersections."""
    from alliance_games.certificates.coalition_facts import check_convexity

    assert isinstance(solution, Convexity)
    return check_convexity(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Whether the game is convex, in formulas."""
    from alliance_games.algorithms.coalition_conditions import convexity

    yield convexity(game, signs)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not."""
    if game.is_tabled:
        return None
    return f"coalitions of up to {MOST_TABLED} players are compared"


CONCEPT = Concept(
    name="convexity",
    title="Convexity",
    cites=("Shapley 1971",),
    summary=(
        "Two coalitions are never worth more than their union and what they share: a player adds "
        "the more, the larger the coalition she joins."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    accepts=accepts,
    default=lambda game: len(game.players) <= 12 and not game.is_simple,
    order=203,
)
