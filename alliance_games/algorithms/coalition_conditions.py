"""Values and properties of cooperative games over any ordered field, for ``Concept.conditions``."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import factorial

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.named.cooperative import Against, Convexity, Value
from alliance_games.results.ordered import Signs


def shapley(game: CoalitionalGame) -> Value:
    """What each player adds, weighed by the orders in which just these came before her
    (Shapley 1953)."""
    players = len(game.players)
    shares = {}
    for player, name in enumerate(game.players):
        total = Fraction(0)
        for before in range(1 << players):
            if not before >> player & 1:
                size = before.bit_count()
                orders = factorial(size) * factorial(players - size - 1)
                adds = _worth(game, before | 1 << player) - _worth(game, before)
                total += adds * Fraction(orders, factorial(players))
        shares[name] = total
    return Value(of="shapley-value", shares=shares)


def convexity(game: CoalitionalGame, signs: Signs) -> Convexity:
    """Whether a player adds the more, the larger the coalition (Shapley 1971).

    It is enough to compare coalitions that differ by one player each.
    """
    players = len(game.players)
    gains = []
    for shared in range(1 << players):
        outside = [1 << i for i in range(players) if not shared >> i & 1]
        for first, second in combinations(outside, 2):
            one, other = shared | first, shared | second
            apart = _worth(game, one) + _worth(game, other)
            together = _worth(game, one | other) + _worth(game, shared)
            if signs.is_negative(together - apart):
                against = Against(game.names(one), game.names(other), apart, together)
                return Convexity(convex=False, strictly=False, against=against)
            gains.append(together - apart)
    strictly = all(signs.is_positive(gain) for gain in gains)
    return Convexity(convex=True, strictly=strictly, against=None)


def _worth(game: CoalitionalGame, coalition: int) -> Fraction:
    return game.worth(coalition) if coalition else Fraction(0)
