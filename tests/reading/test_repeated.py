"""The body ``repeated`` becomes the game it stands for; its faults are told at their place."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from alliance_games.model.repeated import RepeatedGame
from tests.reading.games import codes, faults, places, study

GAME = """\
game: G
players: [A, B]
parameters: {H: 4, d: 1/2, cost: {value: {A: 1, B: 2}}}
repeated:
  discount: d
  survival: 9/10
  stage:
    strategies: [X, Y]
    payoffs:
      X, X: H - 1, H - 1
      X, Y: -1, H
      Y, X: H, -1
      Y, Y: 0, 0
  cooperate: [X, X]
  exit cost: cost / 2
  relationships: 3
  breach: one
"""


def game(text: str, scenario: str | None = None) -> RepeatedGame:
    found = study(text).case(scenario).game
    assert isinstance(found, RepeatedGame)
    return found


def test_everything_is_read() -> None:
    found = game(GAME)
    assert found.discount == F(1, 2) and found.survival == F(9, 10) and found.factor == F(9, 20)
    assert found.strategies == (("X", "Y"), ("X", "Y"))
    assert found.stage.payoffs((0, 1)) == (-1, 4)
    assert found.exit_costs == (F(1, 2), F(1))
    assert (found.relationships, found.breach, found.cooperate) == (3, "one", (0, 0))
    assert list(found.rows())[:2] == [("discount", "", "1/2"), ("survival", "", "9/10")]
    assert found.facts()["relationships"] == 3


@pytest.mark.parametrize(
    "written", ["[X, X]", "X, X", "X", "{A: X, B: X}", "{B: X, A: X}", '"X, X"']
)
def test_a_profile_is_written_in_many_ways(written: str) -> None:
    assert game(GAME.replace("[X, X]", written)).cooperate == (0, 0)


def test_formulas_and_matrices_are_stages_too() -> None:
    by_formula = GAME.replace(
        """\
    payoffs:
      X, X: H - 1, H - 1
      X, Y: -1, H
      Y, X: H, -1
      Y, Y: 0, 0
""",
        "    payoffs: {each: 'H * others(X) - if(mine == X, 1, 0)'}\n",
    )
    assert game(by_formula).stage == game(GAME).stage
    drawn = """\
game: G
players: [A, B]
repeated:
  stage:
    matrix: |
      B \\ A | L    | R
      U     | 1, 2 | 3, 4
      D     | 5, 6 | 7, 8
"""
    found = game(drawn)
    assert found.discount is None
    assert found.strategies == (("L", "R"), ("U", "D"))
    assert found.stage.payoffs((1, 0)) == (4, 3)


STATES = """\
game: G
players: [A, B]
parameters: {H: 4, stay: 3/4, own: {value: {A: 1, B: 1}}}
define: {net: H - 1}
repeated:
  stage:
    strategies: [X, Y]
    payoffs: {"X, X": "net, net", "X, Y": "-1, H", "Y, X": "H, -1", "Y, Y": "0, 0"}
  states:
    grave: {where: {H: 2 * H}, next: {grave: stay, calm: 1 - stay}}
    calm:
      payoffs: {"X, X": "1, 1", "X, Y": "0, 0", "Y, X": "0, 0", "Y, Y": "0, 0"}
      next: {calm: 1}
"""


def test_states_change_parameters_or_have_their_own_stage() -> None:
    found = game(STATES)
    assert found.states == ("grave", "calm")
    assert found.stages[0].payoffs((0, 0)) == (7, 7)
    assert found.stages[1].payoffs((0, 0)) == (1, 1)
    assert found.transitions == ((F(3, 4), F(1, 4)), (F(0), F(1)))


AUTOMATA = """\
game: G
players: [A, B]
repeated:
  discount: 1/2
  stage:
    strategies: [X, Y]
    payoffs: {"X, X": "3, 3", "X, Y": "0, 4", "Y, X": "4, 0", "Y, Y": "1, 1"}
  cooperate: X
  automata:
    - Grim trigger
    - punish 2 periods
    - always Y
    - always Y, X
    - name: mine
      states:
        one: {plays: X, then: {"X, X": one, "Y, X": two, else: three}}
        two: {plays: [X, Y], then: one}
        three: {plays: Y, then: three}
"""


def test_automata_by_name_and_by_state() -> None:
    found = game(AUTOMATA).automata
    assert [one.name for one in found] == [
        "grim trigger",
        "punish 2",
        "always Y",
        "always Y, X",
        "mine",
    ]
    assert found[0].follows == ((0, 1, 1, 1), (1, 1, 1, 1))
    assert found[1].follows[0] == (0, 1, 1, 1)
    assert found[1].follows[1] == (1, 1, 1, 2) and found[1].follows[2] == (1, 1, 1, 0)
    assert found[3].plays == ((1, 0),)
    assert found[4].plays == ((0, 0), (0, 1), (1, 1))
    assert found[4].follows == ((0, 2, 1, 2), (0,) * 4, (2,) * 4)


def test_each_player_has_her_own() -> None:
    (found,) = game(with_automata("[{A: tit for tat, B: always Y}]")).automata
    assert found.name == "A: tit for tat, B: always Y"
    # She cooperates once, and then does what he did, whatever she did herself.
    assert found.plays[0] == (0, 1)
    assert [found.plays[found.follows[0][k]] for k in range(4)] == [(0, 1), (1, 1)] * 2


def with_automata(items: str, more: str = "") -> str:
    head = AUTOMATA[: AUTOMATA.index("  automata:")]
    return head + more + f"  automata: {items}\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (GAME.replace("  stage:", "  stag:"), ["unknown-key"]),
        (GAME.replace("discount: d", "discount: D"), ["unknown-name"]),
        (GAME.replace("discount: d", "discount: cost"), ["which-entry"]),
        (GAME.replace("discount: d", "discount: 3/2"), ["out-of-range"]),
        (GAME.replace("survival: 9/10", "survival: 0"), ["out-of-range"]),
        (GAME.replace("discount: d", "discount: 1").replace("9/10", "1"), ["out-of-range"]),
        (GAME.replace("relationships: 3", "relationships: 3/2"), ["not-whole"]),
        (GAME.replace("relationships: 3", "relationships: 0"), ["out-of-range"]),
        (GAME.replace("cost / 2", "0 - cost"), ["out-of-range"]),
        (GAME.replace("breach: one", "breach: two"), ["unknown-word"]),
        (GAME.replace("[X, X]", "[X]"), []),
        (GAME.replace("[X, X]", "[X, X, X]"), ["profile-length"]),
        (GAME.replace("[X, X]", "[X, Z]"), ["unknown-strategy"]),
        (GAME.replace("[X, X]", "{A: X}"), ["profile-length"]),
        (GAME.replace("[X, X]", "{A: X, C: X}"), ["unknown-player"]),
        (GAME.replace("      Y, Y: 0, 0\n", ""), ["missing-profile"]),
        (GAME.replace("    strategies: [X, Y]\n", ""), ["missing-key"]),
        (GAME.replace("Y, Y: 0, 0", "Y, Y: 0"), ["payoff-count"]),
        (GAME + "  stages: 3\n", ["unknown-key"]),
        ("game: G\nplayers: [A, B]\nrepeated: {}\n", ["empty"]),
        ("game: G\nplayers: [A, B]\nrepeated:\n", ["empty"]),
        ("game: G\nplayers: [A, B]\nrepeated: [1, 2]\n", ["wrong-shape"]),
        ("game: G\nrepeated: {stage: {strategies: [X]}}\n", ["missing-key"]),
        ("game: G\nplayers: [A]\nrepeated: {stage: {strategies: [X]}}\n", ["missing-key"]),
        (STATES.replace("{calm: 1}", "{calm: 1/2}"), ["bad-probability"]),
        (STATES.replace("{calm: 1}", "{calm: 2, grave: -1}"), ["bad-probability"]),
        (STATES.replace("{calm: 1}", "{storm: 1}"), ["unknown-state"]),
        (STATES.replace("where: {H: 2 * H}", "where: {h: 1}"), ["unknown-name"]),
        (STATES.replace("where: {H: 2 * H}", "where: {own: 1}"), ["which-entry"]),
        (STATES.replace("      next: {calm: 1}\n", ""), ["missing-key"]),
        (with_automata("[grimm trigger]"), ["unknown-automaton"]),
        (with_automata("[{A: tit for tat}]"), ["profile-length"]),
        (with_automata("[{A: tit for tat, C: pavlov}]"), ["unknown-player"]),
        (with_automata("[{A: tit for tat, B: pavlow}]"), ["unknown-automaton"]),
        (with_automata("[punish 0]"), ["unknown-automaton"]),
        (with_automata("[punish]"), ["unknown-automaton"]),
        (with_automata("[punish 1000000000000]"), ["unknown-automaton"]),
        (with_automata("[always Z]"), ["unknown-strategy"]),
        (with_automata("[tit for tat, tit for tat]"), ["doubled-name"]),
        (with_automata("[]"), ["empty"]),
        (with_automata("[{name: a}]"), ["missing-key"]),
        (with_automata("[{name: a, states: {s: {plays: X}}}]"), ["missing-key"]),
        (with_automata('[{name: a, states: {s: {plays: X, then: {"X, X": s}}}}]'),
         ["missing-profile"]),
        (with_automata("[{name: a, states: {s: {plays: X, then: t}}}]"), ["unknown-state"]),
        (with_automata("[tit for tat]", "  punish: [X, Y]\n"), ["unknown-automaton"]),
        (AUTOMATA.replace("  cooperate: X\n", ""), ["missing-key"] * 2),
    ],
)  # fmt: skip
def test_faults(text: str, wanted: list[str]) -> None:
    if not wanted:
        study(text)
    else:
        assert codes(text) == wanted


def test_places_and_hints() -> None:
    text = GAME.replace("discount: d", "discount: delta").replace("[X, X]", "[X, Xx]")
    assert places(text) == [("unknown-name", 5, 13), ("unknown-strategy", 14, 18)]
    assert "X" in faults(text)[1].hint
    (problem,) = faults(GAME.replace("survival: 9/10", "survivl: 9/10"))
    assert "survival" in problem.hint


def test_a_scenario_out_of_range_is_told() -> None:
    text = GAME + "scenarios: {mad: {d: 2}}\n"
    (problem,) = faults(text)
    assert problem.code == "out-of-range" and "mad" in problem.message


def test_a_stage_too_large_to_write_out() -> None:
    text = """\
game: G
players: 20
repeated: {stage: {strategies: [X, Y], payoffs: {each: "others(X)"}}}
"""
    assert codes(text) == ["too-large"]
