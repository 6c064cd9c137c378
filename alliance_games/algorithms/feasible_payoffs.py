"""Minmax payoffs and the feasible, individually rational payoffs of a stage game."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from alliance_games.algorithms import matrix_game
from alliance_games.algorithms.planes import Place, Polygon, hull
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile
from alliance_games.results.named.repeated import Feasible, Minmax


def feasible_payoffs(stage: NormalGame, tick: Callable[[], None]) -> Feasible:
    """The record of a stage game."""
    two = len(stage.players) == 2
    found = [_minmax(stage, player, two, tick) for player in range(len(stage.players))]
    feasible: Polygon = []
    rational: Polygon = []
    if two:
        corners = (stage.payoffs(profile) for profile in stage.profiles())
        feasible = hull((pair[0], pair[1]) for pair in corners)
        rational = feasible
        for axis, one in enumerate(found):
            assert one.mixed is not None, "there is one other player"
            rational = above(rational, axis, one.mixed)
    return Feasible(minmax=tuple(found), feasible=_pairs(feasible), rational=_pairs(rational))


def _pairs(polygon: Polygon) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((Fraction(x), Fraction(y)) for x, y in polygon)


def above(polygon: Polygon, axis: int, least: Fraction) -> Polygon:
    """The part of a convex set where a coordinate is ``least`` or more (Sutherland and Hodgman)."""
    kept: list[Place] = []
    for here, there in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
        if here[axis] >= least:
            kept.append(here)
        if (here[axis] < least) != (there[axis] < least):
            part = Fraction(least - here[axis]) / (there[axis] - here[axis])
            other = here[1 - axis] + part * (there[1 - axis] - here[1 - axis])
            kept.append((least, other) if axis == 0 else (other, least))
    return hull(kept)


def _minmax(stage: NormalGame, player: int, two: bool, tick: Callable[[], None]) -> Minmax:
    tick()
    pure, by = pure_minmax(stage, player)
    mixed = None
    held_by: dict[str, Fraction] = {}
    secured_by: dict[str, Fraction] = {}
    if two:
        table = stage.matrix(player)
        rows = table if player == 0 else [list(column) for column in zip(*table, strict=True)]
        game = matrix_game.solve(rows, tick)
        mixed = game.value / stage.denominators[player]
        names, others = stage.strategies[player], stage.strategies[1 - player]
        held_by = {name: w for name, w in zip(others, game.column, strict=True) if w}
        secured_by = {name: w for name, w in zip(names, game.row, strict=True) if w}
    return Minmax(stage.players[player], pure, stage.names(by), mixed, held_by, secured_by)


def pure_minmax(stage: NormalGame, player: int) -> tuple[Fraction, PureProfile]:
    """The least to which pure actions of the others hold a player who replies best."""
    found: tuple[Fraction, PureProfile] | None = None
    sizes = [range(size) for size in stage.shape]
    sizes[player] = range(1)
    for others in product(*sizes):
        replies = [
            (*others[:player], own, *others[player + 1 :]) for own in range(stage.shape[player])
        ]
        best = max(replies, key=lambda profile: stage.payoff(player, profile))
        level = stage.payoff(player, best)
        if found is None or level < found[0]:
            found = level, best
    assert found is not None, "every player has a strategy"
    return found
