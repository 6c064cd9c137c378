"""The Laplacian choice over any ordered field: see ``opposite_equilibria`` for what it compares.

Written for ``Concept.conditions`` (see ``results.ordered``): everything is learnt from signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alliance_games.algorithms.opposite_equilibria import MOST_PROFILES
from alliance_games.algorithms.pure_conditions import is_strict
from alliance_games.model.profiles import PureProfile
from alliance_games.results.ordered import Signs
from alliance_games.results.solutions import Selection


def laplacian(game: Any, signs: Signs) -> Iterator[Selection]:
    """The equilibrium with which every player sides under the uniform belief, or neither.

    Nothing where no two opposite strict equilibria are such that only numbers matter.
    """
    if set(game.shape) != {2} or len(game.shape) < 2 or 2 ** len(game.shape) > MOST_PROFILES:
        return
    for first in game.profiles():
        if first[0]:
            return  # each pair has been met from its other side
        second = tuple(1 - own for own in first)
        if not (is_strict(game, first, signs) and is_strict(game, second, signs)):
            continue
        found = [total_gain(game, player, first, signs) for player in range(len(first))]
        totals = [total for total in found if total is not None]
        if len(totals) < len(found):
            continue
        picked = None
        if all(signs.is_positive(total) for total in totals):
            picked = first
        elif all(signs.is_negative(total) for total in totals):
            picked = second
        yield Selection(picked, (first, second), {}, "")
        return


def total_gain(game: Any, player: int, first: PureProfile, signs: Signs) -> Any | None:
    """What siding with ``first`` brings a player, added up over the numbers of others who do.

    None where it matters which others do.
    """
    by_number: dict[int, Any] = {}
    for profile in game.profiles():
        if profile[player] != first[player]:
            continue
        away = (*profile[:player], 1 - profile[player], *profile[player + 1 :])
        gain = game.payoff(player, profile) - game.payoff(player, away)
        siding = sum(own == side for own, side in zip(profile, first, strict=True)) - 1
        if not signs.is_zero(by_number.setdefault(siding, gain) - gain):
            return None
    return sum(by_number.values())
