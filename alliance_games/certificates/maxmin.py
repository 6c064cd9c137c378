"""Security levels held to their definition."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from alliance_games.certificates.plays import (
    everything,
    expected_numerators,
    extreme_sums,
    is_belief,
)
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, as_pure, is_distribution, support
from alliance_games.results.solutions import Belief, Certificate, Numbers


def check_mixed(game: NormalGame | AnonymousGame, one: Numbers) -> Certificate:
    """Whether each strategy guarantees its player's level, and the others can hold her to it."""
    claim = (
        "each strategy gives at least the level against every play of the others, and against "
        "what holds the player down no strategy gives more"
    )
    players = range(len(game.players))
    if not len(one.per_player) == len(one.strategies) == len(one.held_by) == len(players):
        return Certificate(False, claim)
    known: dict[object, bool] = {}
    for player in players:
        level, strategies = one.per_player[player], one.strategies[player]
        belief = one.held_by[player]
        place = player if isinstance(game, NormalGame) else (game.roles[player], "role")
        key = (place, level, strategies, belief)
        if key not in known:
            known[key] = (
                bool(strategies)
                and all(_guaranteed(game, player, mixed) == level for mixed in strategies)
                and _held_down(game, player, belief) == level
            )
    return Certificate(all(known.values()) and _is_value(game, one), claim)


def check_pure(game: NormalGame | AnonymousGame, one: Numbers) -> Certificate:
    """Whether the strategies are those with the best worst case among the pure ones."""
    claim = "the worst case of every pure strategy was looked up"
    if not len(one.per_player) == len(one.strategies) == len(game.players):
        return Certificate(False, claim)
    known: dict[object, tuple[Fraction, list[int]]] = {}
    for player, level in enumerate(one.per_player):
        place = player if isinstance(game, NormalGame) else game.roles[player]
        if place not in known:
            known[place] = _best_worst_case(game, player)
        best, attained = known[place]
        named = [as_pure((mixed,)) for mixed in one.strategies[player]]
        if level != best or named != [(own,) for own in attained]:
            return Certificate(False, claim)
    return Certificate(True, claim)


def _best_worst_case(game: NormalGame | AnonymousGame, player: int) -> tuple[Fraction, list[int]]:
    size = len(everything(game)[player])
    minima = [extreme_sums(game, player, {own: 1}, everything(game))[0] for own in range(size)]
    best = max(minima)
    over = _denominator(game, player)
    return Fraction(best, over), [own for own, least in enumerate(minima) if least == best]


def _guaranteed(game: NormalGame | AnonymousGame, player: int, mixed: Mixed) -> Fraction | None:
    if not is_distribution(mixed) or len(mixed) != len(everything(game)[player]):
        return None
    scale = lcm(*(weight.denominator for weight in mixed))
    weights = {own: int(mixed[own] * scale) for own in support(mixed)}
    least, _ = extreme_sums(game, player, weights, everything(game))
    return Fraction(least, scale * _denominator(game, player))


def _held_down(game: NormalGame | AnonymousGame, player: int, belief: Belief) -> Fraction | None:
    if not is_belief(game, player, belief, everything(game)):
        return None
    return max(expected_numerators(game, player, belief)) / _denominator(game, player)


def _denominator(game: NormalGame | AnonymousGame, player: int) -> int:
    return game.denominators[player if isinstance(game, NormalGame) else game.roles[player]]


def _is_value(game: NormalGame | AnonymousGame, one: Numbers) -> bool:
    """Whether a value, where one is named, is the first player's level in a constant-sum game."""
    if "value" not in one.values:
        return True
    if not isinstance(game, NormalGame) or len(game.players) != 2:
        return False
    sums = {sum(game.payoffs(profile)) for profile in game.profiles()}
    return sums == {sum(one.per_player)} and one.values["value"] == one.per_player[0]
