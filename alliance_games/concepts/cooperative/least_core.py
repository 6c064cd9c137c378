"""How little need coalitions concede, and at which divisions?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.model.coalitional import MOST_TABLED, CoalitionalGame, members
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import LeastCoreSet, Weighed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.solutions import Solution


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """The least concession and its divisions."""
    from alliance_games.algorithms.core import least_core

    found = least_core(game, budget.tick)

    def named(point: tuple[Fraction, ...]) -> dict[str, Fraction]:
        return dict(zip(game.players, point, strict=True))

    points = found.divisions.extreme_points
    order = sorted(found.weights, key=lambda one: (one.bit_count(), list(members(one))))
    yield LeastCoreSet(
        concession=found.excess,
        dimension=found.divisions.dimension,
        extreme_points=() if points is None else tuple(map(named, points)),
        listed=points is not None,
        inner=named(found.divisions.inner),
        balanced=tuple(
            Weighed(game.names(one), found.weights[one], game.worth(one)) for one in order
        ),
    )
    method = "linear programs over the coalitions that complain most"
    if points is None:
        because = "a point of its interior and its dimension are given, not all its extreme points"
        return Conclusion(Coverage.SOME, because, method)
    return Conclusion(Coverage.ALL, "the least core is the hull of the points listed", method)


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold every coalition to the concession, and the concession to its weights."""
    from alliance_games.certificates.core import check_least_core

    assert isinstance(solution, LeastCoreSet)
    return check_least_core(game, solution)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not."""
    if len(game.players) < 2:
        return "it compares coalitions of some with that of all, and there is one player"
    if not game.is_tabled:
        return f"coalitions of up to {MOST_TABLED} players are compared"
    return None


CONCEPT = Concept(
    name="least-core",
    title="Least core",
    cites=("Maschler, Peleg and Shapley 1979",),
    summary=(
        "The divisions at which the largest excess of a coalition, what it is worth beyond what "
        "its members get, is as small as it can be."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    accepts=accepts,
    order=206,
)
