"""A claim from the command line, read as a line of the file's ``expect:`` would be."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from textwrap import indent

from alliance_games.model.expectations import Expectation
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.model.study import Study
from alliance_games.reading.answers import AnswerReader
from alliance_games.reading.desk import Desk
from alliance_games.reading.expectations import read_expectations
from alliance_games.reading.files import read_with_names, root_of
from alliance_games.reading.nodes import read_source_nodes
from alliance_games.reading.problems import Problems
from alliance_games.reading.source import Source, decode, is_gambit, read_source

__all__ = ["read_claim"]

WHERE = "the claim"
"""What problems call the text of the claim."""


def read_claim(
    path: str,
    content: bytes | None,
    claim: str,
    modifiers: dict[str, str],
    known_concepts: Collection[str] | None = None,
) -> tuple[Study, Expectation]:
    """The study of a file (or of its content) and the claim as one expectation about it.

    ``claim`` is a line as in ``expect:``, without the dash; ``modifiers`` are ``when`` and the
    like. Raises InvalidGame with the problems of the file, else with those of the claim.
    """
    source, found = read_source(path) if content is None else decode(content, path)
    if found:
        raise InvalidGame(found)
    if is_gambit(source):
        message = "a file of Gambit's has no parameters that a claim could be about"
        raise InvalidGame([Problem("not-here", message, source.file)])
    problems = Problems(source)
    study, reader = read_with_names(root_of(source, problems), problems, known_concepts)
    text = Source(WHERE, _as_line(claim, modifiers))
    faults = Problems(text)
    node = read_source_nodes(text, faults)
    desk = Desk(faults)
    reader.desk.scope.report = desk.fault
    desk.scope = reader.desk.scope
    lines: tuple[Expectation, ...] = ()
    if node is not None and not faults.errors:
        game = study.game
        answers = AnswerReader(desk, game.players, game.strategies, game.body)
        named = {one.name for one in study.expectations if one.name}
        scenarios = [one.name for one in study.scenarios]
        lines = read_expectations(desk, node, answers, scenarios, known_concepts, named)
    if not faults.errors and len(lines) != 1:
        faults.add("wrong-shape", "a claim is one line", node.span if node else None)  # type: ignore[arg-type]
    if faults.errors:
        raise InvalidGame(faults.in_order())
    return study, replace(lines[0], span=Expectation("", "").span)


def _as_line(claim: str, modifiers: dict[str, str]) -> str:
    rest = "".join(f"\n{key}: {json.dumps(value)}" for key, value in modifiers.items())
    return "- " + indent(claim.strip() + rest, "  ").lstrip() + "\n"
