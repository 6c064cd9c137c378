"""Shares of populations in words, and tables of them."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.report.blocks import Column, text
from alliance_games.report.words import amount
from alliance_games.results.named.evolution import Shares


def in_words(shares: Shares) -> str:
    """A mixture in a few words: ``Stag``, or ``Hawk 1/3, Dove 2/3``."""
    used = {name: share for name, share in shares.items() if share}
    if len(used) == 1:
        return next(iter(used))
    return ", ".join(f"{name} {amount(share)}" for name, share in used.items())


def decimal(share: Fraction) -> str:
    """The number to four digits."""
    return f"{float(share):.4g}"


def columns(*titles: str) -> tuple[Column, ...]:
    """Heads of columns; ``>`` puts the cells to the right."""
    return tuple(
        Column(text(title.lstrip(">")), "right" if title[0] == ">" else "left") for title in titles
    )
