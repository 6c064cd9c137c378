"""Stable partitions as answers: all of them, and why well-known ones are not stable."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from alliance_games.algorithms.stable_partitions import SEARCHES, Leaving, Ranks, departure
from alliance_games.model.hedonic import HedonicGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.named.partitions import Departure, Move, NoPartition, Partition
from alliance_games.results.result import Conclusion, Coverage

MOST_PLAYERS = 10
"""Stable partitions are asked by default of games of up to so many players."""

MOST_EXPLAINED = 6
"""With so many players every partition that is not stable is told with a reason (203 of them)."""

MOST_NEAR = 6
"""So many partitions that are stable in another sense are told with a departure."""

_OTHER = {
    "core-stable": "nash-stable",
    "strict-core-stable": "core-stable",
    "nash-stable": "core-stable",
    "individually-stable": "core-stable",
    "contractually-individually-stable": "individually-stable",
}
"""The sense in which partitions may be stable that are not so in the first."""

METHOD = "partitions built coalition by coalition, given up where placed players would leave"


def answers(game: HedonicGame, notion: str, budget: Budget) -> Answers:
    """The stable partitions, the larger coalitions first; the grand coalition and everybody alone
    with a departure where they are not stable; the proof that there is none."""
    ranks = Ranks(game)
    used: set[Leaving] = set()
    most = 1 if budget.one else budget.listed
    listed = 0
    stable: set[tuple[int, ...]] = set()
    for partition in SEARCHES[notion](ranks, budget.tick, used):
        if listed == most:
            because = f"the first {listed:,} were listed, and there are more"
            return Conclusion(Coverage.SOME, because, METHOD)
        listed += 1
        stable.add(tuple(partition))
        yield _partition(game, notion, partition)
    if not listed:
        moves = sorted(used, key=lambda one: (one.movers.bit_count(), one.movers, one.joins))
        named = [Move(game.members(one.movers), game.members(one.joins)) for one in moves]
        yield NoPartition(of=notion, moves=tuple(named))
    for partition in _near(ranks, notion, budget):
        if tuple(partition) not in stable:
            yield _partition(game, notion, partition, departure(ranks, notion, partition))
    rejected: tuple[str, ...] = ()
    if budget.explain and ranks.count <= MOST_EXPLAINED:
        rejected = tuple(_reasons(game, ranks, notion, stable))
    because = (
        "every partition of the players was built, or given up when players already placed would "
        "leave it"
    )
    return Conclusion(Coverage.ALL, because, METHOD, rejected=rejected)


def _near(ranks: Ranks, notion: str, budget: Budget) -> Iterator[list[int]]:
    """Partitions of which one asks why they are not stable: the grand coalition, everybody alone,
    and the first that are stable in a sense of another kind."""
    told = [[ranks.everybody]]
    if ranks.count > 1:
        told.append([1 << at for at in range(ranks.count)])
    others = SEARCHES[_OTHER[notion]](ranks, budget.tick, set())
    told += [one for one in islice(others, MOST_NEAR) if one not in told]
    yield from told


def _partition(
    game: HedonicGame, notion: str, partition: list[int], leaving: Leaving | None = None
) -> Partition:
    homes = {at: one for one in partition for at in range(len(game.players)) if one >> at & 1}
    return Partition(
        of=notion,
        coalitions=tuple(game.members(one) for one in partition),
        payoffs={name: game.utility(at, homes[at]) for at, name in enumerate(game.players)},
        leaves=None if leaving is None else _departure(game, homes, leaving),
    )


def _departure(game: HedonicGame, homes: dict[int, int], leaving: Leaving) -> Departure:
    together = leaving.movers | leaving.joins
    inside = [at for at in homes if together >> at & 1]
    inside.sort()
    return Departure(
        game.members(leaving.movers),
        game.members(together),
        {game.players[at]: game.utility(at, homes[at]) for at in inside},
        {game.players[at]: game.utility(at, together) for at in inside},
    )


def _reasons(
    game: HedonicGame, ranks: Ranks, notion: str, stable: set[tuple[int, ...]]
) -> Iterator[str]:
    """Of each partition that is not stable, who would leave it."""
    for partition in every(ranks.everybody):
        if tuple(partition) in stable:
            continue
        leaving = departure(ranks, notion, partition)
        assert leaving is not None
        names = " | ".join(", ".join(game.members(one)) for one in partition)
        movers = " and ".join(game.members(leaving.movers))
        goal = f"join {', '.join(game.members(leaving.joins))}" if leaving.joins else "go alone"
        if leaving.movers.bit_count() > 1:
            goal = "form a coalition"
        yield f"{names}: {movers} would {goal}"


def every(everybody: int) -> Iterator[list[int]]:
    """Every partition of a set, the larger coalitions first."""
    if not everybody:
        yield []
        return
    first = everybody & -everybody
    others = chosen = everybody & ~first
    while True:
        coalition = first | chosen
        for rest in every(everybody & ~coalition):
            yield [coalition, *rest]
        if not chosen:
            return
        chosen = (chosen - 1) & others
