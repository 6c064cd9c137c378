"""A report as a fragment of HTML, for notebooks; everything in it is escaped."""

from __future__ import annotations

from html import escape

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

_STYLE = """\
<style>
.alliance-games { max-width: 60em; line-height: 1.4; }
.alliance-games table { border-collapse: collapse; margin: .6em 0; }
.alliance-games th, .alliance-games td {
  padding: .15em .7em; vertical-align: top; text-align: left;
}
.alliance-games thead th { border-bottom: 1px solid; }
.alliance-games .ag-matrix td { border: 1px solid #8888; text-align: center; white-space: nowrap; }
.alliance-games .ag-matrix thead th { border: 0; text-align: center; }
.alliance-games .ag-matrix td.ag-boxed { outline: 3px solid #2a7; outline-offset: -2px; }
.alliance-games .ag-best-reply { text-decoration: underline; font-weight: bold; }
.alliance-games .ag-equilibrium, .alliance-games .ag-path { color: #186; font-weight: bold; }
.alliance-games .ag-first { color: #06a; }
.alliance-games .ag-second { color: #a17; }
.alliance-games .ag-third { color: #960; }
.alliance-games .ag-strong { font-weight: bold; }
.alliance-games .ag-muted { opacity: .7; }
.alliance-games .ag-warning { font-weight: bold; color: #a50; }
.alliance-games pre { line-height: 1.25; }
.alliance-games dl { display: grid; grid-template-columns: max-content auto; gap: .1em 1em; }
.alliance-games dt { font-weight: bold; }
.alliance-games dd { margin: 0; }
</style>"""


def render(document: Document) -> str:
    """The whole report in one ``div`` with its own style."""
    body = "\n".join(_block(block) for block in document.blocks)
    return f'<div class="alliance-games">\n{_STYLE}\n{body}\n</div>\n'


def _text(content: Text) -> str:
    return "".join(_piece(piece.text, piece.role) for piece in content)


def _piece(characters: str, role: str) -> str:
    safe = escape(visible(characters))
    if not role:
        return safe
    classes = " ".join(f"ag-{word}" for word in role.split())
    return f'<span class="{classes}">{safe}</span>'


def _block(block: Block) -> str:
    match block:
        case Heading(content, level):
            # A notebook has headings of its own: ours start two levels down.
            return f"<h{level + 2}>{_text(content)}</h{level + 2}>"
        case Prose(content):
            return f"<p>{_text(content)}</p>"
        case Facts(pairs):
            return _facts(pairs)
        case Bullets(items):
            inner = "".join(f"<li>{_text(item)}</li>" for item in items)
            return f"<ul>{inner}</ul>"
        case Note(content, level):
            return (
                f'<p class="ag-{"warning" if level == "warning" else "muted"}">{_text(content)}</p>'
            )
        case Table():
            return _table(block)
        case Tree(branches):
            lines = (_text(branch.guide) + _text(shown(branch.content)) for branch in branches)
            return "<pre>" + "\n".join(lines) + "</pre>"
        case Matrix():
            return _matrix(block)
        case Plot():
            from alliance_games.render import svg

            return svg.plot(block)
        case Map():
            from alliance_games.render import svg

            return svg.map_(block)


def _facts(pairs: tuple[tuple[Text, Text], ...]) -> str:
    items: list[str] = []
    for name, value in pairs:
        if plain(name).strip() or not items:
            items.append(f"<dt>{_text(name)}</dt><dd>{_text(value)}")
        else:
            items[-1] += f"<br>{_text(value)}"
    return f"<dl>{''.join(item + '</dd>' for item in items)}</dl>"


def _table(table: Table) -> str:
    heads = "".join(f"<th>{_text(column.title)}</th>" for column in table.columns)
    rows = "".join(
        "<tr>"
        + "".join(_entry(cell, c.align) for cell, c in zip(row, table.columns, strict=True))
        + "</tr>"
        for row in table.rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _entry(cell: tuple[Text, ...], align: str) -> str:
    style = "" if align == "left" else f' style="text-align: {align}"'
    return f"<td{style}>{'<br>'.join(map(_text, cell))}</td>"


def _matrix(matrix: Matrix) -> str:
    player = _piece(matrix.column_player, "second strong")
    over = f'<tr><th></th><th colspan="{len(matrix.columns)}">{player}</th></tr>'
    heads = "".join(f"<th>{escape(visible(name))}</th>" for name in matrix.columns)
    head = f"<tr><th>{_piece(matrix.row_player, 'first strong')}</th>{heads}</tr>"
    rows = "".join(
        f"<tr><th>{escape(visible(name))}</th>{''.join(map(_cell, cells))}</tr>"
        for name, cells in zip(matrix.rows, matrix.cells, strict=True)
    )
    caption = f"<caption>{_text(matrix.caption)}</caption>" if matrix.caption else ""
    table = f"{caption}<thead>{over}{head}</thead><tbody>{rows}</tbody>"
    return f'<table class="ag-matrix">{table}</table>'


def _cell(cell: Cell) -> str:
    payoffs = []
    for payoff, role in zip(cell.payoffs, ("first", "second", "third"), strict=False):
        marked = f"{role} best-reply" if payoff.best else role
        payoffs.append(_piece(payoff.value + ("*" if payoff.best else ""), marked))
    lines = [", ".join(payoffs) + ("°" if cell.efficient else "")]
    if any(payoff.beside for payoff in cell.payoffs):
        decimals = ", ".join(payoff.beside for payoff in cell.payoffs)
        lines.append(_piece(f"({decimals})", "muted"))
    if cell.outcome:
        lines.append(_piece(cell.outcome, "muted"))
    boxed = ' class="ag-boxed"' if cell.equilibrium else ""
    return f"<td{boxed}>{'<br>'.join(lines)}</td>"
