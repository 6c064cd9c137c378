"""Which divisions can no coalition improve on?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from alliance_games.model.coalitional import MOST_TABLED, CoalitionalGame, members
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import DivisionSet, EmptyCore, Weighed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.algorithms.core import Divisions
    from alliance_games.results.ordered import Signs
    from alliance_games.results.solutions import Solution


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """The core by its extreme points, or the proof that it is empty."""
    from alliance_games.algorithms.core import Divisions, core

    found = core(game, budget.tick)
    method = "linear programs over the coalitions that complain most"
    if game.is_simple:
        method = "players with a veto"
    if not isinstance(found, Divisions):
        yield _empty(game, found)
        because = "balanced coalitions are worth more than all players together"
        return Conclusion(Coverage.ALL, because, method)
    yield _divisions(game, found)
    if found.extreme_points is None:
        because = "a point of its interior and its dimension are given, not all its extreme points"
        return Conclusion(Coverage.SOME, because, method)
    return Conclusion(Coverage.ALL, "the core is the hull of the points listed", method)


def _divisions(game: CoalitionalGame, found: Divisions) -> DivisionSet:
    def named(point: tuple[Fraction, ...]) -> dict[str, Fraction]:
        return dict(zip(game.players, point, strict=True))

    points = found.extreme_points
    return DivisionSet(
        of="core",
        dimension=found.dimension,
        extreme_points=() if points is None else tuple(map(named, points)),
        listed=points is not None,
        inner=named(found.inner),
    )


def _empty(game: CoalitionalGame, weights: Mapping[int, Fraction]) -> EmptyCore:
    order = sorted(weights, key=lambda one: (one.bit_count(), list(members(one))))
    balanced = tuple(Weighed(game.names(one), weights[one], game.worth(one)) for one in order)
    worth = sum((one.weight * one.worth for one in balanced), Fraction(0))
    return EmptyCore(balanced=balanced, worth=worth, available=game.worth(game.everybody))


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold every coalition to what its members get, or weigh the coalitions that leave nothing."""
    from alliance_games.certificates.core import check_core, check_empty

    if isinstance(solution, EmptyCore):
        return check_empty(game, solution)
    assert isinstance(solution, DivisionSet)
    return check_core(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Whether the core is empty, by the minimal balanced collections of up to four players.

    Where it is not, and no worth depends on parameters (as in a vote: who wins was asked), also
    which divisions are in it.
    """
    from alliance_games.algorithms.balanced_collections import core_or_not
    from alliance_games.algorithms.core import Divisions, core

    found = core_or_not(game, signs)
    worths = [game.worth(one) for one in range(1, 1 << len(game.players))]
    if isinstance(found, EmptyCore) or not all(isinstance(one, Fraction) for one in worths):
        yield found
        return
    here = CoalitionalGame.from_worths(game.players, [0, *worths])
    divisions = core(here, lambda: None)
    assert isinstance(divisions, Divisions), "no balanced collection is worth more than all"
    yield _divisions(here, divisions)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not: too many coalitions, unless the game is one of winning and losing."""
    if game.is_tabled or game.is_simple:
        return None
    return f"coalitions of up to {MOST_TABLED} players are compared"


CONCEPT = Concept(
    name="core",
    title="Core",
    cites=("Gillies 1959", "Bondareva 1963", "Shapley 1967"),
    summary=(
        "The divisions of what all players are worth together at which no coalition is worth more "
        "than its members get."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    accepts=accepts,
    conditions=conditions,
    default=lambda game: len(game.players) <= 12 or game.is_simple,
    order=205,
)
