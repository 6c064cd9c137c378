"""Regimes as JSON documents, format 1. docs/results.md describes them, ``regimes.schema.json`` next
to this file fixes them."""

from __future__ import annotations

from pathlib import Path

from alliance_games.exact.expression import Expression
from alliance_games.parametric.describing import Description
from alliance_games.parametric.statements import Statement
from alliance_games.parametric.telling import Telling, Told
from alliance_games.parametric.wording import written
from alliance_games.results.codec import FORMAT, TOOL, assumptions
from alliance_games.results.codec_solutions import solution
from alliance_games.results.naming import Json, exact, parameters

PROVED = "proved"


def encode(telling: Telling) -> Json:
    """The document of one file. Formulas and conditions are text in the file's own grammar."""
    found = telling.found
    study, symbols = found.study, found.region.symbols
    document: dict[str, Json] = {"format": FORMAT, "tool": TOOL}
    game: dict[str, Json] = {"title": study.title}
    if study.file:
        game["file"] = study.file
    game |= {
        "kind": study.game.kind,
        "players": list(telling.names.players),
        "assume": assumptions(study),
    }
    document["game"] = game
    document["concepts"] = list(found.concepts)
    document["over"] = list(symbols.names)
    document["fixed"] = parameters(found.held)
    document["status"] = "stopped" if found.stopped else "undecided" if found.undecided else "exact"
    document["cells"] = [_cell(one, telling) for one in telling.cells]
    document["knife_edges"] = [_cell(one, telling) for one in telling.edges]
    document["undivided"] = [written(one) for one in telling.undivided]
    document["excluded"] = [
        {"where": _text(one.where), "why": one.regime.cell.excluded} for one in telling.excluded
    ]
    document["covers"] = found.covers or PROVED
    document["disjoint"] = found.disjoint or PROVED
    document["statements"] = [_statement(one, telling) for one in found.statements]
    document["notes"] = notes(telling)
    document["definitions"] = {name: written(one) for name, one in telling.writer.used.items()}
    return document


def notes(telling: Telling) -> list[str]:
    """What a reader must know beside the cells."""
    found = telling.found
    said = list(found.region.undecided)
    if found.stopped:
        said.append(
            f"{found.stopped}: the cells found until then are given, with the conditions of the "
            "search, and there may be others"
        )
    if found.region.excluded:
        said += [f"left out of the region: {why}" for why in found.region.excluded]
    return said


def _text(expression: Expression | None) -> str:
    return "" if expression is None else written(expression)


def _cell(told: Told, telling: Telling) -> Json:
    regime = told.regime
    names = telling.found.region.symbols.names
    document: dict[str, Json] = {"cell": told.label, "where": _text(told.where)}
    if regime.sample is None:
        document["sample"] = None
    else:
        document["sample"] = {
            name: exact(value) for name, value in zip(names, regime.sample, strict=True)
        }
    document["checked"] = regime.checked or "the solver found the same at the sample"
    document["undecided"] = regime.cell.undecided or None
    document["answers"] = _answers(regime.cell.outcome or (), telling)
    return document


def _answers(description: Description, telling: Telling) -> Json:
    return [
        {"concept": concept, "solutions": [answer(one, telling) for one in solutions]}
        for concept, solutions in description
    ]


def answer(one: object, telling: Telling) -> Json:
    """One solution of a cell, its numbers as formulas."""
    document = solution(one, telling.names)  # type: ignore[arg-type]
    # Comparisons in numbers belong to a point; a cell has only the outcome.
    for empty in ("numbers", "reason"):
        if not document.get(empty, True):
            del document[empty]
    # So do the payoffs of single endings: the names are those of the game at its defaults.
    points = document.get("extreme_points", [])
    for told in [document, *(points if isinstance(points, list) else [])]:
        outcomes = told.get("outcomes", ()) if isinstance(told, dict) else ()
        for one in outcomes if isinstance(outcomes, list) else ():
            if isinstance(one, dict):
                one.pop("payoffs", None)
    return document


def _statement(one: Statement, telling: Telling) -> Json:
    document: dict[str, Json] = {"concept": one.concept, "what": one.what}
    if one.what in ("pure", "efficient", "selected"):
        document["profile"] = telling.names.pure(one.about)
    elif one.what == "sustained":
        document["profile"] = dict(zip(telling.names.players, one.about, strict=True))
    elif one.about is not None:
        document["solution"] = answer(one.about, telling)
    document["where"] = _text(telling.where(one))
    document["always"] = one.always
    document["only_if"] = one.only_if
    document["knife_edges"] = "left out" if one.generic else "included"
    document["undecided"] = one.doubtful
    return document


def schema() -> str:
    """The JSON Schema of these documents, as text."""
    return Path(__file__).with_name("regimes.schema.json").read_text(encoding="utf-8")
