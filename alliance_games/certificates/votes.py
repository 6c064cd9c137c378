"""Swings and decisive orders of large votes, counted anew.

For each weight the coalitions of all the *other* voters are built up afresh, by halving the
weights that are left out: nothing is ever taken out of a count, and no dual vote is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import factorial


def orders_decided(weights: Sequence[int], quota: int) -> list[Fraction]:
    """For each voter the share of all orders in which those before her lose and win with her."""
    voters = len(weights)
    slot = (1 << voters) - 1
    found: dict[int, Fraction] = {}
    for weight, losing in _others(weights, quota, voters):
        decided = sum(losing[max(quota - weight, 0) :])
        orders = sum(
            (decided >> before * voters & slot) * factorial(before) * factorial(voters - 1 - before)
            for before in range(voters)
        )
        found[weight] = Fraction(orders, factorial(voters))
    return [found[weight] for weight in weights]


def swings_counted(weights: Sequence[int], quota: int) -> list[int]:
    """For each voter the coalitions of others that lose and win with her."""
    found = {
        weight: sum(losing[max(quota - weight, 0) :])
        for weight, losing in _others(weights, quota, 0)
    }
    return [found[weight] for weight in weights]


def _others(weights: Sequence[int], quota: int, width: int) -> Iterator[tuple[int, list[int]]]:
    """Each weight there is, and how many losing coalitions of each total weight all voters but one
    of that weight can form; of each size, ``size * width`` bits up."""
    counts = [1] + [0] * (min(quota, sum(weights) + 1) - 1)
    kinds = Counter(weights)
    for weight, number in kinds.items():
        for _ in range(number - 1):
            _join(counts, weight, width)
    waiting = [(sorted(kinds), counts)]
    while waiting:
        left_out, counts = waiting.pop()
        if len(left_out) == 1:
            yield left_out[0], counts
            continue
        middle = len(left_out) // 2
        for here, joining in (
            (left_out[:middle], left_out[middle:]),
            (left_out[middle:], left_out[:middle]),
        ):
            grown = counts.copy()
            for weight in joining:
                _join(grown, weight, width)
            waiting.append((here, grown))


def _join(counts: list[int], weight: int, width: int) -> None:
    """One voter more: every coalition there is may have her too."""
    for total in range(len(counts) - 1, weight - 1, -1):
        counts[total] += counts[total - weight] << width
