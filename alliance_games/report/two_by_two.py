"""Two players with two strategies each: what kind of problem they have.

The kinds are told by the order of the payoffs alone (Rapoport and Guyer 1966; for their use in the
study of cooperation among states Snidal 1985, Stein 1990), so they hold for ordinal games as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from alliance_games.model.normal import NormalGame

PAIRS = (((0, 0), (1, 1)), ((0, 1), (1, 0)))
"""Profiles that differ in both strategies: only such two can both be strict equilibria."""


@dataclass(frozen=True)
class TwoByTwo:
    """A 2x2 game, read from either player's side. Profiles are pairs (row, column)."""

    game: NormalGame

    def payoff(self, player: int, own: int, other: int) -> Fraction:
        """What ``player`` gets for ``own`` against the other's ``other``."""
        return self.game.payoff(player, (own, other) if player == 0 else (other, own))

    def at(self, profile: tuple[int, int]) -> tuple[Fraction, Fraction]:
        """Both players' payoffs at a profile."""
        return self.game.payoff(0, profile), self.game.payoff(1, profile)

    def gain(self, player: int, other: int) -> Fraction:
        """How much better the first strategy is than the second, against ``other``."""
        return self.payoff(player, 0, other) - self.payoff(player, 1, other)

    @cached_property
    def gains(self) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]:
        """Each player's gains from the first strategy, against the other's first and second."""
        return (self.gain(0, 0), self.gain(0, 1)), (self.gain(1, 0), self.gain(1, 1))

    @property
    def has_ties(self) -> bool:
        """Whether somebody is indifferent against some strategy of the other."""
        return any(gain == 0 for gains in self.gains for gain in gains)

    def dominant(self, player: int) -> int | None:
        """The strictly dominant strategy, or None."""
        first, second = self.gains[player]
        if first > 0 and second > 0:
            return 0
        return 1 if first < 0 and second < 0 else None

    @cached_property
    def strict_equilibria(self) -> tuple[tuple[int, int], ...]:
        """The strict equilibria, in the order of the profiles."""
        return tuple(
            (row, column)
            for row in (0, 1)
            for column in (0, 1)
            if self.gains[0][column] * (1 - 2 * row) > 0
            and self.gains[1][row] * (1 - 2 * column) > 0
        )

    @cached_property
    def symmetric(self) -> bool:
        """Whether the players stand in the same place, names of strategies included."""
        return self.game.strategies[0] == self.game.strategies[1] and all(
            self.payoff(0, own, other) == self.payoff(1, own, other)
            for own in (0, 1)
            for other in (0, 1)
        )

    @property
    def same_names(self) -> bool:
        """Whether both choose between strategies of the same names, so that they can match."""
        return self.game.strategies[0] == self.game.strategies[1]

    def better_for_both(self, profile: tuple[int, int]) -> tuple[int, int] | None:
        """A profile at which both do better than at ``profile``, the best for the first player."""
        here = self.at(profile)
        found = [
            other
            for other in ((0, 0), (0, 1), (1, 0), (1, 1))
            if all(there > now for there, now in zip(self.at(other), here, strict=True))
        ]
        return max(found, key=self.at, default=None)

    def dominated_for_all(self, profile: tuple[int, int]) -> bool:
        """Whether some profile is at least as good for both and better for one."""
        here = self.at(profile)
        return any(
            self.at(other) != here
            and all(there >= now for there, now in zip(self.at(other), here, strict=True))
            for other in ((0, 0), (0, 1), (1, 0), (1, 1))
        )

    def guarantee(self, player: int, own: int) -> Fraction:
        """The least a strategy can bring."""
        return min(self.payoff(player, own, 0), self.payoff(player, own, 1))

    def threshold(self, player: int, strategy: int) -> Fraction:
        """In a game without dominant strategies: the probability with which the other must play
        his strategy of the matching equilibrium for ``strategy`` to be worth it."""
        own = (self.gains[player][0], self.gains[player][1])
        # Against which strategy of the other is `strategy` the better one?
        sign = 1 if strategy == 0 else -1
        side = 0 if own[0] * sign > 0 else 1
        return abs(own[1 - side]) / (abs(own[0]) + abs(own[1]))

    def mixed(self, player: int) -> Fraction:
        """The probability of the player's first strategy that leaves the other indifferent."""
        first, second = self.gains[1 - player]
        return -second / (first - second)

    def mixed_payoff(self, player: int) -> Fraction:
        """What the player gets in the completely mixed equilibrium."""
        other = self.mixed(1 - player)
        return other * self.payoff(player, 0, 0) + (1 - other) * self.payoff(player, 0, 1)

    def loss_product(self, profile: tuple[int, int]) -> Fraction:
        """The product of what each loses by leaving an equilibrium alone."""
        row, column = profile
        return abs(self.gains[0][column]) * abs(self.gains[1][row])

    @cached_property
    def constant_sum(self) -> Fraction | None:
        """The sum of the payoffs where it is the same at every profile."""
        sums = {sum(self.at((row, column)), Fraction(0)) for row in (0, 1) for column in (0, 1)}
        return sums.pop() if len(sums) == 1 else None


PRISONERS_DILEMMA = "prisoner's dilemma"
DEADLOCK = "deadlock"
HARMONY = "harmony"
BOTH_DOMINANT = "both have a dominant strategy"
ONE_DOMINANT = "dominance-solvable"
STAG_HUNT = "stag hunt"
COMMON_INTEREST = "coordination with a common interest"
PURE_COORDINATION = "pure coordination"
CHICKEN = "chicken"
BATTLE = "battle of the sexes"
MIXED_MOTIVES = "coordination with mixed motives"
PURE_CONFLICT = "matching pennies"
TIES = "with ties"


def kind(game: TwoByTwo) -> str:
    """The kind of problem, by the order of the payoffs."""
    if game.has_ties:
        return TIES
    first, second = game.dominant(0), game.dominant(1)
    if first is not None and second is not None:
        return _both_dominant(game, (first, second))
    if first is not None or second is not None:
        return ONE_DOMINANT
    if not game.strict_equilibria:
        return PURE_CONFLICT
    return _two_equilibria(game)


def _both_dominant(game: TwoByTwo, profile: tuple[int, int]) -> str:
    opposite = (1 - profile[0], 1 - profile[1])
    here, there = game.at(profile), game.at(opposite)
    if all(b > a for a, b in zip(here, there, strict=True)):
        return PRISONERS_DILEMMA
    best = [
        max(game.payoff(player, own, other) for own in (0, 1) for other in (0, 1))
        for player in (0, 1)
    ]
    if list(here) == best:
        return HARMONY
    # Each would rather the other did not play the dominant strategy, yet both doing so is better
    # than neither.
    tempted = all(
        game.payoff(player, profile[player], opposite[1 - player]) > here[player]
        for player in (0, 1)
    )
    if tempted and all(a > b for a, b in zip(here, there, strict=True)):
        return DEADLOCK
    return BOTH_DOMINANT


def _two_equilibria(game: TwoByTwo) -> str:
    one, two = game.strict_equilibria
    better = [a - b for a, b in zip(game.at(one), game.at(two), strict=True)]
    if better[0] == 0 and better[1] == 0:
        return PURE_COORDINATION
    if better[0] * better[1] >= 0:
        common = one if max(better) > 0 else two
        cautious = cautious_players(game, common)
        strictly = better[0] * better[1] > 0
        return STAG_HUNT if len(cautious) == 2 and strictly else COMMON_INTEREST
    yielding = give_way(game)
    worse = [min(game.at(one)[player], game.at(two)[player]) for player in (0, 1)]
    compromise = game.at(yielding)
    if all(c > w for c, w in zip(compromise, worse, strict=True)):
        return CHICKEN
    if all(c < w for c, w in zip(compromise, worse, strict=True)):
        return BATTLE
    return MIXED_MOTIVES


def cautious_players(game: TwoByTwo, common: tuple[int, int]) -> list[int]:
    """Those for whom the other strategy than that of ``common`` guarantees more."""
    return [
        player
        for player in (0, 1)
        if game.guarantee(player, 1 - common[player]) > game.guarantee(player, common[player])
    ]


def favourite(game: TwoByTwo, player: int) -> tuple[int, int]:
    """The strict equilibrium the player likes best."""
    return max(game.strict_equilibria, key=lambda profile: game.at(profile)[player])


def give_way(game: TwoByTwo) -> tuple[int, int]:
    """The profile in which each does her part of the equilibrium the other likes best."""
    return favourite(game, 1)[0], favourite(game, 0)[1]


def insist(game: TwoByTwo) -> tuple[int, int]:
    """The profile in which each does her part of the equilibrium she likes best."""
    return favourite(game, 0)[0], favourite(game, 1)[1]
