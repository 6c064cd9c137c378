"""Which strategies are dominated, by what, and what iterated strict elimination leaves.

A strategy is strictly dominated by a mixture exactly when it is a best reply to no belief about the
others' play (Pearce 1984, lemma 3); both are read off one matrix game, its value and its dual.
Where the others have many plays, programs hold a few columns and grow by those they violate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import eq, ge, gt
from typing import Any

from alliance_games.algorithms import matrix_game
from alliance_games.algorithms.columns import (
    columns_below,
    difference,
    first_columns,
    integer_weights,
    is_plain,
)
from alliance_games.algorithms.opponents import Alive, Opponents, Rows
from alliance_games.algorithms.simplest import simplest_between
from alliance_games.exact.programs import Program, maximize
from alliance_games.exact.tableau import Tick

Mixture = dict[int, Fraction]
"""The weights of a mixture, by row."""

PAIRS_UP_TO = 4096
"""Table entries up to which a mixture of two strategies is looked for, which reads more easily."""


def exceeds(first: Any, second: Any) -> bool:
    """Whether a row is larger in every column."""
    return all(map(gt, first, second)) if is_plain(first) else bool((first > second).all())


def at_least(first: Any, second: Any) -> bool:
    """Whether a row is nowhere smaller."""
    return all(map(ge, first, second)) if is_plain(first) else bool((first >= second).all())


def weakly_exceeds(first: Any, second: Any) -> bool:
    """Whether a row is nowhere smaller and somewhere larger."""
    return at_least(first, second) and not at_least(second, first)


def strict_dominator(rows: Rows, own: int, mixtures: bool, tick: Tick) -> Mixture | None:
    """A mixture of other rows that is better than row ``own`` in every column: pure if any is."""
    for other in range(len(rows)):
        if other != own and exceeds(rows[other], rows[own]):
            return {other: Fraction(1)}
    if len(rows) <= 2 or not mixtures or best_column(rows, own) is not None:
        return None
    found = _strict_mixture(rows, own, tick)
    return None if isinstance(found, Belief) else _readable(rows, own, found, strict=True)


def weak_dominator(rows: Rows, own: int, mixtures: bool, tick: Tick) -> Mixture | None:
    """A mixture of other rows nowhere worse than row ``own`` and somewhere better: pure if any."""
    for other in range(len(rows)):
        if other != own and weakly_exceeds(rows[other], rows[own]):
            return {other: Fraction(1)}
    if len(rows) <= 2 or not mixtures or _only_best_somewhere(rows, own):
        return None
    found = _weak_mixture(rows, own, tick)
    return None if found is None else _readable(rows, own, found, strict=False)


def dominance_of_all(rows: Rows, own: int) -> str | None:
    """'strict' or 'weak' where row ``own`` dominates every other row in that sense, else None."""
    others = [row for index, row in enumerate(rows) if index != own]
    if not others:
        return None
    if all(exceeds(rows[own], other) for other in others):
        return "strict"
    return "weak" if all(weakly_exceeds(rows[own], other) for other in others) else None


def justification(rows: Rows, own: int, tick: Tick) -> dict[int, Fraction]:
    """A belief, by column, to which row ``own`` (not strictly dominated) is a best reply."""
    column = best_column(rows, own)
    if column is not None:
        return {column: Fraction(1)}
    found = _strict_mixture(rows, own, tick)
    assert isinstance(found, Belief), "a strictly dominated strategy is never a best reply"
    return found.weights


def best_column(rows: Rows, own: int) -> int | None:
    """The first column in which no row is larger than row ``own``."""
    if not is_plain(rows[0]):
        import numpy as np

        hits = rows[own] == rows.max(axis=0)
        return int(np.argmax(hits)) if hits.any() else None
    best = map(max, *rows) if len(rows) > 1 else rows[0]
    return next((column for column, hit in enumerate(map(eq, rows[own], best)) if hit), None)


def _only_best_somewhere(rows: Rows, own: int) -> bool:
    others = [row for index, row in enumerate(rows) if index != own]
    if is_plain(rows[0]):
        best = map(max, *others) if len(others) > 1 else others[0]
        return any(map(gt, rows[own], best))
    import numpy as np

    return bool((rows[own] > np.stack(others).max(axis=0)).any())


@dataclass(frozen=True, slots=True)
class Belief:
    """Weights by column."""

    weights: dict[int, Fraction]


def _strict_mixture(rows: Rows, own: int, tick: Tick) -> Mixture | Belief:
    """A mixture better than row ``own`` everywhere, else a belief to which it is a best reply."""
    others = [index for index in range(len(rows)) if index != own]
    columns = first_columns([difference(rows[k], rows[own]) for k in others])
    while True:
        game = matrix_game.solve(_gaps_on(rows, own, others, columns), tick)
        if game.value <= 0:
            pairs = zip(columns, game.column, strict=True)
            return Belief({column: weight for column, weight in pairs if weight})
        mixture = {k: weight for k, weight in zip(others, game.row, strict=True) if weight}
        violated = columns_below(rows, _gain_weights(mixture, own), 1, columns)
        if not violated:
            return mixture
        columns += violated


def _weak_mixture(rows: Rows, own: int, tick: Tick) -> Mixture | None:
    """The mixture nowhere worse than row ``own`` that gains most in sum, if it gains at all."""
    others = [index for index in range(len(rows)) if index != own]
    columns = first_columns([difference(rows[k], rows[own]) for k in others])
    sums = [sum(map(int, row)) for row in rows]
    gains = [sums[other] - sums[own] for other in others]
    while True:
        gaps = _gaps_on(rows, own, others, columns)
        losses = [([-gap for gap in column], 0) for column in zip(*gaps, strict=True)]
        outcome = maximize(Program(gains, [*losses, ([1] * len(others), 1)]), tick)
        if not outcome.value:
            return None
        total = sum(outcome.primal)
        pairs = zip(others, outcome.primal, strict=True)
        mixture = {k: weight / total for k, weight in pairs if weight}
        violated = columns_below(rows, _gain_weights(mixture, own), 0, columns)
        if not violated:
            return mixture
        columns += violated


def _gaps_on(
    rows: Rows, own: int, others: Sequence[int], columns: Sequence[int]
) -> list[list[int]]:
    return [[int(rows[k][c]) - int(rows[own][c]) for c in columns] for k in others]


def _gain_weights(mixture: Mixture, own: int) -> dict[int, int]:
    """Integer weights by row that sum to a multiple of the mixture's gain over ``own``."""
    weights, scale = integer_weights(mixture)
    return {**weights, own: -scale}


def _readable(rows: Rows, own: int, found: Mixture, strict: bool) -> Mixture:
    """A mixture of two strategies with a simple weight that dominates as well, if there is one."""
    if len(rows) * len(rows[0]) > PAIRS_UP_TO:
        return found
    others = [index for index in range(len(rows)) if index != own]
    pairs = [
        (weight.denominator, first, second, weight)
        for position, first in enumerate(others)
        for second in others[position + 1 :]
        if (weight := _weight_of_first(rows[first], rows[second], rows[own], strict)) is not None
    ]
    if not pairs:
        return found
    _, first, second, weight = min(pairs)
    return {first: weight, second: 1 - weight}


def _weight_of_first(first: Any, second: Any, own: Any, strict: bool) -> Fraction | None:
    """The simplest weight with which two rows together dominate a third, if any does."""
    low, high = Fraction(0), Fraction(1)
    gain = 0
    for a, b, c in zip(map(int, first), map(int, second), map(int, own), strict=True):
        slope, level = a - b, b - c
        gain += slope
        if slope > 0:
            low = max(low, Fraction(-level, slope))
        elif slope < 0:
            high = min(high, Fraction(level, -slope))
        elif level < 0 or (strict and level == 0):
            return None
        if low > high or (strict and low == high):
            return None
    weight = simplest_between(low, high, closed=not strict)
    if strict or not 0 < weight < 1:
        return weight if 0 < weight < 1 else None
    total = sum(weight * int(a) + (1 - weight) * int(b) for a, b in zip(first, second, strict=True))
    return weight if total > sum(map(int, own)) else None


@dataclass(frozen=True, slots=True)
class Step:
    """One strategy's removal: who, which, by what mixture (by strategy), in which round."""

    group: int
    strategy: int
    by: Mixture
    round: int
    within: Alive


@dataclass(slots=True)
class Elimination:
    """The rounds of iterated strict elimination and what they leave."""

    steps: list[Step] = field(default_factory=list)
    survivors: Alive = ()


def eliminate(tables: Opponents, mixtures: bool, tick: Tick) -> Elimination:
    """Remove all strictly dominated strategies at once, round after round, until none is left.

    What is left does not depend on the order of removal (Gilboa, Kalai and Zemel 1990).
    """
    done = Elimination(survivors=tables.everyone)
    open_groups: Sequence[int] = range(len(tables.everyone))
    number = 0
    while open_groups:
        number += 1
        alive = done.survivors
        steps = [
            Step(group, strategy, by, number, alive)
            for group in open_groups
            for strategy, by in _strictly_dominated(tables, group, alive, mixtures, tick)
        ]
        done.steps += steps
        gone = {(step.group, step.strategy) for step in steps}
        done.survivors = tuple(
            tuple(s for s in own if (group, s) not in gone) for group, own in enumerate(alive)
        )
        open_groups = _facing({step.group for step in steps}, tables)
    return done


def _facing(changed: set[int], tables: Opponents) -> list[int]:
    """The groups with an opponent in a changed one: only these can find new dominance."""
    return [
        group
        for group, players in enumerate(tables.members)
        if changed - {group} or (group in changed and len(players) > 1)
    ]


def _strictly_dominated(
    tables: Opponents, group: int, alive: Alive, mixtures: bool, tick: Tick
) -> list[tuple[int, Mixture]]:
    own = alive[group]
    if len(own) == 1:
        return []
    rows = tables.rows(group, alive)
    found = []
    for index, strategy in enumerate(own):
        tick()
        by = strict_dominator(rows, index, mixtures, tick)
        if by is not None:
            found.append((strategy, {own[k]: weight for k, weight in by.items()}))
    return found
