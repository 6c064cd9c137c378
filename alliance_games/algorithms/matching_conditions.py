"""Stable matchings over any ordered field, for ``Concept.conditions``.

Two worths are compared only where a proposal or a refusal turns on them, so that what nobody comes
to ask about is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cmp_to_key

from alliance_games.algorithms.matching import Pairs, stable_matchings
from alliance_games.model.matching import FieldMarket, MatchingMarket
from alliance_games.results.named.matching import Accepted, Matched, Partners
from alliance_games.results.ordered import Signs


def stable(market: FieldMarket, signs: Signs) -> Iterator[Matched]:
    """All stable matchings, the first side's best first.

    Where proposals by either side lead to the same matching it is the only one: each is the best
    for those who propose, and the worst for the others (Knuth 1976).
    """
    wishes = _Wishes(market, signs)
    ends = [wishes.proposals(second) for second in (False, True)]
    if ends[0] == ends[1]:
        yield Matched(partners=_partners(market, ends[0]))
        return
    for pairs in stable_matchings(wishes.in_lists(), lambda: None):
        yield Matched(partners=_partners(market, pairs))


def accepted(market: FieldMarket, signs: Signs) -> Iterator[Accepted]:
    """Where proposals by the first side lead, then by the second."""
    wishes = _Wishes(market, signs)
    for second in (False, True):
        yield Accepted(
            proposing=market.sides[second],
            partners=_partners(market, wishes.proposals(second)),
        )


class _Wishes:
    """Who would have whom, and rather than whom, as signs answer."""

    def __init__(self, market: FieldMarket, signs: Signs) -> None:
        self.market, self.signs = market, signs

    def accepts(self, player: int, other: int) -> bool:
        """Whether a player would have another rather than nobody."""
        own = self.market.worths[player]
        return other in own and not self.signs.is_negative(own[other])

    def prefers(self, player: int, one: int, other: int) -> bool:
        """Whether a player would rather have one than the other."""
        gap = self.market.worths[player][one] - self.market.worths[player][other]
        if self.market.in_order and one < other:
            return not self.signs.is_negative(gap)
        return self.signs.is_positive(gap)

    def best(self, player: int, among: Iterable[int]) -> int:
        """The one of several whom a player likes best."""
        best, *others = among
        for other in others:
            if self.prefers(player, other, best):
                best = other
        return best

    def worst(self, player: int, among: Iterable[int]) -> int:
        """The one of several whom a player likes least."""
        worst, *others = among
        for other in others:
            if self.prefers(player, worst, other):
                worst = other
        return worst

    def proposals(self, second: bool) -> Pairs:
        """Deferred acceptance, one proposal after the other: their order does not matter (McVitie
        and Wilson 1971)."""
        market = self.market
        left = {at: list(market.worths[at]) for at in market.side(second)}
        held: dict[int, list[int]] = {at: [] for at in market.side(not second)}
        places = {at: market.quotas[at] for at in left}
        free = [at for at in left if places[at]]
        while free:
            at = free[-1]
            if not places[at] or not left[at]:
                free.pop()
                continue
            goal = self.best(at, left[at])
            if not self.accepts(at, goal):
                left[at] = []  # nor anyone who is liked less
                continue
            left[at].remove(goal)
            if not self.accepts(goal, at) or not market.quotas[goal]:
                continue
            places[at] -= 1
            held[goal].append(at)
            if len(held[goal]) > market.quotas[goal]:
                refused = self.worst(goal, held[goal])
                held[goal].remove(refused)
                places[refused] += 1
                free.append(refused)
        pairs = [(at, goal) for goal, kept in held.items() for at in kept]
        return frozenset((goal, at) if second else (at, goal) for at, goal in pairs)

    def in_lists(self) -> MatchingMarket:
        """The market with everybody's acceptable partners in order."""
        lists = []
        for at, own in enumerate(self.market.worths):

            def before(one: int, other: int, at: int = at) -> int:
                return -1 if self.prefers(at, one, other) else 1

            acceptable = [other for other in own if self.accepts(at, other)]
            lists.append(tuple(sorted(acceptable, key=cmp_to_key(before))))
        market = self.market
        return MatchingMarket(
            market.players, market.sides, market.border, tuple(lists), market.quotas
        )


def _partners(market: FieldMarket, pairs: Pairs) -> Partners:
    has: list[list[str]] = [[] for _ in market.players]
    for first, second in sorted(pairs):
        has[first].append(market.players[second])
        has[second].append(market.players[first])
    return {name: tuple(has[at]) for at, name in enumerate(market.players)}
