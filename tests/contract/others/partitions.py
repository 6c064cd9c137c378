"""Hedonic games, and partitions that are almost right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

from alliance_games.model.hedonic import HedonicGame
from alliance_games.results.named.partitions import (
    BestStructures,
    Departure,
    NoPartition,
    Partition,
)
from alliance_games.results.records import Record


def hedonic(random: Random, count: int, most: int) -> HedonicGame:
    """Utilities drawn from 0 to ``most``, each by itself."""
    names = tuple("ABCDEFGHIJ"[:count])
    values = tuple(
        tuple(Fraction(random.randint(0, most)) for _ in range(1 << (count - 1))) for _ in names
    )
    return HedonicGame(names, values)


ROUNDABOUT = HedonicGame(
    ("A", "B", "C"),
    # A likes AB best, then AC; B BC, then AB; C AC, then BC; all three together nobody.
    (
        tuple(map(Fraction, (1, 3, 2, 0))),
        tuple(map(Fraction, (1, 2, 3, 0))),
        tuple(map(Fraction, (1, 3, 2, 0))),
    ),
)
"""Every pair is broken up by the third."""

CHASE = HedonicGame(("A", "B"), ((Fraction(0), Fraction(1)), (Fraction(0), Fraction(-1))))
"""A wants to be with B, and B alone."""

GAMES = [ROUNDABOUT, CHASE, hedonic(Random(1), 4, 9), hedonic(Random(2), 4, 2)]


def spoilt(solution: Record) -> Iterator[tuple[str, Record]]:
    """Another utility, another partition, a departure invented or passed over in silence."""
    if isinstance(solution, NoPartition):
        yield "no moves", replace(solution, moves=())
        return
    if isinstance(solution, BestStructures):
        yield "the value", replace(solution, value=solution.value + 1)
        yield "the worth of all", replace(solution, together=solution.together - 1)
        yield "their number", replace(solution, number=solution.number + 1)
        yield "no partition", replace(solution, structures=())
        twice = (*solution.structures, solution.structures[0])
        yield "one twice", replace(solution, structures=twice)
        yield "a coalition left out", replace(solution, structures=(solution.structures[0][1:],))
        return
    assert isinstance(solution, Partition)
    first, *rest = solution.payoffs
    raised = {**solution.payoffs, first: solution.payoffs[first] + 1}
    yield "a utility", replace(solution, payoffs=raised)
    yield "a coalition left out", replace(solution, coalitions=solution.coalitions[1:])
    yield "the concept", replace(solution, of="stable")
    if solution.leaves is not None:
        yield "a departure in silence", replace(solution, leaves=None)
        after = {name: value + 1 for name, value in solution.leaves.after.items()}
        wrong = replace(solution.leaves, after=after)
        yield "what it brings", replace(solution, leaves=wrong)
    else:
        gets = dict(solution.payoffs)
        stay = Departure((first, *rest), (first, *rest), gets, gets)
        yield "a departure to nothing better", replace(solution, leaves=stay)
