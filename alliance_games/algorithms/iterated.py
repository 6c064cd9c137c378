"""The elimination of strictly dominated strategies as solutions that carry their proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from alliance_games.algorithms.dominance import Mixture, eliminate, justification
from alliance_games.algorithms.opponents import Alive, Opponents
from alliance_games.exact.tableau import Tick
from alliance_games.model.profiles import ZERO, Mixed
from alliance_games.results.solutions import Belief, Dominated, Members

T = TypeVar("T")


def survivors(tables: Opponents, of: str, mixtures: bool, tick: Tick) -> Members:
    """What iterated strict elimination leaves, its steps, and a belief for each survivor.

    ``mixtures`` false (payoffs that are only ranked) compares pure strategies alone, and gives no
    beliefs.
    """
    done = eliminate(tables, mixtures, tick)
    players = sum(map(len, tables.members))
    steps = tuple(
        Dominated(
            player,
            step.strategy,
            as_mixed(step.by, len(tables.everyone[step.group])),
            "strict",
            step.round,
            () if step.within == tables.everyone else _spread(step.within, tables.members, players),
        )
        for step in done.steps
        for player in tables.members[step.group]
    )
    beliefs: tuple[tuple[Belief, ...], ...] = ()
    if mixtures:
        by_group = [_beliefs(tables, group, done.survivors, tick) for group in _groups(tables)]
        beliefs = _spread(by_group, tables.members, players)
    return Members(
        of,
        _spread(done.survivors, tables.members, players),
        {"rounds": max((step.round for step in done.steps), default=0)},
        eliminated=steps,
        beliefs=beliefs,
    )


def as_mixed(mixture: Mapping[int, Fraction] | Mixture, size: int) -> Mixed:
    """A mixture written out with one probability per strategy."""
    return tuple(mixture.get(strategy, ZERO) for strategy in range(size))


def _groups(tables: Opponents) -> range:
    return range(len(tables.everyone))


def _spread(by_group: Sequence[T], members: Sequence[Sequence[int]], n: int) -> tuple[T, ...]:
    """What holds of each group, said of each player."""
    of_player: dict[int, T] = {
        player: value
        for value, players in zip(by_group, members, strict=True)
        for player in players
    }
    return tuple(of_player[player] for player in range(n))


def _beliefs(tables: Opponents, group: int, alive: Alive, tick: Tick) -> tuple[Belief, ...]:
    rows = tables.rows(group, alive)
    beliefs = []
    for index, strategy in enumerate(alive[group]):
        tick()
        by_column = justification(rows, index, tick)
        beliefs.append(
            tuple(
                (tables.play(group, strategy, alive, column), weight)
                for column, weight in sorted(by_column.items())
            )
        )
    return tuple(beliefs)
