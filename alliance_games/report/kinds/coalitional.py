"""Cooperative games: what coalitions are worth, drawn and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from alliance_games.model.coalitional import CoalitionalGame, by_size
from alliance_games.model.other_forms import OtherForm
from alliance_games.report.blocks import Block, Column, Facts, Piece, Prose, Table, Text, text
from alliance_games.report.words import amount, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.cooperative import Value

MOST_DRAWN = 32
"""Coalitions of a game that is drawn whole; ten times as many where it is to be generous."""


def draw(game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]:
    """The weights and the quota of a vote, else the worth of each coalition."""
    assert isinstance(game, CoalitionalGame)
    blocks: list[Block] = []
    if game.vote is not None:
        blocks += _vote(game, generous)
    else:
        blocks.append(_worths(game, MOST_DRAWN * (10 if generous else 1)))
    if game.blocs:
        blocs = "; ".join("{" + ", ".join(game.players[i] for i in b) + "}" for b in game.blocs)
        blocks.append(Prose(text("Blocs: ", Piece(blocs, "player"))))
    return blocks


def _vote(game: CoalitionalGame, generous: bool) -> list[Block]:
    vote = game.vote
    assert vote is not None
    total = sum(vote.weights, Fraction(0))
    rule = f"more than {amount(vote.quota)}" if vote.strict else f"at least {amount(vote.quota)}"
    said = f"A coalition wins with a weight of {rule} out of {amount(total)}; a win is worth 1."
    rows = [
        ((text(Piece(player, "player")),), (text(number(weight)),))
        for player, weight in zip(game.players, vote.weights, strict=True)
    ]
    shown = rows if generous else rows[:MOST_DRAWN]
    columns = (Column(text("Player")), Column(text("Weight"), "right"))
    blocks: list[Block] = [Prose(text(said)), Table(columns, tuple(shown))]
    if len(shown) < len(rows):
        blocks.append(Prose(text(Piece(f"{len(rows) - len(shown)} more players.", "muted"))))
    return blocks


def _worths(game: CoalitionalGame, most: int) -> Block:
    if 1 << len(game.players) > most:
        return _worths_in_short(game)
    columns = (Column(text("Coalition")), Column(text("Worth"), "right"))
    rows = [
        ((text(Piece(", ".join(game.names(one)), "player")),), (text(amount(game.worth(one))),))
        for one in by_size(len(game.players))
    ]
    return Table(columns, tuple(rows))


def _worths_in_short(game: CoalitionalGame) -> Block:
    """Alone, and all together, where coalitions are too many to show."""
    pairs: list[tuple[Text, Text]] = [
        (text(Piece(f"{player} alone", "player")), text(amount(game.worth(1 << place))))
        for place, player in enumerate(game.players)
    ]
    pairs.append((text(Piece("all together", "player")), text(amount(game.worth(game.everybody)))))
    return Facts(tuple(pairs))


def meaning(answer: CaseAnswer) -> list[str]:
    """What the answers say together."""
    return []


def _shares(concept: str) -> Callable[[CaseAnswer], list[str]]:
    def tell(answer: CaseAnswer) -> list[str]:
        result = answer.of(concept)
        values = [one for one in result.solutions if isinstance(one, Value)] if result else []
        return [f"{name}: {amount(share)}" for one in values for name, share in one.shares.items()]

    return tell


COLUMNS: Sequence[tuple[str, Callable[[CaseAnswer], list[str]]]] = (
    ("Shapley value", _shares("shapley-value")),
)
