"""Selection from a file to its expectations, its report and its JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from alliance_games.claims import Outcome, check
from alliance_games.reading import read_text
from alliance_games.render.markdown import render
from alliance_games.report.build import build
from alliance_games.results.codec import encode, encode_case, schema
from alliance_games.results.decode import decode_case
from alliance_games.solve import solve_study

HUNT = """
game: Stag hunt
players: [Alice, Jack]
parameters: {stag: 4, rabbit: 3}
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag: stag, stag
  Stag, Rabbit: 0, rabbit
  Rabbit, Stag: rabbit, 0
  Rabbit, Rabbit: rabbit, rabbit
"""

CHASE = """
game: One would be with the other
players: [A, B]
strategies: {A: [up, down], B: [left, right]}
matrix: |
  A \\ B | left  | right
  up    | 1, -1 | -1, 1
  down  | -1, 1 | 1, -1
"""

MANY = """
game: Many hunters
players: 30
strategies: [Stag, Rabbit]
payoffs:
  each: "if(mine == Stag, if(count(Stag) >= 18, 4, 0), 3)"
"""

CONCEPTS = [
    "laplacian", "potential", "supermodular", "global-games", "stochastic-stability",
    "p-dominance", "risk-dominance",
]  # fmt: skip


def outcome(text: str, line: str) -> Outcome:
    (verdict,) = check(read_text(f"{text}expect:\n  - {line}\n", "test.yaml"))
    return verdict.outcome


@pytest.mark.parametrize(
    ("text", "line", "holds"),
    [
        (HUNT, "potential: [Rabbit, Rabbit]", True),
        (HUNT, "potential: [Stag, Stag]", False),
        (CHASE, "potential: none", True),
        (HUNT, "potential: none", False),
        (HUNT, "global-games: [Rabbit, Rabbit]", True),
        (HUNT, "laplacian: [Stag, Stag]", False),
        (HUNT, "stochastic-stability: [[Stag, Stag], [Rabbit, Rabbit]]", True),
        (HUNT, "stochastic-stability: [Rabbit, Rabbit]", False),
        (HUNT, "stochastic-stability: {includes: [[Rabbit, Rabbit]]}", True),
        (HUNT, "supermodular: [[Stag, Stag], [Rabbit, Rabbit]]", True),
        (CHASE, "supermodular: none", True),
        (HUNT, "p-dominance: [[Stag, Stag], [Rabbit, Rabbit]]", True),
        (MANY, "laplacian: {Rabbit: 30}", True),
        (MANY, "laplacian: {Stag: 30}", False),
        (MANY, "global-games: {Rabbit: 30}", True),
        (MANY, "stochastic-stability: {Rabbit: 30}", True),
        (MANY, "stochastic-stability: {Stag: 30}", False),
        (MANY, "potential: {Rabbit: 30}", True),
    ],
)
def test_expectations(text: str, line: str, holds: bool) -> None:
    assert outcome(text, line) is (Outcome.HELD if holds else Outcome.FAILED)


@pytest.mark.parametrize("text", [HUNT, CHASE, MANY])
def test_json_and_back(text: str) -> None:
    answer = solve_study(read_text(text, "test.yaml"), CONCEPTS)
    Draft202012Validator(json.loads(schema())).validate(encode(answer))
    (case,) = answer.cases
    back: Any = decode_case(encode_case(case), case.case.game)
    assert back.results == case.results


def test_what_reports_say() -> None:
    def report(text: str) -> str:
        return render(build(solve_study(read_text(text, "test.yaml"), CONCEPTS))).replace("\\", "")

    told = report(HUNT)
    assert "low to high: Stag < Rabbit" in told
    assert "all rationalizable play lies between them" in told
    assert "maximises an exact potential" in told
    assert (
        "potential: (Stag, Stag) 1; (Stag, Rabbit) 0; (Rabbit, Stag) 0; (Rabbit, Rabbit) 3" in told
    )
    assert "is selected whatever the noise: it is the risk-dominant one of two" in told
    assert "everybody does best to side with (Rabbit, Rabbit)" in told
    told = report(CHASE)
    assert "There is no potential: improvements go round a cycle." in told
    assert "In no order of the strategies" in told
    told = report(MANY)
    assert "all Rabbit" in told and "Laplacian" in told
