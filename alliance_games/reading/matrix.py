"""The body ``matrix``: a two-player game as people draw it."""

from __future__ import annotations

from alliance_games.exact.words import did_you_mean, listed
from alliance_games.model.tables import NormalTable
from alliance_games.reading.desk import Desk, unquoted
from alliance_games.reading.endings import Ending, Endings
from alliance_games.reading.nodes import Node, Scalar
from alliance_games.reading.normal_form import Strategies, whole_table


def read_matrix(
    desk: Desk,
    at: Scalar,
    node: Node,
    players: tuple[str, ...],
    strategies: Strategies,
    endings: Endings,
) -> NormalTable | None:
    """``Alice \\ Jack | Stag | Rabbit`` and a line for each of the row player's strategies."""
    text = desk.text(node, "'matrix'")
    if text is None:
        return None
    lines = [_cells(line) for line in text.lines() if _is_drawn(desk, line)]
    if len(lines) < 2:
        message = "a matrix has a line of headings and a line for each row"
        desk.fault("matrix-shape", message, text.span, "write it under 'matrix: |'")
        return None
    header, rows = lines[0], lines[1:]
    order = _matrix_players(desk, header[0], players)
    if order is None:
        return None
    drawn = {
        order[0]: _headings(desk, [row[0] for row in rows], "row"),
        order[1]: _headings(desk, header[1:], "column"),
    }
    if not drawn[0] or not drawn[1]:
        return None
    if strategies and not _as_declared(desk, drawn, strategies, players, rows, header):
        return None
    shape = strategies or (drawn[0], drawn[1])
    found: dict[tuple[str, ...], Ending] = {}
    endings.players = tuple(players[player] for player in order)
    for row in rows:
        if len(row) != len(header):
            message = f"this row has {len(row) - 1} cells, and there are {len(header) - 1} columns"
            desk.fault("matrix-shape", message, row[0].span, "cells are separated by |")
            continue
        for heading, cell in zip(header[1:], row[1:], strict=True):
            what = f"the cell '{row[0].text}, {heading.text}'"
            payoffs, outcome = endings.read(cell, what)
            pair = (unquoted(row[0]).text, unquoted(heading).text)
            if order == (1, 0):
                pair = pair[::-1]
                payoffs = payoffs if outcome else payoffs[::-1]
            found[pair] = (payoffs, outcome)
    endings.players = players
    if any(len(row) != len(header) for row in rows):
        return None
    return whole_table(desk, at, found, players, shape)


def _is_drawn(desk: Desk, line: Scalar) -> bool:
    """Whether a line has cells: neither a rule nor, in vain, a comment."""
    if line.text.startswith("#") and "|" not in line.text:
        message = "a drawing has no comments: YAML reads this as a line of it"
        desk.fault("matrix-shape", message, line.span, "write comments above 'matrix:'")
        return False
    return bool(set(line.text) - set("|-+:= "))


def matrix_players(node: Node) -> tuple[str, ...]:
    """The players a matrix names in its corner, where the file has no 'players:'."""
    if isinstance(node, Scalar) and node.text.strip():
        corner = _cells(node.lines()[0])[0]
        names = tuple(part.strip() for part in corner.text.split("\\"))
        if len(names) == 2 and all(names) and names[0] != names[1]:
            return names
    return ()


def _cells(line: Scalar) -> list[Scalar]:
    """The cells of a line; bars at its very ends are decoration."""
    text = line.text
    start = 1 if text.startswith("|") else 0
    end = len(text) - 1 if text.endswith("|") and len(text) > 1 else len(text)
    cells = []
    while True:
        bar = text.find("|", start, end)
        cells.append(line.part(start, end if bar < 0 else bar))
        if bar < 0:
            return cells
        start = bar + 1


def _matrix_players(desk: Desk, corner: Scalar, players: tuple[str, ...]) -> tuple[int, int] | None:
    """Which player has the rows and which the columns."""
    first, slash, second = corner.text.partition("\\")
    names = (first.strip(), second.strip())
    if not slash:
        example = " \\ ".join(players[:2]) or "Alice \\ Jack"
        hint = f"as in  {example} | ... | ..."
        message = "the first cell names the row player and the column player"
        desk.fault("matrix-players", message, corner.span, hint)
        return None
    if len(players) != 2:
        message = f"a matrix is for two players, and there are {len(players)}"
        desk.fault("matrix-players", message, corner.span, "write the table under 'payoffs:'")
        return None
    if set(names) != set(players):
        unknown = next((name for name in names if name not in players), names[0])
        hint = did_you_mean(unknown, players) or f"the players are {listed(players)}"
        desk.fault("unknown-player", f"there is no player '{unknown}'", corner.span, hint)
        # The one who is known has a place; the rest of the drawing is read for its faults.
        return (1, 0) if names[0] == players[1] or names[1] == players[0] else (0, 1)
    return (0, 1) if names == players else (1, 0)


def _headings(desk: Desk, cells: list[Scalar], what: str) -> tuple[str, ...]:
    """The strategies a matrix's headings name; () where they are faulty."""
    names: list[str] = []
    for cell in cells:
        name = unquoted(cell).text
        if not name:
            desk.fault("matrix-shape", f"a {what} has no name", cell.span)
            return ()
        if name in names:
            message = f"there are two {what}s called '{name}'"
            desk.fault("doubled-name", message, cell.span)
            return ()
        names.append(name)
    return tuple(names)


def _as_declared(
    desk: Desk,
    drawn: dict[int, tuple[str, ...]],
    strategies: Strategies,
    players: tuple[str, ...],
    rows: list[list[Scalar]],
    header: list[Scalar],
) -> bool:
    whole = True
    cells = {name.text: name for name in [*(row[0] for row in rows), *header[1:]]}
    for player, names in drawn.items():
        for name in names:
            if name not in strategies[player]:
                whole = False
                cell = cells.get(name, header[0])
                what = f"strategy of {players[player]}"
                desk.unknown(cell, list(strategies[player]), "unknown-strategy", what)
    return whole
