"""Perfect and proper equilibria of games in normal form, along the tremble that they carry.

Perfect (Selten 1975): the strategies are best replies to completely mixed ones that tend to them.
Proper (Myerson 1978): in those, a worse strategy has a probability of a smaller order than a better
one. Probabilities are polynomials in a small number e, up to each player's total, and the sign of a
difference of payoffs for small e is that of its lowest term.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile
from alliance_games.results.tree_solutions import Tremble

Poly = dict[int, Fraction]
"""Coefficients by the power of e."""

PERFECT = "along the tremble every strategy that is used stays a best reply"
PROPER = (
    "along the tremble a strategy that gets less than another has a probability of smaller order"
)


def is_perfect_along(game: NormalGame, profile: Profile, tremble: Tremble | None) -> bool:
    """Whether the tremble tends to the profile and the profile is a best reply to all of it."""
    weights = _weights(game, profile, tremble)
    if weights is None:
        return False
    for player, mixed in enumerate(profile):
        worth = _worth(game, player, weights)
        for used, probability in enumerate(mixed):
            if probability and any(_above(other, worth[used]) for other in worth):
                return False
    return True


def is_proper_along(game: NormalGame, profile: Profile, tremble: Tremble | None) -> bool:
    """Whether the tremble tends to the profile and puts the better before the worse in order."""
    weights = _weights(game, profile, tremble)
    if weights is None:
        return False
    for player, own in enumerate(weights):
        worth = _worth(game, player, weights)
        for better, value in enumerate(worth):
            for worse, less in enumerate(worth):
                if _above(value, less) and min(own[worse]) <= min(own[better]):
                    return False
    return True


def _weights(
    game: NormalGame, profile: Profile, tremble: Tremble | None
) -> list[list[Poly]] | None:
    """Each strategy's weight as a polynomial; None where it is none for this profile."""
    if tremble is None or {len(tremble.orders), len(tremble.weights)} != {len(profile)}:
        return None
    further: Sequence[Sequence[Sequence[tuple[int, Fraction]]] | None]
    further = tremble.further or [None] * len(profile)
    found = []
    for mixed, orders, leading, rest in zip(
        profile, tremble.orders, tremble.weights, further, strict=True
    ):
        if orders is None or leading is None or not len(orders) == len(leading) == len(mixed):
            return None
        own: list[Poly] = []
        for place, (order, weight) in enumerate(zip(orders, leading, strict=True)):
            more = dict(rest[place]) if rest else {}
            if weight <= 0 or order < 0 or any(power <= order for power in more):
                return None
            own.append({order: weight, **{power: c for power, c in more.items() if c}})
        total = sum((weight.get(0, Fraction(0)) for weight in own), Fraction(0))
        if not total or any(
            weight.get(0, Fraction(0)) != p * total for weight, p in zip(own, mixed, strict=True)
        ):
            return None
        found.append(own)
    return found


def _worth(game: NormalGame, player: int, weights: Sequence[Sequence[Poly]]) -> list[Poly]:
    """What each strategy of a player is worth, up to a positive factor that all share."""
    worth: list[Poly] = [{} for _ in range(game.shape[player])]
    for profile in game.profiles():
        chance: Poly = {0: Fraction(game.payoff(player, profile))}
        for other, strategy in enumerate(profile):
            if other != player:
                chance = _times(chance, weights[other][strategy])
        total = worth[profile[player]]
        for power, number in chance.items():
            total[power] = total.get(power, Fraction(0)) + number
    return worth


def _times(one: Poly, other: Poly) -> Poly:
    product: Poly = {}
    for power, number in one.items():
        for more, factor in other.items():
            product[power + more] = product.get(power + more, Fraction(0)) + number * factor
    return product


def _above(one: Poly, other: Poly) -> bool:
    """Whether the one is more than the other for all small e > 0."""
    for power in sorted(one.keys() | other.keys()):
        difference = one.get(power, Fraction(0)) - other.get(power, Fraction(0))
        if difference:
            return difference > 0
    return False
