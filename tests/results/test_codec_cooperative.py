"""Cooperative answers as JSON: the schema holds them, and they read back."""

from __future__ import annotations

import json

import pytest

from alliance_games.batch.rows import in_words
from alliance_games.concepts import catalogue, refusal
from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.codec import dumps, encode_case
from alliance_games.results.decode import decode_case
from alliance_games.results.named import cooperative as records
from alliance_games.solve import solve
from tests.contract.others.cooperative import GAMES
from tests.results.test_codec import hold


def all_of(game: CoalitionalGame) -> CaseAnswer:
    able = [one.name for one in catalogue(game.kind) if refusal(one.name, game) is None]
    return CaseAnswer(Case(None, {}, game), solve(game, able).results, ())


@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
def test_it_holds_to_the_schema_and_comes_back(game) -> None:
    case = all_of(game)
    document = json.loads(dumps(encode_case(case)))
    for result in document["results"]:
        assert result["solutions"]
        for one in result["solutions"]:
            hold(one, "solution")
            assert in_words(one)
    assert decode_case(document, game) == case


def test_every_kind_of_record_is_among_them() -> None:
    kinds = {type(one) for game in GAMES for r in all_of(game).results for one in r.solutions}
    own = {one for one in vars(records).values() if isinstance(one, type) and hasattr(one, "kind")}
    # That a core exists is said of all values of parameters alone (tests/parametric/test_cores.py).
    assert own - {records.Record, records.CoreExists} <= kinds
