"""Equilibria in undominated strategies: an equilibrium, and no strategy of it weakly dominated.

Of a continuum the middle of each of its products of polytopes is looked at: it uses every strategy
that any point uses, and what is undominated stays so with fewer strategies.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from alliance_games.certificates.nash import check as check_two
from alliance_games.certificates.pure_nash import check_counts, check_point
from alliance_games.certificates.undominated import undominated_among
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile
from alliance_games.results.solutions import Certificate, Component, CountPoint, Point, Solution
from alliance_games.results.tree_solutions import Continuum, Discarded

CLAIM = "an equilibrium, and for each strategy used a program finds none that weakly dominates it"
RULED_OUT = "an equilibrium, and a program finds a strategy that weakly dominates one used"


def check(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """Hold an equilibrium, a part of a continuum, or one that is ruled out to the definition."""
    one = solution.solution if isinstance(solution, Discarded) else solution
    claim = RULED_OUT if isinstance(solution, Discarded) else CLAIM
    if not is_equilibrium(game, one):
        return Certificate(False, "it is no equilibrium")
    if isinstance(solution, Discarded):
        return Certificate(is_dominated(game, one), claim)
    return Certificate(is_undominated(game, one), claim, Fraction(0))


def is_equilibrium(game: NormalGame | AnonymousGame, one: Solution) -> bool:
    """Whether it is an equilibrium, or a continuum of them, with what is said of it."""
    if isinstance(game, AnonymousGame):
        return isinstance(one, CountPoint) and check_counts(game, one).verified
    if len(game.players) == 2:
        return check_two(game, one).verified
    if len(game.players) == 1:
        return isinstance(one, Point) and check_point(game, one).verified
    from alliance_games.certificates.nash_many import GAIN, WITHIN
    from alliance_games.certificates.nash_many import check as check_many

    if isinstance(one, Point) and (WITHIN in one.properties or GAIN in one.properties):
        return False
    return check_many(game, one).verified


def is_dominated(game: NormalGame | AnonymousGame, one: Solution) -> bool:
    """Whether at each of its points a strategy used is weakly dominated. Of a continuum it is
    enough that it is so at the corners: an undominated point lies in a face whose corners are."""
    if isinstance(one, Component):
        corners = zip(one.extreme_points, one.payoffs, strict=True)
        return not any(is_undominated(game, Point(profile, paid)) for profile, paid in corners)
    return isinstance(one, Point | CountPoint) and not is_undominated(game, one)


def is_undominated(game: NormalGame | AnonymousGame, one: Solution) -> bool:
    """Whether no strategy that is used anywhere in it is weakly dominated."""
    if isinstance(game, AnonymousGame):
        assert isinstance(one, CountPoint)
        used = ((role, own) for role, c in enumerate(one.counts) for own, n in enumerate(c) if n)
        return all(
            undominated_among([list(row) for row in game.numerators[role]], _pure(game, own))
            for role, own in used
        )
    return all(
        undominated_among(_table(game, player), _rational(mixed))
        for profile in _middles(one)
        for player, mixed in enumerate(profile)
    )


def _rational(mixed: Mixed) -> Mixed:
    """The mixture, or if it is irrational the even one of the same strategies, which is weakly
    dominated exactly if this one is: a small part of what dominates one, added to the other and
    taken from the one, dominates the other."""
    if all(isinstance(p, Fraction | int) for p in mixed):
        return mixed
    used = sum(1 for p in mixed if p)
    return tuple(Fraction(1, used) if p else Fraction(0) for p in mixed)


def _pure(game: AnonymousGame, own: int) -> Mixed:
    return tuple(Fraction(own == other) for other in range(len(game.strategies)))


def _table(game: NormalGame, player: int) -> list[list[int]]:
    """A row per own strategy, a column for each choice of all the others."""
    others = [range(n) for place, n in enumerate(game.shape) if place != player]
    return [
        [
            game.numerators[player][game.position((*rest[:player], own, *rest[player:]))]
            for rest in product(*others)
        ]
        for own in range(game.shape[player])
    ]


def _middles(one: Solution) -> list[Profile]:
    """Profiles that use, between them, all that is used together."""
    if isinstance(one, Point):
        return [one.profile]
    if isinstance(one, Component):
        return [(_middle(each.rows), _middle(each.columns)) for each in one.subsets]
    assert isinstance(one, Continuum)
    middles = []
    for family in one.families:
        points = [point for place in family.points if isinstance(point := one.points[place], Point)]
        sides = zip(*(point.profile for point in points), strict=True)
        middles.append(tuple(_middle(side) for side in sides))
    return middles


def _middle(points: tuple[Mixed, ...]) -> Mixed:
    return tuple(sum(entries, Fraction(0)) / len(points) for entries in zip(*points, strict=True))
