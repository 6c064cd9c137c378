"""A game without some of its strategies, and the way back for what is found in it.

Removing strictly dominated strategies, again and again, leaves the set of Nash equilibria as it is
(Luce and Raiffa 1957; Gilboa, Kalai and Zemel 1990): an expensive solver may work on what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import ZERO, Mixed, Profile
from alliance_games.results.solutions import Component, Point, Subset


@dataclass(frozen=True, slots=True)
class Elimination:
    """``game`` is ``original`` with only the strategies ``kept`` (indices, by player)."""

    original: NormalGame
    game: NormalGame
    kept: tuple[tuple[int, ...], ...]

    def lift_mixed(self, player: int, mixed: Mixed) -> Mixed:
        """A strategy of the smaller game as one of the original: what is gone has probability 0."""
        full = [ZERO] * self.original.shape[player]
        for strategy, probability in zip(self.kept[player], mixed, strict=True):
            full[strategy] = probability
        return tuple(full)

    def lift_profile(self, profile: Profile) -> Profile:
        """A profile of the smaller game as one of the original."""
        return tuple(self.lift_mixed(player, mixed) for player, mixed in enumerate(profile))

    def lift(self, solution: Point | Component) -> Point | Component:
        """An equilibrium of the smaller game as one of the original. Payoffs stay what they are."""
        if isinstance(solution, Point):
            return replace(solution, profile=self.lift_profile(solution.profile))
        return replace(
            solution,
            extreme_points=tuple(map(self.lift_profile, solution.extreme_points)),
            subsets=tuple(
                Subset(
                    tuple(self.lift_mixed(0, mixed) for mixed in subset.rows),
                    tuple(self.lift_mixed(1, mixed) for mixed in subset.columns),
                )
                for subset in solution.subsets
            ),
        )


def keep(game: NormalGame, kept: Sequence[Sequence[int]]) -> Elimination:
    """``game`` with only the strategies ``kept``: for each player their indices, in order.

    Raises ValueError where a player would have no strategy left, or a list is not ascending.
    """
    lists = tuple(map(tuple, kept))
    if len(lists) != len(game.players) or not all(lists):
        raise ValueError("every player keeps at least one strategy")
    if any(list(own) != sorted(set(own)) for own in lists):
        raise ValueError("strategies are kept in their order, each once")
    if all(len(own) == size for own, size in zip(lists, game.shape, strict=True)):
        return Elimination(game, game, lists)
    places = _places(game, lists)
    smaller = NormalGame(
        game.players,
        tuple(
            tuple(names[s] for s in own) for names, own in zip(game.strategies, lists, strict=True)
        ),
        tuple([table[place] for place in places] for table in game.numerators),
        game.denominators,
        numeric=game.numeric,
        ordinal=game.ordinal,
        outcomes=tuple(game.outcomes[place] for place in places) if game.outcomes else (),
    )
    return Elimination(game, smaller, lists)


def _places(game: NormalGame, kept: Sequence[Sequence[int]]) -> list[int]:
    """Where the kept profiles stand in the game's tables."""
    places = [0]
    for own, stride in zip(kept, game.strides, strict=True):
        places = [place + strategy * stride for place in places for strategy in own]
    return places
