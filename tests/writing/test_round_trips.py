"""What is written is read back as an equal game."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.tree_builder import Move, Terminal, build
from alliance_games.reading import read_text
from alliance_games.results.concept import Game
from alliance_games.writing import Unfit
from alliance_games.writing.efg import to_efg
from alliance_games.writing.nfg import spelled_out, to_nfg
from alliance_games.writing.yaml import to_yaml
from tests.reading.gambit_games import NAMES, WORDS, tables, trees

often = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str, name: str) -> Game:
    return read_text(text, name).case().game


@often
@given(trees(named_chance=True))
def test_a_tree_comes_back_from_efg(game: ExtensiveGame) -> None:
    assert read(to_efg(game, "T"), "t.efg") == game


@often
@given(tables())
def test_a_table_comes_back_from_nfg(game: NormalGame) -> None:
    assert read(to_nfg(game, "T"), "t.nfg") == game


@often
@given(trees(WORDS))
def test_a_tree_comes_back_from_yaml(game: ExtensiveGame) -> None:
    assert read(to_yaml(game, "T"), "t.yaml") == game


@often
@given(tables(WORDS))
def test_a_table_comes_back_from_yaml(game: NormalGame) -> None:
    assert read(to_yaml(game, "T"), "t.yaml") == game


@often
@given(st.one_of(trees(), tables()))
def test_yaml_holds_a_game_or_refuses_it(game: ExtensiveGame | NormalGame) -> None:
    try:
        text = to_yaml(game, "T")
    except Unfit:
        return
    assert read(text, "t.yaml") == game


@often
@given(NAMES, NAMES)
def test_titles_and_comments_come_back(title: str, about: str) -> None:
    game = NormalGame.from_matrices([[1]], [[2]])
    for text, name in ((to_nfg(game, title, about), "g.nfg"), (to_yaml(game, title, about), "g")):
        study = read_text(text, name)
        assert (study.title, study.about) == (title.strip(), about.strip())


def test_outcomes_of_profiles_come_back() -> None:
    named = replace(
        NormalGame.from_matrices([[1, 0], [Fraction(1, 3), 2]], [[1, 5], [0, 2]]),
        outcomes=("peace", "", 'a "war"', "peace (2)"),
    )
    assert read(to_nfg(named), "g.nfg") == named
    assert read(to_yaml(named), "g.yaml") == named


def test_one_label_of_two_players_is_told_apart_in_yaml() -> None:
    game = build(
        ["A", "B"],
        0,
        lambda state: (
            Terminal([1, 2])
            if state == 2
            else Move(int(str(state)), ("x", "y"), [int(str(state)) + 1] * 2, "now")
        ),
    )
    assert read(to_efg(game), "g.efg") == game
    back = read(to_yaml(game), "g.yaml")
    assert isinstance(back, ExtensiveGame)
    assert [one.label for one in back.sets] == ["now", "now (2)"]


def test_a_game_by_counts_is_spelled_out() -> None:
    game = AnonymousGame(
        ("A", "B", "C"), ("x", "y"), (0, 0, 1), (((1, 2, 3), (4, 5, 6)), ((7, 8, 9), (0, 1, 2))),
        (1, 2),
    )  # fmt: skip
    table = read(to_nfg(game), "g.nfg")
    assert isinstance(table, NormalGame)
    assert table == spelled_out(game)
    # A and B play x, C plays y: A sees one x and one y, C two x.
    assert table.payoffs((0, 0, 1)) == (2, 2, 0)


def test_games_too_large_are_refused() -> None:
    crowd = AnonymousGame(
        tuple(map(str, range(30))), ("x", "y"), (0,) * 30, ((range(30), range(30)),), (1,)
    )
    with pytest.raises(Unfit, match="2\\^30 profiles"):
        to_nfg(crowd)

    def step(state: object) -> Terminal | Move:
        assert isinstance(state, int)
        return (
            Terminal([state])
            if state < 0
            else Move(0, ("on", "out"), [state + 1, -1])
            if state < 60
            else Terminal([0])
        )

    long = build(["A"], 0, step)
    with pytest.raises(Unfit, match="48 moves deep"):
        to_yaml(long)
