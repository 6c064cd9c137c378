"""Cores and least cores, held to what defines them; empty ones, to their balancing weights."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.certificates.balance import is_balanced, rank_of, weigh_alike
from alliance_games.certificates.nucleolus import excess_levels
from alliance_games.exact.linear import affine_dimension
from alliance_games.exact.polytopes import Halfspace, corners
from alliance_games.exact.tableau import no_limit
from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.named.cooperative import (
    DivisionSet,
    EmptyCore,
    LeastCoreSet,
    Shares,
    Weighed,
)
from alliance_games.results.solutions import Certificate

Point = tuple[Fraction, ...]


def check_empty(game: CoalitionalGame, solution: EmptyCore) -> Certificate:
    """Balanced coalitions worth more than all (Bondareva 1963; Shapley 1967)."""
    weights = _weights(game, solution.balanced)
    if weights is None or weigh_alike(weights, len(game.players)) != 1:
        return Certificate(False, "the weights of each player's coalitions add up to one")
    worth = sum((weight * game.worth(one) for one, weight in weights.items()), Fraction(0))
    available = game.worth(game.everybody)
    if worth != solution.worth or available != solution.available or worth <= available:
        return Certificate(False, "the coalitions are worth more than all players together")
    claim = (
        "the coalitions' weights add up to one for each player, and so weighed they are worth more "
        "than all players have to share"
    )
    return Certificate(True, claim)


def _weights(game: CoalitionalGame, balanced: Sequence[Weighed]) -> dict[int, Fraction] | None:
    """The weights by coalition, where the worths beside them are right."""
    found = {game.coalition(one.members): one.weight for one in balanced}
    right = all(one.worth == game.worth(game.coalition(one.members)) for one in balanced)
    return found if right and len(found) == len(balanced) else None


def check_core(game: CoalitionalGame, solution: DivisionSet) -> Certificate:
    """Every coalition gets what it is worth, at every point told; and the points span the core."""
    if not game.is_tabled or (game.is_simple and len(game.players) > 1):
        return _check_of_vote(game, solution)
    return _check_set(
        game, solution, Fraction(0), "no coalition is worth more than its members get"
    )


def check_least_core(game: CoalitionalGame, solution: LeastCoreSet) -> Certificate:
    """No coalition has a larger excess than the concession; and weights of coalitions, the same for
    each player, add up to a proof that it is no less in any division."""
    weights = _weights(game, solution.balanced)
    each = None if weights is None else weigh_alike(weights, len(game.players))
    if weights is None or each is None or sum(weights.values()) != 1:
        return Certificate(False, "the weights add up to one, and to the same for each player")
    if not all(0 < one < game.everybody for one in weights):
        return Certificate(False, "coalitions other than that of all are weighed")
    worth = sum((weight * game.worth(one) for one, weight in weights.items()), Fraction(0))
    if worth - each * game.worth(game.everybody) != solution.concession:
        return Certificate(False, "the weighed excesses add up to the concession everywhere")
    claim = (
        "no coalition's excess is above the concession, and weighed excesses add up to it at every "
        "division"
    )
    return _check_set(game, solution, solution.concession, claim)


def _check_set(
    game: CoalitionalGame, solution: DivisionSet | LeastCoreSet, excess: Fraction, claim: str
) -> Certificate:
    """Whether the divisions at which no coalition has more than ``excess`` are as told."""
    points = [_point(game, shares) for shares in (solution.inner, *solution.extreme_points)]
    if any(point is None for point in points):
        return Certificate(False, "every player has a share, and they add up to what all have")
    inner, *extreme = [point for point in points if point is not None]
    tight = [_tight(game, point, excess) for point in (inner, *extreme)]
    if any(one is None for one in tight):
        return Certificate(False, claim)
    always, *at = [one for one in tight if one is not None]
    players = len(game.players)
    if solution.dimension != players - rank_of([game.everybody, *always], players):
        return Certificate(False, "the set has the dimension told")
    # A coalition that is tight here and loose elsewhere would show that this is no inner point.
    if always and not is_balanced(always, (), players):
        return Certificate(False, "the inner point lies in the set's relative interior")
    if not solution.listed:
        return Certificate(not extreme, claim)
    if any(rank_of([game.everybody, *one], players) < players for one in at):
        return Certificate(False, "every extreme point is one")
    if len(set(extreme)) != len(extreme) or not _are_all(extreme, at, solution.dimension):
        return Certificate(False, "there are no other extreme points")
    return Certificate(True, f"{claim}; every facet of the points' hull is a coalition's")


def _point(game: CoalitionalGame, shares: Shares) -> Point | None:
    if tuple(shares) != game.players or sum(shares.values()) != game.worth(game.everybody):
        return None
    return tuple(shares[player] for player in game.players)


def _tight(game: CoalitionalGame, point: Point, excess: Fraction) -> list[int] | None:
    """The coalitions whose excess is as large as allowed; None where one has more."""
    found = []
    for level, coalitions in excess_levels(game, point):
        if level > excess + game.slack:
            return None
        if level < excess - game.slack:
            break
        found += coalitions
    return found


def _are_all(points: Sequence[Point], tight: Sequence[list[int]], dimension: int) -> bool:
    """Whether the hull of the points is the whole set: each facet of the hull lies where some
    coalition is tight. (Else the set would reach beyond that facet.)"""
    if not points or affine_dimension(points) != dimension:
        return False
    if dimension == 0:
        return len(points) == 1
    flat = _flattened(points, dimension)
    middle = [sum(column, Fraction(0)) / len(flat) for column in zip(*flat, strict=True)]
    arms = [[x - m for x, m in zip(point, middle, strict=True)] for point in flat]
    polar = [Halfspace(tuple(-x for x in arm), Fraction(1), False) for arm in arms]
    facets = corners(polar, dimension, no_limit)
    if facets is None:
        return False
    sets: dict[int, set[int]] = {}
    for place, coalitions in enumerate(tight):
        for coalition in coalitions:
            sets.setdefault(coalition, set()).add(place)
    faces = set(map(frozenset, sets.values()))
    return all(
        frozenset(place for place, one in enumerate(polar) if one.at(facet) == 0) in faces
        for facet in facets
    )


def _flattened(points: Sequence[Point], dimension: int) -> list[Point]:
    """The points by as many of their coordinates as tell them apart."""
    kept: list[int] = []
    for place in range(len(points[0])):
        tried = [*kept, place]
        if affine_dimension([tuple(p[i] for i in tried) for p in points]) == len(tried):
            kept = tried
    assert len(kept) == dimension
    return [tuple(point[i] for i in kept) for point in points]


def _check_of_vote(game: CoalitionalGame, solution: DivisionSet) -> Certificate:
    """The core of a simple game: who has no veto gets nothing, since all others win without her and
    must get it all; and every division among those who have one is stable."""
    players, every = len(game.players), game.everybody
    veto = [not game.worth(every & ~(1 << player)) for player in range(players)]
    if not game.is_simple:
        return Certificate(False, "all together win")
    points = [_point(game, shares) for shares in solution.extreme_points]
    units = [
        tuple(Fraction(int(i == j)) for j in range(players)) for i in range(players) if veto[i]
    ]
    inner = tuple(Fraction(int(one), len(units) or 1) for one in veto)
    right = (
        solution.listed
        and points == units
        and _point(game, solution.inner) == inner
        and solution.dimension == len(units) - 1
    )
    claim = (
        "without each player with a veto nobody wins, and without any other one the rest win and "
        "must get it all"
    )
    return Certificate(right, claim)
