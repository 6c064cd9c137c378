"""The equilibria of all cells and edges as formulas, each once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from alliance_games.model.rankings import OrdinalTable
from alliance_games.parametric.describing import flatten
from alliance_games.parametric.on_path import members
from alliance_games.parametric.telling import Telling, Told
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Note,
    Piece,
    Table,
    Text,
    text,
)
from alliance_games.report.regime_assessments import formulas as written_out
from alliance_games.report.regime_names import description, distinct, name_of
from alliance_games.results.solutions import (
    Component,
    Point,
)
from alliance_games.results.tree_solutions import Assessment, Continuum

Lines = tuple[Text, ...]

MOST_PLAYERS = 4
"""Players that get a column each; the equilibria of more are in the documents."""

MOST_FORMULAS = 60
"""Equilibria told as formulas."""


def formulas(telling: Telling) -> list[Block]:
    """The equilibria as formulas: of each cell's, those that are no mere pure profile as well."""
    every = distinct(telling)
    if any(isinstance(one, Assessment | Continuum) for one in every):
        return _of_assessments(
            [one for one in every if isinstance(one, Assessment | Continuum)], telling
        )
    if not every:
        return []
    players = telling.names.players
    if len(players) > MOST_PLAYERS or isinstance(telling.found.study.game.body, OrdinalTable):
        return []
    rows = []
    continua: list[Text] = []
    for one in every[:MOST_FORMULAS]:
        name = name_of(one, telling)
        where = _labels(one, telling)
        if isinstance(one, Point):
            rows.append(_formula_row(name, one.profile, one.payoffs, where, telling))
        else:
            for place, (profile, payoffs) in enumerate(
                zip(one.extreme_points, one.payoffs, strict=True)
            ):
                tag = f"{name}, corner {place + 1}"
                rows.append(_formula_row(tag, profile, payoffs, where, telling))
            continua.append(text(_continuum_words(name, one, telling)))
    heads = [Column(text("Equilibrium")), *(Column(text(name)) for name in players)]
    heads += [Column(text("Payoffs")), Column(text("In"))]
    blocks: list[Block] = [
        Heading(text("Equilibria as formulas"), 2),
        Table(tuple(heads), tuple(rows)),
    ]
    if continua:
        blocks.append(Bullets(tuple(continua)))
    if len(every) > MOST_FORMULAS:
        left = f"{len(every) - MOST_FORMULAS:,} more are in the document (--format json)."
        blocks.append(Note(text(left)))
    return blocks


def _of_assessments(every: list[Any], telling: Telling) -> list[Block]:
    """A row for each isolated equilibrium, and for each extreme point of a continuum; those of
    knife edges are in the documents."""
    rows = []
    every = [one for one in every if _labels(one, telling, telling.cells)] or every
    for one in every[:MOST_FORMULAS]:
        where = _labels(one, telling)
        points = [point for point in members(one) if isinstance(point, Assessment)]
        for place, point in enumerate(points):
            name = name_of(point, telling).split(":")[0]
            if isinstance(one, Continuum):
                name = f"{name}, corner {place + 1} of {len(points)} of a continuum"
            lines = tuple(text(line) for line in written_out(point, telling))
            gains = tuple(
                text(f"{player}: {telling.writer.text(value)}")
                for player, value in zip(telling.names.players, point.payoffs, strict=True)
            )
            rows.append(((text(Piece(name, "strong")),), lines, gains, (text(where),)))
    heads = ("Equilibrium", "Choices and beliefs", "Payoffs", "In")
    blocks: list[Block] = [
        Heading(text("Equilibria as formulas"), 2),
        Table(tuple(Column(text(head)) for head in heads), tuple(rows)),
    ]
    if len(every) > MOST_FORMULAS:
        left = f"{len(every) - MOST_FORMULAS:,} more are in the document (--format json)."
        blocks.append(Note(text(left)))
    return blocks


def _labels(one: Any, telling: Telling, among: Sequence[Told] | None = None) -> str:
    """The cells and edges that a solution belongs to."""
    flat = flatten(one)
    return ", ".join(
        told.label
        for told in ((*telling.cells, *telling.edges) if among is None else among)
        if any(flat == flatten(x) for _, s in description(told) for x in s)
    )


def _formula_row(
    name: str, profile: Any, payoffs: Any, where: str, telling: Telling
) -> tuple[Lines, ...]:
    strategies: list[Lines] = []
    for player, mixed in enumerate(profile):
        names = telling.names.strategies(player)
        used = [i for i, p in enumerate(mixed) if not (isinstance(p, Fraction) and p == 0)]
        if len(used) == 1:
            strategies.append((text(names[used[0]]),))
        else:
            lines = [f"{names[i]}: {telling.writer.text(mixed[i])}" for i in used]
            if len(lines[-1]) > 40:
                lines[-1] = f"{names[used[-1]]}: the rest"
            strategies.append(tuple(map(text, lines)))
    worth = [telling.writer.text(payoff) for payoff in payoffs]
    if len(set(worth)) == 1 and len(worth) > 1:
        gains: Lines = (text(f"{worth[0]} each"),)
    elif sum(map(len, worth)) <= 30:
        gains = (text(", ".join(worth)),)
    else:
        gains = tuple(
            text(f"{player}: {value}")
            for player, value in zip(telling.names.players, worth, strict=True)
        )
    return ((text(Piece(name, "strong")),), *strategies, gains, (text(where),))


def _continuum_words(name: str, one: Component, telling: Telling) -> str:
    subsets = len(one.subsets)
    parts = (
        "all mixtures of its corners, each player's by herself"
        if subsets == 1
        else f"a union of {subsets} sets of mixtures of its corners, joined at common ones"
    )
    return f"{name[0].upper()}{name[1:]} (dimension {one.dimension}): {parts}."
