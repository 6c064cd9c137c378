"""Expectations about quantal response, held to the logit equation followed in small steps."""

from __future__ import annotations

from math import exp
from random import Random

import pytest

from tests.claims.test_check import outcome, verdicts

STAG_HUNT = """
game: Stag hunt
players: [Alice, Jack]
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag: {stag}, {stag}
  Stag, Rabbit: 0, {rabbit}
  Rabbit, Stag: {rabbit}, 0
  Rabbit, Rabbit: {rabbit}, {rabbit}
expect:
"""
HUNT = STAG_HUNT.format(stag=4, rabbit=3)


def response(stag: float, rabbit: float, precision: float) -> float:
    """The symmetric equilibrium on the branch from 1/2, by a thousand steps of precision."""
    p = 0.5
    for step in range(1, 1001):
        at = precision * step / 1000
        for _ in range(4):
            q = 1 / (1 + exp(-at * (p * stag - rabbit)))
            p -= (p - q) / (1 - at * stag * q * (1 - q))
    return p


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("precision", ["0.5", "1", "2"])
def test_the_probability_is_the_branch_s(seed: int, precision: str) -> None:
    """Rabbits worth more than half of the stag: the branch leads to them without turning."""
    dice = Random(seed)
    stag = dice.randint(30, 50) / 10
    rabbit = round(stag * dice.uniform(0.6, 0.95), 2)
    found = response(stag, rabbit, float(precision))
    game = STAG_HUNT.format(stag=stag, rabbit=rabbit)
    asked = f'value(\\"logit\\", {precision}, Jack, Stag)'
    line = f'compare: "{found - 1e-7:.12f} < {asked} < {found + 1e-7:.12f}"'
    assert outcome(game, line) == "held"
    assert outcome(game, f'compare: "{asked} > {found + 1e-4:.12f}"') == "failed"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('compare: "value(\\"logit\\", 3, Alice, Stag) < 1"', "no equilibrium at precision 3"),
        ('compare: "value(\\"logit\\", 1, Alicia, Stag) < 1"', "no player Alicia"),
        ('compare: "value(\\"logit\\", 1, Alice, Hare) < 1"', "no strategy Hare"),
        ('compare: "value(\\"logit\\", Alice, Stag) < 1"', "asked for as in"),
        ('compare: "value(\\"logit\\", Alice, Alice, Stag) < 1"', "is no precision"),
    ],
)
def test_what_the_branch_does_not_tell(line: str, words: str) -> None:
    (verdict,) = verdicts(HUNT, line)
    assert verdict.outcome.value == "failed"
    assert words in verdict.found
