"""Values, cores and power in tables of shares, and sentences on what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from alliance_games.report.blocks import Block, Column, Piece, Prose, Table, Text, text
from alliance_games.report.words import beside, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.cooperative import Value
from alliance_games.results.records import Record
from alliance_games.results.result import Result

MOST_ROWS = 40


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """What stands under the concept's heading."""
    found: list[Block] = []
    for one in result.solutions:
        if isinstance(one, Record):
            found += _WRITERS[type(one)](one, answer)
    return found


def table_of_shares(
    columns: Sequence[tuple[str, Mapping[str, Fraction]]],
) -> list[Block]:
    """One row a player and one column a division; beside fractions their decimals."""
    players = list(columns[0][1])
    heads = [Column(text("Player"))]
    for title, _ in columns:
        heads += [Column(text(title), "right"), Column((), "right")]
    rows = []
    for player in players[:MOST_ROWS]:
        row: list[tuple[Text, ...]] = [(text(Piece(player, "player")),)]
        for _, shares in columns:
            row += [
                (text(number(shares[player])),),
                (text(Piece(beside(shares[player]), "muted")),),
            ]
        rows.append(tuple(row))
    blocks: list[Block] = [Table(tuple(heads), tuple(rows))]
    if len(players) > MOST_ROWS:
        more = f"{len(players) - MOST_ROWS} more players; --format json has them all."
        blocks.append(Prose(text(Piece(more, "muted"))))
    return blocks


def _value(one: Value, answer: CaseAnswer) -> list[Block]:
    return table_of_shares([("Share", one.shares)])


_WRITERS: dict[type, Callable[[Any, CaseAnswer], list[Block]]] = {
    Value: _value,
}
