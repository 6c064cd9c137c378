"""Files whose choices are numbers: what is read, and what is wrong with those that are not."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from alliance_games.model.problems import InvalidGame
from alliance_games.reading import read_text

HEAD = "game: x\nplayers: [A, B]\n"


def read(body: str, head: str = HEAD):
    return read_text(head + body)


def faults(body: str, head: str = HEAD) -> list[tuple[str, int, int]]:
    with pytest.raises(InvalidGame) as refused:
        read(body, head)
    return [(p.code, p.span.line, p.span.column) for p in refused.value.problems]


def payoff(body: str, numbers: tuple[int, ...], player: int = 0) -> F:
    game = read(body).case(None).game
    return game.payoff(player, tuple(map(F, numbers)))


EACH = "choices:\n  each: e in [0, 10]\npayoffs:\n"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("e", 3),
        ("mine", 3),
        ("e[B]", 4),
        ("total(e)", 7),
        ("others(e)", 4),
        ("total(e^2)", 25),
        ("total(mine)", 7),
        ("contest(e)", F(3, 7)),
        ("contest(e, 2)", F(9, 25)),
        ("contest(2 * e)", F(3, 7)),
        ("all_pay(e)", 0),
        ("n", 2),
        ("cobb_douglas(e, 4, 1)", 4),
    ],
)
def test_what_formulas_say(formula: str, expected: F) -> None:
    assert payoff(EACH + f"  each: {formula}\n", (3, 4)) == expected


def test_conventions_of_contests() -> None:
    assert payoff(EACH + "  each: contest(e)\n", (0, 0)) == F(1, 2)
    assert payoff(EACH + "  each: all_pay(e)\n", (4, 4)) == F(1, 2)
    assert payoff(EACH + "  each: all_pay(e)\n", (4, 3)) == 1
    three = "game: x\nplayers: 3\n"
    game = read(EACH + "  each: all_pay(e)\n", three).case(None).game
    assert game.payoff(0, (F(4), F(4), F(1))) == F(1, 2)
    assert game.payoff(2, (F(4), F(4), F(4))) == F(1, 3)


def test_own_entries_and_ranges() -> None:
    body = (
        "parameters: {w: {value: {A: 5, B: 8}}}\nchoices:\n  each: e in [-1, 2 * w]\n"
        "define:\n  rest: w - e\npayoffs:\n  each: rest * total(w)\n"
    )
    game = read(body).case(None).game
    assert [(c.low, c.high) for c in game.choices] == [(-1, 10), (-1, 16)]
    assert game.payoff(1, (F(0), F(3))) == 5 * 13


def test_names_of_their_own() -> None:
    body = (
        "choices:\n  A: arms in [0, infinity)\n  B: aid in (-infinity, 5]\n"
        "payoffs:\n  A: arms - aid\n  B: aid * arms\n"
    )
    game = read(body).case(None).game
    assert [(c.low, c.high) for c in game.choices] == [(0, None), (None, 5)]
    assert game.payoff(0, (F(3), F(1))) == 2


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("choices:\n  each: e in 0..10\npayoffs:\n  each: e\n", [("choice", 4, 9)]),
        ("choices:\n  A: e in [0, 1]\npayoffs:\n  each: 1\n", [("missing-choice", 3, 1)]),
        ("choices:\n  each: e in [0]\npayoffs:\n  each: e\n", [("range", 4, 15)]),
        ("choices:\n  each: e in (0, 1]\npayoffs:\n  each: e\n", [("range", 4, 15)]),
        ("choices:\n  each: e in [2, 1]\npayoffs:\n  each: e\n", [("range", 4, 15)]),
        ("choices:\n  each: 3 in [0, 1]\npayoffs:\n  each: 1\n", [("bad-name", 4, 9)]),
        (EACH + "  A: e\n", [("missing-formula", 5, 1)]),
        (EACH + "  each: f\n", [("unknown-name", 6, 9)]),
        (EACH + "  each: e[C]\n", [("unknown-entry", 6, 9)]),
        (EACH + "  each: count(e)\n", [("unknown-strategy", 6, 15)]),
        (EACH + "  each: total(e, A)\n", [("formula-syntax", 6, 9)]),
        (EACH + "  each: all_pay(e, 2)\n", [("formula-syntax", 6, 9)]),
        (EACH + "  each: e\nassume: [e > 0]\n", [("not-here", 7, 10)]),
        (EACH + "  each: e\nstrategies: [S]\n", [("not-here", 7, 1)]),
        ("parameters: {e: 1}\n" + EACH + "  each: e\n", [("doubled-name", 5, 9)]),
        (EACH + "  each: e\ndefine: {e: 1}\n", [("doubled-name", 4, 9)]),
        (
            "choices:\n  each: e in [0, 1]\n  order: [A]\npayoffs:\n  each: e\n",
            [("order", 5, 10)],
        ),
        (
            "choices:\n  each: e in [0, 1]\n  order: [A, C]\npayoffs:\n  each: e\n",
            [("unknown-player", 5, 14)],
        ),
        (EACH + "  each: e / 0\n", [("division-by-zero", 6, 13)]),
    ],
)
def test_faults_are_at_their_place(body: str, expected: list[tuple[str, int, int]]) -> None:
    assert faults(body) == expected


def test_all_faults_at_once() -> None:
    body = (
        "choices:\n  A: e in 0..1\n  C: f in [0, 1]\n  B: g in [0, 1]\n"
        "payoffs:\n  each: g + h\n  D: 1\n"
    )
    assert {code for code, _, _ in faults(body)} == {"choice", "unknown-player", "unknown-name"}


def test_a_number_of_players_that_is_a_parameter_is_refused() -> None:
    head = "game: x\nplayers: n\nparameters: {n: 3}\n"
    assert faults(EACH + "  each: e\n", head) == [("players", 2, 10)]


def test_contests_over_strategies_that_are_numbers() -> None:
    body = "strategies: [0, 1, 2, 3]\npayoffs:\n  each: 6 * contest(mine) - mine\n"
    game = read(body).case(None).game
    assert game.payoffs((0, 0)) == (3, 3)
    assert game.payoffs((1, 2)) == (2 - 1, 4 - 2)
    body = "strategies: [0, 1, 2, 3]\npayoffs:\n  each: 6 * all_pay(mine) - mine^2\n"
    game = read(body).case(None).game
    assert game.payoffs((3, 2)) == (-3, -4) and game.payoffs((1, 1)) == (2, 2)
    skilled = (
        "parameters: {skill: {value: {A: 1, B: 3}}}\nstrategies: [0, 1, 2]\n"
        "payoffs:\n  each: contest(skill * mine)\n"
    )
    assert read(skilled).case(None).game.payoffs((1, 1)) == (F(1, 4), F(3, 4))


def test_strategies_that_are_no_numbers_are_not_calculated_with() -> None:
    body = "strategies: [S, T]\npayoffs:\n  each: contest(mine)\n"
    assert faults(body) == [("not-here", 5, 9)]
