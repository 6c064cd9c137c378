"""Endings of trees that players only rank: told by their rank, never by a number."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.report.words import ordinal


def rank(game: ExtensiveGame, player: int, value: Fraction) -> str:
    """How the player ranks what pays ``value``: ``1st`` is the best, ``2nd=`` shares its place."""
    table = game.numerators[player]
    named = set(zip(table, game.outcomes, strict=True))
    own = value * game.denominators[player]
    better = sum(other > own for other, _ in named)
    alike = sum(other == own for other, _ in named)
    return f"{ordinal(better + 1)}{'=' if alike > 1 else ''}"
