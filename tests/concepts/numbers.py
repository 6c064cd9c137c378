"""Games of numbers for tests, and their equilibria by brute force, from the definition alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from alliance_games.reading import read_text
from alliance_games.results.result import Result
from alliance_games.solve import solve

Payoff = Callable[..., float]


def game(choices: str, payoffs: str, parameters: str = "", players: str = "[A, B]"):
    """The game of a file with these parts, at its defaults."""
    text = f"game: a game\nplayers: {players}\n"
    if parameters:
        text += f"parameters: {{{parameters}}}\n"
    text += f"choices:\n{choices}\npayoffs:\n{payoffs}\n"
    return read_text(text).case(None).game


def result(one, concept: str = "pure-nash") -> Result:
    """What a concept says of a game."""
    (found,) = solve(one, [concept]).results
    return found


def chosen(one, concept: str = "pure-nash") -> list[tuple[Fraction, ...]]:
    """The choices in every answer, in the order of the players."""
    return [tuple(s.choices[p] for p in one.players) for s in result(one, concept).solutions]


def best_reply(payoff: Payoff, own: int, others: Sequence[float], low: float, high: float) -> float:
    """The best of a fine grid, refined around it."""
    best = low
    for _ in range(7):
        step = (high - low) / 40
        grid = [low + step * k for k in range(41)]

        def worth(number: float) -> float:
            profile = [*others[:own], number, *others[own:]]
            return payoff(*profile)

        best = max(grid, key=worth)
        low, high = max(low, best - 2 * step), min(high, best + 2 * step)
    return best


def crossings(first: Payoff, second: Payoff, low: float, high: float, steps: int = 120):
    """Where two best-reply curves cross without a jump, to about the step of the grid."""
    found = []
    before = None
    for k in range(steps + 1):
        x = low + (high - low) * k / steps
        y = best_reply(second, 1, [x], low, high)
        gap = best_reply(first, 0, [y], low, high) - x
        if before is not None and (gap == 0 or before[2] * gap < 0):
            jump = max(abs(gap - before[2]), abs(y - before[1]))
            if jump < (high - low) / 12:
                found.append(((x + before[0]) / 2, (y + before[1]) / 2))
        before = (x, y, gap)
    return found
