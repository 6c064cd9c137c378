"""What a player can make sure of whatever the others do, in mixed and in pure strategies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from alliance_games.algorithms import matrix_game
from alliance_games.algorithms.columns import (
    columns_below,
    first_columns,
    integer_weights,
    is_plain,
)
from alliance_games.algorithms.opponents import Rows
from alliance_games.exact.tableau import Tick
from alliance_games.exact.vertices import vertices_of_distributions
from alliance_games.model.profiles import Mixed, pure

MOST_STRATEGIES = 12
MOST_COLUMNS = 1000
MOST_VERTICES = 500
"""Beyond these, one maxmin strategy is given and not all extreme ones."""


@dataclass(frozen=True, slots=True)
class Security:
    """A security level (over the table's denominator) and what proves it.

    ``strategies`` guarantee it; ``complete`` says whether they are all extreme ones. ``held_by``
    are weights on columns against which no strategy gives more.
    """

    level: Fraction
    strategies: tuple[Mixed, ...]
    complete: bool
    held_by: dict[int, Fraction]


def security(rows: Rows, tick: Tick) -> Security:
    """The security level in mixed strategies of the player with the table ``rows``."""
    level, one, held_by = _saddle(rows) or _by_program(rows, tick)
    extreme = _extreme_strategies(rows, level)
    if extreme is None:
        return Security(level, (one,), False, held_by)
    return Security(level, tuple(extreme), True, held_by)


def _saddle(rows: Rows) -> tuple[Fraction, Mixed, dict[int, Fraction]] | None:
    """The level where a pure strategy and a pure play of the others agree on it."""
    best, attained = pure_security(rows)
    if is_plain(rows[0]):
        peaks: Any = list(map(max, *rows)) if len(rows) > 1 else rows[0]
        held = min(range(len(peaks)), key=peaks.__getitem__)
    else:
        peaks = rows.max(axis=0)
        held = int(peaks.argmin())
    if peaks[held] != best:
        return None
    return Fraction(best), pure(attained[0], len(rows)), {held: Fraction(1)}


def _by_program(rows: Rows, tick: Tick) -> tuple[Fraction, Mixed, dict[int, Fraction]]:
    columns = first_columns(rows)
    while True:
        game = matrix_game.solve([[int(row[c]) for c in columns] for row in rows], tick)
        weights, scale = integer_weights({k: w for k, w in enumerate(game.row) if w})
        missed = columns_below(rows, weights, ceil(game.value * scale), columns)
        if not missed:
            held_by = {c: w for c, w in zip(columns, game.column, strict=True) if w}
            return game.value, game.row, held_by
        columns += missed


def _extreme_strategies(rows: Rows, level: Fraction) -> list[Mixed] | None:
    """All extreme points of the set of strategies that guarantee ``level``."""
    if len(rows) > MOST_STRATEGIES:
        return None
    binding = _binding_columns(rows, level)
    if len(binding) > MOST_COLUMNS:
        return None
    over, above = level.denominator, level.numerator
    halfspaces = {tuple(over * int(row[c]) - above for row in rows) for c in binding}
    return vertices_of_distributions(len(rows), sorted(halfspaces), MOST_VERTICES)


def _binding_columns(rows: Rows, level: Fraction) -> Sequence[int]:
    """The columns in which some strategy gives less than ``level``; the others bind nobody."""
    if is_plain(rows[0]):
        least = map(min, *rows) if len(rows) > 1 else rows[0]
        return [column for column, payoff in enumerate(least) if payoff < level]
    hits = rows.min(axis=0) < ceil(level)
    return [int(column) for column in hits.nonzero()[0]]


def pure_security(rows: Rows) -> tuple[int, list[int]]:
    """The best of the rows' minima, and the rows that have it."""
    minima = [min(row) if is_plain(row) else int(row.min()) for row in rows]
    best = max(minima)
    return best, [index for index, least in enumerate(minima) if least == best]
