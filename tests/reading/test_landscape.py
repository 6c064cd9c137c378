"""The body ``landscape`` and its faults at their place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.landscape import Landscape
from tests.reading.games import codes, faults, study

HEAD = """\
game: Sides
players: [A, B, C]
parameters:
  power: {value: {A: 1, B: 2, C: 4}}
  tie: {value: {A - B: 2, A - C: -1, B - C: 5}}
  k: 3
landscape:
"""
PAIRS = "  propensities: {A - B: 1, B - C: k, C - A: -1/2}\n"


def game_of(body: str) -> Landscape:
    game = study(HEAD + body).case().game
    assert isinstance(game, Landscape)
    return game


def test_tables_and_formulas() -> None:
    game = game_of("  sizes: {A: k, B: 2, C: 1/2}\n" + PAIRS)
    assert game.sizes == (3, 2, Fraction(1, 2))
    assert game.propensities == ((0, 1, Fraction(-1, 2)), (1, 0, 3), (Fraction(-1, 2), 3, 0))
    assert game.start is None
    game = game_of("  sizes: power\n  propensities: tie - abs(power - own(power))\n")
    assert game.sizes == (1, 2, 4)
    assert game.propensities == ((0, 1, -4), (1, 0, 3), (-4, 3, 0))
    game = game_of("  sizes: power\n  propensities: {A - B: 1, otherwise: k}\n")
    assert game.propensities[2] == (3, 3, 0)


def test_where_to_begin() -> None:
    body = "  sizes: power\n" + PAIRS
    assert game_of(body + "  start: [[A, B], [C]]\n").start == {2}
    assert game_of(body + "  start: [[C], [A, B]]\n").start == {2}
    assert game_of(body + "  start: [B, C]\n").start == {1, 2}
    assert game_of(body + "  start: [A]\n").start == {1, 2}
    assert game_of(body + "  start: [[A, B, C], []]\n  sides: 2\n").start == frozenset()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (PAIRS, "missing-key"),
        ("  sizes: power\n", "missing-key"),
        ("  sizes:\n" + PAIRS, "empty"),
        ("  sizes: {A: 1, B: 2}\n" + PAIRS, "missing-entry"),
        ("  sizes: {A: 1, B: 2, C: 3, D: 4}\n" + PAIRS, "unknown-player"),
        ("  sizes: {A: 1, B: 2, C: 0}\n" + PAIRS, "not-positive"),
        ("  sizes: k - 5\n" + PAIRS, "not-positive"),
        ("  sizes: tie\n" + PAIRS, "which-entry"),
        ("  sizes: own(power)\n" + PAIRS, "unknown-function"),
        ("  sizes: total(power, A)\n" + PAIRS, "not-here"),
        ("  sizes: power / 0\n" + PAIRS, "division-by-zero"),
        ("  sizes: [1, 2, 3]\n" + PAIRS, "wrong-shape"),
        ("  sizes: power\n  propensities: {A - B: 1}\n", "missing-entry"),
        ("  sizes: power\n  propensities: {A - D: 1, otherwise: 0}\n", "unknown-player"),
        ("  sizes: power\n  propensities: {A - A: 1, otherwise: 0}\n", "one-player"),
        ("  sizes: power\n  propensities: {A: 1, otherwise: 0}\n", "unknown-player"),
        ("  sizes: power\n  propensities: {A - B: 1, B - A: 2, otherwise: 0}\n", "doubled-name"),
        ("  sizes: power\n  propensities: power\n", "not-symmetric"),
        ("  sizes: power\n  propensities: size\n", "unknown-name"),
        ("  sizes: power\n  propensities: has(A)\n", "not-here"),
        ("  sizes: power\n  propensities: others(power)\n", "not-here"),
        ("  sizes: power\n  propensities: {}\n", "empty"),
        ("  sizes: power\n  propensities: [1]\n", "wrong-shape"),
        ("  sizes: power\n" + PAIRS + "  start: [[A], [B]]\n", "missing-entry"),
        ("  sizes: power\n" + PAIRS + "  start: [[A], [B], [C]]\n", "sides"),
        ("  sizes: power\n" + PAIRS + "  start: [[A, B], [B, C]]\n", "doubled-name"),
        ("  sizes: power\n" + PAIRS + "  start: [[A, D], [B, C]]\n", "unknown-player"),
        ("  sizes: power\n" + PAIRS + "  start: []\n", "empty"),
        ("  sizes: power\n" + PAIRS + "  start: {A: B}\n", "wrong-shape"),
        ("  sizes: power\n" + PAIRS + "  sides: 3\n", "sides"),
        ("  sizes: power\n" + PAIRS + "  size: 3\n", "unknown-key"),
        ("  power\n", "wrong-shape"),
        ("  {}\n", "empty"),
    ],
)
def test_faults_are_told_with_their_place(body: str, code: str) -> None:
    found = faults(HEAD + body)
    assert code in [one.code for one in found], found
    assert all(one.span.line >= 1 and one.span.column >= 1 for one in found)


def test_a_scenario_that_makes_a_size_nothing_is_refused() -> None:
    text = HEAD + "  sizes: {A: k, B: 1, C: 1}\n" + PAIRS + "scenarios: {gone: {k: 0}}\n"
    (found,) = faults(text)
    assert found.code == "not-positive" and "gone" in found.message


def test_faults_come_together() -> None:
    body = "  sizes: {A: 1, D: 2}\n  propensities: {A - B: 1 +}\n  sides: 4\n"
    assert {"unknown-player", "missing-entry", "formula-syntax", "sides"} <= set(codes(HEAD + body))
