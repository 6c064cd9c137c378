"""Divisions that no coalition can improve on, where the players need not all be together."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.coalitional import CoalitionalGame, members
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import DivisionSet, EmptyCore, Weighed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

MOST_PLAYERS = 12
METHOD = "linear programs over the coalitions that complain most"


def accepts(game: CoalitionalGame) -> str | None:
    """None, or how many players are too many."""
    if not game.is_tabled or len(game.players) > MOST_PLAYERS:
        return f"the partitions of up to {MOST_PLAYERS} players are compared"
    return None


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """The core of the game in which all share what the best partition is worth."""
    from alliance_games.algorithms.coalition_structure import BestStructures
    from alliance_games.algorithms.core import Divisions, core

    best = BestStructures(game.numerators, budget.tick).best[-1]
    worths = [Fraction(one, game.denominator) for one in (*game.numerators[:-1], best)]
    shared = CoalitionalGame.from_worths(game.players, worths, numeric=game.numeric)
    found = core(shared, budget.tick)
    if not isinstance(found, Divisions):
        order = sorted(found, key=lambda one: (one.bit_count(), list(members(one))))
        balanced = tuple(Weighed(game.names(one), found[one], shared.worth(one)) for one in order)
        worth = sum((one.weight * one.worth for one in balanced), Fraction(0))
        yield EmptyCore(balanced=balanced, worth=worth, available=worths[-1])
        because = "balanced coalitions are worth more than the best partition"
        return Conclusion(Coverage.ALL, because, METHOD)
    points = found.extreme_points

    def named(point: tuple[Fraction, ...]) -> dict[str, Fraction]:
        return dict(zip(game.players, point, strict=True))

    yield DivisionSet(
        of="structure-core",
        dimension=found.dimension,
        extreme_points=() if points is None else tuple(map(named, points)),
        listed=points is not None,
        inner=named(found.inner),
    )
    if points is None:
        because = "a point of its interior and its dimension are given, not all its extreme points"
        return Conclusion(Coverage.SOME, because, METHOD)
    return Conclusion(Coverage.ALL, "it is the hull of the points listed", METHOD)


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold every coalition to what its members get of what the best partition is worth."""
    from alliance_games.certificates.coalition_structure import with_structures
    from alliance_games.certificates.core import check_core, check_empty

    shared = with_structures(game)
    if isinstance(solution, EmptyCore):
        return check_empty(shared, solution)
    if not isinstance(solution, DivisionSet) or solution.of != "structure-core":
        return Certificate(False, "it is no set of divisions")
    return check_core(shared, solution)


CONCEPT = Concept(
    name="structure-core",
    title="Core of the coalition structure",
    cites=("Aumann and Drèze 1974",),
    summary=(
        "The divisions of what the best partition of the players is worth at which no coalition is "
        "worth more than its members get."
    ),
    games=("coalitional",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    order=228,
)
