"""Answers about repeated games as JSON: they hold to the schema and read back."""

from __future__ import annotations

import json
from fractions import Fraction as F

import pytest

from alliance_games.model.repeated import RepeatedGame
from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.codec import dumps, encode_case
from alliance_games.results.decode import decode_case
from alliance_games.results.records import Record
from alliance_games.solve import solve
from tests.contract.others.repeated import ABREU, AUTOMATA, GAMES, dilemma, repeated, threatened
from tests.results.test_codec import hold

CONCEPTS = (
    "grim-trigger",
    "automata",
    "folk-theorem",
    "repeated-payoffs",
    "optimal-punishments",
)


@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
def test_every_answer_reads_back(game: RepeatedGame) -> None:
    answer = solve(game, CONCEPTS)
    case = CaseAnswer(Case(None, {}, game), answer.results, answer.refusals)
    document = encode_case(case)
    hold(json.loads(json.dumps(document)), "case")
    again = decode_case(json.loads(dumps(document)), game)
    assert [result.solutions for result in again.results] == [
        result.solutions for result in answer.results
    ]


def test_irrational_thresholds_are_written_as_roots() -> None:
    game = threatened(F(4), F(1, 2), F(9, 10))
    document = encode_case(CaseAnswer(Case(None, {}, game), solve(game, CONCEPTS).results, ()))
    least = document["results"][0]["solutions"][0]["profiles"][0]["least"]
    assert least["root"] == "8x^2 - 33x + 20"


def said(game: RepeatedGame, concept: str) -> object:
    ((record,),) = (result.solutions for result in solve(game, [concept]).results)
    assert isinstance(record, Record)
    return record.said()


def test_what_an_expectation_is_held_against() -> None:
    game = repeated(dilemma(5), F(2, 3), cooperate=(0, 0), automata=AUTOMATA)
    assert said(game, "grim-trigger") == {
        "r1, c1": F(1, 2), "r1, c2": "never", "r2, c1": "never", "r2, c2": F(0),
    }  # fmt: skip
    verdicts = said(game, "automata")
    assert verdicts["tit for tat"] == {
        "least": "never", "perfect": False, "nash": True, "payoffs": {"Row": 3, "Column": 3},
    }  # fmt: skip
    assert said(game, "folk-theorem")["minmax"] == {"Row": 1, "Column": 1}
    assert said(game, "repeated-payoffs")["worst"] == {"Row": 1, "Column": 1}
    assert said(repeated(ABREU, None, cooperate=(0, 0)), "optimal-punishments") == {
        "r1, c1": F(1, 3)
    }
