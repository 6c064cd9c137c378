"""Answers as JSON documents, format 1: fixed key order, exact numbers as text, the same bytes for
the same file and version. docs/results.md describes them, ``answer.schema.json`` fixes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alliance_games._version import __version__
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.problems import Problem
from alliance_games.model.study import Study
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.codec_solutions import solution
from alliance_games.results.naming import Json, Names, approximate, parameters
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
    problems = [problem(one) for one in answer.problems]
    parts = [part(answer, one) for one in answer.cases]
    return join(parts or [{"game": game(answer)}], problems, stats)


def part(answer: StudyAnswer, case: CaseAnswer) -> Json:
    """One case with all that a document needs of it, for ``join``."""
    return {"game": game(answer, case), "case": encode_case(case)}


def join(parts: Sequence[Json], problems: Sequence[Json], stats: Stats | None = None) -> Json:
    """The document of one file from its parts, of which at least one says what the game is.

    Where a case's players or strategies are not those of the first, because their number is a
    parameter, the case carries its own.
    """
    header = next((one["game"] for one in parts if one.get("case")), parts[0]["game"])
    document: dict[str, Json] = {"format": FORMAT, "tool": TOOL, "game": header}
    document["cases"] = [_case_under(header, one) for one in parts if one.get("case")]
    document["problems"] = _once(problems)
    if stats is not None:
        document["stats"] = {
            "seconds": round(stats.seconds, 6),
            "cpu_seconds": round(stats.cpu_seconds, 6),
            "peak_bytes": stats.peak_bytes,
        }
    return document


def _case_under(header: Json, one: Json) -> Json:
    own = {key: value for key, value in one["game"].items() if value != header.get(key)}
    case = one["case"]
    if not own:
        return case
    first = {key: case[key] for key in ("scenario", "parameters")}
    return {**first, **own, **{key: case[key] for key in case if key not in first}}


def _once(problems: Sequence[Json]) -> list[Json]:
    """The problems without repetitions: every case of a file repeats the file's warnings."""
    return list({json.dumps(one): one for one in problems}.values())


def lines(document: Json) -> list[Json]:
    """The document as one flat line for each case, for JSON Lines; a failed file is one line."""
    head = {key: document[key] for key in ("format", "tool", "game")}
    tail = {key: document[key] for key in ("stats",) if key in document}
    if not document["cases"]:
        return [{**head, "problems": document["problems"], **tail}]
    return [
        {**head, **case, "problems": document["problems"], **tail} for case in document["cases"]
    ]


def game(answer: StudyAnswer, case: CaseAnswer | None = None) -> Json:
    """What the file says of its game, with the names its answers use."""
    if answer.study is None:
        return {"file": answer.file}
    document: dict[str, Json] = {"title": answer.study.title}
    if answer.file:
        document["file"] = answer.file
    if case is not None:
        document.update(shape(case.case.game))
    else:
        document["kind"] = answer.study.game.kind
        document["players"] = list(answer.study.game.players)
    document["assume"] = assumptions(answer.study)
    return document


def assumptions(study: Study) -> list[str]:
    """The assumptions of the study's theory, as written."""
    return [assumption.text for assumption in study.game.assumptions]


def shape(one: NormalGame | AnonymousGame | ExtensiveGame | OtherForm) -> dict[str, Json]:
    """Who plays and what there is to choose; an anonymous game's strategies are one list."""
    document: dict[str, Json] = {"kind": one.kind, "players": list(one.players)}
    if isinstance(one, NormalGame):
        document["strategies"] = {
            name: list(names) for name, names in zip(one.players, one.strategies, strict=True)
        }
    elif isinstance(one, AnonymousGame):
        document["strategies"] = list(one.strategies)
    elif isinstance(one, OtherForm):
        document.update(one.facts())
    else:
        document["information_sets"] = _information_sets(one)
    if one.ordinal:
        document["ordinal"] = True
    return document


def _information_sets(one: ExtensiveGame) -> Json:
    names = Names(one)
    sets: dict[str, dict[str, list[str]]] = {name: {} for name in one.players}
    for index, information_set in enumerate(one.sets):
        if information_set.player != CHANCE and (named := names.information_set(index)):
            sets[named[0]][named[1]] = list(information_set.actions)
    return sets


def encode_case(answer: CaseAnswer) -> Json:
    """One case: its values, its results, and what was asked that does not apply."""
    case = answer.case
    names = Names(case.game)
    document: dict[str, Json] = {"scenario": case.scenario, "parameters": parameters(case.values)}
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
        document["tolerance"] = approximate(one.tolerance)
        gains = [
            s.certificate.largest_gain
            for s in one.solutions
            if s.certificate is not None and s.certificate.largest_gain is not None
        ]
        if gains:
            document["largest_gain"] = approximate(max(gains))
    document["solutions"] = [solution(each, names) for each in one.solutions]
    document["notes"] = list(one.notes)
    if one.rejected:
        document["rejected"] = list(one.rejected)
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
    """The JSON Schema of these documents, as text: the file's, and what follows from records."""
    from alliance_games.results.records import schemas

    text = Path(__file__).with_name("answer.schema.json").read_text(encoding="utf-8")
    document = json.loads(text)
    definitions = document["$defs"]
    for kind, record in schemas():
        definitions[kind] = record
        definitions["solution"]["oneOf"].append({"$ref": f"#/$defs/{kind}"})
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
