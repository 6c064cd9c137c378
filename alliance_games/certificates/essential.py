"""Essential components: equilibria by the definition, and their index found again."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.certificates.admissible import is_equilibrium
from alliance_games.certificates.component_index import index_again
from alliance_games.model.normal import NormalGame
from alliance_games.results.solutions import Certificate, Component, Point, Solution
from alliance_games.results.tree_solutions import Discarded

AGAIN = "equilibria, whose index was found again from the equilibria of a game near by"
TAKEN = (
    "equilibria; the game is too large to find their index again, and it is taken as it was found"
)
MORE = "a regular equilibrium, whose index was computed again as the sign of a determinant"


def check(game: NormalGame, solution: Solution) -> Certificate:
    """Whether a solution's index is as said, and not zero (zero for one that is discarded)."""
    left = isinstance(solution, Discarded)
    one = solution.solution if isinstance(solution, Discarded) else solution
    if not isinstance(one, Point | Component) or not is_equilibrium(game, one):
        return Certificate(False, "it is no equilibrium")
    index = one.properties.get("index")
    if isinstance(solution, Discarded) and dict(solution.numbers) != {"index": Fraction(0)}:
        return Certificate(False, "its index is said to be another")
    again = index_again(game, one) if len(game.players) == 2 else None
    claim = MORE if len(game.players) > 2 else TAKEN if again is None else AGAIN
    holds = index is not None and (index == 0) == left and again in (None, index)
    return Certificate(holds, claim, Fraction(0))
