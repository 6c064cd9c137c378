"""The JSON Schema for editors says the same as the reader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import alliance_games.reading
from alliance_games.model.problems import InvalidGame
from alliance_games.reading import read_text
from alliance_games.reading.expectations import FORMS, MODIFIERS
from alliance_games.reading.study import KEYS

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(
    Path(alliance_games.reading.__file__).with_name("game.schema.json").read_text(encoding="utf-8")
)
STARTERS = ROOT / "alliance_games" / "cli" / "starters"


def documented() -> list[str]:
    """The whole games among the examples of the documentation."""
    found = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        found += [body for body in re.findall(r"^```yaml\n(.*?)^```$", text, re.M | re.S)
                  if body.startswith("game:")]  # fmt: skip
    return found


def validator() -> Any:
    return jsonschema.Draft202012Validator(SCHEMA)


def test_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "path",
    sorted([*(ROOT / "games").rglob("*.yaml"), *STARTERS.glob("*.yaml")]),
    ids=lambda path: path.stem,
)
def test_every_game_of_the_library_conforms(path: Path) -> None:
    validator().validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_every_game_of_the_documentation_conforms_and_loads() -> None:
    games = documented()
    assert len(games) >= 5
    for body in games:
        validator().validate(yaml.safe_load(body))
        if "extends:" not in body:
            assert read_text(body).title


def test_it_knows_the_keys_the_reader_knows() -> None:
    assert set(SCHEMA["properties"]) == set(KEYS)
    line = SCHEMA["$defs"]["expectation"]["properties"]
    assert set(line) == {*FORMS, *MODIFIERS}


@pytest.mark.parametrize(
    "body",
    [
        "players: [A]\nstrategies: [X]\npayoffs: {X: 1}\n",  # no title
        "game: G\nplayers: [A]\nstrategies: [X]\n",  # no body
        "game: G\nplayers: [A]\nstrategies: [X, X]\npayoffs: {X: 1}\n",
        "game: G\nplayers: [A]\nstrategys: [X]\npayoffs: {X: 1}\n",
        "game: G\nplayers: [A]\nstrategies: [X]\nparameters: {p: {value: 1, rang: [0, 1]}}\n"
        "payoffs: {X: 1}\n",
        "game: G\nplayers: [A, B]\ntree: {A: {x: '1, 1'}, B: {y: '1, 1'}}\n",
        "game: G\nplayers: [A]\nstrategies: [X]\npayoffs: {X: 1}\n"
        "expect: [{nash: [[X]], may be: decided}]\n",
        "game: G\nplayers: [A]\nstrategies: [X]\npayoffs: {X: 1}\nexpect: [{count: {}}]\n",
        "game: G\nplayers: [A, B]\nmatrix: |\n  A \\ B | X\n  Y | 1, 1\ntree: {A: {x: '1, 1'}}\n",
    ],
)
def test_it_refuses_what_the_reader_refuses(body: str) -> None:
    assert not validator().is_valid(yaml.safe_load(body))
    with pytest.raises(InvalidGame):
        read_text(body)


def test_it_takes_names_that_yaml_takes_for_nothing() -> None:
    body = "game: G\nplayers: [null, No]\nstrategies: [~, on]\npayoffs: {each: 1}\n"
    validator().validate(yaml.safe_load(body))
    assert read_text(body).game.players == ("null", "No")
