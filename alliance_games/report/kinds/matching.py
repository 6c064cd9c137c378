"""A matching market drawn: each player's list, and how many places there are."""

from __future__ import annotations

from alliance_games.model.matching import MatchingMarket
from alliance_games.model.other_forms import OtherForm
from alliance_games.report.blocks import Block, Column, Piece, Table, text
from alliance_games.report.coalition_words import several
from alliance_games.report.named.matching import ends, matched_words
from alliance_games.report.words import count
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.matching import StableMatching

MOST_NAMED = 4
MOST_DRAWN = 60


def draw(game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]:
    """One table a side."""
    assert isinstance(game, MatchingMarket)
    blocks: list[Block] = []
    for second, side in zip((False, True), game.sides, strict=True):
        players = game.side(second)
        places = any(game.quotas[at] != 1 for at in players)
        rows = []
        for at in players if generous else players[:MOST_DRAWN]:
            wanted = ", ".join(game.names(game.lists[at])) or "nobody"
            cells = [(text(Piece(game.players[at], "player")),)]
            if places:
                cells.append((text(str(game.quotas[at])),))
            rows.append((*cells, (text(wanted),)))
        columns = [Column(text(side))]
        if places:
            columns.append(Column(text("Places"), "right"))
        columns.append(Column(text("Would have, best first")))
        blocks.append(Table(tuple(columns), tuple(rows)))
    return blocks


def _stable(answer: CaseAnswer) -> list[StableMatching]:
    result = answer.of("stable-matching")
    found = result.solutions if result is not None else ()
    return [one for one in found if isinstance(one, StableMatching)]


def _column(answer: CaseAnswer) -> list[str]:
    game = answer.case.game
    assert isinstance(game, MatchingMarket)
    found = _stable(answer)
    shown = [matched_words(one.partners, game) for one in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        shown.append(f"{len(found) - MOST_NAMED:,} more")
    return shown


COLUMNS = (("Stable matchings", _column),)


def meaning(answer: CaseAnswer) -> list[str]:
    """Whether who proposes matters, to whom, and who stays alone."""
    game = answer.case.game
    assert isinstance(game, MatchingMarket)
    found = _stable(answer)
    if not found:
        return []
    sentences = []
    if len(found) == 1:
        sentences.append(
            f"There is one stable matching, {matched_words(found[0].partners, game)}: it makes no "
            f"difference whether {game.sides[0]} or {game.sides[1]} make the offers."
        )
    elif (both := ends(found, game)) is not None:
        changed = [
            name for name in game.players if both[0].partners[name] != both[1].partners[name]
        ]
        first = [name for name in changed if game.players.index(name) < game.border]
        second = [name for name in changed if name not in first]
        sentences.append(
            f"There are {count(len(found), 'stable matching')}, and who makes the offers matters: "
            f"where {game.sides[0]} do, {several(first)} do best and {several(second)} worst; "
            f"where {game.sides[1]} do, it is the other way round."
        )
    alone = [name for name, own in found[0].partners.items() if not own]
    if alone:
        verb = "stays" if len(alone) == 1 else "stay"
        where = "every stable matching" if len(found) > 1 else "it"
        sentences.append(f"{several(alone)} {verb} alone in {where} (as always, the same ones).")
    return sentences
