"""Games with parameters: values, ranges, assumptions, and the games at values."""

from __future__ import annotations

import pickle
from fractions import Fraction as F

import pytest

from alliance_games.model.parametric import ParametricGame
from alliance_games.model.problems import InvalidGame
from tests.reading.games import HEAD, TABLE, study

PAIRS = """\
game: G
players: [A, B, C]
parameters:
  p: {value: 1, range: [0, p_high]}
  tie: {value: {A - B: 1, B - C: 2}}
define: {p_high: 3}
assume:
  - tie[A, B] < 5
  - p != 1/2
strategies: [X]
payoffs:
  each: p + tie[C, B]
"""


def game(text: str = PAIRS) -> ParametricGame:
    return study(text).game


def codes(parametric: ParametricGame, **overrides: object) -> list[str]:
    with pytest.raises(InvalidGame) as caught:
        parametric.at(parametric.values(overrides))  # type: ignore[arg-type]
    return [problem.code for problem in caught.value.problems]


def test_values_are_the_defaults_in_the_order_of_the_file() -> None:
    assert list(game().values().items()) == [
        ("p", F(1)),
        ("tie", {("A", "B"): F(1), ("B", "C"): F(2)}),
    ]


def test_entries_are_overridden_one_by_one_in_either_order_or_all_at_once() -> None:
    assert game().values({"tie": {("B", "A"): F(4)}})["tie"] == {("A", "B"): 4, ("B", "C"): 2}
    assert game().values({"tie": F(3)})["tie"] == {("A", "B"): 3, ("B", "C"): 3}


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"q": F(1)}, "unknown-parameter"),
        ({"tie": {("A", "C"): F(1)}}, "unknown-entry"),
        ({"p": {("A",): F(1)}}, "unknown-entry"),
        ({"p": F(-1)}, "out-of-range"),
        ({"p": F(301, 100)}, "out-of-range"),
        ({"p": F(1, 2)}, "broken-assumption"),
        ({"tie": {("A", "B"): F(5)}}, "broken-assumption"),
    ],
)
def test_values_that_cannot_be(overrides: dict[str, object], code: str) -> None:
    assert codes(game(), **overrides) == [code]


def test_the_ends_of_a_range_belong_to_it() -> None:
    for end in (0, 3):
        assert game().values({"p": F(end)})["p"] == end


def test_a_broken_assumption_says_which_and_at_what_values() -> None:
    with pytest.raises(InvalidGame) as caught:
        game().values({"p": F(1, 2)})
    (problem,) = caught.value.problems
    assert "'p != 1/2'" in problem.message
    assert "p = 1/2" in problem.message
    assert (problem.file, problem.span.line) == ("g.yaml", 9)


def test_unknown_parameters_get_a_hint() -> None:
    with pytest.raises(InvalidGame) as caught:
        game().values({"tye": F(1)})
    assert caught.value.problems[0].hint == "did you mean 'tie'?"


def test_payoffs_without_a_value_are_located() -> None:
    parametric = game(HEAD + TABLE.replace("0, p", "0, 1/(p - 2)"))
    with pytest.raises(InvalidGame) as caught:
        parametric.at(parametric.values({"p": F(2)}))
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("division-by-zero", "g.yaml")
    assert (problem.span.line, problem.span.column) == (7, 15)


def test_chance_is_held_to_probabilities_at_every_value() -> None:
    text = "game: T\nplayers: [A]\nparameters: {q: 1/2}\ntree:\n  chance:\n"
    parametric = game(text + "    u (q): 0\n    v (1 - q): 1\n")
    assert codes(parametric, q=F(3, 2)) == ["probability", "probability"]
    certain = parametric.at(parametric.values({"q": F(1)}))
    assert list(certain.weight) == [0, 1, 0]  # type: ignore[union-attr]


def test_the_number_of_players_is_checked_at_every_value() -> None:
    text = "game: G\nplayers: m\nparameters: {m: 3}\nstrategies: [X]\npayoffs: {each: n}\n"
    for number, code in ((F(5, 2), "players"), (F(0), "players"), (F(10**9), "too-large")):
        assert codes(game(text), m=number) == [code]


def test_equal_values_give_equal_games_however_often_they_are_asked() -> None:
    parametric = game(HEAD + TABLE)
    defaults, other = parametric.values(), parametric.values({"p": F(5)})
    first = parametric.at(defaults)
    assert parametric.at(other) != first
    assert parametric.at(parametric.values()) == first
    assert hash(parametric.at(defaults)) == hash(first)


def test_studies_travel_to_other_processes() -> None:
    for text in (PAIRS, HEAD + TABLE + "expect:\n  - nash: [[X, X]]\n"):
        found = study(text)
        copy = pickle.loads(pickle.dumps(found))
        assert copy.case().game == found.case().game
        assert copy.expectations == found.expectations


def test_a_game_without_parameters_is_constant() -> None:
    text = "game: G\nplayers: [A]\nstrategies: [X]\npayoffs: {X: 1}\n"
    assert game(text).is_constant
    assert not game().is_constant
    assert game().parameter_names == ("p", "tie")


def test_definitions_are_in_the_environment_where_they_have_a_value() -> None:
    text = HEAD + "define: {twice: 2 * p, own: power, who: others(X)}\n" + TABLE
    environment = game(text).environment(game(text).values())
    assert environment.numbers["twice"] == 2
    assert not {"own", "who"} & set(environment.numbers)
