"""Reversion to stage equilibria, told as an answer in names."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.algorithms.reversion import (
    Found,
    Reversion,
    Worst,
    with_mixed,
    worst_equilibria,
)
from alliance_games.model.profiles import Profile, PureProfile
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.named.repeated import Discounts, Punishment, Sustained, Thresholds

MOST_PROFILES = 10_000


def why_not(game: RepeatedGame) -> str | None:
    """None where every stage has an equilibrium to revert to; else the reason in words."""
    if game.stage.size > MOST_PROFILES:
        return f"the stage has more than {MOST_PROFILES:,} profiles"
    for state, stage in zip(game.states, game.stages, strict=True):
        where = f" in the state '{state}'" if state else ""
        if game.punish is not None:
            if not _is_equilibrium(game, game.stages.index(stage), game.punish):
                name = ", ".join(stage.names(game.punish))
                return (
                    f"the punishment ({name}) is no equilibrium of the stage{where}: "
                    "nobody would carry it out"
                )
        elif not with_mixed(stage):
            from alliance_games.algorithms.pure_equilibria import equilibrium_positions

            if not len(equilibrium_positions(stage, lambda: None)):
                return (
                    "with more than two players or many strategies it reverts to pure equilibria "
                    f"of the stage, and there is none{where}"
                )
    return None


def _is_equilibrium(game: RepeatedGame, state: int, profile: PureProfile) -> bool:
    from alliance_games.algorithms.reversion import best_deviation

    stage = game.stages[state]
    bests = [best_deviation(stage, player, profile) for player in range(len(game.players))]
    return all(
        best is None or best <= stage.payoff(player, profile) for player, best in enumerate(bests)
    )


def thresholds(game: RepeatedGame, budget: Budget) -> Thresholds:
    """Every stage profile, that which the file calls cooperation first."""
    worst = worst_equilibria(game, budget.tick)
    assert worst is not None, "the game was accepted"
    reversion = Reversion(game, worst)
    profiles = list(game.stage.profiles())
    if game.cooperate is not None:
        profiles.remove(game.cooperate)
        profiles.insert(0, game.cooperate)
    rows = []
    for profile in profiles:
        budget.tick()
        rows.append(_row(game, reversion.sustained(profile)))
    return Thresholds(profiles=tuple(rows), punishments=_punishments(game, worst))


def _row(game: RepeatedGame, found: Found) -> Sustained:
    discounts = tuple(
        Discounts(low / game.survival, high / game.survival, closed)
        for low, high, closed in found.ranges
    )
    own = game.discount
    holds = None if own is None else any(_within(own, one) for one in discounts)
    return Sustained(
        game.stage.names(found.profile),
        discounts[0].low if discounts else None,
        discounts,
        holds,
        tuple(game.players[player] for player, _ in found.binding),
        game.states[found.binding[0][1]] if found.binding else "",
        None if found.ratio is None else found.ratio / game.survival,
    )


def _within(discount: Fraction, one: Discounts) -> bool:
    return one.low <= discount and (discount < one.high or (one.closed and discount == one.high))


def _punishments(game: RepeatedGame, worst: Sequence[Sequence[Worst]]) -> tuple[Punishment, ...]:
    return tuple(
        Punishment(player, state, _named(game, row[place].profile), row[place].payoff)
        for place, player in enumerate(game.players)
        for state, row in zip(game.states, worst, strict=True)
    )


def _named(game: RepeatedGame, profile: Profile) -> dict[str, dict[str, Fraction]]:
    return {
        player: {name: chance for name, chance in zip(names, mixed, strict=True) if chance}
        for player, names, mixed in zip(game.players, game.strategies, profile, strict=True)
    }
