"""What the two strategies of a symmetric game give, by how many of the others do what."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame

Values = tuple[list[Fraction], list[Fraction]]
"""By own strategy, then by how many of the others play the first one."""


def symmetric_values(game: NormalGame | AnonymousGame) -> Values | None:
    """The payoffs of a game whose players all have the same two strategies and payoffs.

    None for a game in normal form that changes when its players are exchanged.
    """
    others = len(game.players) - 1
    if isinstance(game, AnonymousGame):
        # Vectors of counts descend: the first is that in which all others play the first strategy.
        first, second = (
            [Fraction(number, game.denominators[0]) for number in reversed(table)]
            for table in game.numerators[0]
        )
        return first, second
    known: dict[tuple[int, int], Fraction] = {}
    for profile in game.profiles():
        firsts = profile.count(0)
        for own, payoff in zip(profile, game.payoffs(profile), strict=True):
            if known.setdefault((own, firsts - (own == 0)), payoff) != payoff:
                return None
    return (
        [known[0, k] for k in range(others + 1)],
        [known[1, k] for k in range(others + 1)],
    )
