"""Maps of two quantities in characters, for terminals and plain text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from alliance_games.render import axes
from alliance_games.render.layout import visible
from alliance_games.render.plot import ON_A_PIPE, WIDEST, write
from alliance_games.report.blocks import Map, Piece, Span, Text, text

TALLEST = 24
"""Lines of a map, axes apart."""


def draw(block: Map, width: int | None) -> list[Text]:
    """The map in characters: its letters in a frame, large values of y on top."""
    room = max(min(ON_A_PIPE if width is None else width, WIDEST) - 11, 10)
    columns = chosen(block.xs, room)
    rows = chosen(block.ys, TALLEST)[::-1]
    stretch = min(max(room // len(columns), 1), 4)
    grid = [
        [letter for column in columns for letter in block.cells[row][column] * stretch]
        for row in rows
    ]
    for label in block.labels:
        x, y = label.at
        column = nearest([block.xs[at] for at in columns], x) * stretch
        row = len(rows) - 1 - nearest([block.ys[at] for at in rows[::-1]], y)
        write(grid, visible(label.words), row, column)
    across: Span = (block.xs[0], block.xs[-1])
    under = [
        (nearest([block.xs[at] for at in columns], value) * stretch + stretch // 2, label)
        for value, label in axes.even_ticks(across, max(len(grid[0]) // 12, 2))
    ]
    shown = [block.ys[at] for at in rows[::-1]]
    left = [
        (len(rows) - 1 - nearest(shown, value), label)
        for value, label in axes.even_ticks((block.ys[0], block.ys[-1]), max(len(rows) // 4, 2))
    ]
    names = (visible(block.y), visible(block.x))
    lines = axes.framed([text("".join(line)) for line in grid], left, under, len(grid[0]), names)
    return [text(Piece(visible(block.title), "strong")), *lines] if block.title else lines


def legend(block: Map) -> list[Text]:
    """What each letter means, one a line."""
    return [text(Piece(key.mark, "strong"), " ", key.content) for key in block.legend]


def chosen(values: Sequence[float], room: int) -> list[int]:
    """Which of many values are shown where there is room for few: the nearest to even steps."""
    if len(values) <= room:
        return list(range(len(values)))
    low, high = values[0], values[-1]
    return [nearest(values, low + (high - low) * k / (room - 1)) for k in range(room)]


def nearest(values: Sequence[float], wanted: float) -> int:
    """The place of the value nearest to the one wanted; ``values`` ascend."""
    after = bisect_left(values, wanted)
    if after == 0:
        return 0
    if after == len(values) or wanted - values[after - 1] <= values[after] - wanted:
        return after - 1
    return after
