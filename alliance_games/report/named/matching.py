"""Reports on matchings: the stable ones between the two ends, and the rounds of proposals."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.matching import MatchingMarket
from alliance_games.report.blocks import Block, Column, Heading, Piece, Prose, Table, Text, text
from alliance_games.report.coalition_words import several
from alliance_games.report.words import listed, ordinal
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.matching import (
    DeferredAcceptance,
    Partners,
    Proposals,
    StableMatching,
    Turn,
)
from alliance_games.results.result import Result

MOST_ROWS = 30
MOST_ROUNDS = 30
MOST_PAIRS = 20
"""Of so many players of a side each one's partners are written out; JSON has them all."""


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """Stable matchings side by side with what each gets, or the rounds of each side's proposals."""
    game = answer.case.game
    assert isinstance(game, MatchingMarket)
    found: list[Block] = []
    stable = [one for one in result.solutions if isinstance(one, StableMatching)]
    if stable:
        found += _stable(stable, game)
    for one in result.solutions:
        if isinstance(one, DeferredAcceptance):
            found += _rounds(one, game)
    return found


def matched_words(partners: Partners, game: MatchingMarket) -> str:
    """``US: ISR, JOR; USSR: EGY, IRQ``, by the players of the side that has the larger quotas."""
    second = max(game.quotas[game.border :], default=1) > max(game.quotas[: game.border], default=1)
    names = game.names(game.side(second))
    parts = [f"{name}: {', '.join(partners[name]) or 'nobody'}" for name in names[:MOST_PAIRS]]
    if len(names) > MOST_PAIRS:
        parts.append(f"{len(names) - MOST_PAIRS:,} more")
    return "; ".join(parts)


def ends(
    found: Sequence[StableMatching], game: MatchingMarket
) -> tuple[StableMatching, StableMatching] | None:
    """The matchings best for the first side and for the second."""
    best = [next((one for one in found if side in one.best_for), None) for side in game.sides]
    if best[0] is None or best[1] is None:
        return None
    return best[0], best[1]


def _stable(stable: Sequence[StableMatching], game: MatchingMarket) -> list[Block]:
    rows = []
    for place, one in enumerate(stable[:MOST_ROWS], 1):
        best = f"best for {listed(one.best_for)}" if one.best_for else ""
        rows.append(
            (
                (text(str(place)),),
                (text(matched_words(one.partners, game)),),
                tuple(text(line) for line in _places(one.partners, game)),
                (text(best),),
            )
        )
    columns = (
        Column(text("#"), "right"),
        Column(text("Matching")),
        Column(text("Everybody's place on their list")),
        Column(text("")),
    )
    found: list[Block] = [Table(columns, tuple(rows))]
    if len(stable) > MOST_ROWS:
        more = f"{len(stable) - MOST_ROWS:,} more are not shown; --format json has them all."
        found.append(Prose(text(more)))
    return found


def _places(partners: Partners, game: MatchingMarket) -> list[str]:
    """A line a side: ``US 1st, 2nd; USSR 1st, 2nd``."""
    lines = []
    for second in (False, True):
        parts = []
        for at in game.side(second):
            name = game.players[at]
            own = [game.lists[at].index(game.players.index(one)) + 1 for one in partners[name]]
            parts.append(f"{name} {', '.join(map(ordinal, own)) or 'alone'}")
        if len(parts) > MOST_PAIRS:
            parts = [*parts[:MOST_PAIRS], f"{len(parts) - MOST_PAIRS:,} more"]
        lines.append("; ".join(parts))
    return lines


def _rounds(one: DeferredAcceptance, game: MatchingMarket) -> list[Block]:
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for place, each in enumerate(one.rounds[:MOST_ROUNDS], 1):
        made, refused = _told(each)
        rows.append(((text(str(place)),), (text(made),), (text(refused or "nobody"),)))
    columns = (Column(text("Round"), "right"), Column(text("Propose")), Column(text("Are refused")))
    title = Heading(text(Piece(f"{one.proposing} proposing", "strong")), 4)
    end = Prose(text(Piece("It ends with ", "strong"), matched_words(one.partners, game), "."))
    if len(one.rounds) > MOST_ROUNDS:
        more = (
            f"{len(one.rounds) - MOST_ROUNDS:,} more rounds are not shown; --format json has all."
        )
        return [title, Table(columns, tuple(rows)), Prose(text(more)), end]
    if not rows:
        return [title, Prose(text("Nobody has anyone to propose to."))]
    return [title, Table(columns, tuple(rows)), end]


def _told(each: Proposals) -> tuple[str, str]:
    """``US to ISR and JOR; USSR to EGY``, and ``USSR by ISR``."""
    return _grouped(each.made, "to"), _grouped(each.refused, "by")


def _grouped(turns: Sequence[Turn], word: str) -> str:
    by: dict[str, list[str]] = {}
    for turn in turns:
        by.setdefault(turn.proposer, []).append(turn.receiver)
    told = [f"{name} {word} {several(others)}" for name, others in by.items()]
    if len(told) > MOST_PAIRS:
        told = [*told[:MOST_PAIRS], f"{len(told) - MOST_PAIRS:,} more"]
    return "; ".join(told)
