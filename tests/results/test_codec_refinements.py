"""Trembles and joint moves of games in normal form hold to the schema and come back."""

from __future__ import annotations

import json
from random import Random

import pytest

from alliance_games.results.codec import dumps, encode_case
from alliance_games.results.decode import decode_case
from alliance_games.solve import solve
from tests.concepts.test_coalitions import three_players
from tests.concepts.test_normal_refinements import myerson
from tests.contract.sample_games import CONTINUUM, anonymous
from tests.results.test_codec import answer_of, hold

GAMES = {
    "joint moves": (three_players(), "coalition-proof", "moves"),
    "joint moves by role": (anonymous(Random(3), (2, 2), 2), "strong-nash", "moves"),
    "orders of a tremble": (myerson(), "proper", "tremble"),
    "a tremble of the first order": (CONTINUUM, "perfect", "tremble"),
}


@pytest.mark.parametrize("name", GAMES)
def test_it_comes_back_as_it_was(name: str) -> None:
    game, concept, key = GAMES[name]
    (result,) = solve(game, [concept]).results
    case = answer_of(game, list(result.solutions))
    document = json.loads(dumps(encode_case(case)))
    solutions = document["results"][0]["solutions"]
    assert any(key in one for one in solutions)
    for one in solutions:
        hold(one, "solution")
    assert decode_case(document, game) == case
