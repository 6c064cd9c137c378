"""Answers of games in normal form as rows: symmetric equilibria, continua of three players."""

from __future__ import annotations

from alliance_games import loads
from alliance_games.batch.rows import case_rows, solution_rows

HUNT = """\
game: Stag hunt
players: [Alice, Jack]
strategies: [Stag, Rabbit]
matrix: |
  Alice \\ Jack | Stag | Rabbit
  Stag         | 4, 4 | 0, 3
  Rabbit       | 3, 0 | 3, 3
"""
NOTHING_AT_STAKE = """\
game: Three players with nothing at stake but one's own choice
players: [A, B, C]
strategies: [x, y]
payoffs:
  A: if(mine == x, 1, 0)
  B: if(mine == x, 1, 0)
  C: 0
"""


def test_a_symmetric_equilibrium_is_one_strategy_for_each_player() -> None:
    document = loads(HUNT).solve("symmetric-nash").to_dict()
    words = [row["solution"] for row in solution_rows(document)]
    assert "each player: 3/4 Stag + 1/4 Rabbit" in words
    (case,) = case_rows(document)
    assert "symmetric-nash 3" in case["answers"]


def test_a_continuum_of_three_players_is_told_by_its_profiles() -> None:
    document = loads(NOTHING_AT_STAKE).solve("nash").to_dict()
    (row,) = solution_rows(document)
    assert row["solution"] == (
        "a continuum of dimension 1: between A: x; B: x; C: x | A: x; B: x; C: y"
    )
