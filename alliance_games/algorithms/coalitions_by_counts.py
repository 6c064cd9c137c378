"""Joint deviations of coalitions in anonymous games, by how many of each role choose what.

Who exactly deviates does not matter, only how many of each role leave which strategy for which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import prod

from alliance_games.algorithms.role_counts import RoleCounts, common_denominator
from alliance_games.model.anonymous import (
    AnonymousGame,
    Counts,
    count_positions,
    count_vectors,
    number_of_count_vectors,
)

Tick = Callable[[], None]

Moves = tuple[tuple[int, int, int, int], ...]
"""How many players of a role leave one strategy for another: (role, from, to, number). Members of
a coalition who choose the same as before are there too."""


class Payoffs:
    """What a player of each role gets by each strategy, given how many choose what in all."""

    def __init__(self, game: AnonymousGame) -> None:
        self.game = game
        self.whole = common_denominator(game)
        self.place = count_positions(len(game.players) - 1, len(game.strategies))
        self.known: dict[Counts, list[list[int | None]]] = {}

    def at(self, total: Counts) -> list[list[int | None]]:
        """``[role][strategy]``, integers over one denominator; None where nobody plays it."""
        if total not in self.known:
            others = [
                self.place[(*total[:own], number - 1, *total[own + 1 :])] if number else None
                for own, number in enumerate(total)
            ]
            self.known[total] = [
                [
                    None if at is None else table[at] * (self.whole // denominator)
                    for table, at in zip(tables, others, strict=True)
                ]
                for tables, denominator in zip(
                    self.game.numerators, self.game.denominators, strict=True
                )
            ]
        return self.known[total]


def totals(counts: RoleCounts) -> Counts:
    """How many choose what, all roles together."""
    return tuple(map(sum, zip(*counts, strict=True)))


# Strong equilibria


def blocking(payoffs: Payoffs, counts: RoleCounts, tick: Tick) -> Moves | None:
    """A joint deviation by which everybody who moves gains, with few movers; None: there is none.

    For each vector of total counts that a deviation may lead to, who would gain by moving where is
    known, and whether such moves add up to it is a question of flows.
    """
    game = payoffs.game
    now, before = totals(counts), payoffs.at(totals(counts))
    best: Moves | None = None
    for after in count_vectors(len(game.players), len(game.strategies)):
        tick()
        least = sum(max(0, b - a) for a, b in zip(now, after, strict=True))
        if best is not None and least >= sum(move[3] for move in best):
            continue
        gets = payoffs.at(after)
        allowed = [
            [[_more(new, old) for new in of_role_after] for old in of_role]
            for of_role, of_role_after in zip(before, gets, strict=True)
        ]
        flow = _Flow(counts, allowed)
        found = flow.around() if after == now else flow.towards(now, after)
        if found and (best is None or sum(m[3] for m in found) < sum(m[3] for m in best)):
            best = found
    return best


def _more(new: int | None, old: int | None) -> bool:
    return new is not None and old is not None and new > old


class _Flow:
    """Players of each role and strategy, and the columns they are assigned to."""

    def __init__(self, counts: RoleCounts, allowed: Sequence[Sequence[Sequence[bool]]]) -> None:
        self.counts, self.allowed = counts, allowed
        self.size = len(counts[0])
        self.assigned = {
            (role, own, own): number
            for role, of_role in enumerate(counts)
            for own, number in enumerate(of_role)
            if number
        }

    def _steps(self, column: int) -> Iterator[tuple[int, int, int]]:
        """Role, own strategy and next column of players that now stand in ``column``."""
        for (role, own, here), number in list(self.assigned.items()):
            if here == column and number:
                for there in range(self.size):
                    if there != here and (there == own or self.allowed[role][own][there]):
                        yield role, own, there

    def _path(self, start: int, ends: set[int]) -> list[tuple[int, int, int, int]] | None:
        """Steps (role, own, from, to) from a column to one of ``ends``, as few as possible."""
        came: dict[int, tuple[int, int, int, int] | None] = {start: None}
        waiting = [start]
        for column in waiting:
            for role, own, there in self._steps(column):
                if there in ends:
                    path = [(role, own, column, there)]
                    while (before := came[path[0][2]]) is not None:
                        path.insert(0, before)
                    return path
                if there not in came:
                    came[there] = (role, own, column, there)
                    waiting.append(there)
        return None

    def towards(self, now: Counts, after: Counts) -> Moves | None:
        """Moves that turn the totals ``now`` into ``after``; None where there are none."""
        left = [a - b for a, b in zip(now, after, strict=True)]
        for start in range(self.size):
            while left[start] > 0:
                path = self._path(start, {c for c in range(self.size) if left[c] < 0})
                if path is None:
                    return None
                end = path[-1][3]
                amount = min(
                    left[start], -left[end], *(self.assigned[r, own, c] for r, own, c, _ in path)
                )
                self._push(path, amount)
                left[start] -= amount
                left[end] += amount
        return self._moves()

    def around(self) -> Moves | None:
        """Moves in a circle, which leave the totals as they are."""
        for start in range(self.size):
            path = self._path(start, {start})
            if path is not None:
                self._push(path, 1)
                return self._moves()
        return None

    def _push(self, path: Sequence[tuple[int, int, int, int]], amount: int) -> None:
        for role, own, here, there in path:
            self.assigned[role, own, here] -= amount
            self.assigned[role, own, there] = self.assigned.get((role, own, there), 0) + amount

    def _moves(self) -> Moves:
        return tuple(
            (role, own, there, number)
            for (role, own, there), number in sorted(self.assigned.items())
            if number and own != there
        )


# Coalition-proof equilibria


def number_of_states(game: AnonymousGame) -> int:
    """How many coalitions there are by size, the others' totals and their own counts."""
    strategies = len(game.strategies)
    number = 0
    for sizes in product(*(range(len(members) + 1) for members in game.members)):
        rest = len(game.players) - sum(sizes)
        number += number_of_count_vectors(rest, strategies) * prod(
            number_of_count_vectors(size, strategies) for size in sizes
        )
    return number


class CoalitionProofCounts:
    """Coalition-proof counts of every coalition, given the totals of the others.

    ``proof`` holds pairs (the others' totals, the coalition's counts by role). Coalitions come in
    order of size; one's counts are self-enforcing when whatever member is taken out, the rest is
    coalition-proof.
    """

    def __init__(self, payoffs: Payoffs, tick: Tick) -> None:
        self.payoffs, self.tick = payoffs, tick
        self.game = payoffs.game
        self.strategies = range(len(self.game.strategies))
        self.proof: set[tuple[Counts, RoleCounts]] = set()
        sizes = product(*(range(len(members) + 1) for members in self.game.members))
        for each in sorted(sizes, key=lambda sizes: (sum(sizes), sizes)):
            if any(each):
                self._settle(each)

    def holds(self, counts: RoleCounts) -> bool:
        """Whether the counts of all players are coalition-proof."""
        return ((0,) * len(self.strategies), counts) in self.proof

    def _settle(self, sizes: Sequence[int]) -> None:
        rest = len(self.game.players) - sum(sizes)
        for others in count_vectors(rest, len(self.strategies)):
            enforcing = self.self_enforcing(others, sizes)
            gets = {own: self._gets(others, own) for own in enforcing}
            for own in enforcing:
                if not any(_all_more(gets[other], gets[own]) for other in enforcing):
                    self.proof.add((others, own))

    def self_enforcing(self, others: Counts, sizes: Sequence[int]) -> list[RoleCounts]:
        """The counts that no smaller coalition among these players would leave."""
        self.tick()
        every = product(*(count_vectors(size, len(self.strategies)) for size in sizes))
        if sum(sizes) == 1:
            return list(every)
        return [own for own in every if self._enforcing(others, own)]

    def _enforcing(self, others: Counts, own: RoleCounts) -> bool:
        return all(
            (_more_of(others, strategy), _without(own, role, strategy)) in self.proof
            for role, counts in enumerate(own)
            for strategy in self.strategies
            if counts[strategy]
        )

    def _gets(self, others: Counts, own: RoleCounts) -> list[list[tuple[int, int]]]:
        """For each role its members' payoffs, each with the strategy, in ascending order."""
        total = tuple(map(sum, zip(others, *own, strict=True)))
        at = self.payoffs.at(total)
        return [
            sorted(
                (value, strategy)
                for strategy, number in enumerate(counts)
                if (value := at[role][strategy]) is not None
                for _ in range(number)
            )
            for role, counts in enumerate(own)
        ]

    def upset(self, counts: RoleCounts) -> Moves:
        """What a smallest coalition agrees on, and keeps, that leads away from ``counts``."""
        total = totals(counts)
        parts = product(*(product(*(range(n + 1) for n in of_role)) for of_role in counts))
        for own in sorted(parts, key=lambda own: (sum(map(sum, own)), own)):
            others = tuple(t - n for t, n in zip(total, totals(own), strict=True))
            if not any(map(any, own)) or (others, own) in self.proof:
                continue
            now = self._gets(others, own)
            for other in self.self_enforcing(others, [sum(of_role) for of_role in own]):
                after = self._gets(others, other)
                if _all_more(after, now):
                    return _paired(now, after)
        raise ValueError("the counts are coalition-proof")


def _all_more(new: list[list[tuple[int, int]]], old: list[list[tuple[int, int]]]) -> bool:
    """Whether the members of each role can be assigned so that everybody gains: the k-th smallest
    payoff must grow, for each k."""
    return all(
        after[0] > before[0]
        for of_role, of_role_before in zip(new, old, strict=True)
        for after, before in zip(of_role, of_role_before, strict=True)
    )


def _paired(old: list[list[tuple[int, int]]], new: list[list[tuple[int, int]]]) -> Moves:
    numbers: dict[tuple[int, int, int], int] = {}
    for role, (before, after) in enumerate(zip(old, new, strict=True)):
        for (_, own), (_, there) in zip(before, after, strict=True):
            numbers[role, own, there] = numbers.get((role, own, there), 0) + 1
    return tuple((*move, number) for move, number in sorted(numbers.items()))


def _more_of(counts: Counts, strategy: int) -> Counts:
    return (*counts[:strategy], counts[strategy] + 1, *counts[strategy + 1 :])


def _without(counts: RoleCounts, role: int, strategy: int) -> RoleCounts:
    of_role = counts[role]
    less = (*of_role[:strategy], of_role[strategy] - 1, *of_role[strategy + 1 :])
    return (*counts[:role], less, *counts[role + 1 :])
