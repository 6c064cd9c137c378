"""Two purses divided over three states: which leave a safe division, by the definition of one.

The library's files have the purses 3 and 4. Here the number of pure equilibria is compared with
saddle points found one by one for every purse up to 8, and the rule with the library's payoffs.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import alliance_games as ag
from alliance_games.model.normal import NormalGame
from alliance_games.solve import solve

GAMES = Path(__file__).resolve().parents[2] / "games" / "bribes"

Division = tuple[int, int, int]


def divisions(purse: int) -> list[Division]:
    return [
        (first, second, purse - first - second)
        for first in range(purse, -1, -1)
        for second in range(purse - first, -1, -1)
    ]


def outcome(mine: Division, theirs: Division) -> int:
    """1 where ``mine`` takes more of the states, -1 where fewer, 0 where as many."""
    ahead = sum((a > b) - (a < b) for a, b in zip(mine, theirs, strict=True))
    return (ahead > 0) - (ahead < 0)


def saddle_points(purse: int) -> int:
    every = divisions(purse)
    safe = [mine for mine in every if all(outcome(mine, theirs) >= 0 for theirs in every)]
    return len(safe) ** 2


def game(purse: int) -> NormalGame:
    every = divisions(purse)
    names = tuple("-".join(map(str, division)) for division in every)
    return NormalGame.from_payoffs(
        ("X", "Y"),
        (names, names),
        lambda profile: [
            Fraction(outcome(every[profile[0]], every[profile[1]])),
            Fraction(outcome(every[profile[1]], every[profile[0]])),
        ],
    )


@pytest.mark.parametrize("purse", range(1, 9))
def test_a_safe_division_is_left_up_to_three_millions(purse: int) -> None:
    result = solve(game(purse), ["pure-nash"]).of("pure-nash")
    assert result is not None
    assert len(result.solutions) == saddle_points(purse)
    assert (saddle_points(purse) > 0) == (purse <= 3)


@pytest.mark.parametrize(
    ("file", "purse"), [("three_swing_states_small_purses", 3), ("three_swing_states", 4)]
)
def test_the_library_s_tables_pay_as_the_rule_says(file: str, purse: int) -> None:
    every = divisions(purse)
    loaded = ag.load(GAMES / f"{file}.yaml").game
    assert isinstance(loaded, NormalGame)
    assert loaded.strategies[0] == game(purse).strategies[0] == loaded.strategies[1]
    for row, mine in enumerate(every):
        for column, theirs in enumerate(every):
            assert loaded.payoff(0, (row, column)) == outcome(mine, theirs)
            assert loaded.payoff(1, (row, column)) == outcome(theirs, mine)
