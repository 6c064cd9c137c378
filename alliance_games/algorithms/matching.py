"""Deferred acceptance (Gale and Shapley 1962), and all stable matchings by rotations.

A player with a quota of several is as many seats, which those on the other side rank one after
the other; the stable matchings of the seats are those of the players (Roth and Sotomayor 1990,
lemma 5.6). From the matching that is best for the proposers each rotation that is exposed leads
to another stable matching, and every stable matching is reached so (Gusfield and Irving 1989).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alliance_games.model.matching import MatchingMarket

Tick = Callable[[], None]
Pairs = frozenset[tuple[int, int]]
"""A matching: a player of the first side and one of the second, for each pair."""


@dataclass(frozen=True, slots=True)
class Round:
    """Who proposes to whom in one round, and who of those who have proposed so far is refused."""

    proposals: tuple[tuple[int, int], ...]
    refusals: tuple[tuple[int, int], ...]


def deferred_acceptance(
    market: MatchingMarket, second: bool, tick: Tick
) -> tuple[Pairs, list[Round]]:
    """The players of one side (the second if ``second``) propose, round by round.

    In every round each proposer who has places left proposes to the best ones who have not yet
    refused it; each receiver keeps the best of all who proposed, up to its quota.
    """
    rank = ranks(market)
    waiting = {at: list(market.lists[at]) for at in market.side(second)}
    held: dict[int, list[int]] = {at: [] for at in market.side(not second)}
    has = dict.fromkeys(waiting, 0)
    rounds = []
    while True:
        tick()
        proposals = []
        for at, names in waiting.items():
            while names and has[at] < market.quotas[at]:
                other = names.pop(0)
                proposals.append((at, other))
                has[at] += 1
        if not proposals:
            break
        refusals = []
        for at, other in proposals:
            held[other].append(at)
        for other, suitors in held.items():
            wanted = sorted((s for s in suitors if s in rank[other]), key=rank[other].__getitem__)
            kept = wanted[: market.quotas[other]]
            refused = [at for at in suitors if at not in kept]
            refusals += [(at, other) for at in sorted(refused)]
            held[other] = kept
        for at, _ in refusals:
            has[at] -= 1
        rounds.append(Round(tuple(proposals), tuple(refusals)))
    pairs = [(at, other) for other, kept in held.items() for at in kept]
    return frozenset((o, a) if second else (a, o) for a, o in pairs), rounds


def ranks(market: MatchingMarket) -> list[dict[int, int]]:
    """Each player's acceptable partners with their ranks, 0 is the best."""
    return [{other: place for place, other in enumerate(own)} for own in market.lists]


def stable_matchings(market: MatchingMarket, tick: Tick) -> Iterator[Pairs]:
    """All stable matchings, beginning with the first side's best."""
    seats = _Seats(market)
    first = seats.best(tick)
    known = {first}
    waiting = [first]
    while waiting:
        tick()
        matching = waiting.pop(0)
        yield seats.pairs(matching)
        for rotation in seats.rotations(matching):
            after = list(matching)
            for at, goal in rotation:
                after[at] = goal
            if (turned := tuple(after)) not in known:
                known.add(turned)
                waiting.append(turned)


class _Seats:
    """The market with a seat for every place of every player: one to one.

    A matching is a tuple: for each seat of the first side the seat it is matched with, or -1.
    """

    def __init__(self, market: MatchingMarket) -> None:
        self.owner: list[list[int]] = [[], []]
        seats_of: dict[int, list[int]] = {}
        for second in (False, True):
            for at in market.side(second):
                own = self.owner[second]
                # More seats than there are acceptable partners would stay empty.
                seats = min(market.quotas[at], len(market.lists[at]))
                seats_of[at] = list(range(len(own), len(own) + seats))
                own += [at] * seats
        self.lists = [
            [
                [seat for other in market.lists[at] for seat in seats_of[other]]
                for at in self.owner[s]
            ]
            for s in (0, 1)
        ]
        self.ranks = [
            [{seat: place for place, seat in enumerate(own)} for own in side] for side in self.lists
        ]

    def best(self, tick: Tick) -> tuple[int, ...]:
        """The matching that is best for the first side, by proposals one at a time."""
        engaged: dict[int, int] = {}
        place = [0] * len(self.owner[0])
        free = list(range(len(self.owner[0])))[::-1]
        while free:
            tick()
            at = free.pop()
            while place[at] < len(self.lists[0][at]):
                goal = self.lists[0][at][place[at]]
                ranking = self.ranks[1][goal]
                place[at] += 1
                if at not in ranking:
                    continue
                rival = engaged.get(goal)
                if rival is None or ranking[at] < ranking[rival]:
                    engaged[goal] = at
                    if rival is not None:
                        free.append(rival)
                    break
        matching = [-1] * len(self.owner[0])
        for goal, at in engaged.items():
            matching[at] = goal
        return tuple(matching)

    def rotations(self, matching: tuple[int, ...]) -> Iterator[list[tuple[int, int]]]:
        """The rotations exposed: cycles in which each seat takes the partner of the next, who is
        the first on its list that would rather have it than the partner she has."""
        holder = {goal: at for at, goal in enumerate(matching) if goal >= 0}
        follows: dict[int, tuple[int, int]] = {}
        for at, partner in enumerate(matching):
            if partner < 0:
                continue
            own = self.lists[0][at]
            for goal in own[self.ranks[0][at][partner] + 1 :]:
                ranking = self.ranks[1][goal]
                if at not in ranking:
                    continue
                if goal not in holder:
                    # She would have him and keep him: she is alone in every stable matching, so
                    # none has him further down than here.
                    break
                if ranking[at] < ranking[holder[goal]]:
                    follows[at] = (holder[goal], goal)
                    break
        seen: set[int] = set()
        for start in range(len(matching)):
            path: list[int] = []
            at = start
            while at in follows and at not in seen:
                seen.add(at)
                path.append(at)
                at = follows[at][0]
            if at in path:
                yield [(each, follows[each][1]) for each in path[path.index(at) :]]

    def pairs(self, matching: tuple[int, ...]) -> Pairs:
        """The matching of the players."""
        return frozenset(
            (self.owner[0][at], self.owner[1][goal])
            for at, goal in enumerate(matching)
            if goal >= 0
        )
