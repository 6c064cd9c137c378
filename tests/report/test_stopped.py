"""What is said where a search was stopped before it found anything."""

from __future__ import annotations

from alliance_games import loads

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
