"""What can be said of an equilibrium of a two-player game, beyond that it is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm

from alliance_games.algorithms.pareto import Staircase
from alliance_games.algorithms.undominated import is_undominated
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Payoffs, Profile, support

Facts = dict[str, bool | int | str | Fraction]


class Describer:
    """Describes equilibria of one two-player game; what it learns once, it keeps.

    ``regular`` says that the game is known to be nondegenerate, its strictly dominated strategies
    set aside.
    """

    def __init__(self, game: NormalGame, tick: Callable[[], None]) -> None:
        self.game, self.tick = game, tick
        self._known: dict[tuple[int, tuple[int, ...]], bool] = {}

    @cached_property
    def own(self) -> tuple[list[list[int]], list[list[int]]]:
        """Each player's payoffs with her own strategies as rows."""
        columns = [list(column) for column in zip(*self.game.matrix(1), strict=True)]
        return self.game.matrix(0), columns

    @cached_property
    def symmetric_game(self) -> bool:
        """Whether exchanging the players leaves the game as it is, strategies' names included."""
        game = self.game
        first, second = game.denominators
        return game.strategies[0] == game.strategies[1] and all(
            x * second == y * first
            for row, column in zip(*self.own, strict=True)
            for x, y in zip(row, column, strict=True)
        )

    @cached_property
    def stairs(self) -> Staircase:
        """The efficient payoffs among the pure profiles."""
        return Staircase.of(list(zip(*self.game.numerators, strict=True)))

    def payoffs(self, profile: Profile) -> Payoffs:
        """The expected payoffs at a profile."""
        replies = self._replies(profile)
        return tuple(
            sum((p * values[own] for own, p in enumerate(mixed) if p), Fraction(0))
            / (denominator * scale)
            for mixed, (values, scale), denominator in zip(
                profile, replies, self.game.denominators, strict=True
            )
        )

    def _replies(self, profile: Profile) -> list[tuple[list[int], int]]:
        """What each pure strategy of each player gets, as integers over denominator and scale."""
        result = []
        for own, other in zip(self.own, reversed(profile), strict=True):
            weights, scale = _integers(other)
            values = [sum(row[at] * weight for at, weight in weights) for row in own]
            result.append((values, scale))
        return result

    def facts(self, profile: Profile, index: int | None, *, isolated: bool) -> Facts:
        """The properties of an equilibrium, in the order of reports.

        ``index`` is its Nash index where it is known. Of an equilibrium not known to be
        ``isolated`` 'undominated' is told only where it is plain: no linear program is solved.
        """
        supports = [support(mixed) for mixed in profile]
        best = [_best(values) for values, _ in self._replies(profile)]
        pure = all(len(used) == 1 for used in supports)
        quasi_strict = all(used == top for used, top in zip(supports, best, strict=True))
        facts: Facts = {"pure": pure, "strict": pure and quasi_strict, "quasi-strict": quasi_strict}
        if index is not None:
            facts["index"] = index
        if self.symmetric_game:
            facts["symmetric"] = profile[0] == profile[1]
        payoffs = self.payoffs(profile)
        facts["efficient"] = not self.stairs.dominates(payoffs, self.game.denominators)
        plain = (isolated and quasi_strict) or all(
            self._plainly_undominated(player, supports, best) for player in range(2)
        )
        if plain or isolated:
            facts["undominated"] = plain or all(map(self.undominated, range(2), supports))
        return facts

    def _plainly_undominated(
        self, player: int, supports: Sequence[tuple[int, ...]], best: Sequence[tuple[int, ...]]
    ) -> bool:
        """Whether the strategy is the only best reply, or is one to a completely mixed strategy.

        What weakly dominates x does as well as x against the other's strategy y, so it is a best
        reply too; where x is the only one, nothing does. Where y is completely mixed, doing better
        anywhere would be doing better against y.

        An isolated quasi-strict equilibrium (x, y) is undominated as well, by a longer way. A
        dominating x' is a best reply to y, so its support lies in x's (which holds all best
        replies), and it does exactly as well as x against every strategy that y uses. The
        difference z = x' - x thus satisfies z A = 0 on the supports' payoffs and sums to zero. But
        the equations of those payoffs have x and its value as their only solution, and y and its
        value too: another one near by would be an equilibrium with the same partner, and this one
        is isolated. So their matrix is square and regular, and z = 0.
        (Van Damme 1987 has the same by way of perfectness.)
        """
        other = 1 - player
        alone = len(best[player]) == 1
        return alone or len(supports[other]) == self.game.shape[other]

    def undominated(self, player: int, used: Iterable[int]) -> bool:
        """Whether the player's mixtures on these strategies are not weakly dominated."""
        key = (player, tuple(used))
        if key not in self._known:
            self._known[key] = is_undominated(self.own[player], key[1], self.tick)
        return self._known[key]

    def facts_of_continuum(
        self,
        subsets: Sequence[tuple[Sequence[Mixed], Sequence[Mixed]]],
        payoffs: Sequence[Payoffs],
        index: int | None,
    ) -> Facts:
        """What holds of a whole component: its index, and what is true at each of its points.

        On a maximal Nash subset a player's payoff depends on the other's strategy alone and
        linearly, so payoffs equal at the extreme points are equal everywhere. A mixture uses what
        any of its parts uses, so all strategies of a subset are undominated exactly when one that
        uses all that is used there is.
        """
        facts: Facts = {} if index is None else {"index": index}
        constant = len(set(payoffs)) == 1
        facts["constant payoffs"] = constant
        if constant:
            facts["efficient"] = not self.stairs.dominates(payoffs[0], self.game.denominators)
        facts["undominated"] = all(
            self.undominated(player, sorted({own for mixed in side for own in support(mixed)}))
            for subset in subsets
            for player, side in enumerate(subset)
        )
        return facts


def _integers(mixed: Mixed) -> tuple[list[tuple[int, int]], int]:
    """The strategies used with integer weights, and what the weights sum to."""
    scale = lcm(*(p.denominator for p in mixed))
    return [
        (own, p.numerator * (scale // p.denominator)) for own, p in enumerate(mixed) if p
    ], scale


def _best(values: Sequence[int]) -> tuple[int, ...]:
    most = max(values)
    return tuple(own for own, value in enumerate(values) if value == most)
