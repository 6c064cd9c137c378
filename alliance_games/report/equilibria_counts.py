"""Equilibria of anonymous games, by how many choose what, as a numbered table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.report.blocks import Block, Column, Piece, Table, text
from alliance_games.report.matrix import role_name
from alliance_games.report.mixtures import property_words
from alliance_games.report.words import both, many
from alliance_games.results.solutions import CountPoint


def by_counts(solutions: Sequence[CountPoint], game: AnonymousGame) -> list[Block]:
    """A row for each way to divide the players among the strategies."""
    if not solutions:
        return []
    several = len(game.members) > 1
    rows = []
    for place, one in enumerate(solutions, start=1):
        chosen, gains = [], []
        for role, counts in enumerate(one.counts):
            who = f"{role_name(game, role)}: " if several else ""
            used = [index for index, number_of in enumerate(counts) if number_of]
            chosen.append(
                text(
                    Piece(who, "player"),
                    ", ".join(f"{counts[index]:,} {game.strategies[index]}" for index in used),
                )
            )
            gains.append(
                text(
                    Piece(who, "player"),
                    ", ".join(_gain(game, one.payoffs[role], index, len(used)) for index in used),
                )
            )
        rows.append(
            (
                (text(Piece(str(place), "strong")),),
                tuple(chosen),
                tuple(gains),
                (text(many(one.profiles)),),
                tuple(property_words(one.properties)),
            )
        )
    columns = (
        Column(text("#"), "right"),
        Column(text("How many choose what")),
        Column(text("Payoffs")),
        Column(text("Profiles"), "right"),
        Column(text("")),
    )
    return [Table(columns, tuple(rows))]


def _gain(
    game: AnonymousGame, payoffs: Sequence[Fraction | None], index: int, strategies: int
) -> str:
    value = payoffs[index]
    shown = "-" if value is None else both(value)
    return f"{game.strategies[index]} {shown}" if strategies > 1 else shown
