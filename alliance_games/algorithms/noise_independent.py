"""Which equilibrium small private noise selects, where it is proven not to depend on the noise.

All criteria are for games of strategic complements. Each is sufficient; where two apply they agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from alliance_games.algorithms import belief_thresholds, complements, potentials
from alliance_games.algorithms.deviations import Deviations, deviations, state_name
from alliance_games.algorithms.opposite_equilibria import Opposite, laplacian_gains, opposite
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile

MOST_STATES = 4096

Tick = Callable[[], None]
Game = NormalGame | AnonymousGame


@dataclass(frozen=True, slots=True)
class Selected:
    """``profile`` is None where the criterion is on its edge, or where ``why`` is empty."""

    profile: PureProfile | None
    compared: tuple[PureProfile, ...]
    numbers: dict[str, Fraction]
    why: str


def orders(game: Game, tick: Tick) -> tuple[complements.Order, ...] | None:
    """The orders in which the strategies are complements, or None."""
    sizes = game.shape if isinstance(game, NormalGame) else _sizes(game)
    return complements.orders(sizes, complements.signs(game, tick), tick)


def _sizes(game: AnonymousGame) -> tuple[int, ...]:
    return (len(game.strategies),) * len(game.members)


def select(game: Game, order: tuple[complements.Order, ...], tick: Tick) -> Selected:
    """The selection by the first criterion that applies."""
    of = deviations(game, tick)
    stable = of.equilibria()
    compared = tuple(of.profiles[at] for at in stable)
    least = complements.extreme(game, order, False, tick)
    if least == complements.extreme(game, order, True, tick):
        (only,) = compared
        return Selected(only, compared, {}, "it is the only equilibrium, and dominance leads to it")
    binary = all(len(each) == 2 for each in order)
    pair = opposite(game) if binary else None
    if pair is not None:
        if len(game.players) == 2:
            return _of_two(game, of, pair, compared, tick)
        if _alike(pair):
            return _of_likes(game, pair, compared, tick)
    if binary:
        for at in stable:
            if any(not move[2] for move in of.moves[at]):
                continue  # where a deviation costs nothing, small changes of the payoffs decide
            sure = _sure(game, of.profiles[at], tick)
            if sum(sure) < 1:
                return Selected(
                    of.profiles[at],
                    compared,
                    {"sum of p": sum(sure, Fraction(0))},
                    "the least beliefs that it needs sum to less than one",
                )
    return _by_potential(game, of, order, compared, tick)


def _of_two(
    game: Game, of: Deviations, pair: Opposite, compared: tuple[PureProfile, ...], tick: Tick
) -> Selected:
    sums = [sum(_sure(game, profile, tick), Fraction(0)) for profile in (pair.first, pair.second)]
    picked = None if sums[0] == sums[1] else (pair.first if sums[0] < sums[1] else pair.second)
    numbers = {
        f"sum of p at {state_name(game, profile)}": total
        for profile, total in zip((pair.first, pair.second), sums, strict=True)
    }
    why = "it is the risk-dominant one of two" if picked else "neither is risk-dominant"
    return Selected(picked, compared, numbers, why)


def _alike(pair: Opposite) -> bool:
    """Whether all players' gains are the same up to a positive factor of each."""
    first = pair.gains[0]
    return pair.complements and all(
        mine * first[0] == yours * each[0]
        for each in pair.gains
        for mine, yours in zip(each, first, strict=True)
    )


def _of_likes(
    game: Game, pair: Opposite, compared: tuple[PureProfile, ...], tick: Tick
) -> Selected:
    gain = laplacian_gains(pair, tick)[0]
    picked = None if not gain else pair.first if gain > 0 else pair.second
    who = game.players[pair.members[0][0]]
    why = "it is the Laplacian choice of like players" if picked else "there is no Laplacian choice"
    name = f"expected gain of {who} from {state_name(game, pair.first)}"
    return Selected(picked, compared, {name: gain}, why)


def _sure(game: Game, profile: PureProfile, tick: Tick) -> list[Fraction]:
    """For each player the least belief from which her part is a best reply."""
    if isinstance(game, NormalGame):
        return list(belief_thresholds.in_normal_form(game, game.position(profile), tick))
    counts = tuple(
        tuple(
            sum(profile[player] == own for player in members) for own in range(len(game.strategies))
        )
        for members in game.members
    )
    by_role = belief_thresholds.by_counts(game, counts, tick)
    return [
        by_role[role][own] or Fraction(0) for role, own in zip(game.roles, profile, strict=True)
    ]


def _by_potential(
    game: Game,
    of: Deviations,
    order: tuple[complements.Order, ...],
    compared: tuple[PureProfile, ...],
    tick: Tick,
) -> Selected:
    nothing = Selected(None, compared, {}, "")
    shares = potentials.weights(game, tick)
    if shares is None or not _single_peaked(game, order):
        return nothing
    values = potentials.potential(of, shares, tick)
    best = [at for at, value in enumerate(values) if value == max(values)]
    numbers = {
        f"potential at {state_name(game, of.profiles[at])}": values[at] for at in of.equilibria()
    }
    if len(best) > 1:
        return Selected(None, compared, numbers, "several maximise a potential")
    return Selected(of.profiles[best[0]], compared, numbers, "it alone maximises a potential")


def _single_peaked(game: Game, order: tuple[complements.Order, ...]) -> bool:
    """Whether each player's payoff rises and then falls along her order, whatever the others do."""
    if all(len(each) == 2 for each in order):
        return True
    if isinstance(game, AnonymousGame):
        columns = (
            [tables[own][at] for own in order[role]]
            for role, tables in enumerate(game.numerators)
            for at in range(len(tables[0]))
        )
    else:
        columns = (
            [table[start + own * game.strides[player]] for own in order[player]]
            for player, table in enumerate(game.numerators)
            for start in range(game.size)
            if not start // game.strides[player] % game.shape[player]
        )
    return all(_one_peak(column) for column in columns)


def _one_peak(column: list[int]) -> bool:
    top = column.index(max(column))
    up = all(a <= b for a, b in pairwise(column[: top + 1]))
    return up and all(a >= b for a, b in pairwise(column[top:]))
