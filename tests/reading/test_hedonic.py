"""The body ``coalitions`` of games about who goes with whom, and its faults at their place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.hedonic import HedonicGame, companions, with_companions
from tests.reading.games import codes, faults, study

HEAD = """\
game: Blocs
players: [A, B, C]
parameters:
  tie: {value: {A - B: 2, A - C: -1, B - C: 5}}
  power: {value: {A: 1, B: 2, C: 4}}
  k: 3
coalitions:
"""


def game_of(body: str) -> HedonicGame:
    game = study(HEAD + body).case().game
    assert isinstance(game, HedonicGame)
    return game


def utilities(body: str, player: str) -> dict[str, Fraction]:
    """A player's utilities by her coalition, its members written together."""
    game = game_of(body)
    me = game.players.index(player)
    inside = [one for one in range(1, 8) if one >> me & 1]
    return {"".join(game.members(one)): game.utility(me, one) for one in inside}


def test_sums_go_over_the_members() -> None:
    assert utilities("  utility: total(tie) - size", "A") == {"A": -1, "AB": 0, "AC": -3, "ABC": -2}
    assert utilities("  utility: others(power)", "B") == {"B": 0, "AB": 1, "BC": 4, "ABC": 5}
    assert utilities("  utility: total(power)", "B") == {"B": 2, "AB": 3, "BC": 6, "ABC": 7}
    assert utilities("  utility: outside(power)", "B") == {"B": 5, "AB": 4, "BC": 1, "ABC": 0}
    assert utilities("  utility: power * has(C) + n", "C") == dict.fromkeys(
        ["C", "AC", "BC", "ABC"], 7
    )


def test_a_sum_compares_oneself_with_the_others() -> None:
    body = "  utility: others(tie * abs(power - own(power)))"
    assert utilities(body, "C") == {"C": 0, "AC": -3, "BC": 10, "ABC": 7}
    assert utilities("  utility: others(tie / size)", "C") == {
        "C": 0,
        "AC": Fraction(-1, 2),
        "BC": Fraction(5, 2),
        "ABC": Fraction(4, 3),
    }
    assert utilities("  utility: others(power * has(C))", "B") == {
        "B": 0, "AB": 0, "BC": 4, "ABC": 5,
    }  # fmt: skip


def test_players_may_have_formulas_of_their_own() -> None:
    body = "  utility: {A: 0 - size, each: size}"
    assert utilities(body, "A")["AB"] == -2 and utilities(body, "B")["AB"] == 2


def test_roots_make_the_game_numeric_and_ties_stay_ties() -> None:
    game = game_of("  utility: sqrt(2) * size + if(has(C), sqrt(8) - sqrt(2) * 2, 0)")
    assert game.numeric
    assert game.utility(0, 0b011) == game.utility(0, 0b101)


def test_rankings() -> None:
    body = """\
  preferences:
    A: ["A, B", "A, C = {C, B, A}"]
    B: [[B, C], "B"]
    C: [C]
"""
    game = game_of(body)
    assert game.ranked
    assert utilities(body, "A") == {"AB": 3, "AC": 2, "ABC": 2, "A": 1}
    assert utilities(body, "B") == {"BC": 2, "B": 1, "AB": 0, "ABC": 0}
    assert utilities(body, "C") == {"C": 1, "AC": 0, "BC": 0, "ABC": 0}


def test_companions_there_and_back() -> None:
    for player in range(5):
        for others in range(1 << 4):
            coalition = with_companions(player, others)
            assert coalition >> player & 1 and companions(player, coalition) == others


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("  utility: total(tie", "formula-syntax"),
        ("  utility: tie", "which-entry"),
        ("  utility: others(own(tie))", "which-entry"),
        ("  utility: has(D)", "unknown-player"),
        ("  utility: has(A + B)", "formula-syntax"),
        ("  utility: total(power, A)", "formula-syntax"),
        ("  utility: count(A)", "not-here"),
        ("  utility: mine", "not-here"),
        ("  utility: payoff(A)", "unknown-function"),
        ("  utility: sise", "unknown-name"),
        ("  utility: 1 / (size - 2)", "division-by-zero"),
        ("  utility: others(has(A) == 1)", "type"),
        ("  utility: 9^9^9", "too-large"),
        ("  utility: [1, 2]", "wrong-shape"),
        ("  utility: ''", "formula-syntax"),
        ("  utility:", "empty"),
        ("  utility: {}", "empty"),
        ("  utility: {A: 1, B: 2}", "missing-payoff"),
        ("  utility: {A: 1, D: 2, each: 1}", "unknown-player"),
        ("  utilities: 1", "unknown-key"),
        ("  utility: 1\n  preferences: {A: [A]}", "two-payoffs"),
        ("  utility: 1\n  blocs: 3", "unknown-key"),
        ("  preferences: {A: [A], B: [B]}", "missing-ranking"),
        ("  preferences: {A: [B], B: [B], C: [C]}", "not-a-member"),
        ("  preferences: {A: ['A, A'], B: [B], C: [C]}", "doubled-name"),
        ("  preferences: {A: ['A, B', 'B, A'], B: [B], C: [C]}", "doubled-coalition"),
        ("  preferences: {A: ['A, D'], B: [B], C: [C]}", "unknown-player"),
        ("  preferences: {A: ['A = '], B: [B], C: [C]}", "empty"),
        ("  preferences: {A: [[]], B: [B], C: [C]}", "empty"),
        ("  preferences: {A: [{A: B}], B: [B], C: [C]}", "wrong-shape"),
        ("  preferences: {A: {A: B}, B: [B], C: [C]}", "wrong-shape"),
        ("  preferences: {A: 'A, B > A', B: [B], C: [C]}", "wrong-shape"),
        ("  preferences: [A]", "wrong-shape"),
        ("  - utility", "wrong-shape"),
        ("  {}", "empty"),
    ],
)
def test_faults_are_told_with_their_place(body: str, code: str) -> None:
    found = faults(HEAD + body + "\n")
    assert code in [one.code for one in found], found
    assert all(one.span.line >= 1 and one.span.column >= 1 for one in found)


def test_all_faults_come_at_once() -> None:
    body = "  preferences: {A: ['A, D', 'B'], B: ['B', 'B'], D: [D]}\n"
    assert codes(HEAD + body) == [
        "unknown-player", "not-a-member", "doubled-coalition", "unknown-player",
    ]  # fmt: skip


def test_a_sum_over_pairs_needs_every_pair() -> None:
    text = HEAD.replace(", B - C: 5", "") + "  utility: total(tie)\n"
    (found,) = faults(text)
    assert found.code == "missing-entry" and "B - C" in found.message


def test_too_many_players_are_refused_before_anything_is_computed() -> None:
    text = "game: G\nplayers: 30\ncoalitions: {utility: size}\n"
    assert codes(text) == ["too-large"]


def test_words_of_coalitions_mean_nothing_elsewhere() -> None:
    text = "game: G\nplayers: [A]\nstrategies: [X]\npayoffs: {each: has(A) + outside(1)}\n"
    assert set(codes(text)) == {"unknown-function"}
    head = "game: G\nplayers: [A, B]\nparameters: {size: 3, own: 2}\n"
    game = study(head + "coalitions: {utility: size * own}\n").case().game
    assert isinstance(game, HedonicGame) and game.utility(0, 0b11) == 6
