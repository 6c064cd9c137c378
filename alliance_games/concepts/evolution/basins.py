"""How much of all possible beginnings leads where."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.evolution import RestPoint
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

EXACT = "the sign of the linear lead of the first strategy"
GRID = "solutions followed in floating point from a grid of starts"
MOST = 5


def accepts(game: NormalGame) -> str | None:
    """Two players in the same position, with two to five strategies."""
    from alliance_games.model.populations import refusal

    if (reason := refusal(game, MOST)) is not None:
        return reason
    return "there is one strategy, and nothing to lead to" if game.shape[0] == 1 else None


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The basins: intervals of two strategies, parts of a grid of more."""
    from alliance_games.algorithms.basins import PARTS, estimated_basins, exact_basins, grid
    from alliance_games.model.populations import population

    crowd = population(game)
    assert crowd is not None, "the game was accepted"
    size = len(crowd.names)
    if size == 2:
        found = list(exact_basins(crowd))
        yield from found
        because = "every share between zero and one moves by the sign of a linear function"
        if not found:
            because = "both strategies always earn the same, and all shares stand still"
        return Conclusion(Coverage.ALL, because, EXACT)
    yield from estimated_basins(crowd, _attractors(needed), budget.tick)
    starts = len(grid(size))
    because = (
        f"estimated from {starts:,} starts on a grid of {PARTS[size]} parts to a side; an edge of "
        "a basin may be misplaced by about one part"
    )
    return Conclusion(Coverage.SOME, because, GRID, tolerance=Fraction(1, PARTS[size]))


def _attractors(needed: Needed) -> list[tuple[Fraction, ...]]:
    return [
        tuple(one.strategy.values())
        for one in needed["replicator"].solutions
        if isinstance(one, RestPoint) and one.stability == "asymptotically stable"
    ]


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Look at the signs, or follow all starts again by another method."""
    from alliance_games.algorithms.basins import grid
    from alliance_games.certificates.basins import check_basin

    starts = grid(game.shape[0]) if game.shape[0] > 2 else ()
    return check_basin(game, solution, _attractors(needed), starts)


CONCEPT = Concept(
    name="basins",
    title="Basins of attraction of the replicator dynamics",
    cites=("Taylor and Jonker 1978", "Hofbauer and Sigmund 1998"),
    summary=(
        "For each rest point that attracts, the part of all shares of one population from which "
        "the replicator dynamics leads to it."
    ),
    games=("normal",),
    accepts=accepts,
    needs=("replicator",),
    solve=solve,
    verify=verify,
    invariances=(),
    order=304,
)
