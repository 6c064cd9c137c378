"""What a mediator may recommend, as tables: who is told what, how often, and what it brings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.report.blocks import Block, Column, Note, Piece, Prose, Table, Text, text
from alliance_games.report.findings import counted
from alliance_games.report.mixtures import Lines, aside, payoff_lines
from alliance_games.report.words import listed, number, profile_words
from alliance_games.results.mediated_solutions import Distribution
from alliance_games.results.solutions import CountPoint

MOST_CORNERS = 20
"""So many extreme points are shown; the machine formats list them all."""

MOST_PLAYS = 16
"""So many profiles are shown of one distribution, the most likely ones."""


def distributions(
    solutions: Sequence[Distribution], game: NormalGame | AnonymousGame
) -> list[Block]:
    """The best, the fairest, the worst, those that are the same together; then the corners."""
    named: dict[object, list[Distribution]] = {}
    for one in solutions:
        if one.of != "corner":
            named.setdefault(one.plays, []).append(one)
    corners = [one for one in solutions if one.of == "corner"]
    blocks: list[Block] = []
    if named:
        rows = [((text(_names(same, game)),), *_cells(same[0], game)) for same in named.values()]
        blocks.append(_table("Which", rows, game))
    best = next((one for one in solutions if one.of == "welfare-best"), None)
    if best is not None and isinstance(game, NormalGame) and (words := advice(best, game)):
        blocks.append(Prose(text(words)))
    if len(corners) > 1:
        shown = corners[:MOST_CORNERS]
        titles = [f"({index + 1})" for index in range(len(shown))]
        rows = [
            ((text(title),), *_cells(one, game)) for title, one in zip(titles, shown, strict=True)
        ]
        blocks += [
            Prose(text("Every one is a mixture of these extreme points:")),
            _table("", rows, game),
        ]
        if len(corners) > len(shown):
            hidden = f"{len(corners) - len(shown):,} more are not shown; --format json lists all."
            blocks.append(Note(text(hidden)))
    return blocks


def label(one: Distribution, game: NormalGame | AnonymousGame) -> str:
    """``welfare-best``, ``worst for Alice``, ``worst for A and 7 others`` (of a role)."""
    if one.player is None:
        return one.of
    who = game.players[one.player]
    if isinstance(game, AnonymousGame):
        others = len(game.members[game.roles[one.player]]) - 1
        if others + 1 == len(game.players):
            return f"{one.of} for all"
        if others:
            who += f" and {others:,} other{'s' if others > 1 else ''}"
    return f"{one.of} for {who}"


def _names(same: Sequence[Distribution], game: NormalGame | AnonymousGame) -> str:
    return listed(label(one, game) for one in same)


def _cells(one: Distribution, game: NormalGame | AnonymousGame) -> tuple[Lines, Lines]:
    return payoff_lines(one.payoffs, game.players), play_lines(one, game)


def play_lines(one: Distribution, game: NormalGame | AnonymousGame) -> Lines:
    """The profiles that are drawn, each with its probability."""
    plays = list(one.plays)
    if len(plays) > MOST_PLAYS:
        plays = sorted(plays, key=lambda play: -play[1])[:MOST_PLAYS]
    lines: list[Text] = [
        text(Piece(_play(play, game), "strategy"), *_chance(chance)) for play, chance in plays
    ]
    if len(one.plays) > len(plays):
        lines.append(text(Piece(f"{len(one.plays) - len(plays):,} more, less likely", "muted")))
    return tuple(lines)


def _chance(chance: Fraction) -> list[str | Text]:
    return [] if chance == 1 else [f" {number(chance)}", aside(chance)]


def _play(play: Sequence[int], game: NormalGame | AnonymousGame) -> str:
    if isinstance(game, NormalGame):
        return profile_words(game.names(tuple(play)))
    n = len(game.strategies)
    counts = tuple(tuple(play[start : start + n]) for start in range(0, len(play), n))
    return counted(CountPoint(counts, 1, ()), game)


def _table(
    title: str, rows: Sequence[tuple[Lines, ...]], game: NormalGame | AnonymousGame
) -> Table:
    return Table(
        (Column(text(title)), Column(text("Payoffs")), Column(text("What is drawn, how often"))),
        tuple(rows),
    )


def advice(one: Distribution, game: NormalGame) -> str:
    """Whether the best needs advice in private: not where each profile that is drawn is a Nash
    equilibrium by itself, so that all may see which."""
    if not all(_is_equilibrium(play, game) for play, _ in one.plays):
        return ""
    if len(one.plays) == 1:
        return "The welfare-best needs no mediator: it is a Nash equilibrium in pure strategies."
    return (
        "The welfare-best needs no private advice, only a lottery that all can see: each profile "
        "drawn is a Nash equilibrium."
    )


def _is_equilibrium(play: Sequence[int], game: NormalGame) -> bool:
    at = game.position(tuple(play))
    return all(
        max(table[at + (own - play[i]) * step] for own in range(size)) == table[at]
        for i, (table, step, size) in enumerate(
            zip(game.numerators, game.strides, game.shape, strict=True)
        )
    )
