"""What a player gets over all plays of the others, computed from a game's definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from alliance_games.model.anonymous import AnonymousGame, count_positions, count_vectors
from alliance_games.model.integers import COMPACT_FROM
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import is_distribution
from alliance_games.results.solutions import Belief

Within = tuple[tuple[int, ...], ...]
"""The strategies each player may still use."""


def everything(game: NormalGame | AnonymousGame) -> Within:
    """All strategies of all players."""
    if isinstance(game, NormalGame):
        return tuple(tuple(range(size)) for size in game.shape)
    return (tuple(range(len(game.strategies))),) * len(game.players)


def extreme_sums(
    game: NormalGame | AnonymousGame, player: int, weights: Mapping[int, int], within: Within
) -> tuple[int, int]:
    """The least and the largest weighted sum of a player's payoffs over the others' plays."""
    if isinstance(game, AnonymousGame):
        tables = game.numerators[game.roles[player]]
        return _range(
            sum(weight * tables[own][column] for own, weight in weights.items())
            for column in _columns(game, player, within)
        )
    if game.size >= COMPACT_FROM:
        return _extreme_sums_of_arrays(game, player, weights, within)
    table, stride = game.numerators[player], game.strides[player]
    others = [(0,) if k == player else within[k] for k in range(len(game.players))]
    return _range(
        sum(weight * table[start + own * stride] for own, weight in weights.items())
        for start in map(game.position, product(*others))
    )


def _range(sums: Iterable[int]) -> tuple[int, int]:
    listed = list(sums)
    return min(listed), max(listed)


def _extreme_sums_of_arrays(
    game: NormalGame, player: int, weights: Mapping[int, int], within: Within
) -> tuple[int, int]:
    import numpy as np

    table: Any = game.array(player)
    for axis, kept in enumerate(within):
        if axis != player and len(kept) < game.shape[axis]:
            table = np.take(table, kept, axis=axis)
    table = np.moveaxis(table, player, 0)
    total = sum(map(abs, weights.values()))
    if total * max(abs(int(table.max())), abs(int(table.min()))) >= 2**63:
        table = table.astype(object)
    gains = sum(table[own] * weight for own, weight in weights.items())
    return int(np.min(gains)), int(np.max(gains))


def _columns(game: AnonymousGame, player: int, within: Within) -> Iterator[int]:
    """Where the others' reachable counts stand in the tables of an anonymous game."""
    positions = count_positions(len(game.players) - 1, len(game.strategies))
    if all(len(own) == len(game.strategies) for own in within):
        return iter(range(len(positions)))
    return iter(sorted(positions[counts] for counts in _reachable(game, player, within)))


def _reachable(game: AnonymousGame, player: int, within: Within) -> set[tuple[int, ...]]:
    """All counts the others can make, by adding the players of like choice group by group."""
    groups: dict[tuple[int, ...], int] = {}
    for other, own in enumerate(within):
        if other != player:
            groups[own] = groups.get(own, 0) + 1
    sums = {(0,) * len(game.strategies)}
    for own, number in groups.items():
        added = []
        for spread in count_vectors(number, len(own)):
            full = [0] * len(game.strategies)
            for strategy, count in zip(own, spread, strict=True):
                full[strategy] = count
            added.append(full)
        sums = {tuple(a + b for a, b in zip(x, y, strict=True)) for x in sums for y in added}
    return sums


def is_belief(
    game: NormalGame | AnonymousGame, player: int, belief: Belief, within: Within
) -> bool:
    """Whether ``belief`` is a distribution over plays of the others within ``within``."""
    if not is_distribution(tuple(probability for _, probability in belief)):
        return False
    if isinstance(game, NormalGame):
        return all(_is_within(play, player, within) for play, _ in belief)
    if all(len(own) == len(game.strategies) for own in within):
        others = len(game.players) - 1
        return all(
            len(play) == len(game.strategies) and min(play) >= 0 and sum(play) == others
            for play, _ in belief
        )
    return {play for play, _ in belief} <= _reachable(game, player, within)


def _is_within(play: tuple[int, ...], player: int, within: Within) -> bool:
    return len(play) == len(within) and all(
        index in own for k, (index, own) in enumerate(zip(play, within, strict=True)) if k != player
    )


def expected_numerators(
    game: NormalGame | AnonymousGame, player: int, belief: Belief
) -> list[Fraction]:
    """What each strategy of a player gives against ``belief``, times her denominator."""
    if isinstance(game, AnonymousGame):
        positions = count_positions(len(game.players) - 1, len(game.strategies))
        starts = [(positions[play], weight) for play, weight in belief]
        tables = game.numerators[game.roles[player]]
        return [sum((w * table[at] for at, w in starts), Fraction(0)) for table in tables]
    table, stride = game.numerators[player], game.strides[player]
    starts = [(game.position(play) - play[player] * stride, weight) for play, weight in belief]
    return [
        sum((w * table[at + own * stride] for at, w in starts), Fraction(0))
        for own in range(game.shape[player])
    ]
