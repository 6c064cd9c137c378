"""Curves over a half-logarithmic axis: in characters for terminals, as SVG for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from math import floor, log1p, log10

from alliance_games.render.layout import visible
from alliance_games.report.blocks import Piece, Plot, Text, text

HEIGHT = 13
"""Lines of a plot, axes apart."""

WIDEST = 110
"""Columns of a plot on a wide terminal."""

ON_A_PIPE = 72
"""Columns of a plot where there is no terminal."""

_LABELS = ("1", "0.75", "0.5", "0.25", "0")
_CURVATURE = 30.0
_COLOURS = ("#06a", "#a17", "#186", "#a50", "#64a", "#555", "#960")


def place(x: float, until: float) -> float:
    """Where ``x`` stands between 0 and ``until``, from 0 to 1: even at first, then by ratios."""
    return log1p(x / until * _CURVATURE) / log1p(_CURVATURE)


def ticks(until: float, room: int) -> list[tuple[float, str]]:
    """Round numbers for the axis, as many as have room, each with its label."""
    least = floor(log10(until)) - 2
    candidates = [m * 10.0**power for power in range(least, least + 4) for m in (1, 2, 5)]
    found: list[tuple[float, str]] = [(0.0, "0")]
    for value in candidates:
        label = f"{value:g}"
        gap = (place(value, until) - place(found[-1][0], until)) * room
        if value <= until and gap >= len(label) + 3:
            found.append((value, label))
    return found


def draw(plot: Plot, width: int | None) -> list[Text]:
    """The plot in characters: axes, curves by their marks, and what each mark is."""
    columns = min(ON_A_PIPE if width is None else width, WIDEST) - 7
    columns = max(columns, 10)
    cells = [[" "] * columns for _ in range(HEIGHT)]
    for series in reversed(plot.series):
        for column, row in _cells(series.points, plot.until, columns):
            cells[row][column] = series.mark
    lines: list[Text] = [text(Piece(plot.y, "muted"))]
    for row, line in enumerate(cells):
        at = row / (HEIGHT - 1) * (len(_LABELS) - 1)
        label = _LABELS[int(at)] if at == int(at) else ""
        lines.append(text(Piece(f"{label:>5} {'┤' if label else '│'}", "muted"), "".join(line)))
    marks = ["─"] * columns
    labels = [" "] * (columns + 6)
    for value, label in ticks(plot.until, columns):
        column = round(place(value, plot.until) * (columns - 1))
        marks[column] = "┬"
        start = max(min(column - len(label) // 2, columns - len(label)), 0)
        labels[start : start + len(label)] = label
    lines.append(text(Piece(f"      └{''.join(marks)}", "muted")))
    under = "       " + "".join(labels).rstrip()
    lines.append(text(Piece(under, "muted")))
    lines.append(text(Piece(" " * (7 + max(columns - len(plot.x), 0)) + plot.x, "muted")))
    return lines


def legend(plot: Plot) -> list[Text]:
    """What each mark is, one a line."""
    return [text(Piece(series.mark, "strong"), f" {series.name}") for series in plot.series]


def _cells(
    points: Sequence[tuple[float, float]], until: float, columns: int
) -> Iterator[tuple[int, int]]:
    """The cells that a curve passes through."""
    seen = [
        (place(x, until) * (columns - 1), (1 - y) * (HEIGHT - 1)) for x, y in _within(points, until)
    ]
    for (x0, y0), (x1, y1) in pairwise(seen):
        steps = max(round(abs(x1 - x0)), round(abs(y1 - y0)), 1) * 2
        for step in range(steps + 1):
            share = step / steps
            yield round(x0 + share * (x1 - x0)), round(y0 + share * (y1 - y0))


def _within(points: Sequence[tuple[float, float]], until: float) -> Iterator[tuple[float, float]]:
    """The part of a curve up to ``until``, cut off there."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if min(x0, x1) > until:
            continue
        for x, y in ((x0, y0), (x1, y1)):
            if x <= until:
                yield x, y
            else:
                share = (until - x0) / (x1 - x0)
                yield until, y0 + share * (y1 - y0)


def svg(plot: Plot) -> str:
    """The plot as an SVG picture, with a legend."""
    wide, high, left, top = 560, 260, 48, 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide + 70}" '
        f'height="{high + 64 + 18 * len(plot.series)}" font-size="12" fill="currentColor">',
        f'<text x="4" y="12">{escape(plot.y)}</text>',
    ]
    for index, label in enumerate(_LABELS):
        y = top + high * index / (len(_LABELS) - 1)
        parts.append(
            f'<line x1="{left}" x2="{left + wide}" y1="{y:.1f}" y2="{y:.1f}" stroke="#8884"/>'
            f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
        )
    for value, label in ticks(plot.until, 80):
        x = left + wide * place(value, plot.until)
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top + high}" y2="{top + high + 5}" '
            'stroke="currentColor"/>'
            f'<text x="{x:.1f}" y="{top + high + 19}" text-anchor="middle">{label}</text>'
        )
    parts.append(
        f'<text x="{left + wide}" y="{top + high + 36}" text-anchor="end">{escape(plot.x)}</text>'
    )
    for index, series in enumerate(plot.series):
        colour = _COLOURS[index % len(_COLOURS)]
        dashed = ' stroke-dasharray="5 3"' if series.mark.isalpha() else ""
        path = " ".join(
            f"{left + wide * place(x, plot.until):.1f},{top + high * (1 - y):.1f}"
            for x, y in _within(series.points, plot.until)
        )
        y = top + high + 50 + 18 * index
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'
            f'<line x1="{left}" x2="{left + 24}" y1="{y}" y2="{y}" stroke="{colour}" '
            f'stroke-width="2"{dashed}/>'
            f'<text x="{left + 32}" y="{y + 4}">{escape(visible(series.name))}</text>'
        )
    return "".join(parts) + "</svg>"
