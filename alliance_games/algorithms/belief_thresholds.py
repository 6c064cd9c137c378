"""How sure of a pure equilibrium a player must be before her part of it is a best reply.

Against one other strategy: she loses x by it if the others play the equilibrium and y at most
otherwise; p x + (1 - p)(-y) is at least zero from p = y / (x + y) on. Morris, Rob and Shin 1995.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame, Counts, count_positions
from alliance_games.model.normal import NormalGame


def threshold(here: int, least: int) -> Fraction:
    """The least p with p here + (1 - p) least >= 0, where ``here`` is not negative."""
    return Fraction(-least, here - least) if least < 0 else Fraction(0)


def in_normal_form(
    game: NormalGame, position: int, tick: Callable[[], None]
) -> tuple[Fraction, ...]:
    """For each player the least probability of the others' part of the pure equilibrium at
    ``position`` from which her own part is a best reply to any such belief."""
    return tuple(_of_player(game, position, player, tick) for player in range(len(game.players)))


def _of_player(game: NormalGame, position: int, player: int, tick: Callable[[], None]) -> Fraction:
    stride, size = game.strides[player], game.shape[player]
    table = game.numerators[player]
    own = position // stride % size
    needed = Fraction(0)
    block = stride * size
    others = position - own * stride
    for away in range(size):
        tick()
        if away == own:
            continue
        least = min(
            (
                table[start + own * stride] - table[start + away * stride]
                for first in range(0, game.size, block)
                for start in range(first, first + stride)
                if start != others
            ),
            default=0,
        )
        needed = max(needed, threshold(table[position] - table[others + away * stride], least))
    return needed


def by_counts(
    game: AnonymousGame, counts: tuple[Counts, ...], tick: Callable[[], None]
) -> tuple[tuple[Fraction | None, ...], ...]:
    """The same for the players of each role who choose each strategy; None where nobody does.

    The others who do something else may still have the same counts, where she loses nothing by
    her part; so the worst case is taken over all counts.
    """
    total = [sum(column) for column in zip(*counts, strict=True)]
    place = count_positions(len(game.players) - 1, len(game.strategies))
    found = []
    for of_role, tables in zip(counts, game.numerators, strict=True):
        row: list[Fraction | None] = []
        for own, number in enumerate(of_role):
            tick()
            if not number:
                row.append(None)
                continue
            at = place[tuple(c - (s == own) for s, c in enumerate(total))]
            needed = Fraction(0)
            for away, other in enumerate(tables):
                if away != own:
                    least = min(a - b for a, b in zip(tables[own], other, strict=True))
                    needed = max(needed, threshold(tables[own][at] - other[at], least))
            row.append(needed)
        found.append(tuple(row))
    return tuple(found)
