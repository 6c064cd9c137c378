"""Claims about choices that are numbers, for all values: proved, or refuted by some."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from alliance_games.cli.app import app

COURNOT = """
game: Two firms
players: [A, B]
parameters:
  a: 10
  cost: {value: {A: 1, B: 2}}
assume: [a > 0, cost >= 0]
choices:
  each: q in [0, infinity)
payoffs:
  each: q * (a - total(q)) - cost * q
"""

BOTH = "a > 2 * cost[A] and a > 2 * cost[B]"

PROVED = [
    ('pure-nash: {A: "(a - 2*cost[A] + cost[B]) / 3", B: "(a - 2*cost[B] + cost[A]) / 3"}', BOTH),
    ("compare: choice(A) > choice(B)", "cost[A] < cost[B] and a > cost[A]"),
    ("compare: payoff(A) == choice(A)^2", "a > 0"),
    ('decreasing: {of: choice(A), in: "cost[A]"}', BOTH),
    ('increasing: {of: choice(A), in: "cost[B]"}', BOTH),
    ("increasing: {of: choice(A), in: a}", BOTH),
    ("unique: pure-nash", "a > 0"),
]

REFUTED = [
    (
        'pure-nash: {A: "(a - 2*cost[A] + cost[B]) / 3", B: "(a - 2*cost[B] + cost[A]) / 3"}',
        "a > 0",
    ),
    ("compare: choice(A) > choice(B)", "a > 0"),
    ('increasing: {of: choice(A), in: "cost[A]"}', BOTH),
    ("compare: choice(A) > (a - cost[A]) / 3", BOTH),
]


@pytest.mark.parametrize(
    ("claim", "when", "code", "word"),
    [(*one, 0, "PROVED") for one in PROVED] + [(*one, 1, "REFUTED") for one in REFUTED],
)
def test_two_firms(claim: str, when: str, code: int, word: str, tmp_path: object) -> None:
    path = f"{tmp_path}/cournot.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(COURNOT)
    run = CliRunner().invoke(app, ["prove", path, claim, "--when", when])
    assert run.exit_code == code, run.output
    assert run.output.startswith(word)
