"""Stable partitions over any ordered field, for ``Concept.conditions``.

Each partition is held to the definition of its notion, and what a member gains or loses by a move
is the sign of a difference of two of her utilities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from alliance_games.algorithms.stable_partition_answers import every
from alliance_games.model.hedonic import HedonicGame
from alliance_games.results.named.partitions import Partition
from alliance_games.results.ordered import Signs

Homes = Sequence[int]
"""The coalition of each player."""


def stable(game: HedonicGame, notion: str, signs: Signs) -> Iterator[Partition]:
    """The partitions that are stable in the sense of ``notion``, a concept's name."""
    utilities = _Utilities(game, signs)
    leaves = _LEAVES[notion]
    for partition in every(utilities.everybody):
        homes = [next(one for one in partition if one >> at & 1) for at in utilities.players]
        if not leaves(utilities, homes):
            yield Partition(
                of=notion,
                coalitions=tuple(game.members(one) for one in partition),
                payoffs={name: game.utility(at, homes[at]) for at, name in enumerate(game.players)},
            )


class _Utilities:
    """Who likes which of two coalitions better, as signs answer."""

    def __init__(self, game: HedonicGame, signs: Signs) -> None:
        self.game, self.signs = game, signs
        self.players = range(len(game.players))
        self.everybody = (1 << len(game.players)) - 1
        by_size = sorted(range(1, self.everybody + 1), key=lambda one: (one.bit_count(), one))
        self.coalitions = [(one, self.members(one)) for one in by_size]

    def members(self, coalition: int) -> list[int]:
        """The players in a coalition."""
        return [at for at in self.players if coalition >> at & 1]

    def gains(self, player: int, before: int, after: int) -> bool:
        """Whether a player is better off in ``after`` than in ``before``."""
        change = self.game.utility(player, after) - self.game.utility(player, before)
        return self.signs.is_positive(change)

    def loses(self, player: int, before: int, after: int) -> bool:
        """Whether a player is worse off in ``after`` than in ``before``."""
        change = self.game.utility(player, after) - self.game.utility(player, before)
        return self.signs.is_negative(change)


def _blocked(utilities: _Utilities, homes: Homes) -> bool:
    """Whether some coalition is better for each of its members."""
    return any(
        all(homes[at] != coalition and utilities.gains(at, homes[at], coalition) for at in members)
        for coalition, members in utilities.coalitions
    )


def _weakly_blocked(utilities: _Utilities, homes: Homes) -> bool:
    """Whether some coalition is better for a member and worse for none."""
    return any(
        not any(utilities.loses(at, homes[at], coalition) for at in members)
        and any(utilities.gains(at, homes[at], coalition) for at in members)
        for coalition, members in utilities.coalitions
    )


def _leaves(utilities: _Utilities, homes: Homes, *asked: Callable[..., bool]) -> bool:
    """Whether a player gains by going alone or to another coalition, with leave of all ``asked``.

    Each is called with the utilities and the coalitions, left and joined, without the player.
    """
    for goal in (0, *sorted(set(homes))):
        for at in utilities.players:
            home, own = homes[at], 1 << at
            if goal in (home, home & ~own):
                continue
            if utilities.gains(at, home, goal | own) and all(
                may(utilities, home, goal, own) for may in asked
            ):
                return True
    return False


def _welcome(utilities: _Utilities, home: int, goal: int, own: int) -> bool:
    return not any(utilities.loses(one, goal, goal | own) for one in utilities.members(goal))


def _released(utilities: _Utilities, home: int, goal: int, own: int) -> bool:
    left = home & ~own
    return not any(utilities.loses(one, home, left) for one in utilities.members(left))


_LEAVES: dict[str, Callable[[_Utilities, Homes], bool]] = {
    "core-stable": _blocked,
    "strict-core-stable": _weakly_blocked,
    "nash-stable": _leaves,
    "individually-stable": lambda utilities, homes: _leaves(utilities, homes, _welcome),
    "contractually-individually-stable": lambda utilities, homes: _leaves(
        utilities, homes, _welcome, _released
    ),
}
