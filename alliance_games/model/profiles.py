"""Strategies and profiles of strategies, as plain tuples of exact numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

Mixed = tuple[Fraction, ...]
"""One player's mixed strategy: a probability per strategy, in the order the game lists them.

An irrational probability is an ``exact.algebraic.Algebraic``, which has a Fraction's arithmetic and
order, but no numerator.
"""

Profile = tuple[Mixed, ...]
"""One mixed strategy per player, in the order the game lists its players."""

PureProfile = tuple[int, ...]
"""One strategy index per player."""

Payoffs = tuple[Fraction, ...]
"""One payoff per player."""

ZERO = Fraction(0)
ONE = Fraction(1)


def pure(index: int, size: int) -> Mixed:
    """The mixed strategy that plays strategy ``index`` of ``size`` for certain."""
    return tuple(ONE if other == index else ZERO for other in range(size))


def pure_profile(indices: Iterable[int], shape: Sequence[int]) -> Profile:
    """A pure profile written as a mixed one."""
    return tuple(pure(index, size) for index, size in zip(indices, shape, strict=True))


def support(strategy: Mixed) -> tuple[int, ...]:
    """The strategies played with positive probability, in order."""
    return tuple(index for index, probability in enumerate(strategy) if probability)


def as_pure(profile: Profile) -> PureProfile | None:
    """The strategy indices of a pure profile, or None where somebody mixes."""
    indices = []
    for strategy in profile:
        used = support(strategy)
        if len(used) != 1:
            return None
        indices.append(used[0])
    return tuple(indices)


def is_distribution(strategy: Mixed) -> bool:
    """Whether the numbers are non-negative and sum to one, exactly."""
    return all(probability >= 0 for probability in strategy) and sum(strategy) == 1
