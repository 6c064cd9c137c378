"""Plots in characters, for terminals and plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from alliance_games.render import axes
from alliance_games.render.layout import characters_wide, visible
from alliance_games.report.blocks import Arrow, Piece, Place, Plot, Series, Text, text

HEIGHT = 13
"""Lines of a plot, axes apart."""

WIDEST = 110
"""Columns of a plot on a wide terminal."""

ON_A_PIPE = 72
"""Columns of a plot where there is no terminal."""

_ARROWS = "→↗↑↖←↙↓↘"


def draw(plot: Plot, width: int | None) -> list[Text]:
    """The plot in characters: axes, regions, curves by their marks, arrows and labels."""
    columns = max(min(ON_A_PIPE if width is None else width, WIDEST) - 7, 10)
    grid = [[" "] * columns for _ in range(HEIGHT)]
    for region in plot.regions:
        outline = Series("", (*region.corners, *region.corners[:1]), region.mark)
        # What is thinner than a character is drawn by its outline.
        found = list(_inside(_on_cells(plot, region.corners, columns), columns))
        for row, column in found or _cells(plot, outline, columns):
            grid[row][column] = region.mark
    for arrow in plot.arrows:
        _point(grid, plot, arrow, columns)
    for series in reversed(plot.series):
        for row, column in _cells(plot, series, columns):
            grid[row][column] = series.mark
    for label in plot.labels:
        write(grid, visible(label.words), *_cell(plot, label.at, columns))
    names = (visible(plot.y), visible(plot.x))
    rows = [text("".join(line)) for line in grid]
    under = [
        (round(axes.across(plot, value) * (columns - 1)), label)
        for value, label in axes.ticks_of(plot, columns)
    ]
    lines = axes.framed(rows, _levels(plot), under, columns, names)
    return [text(Piece(visible(plot.title), "strong")), *lines] if plot.title else lines


def legend(plot: Plot) -> list[Text]:
    """What each mark is, one a line."""
    named = [(one.mark, one.name) for one in plot.series if one.name]
    named += [(one.mark, one.name) for one in plot.regions if one.name]
    return [text(Piece(mark, "strong"), f" {name}") for mark, name in dict.fromkeys(named)]


def write(grid: list[list[str]], words: str, row: int, column: int) -> None:
    """Write words into a grid of characters, moved to the left where they would not fit."""
    if characters_wide(words) != len(words):
        return  # wide characters would push the frame out of line
    if 0 <= row < len(grid):
        room = len(grid[row])
        start = max(min(column, room - len(words)), 0)
        grid[row][start : start + len(words)] = words[: room - start]


def _levels(plot: Plot) -> list[tuple[int, str]]:
    """The labels of the axis upwards: five values, evenly apart."""
    low, high = plot.upward
    levels = []
    for quarter in range(5):
        value = low + (high - low) * (4 - quarter) / 4
        levels.append((round((HEIGHT - 1) * quarter / 4), f"{value:.4g}"))
    return levels


def _cell(plot: Plot, at: Place, columns: int) -> tuple[int, int]:
    x, y = at
    return (
        round((1 - axes.upward(plot, y)) * (HEIGHT - 1)),
        round(axes.across(plot, x) * (columns - 1)),
    )


def _on_cells(plot: Plot, points: Sequence[Place], columns: int) -> list[Place]:
    """The points in columns and rows, the first row on top, not yet rounded."""
    return [
        (axes.across(plot, x) * (columns - 1), (1 - axes.upward(plot, y)) * (HEIGHT - 1))
        for x, y in points
    ]


def _cells(plot: Plot, series: Series, columns: int) -> Iterator[tuple[int, int]]:
    """The rows and columns that a curve passes through."""
    parts = [[point] for point in clipped_points(plot, series.points)]
    if series.style != "points" and len(series.points) > 1:
        parts = [list(part) for part in clipped(plot, series.points)]
    for part in parts:
        seen = _on_cells(plot, part, columns)
        if len(seen) == 1:
            (x, y) = seen[0]
            yield round(y), round(x)
        for (x0, y0), (x1, y1) in pairwise(seen):
            steps = max(round(abs(x1 - x0)), round(abs(y1 - y0)), 1) * 2
            for step in range(steps + 1):
                share = step / steps
                yield round(y0 + share * (y1 - y0)), round(x0 + share * (x1 - x0))


def clipped_points(plot: Plot, points: Sequence[Place]) -> list[Place]:
    """The points within the axes."""
    (left, right), (low, high) = axes.ends(plot), plot.upward
    return [(x, y) for x, y in points if left <= x <= right and low <= y <= high]


def clipped(plot: Plot, points: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """The pieces of a line that lie within the axes (Liang and Barsky 1984)."""
    (left, right), (low, high) = axes.ends(plot), plot.upward
    for (x0, y0), (x1, y1) in pairwise(points):
        first, last = 0.0, 1.0
        for start, move, least, most in ((x0, x1 - x0, left, right), (y0, y1 - y0, low, high)):
            if move == 0:
                if not least <= start <= most:
                    first = 2.0
                continue
            enter, leave = (least - start) / move, (most - start) / move
            first = max(first, min(enter, leave))
            last = min(last, max(enter, leave))
        if first <= last:
            a = (x0, y0) if first == 0 else (x0 + first * (x1 - x0), y0 + first * (y1 - y0))
            b = (x1, y1) if last == 1 else (x0 + last * (x1 - x0), y0 + last * (y1 - y0))
            yield a, b


def _inside(corners: Sequence[Place], columns: int) -> Iterator[tuple[int, int]]:
    """The cells whose middle lies in a polygon (an odd number of its sides to the left)."""
    for row in range(HEIGHT):
        crossings = sorted(
            x0 + (row - y0) / (y1 - y0) * (x1 - x0)
            for (x0, y0), (x1, y1) in pairwise([*corners, *corners[:1]])
            if (y0 <= row) != (y1 <= row)
        )
        for start, end in zip(crossings[::2], crossings[1::2], strict=True):
            for column in range(columns):
                if start <= column <= end:
                    yield row, column


def _point(grid: list[list[str]], plot: Plot, arrow: Arrow, columns: int) -> None:
    """An arrow as one sign, of eight directions, where it starts."""
    from math import atan2, pi

    row, column = _cell(plot, arrow.start, columns)
    if not (0 <= row < HEIGHT and 0 <= column < columns) or arrow.start == arrow.end:
        return
    ahead = axes.across(plot, arrow.end[0]) - axes.across(plot, arrow.start[0])
    above = axes.upward(plot, arrow.end[1]) - axes.upward(plot, arrow.start[1])
    grid[row][column] = _ARROWS[round(atan2(above, ahead) / (pi / 4)) % 8]
