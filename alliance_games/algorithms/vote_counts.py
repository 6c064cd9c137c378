"""Power in large weighted votes by counting, without going through the coalitions.

The coalitions of each weight are counted by adding the voters one after the other (Mann and
Shapley 1962, Values of large games VI). Those that one voter can turn follow from the sums of these
counts: without her there are as many of weight ``w`` as with everybody, less those that have her,
which are as many as there are without her of ``w`` less her weight, and so on down.
For the Shapley-Shubik index coalitions are counted by size as well: all the counts of one weight
stand in one integer, ``size`` times ``width`` bits up, which makes a step an addition and a shift.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import factorial

from alliance_games.results.budget import LimitReached

Tick = Callable[[], None]

MOST_BITS = 2**33
"""Counts that would take more memory than a gigabyte are not begun."""


def swings(weights: Sequence[int], quota: int, tick: Tick) -> list[int]:
    """For each voter the winning coalitions that lose without her."""
    return _by_voter(weights, quota, 0, tick)


def pivots(weights: Sequence[int], quota: int, tick: Tick) -> list[int]:
    """For each voter the orders of all voters in which she turns the losing into the winning."""
    voters = len(weights)
    before = [factorial(size) * factorial(voters - size - 1) for size in range(voters)]
    found: dict[int, int] = {}
    packed = _by_voter(weights, quota, voters, tick)
    for counts in set(packed):
        found[counts] = sum(
            (counts >> size * voters & (1 << voters) - 1) * orders
            for size, orders in enumerate(before)
        )
    return [found[counts] for counts in packed]


def _by_voter(weights: Sequence[int], quota: int, width: int, tick: Tick) -> list[int]:
    """For each voter how many coalitions of the others lose and win with her; by size, each size
    ``width`` bits above the one before, where ``width`` is not zero."""
    # The dual vote, in which what blocks wins, has the same swings and may have a lower quota.
    quota = min(quota, sum(weights) + 1 - quota)
    if quota <= 0:
        return [0] * len(weights)
    bits = quota * (len(weights) + 64) * max(width, 1)
    if bits > MOST_BITS:
        raise LimitReached(
            f"the weights add up to {sum(weights):,}, and counting by weight would take "
            f"{bits / 2**33:.1f} GiB; weights with a larger common measure take less"
        )
    below = [0, *accumulate(_counts(weights, quota, width, tick))]
    known = {0: 0}
    for weight in weights:
        if weight not in known:
            tick()
            known[weight] = _turned(below, weight, quota, width)
    return [known[weight] for weight in weights]


def _counts(weights: Sequence[int], quota: int, width: int, tick: Tick) -> list[int]:
    """How many coalitions of all voters have each weight below the quota."""
    counts = [1] + [0] * (quota - 1)
    reach = 0
    for weight in sorted(weights):
        tick()
        reach = min(reach + weight, quota - 1)
        for total in range(reach, weight - 1, -1):
            if counts[total - weight]:
                counts[total] += counts[total - weight] << width
    return counts


def _turned(below: Sequence[int], weight: int, quota: int, width: int) -> int:
    """How many coalitions of the others lose and win with a voter of this weight: those without
    her in the last ``weight`` below the quota. ``below[t]`` counts the coalitions below ``t``."""
    turned, sign, step = 0, 1, 0
    top = quota
    while top > 0:
        turned += sign * ((below[top] - below[max(top - weight, 0)]) << step * width)
        top, sign, step = top - weight, -sign, step + 1
    return turned
