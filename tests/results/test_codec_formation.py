"""Partitions, matchings and landscapes as JSON: the schema holds them, and they read back."""

from __future__ import annotations

import json

import pytest

from alliance_games.batch.rows import in_words
from alliance_games.concepts import catalogue
from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.codec import dumps, encode_case
from alliance_games.results.decode import decode_case
from alliance_games.solve import solve
from tests.contract.others import landscape, matching, partitions
from tests.results.test_codec import hold

GAMES = [*partitions.GAMES, *landscape.GAMES, *matching.GAMES]


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.kind)
def test_it_holds_to_the_schema_and_comes_back(game) -> None:
    names = [one.name for one in catalogue(game.kind) if one.order in range(220, 240)]
    answer = solve(game, names)
    case = CaseAnswer(Case(None, {}, game), answer.results, ())
    document = json.loads(dumps(encode_case(case)))
    written = [one for result in document["results"] for one in result["solutions"]]
    assert written
    for one in written:
        hold(one, "solution")
        assert in_words(one)
    assert decode_case(document, game) == case
