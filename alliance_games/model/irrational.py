"""Games whose payoffs are approximations of irrational numbers, to be compared like any others.

``sqrt(2) * sqrt(2)`` comes out as 1.99...9 and would lose to a plain 2. A game with such payoffs is
therefore built twice, the second time with thirty digits more. How far the two differ says how
good each number is: where it stands far closer to another payoff of the same player, or to a
fraction with a small denominator, than its error would let it by chance, it is that number. Ties
between payoffs are then ties, however large or small the payoffs, and everything after that is
exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.normal import NormalGame

CLOSER = Fraction(1, 10**10)
"""The finer numbers are better by 10^30. Nearer to each other than this part of the coarser ones'
error, two of them are one: 10^20 times more than their own error is, and 10^10 times less than
chance would bring about."""

AT_MOST = Fraction(1, 10**40)
"""Two payoffs are never one that differ by more than this part of their player's largest."""

SMALL_DENOMINATOR = 10**12
"""Below it a fraction that agrees so well is no accident."""

Game: TypeAlias = NormalGame | AnonymousGame | ExtensiveGame
_Tables = list[Sequence[int]]


class _Number(NamedTuple):
    """A number as it came out with more digits, and how near to another it is to be that one."""

    value: Fraction
    slack: Fraction


def settled(game: Game, finer: Game) -> Game:
    """The game with equal payoffs equal, and with chances that sum to one.

    ``finer`` is the same game built with more digits.
    """
    whole = [
        _settled_tables(_tables(game, player), over, _tables(finer, player), finer_over)
        for player, (over, finer_over) in enumerate(
            zip(game.denominators, finer.denominators, strict=True)
        )
    ]
    denominators = tuple(denominator for _, denominator in whole)
    if isinstance(game, AnonymousGame):
        by_role = tuple(tuple(tables) for tables, _ in whole)
        return replace(game, numerators=by_role, denominators=denominators)
    flat = tuple(tables[0] for tables, _ in whole)
    game = replace(game, numerators=flat, denominators=denominators)
    if isinstance(game, ExtensiveGame) and isinstance(finer, ExtensiveGame):
        return replace(game, weight=_settled_weights(game, finer))
    return game


def tolerance(game: Game) -> Fraction:
    """How far a payoff of a numeric game may be from the number it stands for."""
    return AT_MOST * max(
        Fraction(max(max(map(abs, table)) for table in _tables(game, player)), denominator)
        for player, denominator in enumerate(game.denominators)
    )


def settled_numbers(coarse: Sequence[Fraction], fine: Sequence[Fraction]) -> list[Fraction]:
    """Numbers that are alike except for their errors, made equal.

    ``fine`` are the same as ``coarse``, with more digits; where both agree they are exact and stay.
    """
    largest = max(map(abs, fine)) * AT_MOST
    errors = [abs(first - second) for first, second in zip(coarse, fine, strict=True)]
    least = min((error for error in errors if error), default=None)
    if least is None:
        return list(fine)
    unit = _power_of_ten_below(least)
    numbers = [
        _Number(value, min(error * CLOSER, largest))
        for value, error in zip(fine, errors, strict=True)
    ]
    becomes: dict[_Number, Fraction] = {}
    for group in _groups(set(numbers)):
        becomes.update(_told_apart(group, unit))
    return [becomes[number] for number in numbers]


def _tables(game: Game, player: int) -> _Tables:
    """A player's (of an anonymous game, a role's) payoffs as integers."""
    if isinstance(game, AnonymousGame):
        return list(game.numerators[player])
    return [game.numerators[player]]


def _settled_tables(
    tables: _Tables, over: int, finer: _Tables, finer_over: int
) -> tuple[_Tables, int]:
    pairs = [list(zip(*both, strict=True)) for both in zip(tables, finer, strict=True)]
    distinct = list({pair: None for row in pairs for pair in row})
    numbers = settled_numbers(
        [Fraction(first, over) for first, _ in distinct],
        [Fraction(second, finer_over) for _, second in distinct],
    )
    integers, denominator = over_common_denominator(numbers)
    becomes = dict(zip(distinct, integers, strict=True))
    return [[becomes[pair] for pair in row] for row in pairs], denominator


def _settled_weights(game: ExtensiveGame, finer: ExtensiveGame) -> list[int]:
    weight = list(game.weight)
    for node in range(game.size):
        if game.mover(node) != CHANCE:
            continue
        children = game.children(node)
        coarse, fine = ([one.probability(child) for child in children] for one in (game, finer))
        chances = settled_numbers(coarse, fine)
        # What rounding has left of one goes to the likeliest of the irrational ones.
        rounded = [first != second for first, second in zip(coarse, fine, strict=True)]
        if any(rounded):
            branch = max(range(len(chances)), key=lambda at: (rounded[at], chances[at]))
            chances[branch] += 1 - sum(chances)
        integers, _ = over_common_denominator(chances)
        weight[children.start : children.stop] = integers
    return weight


def _groups(numbers: Iterable[_Number]) -> list[list[_Number]]:
    """The numbers, in groups of those that may be the same: whose reaches overlap."""
    groups: list[list[_Number]] = []
    end: Fraction | None = None
    for number in sorted(numbers, key=lambda one: one.value - one.slack):
        if end is None or number.value - number.slack > end:
            groups.append([])
            end = number.value + number.slack
        groups[-1].append(number)
        end = max(end, number.value + number.slack)
    return groups


def _told_apart(group: Sequence[_Number], unit: Fraction) -> dict[_Number, Fraction]:
    """What each number of a group is.

    The best known come first, and each of the others is the exact one within reach, or else the
    nearest to zero (so that opposite payoffs stay opposite), or a new one.
    """
    becomes: dict[_Number, Fraction] = {}
    kinds: list[_Number] = []
    for number in sorted(group, key=lambda one: (one.slack, abs(one.value))):
        near = [kind for kind in kinds if abs(kind.value - number.value) <= number.slack]
        if near:
            becomes[number] = becomes[min(near, key=lambda one: (one.slack > 0, abs(one.value)))]
        else:
            kinds.append(number)
            becomes[number] = _simple(number, unit) if number.slack else number.value
    return becomes


def _simple(number: _Number, unit: Fraction) -> Fraction:
    """The simple fraction within the slack, else the nearest multiple of the unit."""
    value, slack = number
    if abs(value) <= slack:
        return Fraction(0)
    scale = _power_of_ten_below(abs(value))
    simple = (value / scale).limit_denominator(SMALL_DENOMINATOR) * scale
    return simple if abs(simple - value) <= slack else round(value / unit) * unit


def _power_of_ten_below(size: Fraction) -> Fraction:
    """The greatest power of ten that is not above a positive number."""
    power = (size.numerator.bit_length() - size.denominator.bit_length()) * 30103 // 100000
    while Fraction(10) ** power > size:
        power -= 1
    while Fraction(10) ** (power + 1) <= size:
        power += 1
    return Fraction(10) ** power
