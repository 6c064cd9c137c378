"""Texts on a grid of characters: how wide they are, where they break, how they are padded."""

from __future__ import annotations

from alliance_games.report.blocks import Piece, Text

_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **{code: f"\\x{code:02x}" for code in range(0x80, 0xA0)},
    **{
        code: f"\\u{code:04x}"
        for code in (0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
    },
}
"""Characters that would move the cursor, colour the screen or reorder the line, made visible."""


def visible(content: str) -> str:
    """The text with control characters shown as pictures: nothing a label holds can act."""
    if content.isascii() and content.isprintable():
        return content
    shown = content.translate(_CONTROLS)
    if not shown.isprintable():
        # A lone surrogate cannot be written to a stream at all.
        shown = "".join(f"\\u{ord(c):04x}" if 0xD800 <= ord(c) < 0xE000 else c for c in shown)
    return shown


def characters_wide(content: str) -> int:
    """The number of terminal cells the text takes; East-Asian wide characters take two."""
    if content.isascii() or all(_is_narrow(character) for character in content):
        return len(content)
    from rich.cells import cell_len

    return cell_len(content)


def _is_narrow(character: str) -> bool:
    """Letters of Latin script, Greek and Cyrillic, punctuation, arrows, signs and boxes: one cell.

    Decided here so that a report in these scripts does not wait for rich to load."""
    return (
        character < "\u0300"
        or "\u0370" <= character < "\u0483"
        or "\u2010" <= character < "\u2028"
        or "\u2190" <= character < "\u231a"
        or "\u2400" <= character < "\u25fd"
    )


def width_of(content: Text) -> int:
    """The number of terminal cells a text takes."""
    return sum(characters_wide(piece.text) for piece in content)


def shown(content: Text) -> Text:
    """The text with what cannot be printed made visible."""
    return tuple(Piece(visible(piece.text), piece.role) for piece in content)


def pad(content: Text, width: int, align: str = "left") -> Text:
    """The text with spaces around it, ``width`` cells wide (or as it is, if wider)."""
    space = width - width_of(content)
    if space <= 0:
        return content
    if align == "right":
        return (Piece(" " * space), *content)
    if align == "center":
        left = space // 2
        return (Piece(" " * left), *content, Piece(" " * (space - left)))
    return (*content, Piece(" " * space))


def wrap(content: Text, width: int | None) -> list[Text]:
    """The text in lines of at most ``width`` cells, broken at spaces, long words folded.

    Nothing is left out but the space a line is broken at. None is no limit.
    """
    if width is None or width_of(content) <= width:
        return [content]
    width = max(width, 2)
    lines: list[list[Piece]] = [[]]
    used = 0
    for word in _words(content):
        size = width_of(word)
        if word[0].text[0] == " ":
            fits = used + size <= width
        elif size > width:
            for part in _folded(word, width):
                if used:
                    lines.append([])
                lines[-1].extend(part)
                used = width_of(part)
            continue
        else:
            fits = not used or used + size <= width
        if not fits:
            lines.append([])
            used = 0
            if word[0].text[0] == " ":
                continue
        lines[-1].extend(word)
        used += size
    return [line for line in map(_without_tail, lines) if line] or [()]


def _without_tail(line: list[Piece]) -> Text:
    while line and line[-1].text.isspace():
        line.pop()
    return tuple(line)


def _words(content: Text) -> list[Text]:
    """Words and the spaces between them, in order; a word may change its role midway."""
    words: list[list[Piece]] = []
    blank: bool | None = None
    for piece in content:
        start = 0
        for index in range(1, len(piece.text) + 1):
            is_blank = piece.text[index - 1] == " "
            if index < len(piece.text) and (piece.text[index] == " ") == is_blank:
                continue
            if is_blank != blank:
                words.append([])
                blank = is_blank
            words[-1].append(Piece(piece.text[start:index], piece.role))
            start = index
    return [tuple(word) for word in words]


def _folded(word: Text, width: int) -> list[Text]:
    """A word in parts of at most ``width`` cells."""
    parts: list[list[Piece]] = [[]]
    used = 0
    for piece in word:
        start = 0
        for index, character in enumerate(piece.text):
            wide = characters_wide(character)
            if used + wide > width:
                if index > start:
                    parts[-1].append(Piece(piece.text[start:index], piece.role))
                parts.append([])
                start, used = index, 0
            used += wide
        parts[-1].append(Piece(piece.text[start:], piece.role))
    return [tuple(part) for part in parts]
