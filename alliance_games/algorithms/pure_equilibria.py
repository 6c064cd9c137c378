"""Pure Nash equilibria by looking at every profile of a normal-form game.

Small games are read in plain Python, large ones (whose payoffs are arrays) by numpy, one player
at a time: a profile stays where her payoff is the best along her own axis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alliance_games.model.integers import COMPACT_FROM
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile


def equilibrium_positions(game: NormalGame, tick: Callable[[], None]) -> Sequence[int]:
    """Where in the flat payoff tables the pure Nash equilibria stand, in ascending order.

    ``tick`` is called for every player and may raise to stop the work.
    """
    if game.size < COMPACT_FROM:
        return _in_python(game, tick)
    return _in_numpy(game, tick)


def _in_python(game: NormalGame, tick: Callable[[], None]) -> list[int]:
    stable = bytearray(b"\x01") * game.size
    for table, count, stride in zip(game.numerators, game.shape, game.strides, strict=True):
        tick()
        block = count * stride
        for start in range(0, game.size, block):
            for first in range(start, start + stride):
                own = table[first : first + block : stride]
                best = max(own)
                for index, payoff in enumerate(own):
                    if payoff < best:
                        stable[first + index * stride] = 0
    return [position for position, kept in enumerate(stable) if kept]


def _in_numpy(game: NormalGame, tick: Callable[[], None]) -> list[int]:
    import numpy as np

    stable = np.ones(game.size, dtype=bool)
    for player, (count, stride) in enumerate(zip(game.shape, game.strides, strict=True)):
        tick()
        # Not game.array: three axes do for any number of players, where numpy allows 64.
        payoffs = game.flat(player).reshape(-1, count, stride)
        kept = stable.reshape(payoffs.shape)
        kept &= (payoffs == payoffs.max(axis=1, keepdims=True)).astype(bool)
    found: list[int] = np.flatnonzero(stable).tolist()
    return found


def profile_at(game: NormalGame, position: int) -> PureProfile:
    """The pure profile that stands at ``position`` of the flat payoff tables."""
    return tuple(
        position // stride % count for stride, count in zip(game.strides, game.shape, strict=True)
    )


def is_strict(game: NormalGame, position: int) -> bool:
    """Whether every player would lose by any deviation from the profile at ``position``."""
    for table, count, stride in zip(game.numerators, game.shape, game.strides, strict=True):
        first = position - position // stride % count * stride
        payoff = table[position]
        for other in range(first, first + count * stride, stride):
            if other != position and table[other] >= payoff:
                return False
    return True
