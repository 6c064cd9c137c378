"""Matching markets, and matchings and rounds that are almost right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from alliance_games.model.matching import MatchingMarket
from alliance_games.results.named.matching import (
    DeferredAcceptance,
    Proposals,
    StableMatching,
    Turn,
)
from alliance_games.results.records import Record


def market(
    random: Random, first: int, second: int, quota: int = 1, left_out: float = 0.0
) -> MatchingMarket:
    """Lists drawn by chance; the second side has one place each."""
    names = (*(f"P{at}" for at in range(first)), *(f"C{at}" for at in range(second)))
    lists = []
    for at in range(first + second):
        others = list(range(first, first + second) if at < first else range(first))
        random.shuffle(others)
        lists.append(tuple(other for other in others if random.random() >= left_out))
    quotas = (*(random.randint(1, quota) for _ in range(first)), *(1 for _ in range(second)))
    return MatchingMarket(names, ("patrons", "clients"), first, tuple(lists), quotas)


def square(men: list[list[int]], women: list[list[int]]) -> MatchingMarket:
    """Lists by number, as books print them: men 1, 2... and women 1, 2..."""
    count = len(men)
    names = (*(f"m{at + 1}" for at in range(count)), *(f"w{at + 1}" for at in range(count)))
    lists = (
        *(tuple(count + other - 1 for other in own) for own in men),
        *(tuple(other - 1 for other in own) for own in women),
    )
    return MatchingMarket(names, ("men", "women"), count, lists, (1,) * (2 * count))


LATIN = square([[1, 2, 3], [2, 3, 1], [3, 1, 2]], [[2, 3, 1], [3, 1, 2], [1, 2, 3]])
"""Gale and Shapley 1962, example 1: everybody is first for the one he puts last, three ways."""

GAMES = [LATIN, market(Random(3), 3, 5, 2, 0.2), market(Random(5), 2, 2, 1, 0.5)]


def spoilt(solution: Record) -> Iterator[tuple[str, Record]]:
    """A pair dissolved, another order, the wrong end; rounds left out, proposals invented."""
    assert isinstance(solution, StableMatching | DeferredAcceptance)
    matched = [name for name, own in solution.partners.items() if own]
    if matched:
        name = matched[0]
        other = solution.partners[name][0]
        partners = dict(solution.partners)
        partners[name] = tuple(one for one in partners[name] if one != other)
        yield "one half of a pair", replace(solution, partners=partners)
        partners[other] = tuple(one for one in partners[other] if one != name)
        yield "a pair", replace(solution, partners=partners)
    yield "a player left out", replace(solution, partners=dict(list(solution.partners.items())[1:]))
    if isinstance(solution, StableMatching):
        yield "the end it is", replace(solution, best_for=(*solution.best_for, "nobody"))
        return
    yield "the side", replace(solution, proposing="nobody")
    if solution.rounds:
        first, *rest = solution.rounds
        yield "the first round", replace(solution, rounds=tuple(rest))
        yield "the last round", replace(solution, rounds=solution.rounds[:-1])
        turn = first.made[0]
        invented = Proposals(first.made, (*first.refused, Turn(turn.receiver, turn.proposer)))
        yield "a refusal", replace(solution, rounds=(invented, *rest))
        fewer = Proposals(first.made[1:], first.refused)
        yield "a proposal", replace(solution, rounds=(fewer, *rest))
