"""``ordinal`` ranks the endings of a tree without chance."""

from __future__ import annotations

import pytest

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.codec import shape
from alliance_games.results.solutions import Behaviour
from alliance_games.solve import solve
from tests.reading.games import codes, faults, study

CRISIS = """\
game: Who escalates
players: [Challenger, Defender]
tree:
  Challenger:
    Wait: status quo
    Press:
      Defender:
        Fight: war
        Yield: win
ordinal:
  Challenger: [win, status quo = war]
  Defender: [status quo, win, war]
"""


def test_ranks_are_the_payoffs_and_the_game_says_so() -> None:
    game = study(CRISIS).case().game
    assert isinstance(game, ExtensiveGame) and game.ordinal
    found = {game.outcomes[game.terminal[n]]: game.payoffs(n) for n in range(game.size)
             if game.terminal[n] >= 0}  # fmt: skip
    assert found["win"][0] > found["status quo"][0] == found["war"][0]
    assert found["status quo"][1] > found["win"][1] > found["war"][1]


def test_only_what_depends_on_the_order_is_claimed() -> None:
    game = study(CRISIS).case().game
    answer = solve(game, ["subgame-perfect", "nash"])
    assert [refusal.concept for refusal in answer.refusals] == ["nash"]
    (one,) = answer.results[0].solutions
    assert isinstance(one, Behaviour)
    assert one.choices == ((0, 1), (0, 1))


def test_its_document_says_that_payoffs_are_ranks() -> None:
    assert shape(study(CRISIS).case().game)["ordinal"] is True
    plain = CRISIS[: CRISIS.index("ordinal:")] + (
        "outcomes: {win: '3, 2', status quo: '1, 3', war: '1, 1'}\n"
    )
    assert "ordinal" not in shape(study(plain).case().game)


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("Fight: war", "Fight: wa", "unknown-outcome", 8),
        ("Fight: war", "Fight: [1, 2]", "two-payoffs", 11),
        ("[status quo, win, war]", "[status quo, win]", "missing-outcome", 12),
        ("  Defender: [status quo, win, war]\n", "", "missing-ranking", 11),
        ("  Defender: [s", "  Defenders: [s", "unknown-player", 12),
        ("    Wait: status quo\n",
         "    Wait: {chance: {a (1/2): status quo, b (1/2): war}}\n", "two-payoffs", 10),
    ],
)  # fmt: skip
def test_faults(before: str, after: str, code: str, line: int) -> None:
    assert before in CRISIS
    found = [(fault.code, fault.span.line) for fault in faults(CRISIS.replace(before, after))]
    assert (code, line) in found, found


def test_an_ending_nothing_leads_to_is_a_warning() -> None:
    text = CRISIS.replace("[win, s", "[rain, win, s").replace("[status quo,", "[status quo, rain,")
    assert [warning.code for warning in study(text).warnings] == ["unused-outcome"] * 2


def test_outcomes_are_ranked_or_paid() -> None:
    assert "two-payoffs" in codes(CRISIS + "outcomes: {war: '1, 2'}\n")
