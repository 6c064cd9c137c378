"""The least discount factor at which a profile is sustained by the worst equilibrium punishments.

Abreu (1988): what can be sustained at all is sustained by threats of the worst equilibrium payoffs.
With a public lottery equilibrium payoffs only grow with the discount factor (Abreu, Pearce and
Stacchetti 1990, theorem 6), so that there is a least one, found by bisection: at its upper end play
is found that sustains the profile, at its lower end the bound from outside rules it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.algorithms.feasible_payoffs import pure_minmax
from alliance_games.algorithms.payoff_bounds import Grid, outer
from alliance_games.algorithms.payoff_codes import Code, State, payoff_set
from alliance_games.algorithms.simplest import simplest_between
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile

WIDTH = Fraction(1, 10**7)
"""Bisection ends where the least factor lies within so little."""
NEARLY_ONE = Fraction(999, 1000)
"""The greatest factor tried where every factor below 1 is possible."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From ``low`` to ``high`` lies the least factor (high None: none up to ``tried``); ``code``
    sustains the profile, its last state, at ``high``."""

    low: Fraction
    high: Fraction | None
    tried: Fraction
    code: Code


class Search:
    """The least factors of one stage; what is found at a factor is kept."""

    def __init__(self, stage: NormalGame, end: Fraction, tick: Callable[[], None]) -> None:
        self.stage, self.tick = stage, tick
        self.tried = min(end, NEARLY_ONE)
        self.minmax = [pure_minmax(stage, player)[0] for player in range(2)]
        self._codes: dict[Fraction, Code] = {}

    def least(self, profile: PureProfile, usual: Fraction | None) -> Threshold:
        """The least factor of a profile; ``usual`` is the least by reversion, if there is one."""
        low = self.necessary(profile)
        if low is None or low > self.tried:
            return Threshold(self.tried, None, self.tried, ())
        if code := self.sustained(profile, low):
            return Threshold(low, low, self.tried, code)
        top = self.tried if usual is None else min(usual, self.tried)
        code = self.sustained(profile, top)
        if not code and top < self.tried:
            top = self.tried
            code = self.sustained(profile, top)
        if not code:
            lowest = self._lowest_possible(profile, low, top)
            return Threshold(lowest, None, self.tried, ())
        return self._between(profile, low, top, code)

    def _between(
        self, profile: PureProfile, low: Fraction, high: Fraction, code: Code
    ) -> Threshold:
        """Halve until the ends meet, nearly; then look for a simple number between them."""
        while high - low > WIDTH:
            middle = simplest_between(
                low + (high - low) * 3 / 8, low + (high - low) * 5 / 8, closed=True
            )
            found = self.sustained(profile, middle)
            if found:
                high, code = middle, found
            elif self.ruled_out(profile, middle):
                low = middle
            else:
                break  # the bound and the codes leave a gap that is narrower than what is asked
        guess = simplest_between(low, high, closed=True)
        if guess not in (low, high) and (found := self.sustained(profile, guess)):
            high, code = guess, found
        return Threshold(low, high, self.tried, code)

    def _lowest_possible(self, profile: PureProfile, low: Fraction, top: Fraction) -> Fraction:
        """A factor up to which the profile is ruled out: the top itself where that is."""
        return top if self.ruled_out(profile, top) else low

    def necessary(self, profile: PureProfile) -> Fraction | None:
        """What every punishment needs, even one that holds the deviator to her minmax payoff."""
        found = Fraction(0)
        for player in range(2):
            gain = gain_from(self.stage, player, profile)
            loss = self.stage.payoff(player, profile) - self.minmax[player]
            if gain > 0:
                if loss <= 0:
                    return None
                found = max(found, gain / (gain + loss))
        return found

    def sustained(self, profile: PureProfile, factor: Fraction) -> Code:
        """Play whose last state is the profile for ever; () where none was found."""
        self.tick()
        if factor not in self._codes:
            self._codes[factor] = payoff_set(Grid(self.stage, factor), self.tick).code
        code = self._codes[factor]
        if not code:
            return ()
        worth = self.stage.payoffs(profile)
        for player in range(2):
            lowest = min(state.worth[player] for state in code)
            gain = gain_from(self.stage, player, profile)
            if gain > 0 and (1 - factor) * gain > factor * (worth[player] - lowest):
                return ()
            if worth[player] < lowest:
                return ()
        last = State(profile, ((len(code), Fraction(1)),), (worth[0], worth[1]))
        return (*code, last)

    def ruled_out(self, profile: PureProfile, factor: Fraction) -> bool:
        """Whether no equilibrium punishment is bad enough, by the bound from outside."""
        grid = Grid(self.stage, factor)
        bounded = outer(grid, self.tick)
        if not bounded.polygon:
            return True
        for player in range(2):
            lowest = min(Fraction(place[player]) for place in bounded.polygon) / grid.scale
            gain = gain_from(self.stage, player, profile)
            loss = self.stage.payoff(player, profile) - lowest
            if gain > 0 and (1 - factor) * gain > factor * loss:
                return True
        return False


def gain_from(stage: NormalGame, player: int, profile: PureProfile) -> Fraction:
    """The most the player gains by another action, once (0 where none is better)."""
    best = max(
        stage.payoff(player, (*profile[:player], own, *profile[player + 1 :]))
        for own in range(stage.shape[player])
    )
    return best - stage.payoff(player, profile)


def pruned(code: Code) -> Code:
    """The states that the last one's punishments can lead to, and the last one (once)."""
    if not code:
        return ()
    last = len(code) - 1
    same = {
        k: last
        for k, state in enumerate(code)
        if state.profile == code[last].profile and state.lottery == ((k, Fraction(1)),)
    }
    places = range(len(code))
    worst = [min(places, key=lambda k: code[k].worth[player]) for player in range(2)]
    kept = [same.get(k, k) for k in (*worst, last)]
    for place in kept:
        kept += [same.get(k, k) for k, _ in code[place].lottery if same.get(k, k) not in kept]
    order = [k for k in places if k in kept]
    found = []
    for k in order:
        lottery: dict[int, Fraction] = {}
        for to, weight in code[k].lottery:
            place = order.index(same.get(to, to))
            lottery[place] = lottery.get(place, Fraction(0)) + weight
        found.append(State(code[k].profile, tuple(sorted(lottery.items())), code[k].worth))
    return tuple(found)
