"""Landscapes over any ordered field, for ``Concept.conditions``.

A state's move changes its frustration by the sum, over all others, of their size times their
propensity: added for those it leaves, taken away for those it joins.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from alliance_games.model.landscape import Landscape, Sides
from alliance_games.results.named.landscape import Path, RestingPlace, Step
from alliance_games.results.ordered import Signs


def minima(game: Landscape, signs: Signs) -> Iterator[RestingPlace]:
    """The configurations in which no state would be less frustrated on the other side."""
    pulls = _pulls(game)
    for number in range(1 << (len(game.players) - 1)):
        second = frozenset(at for at in range(1, len(game.players)) if number >> (at - 1) & 1)
        if not any(signs.is_negative(_change(row, at, second)) for at, row in enumerate(pulls)):
            yield RestingPlace(sides=game.sides(second), energy=game.energy(second))


def descent(game: Landscape, signs: Signs) -> Path:
    """From the start again and again the move that lowers the energy most, of equals the first."""
    assert game.start is not None
    pulls = _pulls(game)
    now, energy = game.start, game.energy(game.start)
    first, steps = energy, []
    while True:
        reliefs = [-_change(row, at, now) for at, row in enumerate(pulls)]
        falls = [2 * size * relief for size, relief in zip(game.sizes, reliefs, strict=True)]
        mover = 0
        for at, fall in enumerate(falls):
            if at and signs.is_positive(fall - falls[mover]):
                mover = at
        if not signs.is_positive(falls[mover]):
            break
        others = range(mover + 1, len(falls))
        equally = [at for at in others if signs.is_zero(falls[at] - falls[mover])]
        now = _moved(game, now, mover)
        energy -= falls[mover]
        names = tuple(game.players[at] for at in equally)
        steps.append(Step(game.players[mover], game.sides(now), energy, reliefs[mover], names))
    return Path(start=game.sides(game.start), energy=first, steps=tuple(steps), end=game.sides(now))


def _pulls(game: Landscape) -> list[list[Fraction]]:
    """What each other state adds to a state's frustration where they are apart."""
    return [
        [size * propensity for size, propensity in zip(game.sizes, row, strict=True)]
        for row in game.propensities
    ]


def _change(pulls: list[Fraction], player: int, second: Sides) -> Fraction:
    """By how much a move would raise a state's frustration."""
    mine = player in second
    total = Fraction(0)
    for other, pull in enumerate(pulls):
        if other != player:
            total += pull if (other in second) == mine else -pull
    return total


def _moved(game: Landscape, now: Sides, player: int) -> Sides:
    if player:
        return now ^ {player}
    return frozenset(at for at in range(1, len(game.players)) if at not in now)
