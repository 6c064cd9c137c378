"""Points of disagreement held to their definitions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from alliance_games.model.bargaining import MAXMIN, NASH, BargainingGame, Lotteries
from alliance_games.model.normal import NormalGame
from alliance_games.results.named.bargaining import Disagreement
from alliance_games.results.solutions import Certificate, Solution

Play = Mapping[str, Mapping[str, Fraction]]


def check(game: BargainingGame, one: Solution) -> Certificate:
    """Whether the payoffs are those that disagreement leads to."""
    if not isinstance(one, Disagreement) or one.how != game.threat:
        return Certificate(False, "the point of disagreement is of another kind")
    if set(one.payoffs) != set(game.players):
        return Certificate(False, "the point of disagreement has a payoff for each player")
    over = game.over
    if isinstance(over, Lotteries) and one.how == MAXMIN:
        return _check_security(over.table, one)
    if isinstance(over, Lotteries) and one.how == NASH:
        return _check_equilibrium(over.table, one)
    claim = "the payoffs are those that the file gives"
    given = game.disagreement
    same = given is not None and tuple(one.payoffs[p] for p in game.players) == given
    return Certificate(same and not one.play and not one.held_by, claim)


def _check_security(table: NormalGame, one: Disagreement) -> Certificate:
    claim = (
        "each strategy gives its player her level against everything the other can do, and against "
        "what the other can do she gets no more"
    )
    if not _are_mixtures(table, one.play) or not _are_mixtures(table, _turned(table, one.held_by)):
        return Certificate(False, claim)
    for player, name in enumerate(table.players):
        other = table.players[1 - player]
        level = one.payoffs[name]
        against = [
            _payoff(table, player, {name: one.play[name], other: {reply: Fraction(1)}})
            for reply in table.strategies[1 - player]
        ]
        held = [
            _payoff(table, player, {name: {own: Fraction(1)}, other: one.held_by[name]})
            for own in table.strategies[player]
        ]
        if min(against) != level or max(held) != level:
            return Certificate(False, claim)
    return Certificate(True, claim)


def _check_equilibrium(table: NormalGame, one: Disagreement) -> Certificate:
    claim = "no player gains by another strategy, and the payoffs are those of the play"
    if not _are_mixtures(table, one.play) or one.held_by:
        return Certificate(False, claim)
    most = Fraction(0)
    for player, name in enumerate(table.players):
        here = _payoff(table, player, one.play)
        others = [
            _payoff(table, player, {**one.play, name: {own: Fraction(1)}})
            for own in table.strategies[player]
        ]
        most = max(most, max(others) - here)
        if here != one.payoffs[name]:
            return Certificate(False, claim)
    return Certificate(most == 0, claim, most)


def _turned(table: NormalGame, held_by: Play) -> Play:
    """What holds each player down, under the name of whoever plays it."""
    first, second = table.players
    if set(held_by) != {first, second}:
        return {}
    return {first: held_by[second], second: held_by[first]}


def _are_mixtures(table: NormalGame, play: Play) -> bool:
    return set(play) == set(table.players) and all(
        mixed and set(mixed) <= set(names) and min(mixed.values()) > 0 and sum(mixed.values()) == 1
        for mixed, names in (
            (play[player], own) for player, own in zip(table.players, table.strategies, strict=True)
        )
    )


def _payoff(table: NormalGame, player: int, play: Play) -> Fraction:
    """The expected payoff, over the strategies that are played."""
    first, second = (
        [(own.index(name), weight) for name, weight in play[player_name].items()]
        for player_name, own in zip(table.players, table.strategies, strict=True)
    )
    return sum(
        (p * q * table.payoff(player, (i, j)) for i, p in first for j, q in second), Fraction(0)
    )
