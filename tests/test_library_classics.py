"""The classics that are played with chance: their formulas against linear programs.

A zero-sum game's value is found here by a float linear program over pure strategies that are
written out from the rules, and not from the library's files. That these formulas are what the
equilibria of the files bring is proved by `check`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from scipy.optimize import linprog

F = Fraction


def value(rows: int, columns: int, payoff: Callable[[int, int], Fraction]) -> float:
    """What the row player can make sure of by mixing."""
    table = np.array([[float(payoff(r, c)) for c in range(columns)] for r in range(rows)])
    found = linprog(
        c=[0.0] * rows + [-1.0],
        A_ub=np.hstack([-table.T, np.ones((columns, 1))]),
        b_ub=np.zeros(columns),
        A_eq=[[1.0] * rows + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * rows + [(None, None)],
    )
    return float(-found.fun)


PLANS = ("bet", "check, fold", "check, call")
ANSWERS = tuple(product((False, True), repeat=2))  # calls a bet, bets after a check


def poker(ante: Fraction, bet: Fraction) -> float:
    """Kuhn's poker from its rules: a plan for each of three cards on either side."""
    firsts = list(product(PLANS, repeat=3))
    seconds = list(product(ANSWERS, repeat=3))

    def payoff(row: int, column: int) -> Fraction:
        total = F(0)
        for mine, yours in permutations(range(3), 2):
            plan, (calls, bets) = firsts[row][mine], seconds[column][yours]
            sign = 1 if mine > yours else -1
            if plan == "bet":
                total += sign * (ante + bet) if calls else ante
            elif not bets:
                total += sign * ante
            else:
                total += sign * (ante + bet) if plan == "check, call" else -ante
        return total / 6

    return value(len(firsts), len(seconds), payoff)


@pytest.mark.parametrize("seed", range(6))
def test_the_value_of_kuhn_s_poker(seed: int) -> None:
    """-bet^2 / (6 (2 ante + bet)) up to the ante, bet (2 ante - bet) above, and 0 from 2 antes."""
    dice = random.Random(seed)
    ante = F(dice.randint(1, 20), 7)
    for share in (F(dice.randint(1, 9), 10), F(1), 1 + F(dice.randint(1, 9), 10), F(5, 2)):
        bet = share * ante
        claimed = -min(bet**2, max(bet * (2 * ante - bet), F(0))) / (6 * (2 * ante + bet))
        assert poker(ante, bet) == pytest.approx(float(claimed), abs=1e-8)


def blotto(post: Fraction, regiment: Fraction) -> float:
    mine = [(own, 4 - own) for own in range(5)]
    yours = [(own, 3 - own) for own in range(4)]

    def payoff(row: int, column: int) -> Fraction:
        total = F(0)
        for here, there in zip(mine[row], yours[column], strict=True):
            if here != there:
                total += (post + min(here, there) * regiment) * (1 if here > there else -1)
        return total

    return value(5, 4, payoff)


@pytest.mark.parametrize("seed", range(6))
def test_the_value_of_blotto_s_game(seed: int) -> None:
    """In each of the three regimes of what a post is worth against a regiment."""
    dice = random.Random(seed)
    regiment = F(dice.randint(1, 20), 7)
    for share in (
        F(dice.randint(1, 9), 20),
        F(dice.randint(6, 29), 10),
        F(dice.randint(31, 60), 10),
    ):
        post = share * regiment
        if share < F(1, 2):
            claimed = 3 * regiment / 2
        elif share <= 3:
            claimed = (post**2 + 4 * post * regiment + 9 * regiment**2) / (
                3 * (post + 2 * regiment)
            )
        else:
            claimed = (post**2 + 2 * post * regiment + 9 * regiment**2) / (
                2 * (post + 3 * regiment)
            )
        assert blotto(post, regiment) == pytest.approx(float(claimed), abs=1e-8)
