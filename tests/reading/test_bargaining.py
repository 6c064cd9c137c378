"""The key ``bargaining``: what it says of the game beside it, and its faults at their place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.bargaining import BargainingGame, Contracts
from tests.reading.games import HEAD, TABLE, codes, faults, places, study

GAME = HEAD + TABLE


def problem(terms: str) -> BargainingGame:
    game = study(GAME + terms).case().game
    assert isinstance(game, BargainingGame)
    return game


@pytest.mark.parametrize(
    "written",
    [
        "0, q",
        '"0, q"',
        "[0, q]",
        "{A: 0, B: q}",
        "{B: 1/2, A: p - 1}",
    ],
)
def test_payoffs_of_disagreement(written: str) -> None:
    game = problem(f"bargaining: {{disagreement: {written}}}\n".replace(": 0, q}", ': "0, q"}'))
    assert game.disagreement == (0, Fraction(1, 2))


def test_payoffs_of_disagreement_in_a_block() -> None:
    game = problem("bargaining:\n  disagreement: 0, power / 4\n")
    assert game.disagreement == (0, Fraction(1, 2)) and game.threat == "given"
    assert (game.weights, game.discounts, game.first) == ((1, 1), None, 0)
    assert not game.free_disposal


def test_an_outcome_or_a_word_for_disagreement() -> None:
    game = problem("bargaining: {disagreement: [Y, X]}\n")
    assert game.threat == "outcome" and game.disagreement == (1, 0)
    assert problem("bargaining:\n  disagreement: X, Y\n").disagreement == (0, 1)
    for word in ("maxmin", "nash"):
        game = problem(f"bargaining: {{disagreement: {word}}}\n")
        assert game.threat == word and game.disagreement is None


def test_the_other_terms() -> None:
    game = problem(
        "bargaining:\n  disagreement: 0, 0\n  free disposal: yes\n  weights: power\n"
        "  discount: {A: q, B: 9/10}\n  first: B\n"
    )
    assert game.free_disposal and game.first == 1
    assert game.weights == (1, 2) and game.discounts == (Fraction(1, 2), Fraction(9, 10))
    assert (
        problem("bargaining: {disagreement: maxmin, discount: q}\n").discounts
        == (Fraction(1, 2),) * 2
    )


def test_scenarios_change_it() -> None:
    one = study(GAME + "bargaining: {disagreement: nash, discount: q}\nscenarios: {c: {q: 0}}\n")
    game = one.case("c").game
    assert isinstance(game, BargainingGame) and game.discounts == (0, 0)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("bargaining:\n", "empty"),
        ("bargaining: {}\n", "empty"),
        ("bargaining: yes\n", "wrong-shape"),
        ("bargaining: [0, 0]\n", "wrong-shape"),
        ("bargaining: {discount: 1/2}\n", "missing-key"),
        ("bargaining: {disagreement: }\n", "empty"),
        ("bargaining: {disagreement: [0, 0, 0]}\n", "payoff-count"),
        ("bargaining: {disagreement: [[0], 0]}\n", "wrong-shape"),
        ("bargaining: {disagreement: {A: 0}}\n", "missing-formula"),
        ("bargaining: {disagreement: {A: 0, C: 1}}\n", "unknown-player"),
        ("bargaining: {disagreement: [X, Z]}\n", "unknown-strategy"),
        ("bargaining: {disagreement: minmax}\n", "unknown-name"),
        ("bargaining: {disagreement: nash, discount: 1}\n", "out-of-range"),
        ("bargaining: {disagreement: nash, discount: -1/2}\n", "out-of-range"),
        ("bargaining: {disagreement: nash, weights: [1, 0]}\n", "out-of-range"),
        ('bargaining: {disagreement: nash, weights: "1, 2, 3"}\n', "payoff-count"),
        ("bargaining: {disagreement: nash, first: C}\n", "unknown-player"),
        ("bargaining: {disagreement: nash, free disposal: maybe}\n", "wrong-shape"),
        ("bargaining: {disagreement: nash, powers: 1}\n", "unknown-key"),
        ("bargaining: {disagreement: nash, discount: 1/0}\n", "division-by-zero"),
        ("bargaining: {disagreement: nash, discount: (}\n", "formula-syntax"),
    ],
)
def test_faults(terms: str, code: str) -> None:
    assert code in codes(GAME + terms)


def test_all_faults_at_once_each_at_its_place() -> None:
    text = (
        GAME + "bargaining:\n  disagreement: {A: pp, B: 0}\n  discount: [q, qq]\n  first: C\n"
        "  weight: 1, 1\n"
    )
    at = GAME.count("\n")
    assert places(text) == [
        ("unknown-name", at + 2, 21),
        ("unknown-name", at + 3, 17),
        ("unknown-player", at + 4, 10),
        ("unknown-key", at + 5, 3),
    ]
    assert "did you mean 'weights'" in faults(text)[-1].hint


def test_two_players_bargain() -> None:
    text = (
        "game: G\nplayers: [A, B, C]\nstrategies: [X]\npayoffs: {'X, X, X': '1, 1, 1'}\n"
        "bargaining: {disagreement: nash}\n"
    )
    (problem,) = faults(text)
    assert problem.code == "players" and "here are 3" in problem.message


def test_not_beside_a_tree_or_rankings() -> None:
    tree = (
        "game: T\nplayers: [A, B]\ntree: {A: {x: '1, 1', y: '0, 2'}}\n"
        "bargaining: {disagreement: [0, 0]}\n"
    )
    assert codes(tree) == ["not-here"]
    ranked = (
        "game: R\nplayers: [A, B]\nstrategies: [X, Y]\n"
        "payoffs: {'X, X': a, 'X, Y': b, 'Y, X': c, 'Y, Y': d}\n"
        "ordinal: {A: [a, b, c, d], B: [a, b, c, d]}\nbargaining: {disagreement: [0, 0]}\n"
    )
    assert codes(ranked) == ["not-here"]


CONTRACT = """\
game: C
players: [A, B]
parameters: {p: 8}
choices: {A: "x in [0, 10]", B: "y in [0, 2 * p]"}
payoffs: {A: y - x^2 / 2, B: p * x - y^2 / 2}
"""


def test_beside_choices_contracts_are_agreed_on() -> None:
    game = study(CONTRACT + "bargaining: {disagreement: [p - 8, 0], discount: 1 / p}\n").case().game
    assert isinstance(game, BargainingGame)
    assert isinstance(game.over, Contracts)
    assert game.over.terms == ("x", "y") and game.over.box == ((0, 10), (0, 16))
    assert game.disagreement == (0, 0) and game.discounts == (Fraction(1, 8),) * 2
    assert dict(game.given) == {"p": 8}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("[p, 0]", "maxmin", "not-here"),
        ("[p, 0]", "nash", "not-here"),
        ("[p, 0]", "[x, 0]", "not-here"),
        ("x in [0, 10]", "x in [0, infinity)", "range"),
        ("[A, B]", "[x, B]", "bad-name"),
    ],
)
def test_faults_beside_choices(before: str, after: str, code: str) -> None:
    text = (CONTRACT + "bargaining: {disagreement: [p, 0]}\n").replace(before, after)
    assert code in codes(text.replace("{A:", "{x:") if code == "bad-name" else text)
