"""Swings in simple games (Penrose 1946; Banzhaf 1965)."""

from __future__ import annotations

from collections.abc import Callable

from alliance_games.model.coalitional import CoalitionalGame

Tick = Callable[[], None]


def swings(game: CoalitionalGame, tick: Tick) -> list[int]:
    """For each player of a simple game the winning coalitions that lose without her."""
    if not game.is_tabled:
        from alliance_games.algorithms import vote_counts

        assert game.vote is not None
        return vote_counts.swings(*game.vote.in_integers(), tick)
    # In a monotonic game a player's swings are the wins with her less those without her.
    table, found = game.numerators, []
    wins = sum(table)
    for player in range(len(game.players)):
        tick()
        bit = 1 << player
        with_her = sum(worth for coalition, worth in enumerate(table) if coalition & bit)
        found.append(2 * with_her - wins)
    return found
