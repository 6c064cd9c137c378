"""Branches and levels as JSON: the schema holds them, and they read back."""

from __future__ import annotations

import json
from random import Random

import pytest

from alliance_games.batch.rows import in_words
from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.codec import dumps, encode_case
from alliance_games.results.decode import decode_case
from alliance_games.solve import solve
from tests.contract.sample_games import STAG_HUNT, anonymous, normal
from tests.results.test_codec import hold

GAMES = [
    STAG_HUNT,
    normal(Random(1), (2, 3, 2)),
    normal(Random(42), (2, 2, 2)),  # a branch that tends to an irrational equilibrium
    anonymous(Random(2), (2, 3), 2),
]


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.kind)
def test_it_holds_to_the_schema_and_comes_back(game) -> None:
    answer = solve(game, ["logit", "level-k", "cognitive-hierarchy"])
    case = CaseAnswer(Case(None, {}, game), answer.results, ())
    document = json.loads(dumps(encode_case(case)))
    for result in document["results"]:
        for one in result["solutions"]:
            hold(one, "solution")
    assert decode_case(document, game) == case


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.kind)
def test_a_row_says_what_is_played(game) -> None:
    answer = solve(game, ["logit", "level-k"])
    case = CaseAnswer(Case(None, {}, game), answer.results, ())
    document = json.loads(dumps(encode_case(case)))
    path, levels = (result["solutions"][0] for result in document["results"])
    assert in_words(levels).startswith("level-k: 0: ") and "; 1: " in in_words(levels)
    assert in_words(path)
