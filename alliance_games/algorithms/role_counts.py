"""The outcomes of an anonymous game: how many players of each role choose what.

Two pure profiles with the same counts per role differ only in which of several like players does
what, so what is asked of all profiles need be asked of these alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import lcm, prod

from alliance_games.algorithms.counting import RoleCounts, multinomial
from alliance_games.model.anonymous import (
    AnonymousGame,
    count_positions,
    count_vectors,
    number_of_count_vectors,
)

__all__ = [
    "RoleCounts",
    "all_role_counts",
    "common_denominator",
    "number_of_role_counts",
    "payoffs_at",
    "profiles_with",
    "scaled_payoffs_at",
]


def number_of_role_counts(game: AnonymousGame) -> int:
    """How many outcomes there are."""
    return prod(
        number_of_count_vectors(len(players), len(game.strategies)) for players in game.members
    )


def all_role_counts(game: AnonymousGame) -> Iterator[RoleCounts]:
    """All outcomes, those with more of the first role on the first strategy before others."""
    return product(*(count_vectors(len(players), len(game.strategies)) for players in game.members))


def profiles_with(counts: RoleCounts) -> int:
    """How many pure profiles have these counts."""
    return prod(map(multinomial, counts))


def common_denominator(game: AnonymousGame) -> int:
    """One denominator for the payoffs of all roles."""
    return lcm(*game.denominators)


def scaled_payoffs_at(game: AnonymousGame, counts: RoleCounts) -> list[list[tuple[int, int]]]:
    """For each role, what its players get there: pairs of a number of players and their payoff.

    Payoffs are integers over ``common_denominator``.
    """
    whole = common_denominator(game)
    place = count_positions(len(game.players) - 1, len(game.strategies))
    total = [sum(column) for column in zip(*counts, strict=True)]
    others = [
        place[(*total[:own], number - 1, *total[own + 1 :])] if number else 0
        for own, number in enumerate(total)
    ]
    return [
        [
            (number, tables[own][others[own]] * (whole // denominator))
            for own, number in enumerate(of_role)
            if number
        ]
        for of_role, tables, denominator in zip(
            counts, game.numerators, game.denominators, strict=True
        )
    ]


def payoffs_at(game: AnonymousGame, counts: RoleCounts) -> tuple[tuple[Fraction | None, ...], ...]:
    """What a player of each role gets by each strategy; None where nobody of the role plays it."""
    whole = common_denominator(game)
    result = []
    for of_role, gets in zip(counts, scaled_payoffs_at(game, counts), strict=True):
        payoffs = iter(gets)
        result.append(
            tuple(Fraction(next(payoffs)[1], whole) if number else None for number in of_role)
        )
    return tuple(result)
