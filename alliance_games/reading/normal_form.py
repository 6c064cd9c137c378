"""Bodies in normal form: ``payoffs`` as a table or by formula, ``matrix``, outcomes, rankings."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import did_you_mean
from alliance_games.model.tables import NormalTable
from alliance_games.reading.declarations import Players
from alliance_games.reading.desk import Desk, split_names, unquoted
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence
from alliance_games.reading.scope import PAYOFF, PAYOFF_FORMULA, ZERO, listed

if TYPE_CHECKING:
    from alliance_games.model.formulas import NormalFormulas
    from alliance_games.model.rankings import OrdinalTable

MOST_TABLE_PROFILES = 200_000
"""The most profiles of a game that is written out profile by profile."""

Strategies = tuple[tuple[str, ...], ...]
Ending = tuple[tuple[Expression, ...], str]
"""One payoff per player, and the name of the outcome ('' where it has none)."""


class Endings:
    """What stands at a profile or a leaf: payoffs, or the name of an outcome."""

    def __init__(
        self, desk: Desk, players: tuple[str, ...], outcomes: Node | None, ranked: tuple[str, ...]
    ) -> None:
        self.desk, self.players = desk, players
        self.ranked = ranked
        self.named: dict[str, tuple[Expression, ...]] = {}
        self.used: set[str] = set()
        self.keys: list[Scalar] = []
        if outcomes is not None:
            example = "as in  status quo: 0, 0"
            for key, value in desk.mapping(outcomes, "'outcomes'", example):
                self.keys.append(key)
                self.named[key.text] = self.payoffs(value, f"the outcome '{key.text}'")

    def read(self, node: Node, what: str) -> Ending:
        """The ending at a node; zeros, and a fault noted, where it cannot be read."""
        if isinstance(node, Scalar):
            name = unquoted(node).text.strip()
            if name in self.named:
                self.used.add(name)
                return self.named[name], name
            if self.ranked:
                return self._ranked(node, name)
            if self.named and self._looks_like_a_name(node, name):
                self.desk.unknown(node, list(self.named), "unknown-outcome", "outcome")
                return self.zeros, ""
        return self.payoffs(node, what), ""

    @property
    def zeros(self) -> tuple[Expression, ...]:
        """Payoffs that stand for what could not be read."""
        return (ZERO,) * len(self.players)

    def payoffs(self, node: Node, what: str) -> tuple[Expression, ...]:
        """One formula per player."""
        if isinstance(node, Mapping):
            return self._by_player(node, what)
        if isinstance(node, Sequence):
            if len(node.items) == 1 and len(self.players) != 1:
                return self._one_item(node)
            found: tuple[Expression, ...] | None = tuple(
                [self.desk.formula(item, PAYOFF, "a payoff") for item in node.items]
            )
        else:
            text = self.desk.text(node, f"the payoffs of {what}")
            found = None if text is None else self.desk.formulas(text, PAYOFF)
        if found is None:
            return self.zeros
        if len(found) != len(self.players):
            self._arity(len(found), what, node)
            return self.zeros
        return found

    def _ranked(self, node: Scalar, name: str) -> Ending:
        if name in self.ranked:
            self.used.add(name)
        else:
            hint = did_you_mean(name, self.ranked) or f"they rank {listed(self.ranked)}"
            message = f"the rankings of 'ordinal' leave out '{name}'"
            self.desk.fault("unknown-outcome", message, node.span, hint)
        return self.zeros, name

    def _looks_like_a_name(self, node: Scalar, name: str) -> bool:
        """No formula at all, or near an outcome's name."""
        from alliance_games.reading.formula import FormulaError, read_formulas

        if did_you_mean(name, self.named):
            return True
        try:
            formulas = read_formulas(node.text)
        except FormulaError:
            return "," not in name
        return len(formulas) == 1 != len(self.players)

    def _by_player(self, node: Mapping, what: str) -> tuple[Expression, ...]:
        found: dict[str, Expression] = {}
        for key, value in node.entries:
            if self.desk.choose(key, self.players, "unknown-player", "player") is not None:
                found[key.text] = self.desk.formula(value, PAYOFF, "a payoff")
        missing = [player for player in self.players if player not in found]
        if missing:
            message = f"{what} has no payoff for {' and '.join(missing)}"
            self.desk.fault("payoff-count", message, node.span)
        return tuple(found.get(player, ZERO) for player in self.players)

    def _one_item(self, node: Sequence) -> tuple[Expression, ...]:
        """YAML takes ``- cost, 1`` for a list item where a payoff with a minus was meant."""
        item = node.items[0]
        text = f"-{item.text}" if isinstance(item, Scalar) else "-cost, 1"
        self.desk.fault(
            "list-item",
            "YAML takes '- ' at the beginning for a list item, not for a minus",
            node.span,
            f"write {text}",
        )
        return self.zeros

    def _arity(self, number: int, what: str, node: Node) -> None:
        players = len(self.players)
        message = (
            f"{what} has {number} payoff{'s' * (number != 1)} for {players} "
            f"player{'s' * (players != 1)}"
        )
        hint = f"one for each, separated by commas: {listed(self.players)}"
        self.desk.fault("payoff-count", message, node.span, hint)


# payoffs: by profile, or by formula


def read_payoffs(
    desk: Desk,
    at: Scalar,
    node: Node,
    players: Players,
    strategies: Strategies,
    endings: Endings,
) -> NormalTable | NormalFormulas | None:
    """The body under the key ``at``; None where there is nothing to go on with."""
    entries = desk.mapping(node, "'payoffs'", "as in  Stag, Stag: 4, 4")
    if not entries or not players.names or not strategies:
        return None
    keys = {key.text for key, _ in entries}
    if "each" in keys or (len(players.names) > 1 and keys & set(players.names)):
        return _formulas(desk, at, entries, players, strategies)
    if players.crowd or prod(map(len, strategies)) > MOST_TABLE_PROFILES:
        message = "there are too many profiles to list them one by one"
        hint = "write a formula: 'each: if(mine == ..., ..., ...)'"
        desk.fault("too-large", message, at.span, hint)
        return None
    return _table(desk, at, entries, players.names, strategies, endings)


def _formulas(
    desk: Desk,
    at: Scalar,
    entries: list[tuple[Scalar, Node]],
    players: Players,
    strategies: Strategies,
) -> NormalFormulas | None:
    each: Expression | None = None
    own: dict[str, Expression] = {}
    for key, value in entries:
        if key.text == "each" and "each" not in players.names:
            each = desk.formula(value, PAYOFF_FORMULA, "a payoff")
        elif desk.choose(key, ["each", *players.names], "unknown-player", "player") is not None:
            own[key.text] = desk.formula(value, PAYOFF_FORMULA, "a payoff")
    missing = [player for player in players.names if player not in own]
    if each is None and missing:
        message = f"there is no formula for {listed(missing)}"
        hint = "'each:' is the formula of all players who have none of their own"
        desk.fault("missing-formula", message, at.span, hint)
        return None
    if players.crowd and own:
        message = f"where '{players.crowd}' says how many players there are, all have one formula"
        desk.fault("players", message, at.span, "write 'each: ...'")
        return None
    from alliance_games.model.formulas import NormalFormulas

    # One object for all who share it, so that they are seen to share it.
    return NormalFormulas(
        players.names,
        strategies,
        tuple(own.get(player, each or ZERO) for player in players.names),
        players.crowd,
    )


def _table(
    desk: Desk,
    at: Scalar,
    entries: list[tuple[Scalar, Node]],
    players: tuple[str, ...],
    strategies: Strategies,
    endings: Endings,
) -> NormalTable | None:
    found: dict[tuple[str, ...], tuple[Scalar, Ending]] = {}
    unread = 0
    for key, value in entries:
        profile = _profile(desk, key, players, strategies)
        ending = endings.read(value, f"the profile '{key.text}'")
        if profile is None:
            unread += 1
        elif profile in found:
            first = found[profile][0].span.line
            message = f"the profile '{', '.join(profile)}' stands here twice"
            desk.fault("doubled-profile", message, key.span, f"the first is in line {first}")
        else:
            found[profile] = (key, ending)
    endings_by_profile = {profile: ending for profile, (_, ending) in found.items()}
    return _whole_table(desk, at, endings_by_profile, players, strategies, unread)


def _profile(
    desk: Desk, key: Scalar, players: tuple[str, ...], strategies: Strategies
) -> tuple[str, ...] | None:
    parts = split_names(key) if len(players) > 1 else [unquoted(key)]
    if len(parts) != len(players):
        message = (
            f"the profile '{key.text}' has {len(parts)} "
            f"strateg{'y' if len(parts) == 1 else 'ies'} for {len(players)} "
            f"player{'s' * (len(players) != 1)}"
        )
        hint = f"one strategy for each of {listed(players)}"
        desk.fault("profile-length", message, key.span, hint)
        return None
    whole = True
    for part, player, names in zip(parts, players, strategies, strict=True):
        if part.text not in names:
            whole = False
            desk.unknown(part, list(names), "unknown-strategy", f"strategy of {player}")
    return tuple(part.text for part in parts) if whole else None


def _whole_table(
    desk: Desk,
    at: Scalar,
    found: dict[tuple[str, ...], Ending],
    players: tuple[str, ...],
    strategies: Strategies,
    unread: int = 0,
) -> NormalTable | None:
    """The table, if every profile has its ending; ``unread`` profiles were reported already."""
    missing: list[str] = []
    cells, outcomes = [], []
    for profile in product(*strategies):
        ending = found.get(profile)
        if ending is None:
            missing.append(", ".join(profile))
        else:
            cells.append(ending[0])
            outcomes.append(ending[1])
    if missing and len(missing) <= unread:
        return None
    if missing:
        count = len(missing)
        shown = "; ".join(missing[:5]) + ("; ..." if count > 5 else "")
        message = f"{count} profile{'s are' if count > 1 else ' is'} missing: {shown}"
        desk.fault("missing-profile", message, at.span)
        return None
    return NormalTable(players, strategies, tuple(cells), tuple(outcomes) if any(outcomes) else ())


# matrix: as people draw it


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
    lines = [_cells(line) for line in text.lines() if set(line.text) - set("|-+:= ")]
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
    return _whole_table(desk, at, found, players, shape)


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
        return None
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


# ordinal: rankings of named outcomes


def ranked_names(node: Node) -> tuple[str, ...]:
    """Every outcome that some ranking names."""
    names: dict[str, None] = {}
    for _, value in node.entries if isinstance(node, Mapping) else ():
        for item in value.items if isinstance(value, Sequence) else ():
            if isinstance(item, Scalar):
                names.update(dict.fromkeys(part.text for part in _tied(item)))
    return tuple(names)


def read_ordinal(
    desk: Desk, node: Node, table: NormalTable, endings: Endings
) -> OrdinalTable | None:
    """The table's outcomes ranked by each player, best first; '=' ties two."""
    ranks: dict[str, dict[str, int]] = {}
    known = ranked_names(node)
    wanted = [name for name in dict.fromkeys(table.outcomes) if name in known]
    whole = True
    for key, value in desk.mapping(node, "'ordinal'", "as in  Alice: [best, middle = also, worst]"):
        if desk.choose(key, table.players, "unknown-player", "player") is None:
            whole = False
            continue
        ranks[key.text] = _ranking(desk, key, value)
        missing = [name for name in wanted if name not in ranks[key.text]]
        if missing:
            whole = False
            message = f"the ranking of {key.text} leaves out {listed(missing)}"
            desk.fault("missing-outcome", message, key.span)
        for name in ranks[key.text]:
            if name not in table.outcomes:
                desk.warn("unused-outcome", f"no profile leads to '{name}'", key.span)
    without = [player for player in table.players if player not in ranks]
    if without and whole:
        desk.fault("missing-ranking", f"there is no ranking for {listed(without)}", node.span)
    if without or not whole or set(table.outcomes) - set(known):
        return None
    from alliance_games.model.rankings import OrdinalTable

    return OrdinalTable(
        table.players,
        table.strategies,
        table.outcomes,
        tuple(
            tuple(ranks[player][outcome] for outcome in table.outcomes) for player in table.players
        ),
    )


def _tied(item: Scalar) -> list[Scalar]:
    """``a = b``: the outcomes of one rank."""
    parts, start = [], 0
    for position, character in enumerate(item.text):
        if character == "=":
            parts.append(unquoted(item.part(start, position)))
            start = position + 1
    return [*parts, unquoted(item.part(start, len(item.text)))]


def _ranking(desk: Desk, key: Scalar, node: Node) -> dict[str, int]:
    items = desk.items(node, f"the ranking of {key.text}", "best first: [best, middle, worst]")
    ranks: dict[str, int] = {}
    for position, item in enumerate(items):
        text = desk.text(item, "an outcome")
        for name in _tied(text) if text is not None else ():
            if name.text in ranks:
                message = f"'{name.text}' is ranked twice"
                desk.fault("doubled-outcome", message, name.span)
            ranks[name.text] = len(items) - position
    return ranks
