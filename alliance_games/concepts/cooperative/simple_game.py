"""Who wins: can opponents both win, or both lose, and which coalitions are just enough?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_games.model.coalitional import MOST_TABLED, CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import Winning
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.solutions import Solution


MOST_MINIMAL = 200
"""So many minimal winning coalitions are listed, the smallest first."""


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """Properties of a simple game and its minimal winning coalitions."""
    from alliance_games.algorithms.coalition_facts import both_win, minimal_winning, neither_wins

    minimal = minimal_winning(game, budget.tick)
    both, neither = both_win(game), neither_wins(game)
    yield Winning(
        proper=both is None,
        strong=neither is None,
        minimal=tuple(map(game.names, minimal[:MOST_MINIMAL])),
        number=len(minimal),
        against_proper=None if both is None else game.names(both),
        against_strong=None if neither is None else game.names(neither),
    )
    because = "every coalition was held against the rest and against its parts"
    return Conclusion(Coverage.ALL, because, "all coalitions")


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Look at every coalition again."""
    from alliance_games.certificates.coalition_facts import check_winning

    assert isinstance(solution, Winning)
    return check_winning(game, solution)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not."""
    if not game.is_simple:
        return "coalitions here do not just win or lose"
    if not game.is_tabled:
        return f"coalitions of up to {MOST_TABLED} players are compared"
    return None


CONCEPT = Concept(
    name="simple-game",
    title="Winning coalitions",
    cites=("von Neumann and Morgenstern 1944", "Shapley 1962"),
    summary=(
        "Where coalitions win or lose: proper if no two without a common member both win, strong "
        "if of a coalition and the rest one always wins; and which just win."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    accepts=accepts,
    default=lambda game: len(game.players) <= 10,
    order=200,
)
