"""Expected payoffs and gains from deviating at a profile of a normal-form game, by definition."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs, Profile, pure, support


def expected_payoffs(game: NormalGame, profile: Profile) -> Payoffs:
    """Every player's expected payoff: the sum over the pure profiles played with some chance."""
    totals = [Fraction(0)] * len(game.players)
    for indices in product(*map(support, profile)):
        chance = prod(
            (strategy[index] for strategy, index in zip(profile, indices, strict=True)),
            start=Fraction(1),
        )
        for player, payoff in enumerate(game.payoffs(indices)):
            totals[player] += chance * payoff
    return tuple(totals)


def largest_gain(game: NormalGame, profile: Profile) -> tuple[Fraction, int, int]:
    """The most a player can gain by deviating, who, and to which strategy.

    The gain is 0 exactly at a Nash equilibrium (Nash 1951).
    """
    now = expected_payoffs(game, profile)
    best = (Fraction(0), 0, 0)
    for player, size in enumerate(game.shape):
        for index in range(size):
            deviation = (*profile[:player], pure(index, size), *profile[player + 1 :])
            gain = expected_payoffs(game, deviation)[player] - now[player]
            if gain > best[0]:
                best = (gain, player, index)
    return best
