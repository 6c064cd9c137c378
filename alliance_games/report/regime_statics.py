"""Comparative statics as a report: a table per cell and equilibrium, signs by parameter."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.exact.numerals import decimal
from alliance_games.parametric.decide import Point
from alliance_games.parametric.statics import Comparative, Effect, Quantity, Statics
from alliance_games.parametric.telling import Telling
from alliance_games.parametric.wording import written
from alliance_games.report.blocks import Block, Bullets, Column, Heading, Note, Table, Text, text
from alliance_games.report.regime_names import name_of, sides_words
from alliance_games.report.words import listed
from alliance_games.results.named.landscape import RestingPlace
from alliance_games.results.named.partitions import Partition
from alliance_games.results.records import Record

SIGNS = {
    "increasing": "+",
    "decreasing": "-",
    "constant": "0",
    "ambiguous": "+/-",
    "undecided": "?",
}


COLUMNS = (
    "file", "cell", "where", "concept", "equilibrium", "quantity", "formula", "parameter",
    "direction", "rises_at", "falls_at", "elasticity", "undecided",
)  # fmt: skip


def blocks(telling: Telling, comparative: Comparative) -> list[Block]:
    """The heading, a table for each cell, and what is behind the ambiguous signs."""
    found, stopped = comparative.found, comparative.stopped
    made: list[Block] = [Heading(text("Comparative statics"), 2)]
    for told in telling.cells:
        own = [one for one in found if one.regime is told.regime]
        rows = [row for one in own for row in _rows(one, telling)]
        if not rows:
            continue
        names = telling.found.region.symbols.names
        heads = [Column(text("Equilibrium")), Column(text("Quantity"))]
        heads += [Column(text(name), "center") for name in names]
        made += [Heading(text(f"In {told.label}"), 3), Table(tuple(heads), tuple(rows))]
        if notes := [text(note) for one in own for note in _notes(one, telling)]:
            made.append(Bullets(tuple(notes)))
    if len(made) == 1 and not stopped:
        made.append(
            Note(
                text(
                    "No probability, payoff or threshold of an isolated answer depends on a "
                    "parameter."
                )
            )
        )
    elif len(made) > 1:
        made.append(
            Note(
                text(
                    "+ rises, - falls, 0 does not change, +/- depends on where in the cell, ? is "
                    "undecided: signs of the derivative over the whole cell, proved. Within "
                    "brackets the elasticity at the defaults."
                )
            )
        )
    if stopped:
        said = f"STOPPED: {stopped}; what is given is proved, and the rest was not looked into."
        made.append(Note(text(said), "warning"))
    return made


def rows(telling: Telling, comparative: Comparative) -> Iterator[dict[str, str]]:
    """Flat rows: one for each quantity of each equilibrium and each free parameter."""
    for told in telling.cells:
        for one in comparative.found:
            if one.regime is not told.regime:
                continue
            for effect in one.effects:
                places = {
                    sign: _whole_point(witness, telling)
                    for sign, witness in zip(effect.signs, effect.witnesses, strict=True)
                    if witness is not None
                }
                yield {
                    "file": telling.found.study.file,
                    "cell": told.label,
                    "where": "" if told.where is None else written(told.where),
                    "concept": one.concept,
                    "equilibrium": _called(one, telling),
                    "quantity": quantity_words(effect.quantity, telling),
                    "formula": telling.writer.text(effect.quantity.formula),
                    "parameter": telling.found.region.symbols.names[effect.variable],
                    "direction": effect.direction,
                    "rises_at": places.get(1, ""),
                    "falls_at": places.get(-1, ""),
                    "elasticity": "" if effect.elasticity is None else str(effect.elasticity),
                    "undecided": effect.undecided,
                }


def _rows(one: Statics, telling: Telling) -> list[tuple[tuple[Text, ...], ...]]:
    """A row for each quantity; players whose quantities are the same formula share one."""
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for group in _alike(one):
        name = text(_called(one, telling))
        what = text(_together(group, telling))
        cells = [(text(_cell(effect)),) for effect in group[0]]
        rows.append(((name,), (what,), *cells))
    return rows


def _called(one: Statics, telling: Telling) -> str:
    """The equilibrium's name; an answer that names its parts goes by its concept's, and by who
    sides with whom."""
    if isinstance(one.solution, Partition):
        return f"{one.concept}: {sides_words(one.solution.coalitions)}"
    if isinstance(one.solution, RestingPlace):
        return f"{one.concept}: {sides_words(one.solution.sides)}"
    return one.concept if isinstance(one.solution, Record) else name_of(one.solution, telling)


def _alike(one: Statics) -> list[list[list[Effect]]]:
    """The effects by quantity, quantities of one formula together."""
    by_quantity: dict[Quantity, list[Effect]] = {}
    for effect in one.effects:
        by_quantity.setdefault(effect.quantity, []).append(effect)
    groups: dict[object, list[list[Effect]]] = {}
    for quantity, effects in by_quantity.items():
        groups.setdefault((quantity.of, quantity.formula), []).append(effects)
    return list(groups.values())


def _together(group: list[list[Effect]], telling: Telling) -> str:
    quantities = [effects[0].quantity for effects in group]
    if quantities[0].of == "payoff":
        return f"payoff of {listed([telling.names.players[q.player] for q in quantities])}"
    return listed([quantity_words(quantity, telling) for quantity in quantities])


def _cell(effect: Effect) -> str:
    sign = SIGNS[effect.direction]
    if effect.direction in ("increasing", "decreasing") and 0 in effect.signs:
        sign += " or 0"
    if effect.elasticity is not None and effect.direction != "constant":
        sign += f" ({decimal(effect.elasticity, 3)[0]})"
    return sign


def quantity_words(quantity: Quantity, telling: Telling) -> str:
    """``Pr(Alice: Stag)``, ``Pr(Alice @ start: Go)``, ``payoff of Jack``, or the name it has."""
    if quantity.path:
        return ": ".join(quantity.path)
    player = telling.names.players[quantity.player]
    if quantity.of == "payoff":
        return f"payoff of {player}"
    if quantity.at is not None:
        name, actions = telling.names.set_at(quantity.at)
        return f"Pr({player} @ {name}: {actions[quantity.place]})"
    return f"Pr({player}: {telling.names.strategies(quantity.player)[quantity.place]})"


def _notes(one: Statics, telling: Telling) -> list[str]:
    names = telling.found.region.symbols.names
    notes = []
    for effect in (effect for group in _alike(one) for effect in group[0]):
        what = f"{quantity_words(effect.quantity, telling)} in {names[effect.variable]}"
        if effect.direction == "ambiguous":
            places = [
                f"{'rises' if sign > 0 else 'falls'} at {_point(witness, telling)}"
                for sign, witness in zip(effect.signs, effect.witnesses, strict=True)
                if sign and witness is not None
            ]
            notes.append(f"{what}: {', '.join(places)}")
        elif effect.direction == "undecided":
            notes.append(f"{what} is undecided: {effect.undecided}")
    return notes


def _whole_point(point: Point, telling: Telling) -> str:
    names = telling.found.region.symbols.names
    return ", ".join(f"{name} = {value}" for name, value in zip(names, point, strict=True))


def _point(point: Point, telling: Telling) -> str:
    symbols = telling.found.region.symbols
    pairs = zip(symbols.names, point, symbols.defaults, strict=True)
    moved = [f"{name} = {value}" for name, value, default in pairs if value != default]
    return ", ".join(moved) or "the defaults"
