"""Numbers that are chosen, as a reader likes to see them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from alliance_games.model.continuous import ContinuousGame
from alliance_games.report.words import both, number


def number_words(value: float | Fraction) -> str:
    """``13/4``; an approximation as ``≈1.386294``."""
    return f"≈{value:.7g}" if isinstance(value, float) else number(value)


def full_words(value: float | Fraction) -> str:
    """``13/4 (3.25)``."""
    return number_words(value) if isinstance(value, float) else both(value)


def choice_words(game: ContinuousGame, choices: Mapping[str, float | Fraction]) -> str:
    """``security = 2, autonomy = 4``."""
    return ", ".join(
        f"{symbol} {_equals(number_words(choices[player]))}"
        for symbol, player in zip(game.symbols, game.players, strict=True)
    )


def _equals(shown: str) -> str:
    """``= 2``, ``≈ 1.414``."""
    return f"≈ {shown[1:]}" if shown.startswith("≈") else f"= {shown}"


def total_words(choices: Mapping[str, float | Fraction]) -> str:
    """The sum of all choices."""
    numbers = list(choices.values())
    exact = [one for one in numbers if not isinstance(one, float)]
    if len(exact) == len(numbers):
        return full_words(sum(exact, Fraction(0)))
    return number_words(float(sum(map(float, numbers))))
