"""Matchings against the definition on all matchings of small markets, and known numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from alliance_games.model.matching import MatchingMarket
from alliance_games.results.budget import Budget
from alliance_games.results.named.matching import DeferredAcceptance, StableMatching
from alliance_games.results.result import Coverage, Status
from alliance_games.solve import solve
from tests.contract.others.matching import LATIN, market, square
from tests.reading.games import study

Partners = dict[str, frozenset[str]]


def every_matching(game: MatchingMarket) -> Iterator[list[set[int]]]:
    """Each client with one acceptable patron or none, as quotas and lists allow."""
    clients = range(game.border, len(game.players))
    choices = [[None, *game.lists[at]] if game.quotas[at] else [None] for at in clients]
    for chosen in product(*choices):
        has: list[set[int]] = [set() for _ in game.players]
        for client, patron in zip(clients, chosen, strict=True):
            if patron is not None:
                has[client].add(patron)
                has[patron].add(client)
        if all(
            len(own) <= game.quotas[at] and own <= set(game.lists[at]) for at, own in enumerate(has)
        ):
            yield has


def is_stable(game: MatchingMarket, has: list[set[int]]) -> bool:
    def wants(me: int, other: int) -> bool:
        if other not in game.lists[me] or other in has[me]:
            return False
        if len(has[me]) < game.quotas[me]:
            return True
        rank = game.lists[me].index
        return any(rank(other) < rank(partner) for partner in has[me])

    return not any(
        wants(patron, client) and wants(client, patron)
        for patron in range(game.border)
        for client in range(game.border, len(game.players))
    )


def by_definition(game: MatchingMarket) -> list[list[set[int]]]:
    return [has for has in every_matching(game) if is_stable(game, has)]


def numbers(game: MatchingMarket, one: StableMatching | DeferredAcceptance) -> list[set[int]]:
    return [{game.players.index(name) for name in own} for own in one.partners.values()]


def stable(game: MatchingMarket) -> list[StableMatching]:
    result = solve(game, ["stable-matching"]).results[0]
    assert result.coverage is Coverage.ALL and result.verified
    return [one for one in result.solutions if isinstance(one, StableMatching)]


@pytest.mark.parametrize(
    ("first", "second", "quota", "left_out"),
    [
        (3, 3, 1, 0.0),
        (4, 4, 1, 0.0),
        (4, 4, 1, 0.3),
        (2, 5, 3, 0.0),
        (3, 5, 2, 0.2),
        (5, 2, 1, 0.1),
    ],
)
def test_they_are_those_of_the_definition(
    first: int, second: int, quota: int, left_out: float
) -> None:
    several = 0
    for seed in range(25):
        game = market(Random(seed), first, second, quota, left_out)
        found = [numbers(game, one) for one in stable(game)]
        wanted = by_definition(game)
        several += len(wanted) > 1
        assert len(found) == len(wanted) and all(one in wanted for one in found)
    assert several or left_out


def rank_of(game: MatchingMarket, at: int, own: set[int]) -> list[int]:
    return sorted(game.lists[at].index(other) for other in own)


def test_the_ends_are_best_and_worst() -> None:
    for seed in range(25):
        game = market(Random(seed), 4, 4)
        every = by_definition(game)
        found = stable(game)
        assert found[0].best_for[0] == "patrons"
        for second, side in enumerate(game.sides):
            (best,) = [one for one in found if side in one.best_for]
            mine = numbers(game, best)
            for at in game.side(bool(second)):
                ranks = [rank_of(game, at, has[at]) for has in every]
                assert rank_of(game, at, mine[at]) == min(ranks)
            for at in game.side(not second):
                ranks = [rank_of(game, at, has[at]) for has in every]
                assert rank_of(game, at, mine[at]) == max(ranks)


def test_proposals_end_in_the_proposers_best() -> None:
    for seed in range(25):
        game = market(Random(seed), 3, 5, 2, 0.2)
        result = solve(game, ["deferred-acceptance"]).results[0]
        assert result.verified
        found = {one.proposing: one for one in result.solutions}
        ends = {side: one for one in stable(game) for side in one.best_for}
        for side in game.sides:
            assert found[side].partners == ends[side].partners


def test_those_who_stay_alone_are_the_same_everywhere() -> None:
    """Roth 1986, the rural hospitals theorem."""
    for seed in range(25):
        game = market(Random(seed), 3, 5, 2, 0.4)
        filled = {tuple(len(own) for own in one.partners.values()) for one in stable(game)}
        assert len(filled) == 1


def test_a_latin_square_has_three() -> None:
    """Gale and Shapley 1962, example 1."""
    found = stable(LATIN)
    assert [one.best_for for one in found] == [("men",), (), ("women",)]


def doubled(own: list[list[int]], first_half: bool) -> list[list[int]]:
    """Irving and Leather's doubling: the half of one's own first, or last."""
    count = len(own)
    raised = [[other + count for other in each] for each in own]
    halves = [
        *((low, high) for low, high in zip(own, raised, strict=True)),
        *((high, low) for low, high in zip(own, raised, strict=True)),
    ]
    return [[*a, *b] if first_half else [*b, *a] for a, b in halves]


@pytest.mark.parametrize(("doublings", "number"), [(0, 1), (1, 2), (2, 10), (3, 268)])
def test_the_markets_of_irving_and_leather(doublings: int, number: int) -> None:
    """Irving and Leather 1986: 3 g(n)^2 - 2 g(n/2)^4 stable matchings of 2n."""
    men, women = [[1]], [[1]]
    for _ in range(doublings):
        men, women = doubled(men, True), doubled(women, False)
    assert len(stable(square(men, women))) == number


def test_limits_are_told() -> None:
    men, women = [[1]], [[1]]
    for _ in range(3):
        men, women = doubled(men, True), doubled(women, False)
    game = square(men, women)
    some = solve(game, ["stable-matching"], Budget(listed=5)).results[0]
    assert some.coverage is Coverage.SOME and len(some.solutions) == 5
    stopped = solve(game, ["stable-matching"], Budget(seconds=0)).results[0]
    assert stopped.status is Status.STOPPED


COLD_WAR = """\
game: Patrons and clients
matching:
  patrons: {US: [ISR, JOR, EGY, IRQ], USSR: [EGY, IRQ, JOR, ISR]}
  clients: {ISR: [US, USSR], JOR: [US, USSR], EGY: [USSR, US], IRQ: [USSR, US]}
  quotas: {US: 2, USSR: 2}
"""


def one_stable(text: str) -> Partners:
    game = study(text).case().game
    assert isinstance(game, MatchingMarket)
    (found,) = stable(game)
    return {name: frozenset(found.partners[name]) for name in ("US", "USSR")}


def test_patrons_and_clients() -> None:
    assert one_stable(COLD_WAR) == {"US": {"ISR", "JOR"}, "USSR": {"EGY", "IRQ"}}
    turned = COLD_WAR.replace("EGY: [USSR, US]", "EGY: [US, USSR]").replace(
        "US: [ISR, JOR, EGY, IRQ]", "US: [ISR, EGY, JOR, IRQ]"
    )
    assert one_stable(turned) == {"US": {"ISR", "EGY"}, "USSR": {"IRQ", "JOR"}}
