"""Pure Nash equilibria of an anonymous game, by how many players of each role choose what.

With counts c of all players, a player of role r may choose s if c_s > 0 and s is a best reply to
the others' counts c - e_s. A profile with counts c is an equilibrium exactly when every player's
strategy is one that her role may choose at c, so the equilibria with counts c are the ways to
spread the roles over their permitted strategies with total c (Blonski 1999; Daskalakis and
Papadimitriou 2007).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from math import comb
from typing import NamedTuple

from alliance_games.model.anonymous import AnonymousGame, Counts, count_vectors

RoleCounts = tuple[Counts, ...]
"""For each role, how many of its players choose each strategy."""

_Spread = tuple[int, Counts]
"""In how many ways named players can be spread so, and the counts."""


class Outcome(NamedTuple):
    """One vector of counts per role; ``profiles`` is the number of pure profiles that have it."""

    counts: RoleCounts
    profiles: int
    strict: bool


def best_replies(game: AnonymousGame) -> tuple[tuple[int, ...], ...]:
    """For each role and each vector of the others' counts, its best strategies as a bit set."""
    return tuple(tuple(_best_of(zip(*tables, strict=True))) for tables in game.numerators)


def _best_of(columns: Iterator[tuple[int, ...]]) -> Iterator[int]:
    for payoffs in columns:
        best = max(payoffs)
        yield sum(1 << own for own, payoff in enumerate(payoffs) if payoff == best)


def equilibria(
    game: AnonymousGame, tick: Callable[[], None]
) -> Iterator[tuple[int, Iterator[Outcome]]]:
    """For each vector of total counts that has any, the number of equilibria and their outcomes.

    Totals come in descending lexicographic order, and so do the outcomes of each. ``tick`` is
    called for every vector of counts and may raise to stop the work.
    """
    strategies = range(len(game.strategies))
    others = count_vectors(len(game.players) - 1, len(strategies))
    position = {counts: index for index, counts in enumerate(others)}
    best = best_replies(game)
    for total in game.counts():
        tick()
        # Where the others' counts stand for a player of each strategy that somebody plays.
        at = [(1 << own, position[_less_one(total, own)]) for own in strategies if total[own]]
        masks = [sum(bit for bit, place in at if replies[place] & bit) for replies in best]
        if not all(masks):
            continue
        spread = _Spreading(game, total, [_members(mask) for mask in masks])
        if spread.profiles:
            yield spread.profiles, _outcomes(spread, best, at, tick)


@cache
def _members(mask: int) -> tuple[int, ...]:
    """The strategies in a bit set."""
    return tuple(own for own in range(mask.bit_length()) if mask >> own & 1)


def _outcomes(
    spread: _Spreading,
    best: tuple[tuple[int, ...], ...],
    at: list[tuple[int, int]],
    tick: Callable[[], None],
) -> Iterator[Outcome]:
    alone = [sum(bit for bit, place in at if replies[place] == bit) for replies in best]
    for profiles, counts in spread.all():
        tick()
        strict = all(
            mask >> own & 1
            for role, mask in zip(counts, alone, strict=True)
            for own, number in enumerate(role)
            if number
        )
        yield Outcome(counts, profiles, strict)


def _less_one(counts: Counts, strategy: int) -> Counts:
    return (*counts[:strategy], counts[strategy] - 1, *counts[strategy + 1 :])


class _Spreading:
    """The ways to spread the players of each role over its permitted strategies, given the totals.

    Roles with one permitted strategy are settled first. For the others ``ahead[k]`` maps what the
    first k of them leave over to the number of ways the rest can use it up; what leads nowhere is
    not kept, so that listing the ways never enters a dead end.
    """

    def __init__(
        self, game: AnonymousGame, total: Counts, permitted: list[tuple[int, ...]]
    ) -> None:
        self.width = len(total)
        self.sizes = [len(players) for players in game.members]
        self.permitted = permitted
        self.profiles = 0
        left = list(total)
        for size, allowed in zip(self.sizes, permitted, strict=True):
            if len(allowed) == 1:
                left[allowed[0]] -= size
        if min(left) < 0:
            return
        self.free = [role for role, allowed in enumerate(permitted) if len(allowed) > 1]
        self.left = tuple(left)
        self.ahead = self._count_ahead()
        self.profiles = self.ahead[0].get(self.left, 0)

    def _count_ahead(self) -> list[dict[Counts, int]]:
        reached: list[set[Counts]] = [{self.left}]
        for step in range(len(self.free)):
            reached.append(
                {_minus(left, used) for left in reached[-1] for _, used in self._ways(step, left)}
            )
        nothing = (0,) * self.width
        ahead: list[dict[Counts, int]] = [{nothing: 1} if nothing in reached[-1] else {}]
        for step in range(len(self.free) - 1, -1, -1):
            after = ahead[-1]
            here = {
                left: sum(
                    ways * after.get(_minus(left, used), 0) for ways, used in self._ways(step, left)
                )
                for left in reached[step]
            }
            ahead.append({left: number for left, number in here.items() if number})
        return ahead[::-1]

    def _ways(self, step: int, left: Counts) -> Iterator[_Spread]:
        """The spreads of the free role number ``step`` that fit into ``left``."""
        role = self.free[step]
        allowed = self.permitted[role]
        if step == len(self.free) - 1:  # the last role takes what there is, or cannot
            if all(not number or own in allowed for own, number in enumerate(left)):
                yield multinomial(left), left
            return
        for numbers in _bounded(self.sizes[role], [left[own] for own in allowed]):
            used = [0] * self.width
            for own, number in zip(allowed, numbers, strict=True):
                used[own] = number
            yield multinomial(numbers), tuple(used)

    def all(self) -> Iterator[tuple[int, RoleCounts]]:
        """Every way, as the number of pure profiles and the counts per role; first roles first."""
        settled: dict[int, Counts] = {
            role: tuple(size if own == allowed[0] else 0 for own in range(self.width))
            for role, (size, allowed) in enumerate(zip(self.sizes, self.permitted, strict=True))
            if len(allowed) == 1
        }
        # An explicit stack: there may be a thousand roles, one for each player.
        stack = [(self.left, 1, self._ways(0, self.left) if self.free else iter(()))]
        if not self.free:
            yield 1, tuple(settled[role] for role in range(len(self.sizes)))
            return
        chosen: list[Counts] = []
        while stack:
            left, profiles, ways = stack[-1]
            step = len(stack) - 1
            following = next(
                (way for way in ways if _minus(left, way[1]) in self.ahead[step + 1]), None
            )
            if following is None:
                stack.pop()
                if chosen:
                    chosen.pop()
                continue
            number, used = following
            chosen.append(used)
            if step == len(self.free) - 1:
                counts = {**settled, **dict(zip(self.free, chosen, strict=True))}
                yield profiles * number, tuple(counts[role] for role in range(len(self.sizes)))
                chosen.pop()
            else:
                rest = _minus(left, used)
                stack.append((rest, profiles * number, self._ways(step + 1, rest)))


def _minus(first: Counts, second: Counts) -> Counts:
    return tuple(a - b for a, b in zip(first, second, strict=True))


def _bounded(total: int, most: list[int]) -> Iterator[Counts]:
    """The ways to write ``total`` as a sum of parts between 0 and ``most``, largest first parts
    first."""
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    room = sum(most[1:])
    for first in range(min(total, most[0]), max(0, total - room) - 1, -1):
        for rest in _bounded(total - first, most[1:]):
            yield (first, *rest)


def multinomial(counts: Counts) -> int:
    """In how many ways named players can be divided into groups of these sizes."""
    ways, players = 1, 0
    for number in counts:
        players += number
        ways *= comb(players, number)
    return ways
