"""Coalitions and partitions in words, for the reports of games about who goes with whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alliance_games.report.blocks import Piece, Text, text
from alliance_games.report.words import listed


def braces(names: Iterable[str]) -> str:
    """``{France, Britain}``."""
    return "{" + ", ".join(names) + "}"


def partition_words(coalitions: Iterable[Iterable[str]]) -> str:
    """``{France, Britain} {Germany}``."""
    return " ".join(map(braces, coalitions))


def partition_text(coalitions: Iterable[Iterable[str]]) -> Text:
    """The same, its coalitions coloured as players are."""
    parts: list[str | Piece] = []
    for names in coalitions:
        parts += [" "] if parts else []
        parts.append(Piece(braces(names), "player"))
    return text(*parts)


def called(coalitions: Sequence[Sequence[str]]) -> str:
    """What a partition is called: the grand coalition, everybody alone, or its coalitions."""
    if len(coalitions) == 1:
        return "the grand coalition"
    if all(len(names) == 1 for names in coalitions):
        return "everybody alone"
    return partition_words(coalitions)


MOST_NAMED = 12
"""So many names are told one after the other."""


def several(names: Sequence[str]) -> str:
    """``France and Britain``; of many the first, and how many others."""
    if len(names) <= MOST_NAMED:
        return listed(names)
    return f"{', '.join(names[: MOST_NAMED - 1])} and {len(names) - MOST_NAMED + 1:,} others"


def sides_words(sides: Sequence[Sequence[str]]) -> str:
    """``{France, Britain | Germany}``; ``all on one side``."""
    if len(sides) == 1:
        return "all on one side"
    return "{" + " | ".join(_first(side) for side in sides) + "}"


def _first(side: Sequence[str]) -> str:
    if len(side) <= MOST_NAMED:
        return ", ".join(side)
    return f"{', '.join(side[: MOST_NAMED - 1])}, {len(side) - MOST_NAMED + 1:,} more"


def sides_text(sides: Sequence[Sequence[str]]) -> Text:
    """The sides of a table's cell, each coloured as one player's."""
    if len(sides) == 1:
        return text(Piece(", ".join(sides[0]), "first"), Piece(" (all on one side)", "muted"))
    return text(Piece(", ".join(sides[0]), "first"), " | ", Piece(", ".join(sides[1]), "second"))
