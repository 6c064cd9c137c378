"""The automata of a repeated game, judged and told in names."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.algorithms.automaton_play import (
    Deviation,
    Play,
    best_replies,
    ranges,
    value,
)
from alliance_games.algorithms.reversion import at
from alliance_games.model.automata import Automaton
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.named.repeated import Course, Courses, Discounts, Temptation


def courses(game: RepeatedGame, budget: Budget) -> Courses:
    """Every automaton the game names, in its order."""
    return Courses(automata=tuple([_course(game, one, budget) for one in game.automata]))


def _course(game: RepeatedGame, automaton: Automaton, budget: Budget) -> Course:
    stage, factor = game.stage, game.factor
    play = Play(stage, automaton)
    deviations = play.deviations(budget.tick)
    found = ranges(deviations, game.survival, game.survival < 1)
    discounts = tuple(
        Discounts(low / game.survival, high / game.survival, closed) for low, high, closed in found
    )
    path, repeats = play.path(0)
    perfect = nash = payoffs = temptation = None
    if factor is not None:
        temptation = _temptation(game, play, deviations, factor)
        perfect = temptation is None
        worths = [value(one, factor) for one in play.worth(0)]
        payoffs = dict(zip(game.players, worths, strict=True))
        nash = perfect or all(
            best_replies(play, player, factor, budget.tick)[1][0] == worth
            for player, worth in enumerate(worths)
        )
    return Course(
        automaton.name,
        discounts[0].low if discounts else None,
        discounts,
        perfect,
        nash,
        payoffs,
        tuple(stage.names(automaton.plays[state]) for state in path),
        repeats,
        len(play.reachable),
        temptation,
    )


def _temptation(
    game: RepeatedGame, play: Play, deviations: list[Deviation], factor: Fraction
) -> Temptation | None:
    """The deviation that pays most, in average payoffs; the first of several."""
    worst: tuple[Fraction, Deviation] | None = None
    for one in deviations:
        if at(one.condition, factor) < 0:
            gain = gain_of(play, one, factor)
            if worst is None or gain > worst[0]:
                worst = (gain, one)
    if worst is None:
        return None
    gain, one = worst
    return Temptation(
        game.players[one.player],
        play.automaton.states[one.state],
        game.stage.strategies[one.player][one.strategy],
        gain,
    )


def gain_of(play: Play, one: Deviation, factor: Fraction) -> Fraction:
    """What the deviation adds to the player's average payoff."""
    plays = play.automaton.plays[one.state]
    profile = (*plays[: one.player], one.strategy, *plays[one.player + 1 :])
    later = value(play.worth(play.after(one.state, profile))[one.player], factor)
    deviating = (1 - factor) * play.stage.payoff(one.player, profile) + factor * later
    return deviating - value(play.worth(one.state)[one.player], factor)
