"""What is said where a search was stopped before it found anything."""

from __future__ import annotations

from dataclasses import replace

from alliance_games import loads
from alliance_games.report.blocks import Plot
from alliance_games.report.build import build

MANY = """\
game: Eleven unequal states
players: 11
strategies: [Balance, Hide]
parameters:
  w: {value: {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 10, 11: 11}}
payoffs:
  each: if(total(w, Balance) > 40, 50, 0) - if(mine == Balance, w, 0)
"""


def test_a_stopped_search_is_no_word_on_whether_there_are_equilibria() -> None:
    told = str(loads(MANY).solve("nash", timeout=1e-9))
    assert "STOPPED" in told
    assert "No equilibrium was found before the search was stopped." in told


def test_one_curve_of_best_replies_alone_is_not_drawn() -> None:
    """A limit of time may come between the curves of the two players."""
    solved = loads(
        "game: one curve\nplayers: [A, B]\nchoices:\n  each: x in [0, 4]\n"
        "payoffs:\n  each: x * (3 - total(x))\n"
    ).solve("best-replies")
    answer = solved.answer
    (case,) = answer.cases
    result = case.of("best-replies")
    assert result is not None and len(result.solutions) == 2
    half = replace(case, results=(replace(result, solutions=result.solutions[:1]),))
    whole = build(answer).blocks
    cut = build(replace(answer, cases=(half,))).blocks
    assert any(isinstance(block, Plot) for block in whole)
    assert not any(isinstance(block, Plot) for block in cut)
