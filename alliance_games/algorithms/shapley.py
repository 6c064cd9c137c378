"""The Shapley value (Shapley 1953): by sums over coalitions, or by counting in large votes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import factorial

from alliance_games.model.coalitional import CoalitionalGame, members

Tick = Callable[[], None]


def shapley_value(game: CoalitionalGame, tick: Tick) -> tuple[Fraction, ...]:
    """Each player's average contribution to those who came before her, over all orders."""
    if not game.is_tabled:
        from alliance_games.algorithms.vote_counts import pivots

        assert game.vote is not None
        number = factorial(len(game.players))
        return tuple(Fraction(one, number) for one in pivots(*game.vote.in_integers(), tick))
    return value_of(game.numerators, len(game.players), game.denominator, tick)


def value_of(
    worths: Sequence[int], players: int, denominator: int, tick: Tick
) -> tuple[Fraction, ...]:
    """The value by coalitions: with ``s`` members and ``n`` players in all, a coalition's worth
    counts ``(s-1)! (n-s)! / n!`` for its members and ``-s! (n-s-1)! / n!`` for the others.

    So only the sums of worths by size are needed, over all coalitions and over each player's.
    """
    everywhere = [0] * (players + 1)
    with_player = [[0] * (players + 1) for _ in range(players)]
    for coalition, worth in enumerate(worths):
        if not coalition % 1024:
            tick()
        if worth:
            size = coalition.bit_count()
            everywhere[size] += worth
            for player in members(coalition):
                with_player[player][size] += worth
    inside = [0, *(factorial(s - 1) * factorial(players - s) for s in range(1, players + 1))]
    outside = [*(factorial(s) * factorial(players - s - 1) for s in range(players)), 0]
    orders = factorial(players) * denominator
    return tuple(
        Fraction(
            sum(
                inside[size] * own[size] - outside[size] * (everywhere[size] - own[size])
                for size in range(1, players + 1)
            ),
            orders,
        )
        for own in with_player
    )
