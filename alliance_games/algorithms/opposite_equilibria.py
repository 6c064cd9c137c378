"""Binary games with two opposite strict equilibria, in which numbers are all that matters.

Every player has two strategies and plays a different one in each of the two equilibria. What she
gains by playing her part of the first instead of her part of the second depends on the others only
through how many of them play theirs. Two players always fit; so do anonymous games.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from alliance_games.algorithms.pure_equilibria import is_strict, profile_at
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile

MOST_PROFILES = 2**14
"""Normal-form games of more profiles are not searched."""


@dataclass(frozen=True, slots=True)
class Opposite:
    """Two opposite strict equilibria, and what it is worth to side with the first.

    ``gains[group][k]``: what a player of the group gains by playing her part of ``first`` instead
    of her part of ``second`` while k of the others play theirs of ``first``. ``members`` are the
    players of each group.
    """

    first: PureProfile
    second: PureProfile
    members: tuple[tuple[int, ...], ...]
    gains: tuple[tuple[Fraction, ...], ...]

    @property
    def complements(self) -> bool:
        """Whether siding with the first is worth the more, the more others do (weakly)."""
        return all(low <= high for each in self.gains for low, high in pairwise(each))


def why_not(game: NormalGame | AnonymousGame) -> str | None:
    """Why a game has no such pair, in words; None where it has one."""
    if isinstance(game, AnonymousGame):
        if len(game.strategies) != 2:
            return "it is asked of games in which every player has two strategies"
    elif set(game.shape) != {2} or len(game.players) < 2:
        return "it is asked of games in which every player has two strategies"
    elif game.size > MOST_PROFILES:
        return f"normal-form games of more than {MOST_PROFILES:,} profiles are not searched"
    if opposite(game) is None:
        return (
            "it compares two strict equilibria in which every player plays a different strategy, "
            "in a game where only the number of others who play their part matters"
        )
    return None


def opposite(game: NormalGame | AnonymousGame) -> Opposite | None:
    """The pair, the first in the order of profiles; None where there is none."""
    if isinstance(game, AnonymousGame):
        return _by_counts(game)
    return next(_by_profiles(game), None)


def _by_counts(game: AnonymousGame) -> Opposite | None:
    others = len(game.players) - 1
    gains = tuple(
        tuple(
            game.payoff(role, 0, (k, others - k)) - game.payoff(role, 1, (k, others - k))
            for k in range(others + 1)
        )
        for role in range(len(game.members))
    )
    if any(each[-1] <= 0 or each[0] >= 0 for each in gains):
        return None
    count = len(game.players)
    return Opposite((0,) * count, (1,) * count, game.members, gains)


def _by_profiles(game: NormalGame) -> Iterator[Opposite]:
    for position in range(game.size // 2):
        # The first player's first strategy: each pair is met once.
        if is_strict(game, position) and is_strict(game, game.size - 1 - position):
            first = profile_at(game, position)
            gains = _by_number(game, first)
            if gains is not None:
                second = tuple(1 - own for own in first)
                members = tuple((player,) for player in range(len(first)))
                yield Opposite(first, second, members, gains)


def _by_number(game: NormalGame, first: PureProfile) -> tuple[tuple[Fraction, ...], ...] | None:
    """The gains by the number of others who side with ``first``; None where it matters who does."""
    found: list[list[int | None]] = [[None] * len(first) for _ in first]
    for position, profile in enumerate(game.profiles()):
        sides = [own == side for own, side in zip(profile, first, strict=True)]
        with_first = sum(sides)
        for player, side in enumerate(sides):
            if side:
                away = 1 - 2 * profile[player]
                table = game.numerators[player]
                gain = table[position] - table[position + away * game.strides[player]]
                known = found[player][with_first - 1]
                if known is None:
                    found[player][with_first - 1] = gain
                elif known != gain:
                    return None
    return tuple(
        tuple(Fraction(gain or 0, denominator) for gain in each)
        for each, denominator in zip(found, game.denominators, strict=True)
    )


def laplacian_gains(pair: Opposite, tick: Callable[[], None]) -> tuple[Fraction, ...]:
    """For each group the mean gain, every number of others who side with the first as likely."""
    means = []
    for each in pair.gains:
        tick()
        means.append(sum(each, Fraction(0)) / len(each))
    return tuple(means)
