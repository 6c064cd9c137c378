"""Which columns of a long table a program must hold: a few at first, then those it violates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from alliance_games.algorithms.opponents import Rows

ALL_AT_ONCE = 64
"""Up to this many columns a program holds them all from the start."""


def is_plain(row: Any) -> bool:
    """Whether a row is a sequence of Python integers and not an array of numpy."""
    return not hasattr(row, "dtype")


def difference(first: Any, second: Any) -> Any:
    """A row less another."""
    return (
        [a - b for a, b in zip(first, second, strict=True)] if is_plain(first) else first - second
    )


def first_columns(rows: Rows) -> list[int]:
    """All columns where they are few, else those in which some row is least."""
    width = len(rows[0])
    if width <= ALL_AT_ONCE:
        return list(range(width))
    if is_plain(rows[0]):
        return sorted({min(range(width), key=row.__getitem__) for row in rows})
    return sorted({int(row.argmin()) for row in rows})


def columns_below(
    rows: Rows, weights: Mapping[int, int], bound: int, known: Sequence[int]
) -> list[int]:
    """A few columns, worst first, in which the weighted sum of rows is below ``bound``."""
    width = len(rows[0])
    if len(known) == width:
        return []
    if is_plain(rows[0]):
        sums: Any = [
            sum(w * rows[k][column] for k, w in weights.items()) for column in range(width)
        ]
        below = [column for column, total in enumerate(sums) if total < bound]
    else:
        largest = max(abs(int(rows.max())), abs(int(rows.min())))
        size = largest * sum(map(abs, weights.values()))
        table = rows if max(size, abs(bound)) < 2**62 else rows.astype(object)
        sums = sum(table[k] * w for k, w in weights.items())
        below = [int(column) for column in (sums < bound).nonzero()[0]]
    below.sort(key=sums.__getitem__)
    return below[: 2 * len(rows)]


def integer_weights(mixture: Mapping[int, Fraction]) -> tuple[dict[int, int], int]:
    """The weights of a mixture as integers, and the positive number they sum to."""
    scale = lcm(*(weight.denominator for weight in mixture.values()))
    return {k: int(weight * scale) for k, weight in mixture.items()}, scale
