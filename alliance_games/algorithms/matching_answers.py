"""Stable matchings and the ways of proposing, as answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alliance_games.algorithms.matching import (
    Pairs,
    deferred_acceptance,
    ranks,
    stable_matchings,
)
from alliance_games.model.matching import MatchingMarket
from alliance_games.results.named.matching import (
    DeferredAcceptance,
    Partners,
    Proposals,
    StableMatching,
    Turn,
)


def stable(market: MatchingMarket, tick: Callable[[], None]) -> Iterator[StableMatching]:
    """All stable matchings, the first side's best first."""
    ends = [deferred_acceptance(market, second, tick)[0] for second in (False, True)]
    for pairs in stable_matchings(market, tick):
        best = tuple(name for end, name in zip(ends, market.sides, strict=True) if pairs == end)
        yield StableMatching(partners=_partners(market, pairs), best_for=best)


def proposals(market: MatchingMarket, second: bool, tick: Callable[[], None]) -> DeferredAcceptance:
    """The way of proposing by one side."""
    pairs, rounds = deferred_acceptance(market, second, tick)

    def turns(told: tuple[tuple[int, int], ...]) -> tuple[Turn, ...]:
        return tuple(Turn(market.players[at], market.players[other]) for at, other in told)

    return DeferredAcceptance(
        proposing=market.sides[second],
        rounds=tuple(Proposals(turns(one.proposals), turns(one.refusals)) for one in rounds),
        partners=_partners(market, pairs),
    )


def _partners(market: MatchingMarket, pairs: Pairs) -> Partners:
    rank = ranks(market)
    has: list[list[int]] = [[] for _ in market.players]
    for at, other in pairs:
        has[at].append(other)
        has[other].append(at)
    return {
        name: market.names(sorted(has[at], key=rank[at].__getitem__))
        for at, name in enumerate(market.players)
    }
