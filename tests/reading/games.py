"""Small helpers for tests that read game files."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.model.study import Study
from alliance_games.reading import read_text

CONCEPTS = ("nash", "pure-nash", "risk-dominance", "subgame-perfect", "maxmin", "dominance")

HEAD = """\
game: G
players: [A, B]
strategies: [X, Y]
parameters: {p: 1, q: 1/2, power: {value: {A: 1, B: 2}}}
"""
TABLE = """\
payoffs:
  X, X: 1, 1
  X, Y: 0, p
  Y, X: p, 0
  Y, Y: 1, 1
"""
TREE_HEAD = """\
game: T
players: [A, B]
parameters: {q: 1/2}
"""


def study(text: str) -> Study:
    """The study in a text that has no faults."""
    return read_text(text, "g.yaml", CONCEPTS)


def faults(text: str) -> list[Problem]:
    """The problems of a text that has some."""
    with pytest.raises(InvalidGame) as caught:
        read_text(text, "g.yaml", CONCEPTS)
    return list(caught.value.problems)


def codes(text: str) -> list[str]:
    """The code of every problem."""
    return [each.code for each in faults(text)]


def places(text: str) -> list[tuple[str, int, int]]:
    """The code, line and column of every problem."""
    return [(each.code, each.span.line, each.span.column) for each in faults(text)]


def marked(problem: Problem) -> str:
    """The text above the caret's underline."""
    start = problem.span.column - 1
    return problem.source[start : start + problem.span.length]


def payoff_table(text: str, **overrides: object) -> dict[tuple[str, ...], tuple[Fraction, ...]]:
    """Every profile, by name, with its payoffs."""
    game = study(text).case(overrides=overrides).game  # type: ignore[arg-type]
    return {game.names(profile): game.payoffs(profile) for profile in game.profiles()}  # type: ignore[union-attr]
