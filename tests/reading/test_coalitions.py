"""The body ``coalitions`` of games with transferable utility, and its faults at their place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.coalitional import CoalitionalGame
from tests.reading.games import codes, faults, study

HEAD = """\
game: Worth
players: [A, B, C]
parameters:
  power: {value: {A: 1, B: 2, C: 4}}
  tie: {value: {A - B: 2, A - C: -1, B - C: 5}}
  k: 3
"""


def game_of(body: str, head: str = HEAD) -> CoalitionalGame:
    game = study(f"{head}coalitions:\n{body}").case().game
    assert isinstance(game, CoalitionalGame)
    return game


def worths(body: str, head: str = HEAD) -> dict[str, Fraction]:
    game = game_of(body, head)
    return {"".join(game.names(one)): game.worth(one) for one in range(1, 8)}


def test_a_formula_speaks_of_the_members() -> None:
    assert worths("  worth: total(power)^2 + k - n") == {
        "A": 1, "B": 4, "AB": 9, "C": 16, "AC": 25, "BC": 36, "ABC": 49,
    }  # fmt: skip
    assert worths("  worth: if(size >= 2 and has(A), k, 0)") == {
        "A": 0, "B": 0, "AB": 3, "C": 0, "AC": 3, "BC": 0, "ABC": 3,
    }  # fmt: skip
    assert worths("  worth: total(power * k) / size - has(C)")["ABC"] == 6
    assert worths("  worth: if(has(A) and has(B), tie[A, B], 0)")["ABC"] == 2


def test_a_definition_may_speak_of_the_members() -> None:
    head = HEAD + "define: {joint: total(power) / size, pair: size == 2 and not has(C)}\n"
    found = worths("  worth: if(pair, joint, 0)", head)
    assert found == {"A": 0, "B": 0, "AB": Fraction(3, 2), "C": 0, "AC": 0, "BC": 0, "ABC": 0}


def test_a_parameter_called_size_is_that_parameter() -> None:
    head = HEAD.replace("k: 3", "size: 7")
    assert set(worths("  worth: size", head).values()) == {7}


def test_a_table() -> None:
    table = "  worth:\n    A, B: k\n    C, B, A: 2 * k\n  otherwise: 1/2\n"
    found = worths(table)
    assert found["AB"] == 3 and found["ABC"] == 6 and found["C"] == found["BC"] == Fraction(1, 2)
    whole = "  worth: {A: 1, B: 1, C: 1, 'A, B': 2, 'A, C': 2, 'B, C': 2, 'A, B, C': 5}"
    assert worths(whole)["ABC"] == 5


def test_a_vote() -> None:
    votes = game_of("  weights: power\n  quota: total(power) - 2")
    assert [votes.worth(one) for one in range(8)] == [0, 0, 0, 0, 0, 1, 1, 1]
    assert game_of("  weights: {A: 1, B: k, C: 0.5}\n  more than: 3").worth(0b010) == 0
    assert game_of("  weights: 1\n  quota: 2").worth(0b101) == 1


def test_blocs_are_a_partition() -> None:
    assert game_of("  worth: size\n  blocs: [[C, A]]").blocs == ((0, 2), (1,))
    assert game_of("  worth: size\n  blocs: [[B], [A, C]]").blocs == ((0, 2), (1,))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty"),
        ("  worths: 3", "unknown-key"),
        ("  otherwise: 3", "missing-key"),
        ("  worth:", "empty"),
        ("  worth: power", "which-entry"),
        ("  worth: tie", "which-entry"),
        ("  worth: total(tie)", "which-entry"),
        ("  worth: total(power, A)", "formula-syntax"),
        ("  worth: total(power / size)", "not-here"),
        ("  worth: others(power)", "not-here"),
        ("  worth: own(power)", "not-here"),
        ("  worth: mine", "not-here"),
        ("  worth: has(D)", "unknown-player"),
        ("  worth: pover", "unknown-name"),
        ("  worth: 1 / (size - 2)", "division-by-zero"),
        ("  worth: {A: 1, B: 2}", "missing-coalition"),
        ("  worth: {A: 1, D: 2}\n  otherwise: 0", "unknown-player"),
        ("  worth: {'A, B': 1, 'B, A': 2}\n  otherwise: 0", "doubled-coalition"),
        ("  worth: {'A, A': 1}\n  otherwise: 0", "doubled-name"),
        ("  worth: {A: size}\n  otherwise: 0", "not-here"),
        ("  worth: size\n  otherwise: 0", "not-here"),
        ("  worth: size\n  quota: 2", "two-bodies"),
        ("  weights: power", "missing-key"),
        ("  weights: power\n  quota: 2\n  more than: 3", "two-bodies"),
        ("  weights: power\n  quota: 2\n  otherwise: 3", "not-here"),
        ("  weights: {A: 1, B: 1}\n  quota: 2", "missing-weight"),
        ("  weights: {A: 1, B: 1, C: 1, D: 1}\n  quota: 2", "unknown-player"),
        ("  weights: {A: 1, B: 1, C: 0 - 1}\n  quota: 2", "negative-weight"),
        ("  weights: power\n  quota: 0", "no-quota"),
        ("  weights: power\n  quota: power", "which-entry"),
        ("  worth: size\n  blocs: [[A, B], [B, C]]", "doubled-name"),
        ("  worth: size\n  blocs: [[A, D]]", "unknown-player"),
        ("  worth: size\n  blocs: {A: B}", "wrong-shape"),
        ("  worth: [1, 2]", "wrong-shape"),
    ],
)
def test_faults(body: str, code: str) -> None:
    found = faults(f"{HEAD}coalitions:\n{body}\n")
    assert code in {problem.code for problem in found}
    assert all(problem.span.line for problem in found)


def test_all_faults_at_once() -> None:
    body = "  worth: {A: 1 +, D: 2}\n  blocs: [[A, E]]\n  qouta: 2\n"
    assert {"formula-syntax", "unknown-player", "unknown-key"} <= set(
        codes(f"{HEAD}coalitions:\n{body}")
    )


def test_too_many_players_for_a_table() -> None:
    names = ", ".join(f"P{number}" for number in range(17))
    text = f"game: G\nplayers: [{names}]\ncoalitions: {{worth: size}}\n"
    (problem,) = faults(text)
    assert problem.code == "too-large" and "quota" in problem.hint
    votes = text.replace("{worth: size}", "{weights: 1, quota: 9}")
    assert not study(votes).case().game.is_tabled


def test_a_coalitional_game_has_no_strategies() -> None:
    text = f"{HEAD}strategies: [X, Y]\ncoalitions: {{worth: size}}\n"
    assert "not-here" in codes(text)
