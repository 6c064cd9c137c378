"""A pure profile of an anonymous game, told by how many choose what."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.anonymous import AnonymousGame


def in_counts(profile: Sequence[int], game: AnonymousGame) -> str:
    """``all Stag``, ``(3 Stag, 2 Rabbit)``; role by role where these differ."""
    roles = []
    for members in game.members:
        chosen = [profile[player] for player in members]
        counts = [(chosen.count(own), name) for own, name in enumerate(game.strategies)]
        roles.append(", ".join(f"{number:,} {name}" for number, name in counts if number))
    if len(set(profile)) == 1:
        return f"all {game.strategies[profile[0]]}"
    return f"({'; '.join(roles)})"
