"""Points of a logit branch of a game in which everybody moves once, and the branch's ends.

Expected payoffs are contracted from the table of payoffs (or summed over how many of the others
choose what), without the derivatives and logarithms by which the branch was followed. The ends are
held to the definition of an equilibrium in exact numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from math import comb, exp, inf, lgamma, log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from alliance_games.model.anonymous import AnonymousGame, Counts
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Payoffs, is_distribution
from alliance_games.results.solutions import Certificate, CountPoint, Point, Solution
from alliance_games.results.tree_solutions import QuantalPath

TOLERANCE = 1e-9
"""The largest difference between a probability and the logit response to the profile."""

CLAIM = (
    "at each point every probability is within 1e-9 of the logit response to the payoffs the "
    "profile implies, and nobody gains by deviating from the equilibria named as the branch's ends"
)

Floats = Sequence[Sequence[float] | None]
Vector = NDArray[np.float64]
Number = TypeVar("Number", float, Fraction)


def check(game: NormalGame | AnonymousGame, solution: QuantalPath) -> Certificate:
    """Recompute the responses at every point in floats, and the gains at the ends exactly."""
    points = solution.points
    if not points or (solution.origin is None and points[0][0] != 0):
        return Certificate(False, CLAIM)
    responses = Responses(game)
    worst = max(responses.difference(choices, precision) for precision, choices, _ in points)
    if not worst <= TOLERANCE or not _turns_hold(solution):
        return Certificate(False, CLAIM)
    ends = [one for one in (solution.limit, solution.origin) if one is not None]
    gains = [gain_at(game, one) for one in ends]
    if None in gains:
        return Certificate(False, CLAIM)
    largest = max((gain for gain in gains if gain is not None), default=None)
    return Certificate(not largest, CLAIM, largest_gain=largest)


def _turns_hold(solution: QuantalPath) -> bool:
    """Whether precision has an extremum at each turning point, and at no other place."""
    precisions = [precision for precision, _, _ in solution.points]
    found = [
        place
        for place in range(1, len(precisions) - 1)
        if (precisions[place] - precisions[place - 1]) * (precisions[place + 1] - precisions[place])
        < 0
    ]
    return found == list(solution.turns)


class Responses:
    """The logit responses of one game."""

    def __init__(self, game: NormalGame | AnonymousGame) -> None:
        self.game = game
        if isinstance(game, NormalGame):
            self.widths = game.shape
            self.tables = [
                _floats(table, over).reshape(game.shape)
                for table, over in zip(game.numerators, game.denominators, strict=True)
            ]
        else:
            self.widths = (len(game.strategies),) * len(game.members)
            self.rows = [
                [_floats(table, over, min(map(min, role))) for table in role]
                for role, over in zip(game.numerators, game.denominators, strict=True)
            ]

    def difference(self, choices: Floats, precision: float) -> float:
        """The largest difference between the profile and the logit response to it."""
        if len(choices) != len(self.widths):
            return inf
        mixtures = []
        for choice, width in zip(choices, self.widths, strict=True):
            if choice is None or len(choice) != width or not min(choice) >= 0:
                return inf
            if not abs(sum(choice) - 1) <= TOLERANCE:
                return inf
            mixtures.append(np.array(choice))
        worst = 0.0
        for group, mixture in enumerate(mixtures):
            worth = self._worth(group, mixtures)
            response = np.exp(precision * (worth - worth.max()))
            worst = max(worst, float(np.abs(response / response.sum() - mixture).max()))
        return worst

    def _worth(self, group: int, mixtures: Sequence[Vector]) -> Vector:
        if isinstance(self.game, NormalGame):
            table = self.tables[group]
            for axis in range(len(mixtures) - 1, -1, -1):
                if axis != group:
                    table = np.tensordot(table, mixtures[axis], axes=(axis, 0))
            found: Vector = table
            return found
        shares = [list(map(float, mixture)) for mixture in mixtures]
        spread = _spread(self.game, group, lambda role, counts: _in_floats(shares[role], counts))
        positions = _positions(self.game)
        at = [positions[counts] for counts in spread]
        weights = np.array(list(spread.values()))
        return np.array([row[at] @ weights for row in self.rows[group]])


def _floats(table: Sequence[int], over: int, least: int | None = None) -> Vector:
    """Payoffs less the least of them, which no logit response depends on."""
    least = min(table) if least is None else least
    return np.array([(number - least) / over for number in table])


@cache
def _vectors(players: int, strategies: int) -> tuple[Counts, ...]:
    if strategies == 1:
        return ((players,),)
    return tuple(
        (first, *rest)
        for first in range(players, -1, -1)
        for rest in _vectors(players - first, strategies - 1)
    )


def _positions(game: AnonymousGame) -> dict[Counts, int]:
    vectors = _vectors(len(game.players) - 1, len(game.strategies))
    return {counts: place for place, counts in enumerate(vectors)}


def _spread(
    game: AnonymousGame, role: int, chance: Callable[[int, Counts], Number]
) -> dict[Counts, Number]:
    """How likely each count of the others is, seen by a player of ``role``; ``chance`` says how
    likely it is that so many of the (other) members of a role choose each strategy."""
    spread: dict[Counts, Number] = {}
    for other, members in enumerate(game.members):
        vectors = _vectors(len(members) - (other == role), len(game.strategies))
        own = {counts: weight for counts in vectors if (weight := chance(other, counts))}
        if not spread:
            spread = own
            continue
        joined: dict[Counts, Number] = {}
        for before, weight in spread.items():
            for counts, more in own.items():
                both = tuple(map(int.__add__, before, counts))
                product = weight * more
                joined[both] = joined[both] + product if both in joined else product
        spread = joined
    return spread


def _in_floats(mixture: Sequence[float], counts: Counts) -> float:
    """The multinomial probability of the counts, by logarithms."""
    found = lgamma(sum(counts) + 1)
    for number, share in zip(counts, mixture, strict=True):
        if number and share <= 0:
            return 0.0
        found += number * log(share) - lgamma(number + 1) if number else 0.0
    return exp(found)


def _exactly(mixture: Mixed, counts: Counts) -> Fraction:
    """The multinomial probability of the counts."""
    left, found = sum(counts), Fraction(1)
    for number, share in zip(counts, mixture, strict=True):
        found *= comb(left, number) * share**number
        left -= number
    return found


def gain_at(game: NormalGame | AnonymousGame, one: Solution) -> Fraction | None:
    """The most a player gains by deviating from an end; None where it is no profile at all."""
    if isinstance(game, NormalGame):
        return _gain(game, one) if isinstance(one, Point) else None
    if isinstance(one, CountPoint):
        return _gain_by_counts(game, one)
    if isinstance(one, Point) and len(one.profile) == len(game.players):
        return _gain_by_role(game, one)
    return None


def _gain(game: NormalGame, one: Point) -> Fraction | None:
    if tuple(map(len, one.profile)) != game.shape or not all(map(is_distribution, one.profile)):
        return None
    used = [[k for k, p in enumerate(mixed) if p] for mixed in one.profile]
    worth = [[Fraction(0)] * width for width in game.shape]
    for player, width in enumerate(game.shape):
        others = [range(width) if k == player else own for k, own in enumerate(used)]
        for profile in _product(others):
            weight = Fraction(1)
            for other, own in enumerate(profile):
                if other != player:
                    weight *= one.profile[other][own]
            worth[player][profile[player]] += weight * game.payoff(player, profile)
    now = tuple(
        sum((p * w for p, w in zip(mixed, own, strict=True)), Fraction(0))
        for mixed, own in zip(one.profile, worth, strict=True)
    )
    return _largest(worth, now) if now == one.payoffs else None


def _product(ranges: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = [()]
    for each in ranges:
        found = [(*before, own) for before in found for own in each]
    return found


def _largest(worth: Sequence[Sequence[Fraction]], now: Payoffs) -> Fraction:
    return max(max(own) - value for own, value in zip(worth, now, strict=True))


def _gain_by_counts(game: AnonymousGame, one: CountPoint) -> Fraction | None:
    """A pure end: every player of a role does the same."""
    if len(one.counts) != len(game.members) or any(
        sorted(counts)[:-1] != [0] * (len(counts) - 1) or sum(counts) != len(members)
        for counts, members in zip(one.counts, game.members, strict=True)
    ):
        return None
    chosen = [next(k for k, n in enumerate(counts) if n) for counts in one.counts]
    gains = []
    for role, own in enumerate(chosen):
        total = [sum(column) for column in zip(*one.counts, strict=True)]
        total[own] -= 1
        now = game.payoff(role, own, tuple(total))
        if one.payoffs[role][own] != now:
            return None
        gains += [game.payoff(role, k, tuple(total)) - now for k in range(len(game.strategies))]
    return max(gains)


def _gain_by_role(game: AnonymousGame, one: Point) -> Fraction | None:
    profile = []
    for members in game.members:
        if len({one.profile[player] for player in members}) != 1:
            return None
        profile.append(one.profile[members[0]])
    if not all(map(is_distribution, profile)):
        return None
    worth, now = [], []
    for role, mixed in enumerate(profile):
        spread = _spread(game, role, lambda other, counts: _exactly(profile[other], counts))
        own = [
            sum((w * game.payoff(role, k, counts) for counts, w in spread.items()), Fraction(0))
            for k in range(len(game.strategies))
        ]
        worth.append(own)
        now.append(sum((p * w for p, w in zip(mixed, own, strict=True)), Fraction(0)))
    told = tuple(now[role] for role in game.roles)
    return _largest(worth, tuple(now)) if told == one.payoffs else None
