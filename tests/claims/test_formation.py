"""Expectations about partitions, matchings and landscapes: what holds, what fails, and why."""

from __future__ import annotations

import pytest

from alliance_games.claims import Outcome, check
from alliance_games.claims.verdict import Verdict
from alliance_games.reading import read_text

BLOCS = """\
game: Blocs
players: [A, B, C, D]
parameters: {bond: 3/2, creed: {value: {A: 0, B: 0, C: 1, D: 1}}}
coalitions:
  utility: others(bond - abs(creed - own(creed)))
scenarios: {weak: {bond: 4/5}}
expect:
"""
ROUND = """\
game: Round
players: [A, B, C]
coalitions:
  preferences: {A: ["A, B", "A, C"], B: ["B, C", "A, B"], C: ["A, C", "B, C"]}
expect:
"""
LATIN = """\
game: M
matching:
  men: {a: [A, B, C], b: [B, C, A], c: [C, A, B]}
  women: {A: [b, c, a], B: [c, a, b], C: [a, b, c]}
expect:
"""
ENEMIES = """\
game: E
players: [A, B, C]
landscape: {sizes: 1, propensities: -1, start: [[A, B, C], []]}
expect:
"""


def verdict(text: str) -> Verdict:
    (one,) = check(read_text(text))
    return one


@pytest.mark.parametrize(
    ("game", "line"),
    [
        (BLOCS, "core-stable: [[[A, B, C, D]]]"),
        (BLOCS, "core-stable: [[A, B, C, D]]"),  # as deep as one partition: it is one
        (BLOCS, "core-stable: [[C, B, D, A]]"),
        (BLOCS, "core-stable: [[D, C], [B, A]]\n    in scenario: weak"),
        (BLOCS, "nash-stable: [[[A, B], [C, D]], [[A, B, C, D]]]"),
        (BLOCS, "nash-stable: {includes: [[A, B], [C, D]]}"),
        (BLOCS, "nash-stable: {includes: [[[A, B], [C, D]]], excludes: [[A], [B], [C], [D]]}"),
        (BLOCS, "count: {nash-stable: 2}"),
        (BLOCS, "unique: core-stable"),
        (ROUND, "core-stable: none"),
        (ROUND, "count: {core-stable: 0}"),
        (LATIN, "stable-matching: {includes: [{a: B, b: C, c: A}]}"),
        (LATIN, "stable-matching: {excludes: [{a: A, b: C}]}"),
        (LATIN, "count: {stable-matching: 3}"),
        (ENEMIES, "landscape-minima: {includes: [{sides: [[C], [B, A]], energy: -4}]}"),
        (ENEMIES, "gradient-path: [{movers: [A], steps: 1, end: [[A], [B, C]]}]"),
        (ENEMIES, "weighted-potential: {A: 2, B: 2, C: 2}"),
    ],
)
def test_what_holds(game: str, line: str) -> None:
    assert verdict(f"{game}  - {line}\n").outcome is Outcome.HELD


@pytest.mark.parametrize(
    ("game", "line", "found"),
    [
        (BLOCS, "core-stable: [[A, B], [C, D]]", "[[A, B, C, D]]"),
        (BLOCS, "nash-stable: [[A, B, C, D]]", "[[A, B, C, D]]; [[A, B], [C, D]]"),
        (BLOCS, "nash-stable: {excludes: [[A, B], [C, D]]}", "[[A, B, C, D]]"),
        (BLOCS, "nash-stable: none", "[[A, B, C, D]]"),
        (BLOCS, "core-stable: [[A, B, C, E]]", "there is no player E"),
        (BLOCS, "nash-stable: {excludes: [[A, B], [C, E]]}", "there is no player E"),
        (ROUND, "core-stable: [[A, B], [C]]", "none"),
        (LATIN, "stable-matching: [{a: A, b: B, c: C}]", "a: [A]"),
        (LATIN, "count: {stable-matching: 2}", "3"),
        (ENEMIES, "landscape-minima: [{sides: [[A], [B, C]]}]", "energy: -4"),
        (ENEMIES, "landscape-minima: {includes: [{energy: -5}]}", "energy: -4"),
        (ENEMIES, "gradient-path: [{movers: [B]}]", "movers: [A]"),
        (ENEMIES, "weighted-potential: {A: 1}", "A: 2"),
    ],
)
def test_what_fails_says_what_was_found(game: str, line: str, found: str) -> None:
    one = verdict(f"{game}  - {line}\n")
    assert one.outcome is Outcome.FAILED and found in one.found


def test_utilities_can_be_compared() -> None:
    lines = """\
  - core-stable: [[A, B, C, D]]
    as: all
  - compare: payoff(A) == 5/2
    at: all
  - compare: payoff(A) > 5/2
    at: all
"""
    outcomes = [one.outcome for one in check(read_text(BLOCS + lines))]
    assert outcomes == [Outcome.HELD, Outcome.HELD, Outcome.FAILED]


def test_what_is_in_a_best_structure() -> None:
    text = """\
game: G
players: [A, B, C]
coalitions: {worth: {"A, B": 4, "A, B, C": 3}, otherwise: 1}
expect:
  - coalition-structure: {value: 5, structures: [[[A, B], [C]]]}
  - compare: 'value("coalition-structure", value) == 5'
  - coalition-structure: {value: 4}
"""
    outcomes = [one.outcome for one in check(read_text(text))]
    assert outcomes == [Outcome.HELD, Outcome.HELD, Outcome.FAILED]
