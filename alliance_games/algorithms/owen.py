"""The Owen value of a game whose players have formed blocs (Owen 1977)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import factorial

from alliance_games.model.coalitional import CoalitionalGame

Tick = Callable[[], None]


def owen_value(game: CoalitionalGame, tick: Tick) -> tuple[Fraction, ...]:
    """Each player's average contribution over the orders in which blocs come one after the other,
    the members of each next to each other."""
    blocs = [sum(1 << player for player in bloc) for bloc in game.blocs]
    shares = [Fraction(0)] * len(game.players)
    for place, bloc in enumerate(game.blocs):
        others = blocs[:place] + blocs[place + 1 :]
        for number in range(len(others) + 1):
            outside = Fraction(1, len(blocs) * _choose(len(others), number))
            for before in combinations(others, number):
                tick()
                _within(game, bloc, sum(before), outside, shares)
    return tuple(share / game.denominator for share in shares)


def _within(
    game: CoalitionalGame,
    bloc: tuple[int, ...],
    before: int,
    weight: Fraction,
    shares: list[Fraction],
) -> None:
    """Add what the members of a bloc contribute when the coalition ``before`` has come."""
    table = game.numerators
    for player in bloc:
        others = [1 << other for other in bloc if other != player]
        for number in range(len(others) + 1):
            total = 0
            for part in combinations(others, number):
                coalition = before | sum(part)
                total += table[coalition | 1 << player] - table[coalition]
            shares[player] += weight * Fraction(total, len(bloc) * _choose(len(others), number))


def _choose(of: int, number: int) -> int:
    return factorial(of) // factorial(number) // factorial(of - number)
