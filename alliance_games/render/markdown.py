"""A report in Markdown (GitHub's flavour: tables), every label escaped."""

from __future__ import annotations

import re

from alliance_games.render.layout import shown, visible
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    Map,
    Matrix,
    Note,
    Plot,
    Prose,
    Table,
    Text,
    Tree,
    plain,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&])")
_AT_START = re.compile(r"^(\s*)([#+\-=>]|\d+(?=[.)]))")

_STRONG = {"strong", "equilibrium", "path", "best-reply", "warning", "title"}


def render(document: Document) -> str:
    """The whole report; it ends with one line break."""
    return "\n\n".join(_block(block) for block in document.blocks) + "\n"


def escape(content: str) -> str:
    """The text so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", visible(content))


def _inline(content: Text) -> str:
    """A text with strong pieces in bold."""
    parts = []
    for piece in content:
        words = escape(piece.text)
        core = words.strip(" ")
        if core and _STRONG & set(piece.role.split()):
            words = words.replace(core, f"**{core}**", 1)
        parts.append(words)
    return "".join(parts)


def _paragraph(content: Text) -> str:
    """A text that stands at the start of a line, where '#', '-' and '1.' would mean something."""
    return _AT_START.sub(_escaped_start, _inline(content))


def _escaped_start(match: re.Match[str]) -> str:
    space, mark = match.groups()
    # A number is made harmless at its dot, anything else at itself.
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _block(block: Block) -> str:
    match block:
        case Heading(content, level):
            return f"{'#' * level} {_inline(tuple(p._replace(role='') for p in content))}"
        case Prose(content):
            return _paragraph(content)
        case Facts(pairs):
            return _facts(pairs)
        case Bullets(items):
            return "\n".join(f"- {_paragraph(item)}" for item in items)
        case Note(content, level):
            mark = "**Warning:** " if level == "warning" else ""
            unstyled = tuple(piece._replace(role="") for piece in content)
            return f"> {mark}{_paragraph(unstyled)}"
        case Table():
            return _table(block)
        case Tree(branches):
            drawn = "\n".join(
                plain(branch.guide) + plain(shown(branch.content)) for branch in branches
            )
            return _fenced(drawn)
        case Matrix():
            return _matrix(block)
        case Plot():
            return _plot(block)
        case Map():
            return _map(block)


def _plot(block: Plot) -> str:
    from alliance_games.render import plot

    lines = [*plot.draw(block, None), *map(shown, plot.legend(block))]
    return _fenced("\n".join(plain(line).rstrip() for line in lines))


def _map(block: Map) -> str:
    from alliance_games.render import map as drawing

    lines = [*drawing.draw(block, None), *map(shown, drawing.legend(block))]
    return _fenced("\n".join(plain(line).rstrip() for line in lines))


def _fenced(content: str) -> str:
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{content}\n{fence}"


def _facts(pairs: tuple[tuple[Text, Text], ...]) -> str:
    """One item per name; further lines of it below each other."""
    items: list[str] = []
    for name, value in pairs:
        label = plain(name).strip()
        if label or not items:
            items.append(
                f"- **{escape(label)}**: {_inline(value)}" if label else f"- {_inline(value)}"
            )
        else:
            items[-1] += f"  \n  {_inline(value)}"
    return "\n".join(items)


def _table(table: Table) -> str:
    heads = [_inline(tuple(p._replace(role="") for p in column.title)) for column in table.columns]
    rules = [
        {"left": ":--", "right": "--:", "center": ":-:"}[column.align] for column in table.columns
    ]
    rows = [["<br>".join(map(_inline, cell)) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rules, *rows])


def _matrix(matrix: Matrix) -> str:
    corner = f"{escape(matrix.row_player)} \\\\ {escape(matrix.column_player)}"
    heads = [corner, *map(escape, matrix.columns)]
    rules = [":--", *(":-:" for _ in matrix.columns)]
    rows = [
        [f"**{escape(name)}**", *map(_cell, cells)]
        for name, cells in zip(matrix.rows, matrix.cells, strict=True)
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in [heads, rules, *rows])
    return f"{_paragraph(matrix.caption)}\n\n{table}" if matrix.caption else table


def _cell(cell: Cell) -> str:
    payoffs = ", ".join(
        f"{escape(payoff.value)}{chr(92) + '*' if payoff.best else ''}" for payoff in cell.payoffs
    )
    if cell.equilibrium:
        payoffs = f"**\\[{payoffs}\\]**"
    lines = [payoffs + ("°" if cell.efficient else "")]
    if any(payoff.beside for payoff in cell.payoffs):
        lines.append(f"({escape(', '.join(payoff.beside for payoff in cell.payoffs))})")
    if cell.outcome:
        lines.append(f"{escape(cell.outcome)}")
    return "<br>".join(lines)
