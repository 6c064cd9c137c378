"""What a report says before the game: title, prose, sources, parameters, assumptions."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from alliance_games.exact.expression import Expression
from alliance_games.model.parametric import Parameter, Value
from alliance_games.model.study import Case, Study
from alliance_games.report.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    Note,
    Piece,
    Prose,
    Table,
    Text,
    text,
)
from alliance_games.report.words import both, number

MOST_PLAYERS = 40


def opening(study: Study, case: Case) -> list[Block]:
    """Everything before the game, with the values of its first case."""
    return [
        Heading(text(study.title), 1),
        *_about(study.about),
        *(Note(text(problem.message), "warning") for problem in study.warnings),
        *_facts(study, case),
        *_parameters(study, case),
        *_assumptions(study),
    ]


def _about(about: str) -> list[Block]:
    paragraphs = (" ".join(part.split()) for part in about.split("\n\n"))
    return [Prose(text(paragraph)) for paragraph in paragraphs if paragraph]


def _facts(study: Study, case: Case) -> list[Block]:
    pairs: list[tuple[Text, Text]] = []
    for index, source in enumerate(study.sources):
        pairs.append((text(Piece("Sources" if index == 0 else " ", "muted")), text(source)))
    players = case.game.players
    shown = ", ".join(players[:MOST_PLAYERS])
    if len(players) > MOST_PLAYERS:
        shown = f"{players[0]}, {players[1]} ... {players[-1]} ({len(players):,} in all)"
    pairs.append((text(Piece("Players", "muted")), text(shown)))
    return [Facts(tuple(pairs))]


def _parameters(study: Study, case: Case) -> list[Block]:
    parameters = study.game.parameters
    if not parameters:
        return []
    ranged = any(
        parameter.low is not None or parameter.high is not None for parameter in parameters
    )
    noted = any(parameter.about for parameter in parameters)
    rows = []
    for parameter in parameters:
        row: list[tuple[Text, ...]] = [
            (text(Piece(parameter.name, "strong")),),
            tuple(map(text, value_lines(case.values[parameter.name]))),
        ]
        if ranged:
            row.append((text(_range(parameter)),))
        if noted:
            row.append((text(parameter.about),))
        rows.append(tuple(row))
    columns = [Column(text("Parameter")), Column(text("Value"))]
    columns += [Column(text("Range"))] * ranged + [Column(text("Meaning"))] * noted
    return [Table(tuple(columns), tuple(rows))]


def value_lines(value: Value) -> list[str]:
    """A parameter's value; one line per entry where it has entries."""
    if isinstance(value, Fraction):
        return [both(value)]
    return [f"{' - '.join(keys)}: {both(entry)}" for keys, entry in value.items()]


def value_words(value: Value) -> str:
    """A parameter's value on one line."""
    if isinstance(value, Fraction):
        return number(value)
    return ", ".join(f"{' - '.join(keys)} {number(entry)}" for keys, entry in value.items())


def _range(parameter: Parameter) -> str:
    low, high = parameter.low, parameter.high
    if low is None and high is None:
        return ""
    if low is None:
        return f"at most {_formula(high)}"
    if high is None:
        return f"at least {_formula(low)}"
    return f"{_formula(low)} to {_formula(high)}"


def _formula(expression: Expression | None) -> str:
    return "" if expression is None else str(expression)


def _assumptions(study: Study) -> list[Block]:
    if not study.game.assumptions:
        return []
    shown = ", ".join(assumption.text for assumption in study.game.assumptions)
    pair = (text(Piece("Assumes", "muted")), text(shown))
    return [Facts((pair,))]


def differences(study: Study, case: Case, first: Case | None = None) -> list[tuple[str, str]]:
    """The parameters whose values in ``case`` are not those of ``first`` (or of the defaults); of
    one with entries those that are not."""
    pairs: list[tuple[str, str]] = []
    for parameter in study.game.parameters:
        name, value = parameter.name, case.values[parameter.name]
        before = first.values[name] if first is not None else parameter.default
        if isinstance(value, Fraction) or isinstance(before, Fraction):
            pairs += [] if value == before else [(name, value_words(value))]
            continue
        pairs += [
            (f"{name}[{', '.join(keys)}]", number(entry))
            for keys, entry in value.items()
            if entry != before.get(keys)
        ]
    return pairs


def changed(pairs: Iterable[tuple[str, str]]) -> str:
    """``stag = 10, rabbit = 2``."""
    return ", ".join(f"{name} = {value}" for name, value in pairs)
