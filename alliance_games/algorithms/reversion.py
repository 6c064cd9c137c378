"""When stage profiles are sustained by reversion to stage equilibria (Friedman 1971).

In each state of a Markov chain of stages the same profile is played; whoever deviates meets, from
the next period on, that equilibrium of each state's stage which is worst for her. The condition of
a player in a state is that her one-shot gain is no more than the present value of what she loses,
a polynomial in the discount factor once multiplied by the determinant of ``1 - discount * chain``,
which is positive below one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.algorithms.discount_sets import (
    Polynomial,
    Range,
    plus,
    scaled,
    where_all_hold,
)
from alliance_games.exact.algebraic import Exact
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile, PureProfile, pure_profile
from alliance_games.model.repeated import ONE, RepeatedGame


@dataclass(frozen=True, slots=True)
class Worst:
    """The stage equilibrium that is worst for a player, and what she gets from it."""

    profile: Profile
    payoff: Fraction


@dataclass(frozen=True, slots=True)
class Found:
    """One profile's conditions and the factors (discount times survival) at which all hold."""

    profile: PureProfile
    ranges: tuple[Range, ...]
    binding: tuple[tuple[int, int], ...]
    ratio: Fraction | None


MOST_STRATEGIES = 12
"""Mixed equilibria of two players are looked for where they have so many strategies together."""


def with_mixed(stage: NormalGame) -> bool:
    """Whether play may revert to mixed equilibria of the stage: two players, few strategies."""
    return len(stage.players) == 2 and sum(stage.shape) <= MOST_STRATEGIES


def stage_equilibria(stage: NormalGame, tick: Callable[[], None]) -> list[Profile]:
    """The equilibria to which play may revert: all extreme ones, mixed included, of two players
    with few strategies; else all pure ones."""
    if with_mixed(stage):
        from alliance_games.algorithms.bimatrix import all_equilibria

        answer = all_equilibria(stage.matrix(0), stage.matrix(1), tick)
        return [(edge.row, edge.column) for one in answer.components for edge in one.extreme]
    from alliance_games.algorithms.pure_equilibria import equilibrium_positions

    places = set(equilibrium_positions(stage, tick))
    return [
        pure_profile(profile, stage.shape)
        for place, profile in enumerate(stage.profiles())
        if place in places
    ]


def expected(stage: NormalGame, player: int, profile: Profile) -> Fraction:
    """A player's payoff from mixed play."""
    total = Fraction(0)
    for pure in stage.profiles():
        chance = Fraction(1)
        for index, mixed in zip(pure, profile, strict=True):
            chance = chance * mixed[index]
            if not chance:
                break
        if chance:
            total += chance * stage.payoff(player, pure)
    return total


def worst_equilibria(game: RepeatedGame, tick: Callable[[], None]) -> list[list[Worst]] | None:
    """For each state and player the worst equilibrium; None where some stage has none to offer."""
    table = []
    for stage in game.stages:
        if game.punish is not None:
            known = [pure_profile(game.punish, stage.shape)]
        else:
            known = stage_equilibria(stage, tick)
        if not known:
            return None
        row = []
        for player in range(len(game.players)):
            offers = [Worst(one, expected(stage, player, one)) for one in known]
            row.append(min(offers, key=lambda worst: worst.payoff))
        table.append(row)
    return table


def best_deviation(stage: NormalGame, player: int, profile: PureProfile) -> Fraction | None:
    """The most the player gets by another strategy of hers; None where she has no other."""
    payoffs = [
        stage.payoff(player, (*profile[:player], own, *profile[player + 1 :]))
        for own in range(stage.shape[player])
        if own != profile[player]
    ]
    return max(payoffs, default=None)


class Reversion:
    """One game's chain, made ready for many profiles."""

    def __init__(self, game: RepeatedGame, worst: Sequence[Sequence[Worst]]) -> None:
        self.game, self.worst = game, worst
        self.adjugate, self.determinant = resolvent(game.transitions)

    def sustained(self, profile: PureProfile) -> Found:
        """The factors at which the profile is sustained in every state."""
        game = self.game
        conditions: dict[tuple[int, int], Polynomial] = {}
        ratios: dict[tuple[int, int], Fraction] = {}
        for player in range(len(game.players)):
            losses = [
                stage.payoff(player, profile) - worst[player].payoff
                for stage, worst in zip(game.stages, self.worst, strict=True)
            ]
            for state, stage in enumerate(game.stages):
                best = best_deviation(stage, player, profile)
                if best is None:
                    continue
                gain = best - stage.payoff(player, profile) - game.exit_cost(player)
                gain, loss = self._linked(gain), [game.relationships * one for one in losses]
                conditions[player, state] = self._condition(gain, loss, state)
                if len(game.stages) == 1 and gain > 0 and gain + loss[0] > 0:
                    ratios[player, state] = gain / (gain + loss[0])
        closed = game.survival < 1
        ranges = where_all_hold(conditions.values(), game.survival, closed)
        binding = self._binding(conditions, ranges)
        ratio = ratios.get(binding[0]) if binding else None
        return Found(profile, tuple(ranges), binding, ratio)

    def _linked(self, gain: Fraction) -> Fraction:
        """What a deviation brings where several relationships can be broken."""
        game = self.game
        return gain if game.breach == ONE else gain * game.relationships

    def _condition(self, gain: Fraction, losses: Sequence[Fraction], state: int) -> Polynomial:
        """Factor times the expected value of the losses to come, less the gain, times det."""
        to_come: Polynomial = ()
        for after, chance in enumerate(self.game.transitions[state]):
            for place, loss in enumerate(losses):
                to_come = plus(to_come, scaled(chance * loss, self.adjugate[after][place]))
        return plus((Fraction(0), *to_come), scaled(-gain, self.determinant))

    def _binding(
        self, conditions: dict[tuple[int, int], Polynomial], ranges: Sequence[Range]
    ) -> tuple[tuple[int, int], ...]:
        """The players, each with a state, whose conditions are met with equality at the least
        factor; where there is none, those whose conditions alone are met nowhere, else those whose
        conditions fail at the highest factor."""
        end = self.game.survival
        if ranges:
            least = ranges[0][0]
            keys = [key for key, p in conditions.items() if least and any(p) and not at(p, least)]
        else:
            keys = [k for k, p in conditions.items() if not where_all_hold([p], end, end < 1)]
            keys = keys or [key for key, p in conditions.items() if at(p, end) < 0]
        first = {player: (player, state) for player, state in reversed(keys)}
        return tuple(sorted(first.values()))


def at(polynomial: Polynomial, where: Exact) -> Exact:
    """The polynomial's value."""
    total: Exact = Fraction(0)
    for c in reversed(polynomial):
        total = total * where + c
    return total


def resolvent(
    chain: Sequence[Sequence[Fraction]],
) -> tuple[list[list[Polynomial]], Polynomial]:
    """The adjugate and the determinant of ``1 - x * chain`` as polynomials in x.

    Faddeev and Leverrier's recursion for the characteristic polynomial, read backwards
    (Gantmacher 1959, The Theory of Matrices, IV.5).
    """
    size = len(chain)
    indices = range(size)
    matrix = [[Fraction(i == j) for j in indices] for i in indices]
    matrices, coefficients = [matrix], [Fraction(1)]
    for step in range(1, size + 1):
        product = [
            [sum((chain[i][k] * matrix[k][j] for k in indices), Fraction(0)) for j in indices]
            for i in indices
        ]
        c = -sum((product[i][i] for i in indices), Fraction(0)) / step
        coefficients.append(c)
        matrix = [[product[i][j] + (c if i == j else 0) for j in indices] for i in indices]
        if step < size:
            matrices.append(matrix)
    adjugate = [[tuple(one[i][j] for one in matrices) for j in indices] for i in indices]
    return adjugate, tuple(coefficients)
