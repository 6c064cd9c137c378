"""Axes of plots and maps: where a value stands, round numbers to mark, frames in characters."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log1p, log10

from alliance_games.report.blocks import Piece, Plot, Span, Text, text

CURVATURE = 30.0
"""How much denser later values stand on a half-logarithmic axis."""

Tick = tuple[float, str]
"""A value of an axis and how it is written."""


def place(x: float, until: float) -> float:
    """Where ``x`` stands between 0 and ``until``, from 0 to 1: even at first, then by ratios."""
    return log1p(x / until * CURVATURE) / log1p(CURVATURE)


def even(value: float, span: Span) -> float:
    """Where a value stands on an even axis, from 0 to 1; the middle of an axis without length."""
    low, high = span
    return 0.5 if high == low else (value - low) / (high - low)


def ends(plot: Plot) -> Span:
    """The first and the last value of a plot's axis of x."""
    return (0.0, plot.until) if plot.across is None else plot.across


def across(plot: Plot, x: float) -> float:
    """Where ``x`` stands on the axis of x, from 0 to 1."""
    return place(x, plot.until) if plot.across is None else even(x, plot.across)


def upward(plot: Plot, y: float) -> float:
    """Where ``y`` stands on the axis of y, from 0 (below) to 1 (above)."""
    return even(y, plot.upward)


def ticks(until: float, room: int) -> list[Tick]:
    """Round numbers for a half-logarithmic axis, as many as have room, each with its label."""
    least = floor(log10(until)) - 2
    candidates = [m * 10.0**power for power in range(least, least + 4) for m in (1, 2, 5)]
    found: list[Tick] = [(0.0, "0")]
    for value in candidates:
        label = f"{value:g}"
        gap = (place(value, until) - place(found[-1][0], until)) * room
        if value <= until and gap >= len(label) + 3:
            found.append((value, label))
    return found


def even_ticks(span: Span, most: int) -> list[Tick]:
    """At most about ``most`` round numbers within an even axis, each with its label."""
    low, high = span
    if high == low:
        return [(low, f"{low:.6g}")]
    rough = (high - low) / max(most, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * (1 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [(k * step, f"{k * step:.6g}") for k in range(first, last + 1)]


def ticks_of(plot: Plot, room: int) -> list[Tick]:
    """The marks of a plot's axis of x on ``room`` columns."""
    if plot.across is None:
        return ticks(plot.until, room)
    return even_ticks(plot.across, max(room // 12, 1))


def framed(
    rows: Sequence[Text],
    left: Sequence[tuple[int, str]],
    under: Sequence[tuple[int, str]],
    columns: int,
    names: tuple[str, str],
) -> list[Text]:
    """Rows of characters in a frame: the axis on the left, the one below, and their names.

    ``left`` are labels by row from the top, ``under`` labels by column; ``names`` are those of
    the axis upwards and of the one across.
    """
    labels = dict(left)
    margin = max([5, *(len(label) for label in labels.values())])
    lines: list[Text] = [text(Piece(names[0], "muted"))]
    for row, line in enumerate(rows):
        label = labels.get(row, "")
        head = f"{label:>{margin}} {'┤' if label else '│'}"
        lines.append(text(Piece(head, "muted"), line))
    marks = ["─"] * columns
    written = [" "] * (columns + 6)
    free = 0
    for column, label in under:
        start = max(min(column - len(label) // 2, columns - len(label)), 0)
        if start < free:
            continue
        marks[column] = "┬"
        written[start : start + len(label)] = label
        free = start + len(label) + 1
    before = " " * (margin + 2)
    lines.append(text(Piece(f"{before[:-1]}└{''.join(marks)}", "muted")))
    lines.append(text(Piece(before + "".join(written).rstrip(), "muted")))
    right = " " * max(columns - len(names[1]), 0)
    lines.append(text(Piece(before + right + names[1], "muted")))
    return lines
