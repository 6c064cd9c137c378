"""Dominance held to its definition: every play of the others is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any

from alliance_games.model.anonymous import AnonymousGame, count_positions, count_vectors
from alliance_games.model.integers import COMPACT_FROM
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import is_distribution, support
from alliance_games.results.solutions import (
    Belief,
    Certificate,
    Dominant,
    Dominated,
    Members,
    Solution,
)

Within = tuple[tuple[int, ...], ...]
"""The strategies each player may still use."""


def check(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """Whether what is said of dominance in ``game`` holds."""
    if isinstance(solution, Dominated):
        claim = (
            "the dominating strategy gives more against every play of the others"
            if solution.strength == "strict"
            else "the dominating strategy never gives less, and somewhere gives more"
        )
        return Certificate(_is_dominated(game, solution), claim)
    if isinstance(solution, Dominant):
        return Certificate(
            _is_dominant(game, solution),
            f"it {solution.strength}ly dominates each other strategy of its player",
        )
    if isinstance(solution, Members):
        return _check_survivors(game, solution)
    return Certificate(False, "no statement about dominance")


def _is_dominated(game: NormalGame | AnonymousGame, one: Dominated) -> bool:
    within = one.within or _everything(game)
    used = support(one.by)
    if (
        not is_distribution(one.by)
        or one.strategy in used
        or one.strategy not in within[one.player]
        or not set(used) <= set(within[one.player])
        or one.strength not in ("strict", "weak")
    ):
        return False
    scale = lcm(*(weight.denominator for weight in one.by))
    weights = {index: int(one.by[index] * scale) for index in used}
    weights[one.strategy] = -scale
    least, most = _extreme_gains(game, one.player, weights, within)
    return least > 0 if one.strength == "strict" else least >= 0 and most > 0


def _is_dominant(game: NormalGame | AnonymousGame, one: Dominant) -> bool:
    within = _everything(game)
    gains = [
        _extreme_gains(game, one.player, {one.strategy: 1, other: -1}, within)
        for other in within[one.player]
        if other != one.strategy
    ]
    if one.strength == "strict":
        return all(least > 0 for least, _ in gains)
    return one.strength == "weak" and all(least >= 0 and most > 0 for least, most in gains)


def _everything(game: NormalGame | AnonymousGame) -> Within:
    if isinstance(game, NormalGame):
        return tuple(tuple(range(size)) for size in game.shape)
    return (tuple(range(len(game.strategies))),) * len(game.players)


def _extreme_gains(
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
        return _extreme_gains_of_arrays(game, player, weights, within)
    table, stride = game.numerators[player], game.strides[player]
    others = [(0,) if k == player else within[k] for k in range(len(game.players))]
    return _range(
        sum(weight * table[start + own * stride] for own, weight in weights.items())
        for start in map(game.position, product(*others))
    )


def _range(sums: Iterable[int]) -> tuple[int, int]:
    listed = list(sums)
    return min(listed), max(listed)


def _extreme_gains_of_arrays(
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


def _check_survivors(game: NormalGame | AnonymousGame, one: Members) -> Certificate:
    """Replay the elimination; then nothing that is left may be strictly dominated."""
    claim = (
        "each round's strategies are strictly dominated in what was left before it, and each "
        "strategy left is "
        + ("strictly dominated by no other one" if game.ordinal else "a best reply to a belief")
    )
    replayed = _replay(game, one.eliminated)
    if replayed is None or replayed != one.members or not all(replayed):
        return Certificate(False, claim)
    if game.ordinal:
        return Certificate(_none_dominates(game, replayed), claim)
    return Certificate(_all_justified(game, one), claim)


def _replay(game: NormalGame | AnonymousGame, steps: Sequence[Dominated]) -> Within | None:
    """What the steps leave, or None where one of them is wrong."""
    left = _everything(game)
    rounds = max((step.round for step in steps), default=0)
    known: dict[object, bool] = {}
    for number in range(1, rounds + 1):
        now = [step for step in steps if step.round == number]
        for step in now:
            # Players of one role stand in the same place: one of them is checked for all.
            place = step.player if isinstance(game, NormalGame) else game.roles[step.player]
            key = (place, left[step.player], step.strategy, step.by, number)
            if key not in known:
                known[key] = (
                    (step.within or _everything(game)) == left
                    and step.strength == "strict"
                    and _is_dominated(game, step)
                )
            if not known[key]:
                return None
        gone = {(step.player, step.strategy) for step in now}
        left = tuple(
            tuple(s for s in own if (player, s) not in gone) for player, own in enumerate(left)
        )
    return left if len({(s.player, s.strategy) for s in steps}) == len(steps) else None


def _none_dominates(game: NormalGame | AnonymousGame, left: Within) -> bool:
    return not any(
        _extreme_gains(game, player, {first: 1, second: -1}, left)[0] > 0
        for player, own in enumerate(left)
        for first in own
        for second in own
        if first != second
    )


def _all_justified(game: NormalGame | AnonymousGame, one: Members) -> bool:
    if len(one.beliefs) != len(one.members):
        return False
    known: dict[object, bool] = {}
    for player, (own, beliefs) in enumerate(zip(one.members, one.beliefs, strict=True)):
        if len(own) != len(beliefs):
            return False
        for strategy, belief in zip(own, beliefs, strict=True):
            key = (
                (player, strategy)
                if isinstance(game, NormalGame)
                else (game.roles[player], own, strategy, belief)
            )
            if key not in known:
                known[key] = _is_best_reply(game, player, strategy, belief, one.members)
            if not known[key]:
                return False
    return True


def _is_best_reply(
    game: NormalGame | AnonymousGame, player: int, strategy: int, belief: Belief, left: Within
) -> bool:
    """Whether no strategy of the player does better against a belief over what is left."""
    if not is_distribution(tuple(probability for _, probability in belief)):
        return False
    if isinstance(game, AnonymousGame):
        positions = count_positions(len(game.players) - 1, len(game.strategies))
        if not {play for play, _ in belief} <= _reachable_of(game, player, left):
            return False
        tables = game.numerators[game.roles[player]]
        expected = [
            sum(weight * table[positions[play]] for play, weight in belief) for table in tables
        ]
    else:
        if not all(_is_left(play, player, left) for play, _ in belief):
            return False
        table, stride = game.numerators[player], game.strides[player]
        starts = [(game.position(play) - play[player] * stride, p) for play, p in belief]
        expected = [
            sum(((p * table[start + own * stride]) for start, p in starts), Fraction(0))
            for own in range(game.shape[player])
        ]
    return expected[strategy] == max(expected)


def _reachable_of(game: AnonymousGame, player: int, left: Within) -> set[tuple[int, ...]]:
    if all(len(own) == len(game.strategies) for own in left):
        return set(count_vectors(len(game.players) - 1, len(game.strategies)))
    return _reachable(game, player, left)


def _is_left(play: Sequence[int], player: int, left: Within) -> bool:
    return len(play) == len(left) and all(
        index in own for k, (index, own) in enumerate(zip(play, left, strict=True)) if k != player
    )
