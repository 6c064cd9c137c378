"""Two-player games read as encounters within one population.

A game is symmetric where both players have the same strategies, by name, and what one gets from
``i`` against ``j`` does not depend on which of the two she is. Then one matrix says everything,
and a mixture is also the shares of a population whose members meet in pairs (Maynard Smith and
Price 1973).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.model.normal import NormalGame

Share = Sequence[Fraction]
"""A fraction of the population for each strategy, in order."""


@dataclass(frozen=True, slots=True)
class Population:
    """A symmetric game: ``payoffs[i][j]`` over ``denominator`` is what ``names[i]`` gets against
    ``names[j]``."""

    names: tuple[str, ...]
    payoffs: tuple[tuple[int, ...], ...]
    denominator: int

    def payoff(self, own: int, other: int) -> Fraction:
        """What a member who plays ``own`` gets from one who plays ``other``."""
        return Fraction(self.payoffs[own][other], self.denominator)


def population(game: NormalGame) -> Population | None:
    """The game as encounters within one population, or None where it is not symmetric."""
    if len(game.players) != 2 or set(game.strategies[0]) != set(game.strategies[1]):
        return None
    names = game.strategies[0]
    place = [game.strategies[1].index(name) for name in names]
    many = range(len(names))
    for own in many:
        for other in many:
            first = game.payoff(0, (own, place[other]))
            if first != game.payoff(1, (other, place[own])):
                return None
    matrix = game.matrix(0)
    rows = tuple(tuple(matrix[own][place[other]] for other in many) for own in many)
    return Population(names, rows, game.denominators[0])


def refusal(game: NormalGame, most: int) -> str | None:
    """Why a game cannot be read as encounters within one population, in words; None where it can.

    ``most`` is how many strategies are looked through.
    """
    if len(game.players) != 2:
        return f"it is asked of two players who meet, and there are {len(game.players)}"
    if set(game.strategies[0]) != set(game.strategies[1]):
        return "both players need the same strategies, by name, to come from one population"
    if (number := game.shape[0]) > most:
        return f"there are {number} strategies, and up to {most} are looked through"
    if population(game) is None:
        return "the players are not in the same position: exchanging them changes the payoffs"
    return None


def by_name(names: Sequence[str], shares: Share) -> dict[str, Fraction]:
    """The shares under the strategies' names."""
    return dict(zip(names, shares, strict=True))


def in_order(names: Sequence[str], shares: dict[str, Fraction]) -> tuple[Fraction, ...]:
    """The shares in the order of the names. Raises KeyError where they name others."""
    if set(shares) != set(names):
        raise KeyError("these are not the strategies of the game")
    return tuple(shares[name] for name in names)
