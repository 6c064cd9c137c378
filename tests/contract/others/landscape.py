"""Landscapes, and configurations, descents and potentials that are almost right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

from alliance_games.model.landscape import Landscape
from alliance_games.results.named.landscape import Minimum, Path, WeightedPotential
from alliance_games.results.records import Record


def landscape(random: Random, count: int, most: int = 4) -> Landscape:
    """Sizes and propensities drawn by chance, and a start."""
    table = [[Fraction(0)] * count for _ in range(count)]
    for i in range(count):
        for j in range(i):
            table[i][j] = table[j][i] = Fraction(random.randint(-most, most), random.randint(1, 2))
    sizes = tuple(Fraction(random.randint(1, 9), random.randint(1, 3)) for _ in range(count))
    start = frozenset(at for at in range(1, count) if random.random() < 0.5)
    names = tuple("ABCDEFGHIJ"[:count])
    return Landscape(names, sizes, tuple(map(tuple, table)), start)


def enemies(count: int) -> Landscape:
    """Equal states that all lean away from each other, beginning all on one side."""
    one, apart = Fraction(1), Fraction(-1)
    table = tuple(
        tuple(apart if i != j else Fraction(0) for j in range(count)) for i in range(count)
    )
    return Landscape(tuple("ABCDEFGHIJ"[:count]), (one,) * count, table, frozenset())


GAMES = [enemies(3), enemies(4), landscape(Random(1), 5), landscape(Random(4), 6, 1)]


def spoilt(solution: Record) -> Iterator[tuple[str, Record]]:
    """Another energy, another basin, another mover, other weights."""
    if isinstance(solution, Minimum):
        yield "the energy", replace(solution, energy=solution.energy + 1)
        yield "the basin", replace(solution, basin=solution.basin + 1)
        yield "strictness", replace(solution, strict=not solution.strict)
        yield "depth", replace(solution, deepest=not solution.deepest)
        yield "all configurations", replace(solution, configurations=solution.configurations + 1)
        for field in ("frustrations", "reluctance"):
            raised = {name: value + 1 for name, value in getattr(solution, field).items()}
            yield field, replace(solution, **{field: raised})
        yield "a side left out", replace(solution, sides=solution.sides[1:])
    elif isinstance(solution, Path):
        yield "the first energy", replace(solution, energy=solution.energy + 1)
        yield "the end", replace(solution, end=solution.end[::-1][:1])
        if solution.steps:
            first, *rest = solution.steps
            yield "a step left out", replace(solution, steps=solution.steps[1:])
            yield "the last step left out", replace(solution, steps=solution.steps[:-1])
            for field, value in (("energy", first.energy - 1), ("relief", first.relief + 1)):
                step = replace(first, **{field: value})
                yield field, replace(solution, steps=(step, *rest))
            step = replace(first, mover=next(n for n in "ABCDEFGHIJ" if n != first.mover))
            yield "the mover", replace(solution, steps=(step, *rest))
            step = replace(first, equally=(*first.equally, first.mover))
            yield "who else would move", replace(solution, steps=(step, *rest))
    else:
        assert isinstance(solution, WeightedPotential)
        name = next(iter(solution.weights))
        weights = {**solution.weights, name: solution.weights[name] + 1}
        yield "a weight", replace(solution, weights=weights)
        pair = next(iter(solution.terms))
        yield "a term", replace(solution, terms={**solution.terms, pair: solution.terms[pair] + 1})
        yield "a pair left out", replace(solution, terms={})
