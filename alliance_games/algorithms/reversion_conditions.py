"""When stage profiles are sustained by reversion, over any ordered field: thresholds as formulas.

A player gains ``g`` by deviating once (after what leaving costs) and loses ``l`` in every later
period, in expectation; she holds to the profile exactly where ``x * (g + l) >= g`` for the factor
``x``, discount times survival (Friedman 1971). That covers one stage that is played for ever, and
stages that follow each other by chance if what is lost is worth the same after each of them, as it
is where chance does not remember. Else thresholds are roots of higher degree, and nothing is
claimed. Written for ``Concept.conditions``.
"""

from __future__ import annotations

from fractions import Fraction

from alliance_games.algorithms.nash_conditions import equilibria
from alliance_games.algorithms.pure_conditions import pure_equilibria
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs, Profile, PureProfile, pure_profile
from alliance_games.model.repeated import ONE, RepeatedGame
from alliance_games.results.named.repeated import Discounts, Punishment, Sustained, Thresholds
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.solutions import Component, Point

Bound = tuple[Fraction, int, int]
"""A bound on the factor, the player whose condition it is, and the state in which it is."""


def thresholds(game: RepeatedGame, signs: Signs) -> Thresholds:
    """Every stage profile, that which the file calls cooperation first."""
    stage = game.stage
    worst = []
    for each in game.stages:
        offers = _offers(game, each, signs)
        worst.append(
            [
                _least([(profile, payoffs[player]) for profile, payoffs in offers], signs)
                for player in range(len(game.players))
            ]
        )
    profiles = list(stage.profiles())
    if game.cooperate is not None:
        profiles.remove(game.cooperate)
        profiles.insert(0, game.cooperate)
    punished = [[payoff for _, payoff in row] for row in worst]
    rows = tuple([_row(game, profile, punished, signs) for profile in profiles])
    punishments = tuple(
        Punishment(player, state, _named(game, row[place][0], signs), row[place][1])
        for place, player in enumerate(game.players)
        for state, row in zip(game.states, worst, strict=True)
    )
    return Thresholds(profiles=rows, punishments=punishments)


def _offers(game: RepeatedGame, stage: NormalGame, signs: Signs) -> list[tuple[Profile, Payoffs]]:
    """The equilibria of a stage that play may revert to, with what they pay."""
    if game.punish is not None:
        profile = pure_profile(game.punish, stage.shape)
        return [(profile, stage.payoffs(game.punish))]
    if len(game.players) != 2:
        return [(one.profile, one.payoffs) for one in pure_equilibria(stage, signs)]
    found: list[tuple[Profile, Payoffs]] = []
    for one in equilibria(stage, signs):
        if isinstance(one, Point):
            found.append((one.profile, one.payoffs))
        elif isinstance(one, Component):
            found += zip(one.extreme_points, one.payoffs, strict=True)
    return found


def _least(offers: list[tuple[Profile, Fraction]], signs: Signs) -> tuple[Profile, Fraction]:
    best = offers[0]
    for other in offers[1:]:
        if signs.is_negative(other[1] - best[1]):
            best = other
    return best


def _row(
    game: RepeatedGame, profile: PureProfile, worst: list[list[Fraction]], signs: Signs
) -> Sustained:
    number = game.relationships
    lower: list[Bound] = []
    upper: list[Bound] = []
    broken: list[int] = []
    for player in range(len(game.players)):
        loss = _loss(game, profile, player, [row[player] for row in worst]) * number
        for state, stage in enumerate(game.stages):
            gain = _gain(game, stage, player, profile, signs)
            if gain is None:
                continue
            gain = gain if game.breach == ONE else gain * number
            if signs.is_positive(gain):
                # Below one only a loss makes up for a gain.
                if signs.is_positive(loss):
                    lower.append((gain / (gain + loss), player, state))
                else:
                    broken.append(player)
            elif signs.is_negative(loss):
                if signs.is_negative(gain):
                    upper.append((gain / (gain + loss), player, state))
                else:
                    # Whoever gains nothing and is better off punished holds only where nothing
                    # counts.
                    upper.append((Fraction(0), player, state))
    return _told(game, profile, lower, upper, broken, signs)


def _gain(
    game: RepeatedGame, stage: NormalGame, player: int, profile: PureProfile, signs: Signs
) -> Fraction | None:
    """The most that a player gains by another strategy, once, after what leaving costs; None
    where she has no other."""
    most: Fraction | None = None
    for own in range(stage.shape[player]):
        if own == profile[player]:
            continue
        payoff = stage.payoff(player, (*profile[:player], own, *profile[player + 1 :]))
        if most is None or signs.is_positive(payoff - most):
            most = payoff
    if most is None:
        return None
    return most - stage.payoff(player, profile) - game.exit_cost(player)


def _loss(
    game: RepeatedGame, profile: PureProfile, player: int, punished: list[Fraction]
) -> Fraction:
    """What a player expects to lose in every later period, whatever the state was in which she
    deviated. Raises Undescribed where it depends on that."""
    here = [
        stage.payoff(player, profile) - payoff
        for stage, payoff in zip(game.stages, punished, strict=True)
    ]
    later = [
        sum((chance * loss for chance, loss in zip(row, here, strict=True)), Fraction(0))
        for row in game.transitions
    ]
    for other in later[1:]:
        gap = other - later[0]
        if isinstance(gap, RationalFunction) or gap != 0:
            raise Undescribed(
                "what is lost later depends on the state, so that the threshold is a root of "
                "higher degree in the discount factor"
            )
    return later[0]


def _told(
    game: RepeatedGame,
    profile: PureProfile,
    lower: list[Bound],
    upper: list[Bound],
    broken: list[int],
    signs: Signs,
) -> Sustained:
    names = game.stage.names(profile)
    low: Bound | None = None
    for bound in lower:
        if low is None or signs.is_positive(bound[0] - low[0]):
            low = bound
    high: Fraction | None = None
    for value, _, _ in upper:
        if high is None or signs.is_negative(value - high):
            high = value
    least = low[0] if low is not None else Fraction(0)
    out_of_reach = signs.is_negative(game.survival - least)
    if broken or out_of_reach or (high is not None and signs.is_negative(high - least)):
        who = broken[:1] or ([low[1]] if low is not None else [])
        binding = tuple(game.players[player] for player in who)
        return Sustained(
            names, None, (), None if game.discount is None else False, binding, "", None
        )
    end = game.survival if high is None else high
    # A factor of one is reached only where survival is below one.
    closed = high is not None or signs.is_negative(game.survival - 1)
    discounts = (Discounts(least / game.survival, end / game.survival, closed),)
    return Sustained(
        names,
        discounts[0].low,
        discounts,
        _holds(game, discounts[0], high is not None, signs),
        () if low is None else (game.players[low[1]],),
        "" if low is None else game.states[low[2]],
        # As the ordinary answer, which tells it where the stage is always the same.
        None if low is None or len(game.states) > 1 else low[0] / game.survival,
    )


def _holds(game: RepeatedGame, where: Discounts, bounded: bool, signs: Signs) -> bool | None:
    if game.discount is None:
        return None
    if signs.is_negative(game.discount - where.low):
        return False
    if not bounded and where.closed:
        return True
    gap = game.discount - where.high
    return signs.is_negative(gap) or (where.closed and signs.is_zero(gap))


def _named(game: RepeatedGame, profile: Profile, signs: Signs) -> dict[str, dict[str, Fraction]]:
    return {
        player: {
            name: chance
            for name, chance in zip(names, mixed, strict=True)
            if not (isinstance(chance, Fraction) and chance == 0)
        }
        for player, names, mixed in zip(game.players, game.strategies, profile, strict=True)
    }
