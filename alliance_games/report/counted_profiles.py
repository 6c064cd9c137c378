"""A pure profile of an anonymous game, told by how many choose what."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.anonymous import AnonymousGame


def in_counts(profile: Sequence[int], game: AnonymousGame) -> str:
    """``all Stag``, ``(3 Stag, 2 Rabbit)``; role by role where there are several."""
    chosen = [[profile[player] for player in members] for members in game.members]
    strategies = range(len(game.strategies))
    return counted_words([[row.count(own) for own in strategies] for row in chosen], game)


def counted_words(counts: Sequence[Sequence[int]], game: AnonymousGame) -> str:
    """The same, from how many players of each role choose each strategy."""
    used = [own for own, column in enumerate(zip(*counts, strict=True)) if any(column)]
    if len(used) == 1:
        return f"all {game.strategies[used[0]]}"
    roles = [
        ", ".join(f"{number:,} {game.strategies[own]}" for own, number in enumerate(row) if number)
        for row in counts
    ]
    return f"({'; '.join(roles)})"
