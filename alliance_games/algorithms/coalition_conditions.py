"""Values and properties of cooperative games over any ordered field, for ``Concept.conditions``."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import factorial

from alliance_games.algorithms.banzhaf import swings
from alliance_games.algorithms.shapley import shapley_value
from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.named.cooperative import (
    Against,
    Convexity,
    Power,
    Roles,
    Superadditivity,
    Value,
)
from alliance_games.results.ordered import Signs, Undescribed


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


def superadditivity(game: CoalitionalGame, signs: Signs) -> Superadditivity:
    """Whether coalitions without a common member are worth no more apart, larger ones no less."""
    apart = _against_superadditivity(game, signs)
    less = _against_monotonicity(game, signs)
    alone = sum((_worth(game, 1 << i) for i in range(len(game.players))), Fraction(0))
    return Superadditivity(
        superadditive=apart is None,
        against=apart,
        monotonic=less is None,
        against_monotonic=less,
        essential=signs.is_positive(game.worth(game.everybody) - alone),
    )


def _against_superadditivity(game: CoalitionalGame, signs: Signs) -> Against | None:
    for union in range(3, 1 << len(game.players)):
        part = (union - 1) & union
        while part > union ^ part:
            left, right = _worth(game, part) + _worth(game, union ^ part), _worth(game, union)
            if signs.is_positive(left - right):
                return Against(game.names(part), game.names(union ^ part), left, right)
            part = (part - 1) & union
    return None


def _against_monotonicity(game: CoalitionalGame, signs: Signs) -> Against | None:
    for coalition in range(1 << len(game.players)):
        for player in range(len(game.players)):
            larger = coalition | 1 << player
            if larger == coalition:
                continue
            left, right = _worth(game, coalition), _worth(game, larger)
            if signs.is_positive(left - right):
                return Against(game.names(coalition), game.names(larger), left, right)
    return None


def roles(game: CoalitionalGame, signs: Signs) -> Roles:
    """Who has a veto, who is a dummy, who adds nothing, who wins alone (Shapley 1953)."""
    players, everything = range(len(game.players)), range(1 << len(game.players))
    worthless = [signs.is_zero(_worth(game, one)) for one in everything]
    veto, dummies, null = [], [], []
    for player in players:
        bit = 1 << player
        others = [one for one in everything if not one & bit]
        if not all(worthless) and all(worthless[one] for one in others):
            veto.append(player)
        alone = _worth(game, bit)
        gains = [_worth(game, one | bit) - _worth(game, one) - alone for one in others]
        if all(map(signs.is_zero, gains)):
            dummies.append(player)
            if worthless[bit]:
                null.append(player)
    winner = [i for i in veto if not worthless[1 << i] and _as_simple(game, signs) is not None]

    def named(chosen: list[int]) -> tuple[str, ...]:
        return tuple(game.players[player] for player in chosen)

    return Roles(
        veto=named(veto),
        dummies=named(dummies),
        null=named(null),
        essential=named([i for i in players if i not in dummies]),
        dictator=game.players[winner[0]] if winner else None,
    )


def shapley_shubik(game: CoalitionalGame, signs: Signs) -> Value:
    """The share of orders in which each player turns a losing coalition into a winning one.

    Raises Undescribed where coalitions do not just win or lose.
    """
    shares = shapley_value(_simple(game, signs), _no_limit)
    return Value(of="shapley-shubik", shares=dict(zip(game.players, shares, strict=True)))


def banzhaf(game: CoalitionalGame, signs: Signs) -> Power:
    """How many winning coalitions lose without each player. Raises Undescribed, as above."""
    counted = swings(_simple(game, signs), _no_limit)
    by_name = dict(zip(game.players, counted, strict=True))
    total, others = sum(counted), 1 << len(counted) - 1
    return Power(
        swings=by_name,
        raw={name: Fraction(number, others) for name, number in by_name.items()},
        normalised={name: Fraction(number, total) for name, number in by_name.items()},
    )


def _simple(game: CoalitionalGame, signs: Signs) -> CoalitionalGame:
    found = _as_simple(game, signs)
    if found is None:
        raise Undescribed(
            "coalitions do not just win or lose somewhere, or all players together do not win"
        )
    return found


def _as_simple(game: CoalitionalGame, signs: Signs) -> CoalitionalGame | None:
    """The game of winning (1) and losing (0) that it is here; None where it is none."""
    worths = [0]
    for coalition in range(1, 1 << len(game.players)):
        worth = _worth(game, coalition)
        if signs.is_zero(worth):
            worths.append(0)
        elif signs.is_zero(worth - 1):
            worths.append(1)
        else:
            return None
    found = CoalitionalGame.from_worths(game.players, worths)
    return found if found.is_simple else None


def _no_limit() -> None:
    """Games of so few players are counted at once."""


def _worth(game: CoalitionalGame, coalition: int) -> Fraction:
    return game.worth(coalition) if coalition else Fraction(0)
