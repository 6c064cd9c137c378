"""Trees whose endings are only ranked are told by ranks, and by no number."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.reading import read_text
from alliance_games.render.terminal import to_text
from alliance_games.report.blocks import Document
from alliance_games.report.ranks import rank
from alliance_games.report.tree import draw_tree

CRISIS = """\
game: Who escalates
players: [Challenger, Defender]
tree:
  Challenger:
    Wait: status quo
    Press:
      Defender:
        Fight: war
        Fight on: war
        Yield: win
ordinal:
  Challenger: [win, status quo = war]
  Defender: [status quo, win, war]
"""


def crisis() -> ExtensiveGame:
    game = read_text(CRISIS).case().game
    assert isinstance(game, ExtensiveGame)
    return game


def test_outcomes_that_share_a_rank_say_so_and_endings_of_one_outcome_do_not() -> None:
    game = crisis()
    place = {name: game.numerators[0][at] for at, name in enumerate(game.outcomes)}
    assert [rank(game, 0, Fraction(place[name])) for name in ("win", "status quo", "war")] == [
        "1st",
        "2nd=",
        "2nd=",
    ]
    defender = {name: game.numerators[1][at] for at, name in enumerate(game.outcomes)}
    assert rank(game, 1, Fraction(defender["war"])) == "3rd"


def test_the_drawing_shows_ranks() -> None:
    lines = to_text(Document("", tuple(draw_tree(crisis(), None)))).splitlines()
    assert lines[:6] == [
        "Challenger",
        "├── Wait  status quo (2nd=, 1st)",
        "└── Press  Defender",
        "    ├── Fight  war (2nd=, 3rd)",
        "    ├── Fight on  war (2nd=, 3rd)",
        "    └── Yield  win (1st, 2nd)",
    ]
    assert "ranks (1st is the best)" in lines[-1]
