"""Bargains as JSON: the schema holds them, and they read back."""

from __future__ import annotations

import json

import pytest

from alliance_games.batch.rows import in_words
from alliance_games.concepts import defaults
from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.codec import dumps, encode_case
from alliance_games.results.decode import decode_case
from alliance_games.solve import solve
from tests.contract.others.bargaining import GAMES
from tests.results.test_codec import hold


@pytest.mark.parametrize("number", range(len(GAMES)))
def test_it_holds_to_the_schema_and_comes_back(number: int) -> None:
    game = GAMES[number]
    answer = solve(game, defaults(game))
    assert len(answer.results) >= 7
    case = CaseAnswer(Case(None, {}, game), answer.results, ())
    document = json.loads(dumps(encode_case(case)))
    for result in document["results"]:
        for one in result["solutions"]:
            hold(one, "solution")
            assert in_words(one)
    assert decode_case(document, game) == case
