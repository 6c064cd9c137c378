"""Games whose payoffs are approximations of irrational numbers, to be compared like any others.

``sqrt(2) * sqrt(2)`` comes out as 1.99...9 and would lose to a plain 2. When such a game is built,
each player's payoffs are therefore held to ``SIGNIFICANT`` digits of her largest one: those that
agree so far become one number, a fraction with a small denominator where one is as near, else a
decimal. Ties between payoffs are then ties, and everything after that is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.normal import NormalGame

SIGNIFICANT = 40
"""The digits of a player's largest payoff to which all her payoffs are held. Each irrational value
has ten more, so that a formula may lose some."""

SMALL_DENOMINATOR = 10**12
"""Below it a fraction that agrees to 40 digits is no accident (the odds are one in 10^15)."""

_SHORT = 10**SIGNIFICANT

Game: TypeAlias = NormalGame | AnonymousGame | ExtensiveGame
_Tables = list[Sequence[int]]


def settled(game: Game) -> Game:
    """The game with equal payoffs equal; a game of rational payoffs is given back as it is."""
    if not game.numeric:
        return game
    whole = [
        _settle(_tables(game, player), denominator)
        for player, denominator in enumerate(game.denominators)
    ]
    denominators = tuple(denominator for _, denominator in whole)
    if isinstance(game, AnonymousGame):
        by_role = tuple(tuple(tables) for tables, _ in whole)
        return replace(game, numerators=by_role, denominators=denominators)
    flat = tuple(tables[0] for tables, _ in whole)
    return replace(game, numerators=flat, denominators=denominators)


def tolerance(game: Game) -> Fraction:
    """How far a payoff of a numeric game may be from the number it stands for."""
    sizes = [
        Fraction(max(max(map(abs, table)) for table in _tables(game, player)), denominator)
        for player, denominator in enumerate(game.denominators)
    ]
    return max(map(_unit, sizes))


def settled_number(value: Fraction, unit: Fraction = Fraction(1, 10**SIGNIFICANT)) -> Fraction:
    """The simple fraction within ``unit`` of an approximation, else a multiple of the unit."""
    scale = unit * 10 ** (SIGNIFICANT - 1)
    simple = (value / scale).limit_denominator(SMALL_DENOMINATOR) * scale
    return simple if abs(simple - value) <= unit else round(value / unit) * unit


def _tables(game: Game, player: int) -> _Tables:
    """A player's (of an anonymous game, a role's) payoffs as integers."""
    if isinstance(game, AnonymousGame):
        return list(game.numerators[player])
    return [game.numerators[player]]


def _settle(tables: _Tables, denominator: int) -> tuple[_Tables, int]:
    distinct = sorted({value for table in tables for value in table})
    values = [Fraction(value, denominator) for value in distinct]
    if all(abs(value.numerator) < _SHORT and value.denominator < _SHORT for value in values):
        return tables, denominator  # nothing here has the digits of an approximation
    unit = _unit(max(abs(values[0]), abs(values[-1])))
    chosen: list[Fraction] = []
    for group in _groups(values, unit):
        chosen += [_representative(group, unit)] * len(group)
    integers, over = over_common_denominator(chosen)
    becomes = dict(zip(distinct, integers, strict=True))
    return [[becomes[value] for value in table] for table in tables], over


def _groups(values: Sequence[Fraction], unit: Fraction) -> list[list[Fraction]]:
    """Ascending values, in groups of those that follow each other within a unit."""
    groups = [[values[0]]]
    for before, value in pairwise(values):
        if value - before <= unit:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _representative(group: Sequence[Fraction], unit: Fraction) -> Fraction:
    """The simplest number the group may stand for; among equals the one nearest to zero, so that
    opposite payoffs stay opposite."""
    return min({settled_number(value, unit) for value in group}, key=_simplicity)


def _simplicity(value: Fraction) -> tuple[int, int]:
    return value.denominator, abs(value.numerator)


def _unit(largest: Fraction) -> Fraction:
    """One in the last of the significant digits of a positive number; for 0, as for 1."""
    if not largest:
        return Fraction(1, 10 ** (SIGNIFICANT - 1))
    power = (largest.numerator.bit_length() - largest.denominator.bit_length()) * 30103 // 100000
    while Fraction(10) ** power > largest:
        power -= 1
    while Fraction(10) ** (power + 1) <= largest:
        power += 1
    return Fraction(10) ** (power - SIGNIFICANT + 1)
