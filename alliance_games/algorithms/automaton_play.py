"""Automata of repeated games: what they are worth, and at which discount factors they are perfect.

In every state that any play can lead to, every player's one-shot deviation is weighed (Blackwell
1965; Abreu 1988). Play without deviations ends in a cycle, so what a state is worth is a polynomial
in the factor over one less a power of it, and each condition is the sign of a polynomial.
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
    times,
    where_all_hold,
)
from alliance_games.model.automata import Automaton
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile


@dataclass(frozen=True, slots=True)
class Deviation:
    """A player's one-shot deviation in a state, and the condition that it does not pay."""

    player: int
    state: int
    strategy: int
    condition: Polynomial


class Play:
    """One automaton in one stage game."""

    def __init__(self, stage: NormalGame, automaton: Automaton) -> None:
        self.stage, self.automaton = stage, automaton
        self.reachable = self._reachable()
        self._worth: dict[int, list[tuple[Polynomial, int]]] = {}

    def _reachable(self) -> list[int]:
        """The states that some play leads to, deviations of anybody included."""
        seen, waiting = {0}, [0]
        while waiting:
            for after in set(self.automaton.follows[waiting.pop()]):
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return sorted(seen)

    def after(self, state: int, profile: PureProfile) -> int:
        """The state that follows a profile."""
        return self.automaton.follows[state][self.stage.position(profile)]

    def path(self, state: int) -> tuple[list[int], int]:
        """The states from here on if nobody deviates, until they repeat, and where they do."""
        seen: dict[int, int] = {}
        path: list[int] = []
        while state not in seen:
            seen[state] = len(path)
            path.append(state)
            state = self.after(state, self.automaton.plays[state])
        return path, seen[state]

    def worth(self, state: int) -> list[tuple[Polynomial, int]]:
        """Per player a numerator; its denominator is 1 - x^period (present value, not average)."""
        if state not in self._worth:
            path, back = self.path(state)
            period = len(path) - back
            found = []
            for player in range(len(self.stage.players)):
                stream = [self.stage.payoff(player, self.automaton.plays[at]) for at in path]
                once = (*stream[:back], *[Fraction(0)] * period)
                again = (*[Fraction(0)] * back, *stream[back:])
                numerator = plus(times(once, _less_power(period)), again)
                found.append((numerator, period))
            self._worth[state] = found
        return self._worth[state]

    def deviations(self, tick: Callable[[], None]) -> list[Deviation]:
        """Every one-shot deviation in every state that can be reached."""
        found = []
        for state in self.reachable:
            tick()
            plays = self.automaton.plays[state]
            for player, size in enumerate(self.stage.shape):
                for own in range(size):
                    if own != plays[player]:
                        found.append(self._deviation(state, player, own, plays))
        return found

    def _deviation(self, state: int, player: int, own: int, plays: PureProfile) -> Deviation:
        """Keeping's worth less the deviation's, times both denominators."""
        kept, period = self.worth(state)[player]
        profile = (*plays[:player], own, *plays[player + 1 :])
        later, later_period = self.worth(self.after(state, profile))[player]
        deviating = plus(
            scaled(self.stage.payoff(player, profile), _less_power(later_period)),
            (Fraction(0), *later),
        )
        condition = plus(
            times(kept, _less_power(later_period)),
            scaled(-1, times(deviating, _less_power(period))),
        )
        return Deviation(player, state, own, condition)


def _less_power(period: int) -> Polynomial:
    """``1 - x^period``."""
    return (Fraction(1), *[Fraction(0)] * (period - 1), Fraction(-1))


def ranges(deviations: Sequence[Deviation], end: Fraction, closed: bool) -> list[Range]:
    """The factors at which no deviation pays."""
    return where_all_hold([one.condition for one in deviations], end, closed)


def value(worth: tuple[Polynomial, int], factor: Fraction) -> Fraction:
    """The average payoff of a period at a factor: (1 - factor) times the present value."""
    numerator, period = worth
    total = Fraction(0)
    for c in reversed(numerator):
        total = total * factor + c
    return (1 - factor) * total / (1 - factor**period)


def best_replies(
    play: Play, player: int, factor: Fraction, tick: Callable[[], None]
) -> tuple[dict[int, int], dict[int, Fraction]]:
    """What the player would best do against the others' parts, and its average worth, by state.

    The states are those she can lead to alone. Policy iteration (Howard 1960), exact: in each round
    the policy's worth is solved along its path, and a strictly better action taken where one is.
    """
    stage, automaton = play.stage, play.automaton
    states = _alone(play, player)
    policy = {state: automaton.plays[state][player] for state in states}
    while True:
        tick()
        worth = _policy_worth(play, player, policy, factor)
        better = dict(policy)
        for state in states:
            plays = automaton.plays[state]
            best, taken = worth[state], policy[state]
            for own in range(stage.shape[player]):
                profile = (*plays[:player], own, *plays[player + 1 :])
                here = (1 - factor) * stage.payoff(player, profile)
                here += factor * worth[play.after(state, profile)]
                if here > best:
                    best, taken = here, own
            better[state] = taken
        if better == policy:
            return policy, worth
        policy = better


def _alone(play: Play, player: int) -> list[int]:
    """The states the player can lead to while the others keep to their parts."""
    seen, waiting = {0}, [0]
    while waiting:
        state = waiting.pop()
        plays = play.automaton.plays[state]
        for own in range(play.stage.shape[player]):
            after = play.after(state, (*plays[:player], own, *plays[player + 1 :]))
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return sorted(seen)


def _policy_worth(
    play: Play, player: int, policy: dict[int, int], factor: Fraction
) -> dict[int, Fraction]:
    """The average worth of a policy from each state: along its path, then round its cycle."""
    stage, automaton = play.stage, play.automaton
    paid: dict[int, Fraction] = {}
    then: dict[int, int] = {}
    for state, own in policy.items():
        plays = automaton.plays[state]
        profile = (*plays[:player], own, *plays[player + 1 :])
        paid[state] = (1 - factor) * stage.payoff(player, profile)
        then[state] = play.after(state, profile)
    worth: dict[int, Fraction] = {}
    for start in policy:
        path: list[int] = []
        place: dict[int, int] = {}
        state = start
        while state not in worth and state not in place:
            place[state] = len(path)
            path.append(state)
            state = then[state]
        if state not in worth:
            cycle = path[place[state] :]
            total = Fraction(0)
            for at in reversed(cycle):
                total = paid[at] + factor * total
            worth[state] = total / (1 - factor ** len(cycle))
            for at in reversed(cycle[1:]):
                worth[at] = paid[at] + factor * worth[then[at]]
        for at in reversed(path):
            if at not in worth:
                worth[at] = paid[at] + factor * worth[then[at]]
    return worth
