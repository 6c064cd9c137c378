"""Equilibria of games in normal form - points and continua - as a numbered table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs, Profile, support
from alliance_games.report.blocks import Block, Bullets, Column, Piece, Table, Text, text
from alliance_games.report.mixtures import (
    MOST_PLAYER_COLUMNS,
    Lines,
    letters,
    mixture,
    mixture_words,
    payoff_lines,
    property_words,
    roles,
)
from alliance_games.report.words import count, listed
from alliance_games.results.solutions import Component, Point, Solution, Subset


def of_normal(solutions: Sequence[Solution], game: NormalGame) -> list[Block]:
    """A row for each point and each corner of a continuum, the continua in words below."""
    rows: list[tuple[Lines, ...]] = []
    continua: list[Text] = []
    wide = len(game.players) > MOST_PLAYER_COLUMNS
    for place, one in enumerate(solutions, start=1):
        if isinstance(one, Point):
            rows.append(
                _row(str(place), one.profile, one.payoffs, property_words(one.properties), game)
            )
        elif isinstance(one, Component):
            tags = [f"{place}{letters(index)}" for index in range(len(one.extreme_points))]
            note = [text(f"corner of continuum {place}")]
            rows += [
                _row(tag, profile, payoffs, note, game)
                for tag, profile, payoffs in zip(tags, one.extreme_points, one.payoffs, strict=True)
            ]
            continua += _continuum(str(place), one, game)
        elif hasattr(one, "families"):
            rows += _points_of(place, one, game)
            continua += _families(place, one, game)
    if not rows:
        return []
    players = (
        [Column(text("Strategies"))]
        if wide
        else [
            Column(text(Piece(player, role)))
            for player, role in zip(game.players, roles(len(game.players)), strict=True)
        ]
    )
    columns = (Column(text("#"), "right"), *players, *_payoff_columns(game), Column(text("")))
    blocks: list[Block] = [Table(columns, tuple(rows))]
    if continua:
        blocks.append(Bullets(tuple(continua)))
    return blocks


def _points_of(place: int, one: Any, game: NormalGame) -> list[tuple[Lines, ...]]:
    """The points of a continuum of three players or more; without a hull they are examples."""
    rows = []
    for index, point in enumerate(one.points):
        hulls = [family.hull for family in one.families if index in family.points]
        what = "corner of" if all(hulls) else "example in"
        note = [text(f"{what} continuum {place}")]
        rows.append(_row(f"{place}{letters(index)}", point.profile, point.payoffs, note, game))
    return rows


def _families(place: int, one: Any, game: NormalGame) -> list[Text]:
    """What belongs to each part of such a continuum: mixtures of corners, or conditions."""
    from alliance_games.results.codec_trees import condition_words
    from alliance_games.results.naming import Names

    names = Names(game)
    items = []
    for part, family in enumerate(one.families):
        tags = [f"{place}{letters(index)}" for index in family.points]
        said = f"any mixture of {listed(tags)}" if family.hull else f"such as {listed(tags)}"
        if len(tags) == 1 and family.hull:
            said = tags[0]
        conditions = listed(condition_words(each, names) for each in family.conditions)
        where = f", where {conditions}" if conditions else ""
        head = f"Continuum {place}" if part == 0 else f"and in {place}"
        items.append(text(Piece(head, "strong"), f" (dimension {family.dimension}): {said}{where}"))
    return items


def _payoff_columns(game: NormalGame) -> tuple[Column, ...]:
    return () if game.ordinal else (Column(text("Payoffs")),)


def _row(
    tag: str, profile: Profile, payoffs: Payoffs, words: list[Text], game: NormalGame
) -> tuple[Lines, ...]:
    if len(game.players) > MOST_PLAYER_COLUMNS:
        strategies: tuple[Lines, ...] = (grouped(profile, game),)
    else:
        strategies = tuple(
            mixture(mixed, names) for mixed, names in zip(profile, game.strategies, strict=True)
        )
    gains = () if game.ordinal else (payoff_lines(payoffs, game.players),)
    return ((text(Piece(tag, "strong")),), *strategies, *gains, tuple(words))


def grouped(profile: Profile, game: NormalGame) -> Lines:
    """A profile of many players: who plays what, players of one strategy together."""
    groups: dict[str, list[str]] = {}
    for player, (mixed, names) in enumerate(zip(profile, game.strategies, strict=True)):
        groups.setdefault(mixture_words(mixed, names), []).append(game.players[player])
    return tuple(
        text(Piece(strategy, "strategy"), ": ", Piece(", ".join(players), "player"))
        for strategy, players in groups.items()
    )


def _continuum(tag: str, one: Component, game: NormalGame) -> list[Text]:
    """A component in words: which strategies go with which."""
    facts = ", ".join(piece.text for words in property_words(one.properties) for piece in words)
    head = text(
        Piece(f"Continuum {tag}", "strong"),
        f" (dimension {one.dimension}{', ' + facts if facts else ''}): ",
    )
    if len(one.subsets) == 1:
        return [text(head, *_subset(one.subsets[0], game))]
    return [
        text(head, f"{count(len(one.subsets), 'piece')} that meet"),
        *(
            text(f"piece {tag}.{place}: ", *_subset(subset, game))
            for place, subset in enumerate(one.subsets, start=1)
        ),
    ]


def _subset(subset: Subset, game: NormalGame) -> list[Text | str | Piece]:
    parts: list[Text | str | Piece] = []
    for player, corners in enumerate((subset.rows, subset.columns)):
        names = game.strategies[player]
        parts += [" while " if player else "", Piece(game.players[player], roles(2)[player])]
        if len(corners) == 1:
            parts += [" plays ", Piece(mixture_words(corners[0], names), "strategy")]
        else:
            shown = listed(
                mixture_words(corner, names)
                if len(support(corner)) == 1
                else f"({mixture_words(corner, names)})"
                for corner in corners
            )
            parts += [" plays any mixture of ", Piece(shown, "strategy")]
    return parts
