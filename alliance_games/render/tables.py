"""Tables that fit: columns shrink and wrap, and stand as records where even that is too wide."""

from __future__ import annotations

from alliance_games.render.layout import characters_wide, pad, shown, width_of, wrap
from alliance_games.report.blocks import Piece, Table, Text, text

_GAP = 2
_NARROWEST = 6
_WIDEST_WORD = 18
"""A column is not made narrower than its longest word, up to this many cells (or a third of the
width, where the columns then fit: half a name or half a fraction is hard to read and to copy)."""

Cell = tuple[Text, ...]


def draw(table: Table, width: int | None) -> list[Text]:
    """The table in lines of at most ``width`` cells; nothing in it is cut."""
    heads = [shown(column.title) for column in table.columns]
    rows = [[tuple(map(shown, cell)) for cell in row] for row in table.rows]
    natural = [
        max([width_of(head), *(width_of(line) for row in rows for line in row[index])])
        for index, head in enumerate(heads)
    ]
    widths = natural if width is None else _fitted(heads, rows, natural, width)
    if widths is None:
        return _records(heads, rows, width)
    aligns = [column.align for column in table.columns]
    lines: list[Text] = []
    if any(heads):
        titled = tuple((tuple(Piece(p.text, p.role or "strong") for p in head),) for head in heads)
        lines += _row(titled, widths, aligns)
        lines.append((Piece("─" * (sum(widths) + _GAP * (len(widths) - 1)), "muted"),))
    for row in rows:
        lines += _row(tuple(row), widths, aligns)
    return lines


def _fitted(
    heads: list[Text], rows: list[list[Cell]], natural: list[int], width: int
) -> list[int] | None:
    """Column widths that fit in ``width``, the widest columns giving way first; None if none do."""
    longest = [_longest_word(head, rows, index) for index, head in enumerate(heads)]
    room = width - _GAP * (len(natural) - 1)
    for most in (max(width // 3, _WIDEST_WORD), _WIDEST_WORD):
        least = [
            min(size, max(_NARROWEST, min(word, most)))
            for size, word in zip(natural, longest, strict=True)
        ]
        if sum(least) <= room:
            break
    else:
        return None
    widths = list(natural)
    while sum(widths) > room:
        widest = max(
            (index for index in range(len(widths)) if widths[index] > least[index]),
            key=lambda index: widths[index],
        )
        widths[widest] -= 1
    return widths


def _longest_word(head: Text, rows: list[list[Cell]], index: int) -> int:
    texts = [head, *(line for row in rows for line in row[index])]
    return max(
        (
            characters_wide(word)
            for content in texts
            for word in "".join(piece.text for piece in content).split(" ")
        ),
        default=0,
    )


def _row(cells: tuple[Cell, ...], widths: list[int], aligns: list[str]) -> list[Text]:
    wrapped = [
        [part for line in cell for part in wrap(line, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    lines: list[Text] = []
    for level in range(max(map(len, wrapped), default=0)):
        parts: list[Piece] = []
        for index, column in enumerate(wrapped):
            line = column[level] if level < len(column) else ()
            parts += pad(line, widths[index], aligns[index])
            if index + 1 < len(wrapped):
                parts.append(Piece(" " * _GAP))
        lines.append(tuple(parts))
    return lines


def _records(heads: list[Text], rows: list[list[Cell]], width: int | None) -> list[Text]:
    """One line per cell, each under the name of its column."""
    lines: list[Text] = []
    for number, row in enumerate(rows):
        if number:
            lines.append(())
        for head, cell in zip(heads, row, strict=True):
            filled = [line for line in cell if line]
            if not filled:
                continue
            title = tuple(Piece(piece.text, piece.role or "strong") for piece in head)
            if len(filled) == 1:
                lines += wrap(text(title, ": " if title else "", filled[0]), width)
            else:
                lines += wrap(text(title, ":"), width) if title else []
                for line in filled:
                    inset = None if width is None else width - 2
                    lines += [(Piece("  "), *part) for part in wrap(line, inset)]
    return lines
