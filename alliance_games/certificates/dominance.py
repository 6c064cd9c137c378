"""Dominance held to its definition: every play of the others is looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from alliance_games.certificates.plays import (
    Within,
    everything,
    expected_numerators,
    extreme_sums,
    is_belief,
)
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import is_distribution, support
from alliance_games.results.solutions import (
    Belief,
    Certificate,
    Dominant,
    Dominated,
    Members,
    Solution,
)


def check(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """Whether what is said of dominance in ``game`` holds."""
    if isinstance(solution, Dominated):
        claim = (
            "the dominating strategy gives more against every play of the others"
            if solution.strength == "strict"
            else "the dominating strategy never gives less, and somewhere gives more"
        )
        return Certificate(_is_dominated(game, solution), claim)
    if isinstance(solution, Dominant):
        return Certificate(
            _is_dominant(game, solution),
            f"it {solution.strength}ly dominates each other strategy of its player",
        )
    if isinstance(solution, Members):
        return _check_survivors(game, solution)
    return Certificate(False, "no statement about dominance")


def _is_dominated(game: NormalGame | AnonymousGame, one: Dominated) -> bool:
    within = one.within or everything(game)
    used = support(one.by)
    if (
        not is_distribution(one.by)
        or one.strategy in used
        or one.strategy not in within[one.player]
        or not set(used) <= set(within[one.player])
        or one.strength not in ("strict", "weak")
    ):
        return False
    scale = lcm(*(weight.denominator for weight in one.by))
    weights = {index: int(one.by[index] * scale) for index in used}
    weights[one.strategy] = -scale
    least, most = extreme_sums(game, one.player, weights, within)
    return least > 0 if one.strength == "strict" else least >= 0 and most > 0


def _is_dominant(game: NormalGame | AnonymousGame, one: Dominant) -> bool:
    within = everything(game)
    gains = [
        extreme_sums(game, one.player, {one.strategy: 1, other: -1}, within)
        for other in within[one.player]
        if other != one.strategy
    ]
    if one.strength == "strict":
        return all(least > 0 for least, _ in gains)
    return one.strength == "weak" and all(least >= 0 and most > 0 for least, most in gains)


def _check_survivors(game: NormalGame | AnonymousGame, one: Members) -> Certificate:
    """Replay the elimination; then nothing that is left may be strictly dominated."""
    claim = (
        "each round's strategies are strictly dominated in what was left before it, and each "
        "strategy left is "
        + ("strictly dominated by no other one" if game.ordinal else "a best reply to a belief")
    )
    replayed = _replay(game, one.eliminated)
    if replayed is None or replayed != one.members or not all(replayed):
        return Certificate(False, claim)
    if game.ordinal:
        return Certificate(_none_dominates(game, replayed), claim)
    return Certificate(_all_justified(game, one), claim)


def _replay(game: NormalGame | AnonymousGame, steps: Sequence[Dominated]) -> Within | None:
    """What the steps leave, or None where one of them is wrong."""
    left = everything(game)
    rounds = max((step.round for step in steps), default=0)
    known: dict[object, bool] = {}
    for number in range(1, rounds + 1):
        now = [step for step in steps if step.round == number]
        for step in now:
            # Players of one role stand in the same place: one of them is checked for all.
            place = step.player if isinstance(game, NormalGame) else game.roles[step.player]
            key = (place, left[step.player], step.strategy, step.by, number)
            if key not in known:
                known[key] = (
                    (step.within or everything(game)) == left
                    and step.strength == "strict"
                    and _is_dominated(game, step)
                )
            if not known[key]:
                return None
        gone = {(step.player, step.strategy) for step in now}
        left = tuple(
            tuple(s for s in own if (player, s) not in gone) for player, own in enumerate(left)
        )
    return left if len({(s.player, s.strategy) for s in steps}) == len(steps) else None


def _none_dominates(game: NormalGame | AnonymousGame, left: Within) -> bool:
    return not any(
        extreme_sums(game, player, {first: 1, second: -1}, left)[0] > 0
        for player, own in enumerate(left)
        for first in own
        for second in own
        if first != second
    )


def _all_justified(game: NormalGame | AnonymousGame, one: Members) -> bool:
    if len(one.beliefs) != len(one.members):
        return False
    known: dict[object, bool] = {}
    for player, (own, beliefs) in enumerate(zip(one.members, one.beliefs, strict=True)):
        if len(own) != len(beliefs):
            return False
        for strategy, belief in zip(own, beliefs, strict=True):
            key = (
                (player, strategy)
                if isinstance(game, NormalGame)
                else (game.roles[player], own, strategy, belief)
            )
            if key not in known:
                known[key] = _is_best_reply(game, player, strategy, belief, one.members)
            if not known[key]:
                return False
    return True


def _is_best_reply(
    game: NormalGame | AnonymousGame, player: int, strategy: int, belief: Belief, left: Within
) -> bool:
    """Whether no strategy of the player does better against a belief over what is left."""
    if not is_belief(game, player, belief, left):
        return False
    if isinstance(game, NormalGame) and any(play[player] != strategy for play, _ in belief):
        return False
    expected = expected_numerators(game, player, belief)
    return expected[strategy] == max(expected)
