"""A payoff matrix drawn with boxes; a heavy box is an equilibrium."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from alliance_games.render.layout import characters_wide, pad, shown, visible, width_of, wrap
from alliance_games.report.blocks import Cell, Matrix, Payoff, Piece, Text, text

# The box-drawing character whose arms up, right, down and left have these weights (0 none,
# 1 light, 2 heavy), at 27 up + 9 right + 3 down + left.
_BOXES = " ╴╸╷┐┑╻┒┓╶─╾┌┬┭┎┰┱╺╼━┍┮┯┏┲┳╵┘┙│┤┥╽┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋"

_PLAYERS = ("first", "second", "third")

_NARROWEST = 6
"""Labels are not squeezed into fewer cells than this."""


def draw(matrix: Matrix, width: int | None) -> list[Text]:
    """The matrix in lines of at most ``width`` cells; wide ones are cut into groups of columns."""
    labels = _labels(matrix, width)
    wide = max(width_of(label) for lines in labels for label in lines)
    frame = _Frame.of(matrix)
    cells = [[_lines(cell, frame) for cell in row] for row in matrix.cells]
    widths = _column_widths(matrix, cells, None if width is None else width - wide - 1)
    lines = wrap(shown(matrix.caption), width) if matrix.caption else []
    for index, group in enumerate(_groups(widths, None if width is None else width - wide - 1)):
        if index:
            lines.append(())
        lines += _drawn(matrix, cells, labels, wide, widths, group)
    return lines


def _labels(matrix: Matrix, width: int | None) -> list[list[Text]]:
    """The row player's name, then her strategies, each in lines that leave the cells room."""
    room = None if width is None else max(width // 3, _NARROWEST)
    named = wrap(text(Piece(visible(matrix.row_player), "first strong")), room)
    return [named, *(wrap(text(visible(row)), room) for row in matrix.rows)]


class _Frame(NamedTuple):
    """What the cells of a matrix have in common: how wide each payoff is, what marks there are."""

    sizes: tuple[int, ...]
    efficient: bool

    @classmethod
    def of(cls, matrix: Matrix) -> _Frame:
        cells = [cell for row in matrix.cells for cell in row]
        sizes = tuple(
            max(len(_value(cell.payoffs[player])) for cell in cells)
            for player in range(len(cells[0].payoffs))
        )
        return cls(sizes, any(cell.efficient for cell in cells))


def _lines(cell: Cell, frame: _Frame) -> list[Text]:
    """What stands in one cell: payoffs, decimals, the outcome's name."""
    payoffs: list[Piece | str] = []
    for player, payoff in enumerate(cell.payoffs):
        role = _PLAYERS[player] + (" best-reply" if payoff.best else "")
        value = Piece(_value(payoff).rstrip(), role)
        room = " " * (frame.sizes[player] - len(value.text))
        if player and player + 1 == len(cell.payoffs):
            payoffs += [", ", value, room]
        else:
            payoffs += [", " if player else "", room, value]
    if frame.efficient:
        payoffs.append("°" if cell.efficient else " ")
    lines = [text(*payoffs)]
    if any(payoff.beside for payoff in cell.payoffs):
        decimals = ", ".join(payoff.beside for payoff in cell.payoffs)
        rounded = "≈ " if "≈" in decimals else ""
        lines.append(text(Piece(f"({rounded}{decimals.replace('≈', '')})", "muted")))
    if cell.outcome:
        lines.append(text(Piece(visible(cell.outcome), "muted")))
    return lines


def _value(payoff: Payoff) -> str:
    return payoff.value + ("*" if payoff.best else " ")


def _column_widths(matrix: Matrix, cells: list[list[list[Text]]], room: int | None) -> list[int]:
    """How wide each column is inside its walls; all alike where that costs nothing."""
    natural = []
    for index, label in enumerate(matrix.columns):
        payoffs = max(width_of(line) for row in cells for line in row[index][:2])
        words = max(width_of(line) for row in cells for line in row[index])
        words = max(words, characters_wide(visible(label)))
        natural.append((payoffs, words))
    widest = max(words for _, words in natural)
    alike = [widest + 2] * len(natural)
    if room is None or sum(alike) + len(alike) + 1 <= room:
        return alike
    free = [words + 2 for _, words in natural]
    if sum(free) + len(free) + 1 <= room:
        return free
    # Names wrap before payoffs do.
    share = max((room - 1) // len(natural) - 3, _NARROWEST)
    squeezed = [max(payoffs, min(words, share)) + 2 for payoffs, words in natural]
    return [min(size, max(room - 2, _NARROWEST + 2)) for size in squeezed]


def _groups(widths: list[int], room: int | None) -> list[range]:
    """Columns that fit side by side, as ranges."""
    if room is None:
        return [range(len(widths))]
    groups, start, used = [], 0, 1
    for index, width in enumerate(widths):
        if index > start and used + width + 1 > room:
            groups.append(range(start, index))
            start, used = index, 1
        used += width + 1
    return [*groups, range(start, len(widths))]


def _drawn(
    matrix: Matrix,
    cells: list[list[list[Text]]],
    labels: list[list[Text]],
    wide: int,
    widths: list[int],
    group: range,
) -> list[Text]:
    across = sum(widths[index] for index in group) + len(group) - 1
    margin = Piece(" " * (wide + 2))
    player = text(Piece(visible(matrix.column_player), "second strong"))
    lines: list[Text] = [
        (margin, *pad(part, across, "center")) for part in wrap(player, max(across, 2))
    ]
    heads = [wrap(text(visible(matrix.columns[index])), widths[index]) for index in group]
    deep = max(max(map(len, heads)), len(labels[0]))
    for level in range(deep):
        # Names of one line stand right above the matrix, next to the row player's.
        parts: list[Piece] = [*pad(_from_below(labels[0], level, deep), wide + 2)]
        for place, index in enumerate(group):
            line = _from_below(heads[place], level, deep)
            parts += [*pad(line, widths[index], "center"), Piece(" ")]
        lines.append(tuple(parts))
    boxed = [[matrix.cells[row][index].equilibrium for index in group] for row in range(len(cells))]
    inner = [widths[index] for index in group]
    for row, row_cells in enumerate(cells):
        lines.append((Piece(" " * (wide + 1)), *_border(boxed, row, inner)))
        wrapped = [
            [part for line in row_cells[index] for part in wrap(line, widths[index])]
            for index in group
        ]
        lines += _row(boxed, row, inner, wrapped, labels[row + 1], wide)
    lines.append((Piece(" " * (wide + 1)), *_border(boxed, len(cells), inner)))
    return lines


def _from_below(lines: list[Text], level: int, deep: int) -> Text:
    index = level - (deep - len(lines))
    return lines[index] if index >= 0 else ()


def _row(
    boxed: Sequence[Sequence[bool]],
    row: int,
    widths: list[int],
    wrapped: list[list[Text]],
    label: list[Text],
    wide: int,
) -> list[Text]:
    lines: list[Text] = []
    for level in range(max(len(label), *map(len, wrapped))):
        parts: list[Piece] = [*pad(label[level] if level < len(label) else (), wide + 1)]
        for column, width in enumerate(widths):
            parts.append(_wall(boxed, row, column))
            line = wrapped[column][level] if level < len(wrapped[column]) else ()
            parts += pad(line, width, "center")
        lines.append((*parts, _wall(boxed, row, len(widths))))
    return lines


def _wall(boxed: Sequence[Sequence[bool]], row: int, column: int) -> Piece:
    heavy = _vertical(boxed, row, column) == 2
    return Piece("┃", "equilibrium") if heavy else Piece("│", "muted")


def _at(boxed: Sequence[Sequence[bool]], row: int, column: int) -> bool | None:
    if 0 <= row < len(boxed) and 0 <= column < len(boxed[0]):
        return boxed[row][column]
    return None


def _weight(first: bool | None, second: bool | None) -> int:
    """Of the wall between two cells: none outside, heavy around an equilibrium."""
    if first is None and second is None:
        return 0
    return 2 if first or second else 1


def _vertical(boxed: Sequence[Sequence[bool]], row: int, column: int) -> int:
    return _weight(_at(boxed, row, column - 1), _at(boxed, row, column))


def _horizontal(boxed: Sequence[Sequence[bool]], row: int, column: int) -> int:
    return _weight(_at(boxed, row - 1, column), _at(boxed, row, column))


def _border(boxed: Sequence[Sequence[bool]], row: int, widths: list[int]) -> list[Piece]:
    """The line above row ``row`` of cells."""
    pieces: list[Piece] = []
    for column in range(len(widths) + 1):
        arms = (
            _vertical(boxed, row - 1, column),
            _horizontal(boxed, row, column),
            _vertical(boxed, row, column),
            _horizontal(boxed, row, column - 1),
        )
        corner = _BOXES[27 * arms[0] + 9 * arms[1] + 3 * arms[2] + arms[3]]
        pieces.append(Piece(corner, "equilibrium" if 2 in arms else "muted"))
        if column < len(widths):
            heavy = arms[1] == 2
            line = ("━" if heavy else "─") * widths[column]
            pieces.append(Piece(line, "equilibrium" if heavy else "muted"))
    return pieces
