"""A report on a terminal, or as plain text on a pipe.

On a terminal everything wraps to its width and nothing is cut. On a pipe lines are as long as they
need to be, and no control code is written. rich writes the colours and is loaded for them alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from alliance_games.render import grid, tables
from alliance_games.render.layout import pad, shown, width_of, wrap
from alliance_games.report.blocks import (
    Block,
    Branch,
    Bullets,
    Document,
    Facts,
    Heading,
    Map,
    Matrix,
    Note,
    Piece,
    Plot,
    Prose,
    Table,
    Text,
    Tree,
    text,
)

NARROWEST = 20
"""Narrower terminals are treated as this wide."""

_STYLES = {
    "equilibrium": "bold green",
    "path": "bold green",
    "best-reply": "bold underline",
    "player": "cyan",
    "first": "cyan",
    "second": "magenta",
    "third": "yellow",
    "strategy": "",
    "strong": "bold",
    "muted": "dim",
    "warning": "bold yellow",
    "title": "bold",
}

_ASCII = str.maketrans(
    {
        **dict.fromkeys("╴╷┐╶─┌┬╵┘┤└┴├┼", "+"),
        "─": "-",
        "│": "|",
        "━": "=",
        "═": "=",
        "┃": "#",
        **dict.fromkeys("╸┑╻┒┓╾┭┎┰┱╺╼┍┮┯┏┲┳┙┥╽┧┪┵┽┟╁╅┕┶┷┝┾┿┢╆╈╹┚┛╿┦┩┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋╞╘", "#"),
        "►": ">",
        **dict(zip("→↗↑↖←↙↓↘●■▲◆○□△◇", ">/^\\</v\\*#A%o+ad", strict=True)),
        "≈": "~",
        "·": "-",
        "•": "*",
        "×": "x",
        "°": "'",
        "≥": ">=",
        "≤": "<=",
        "–": "-",
    }
)
"""Our own signs on a stream that cannot write them; anything else is written as an escape."""


def settings(
    stream: TextIO, *, color: bool | None = None, environment: Mapping[str, str] = os.environ
) -> tuple[int | None, bool]:
    """The width to wrap at (None on a pipe) and whether to colour, for a stream.

    ``color`` decides where it is given; else NO_COLOR, FORCE_COLOR and TERM=dumb do, then whether
    the stream is a terminal. The width of a terminal may be overridden by COLUMNS.
    """
    terminal = stream.isatty()
    if color is None:
        if environment.get("NO_COLOR"):
            color = False
        elif environment.get("FORCE_COLOR"):
            color = environment["FORCE_COLOR"] != "0"
        else:
            color = terminal and environment.get("TERM") != "dumb"
    if not terminal:
        return None, color
    columns = environment.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns), color
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80, color
    except (OSError, ValueError):
        return 80, color


def render(
    document: Document,
    stream: TextIO | None = None,
    *,
    width: int | None = None,
    color: bool = False,
) -> None:
    """Write the report to ``stream`` (standard output). ``width`` None never wraps a line."""
    stream = sys.stdout if stream is None else stream
    content = lines(document, width)
    if color:
        _write_colored(content, stream)
    else:
        stream.write(_encodable(_characters(content), stream))


def to_text(document: Document, width: int | None = None) -> str:
    """The report as plain text, without colours, in lines of at most ``width`` cells."""
    return _characters(lines(document, width))


def lines(document: Document, width: int | None = None) -> list[Text]:
    """The report as lines of text, none ending in a space."""
    if width is not None:
        width = max(width, NARROWEST)
    result: list[Text] = []
    before: Block | None = None
    for block in document.blocks:
        if before is not None and not _close(before, block):
            result.append(())
        result += _block(block, width)
        before = block
    return [_trimmed(line) for line in result]


def _close(before: Block, block: Block) -> bool:
    """Whether two blocks stand together without an empty line."""
    if isinstance(before, Note) and isinstance(block, Note):
        return True
    return isinstance(before, Heading) and before.level > 1 and not isinstance(block, Heading)


def _block(block: Block, width: int | None) -> list[Text]:
    match block:
        case Heading(content, level):
            return _heading(shown(content), level, width)
        case Prose(content):
            return wrap(shown(content), width)
        case Facts(pairs):
            return _facts(pairs, width)
        case Bullets(items):
            return [line for item in items for line in _hanging("• ", shown(item), width)]
        case Note(content, level):
            mark = "! " if level == "warning" else ""
            role = "warning" if level == "warning" else "muted"
            colored = tuple(Piece(piece.text, piece.role or role) for piece in shown(content))
            return _hanging(mark, colored, width, role)
        case Table():
            return tables.draw(block, width)
        case Tree(branches):
            return [line for branch in branches for line in _branch(branch, width)]
        case Matrix():
            return grid.draw(block, width)
        case Plot():
            return _plot(block, width)
        case Map():
            return _map(block, width)


def _plot(block: Plot, width: int | None) -> list[Text]:
    from alliance_games.render import plot

    named = [line for one in plot.legend(block) for line in wrap(shown(one), width)]
    return [*plot.draw(block, width), *named]


def _map(block: Map, width: int | None) -> list[Text]:
    from alliance_games.render import map as drawing

    named = [line for one in drawing.legend(block) for line in wrap(shown(one), width)]
    return [*drawing.draw(block, width), *named]


def _heading(content: Text, level: int, width: int | None) -> list[Text]:
    if level > 3:
        return wrap(content, width)
    titled = tuple(Piece(piece.text, f"{piece.role} title".strip()) for piece in content)
    parts = wrap(titled, width)
    if level > 2:
        return parts
    rule = "═" if level == 1 else "─"
    return [*parts, (Piece(rule * max(map(width_of, parts)), "muted"),)]


def _facts(pairs: Iterable[tuple[Text, Text]], width: int | None) -> list[Text]:
    named = [(shown(name), shown(value)) for name, value in pairs]
    widest = max((width_of(name) for name, _ in named), default=0)
    if width is not None and widest > width // 3:
        return [
            line
            for name, value in named
            for line in _hanging(
                "" if name else "  ", text(name, ": " if name else "", value), width
            )
        ]
    result: list[Text] = []
    for name, value in named:
        parts = wrap(value, None if width is None else width - widest - 2)
        for index, part in enumerate(parts):
            head = pad(name if index == 0 else (), widest + 2)
            result.append((*head, *part))
    return result


def _hanging(mark: str, content: Text, width: int | None, role: str = "muted") -> list[Text]:
    """A text behind a mark, its further lines set in by the mark's width."""
    parts = wrap(content, None if width is None else width - len(mark))
    return [
        ((Piece(mark, role) if index == 0 else Piece(" " * len(mark))), *part)
        for index, part in enumerate(parts)
    ]


def _branch(branch: Branch, width: int | None) -> list[Text]:
    arms, hang = branch.guide, branch.hang
    if width is not None and width_of(arms) > width // 2:
        arms = tuple(Piece(_narrowed(piece.text), piece.role) for piece in arms)
        hang = _narrowed(hang)
    room = None if width is None else max(width - width_of(arms), 2)
    parts = wrap(shown(branch.content), room)
    return [
        (*(arms if index == 0 else (Piece(hang, "muted"),)), *part)
        for index, part in enumerate(parts)
    ]


def _narrowed(guide: str) -> str:
    """A tree's guide with two cells a level instead of four, for narrow terminals."""
    levels = (guide[start : start + 4] for start in range(0, len(guide), 4))
    return "".join(level[0] + level[2] for level in levels)


def _trimmed(line: Text) -> Text:
    pieces = list(line)
    while pieces and not pieces[-1].text.rstrip(" "):
        pieces.pop()
    if pieces:
        pieces[-1] = Piece(pieces[-1].text.rstrip(" "), pieces[-1].role)
    return tuple(pieces)


def _characters(content: list[Text]) -> str:
    return "".join("".join(piece.text for piece in line) + "\n" for line in content)


def _encodable(characters: str, stream: TextIO) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        characters.encode(encoding)
    except UnicodeEncodeError:
        return characters.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)
    return characters


def _write_colored(content: list[Text], stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text as RichText

    # Only a style name ever reaches rich; labels go in as Text, which knows no markup.
    drawn = RichText(no_wrap=True, overflow="ignore", end="")
    for line in content:
        for characters, role in line:
            style = " ".join(filter(None, (_STYLES[word] for word in role.split())))
            drawn.append(_encodable(characters, stream), style or None)
        drawn.append("\n")
    console = Console(
        file=stream, force_terminal=True, highlight=False, markup=False, emoji=False, no_color=False
    )
    console.print(drawn, soft_wrap=True, crop=False, end="")
