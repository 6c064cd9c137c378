"""Answers about numbers go to JSON and back, and the schema knows them."""

from __future__ import annotations

import json

import jsonschema
import pytest

from alliance_games.reading import read_text
from alliance_games.results.codec import dumps, encode, schema
from alliance_games.results.decode import decode_case
from alliance_games.solve import solve_study

PAYOFFS = {
    "exact": "q * (d - total(q)) - q",
    "irrational": "d * contest(q, 1/2) - q",
    "continuum": "d * log(total(q)) - q",
    "searched": "exp(q) / total(exp(q)) - q^2 / d",
}
FILES = {
    name: f"choices:\n  each: q in [0, 9]\npayoffs:\n  each: {payoff}\n"
    for name, payoff in PAYOFFS.items()
}
FILES["ordered"] = FILES["exact"].replace("payoffs", "  order: [A, B]\npayoffs")


@pytest.mark.parametrize("body", FILES.values(), ids=FILES)
def test_there_and_back(body: str) -> None:
    study = read_text("game: x\nplayers: [A, B]\nparameters: {d: 5}\n" + body)
    answer = solve_study(study)
    document = json.loads(dumps(encode(answer)))
    definition = json.loads(schema())
    shape = {**definition, "anyOf": [{"$ref": "#/$defs/document"}]}
    errors = list(jsonschema.Draft202012Validator(shape).iter_errors(document))
    assert [jsonschema.exceptions.best_match(errors)] == [None]
    for case, written in zip(answer.cases, document["cases"], strict=True):
        assert any(result.solutions for result in case.results)
        again = decode_case(written, case.case.game)
        assert again.results == case.results
