"""Answers as JSON documents, format 1: fixed key order, exact numbers as text, the same bytes for
the same file and version. docs/results.md describes them, ``answer.schema.json`` fixes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from alliance_games._version import __version__
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.problems import Problem
from alliance_games.model.study import Study
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.codec_solutions import solution
from alliance_games.results.naming import Json, Names, parameters
from alliance_games.results.result import Result, Status

FORMAT = 1
TOOL = {"name": "alliance-games", "version": __version__}


@dataclass(frozen=True, slots=True)
class Stats:
    """What ``--stats`` adds to a document; the only part that differs from run to run.

    ``seconds`` and ``cpu_seconds`` are those of reading and solving the file, ``peak_bytes`` the
    most memory the process has held.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def dumps(document: Json, *, indent: int | None = 2) -> str:
    """The document as text: indented for people, or on one line (``indent=None``)."""
    separators = (",", ": ") if indent else (", ", ": ")
    return json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)


def encode(answer: StudyAnswer, stats: Stats | None = None) -> Json:
    """The document of one file: its game, its cases (the defaults first), its problems."""
    document: dict[str, Json] = {"format": FORMAT, "tool": TOOL, "game": game(answer)}
    document["cases"] = [encode_case(one, document["game"]) for one in answer.cases]
    document["problems"] = [problem(one) for one in answer.problems]
    if stats is not None:
        document["stats"] = {
            "seconds": round(stats.seconds, 6),
            "cpu_seconds": round(stats.cpu_seconds, 6),
            "peak_bytes": stats.peak_bytes,
        }
    return document


def lines(document: Json) -> list[Json]:
    """The document as one flat line for each case, for JSON Lines; a failed file is one line."""
    head = {key: document[key] for key in ("format", "tool", "game")}
    tail = {key: document[key] for key in ("stats",) if key in document}
    if not document["cases"]:
        return [{**head, "problems": document["problems"], **tail}]
    return [
        {**head, **case, "problems": document["problems"], **tail} for case in document["cases"]
    ]


def game(answer: StudyAnswer) -> Json:
    """What the file says of its game, with the names its answers use."""
    if answer.study is None:
        return {"file": answer.file}
    document: dict[str, Json] = {"title": answer.study.title}
    if answer.file:
        document["file"] = answer.file
    if answer.cases:
        document.update(shape(answer.cases[0].case.game))
    else:
        document.update(
            {"kind": answer.study.game.kind, "players": list(answer.study.game.players)}
        )
    document["assume"] = assumptions(answer.study)
    return document


def assumptions(study: Study) -> list[str]:
    """The assumptions of the study's theory, as written."""
    return [assumption.text for assumption in study.game.assumptions]


def shape(one: NormalGame | AnonymousGame | ExtensiveGame) -> dict[str, Json]:
    """Who plays and what there is to choose; an anonymous game's strategies are one list."""
    document: dict[str, Json] = {"kind": one.kind, "players": list(one.players)}
    if isinstance(one, NormalGame):
        document["strategies"] = {
            name: list(names) for name, names in zip(one.players, one.strategies, strict=True)
        }
    elif isinstance(one, AnonymousGame):
        document["strategies"] = list(one.strategies)
    else:
        document["information_sets"] = _information_sets(one)
    return document


def _information_sets(one: ExtensiveGame) -> Json:
    names = Names(one)
    sets: dict[str, dict[str, list[str]]] = {name: {} for name in one.players}
    for index, information_set in enumerate(one.sets):
        if information_set.player != CHANCE and (named := names.information_set(index)):
            sets[named[0]][named[1]] = list(information_set.actions)
    return sets


def encode_case(answer: CaseAnswer, header: Mapping[str, Json] | None = None) -> Json:
    """One case. Where its players or strategies are not those of the ``header`` (the document's
    ``game``), because their number is a parameter, the case carries its own."""
    case = answer.case
    names = Names(case.game)
    document: dict[str, Json] = {"scenario": case.scenario, "parameters": parameters(case.values)}
    if header is not None:
        own = shape(case.game)
        document.update({key: own[key] for key in own if own[key] != header.get(key)})
    if isinstance(case.game, AnonymousGame):
        document["roles"] = [
            [case.game.players[player] for player in members] for members in case.game.members
        ]
    document["results"] = [result(one, names) for one in answer.results]
    document["not_applicable"] = [
        {"concept": refusal.concept, "reason": refusal.reason} for refusal in answer.refusals
    ]
    return document


def result(one: Result, names: Names) -> Json:
    """One concept's answer, its solutions in canonical order."""
    document: dict[str, Json] = {
        "concept": one.concept,
        "status": one.status.value,
        "coverage": one.coverage.value,
        "because": one.because,
        "method": one.method,
    }
    if one.status is Status.NUMERIC and one.tolerance is not None:
        document["tolerance"] = float(one.tolerance)
        gains = [
            s.certificate.largest_gain
            for s in one.solutions
            if s.certificate is not None and s.certificate.largest_gain is not None
        ]
        if gains:
            document["largest_gain"] = float(max(gains))
    document["solutions"] = [solution(each, names) for each in one.solutions]
    document["notes"] = list(one.notes)
    return document


def problem(one: Problem) -> Json:
    """A fault or a warning; line and column are null for what stands in no line."""
    document: dict[str, Json] = {
        "file": one.file,
        "line": one.span.line or None,
        "column": one.span.column or None,
        "code": one.code,
        "message": one.message,
        "hint": one.hint,
    }
    if one.warning:
        document["warning"] = True
    return document


def failed(file: str, problems: Sequence[Problem]) -> Json:
    """The document of a file that is not a game."""
    return encode(StudyAnswer(file, None, (), tuple(problems)))


def schema() -> str:
    """The JSON Schema of these documents, as text."""
    return Path(__file__).with_name("answer.schema.json").read_text(encoding="utf-8")
