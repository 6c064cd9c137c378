"""Matchings held to the definition of stability, and proposals to the rules of the procedure.

A matching is stable if everybody finds every partner acceptable and has no more than its quota,
and no two on different sides would rather have each other: each of them acceptable to the other,
and each with a place free or with a partner it likes less (Gale and Shapley 1962).
"""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.matching import MatchingMarket
from alliance_games.results.named.matching import DeferredAcceptance, Partners, StableMatching
from alliance_games.results.solutions import Certificate, Solution


def check_stable(market: MatchingMarket, solution: Solution) -> Certificate:
    """Every pair tried, and both ends of the lattice found again by single proposals."""
    if not isinstance(solution, StableMatching):
        return Certificate(False, "it is no matching")
    has = _partners(market, solution.partners)
    if isinstance(has, str):
        return Certificate(False, has)
    if (fault := _unstable(market, has)) is not None:
        return Certificate(False, fault)
    best = tuple(
        name
        for second, name in zip((False, True), market.sides, strict=True)
        if _by_single_proposals(market, second) == has
    )
    if solution.best_for != best:
        return Certificate(False, "it is the best one of other sides")
    pairs = market.border * (len(market.players) - market.border)
    return Certificate(True, f"none of {pairs:,} pairs would rather have each other")


def _partners(market: MatchingMarket, partners: Partners) -> list[list[int]] | str:
    """Everybody's partners by number, or what is wrong with them."""
    if list(partners) != list(market.players):
        return "not everybody's partners are given"
    has: list[list[int]] = []
    for name, own in partners.items():
        if len(set(own)) != len(own) or not set(own) <= set(market.players):
            return f"{name} has partners there are not"
        at = market.players.index(name)
        numbers = [market.players.index(other) for other in own]
        if any((other < market.border) == (at < market.border) for other in numbers):
            return f"{name} has a partner on its own side"
        if any(name not in partners[market.players[other]] for other in numbers):
            return f"a partner of {name} is not matched with it"
        if any(other not in market.lists[at] for other in numbers):
            return f"{name} has a partner it would not have"
        if numbers != sorted(numbers, key=market.lists[at].index):
            return f"the partners of {name} are in another order"
        if len(numbers) > market.quotas[at]:
            return f"{name} has more partners than places"
        has.append(numbers)
    return has


def _unstable(market: MatchingMarket, has: Sequence[Sequence[int]]) -> str | None:
    """Two who would rather have each other, in words; None where there are none."""
    for at in range(market.border):
        for other in market.lists[at]:
            if _wants(market, has, at, other) and _wants(market, has, other, at):
                return f"{market.players[at]} and {market.players[other]} would have each other"
    return None


def _wants(market: MatchingMarket, has: Sequence[Sequence[int]], me: int, other: int) -> bool:
    """Whether a player would take another, in a free place or for a partner it likes less."""
    own = market.lists[me]
    if other not in own or other in has[me] or not market.quotas[me]:
        return False
    if len(has[me]) < market.quotas[me]:
        return True
    return own.index(other) < max(own.index(partner) for partner in has[me])


def _by_single_proposals(market: MatchingMarket, second: bool) -> list[list[int]]:
    """The best stable matching for a side: one proposer after another makes one proposal (McVitie
    and Wilson 1971), the last in the file first; the order makes no difference to the end."""
    has: list[list[int]] = [[] for _ in market.players]
    asked = [0] * len(market.players)
    waiting = list(market.side(second))
    while waiting:
        me = waiting[-1]
        if len(has[me]) >= market.quotas[me] or asked[me] >= len(market.lists[me]):
            waiting.pop()
            continue
        other = market.lists[me][asked[me]]
        asked[me] += 1
        likes = market.lists[other]
        if me not in likes:
            continue
        has[other].append(me)
        has[me].append(other)
        if len(has[other]) > market.quotas[other]:
            last = max(has[other], key=likes.index)
            has[other].remove(last)
            has[last].remove(other)
            if last not in waiting:
                waiting.append(last)
    return [sorted(own, key=market.lists[at].index) for at, own in enumerate(has)]


def check_proposals(market: MatchingMarket, solution: Solution) -> Certificate:
    """Every round by the rules, and its end.

    By the rules a proposer only goes on from those who refused it, and nobody who refuses could
    have kept the proposer in any stable matching: so the end is the best one for the proposers.
    """
    if not isinstance(solution, DeferredAcceptance) or solution.proposing not in market.sides:
        return Certificate(False, "it is no way of proposing")
    holds = _held(market, solution)
    if isinstance(holds, str):
        return Certificate(False, holds)
    has = _partners(market, solution.partners)
    if isinstance(has, str):
        return Certificate(False, has)
    if has != [sorted(own, key=market.lists[at].index) for at, own in enumerate(holds)]:
        return Certificate(False, "the rounds lead to other pairs")
    if (fault := _unstable(market, has)) is not None:
        return Certificate(False, fault)
    return Certificate(True, f"{len(solution.rounds)} rounds by the rules, to a stable matching")


def _held(market: MatchingMarket, solution: DeferredAcceptance) -> list[list[int]] | str:
    """Whom everybody holds after the last round, or what was against the rules."""
    side = market.side(solution.proposing == market.sides[1])
    number = {name: at for at, name in enumerate(market.players)}
    holds: list[list[int]] = [[] for _ in market.players]
    asked = [0] * len(market.players)
    for each in solution.rounds:
        made, refused = (
            [(number.get(turn.proposer, -1), number.get(turn.receiver, -1)) for turn in turns]
            for turns in (each.made, each.refused)
        )
        due = []
        for at in side:
            places = market.quotas[at] - len(holds[at])
            due += [(at, other) for other in market.lists[at][asked[at] :][:places]]
            asked[at] = min(asked[at] + places, len(market.lists[at]))
        if made != due or not due:
            return "others would propose in a round"
        for at, other in made:
            holds[at].append(other)
            holds[other].append(at)
        for at, other in refused:
            if other < 0 or at not in holds[other]:
                return "somebody refuses who was not asked"
            holds[other].remove(at)
            holds[at].remove(other)
        for at, other in made + refused:
            likes = market.lists[other]
            kept = holds[other]
            if any(one not in likes for one in kept) or len(kept) > market.quotas[other]:
                return "somebody keeps whom it could not"
            if (at, other) in refused and at in likes:
                worse = [one for one in kept if likes.index(one) > likes.index(at)]
                if worse or len(kept) < market.quotas[other]:
                    return "somebody is refused for no better one"
    if any(len(holds[at]) < market.quotas[at] and asked[at] < len(market.lists[at]) for at in side):
        return "some would go on proposing"
    return holds
