"""The set of equilibrium payoffs of a repeated game, told in names."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from alliance_games.algorithms.payoff_bounds import Grid
from alliance_games.algorithms.payoff_codes import Code, payoff_set
from alliance_games.algorithms.planes import Polygon, contains, distance, hull
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.named.repeated import Between, Chance, CodeState, PayoffSet

MOST_BITS = 100
"""Corners whose denominators are longer are drawn in a little, to numbers of few digits."""
INWARD = Fraction(1, 10**9)
"""How much, as a part of the way to the middle."""


def payoffs(game: RepeatedGame, tick: Callable[[], None]) -> tuple[PayoffSet, str]:
    """The record, and in words how the corners were found."""
    factor = game.factor
    assert factor is not None, "the game was accepted"
    grid = Grid(game.stage, factor)
    found = payoff_set(grid, tick)
    corners = _corners(found.code)
    gap = (
        max((distance(corners, place) for place in found.outer), default=None) if corners else None
    )
    worst = {}
    for axis, player in enumerate(game.players):
        if corners and found.outer:
            low = min(Fraction(place[axis]) for place in found.outer)
            high = min(state.worth[axis] for state in found.code)
            told = high if _is_short(high) else min(Fraction(c[axis]) for c in corners)
            worst[player] = Between(low, told)
    record = PayoffSet(
        corners=tuple((Fraction(x), Fraction(y)) for x, y in corners),
        bound=tuple((Fraction(x), Fraction(y)) for x, y in found.outer),
        distance=gap,
        code=_code(game, found.code),
        worst=worst,
    )
    rounds = f"{found.rounds} rounds from outside"
    return record, rounds


def _is_short(value: Fraction) -> bool:
    return value.denominator.bit_length() <= MOST_BITS


def _corners(code: Code) -> Polygon:
    """The span of what the code's states are worth, in numbers of few digits, from inside."""
    exact = hull(state.worth for state in code)
    if all(_is_short(Fraction(value)) for place in exact for value in place) or len(exact) < 3:
        return exact
    size = len(exact)
    middle = tuple(
        sum((Fraction(place[i]) for place in exact), Fraction(0)) / size for i in range(2)
    )
    spread = max(abs(place[i] - middle[i]) for place in exact for i in range(2))
    unit = 1
    while unit * spread * INWARD < 16:
        unit *= 10
    drawn = []
    for place in exact:
        x, y = (middle[i] + (1 - INWARD) * (place[i] - middle[i]) for i in range(2))
        drawn.append((Fraction(round(x * unit), unit), Fraction(round(y * unit), unit)))
    inside = hull(drawn)
    return inside if all(contains(exact, place) for place in inside) else exact


def _code(game: RepeatedGame, code: Code) -> tuple[CodeState, ...]:
    return tuple(
        CodeState(
            game.stage.names(state.profile),
            tuple(Chance(place, weight) for place, weight in state.lottery),
        )
        for state in code
    )
