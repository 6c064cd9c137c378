"""Is a pure profile Pareto-efficient? A search for one that dominates it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import factorial, prod

from alliance_games.model.anonymous import AnonymousGame, count_positions, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure, pure_profile
from alliance_games.results.solutions import Certificate, CountPoint, Point, Solution

LOOPS_UP_TO = 4096


def check(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """No pure profile gives every player at least as much and some player more."""
    if isinstance(solution, Point) and isinstance(game, NormalGame):
        return check_point(game, solution)
    if isinstance(solution, CountPoint) and isinstance(game, AnonymousGame):
        return check_counts(game, solution)
    return Certificate(False, f"a {solution.kind} is no answer to this question")


def check_point(game: NormalGame, point: Point) -> Certificate:
    """Every pure profile of a normal-form game was tried."""
    profile = as_pure(point.profile)
    if profile is None or len(profile) != len(game.shape):
        return Certificate(False, "it is no pure profile of this game")
    if point.profile != pure_profile(profile, game.shape):
        return Certificate(False, "it is no pure profile of this game")
    position = game.position(profile)
    better = dominator(game, position)
    if better is not None:
        return Certificate(False, f"the profile number {better} dominates it")
    right = game.payoffs(profile) == point.payoffs
    return Certificate(right, "no pure profile is at least as good for all and better for some")


def dominator(game: NormalGame, position: int) -> int | None:
    """Where in the tables a pure profile stands that dominates the one at ``position``, if any."""
    if game.size > LOOPS_UP_TO:
        return _dominator_in_arrays(game, position)
    bars = [table[position] for table in game.numerators]
    for other, payoffs in enumerate(zip(*game.numerators, strict=True)):
        differences = [payoff - bar for payoff, bar in zip(payoffs, bars, strict=True)]
        if min(differences) >= 0 and max(differences) > 0:
            return other
    return None


def _dominator_in_arrays(game: NormalGame, position: int) -> int | None:
    import numpy as np

    # First those nobody minds, one player after another; then whether somebody likes one more.
    candidates = np.arange(game.size)
    for player in range(len(game.players)):
        table = game.flat(player)
        bar = table[position]
        values = table if player == 0 else table[candidates]
        candidates = candidates[(values >= bar).astype(bool)]
    for player in range(len(game.players)):
        table = game.flat(player)
        liked = candidates[(table[candidates] > table[position]).astype(bool)]
        if len(liked):
            return int(liked[0])
    return None


def check_counts(game: AnonymousGame, point: CountPoint) -> Certificate:
    """No outcome of an anonymous game dominates this one, however like players change places.

    An arrangement in which each of several like players gets at least as much exists exactly when
    at every level at least as many of them get that level or more.
    """
    width = len(game.strategies)
    sizes = [len(players) for players in game.members]
    if [len(counts) for counts in point.counts] != [width] * len(sizes) or [
        sum(counts) for counts in point.counts
    ] != sizes:
        return Certificate(False, "the counts are not those of this game's players")
    here = _scores(game, point.counts)
    for counts in product(*(count_vectors(size, width) for size in sizes)):
        there = _scores(game, counts)
        if all(map(_at_least, there, here)) and not all(map(_at_least, here, there)):
            return Certificate(False, f"the outcome with counts {counts} dominates it")
    ways = prod(
        factorial(size) // prod(map(factorial, counts))
        for size, counts in zip(sizes, point.counts, strict=True)
    )
    right = ways == point.profiles and all(
        stated == (game.payoff(role, own, _others(point.counts, own)) if number else None)
        for role, (counts, payoffs) in enumerate(zip(point.counts, point.payoffs, strict=True))
        for own, (number, stated) in enumerate(zip(counts, payoffs, strict=True))
    )
    return Certificate(right, "no outcome is at least as good for all and better for some")


Levels = list[tuple[int, int]]
"""Payoffs with the number of players who get them."""


def _scores(game: AnonymousGame, counts: Sequence[Sequence[int]]) -> list[Levels]:
    place = count_positions(len(game.players) - 1, len(game.strategies))
    return [
        [
            (tables[own][place[_others(counts, own)]], number)
            for own, number in enumerate(of_role)
            if number
        ]
        for tables, of_role in zip(game.numerators, counts, strict=True)
    ]


def _others(counts: Sequence[Sequence[int]], own: int) -> tuple[int, ...]:
    return tuple(sum(column) - (s == own) for s, column in enumerate(zip(*counts, strict=True)))


def _at_least(first: Levels, second: Levels) -> bool:
    return all(
        sum(number for payoff, number in first if payoff >= level)
        >= sum(number for payoff, number in second if payoff >= level)
        for level, _ in second
    )
