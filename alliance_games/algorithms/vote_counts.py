"""Power in large weighted votes by counting, without going through the coalitions.

The coalitions of each weight are counted by adding the voters one after the other (Mann and
Shapley 1962, Values of large games VI); taking one voter out again is the same step backwards, so
that each voter costs one pass over the weights below the quota. For the Shapley-Shubik index
coalitions are counted by size as well: all the counts of one weight stand in one integer, ``size``
times ``width`` bits up, which makes a step an addition and a shift.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial, gcd

from alliance_games.results.budget import LimitReached

Tick = Callable[[], None]

MOST_BITS = 2**33
"""Counts that would take more memory than a gigabyte are not begun."""


def swings(weights: Sequence[int], quota: int, tick: Tick) -> list[int]:
    """For each voter the winning coalitions that lose without her."""
    return _by_voter(weights, quota, 0, tick)


def pivots(weights: Sequence[int], quota: int, tick: Tick) -> list[int]:
    """For each voter the orders of all voters in which she turns the losing into the winning."""
    packed = _by_voter(weights, quota, len(weights), tick)
    return [sum(_orders(count, len(weights))) for count in packed]


def _orders(packed: int, voters: int) -> list[int]:
    """Orders in which the counted coalitions come just before the voter."""
    mask = (1 << voters) - 1
    return [
        (packed >> size * voters & mask) * factorial(size) * factorial(voters - size - 1)
        for size in range(voters)
    ]


def _by_voter(weights: Sequence[int], quota: int, width: int, tick: Tick) -> list[int]:
    """For each voter how many coalitions of the others lose and win with her; by size, each size
    ``width`` bits above the one before, where ``width`` is not zero."""
    common = gcd(*weights) or 1
    weights = [weight // common for weight in weights]
    quota = -(-quota // common)
    # The dual vote, in which what blocks wins, has the same swings and may have a lower quota.
    quota = min(quota, sum(weights) + 1 - quota)
    if quota <= 0:
        return [0] * len(weights)
    bits = quota * (len(weights) + 64) * max(width, 1)
    if bits > MOST_BITS:
        raise LimitReached(
            f"the weights add up to {sum(weights):,}, and counting by weight would take "
            f"{bits / 2**33:.1f} GiB; weights with a smaller common measure take less"
        )
    counts = [1] + [0] * (quota - 1)
    for weight in weights:
        tick()
        for total in range(quota - 1, weight - 1, -1):
            if counts[total - weight]:
                counts[total] += counts[total - weight] << width
    known = {0: 0}
    for weight in weights:
        if weight not in known:
            tick()
            known[weight] = sum(_without(counts, weight, width)[max(quota - weight, 0) :])
    return [known[weight] for weight in weights]


def _without(counts: Sequence[int], weight: int, width: int) -> list[int]:
    """The counts without one voter of this weight."""
    others = list(counts)
    for total in range(weight, len(counts)):
        if others[total - weight]:
            others[total] -= others[total - weight] << width
    return others
