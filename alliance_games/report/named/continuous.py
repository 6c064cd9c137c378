"""What reports say of answers in which choices are numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from alliance_games.model.continuous import ContinuousGame
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Column,
    Piece,
    Plot,
    Prose,
    Series,
    Table,
    Text,
    text,
)
from alliance_games.report.continuous_words import choice_words, full_words, number_words
from alliance_games.report.words import capital, listed
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.continuous import (
    ChoiceContinuum,
    ChoiceEquilibrium,
    Leadership,
    ReplyCurve,
    Response,
)
from alliance_games.results.result import Result

MOST_ROWS = 40
MOST_COLUMNS = 4
MOST_FORMULA = 120
"""A longer formula of a payoff is left to JSON."""


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
        elif isinstance(solution, Response):
            found += _response(solution, game)
        elif isinstance(solution, Leadership):
            found += _leadership(solution, game)
    curves = [one for one in result.solutions if isinstance(one, ReplyCurve)]
    # A limit of time may leave one of the two curves.
    return [*found, *_curves(curves, answer)] if len(curves) > 1 else found


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
    name = f"Equilibrium {place}: " if place else ""
    if "strict" not in one.properties:
        return [Table(columns, tuple(rows))]
    strict = one.properties["strict"]
    words = "every other choice would be worse" if strict else "another choice is as good"
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


def _response(one: Response, game: ContinuousGame) -> list[Block]:
    """A line for each parameter that moves anything, a column for each choice and payoff."""
    found: list[Block] = []
    told = [
        (symbol, one.formulas[player])
        for symbol, player in zip(game.symbols, game.players, strict=True)
        if one.formulas[player]
    ]
    if told:
        found.append(Prose(text("As formulas, as long as the same choices are at an end:")))
        found.append(Bullets(tuple(text(f"{symbol} = {formula}") for symbol, formula in told)))
    paid = [
        (player, one.payoffs[player])
        for player in game.players
        if one.payoffs[player] and len(one.payoffs[player]) <= MOST_FORMULA
    ]
    if paid:
        found.append(Prose(text("It pays:")))
        found.append(Bullets(tuple(text(f"{player}: {formula}") for player, formula in paid)))
    if one.conditions:
        shown = "; ".join(one.conditions)
        found.append(Prose(text(f"This needs {shown}.")))
    parameters = list(one.effects[game.players[0]])
    moving = [
        name
        for name in parameters
        if any(one.effects[player][name] != 0 for player in game.players)
        or any(one.gains[player].get(name, 0) != 0 for player in game.players)
    ]
    if not moving:
        return [*found, Prose(text("No parameter moves a choice or a payoff."))]
    with_gains = all(one.gains.values())
    names = list(game.players)[:MOST_COLUMNS]
    columns = [Column(text("A little more of"))]
    columns += [Column(text(str(game.symbols[game.players.index(name)]))) for name in names]
    if with_gains:
        columns += [Column(text(f"payoff of {name}")) for name in names]
    rows = []
    for parameter in moving:
        row = [(text(Piece(parameter, "strong")),)]
        row += [(text(_effect(one.effects[name][parameter])),) for name in names]
        if with_gains:
            row += [(text(_effect(one.gains[name][parameter])),) for name in names]
        rows.append(tuple(row))
    return [*found, Table(tuple(columns), tuple(rows))]


def _curves(curves: list[ReplyCurve], answer: CaseAnswer) -> list[Block]:
    """The picture, and the replies as formulas."""
    game = cast("ContinuousGame", answer.case.game)
    across, upward = (_extent(curves[1 - place]) for place in (0, 1))
    series = []
    for place, curve in enumerate(curves[:2]):
        extent = across if place == 0 else upward
        for part in _parts(curve, extent[1] - extent[0]):
            points = tuple((own, to) if place == 0 else (to, own) for to, own in part)
            series.append(Series(f"best reply of {curve.player}", points, "•○"[place]))
    result = answer.of("pure-nash")
    found = [
        one for one in (result.solutions if result else ()) if isinstance(one, ChoiceEquilibrium)
    ]
    first, second = game.players
    crossings = tuple((float(one.choices[first]), float(one.choices[second])) for one in found)
    if crossings:
        # What is drawn first is not drawn over.
        series.insert(0, Series("equilibrium", crossings, "◆", "points"))
    x, y = (str(symbol) for symbol in game.symbols)
    plot = Plot(y, x, tuple(series), across=across, upward=upward)
    told = [
        text(f"{game.symbols[game.players.index(one.player)]} = {one.formula}")
        for one in curves
        if one.formula
    ]
    blocks: list[Block] = [plot]
    if told:
        blocks.append(Prose(text("As formulas, where they give a number within the range:")))
        blocks.append(Bullets(tuple(told)))
    return blocks


def _extent(curve: ReplyCurve) -> tuple[float, float]:
    """The numbers replied to, from the least to the greatest."""
    numbers = [float(reply.to) for reply in curve.replies]
    low, high = min(numbers), max(numbers)
    return (low, high) if high > low else (low, low + 1)


def _parts(curve: ReplyCurve, width: float) -> list[list[tuple[float, float]]]:
    """The curve in parts without jumps: what is replied to, and the reply."""
    parts: list[list[tuple[float, float]]] = [[]]
    for reply in curve.replies:
        if not reply.choices:
            parts.append([])
        for own in map(float, reply.choices):
            last = parts[-1][-1][1] if parts[-1] else own
            if abs(own - last) > width / 3:
                parts.append([])
            parts[-1].append((float(reply.to), own))
    return [part for part in parts if part]


def _leadership(one: Leadership, game: ContinuousGame) -> list[Block]:
    """Who leads, what is chosen, and what it pays."""
    follower = next(player for player in game.players if player != one.leader)
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for role, player in (("leads", one.leader), ("follows", follower)):
        choice = game.choices[game.players.index(player)]
        rows.append(
            (
                (text(Piece(player, "player"), f" {role}"),),
                (text(choice.name),),
                (text(Piece(full_words(one.choices[player]), "equilibrium")),),
                (text(full_words(one.payoffs[player])),),
            )
        )
    columns = tuple(Column(text(title)) for title in ("Player", "Choice", "Number", "Payoff"))
    return [Table(columns, tuple(rows))]


def _leads(one: Leadership, result: Result, answer: CaseAnswer) -> list[str]:
    """What leading is worth, beside choosing at once where that is known."""
    game = cast("ContinuousGame", answer.case.game)
    told = f"If {one.leader} leads, the outcome is {choice_words(game, one.choices)}."
    at_once = answer.of("pure-nash")
    points = [
        each
        for each in (at_once.solutions if at_once else ())
        if isinstance(each, ChoiceEquilibrium)
    ]
    if len(points) != 1:
        return [told]
    gain = float(one.payoffs[one.leader]) - float(points[0].payoffs[one.leader])
    if gain > 0:
        return [f"{told} Leading is worth {gain:.4g} more to {one.leader} than choosing at once."]
    return [
        f"{told} Leading is worth nothing to {one.leader}: the payoff is that of choosing at once."
    ]


def _effect(value: Fraction) -> str:
    """``up 2/9``, ``down 1/3``, ``-``."""
    if value == 0:
        return "no change"
    return f"{'up' if value > 0 else 'down'} {full_words(abs(value))}"


def sentences(result: Result, answer: CaseAnswer) -> list[str]:
    """What a result says for the paragraphs under 'What it means'."""
    game = cast("ContinuousGame", answer.case.game)
    found = []
    for one in result.solutions[:1]:
        if isinstance(one, Response):
            found += _moves(one, game, len(result.solutions))
    for each in result.solutions:
        if isinstance(each, Leadership):
            found += _leads(each, result, answer)
    return found


def _moves(one: Response, game: ContinuousGame, number: int) -> list[str]:
    """Which parameters raise and lower which choice, for each of the first players."""
    told = []
    for symbol, player in list(zip(game.symbols, game.players, strict=True))[:MOST_COLUMNS]:
        up = [name for name, value in one.effects[player].items() if value > 0]
        down = [name for name, value in one.effects[player].items() if value < 0]
        parts = []
        if up:
            parts.append(f"rises with {listed(up)}")
        if down:
            parts.append(f"falls with {listed(down)}")
        if parts:
            told.append(f"{symbol} {' and '.join(parts)}")
    if not told:
        return []
    where = "At the first equilibrium, " if number > 1 else "Here "
    return [f"{where}{'; '.join(told)}."]
