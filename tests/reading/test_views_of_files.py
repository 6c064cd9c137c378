"""Signalling and Bayesian games are recognised in files, whichever way they are written."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from alliance_games.model.bayesian import bayesian_view
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import signalling_view
from alliance_games.reading import read_file, read_text

GAMES = Path(__file__).resolve().parents[2] / "games"


def library(name: str) -> ExtensiveGame:
    game = read_file(GAMES / f"{name}.yaml").case().game
    assert isinstance(game, ExtensiveGame)
    return game


@pytest.mark.parametrize(
    ("name", "signals", "types"),
    [
        ("signals/treaty_as_signal", True, False),
        ("reliability/patron_reliability", True, False),
        ("trust/assurance_with_doubt", False, True),
        ("deterrence/extended_deterrence", False, False),
        ("deterrence/unilateral_deterrence", False, False),
        ("secrecy/noisy_commitment", False, False),
        ("entrapment/abandonment_and_entrapment", False, False),
    ],
)
def test_of_the_library(name: str, signals: bool, types: bool) -> None:
    game = library(name)
    assert (signalling_view(game) is not None) == signals
    assert (bayesian_view(game) is not None) == types


def test_a_treaty_is_followed_by_the_choice_to_fight() -> None:
    view = signalling_view(library("signals/treaty_as_signal"))
    assert view is not None
    assert len(view.played_out) == 4
    assert view.payoffs[0][0] == ((-1, -4), (6, 0))  # firm, treaty: war, or none
    assert view.payoffs[1][0] == ((-5, 4), (-1, 0))  # weak, treaty: broken, or not needed


TREE = """\
game: The same, as a tree
players: [Ally, Adversary]
tree:
  chance:
    Committed (3/10):
      Ally @ Committed:
        Treaty: {Adversary @ Treaty: {Attack: "-2, -4", Desist: "2, 0"}}
        No treaty: {Adversary @ No treaty: {Attack: "2, -4", Desist: "6, 0"}}
    Uncommitted (7/10):
      Ally @ Uncommitted:
        Treaty: {Adversary @ Treaty: {Attack: "-4, 4", Desist: "2, 0"}}
        No treaty: {Adversary @ No treaty: {Attack: "0, 4", Desist: "6, 0"}}
"""
BODY = """\
game: A treaty
signalling:
  sender: Ally
  types: {Committed: 3/10, Uncommitted: 7/10}
  messages: [Treaty, No treaty]
  receiver: Adversary
  responses: [Attack, Desist]
  payoffs:
    Ally: if(response == Attack, if(type == Committed, 2, 0), 6) - if(message == Treaty, 4, 0)
    Adversary: if(response == Desist, 0, if(type == Committed, -4, 4))
"""
GAMBIT = """\
EFG 2 R "A treaty" { "Ally" "Adversary" }
""
c "" 1 "" { "Committed" 3/10 "Uncommitted" 7/10 } 0
p "" 1 1 "" { "Treaty" "No treaty" } 0
p "" 2 1 "" { "Attack" "Desist" } 0
t "" 1 "" { -2, -4 }
t "" 2 "" { 2, 0 }
p "" 2 2 "" { "Attack" "Desist" } 0
t "" 3 "" { 2, -4 }
t "" 4 "" { 6, 0 }
p "" 1 2 "" { "Treaty" "No treaty" } 0
p "" 2 1 "" { "Attack" "Desist" } 0
t "" 5 "" { -4, 4 }
t "" 6 "" { 2, 0 }
p "" 2 2 "" { "Attack" "Desist" } 0
t "" 7 "" { 0, 4 }
t "" 8 "" { 6, 0 }
"""


def test_a_body_is_the_tree_it_stands_for() -> None:
    assert read_text(BODY).case().game == read_text(TREE).case().game


def test_a_gambit_file_is_recognised_too() -> None:
    one = read_text(GAMBIT, "treaty.efg").case().game
    other = read_text(BODY).case().game
    assert isinstance(one, ExtensiveGame) and isinstance(other, ExtensiveGame)
    views = [signalling_view(one), signalling_view(other)]
    assert views[0] is not None and views[1] is not None
    for name in ("sender", "receiver", "types", "prior", "messages", "responses", "payoffs"):
        assert getattr(views[0], name) == getattr(views[1], name)
    assert views[0].prior == (Fraction(3, 10), Fraction(7, 10))
