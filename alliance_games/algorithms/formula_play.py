"""What a behaviour strategy profile leads to, in numbers of any ordered field."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from alliance_games.model.extensive import TERMINAL
from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.results.ordered import Signs


def reached(
    game: Any, choices: Sequence[Mixed | None], signs: Signs
) -> tuple[tuple[int, Fraction], ...]:
    """The endings that play reaches, in the order of the nodes, each with its probability."""
    found = []
    waiting: list[tuple[int, Fraction]] = [(0, Fraction(1))]
    while waiting:
        node, chance = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL:
            found.append((node, chance))
            continue
        chosen = choices[index]
        for action, child in enumerate(game.children(node)):
            weight = game.probability(child) if chosen is None else chosen[action]
            # What players choose is positive or plainly zero; what chance does may vanish.
            none = signs.is_zero(weight) if chosen is None else is_nothing(weight)
            if not none:
                waiting.append((child, chance * weight))
    return tuple(sorted(found, key=lambda pair: pair[0]))


def is_nothing(number: Fraction) -> bool:
    """Whether it is the number zero, and no formula."""
    return isinstance(number, Fraction) and not number


def expected(game: Any, outcomes: Sequence[tuple[int, Fraction]]) -> Payoffs:
    """What every player gets on average."""
    total = [Fraction(0)] * len(game.players)
    for node, chance in outcomes:
        for player, payoff in enumerate(game.payoffs(node)):
            total[player] = total[player] + chance * payoff
    return tuple(total)


__all__ = ["expected", "is_nothing", "reached"]
