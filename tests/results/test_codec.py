"""Answers as JSON: the schema holds every output, the bytes are the same, and they read back."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import alliance_games as ag
from alliance_games.api import Model
from alliance_games.exact.span import Span
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, ExtensiveGame, InformationSet
from alliance_games.model.normal import NormalGame
from alliance_games.model.problems import Problem
from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.codec import dumps, encode, encode_case, failed, lines, schema
from alliance_games.results.decode import decode_case
from alliance_games.results.naming import Names, parameters
from alliance_games.results.result import Coverage, Refusal, Result, Status
from alliance_games.results.solutions import (
    Behaviour,
    Certificate,
    Component,
    CountPoint,
    Dominant,
    Dominated,
    Members,
    Numbers,
    Point,
    Selection,
    Solution,
    Subset,
    Tally,
)

SCHEMA: dict[str, Any] = json.loads(schema())
FILES = [
    *sorted(Path("games").rglob("*.yaml")),
    *sorted(Path("alliance_games/cli/starters").glob("*.yaml")),
]

EVERYTHING = [concept.name for concept in ag.catalogue()]

ZERO, HALF, ONE = Fraction(0), Fraction(1, 2), Fraction(1)
CHECKED = Certificate(True, "every deviation was tried", ZERO)

NORMAL = NormalGame.from_matrices(
    [[1, 0], [0, Fraction(1, 3)]], [[1, 0], [0, 1]], ("A", "B"), [["U", "D"], ["L", "R"]]
)
ANONYMOUS = AnonymousGame(
    ("1", "2", "3"),
    ("In", "Out"),
    (0, 0, 1),
    (((1, 2, 3), (0, 0, 0)), ((3, 2, 1), (0, 1, 0))),
    (1, 2),
)
TREE = ExtensiveGame(
    players=("A", "B"),
    sets=(
        InformationSet(0, ("Go", "Stay")),
        InformationSet(CHANCE, ("Rain", "Sun")),
        InformationSet(1, ("Yes", "No"), "asked"),
    ),
    set_of=(0, 1, -1, 2, -1, -1, -1),
    first_child=(1, 3, 5, 5, 7, 7, 7, 7),
    weight=(0, 0, 0, 1, 2, 0, 0),
    terminal=(-1, -1, 0, -1, 1, 2, 3),
    numerators=((0, 1, 2, 3), (0, -1, 4, 1)),
    denominators=(1, 2),
    outcomes=("home", "", "", ""),
)

PURE = ((ONE, ZERO), (ONE, ZERO))
MIXED = ((HALF, HALF), (ONE, ZERO))
NORMAL_SOLUTIONS: list[Solution] = [
    Point(PURE, (ONE, ONE), {"pure": True, "index": 1, "share": HALF, "word": "safe"}, CHECKED),
    Component(
        1,
        (PURE, MIXED),
        ((ONE, ONE), (HALF, HALF)),
        (Subset(((ONE, ZERO), (HALF, HALF)), ((ONE, ZERO),)),),
        {"index": -1},
        CHECKED,
    ),
    Members(
        "rationalizable",
        ((0, 1), (1,)),
        {"rounds": 1},
        (Dominated(1, 0, (ZERO, ONE), "strict", 1, within=((0, 1), (0, 1))),),
        ((((((0, 0), HALF), ((0, 1), HALF)), (((1, 1), ONE),))), ((((0, 1), ONE),),)),
        Certificate(True, "by best replies"),
    ),
    Numbers("security level", {}, (HALF, ONE), held_by=((((0, 1), ONE),), (((1, 0), ONE),))),
    Dominated(0, 1, (ONE, ZERO), "strict", 2, certificate=CHECKED),
    Dominant(1, 0, "weak", None),
    Numbers("value", {"value": HALF, "ratio": None}, (HALF, ONE), (((HALF, HALF),), (PURE[1],))),
    Numbers("value", {"value": HALF}),
    Selection((0, 0), ((0, 0), (1, 1)), {"loss of A": HALF}, "the greater product", CHECKED),
    Selection(None, ((0, 0), (1, 1)), {}, "equal products"),
    Tally(10**30, "equilibria"),
]
COUNTED: list[Solution] = [
    Numbers("security level", {}, (ONE, ONE, ONE), held_by=((((1, 1), ONE),),) * 3),
    CountPoint(((2, 0), (0, 1)), 1, ((ONE, None), (None, HALF))),
]
BEHAVIOURS: list[Solution] = [
    Behaviour(
        ((ONE, ZERO), None, (HALF, HALF)),
        (ONE, Fraction(-1, 6)),
        ((5, Fraction(1, 6)), (6, Fraction(1, 6)), (4, Fraction(2, 3))),
        {"pure": False},
        CHECKED,
    ),
    Behaviour(((ZERO, ONE), None, (ONE, ZERO)), (ZERO, ZERO), ((2, ONE),)),
]
EVERY_KIND = [(NORMAL, NORMAL_SOLUTIONS), (ANONYMOUS, COUNTED), (TREE, BEHAVIOURS)]


def hold(document: Any, shape: str) -> None:
    """Hold a document to one shape of the schema."""
    validator = Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{shape}"}]})
    errors = [
        f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(document)
    ]
    assert errors == []


def answer_of(game: Any, solutions: list[Solution]) -> CaseAnswer:
    result = Result("nash", Status.EXACT, Coverage.ALL, "why", "how", tuple(solutions), ("so",))
    values = {"stag": Fraction(4), "power": {("A",): HALF}, "affinity": {("A", "B"): ONE}}
    return CaseAnswer(Case("rich", values, game), (result,), (Refusal("maxmin", "it is not"),))


def document_of(case: CaseAnswer) -> Any:
    study = ag.load(NORMAL).solve("pure-nash").answer.study
    return encode(StudyAnswer("a.yaml", study, (case,), ()))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("game", "solutions"), EVERY_KIND, ids=lambda part: getattr(part, "kind", "")
)
def test_every_kind_of_solution_holds_to_the_schema(game: Any, solutions: list[Solution]) -> None:
    document = document_of(answer_of(game, solutions))
    hold(document, "document")
    for line in lines(document):
        hold(line, "line")


@pytest.mark.parametrize(
    ("game", "solutions"), EVERY_KIND, ids=lambda part: getattr(part, "kind", "")
)
def test_every_kind_of_solution_comes_back(game: Any, solutions: list[Solution]) -> None:
    case = answer_of(game, solutions)
    text = dumps(encode_case(case))
    assert decode_case(json.loads(text), game) == case


def test_the_schema_refuses_a_rounded_number_where_an_exact_one_stands() -> None:
    document = document_of(answer_of(NORMAL, NORMAL_SOLUTIONS))
    document["cases"][0]["parameters"]["stag"] = 4
    with pytest.raises(AssertionError):
        hold(document, "document")


def is_small(model: Model) -> bool:
    """Few strategies, nodes and scenarios: every concept takes moments."""
    game = model.game
    if isinstance(game, NormalGame):
        quick = max(game.shape) <= 4 and len(game.players) <= 3
    elif isinstance(game, ExtensiveGame):
        quick = game.size <= 20
    else:
        quick = not isinstance(game, AnonymousGame)
    return quick and len(model.study.scenarios) <= 3


@cache
def small_ones() -> set[Path]:
    """The first small game of each folder."""
    first: dict[Path, Path] = {}
    for file in FILES:
        if file.parent not in first and is_small(ag.load(file)):
            first[file.parent] = file
    return set(first.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_real_answers_hold_to_the_schema_and_come_back(file: Path) -> None:
    """Every concept for a small game of each folder; of others what is asked of them unasked."""
    hold_and_return(ag.load(file), EVERYTHING if file in small_ones() else [])


@pytest.mark.long
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_real_answers_to_everything_hold_to_the_schema_and_come_back(file: Path) -> None:
    hold_and_return(ag.load(file), EVERYTHING)


def hold_and_return(model: Model, concepts: list[str]) -> None:
    """Hold a model's answers to the schema, and read them back from JSON as they were."""
    solved = model.solve(*concepts, scenarios=True)
    document = json.loads(dumps(solved.to_dict()))
    hold(document, "document")
    for line in lines(document):
        hold(line, "line")
    for written, case in zip(document["cases"], solved.answer.cases, strict=True):
        back = decode_case(written, case.case.game)
        if any(result.status is Status.NUMERIC for result in case.results):
            # Approximations are written as floats, and come back as these.
            assert json.loads(dumps(encode_case(back)))["results"] == written["results"]
        else:
            assert back.results == case.results
        assert back.refusals == case.refusals
        assert back.case.values == case.case.values


def test_a_failed_file_is_a_document_with_its_problems() -> None:
    problem = Problem("no-payoffs", "there are no payoffs", "a.yaml", Span(3, 5), "write some")
    document = failed("a.yaml", [problem, Problem("old", "an old form", warning=True)])
    hold(document, "document")
    assert document["game"] == {"file": "a.yaml"}
    assert document["cases"] == []
    assert document["problems"][0] == {
        "file": "a.yaml",
        "line": 3,
        "column": 5,
        "code": "no-payoffs",
        "message": "there are no payoffs",
        "hint": "write some",
    }
    hold(lines(document)[0], "line")


def test_the_keys_of_a_document_stand_in_the_order_the_page_gives() -> None:
    document = ag.load("stag_hunt").solve("nash").to_dict()
    assert list(document) == ["format", "tool", "game", "cases", "problems"]
    assert list(document["cases"][0])[:2] == ["scenario", "parameters"]
    result = document["cases"][0]["results"][0]
    assert list(result) == [
        "concept", "status", "coverage", "because", "method", "solutions", "notes",
    ]  # fmt: skip
    assert list(result["solutions"][0]) == [
        "kind", "profile", "payoffs", "properties", "certificate",
    ]  # fmt: skip


def test_the_mixed_equilibrium_of_the_stag_hunt_is_written_as_exact_text() -> None:
    """Closed form: Stag with probability rabbit / stag."""
    document = ag.load("stag_hunt").at(stag=7, rabbit=2).solve("nash").to_dict()
    mixed = [
        one
        for one in document["cases"][0]["results"][0]["solutions"]
        if not one["properties"]["pure"]
    ]
    assert [one["profile"]["Alice"] for one in mixed] == [{"Stag": "2/7", "Rabbit": "5/7"}]
    assert mixed[0]["payoffs"] == {"Alice": "2", "Jack": "2"}
    assert mixed[0]["certificate"]["largest_gain"] == "0"


def test_numeric_payoffs_are_json_numbers() -> None:
    text = (
        "game: g\nplayers: [A, B]\nstrategies: [C, D]\npayoffs:\n  each: if(mine == C, sqrt(2), 0)"
    )
    document = ag.loads(text).solve("pure-nash").to_dict()
    hold(document, "document")
    result = document["cases"][0]["results"][0]
    assert result["status"] == "numeric"
    assert 0 < result["tolerance"] < 1e-30
    for role in (
        result["solutions"][0]["payoffs"]
        if isinstance(result["solutions"][0]["payoffs"], list)
        else [result["solutions"][0]["payoffs"]]
    ):
        for value in role.values():
            assert value is None or abs(value - 2**0.5) < 1e-12


def test_numeric_payoffs_beyond_any_float_are_whole_numbers() -> None:
    text = "game: g\nplayers: [A]\nstrategies: [C]\npayoffs:\n  C: exp(1000)\n"
    document = ag.loads(text).solve("pure-nash", "welfare").to_dict()
    hold(document, "document")
    (one,) = document["cases"][0]["results"][0]["solutions"]
    assert isinstance(one["payoffs"]["A"], int) and str(one["payoffs"]["A"]).startswith("19700711")
    assert len(str(one["payoffs"]["A"])) == 435
    assert json.loads(dumps(document)) == document


def test_rankings_are_called_so() -> None:
    text = "game: g\nplayers: [A]\nstrategies: [C, D]\npayoffs:\n  C: good\n  D: bad\n"
    document = ag.loads(text + "ordinal:\n  A: [good, bad]\n").solve("pure-nash").to_dict()
    hold(document, "document")
    assert document["game"]["ordinal"] is True
    assert "ordinal" not in ag.load("stag_hunt").solve("pure-nash").to_dict()["game"]


def test_the_number_of_players_may_differ_by_case() -> None:
    text = (
        "game: g\nplayers: n_states\nparameters: {n_states: 3}\nstrategies: [In, Out]\n"
        "payoffs:\n  each: if(mine == In, count(In), 1)\nscenarios:\n  many: {n_states: 5}\n"
    )
    document = ag.loads(text).solve("pure-nash", scenarios=True).to_dict()
    hold(document, "document")
    first, second = document["cases"]
    assert "players" not in first
    assert document["game"]["players"] == ["1", "2", "3"]
    assert second["players"] == ["1", "2", "3", "4", "5"]
    assert list(second)[:3] == ["scenario", "parameters", "players"]


def test_parameters_by_player_and_pair_have_their_names() -> None:
    values = {"power": {("France",): Fraction(3)}, "affinity": {("Japan", "Korea"): Fraction(5)}}
    assert parameters(values) == {"power": {"France": "3"}, "affinity": {"Japan - Korea": "5"}}


def test_an_information_set_without_a_label_is_named_by_its_path() -> None:
    written = document_of(answer_of(TREE, BEHAVIOURS))["cases"][0]["results"][0]["solutions"][0]
    assert list(written["behaviour"]["A"]) == ["start"]
    assert written["behaviour"]["B"] == {"asked": {"Yes": "1/2", "No": "1/2"}}
    assert written["outcomes"][0]["path"] == ["Go", "Rain", "Yes"]
    assert "name" not in written["outcomes"][0]


@given(st.fractions())
def test_an_exact_number_reads_back_as_itself(number: Fraction) -> None:
    written = Names(NORMAL).number(number)
    assert isinstance(written, str)
    assert Fraction(written) == number
    assert Draft202012Validator({**SCHEMA["$defs"]["exact"]}).is_valid(written)


def test_a_model_of_a_game_made_in_python_has_no_file() -> None:
    model = ag.load(NORMAL).solve("pure-nash")
    assert "file" not in model.to_dict()["game"]
    assert isinstance(ag.load("stag_hunt"), Model)


def test_the_json_of_the_page_holds_to_the_schema() -> None:
    page = Path("docs/results.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```json\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    documents = [json.loads(block) for block in blocks]
    for document in documents:
        hold(document, "solution" if "kind" in document else "document")
    assert {one.get("kind") for one in documents} == {
        None, "component", "counts", "behaviour", "assessment", "discarded", "correlated", "path",
        "symmetric", "levels", "distribution", "commitment", "empty-core", "thresholds",
        "agreement",
    }  # fmt: skip


def test_the_page_shows_every_kind_of_solution() -> None:
    page = Path("docs/results.md").read_text(encoding="utf-8")
    kinds = [one["$ref"].rpartition("/")[2] for one in SCHEMA["$defs"]["solution"]["oneOf"]]
    assert [kind for kind in kinds if f"**`{kind}`**" not in page] == []
