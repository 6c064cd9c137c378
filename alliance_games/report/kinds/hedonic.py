"""A hedonic game drawn: what each player thinks of the others, or of the coalitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from alliance_games.model.hedonic import HedonicGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.report.blocks import Block, Column, Piece, Prose, Table, Text, text
from alliance_games.report.coalition_words import braces, called, partition_words
from alliance_games.report.named.partitions import leaving
from alliance_games.report.words import capital, listed, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.partitions import Partition

MOST_COALITIONS = 4
"""With so many players every coalition is drawn, else (unless ``generous``) each one's best."""

BEST = 4
MOST_NAMED = 3

_TITLES = (
    ("core-stable", "In the core"),
    ("strict-core-stable", "In the strict core"),
    ("nash-stable", "Nash-stable"),
    ("individually-stable", "Individually stable"),
    ("contractually-individually-stable", "Contractually stable"),
)


def draw(game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]:
    """Pair by pair where that says all; else every coalition, or each player's best."""
    assert isinstance(game, HedonicGame)
    if not game.ranked and (pairs := additive(game)) is not None and len(game.players) > 1:
        return [_pairs(game, pairs), Prose(text(Piece(_READ_PAIRS, "muted")))]
    if len(game.players) <= (6 if generous else MOST_COALITIONS) and not game.ranked:
        return [_coalitions(game), Prose(text(Piece(_READ_COALITIONS, "muted")))]
    return [_best(game, generous), Prose(text(Piece(_READ_BEST, "muted")))]


_READ_PAIRS = (
    "Each row is what one player gets from being together with each of the others; a coalition "
    "gives the sum."
)
_READ_COALITIONS = "Each row is a coalition, with what each of its members gets in it."
_READ_BEST = "The coalitions each player likes best, best first; '=' stands between equals."


def additive(game: HedonicGame) -> tuple[tuple[Fraction, ...], ...] | None:
    """What each player adds to each other's utility, where every coalition gives the sum of that
    of its members (and being alone gives nothing); None where some does not."""
    count_of = len(game.players)
    pairs = tuple(
        tuple(
            game.utility(me, 1 << me | 1 << other) if other != me else game.utility(me, 1 << me)
            for other in range(count_of)
        )
        for me in range(count_of)
    )
    if any(pairs[me][me] for me in range(count_of)):
        return None
    for me in range(count_of):
        for coalition in range(1, 1 << count_of):
            if coalition >> me & 1:
                parts = [pairs[me][at] for at in range(count_of) if coalition >> at & 1]
                if game.utility(me, coalition) != sum(parts):
                    return None
    return pairs


def _pairs(game: HedonicGame, pairs: Sequence[Sequence[Fraction]]) -> Table:
    columns = (
        Column(text("With")),
        *(Column(text(Piece(name, "player")), "right") for name in game.players),
    )
    rows = tuple(
        (
            (text(Piece(name, "player")),),
            *((text("" if other == me else number(value)),) for other, value in enumerate(own)),
        )
        for me, (name, own) in enumerate(zip(game.players, pairs, strict=True))
    )
    return Table(columns, rows)


def _coalitions(game: HedonicGame) -> Table:
    columns = (
        Column(text("Coalition")),
        *(Column(text(Piece(name, "player")), "right") for name in game.players),
    )
    rows = []
    for coalition in sorted(range(1, 1 << len(game.players)), key=lambda c: (c.bit_count(), c)):
        cells: list[tuple[Text, ...]] = [(text(braces(game.members(coalition))),)]
        for at in range(len(game.players)):
            inside = coalition >> at & 1
            cells.append((text(number(game.utility(at, coalition)) if inside else ""),))
        rows.append(tuple(cells))
    return Table(columns, tuple(rows))


def _best(game: HedonicGame, generous: bool) -> Table:
    rows = []
    for me, name in enumerate(game.players):
        levels: dict[Fraction, list[int]] = {}
        for coalition in range(1, 1 << len(game.players)):
            if coalition >> me & 1:
                levels.setdefault(game.utility(me, coalition), []).append(coalition)
        ordered = sorted(levels, reverse=True)
        if game.ranked:
            ordered = [level for level in ordered if level]
        shown = ordered if generous else ordered[:BEST]
        lines = [_level(game, level, levels[level]) for level in shown]
        if len(shown) < len(ordered):
            lines.append(text(Piece("...", "muted")))
        rows.append(((text(Piece(name, "player")),), tuple(lines)))
    return Table((Column(text("Player")), Column(text("Likes best"))), tuple(rows))


def _level(game: HedonicGame, value: Fraction, coalitions: Sequence[int]) -> Text:
    shown = [braces(game.members(one)) for one in coalitions[:MOST_NAMED]]
    if len(coalitions) > MOST_NAMED:
        shown.append(f"{len(coalitions) - MOST_NAMED:,} more")
    words = " = ".join(shown)
    return text(words) if game.ranked else text(f"{number(value)}: ", words)


def _stable(answer: CaseAnswer, concept: str) -> list[Partition] | None:
    result = answer.of(concept)
    if result is None:
        return None
    return [one for one in result.solutions if isinstance(one, Partition) and one.is_something]


def _column(concept: str) -> Callable[[CaseAnswer], list[str]]:
    def tell(answer: CaseAnswer) -> list[str]:
        found = _stable(answer, concept)
        if found is None:
            return []
        shown = [partition_words(one.coalitions) for one in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            shown.append(f"{len(found) - MOST_NAMED:,} more")
        return shown or ["none"]

    return tell


COLUMNS = tuple((title, _column(concept)) for concept, title in _TITLES)


def meaning(answer: CaseAnswer) -> list[str]:
    """Which coalitions hold, and the difference between leaving alone and leaving together."""
    sentences = [
        sentence
        for sentence in (_held(answer), _together(answer), _alone(answer), _nothing(answer))
        if sentence
    ]
    return sentences


def _held(answer: CaseAnswer) -> str:
    """What is stable by every standard asked."""
    asked = [found for concept, _ in _TITLES if (found := _stable(answer, concept)) is not None]
    if len(asked) < 2:
        return ""
    by_all = [
        one.coalitions
        for one in asked[0]
        if all(any(one.coalitions == other.coalitions for other in found) for found in asked[1:])
    ]
    if not by_all:
        return ""
    if len(by_all) > MOST_NAMED:
        return f"{len(by_all):,} partitions are stable by every standard asked."
    names = listed(map(called, by_all), "and also")
    verb = "is" if len(by_all) == 1 else "are"
    whom = "nobody, alone or with others,"
    return f"{capital(names)} {verb} stable by every standard asked: {whom} gains by leaving."


def _together(answer: CaseAnswer) -> str:
    """A partition that no one leaves alone, and some leave together."""
    nash, core = _stable(answer, "nash-stable"), answer.of("core-stable")
    if nash is None or core is None:
        return ""
    blocked = {
        one.coalitions: one.leaves
        for one in core.solutions
        if isinstance(one, Partition) and one.leaves is not None
    }
    ranked = _is_ranked(answer)
    for one in nash:
        leaves = blocked.get(one.coalitions)
        if leaves is not None and len(leaves.movers) > 1:
            return (
                f"From {called(one.coalitions)} nobody would go alone, and yet "
                f"{leaving(one, leaves, ranked)}: it holds only while they do not speak with each "
                "other."
            )
    return ""


def _alone(answer: CaseAnswer) -> str:
    """A partition of the core that one player would leave, because she asks nobody."""
    nash, core = answer.of("nash-stable"), _stable(answer, "core-stable")
    if nash is None or not core:
        return ""
    moves = {
        one.coalitions: one.leaves
        for one in nash.solutions
        if isinstance(one, Partition) and one.leaves is not None
    }
    ranked = _is_ranked(answer)
    for one in core:
        leaves = moves.get(one.coalitions)
        if leaves is not None:
            return (
                f"In {called(one.coalitions)} no group can do better by itself, and yet "
                f"{leaving(one, leaves, ranked)}: it holds only where those whom one joins can "
                "refuse."
            )
    return ""


def _is_ranked(answer: CaseAnswer) -> bool:
    game = answer.case.game
    return isinstance(game, HedonicGame) and game.ranked


def _lower(title: str) -> str:
    return title if title.startswith("Nash") else title[:1].lower() + title[1:]


def _nothing(answer: CaseAnswer) -> str:
    without = [title for concept, title in _TITLES if _stable(answer, concept) == []]
    if not without:
        return ""
    which = listed((_lower(title) for title in without), "or")
    return f"No partition is {which}: coalitions are unmade as soon as they are made."
