"""Records of populations survive JSON, and the schema holds what is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import alliance_games as ag
from alliance_games.api import NormalGame
from alliance_games.results.codec import encode, encode_case, schema
from alliance_games.results.decode import decode_case
from alliance_games.results.records import Record
from tests.contract.others.evolution import A_LINE, BAD_RPS, HAWK_DOVE, INDIFFERENT
from tests.contract.sample_games import PENNIES, STAG_HUNT

SCHEMA: dict[str, Any] = json.loads(schema())
CONCEPTS = (
    "evolutionarily-stable",
    "neutrally-stable",
    "replicator",
    "asymmetric-replicator",
    "basins",
    "asymmetric-basins",
    "fictitious-play",
    "moran",
)


@pytest.mark.parametrize(
    "game",
    [A_LINE, BAD_RPS, HAWK_DOVE, INDIFFERENT, STAG_HUNT, PENNIES],
    ids=["line", "bad", "hawks", "flat", "stag", "pennies"],
)
def test_every_record_reads_back_as_it_was(game: NormalGame) -> None:
    solved = ag.load(game).solve(*CONCEPTS)
    answer = solved.answer
    document = json.loads(json.dumps(encode(answer)))
    Draft202012Validator(SCHEMA).validate(document)
    (case,) = answer.cases
    back = decode_case(json.loads(json.dumps(encode_case(case))), game)
    for before, after in zip(case.results, back.results, strict=True):
        assert all(isinstance(one, Record) for one in before.solutions)
        assert before.solutions == after.solutions


def test_all_kinds_of_the_family_are_seen() -> None:
    kinds = {
        one.kind
        for game in (A_LINE, PENNIES, STAG_HUNT)
        for result in ag.load(game).solve(*CONCEPTS).answer.cases[0].results
        for one in result.solutions
    }
    family = {
        kind
        for kind, document in SCHEMA["$defs"].items()
        if isinstance(document, dict) and kind in _family()
    }
    assert kinds == family


def _family() -> set[str]:
    from alliance_games.results.records import classes

    return {kind for kind, one in classes().items() if one.family == "evolution"}
