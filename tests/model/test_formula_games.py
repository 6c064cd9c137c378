"""Large tables from formulas give what small ones do."""

from __future__ import annotations

import random
from fractions import Fraction as F
from itertools import product

import pytest

from alliance_games.model.formulas import WHOLE_TABLE
from alliance_games.model.normal import NormalGame
from tests.reading.games import study

PLAYERS = 13
FORMULAS = {
    "integers": "if(mine == A, total(power, A), plays(1, B) * others(B)) - power",
    "fractions": "total(power / 7, A) / (1 + count(A)) + if(mine == B, 1/3, 0)",
    "huge": "total(power^9, A) * 10^30 + count(B)",
    "constant": "if(mine == A, 1, 2)",
}


def expected(formula: str, power: list[int], profile: tuple[int, ...], player: int) -> F:
    chosen = [power[i] for i, own in enumerate(profile) if own == 0]
    own, count_b = profile[player], sum(profile)
    match formula:
        case "integers":
            others_b = count_b - own
            value = F(sum(chosen)) if own == 0 else F((profile[0] == 1) * others_b)
            return value - power[player]
        case "fractions":
            return F(sum(chosen), 7 * (1 + len(chosen))) + (F(1, 3) if own else 0)
        case "huge":
            return F(sum(p**9 for p in chosen) * 10**30 + count_b)
        case _:
            return F(1 + own)


@pytest.mark.parametrize("formula", FORMULAS)
def test_thousands_of_profiles_by_the_formula_s_definition(formula: str) -> None:
    assert 2**PLAYERS > WHOLE_TABLE
    generator = random.Random(formula)
    power = [generator.randint(1, 9) for _ in range(PLAYERS)]
    entries = ", ".join(f"{i + 1}: {value}" for i, value in enumerate(power))
    # plays(1, A) keeps the games that are symmetric from becoming anonymous ones.
    text = f"""\
game: G
players: {PLAYERS}
parameters:
  power: {{value: {{{entries}}}}}
strategies: [A, B]
payoffs:
  each: {FORMULAS[formula]} + 0 * plays(1, A)
"""
    game = study(text).case().game
    assert isinstance(game, NormalGame)
    profiles = list(product((0, 1), repeat=PLAYERS))
    for profile in generator.sample(profiles, 300):
        for player in (0, 1, PLAYERS - 1):
            assert game.payoff(player, profile) == expected(formula, power, profile, player)
