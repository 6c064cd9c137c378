"""What each level of reasoning does, as a table and in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, support
from alliance_games.report.blocks import Block, Column, Piece, Prose, Table, Text, text
from alliance_games.report.words import both, listed
from alliance_games.results.level_solutions import Levels
from alliance_games.results.solutions import Solution

MOST_COLUMNS = 6
"""A table has a column for each of so many players or roles; those who do alike share one."""


def blocks(solutions: Sequence[Solution], game: NormalGame | AnonymousGame) -> list[Block]:
    """A row for each level; in a hierarchy its share, and the play of all together."""
    found: list[Block] = []
    for one in solutions:
        if isinstance(one, Levels):
            found += [_table(one, game), Prose(text(sentence(one, game)))]
    return found


def _groups(one: Levels, game: NormalGame | AnonymousGame) -> list[tuple[str, int]]:
    """Who does alike at every level, in words, and the place of the first of them."""
    if isinstance(game, AnonymousGame):
        whole = len(game.members) == 1
        return [
            ("Everybody" if whole else _some([game.players[k] for k in members]), role)
            for role, members in enumerate(game.members)
        ][:MOST_COLUMNS]
    alike: dict[object, list[int]] = {}
    for player, names in enumerate(game.strategies):
        key = (names, tuple(level[player] for level in one.levels))
        alike.setdefault(key, []).append(player)
    return [(_some([game.players[k] for k in players]), players[0]) for players in alike.values()][
        :MOST_COLUMNS
    ]


def _some(names: Sequence[str]) -> str:
    return listed(names) if len(names) <= 3 else f"{names[0]} and {len(names) - 1:,} others"


def _names(game: NormalGame | AnonymousGame, place: int) -> tuple[str, ...]:
    return game.strategies if isinstance(game, AnonymousGame) else game.strategies[place]


def _table(one: Levels, game: NormalGame | AnonymousGame) -> Table:
    groups = _groups(one, game)
    shares = [Column(text("Share"), "right")] if one.shares else []
    columns = (
        Column(text("Level"), "right"),
        *shares,
        *(Column(text(Piece(who, "player"))) for who, _ in groups),
    )
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for k, level in enumerate(one.levels):
        share = [(text(_share(one.shares[k])),)] if one.shares else []
        cells: list[tuple[Text, ...]] = [
            (_choice(level[place], _names(game, place)),) for _, place in groups
        ]
        rows.append(((text(str(k)),), *share, *cells))
    if one.aggregate:
        cells = [tuple(_rounded(one.aggregate[place], _names(game, place))) for _, place in groups]
        rows.append(((text(Piece("all", "strong")),), (text(""),), *cells))
    return Table(columns, tuple(rows))


def _share(value: Fraction) -> str:
    return f"{float(value):.4f}" if value >= Fraction(1, 20000) else "≈0"


def _choice(mixed: Mixed, names: Sequence[str]) -> Text:
    used = support(mixed)
    if len(used) == len(names) > 1:
        return text(Piece("anything", "muted"))
    tie = text(Piece(" (tie)", "muted")) if len(used) > 1 else text("")
    return text(Piece(listed((names[k] for k in used), "or"), "strategy"), tie)


def _rounded(mixed: Mixed, names: Sequence[str]) -> list[Text]:
    """The likeliest strategies with their probabilities, one a line."""
    order = sorted(range(len(names)), key=lambda k: -mixed[k])[:4]
    return [text(f"{names[k]} {float(mixed[k]):.4f}") for k in order if mixed[k]]


def sentence(one: Levels, game: NormalGame | AnonymousGame) -> str:
    """Where thinking further leads, in words."""
    if one.rate is not None:
        return (
            f"Players think {both(one.rate)} steps on average; a level believes that the others "
            "are of lower levels, in these shares. Play together is that of the last row."
        )
    if one.cycle is None:
        return "Play does not settle within these levels."
    first, length = one.cycle
    if length == 1:
        means = (
            "from then on each level does what the level below does, which is a Nash equilibrium"
        )
        return f"Play settles at level {first}: {means}."
    return (
        f"Play never settles: from level {first} on it repeats every {length} levels, so what "
        "happens depends on how far each thinks the others think."
    )
