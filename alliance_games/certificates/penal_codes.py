"""Is a profile sustained by the worst punishments from here on, and not before?

At the upper end the code is held to the definition: its states' worths are solved, every one-shot
deviation is weighed, and its last state is the profile for ever. At the lower end either not even
minmax punishments would do, or payoffs generated from outside leave no punishment that does.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from alliance_games.certificates.payoff_sets import (
    FINE,
    applied,
    code_worths,
    enlarged_feasible,
    one_shot_gain,
    stage_actions,
)
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.named.repeated import Least, Penal
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "at the upper end every one-shot deviation from the code was weighed; at the lower end no "
    "punishment that is left from outside, or none that is feasible, is bad enough"
)
MOST_ROUNDS = 100_000


def check(game: RepeatedGame, solution: Solution) -> Certificate:
    """Hold the least discount factors to the definition from both sides."""
    if not isinstance(solution, Penal):
        return Certificate(False, "no least discount factors")
    for one in solution.profiles:
        if why := _fault(game, one):
            return Certificate(False, f"{', '.join(one.profile)}: {why}")
    return Certificate(True, CLAIM)


def _fault(game: RepeatedGame, one: Least) -> str:
    if any(name not in own for name, own in zip(one.profile, game.strategies, strict=True)):
        return "it is no profile of the stage"
    if one.high is not None and not 0 <= one.low <= one.high <= one.tried:
        return "the ends are in no order"
    if one.high is None and (one.code or one.low > one.tried):
        return "the ends are in no order"
    if one.holds != _verdict(game, one):
        return "the verdict at the game's own discount factor is another"
    if one.high is not None:
        factor = one.high * game.survival
        worths = code_worths(game, one.code, factor) if one.code else None
        if worths is None or one_shot_gain(game, one.code, worths, factor) > 0:
            return "the code is no equilibrium at the upper end"
        last = one.code[-1]
        if last.play != one.profile or [c.state for c in last.then] != [len(one.code) - 1]:
            return "the code does not end in the profile for ever"
    if not _is_ruled_out(game, one):
        return "it may be sustained below the lower end"
    return ""


def _verdict(game: RepeatedGame, one: Least) -> bool | None:
    own = game.discount
    if own is None:
        return None
    if one.high is not None and own >= one.high:
        return True
    return False if own < one.low else None


def _gains_and_payoffs(game: RepeatedGame, one: Least) -> list[tuple[Fraction, Fraction]]:
    at = tuple(own.index(name) for name, own in zip(one.profile, game.strategies, strict=True))
    found = []
    for player in range(2):
        best = max(
            game.stage.payoff(player, (own, at[1]) if player == 0 else (at[0], own))
            for own in range(game.stage.shape[player])
        )
        kept = game.stage.payoff(player, at)
        found.append((best - kept, kept))
    return found


def _is_ruled_out(game: RepeatedGame, one: Least) -> bool:
    """Nothing below the lower end sustains the profile.

    Where at the lower end itself the punishments that are left hold somebody just or not at all,
    they do not hold her before: the payoffs left only grow with the factor.
    """
    if one.low == 0:
        return True
    factor = one.low * game.survival
    stage = game.stage
    values = [value for profile in stage.profiles() for value in stage.payoffs(profile)]
    scale = lcm(*(value.denominator for value in values))
    while scale * ((max(values) - min(values)) or 1) < FINE:
        scale *= 10
    actions = stage_actions(stage, scale)
    around = enlarged_feasible(stage, actions, scale)
    needs = _gains_and_payoffs(game, one)

    def is_tempted(lowest: list[Fraction]) -> bool:
        return any(
            gain > 0 and (1 - factor) * gain >= factor * (kept - least)
            for (gain, kept), least in zip(needs, lowest, strict=True)
        )

    for _ in range(MOST_ROUNDS):
        if not around:
            return True
        lowest = [Fraction(min(place[axis] for place in around), scale) for axis in range(2)]
        if is_tempted(lowest):
            return True
        after = applied(actions, around, factor)
        if after == around:
            return False
        around = after
    return False
