"""What reports say of answers in which choices are numbers."""

from __future__ import annotations

from typing import cast

from alliance_games.model.continuous import ContinuousGame
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Column,
    Piece,
    Prose,
    Table,
    Text,
    text,
)
from alliance_games.report.continuous_words import choice_words, full_words, number_words
from alliance_games.report.words import capital, listed
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.continuous import ChoiceContinuum, ChoiceEquilibrium
from alliance_games.results.result import Result

MOST_ROWS = 40


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """Equilibria as tables of choices and payoffs, continua by their conditions."""
    game = cast("ContinuousGame", answer.case.game)
    found: list[Block] = []
    points = [one for one in result.solutions if isinstance(one, ChoiceEquilibrium)]
    for place, one in enumerate(points[:MOST_ROWS], 1):
        found += _equilibrium(one, game, place if len(points) > 1 else 0)
    if len(points) > MOST_ROWS:
        found.append(Prose(text(f"{len(points) - MOST_ROWS:,} more; --format json has them all.")))
    for solution in result.solutions:
        if isinstance(solution, ChoiceContinuum):
            found += _continuum(solution, game)
    return found


def _equilibrium(one: ChoiceEquilibrium, game: ContinuousGame, place: int) -> list[Block]:
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for player, choice in zip(game.players, game.choices, strict=True):
        number = one.choices[player]
        end = "lowest" if number == choice.low else "highest" if number == choice.high else ""
        rows.append(
            (
                (text(Piece(player, "player")),),
                (text(choice.name),),
                (text(Piece(full_words(number), "equilibrium"), f", the {end}" if end else ""),),
                (text(full_words(one.payoffs[player])),),
            )
        )
    heads = (("Player", "left"), ("Choice", "left"), ("Number", "left"), ("Payoff", "left"))
    columns = tuple(Column(text(title), align) for title, align in heads)
    strict = one.properties.get("strict")
    words = "every other choice would be worse" if strict else "another choice may be as good"
    name = f"Equilibrium {place}: " if place else ""
    return [
        Table(columns, tuple(rows)),
        Prose(text(f"{name}{words}." if name else f"{capital(words)}.")),
    ]


def _continuum(one: ChoiceContinuum, game: ContinuousGame) -> list[Block]:
    what = {1: "A line", 2: "A surface"}.get(one.dimension, f"A {one.dimension}-dimensional set")
    blocks: list[Block] = [
        Prose(text(f"{what} of equilibria: all choices with")),
        Bullets(tuple(text(condition) for condition in one.conditions)),
        Prose(
            text(
                f"One of them is {choice_words(game, one.choices)}, which pays ",
                listed(f"{player} {number_words(one.payoffs[player])}" for player in game.players),
                ".",
            )
        ),
    ]
    if one.corners:
        ends = [text(choice_words(game, corner)) for corner in one.corners]
        blocks += [Prose(text("Its corners:")), Bullets(tuple(ends))]
    return blocks


def sentences(result: Result, answer: CaseAnswer) -> list[str]:
    """What a result says for the paragraphs under 'What it means'."""
    return []
