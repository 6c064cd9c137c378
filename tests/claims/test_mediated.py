"""Expectations about correlated play and commitments, told by payoffs."""

from __future__ import annotations

import pytest

from tests.claims.test_check import outcome, verdicts

CHICKEN = """
game: Chicken
players: [Alice, Jack]
strategies: [Dare, Yield]
payoffs:
  Dare, Dare: 0, 0
  Dare, Yield: 7, 2
  Yield, Dare: 2, 7
  Yield, Yield: 6, 6
expect:
"""
DILEMMA = """
game: Dilemma
players: [Alice, Jack]
strategies: [Help, Defect]
payoffs:
  Help, Help: 3, 3
  Help, Defect: 0, 5
  Defect, Help: 5, 0
  Defect, Defect: 1, 1
expect:
"""


@pytest.mark.parametrize(
    ("game", "line", "expected"),
    [
        (CHICKEN, "correlated: {Alice: 21/4, Jack: 21/4}", "held"),
        (CHICKEN, "correlated: {welfare: 21/2}", "held"),
        (CHICKEN, "correlated: {Alice: about 5.25}", "held"),
        (CHICKEN, "correlated: {Alice: 2, Jack: 7}", "failed"),
        (CHICKEN, "correlated: {includes: [{Alice: 2, Jack: 7}]}", "held"),
        (CHICKEN, "correlated: {excludes: [{Alice: 6, Jack: 6}]}", "held"),
        (CHICKEN, "correlated: {excludes: [{Alice: 9/2, Jack: 9/2}]}", "failed"),
        (CHICKEN, "correlated: {includes: [{Alice: 9/2, Jack: 9/2}]}", "held"),
        (CHICKEN, "correlated: {excludes: [{Alice: about 4.5, Jack: 9/2}]}", "undecided"),
        (CHICKEN, "correlated: {Alicia: 2}", "failed"),
        (CHICKEN, "unique: correlated", "failed"),
        (DILEMMA, "unique: correlated", "held"),
        (DILEMMA, "count: {coarse-correlated: 1}", "held"),
        (CHICKEN, "stackelberg: {includes: [{Alice: 7, Jack: 2}, {Alice: 2, Jack: 7}]}", "held"),
        (CHICKEN, "stackelberg: {includes: [{Alice: 6, Jack: 6}]}", "failed"),
    ],
)
def test_a_line(game: str, line: str, expected: str) -> None:
    assert outcome(game, line) == expected


def test_an_unmet_line_tells_what_was_found() -> None:
    (verdict,) = verdicts(CHICKEN, "correlated: {welfare: 12}")
    assert "welfare-best {Alice: 21/4 (5.25), Jack: 21/4 (5.25)}" in verdict.found
    assert "worst for Jack {Alice: 7, Jack: 2}" in verdict.found
    (verdict,) = verdicts(CHICKEN, "stackelberg: {includes: [{Alice: 6}]}")
    assert "Alice leads by Dare (pessimistic ties) {Alice: 7, Jack: 2}" in verdict.found
