"""Optimal punishments, told in names."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.algorithms.penal_codes import Search, Threshold, pruned
from alliance_games.algorithms.reversion import Reversion, worst_equilibria
from alliance_games.model.profiles import PureProfile
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.named.repeated import Chance, CodeState, Least, Penal

MOST_PROFILES = 9
"""Without a profile called cooperation, all of a stage of up to so many are asked about."""


def asked_about(game: RepeatedGame) -> list[PureProfile]:
    """The profile called cooperation, or all of a small stage."""
    if game.cooperate is not None:
        return [game.cooperate]
    return list(game.stage.profiles()) if game.stage.size <= MOST_PROFILES else []


def penal_codes(game: RepeatedGame, budget: Budget) -> Penal:
    """The least discount factor of each profile asked about."""
    search = Search(game.stage, game.survival, budget.tick)
    worst = worst_equilibria(game, budget.tick)
    rows = []
    for profile in asked_about(game):
        usual = None
        if worst is not None:
            ranges = Reversion(game, worst).sustained(profile).ranges
            usual = Fraction(ranges[0][0]) if ranges else None
        rows.append(_row(game, profile, search.least(profile, usual)))
    return Penal(profiles=tuple(rows))


def _row(game: RepeatedGame, profile: PureProfile, found: Threshold) -> Least:
    survival = game.survival
    high = None if found.high is None else found.high / survival
    low = found.low / survival
    return Least(
        game.stage.names(profile),
        low,
        high,
        found.tried / survival,
        tuple(
            CodeState(
                game.stage.names(state.profile),
                tuple(Chance(place, weight) for place, weight in state.lottery),
            )
            for state in pruned(found.code)
        ),
        _holds(game.discount, low, high),
    )


def _holds(discount: Fraction | None, low: Fraction, high: Fraction | None) -> bool | None:
    """Whether the profile is sustained at the discount factor; None where that is open."""
    if discount is None:
        return None
    if high is not None and discount >= high:
        return True
    return False if discount < low else None
