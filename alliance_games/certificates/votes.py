"""Swings and decisive orders of large votes, counted anew.

The coalitions lighter than each total are counted for all voters, and then, total by total
upwards, those of the *other* voters: a coalition of all is without her, or it is one without her,
lighter by her weight, to which she has come. No dual vote is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial


def orders_decided(weights: Sequence[int], quota: int) -> list[Fraction]:
    """For each voter the share of all orders in which those before her lose and win with her."""
    voters = len(weights)
    slot = (1 << voters) - 1
    found: dict[int, Fraction] = {}
    for weight, decided in _decided(weights, quota, voters).items():
        orders = sum(
            (decided >> before * voters & slot) * factorial(before) * factorial(voters - 1 - before)
            for before in range(voters)
        )
        found[weight] = Fraction(orders, factorial(voters))
    return [found[weight] for weight in weights]


def swings_counted(weights: Sequence[int], quota: int) -> list[int]:
    """For each voter the coalitions of others that lose and win with her."""
    found = _decided(weights, quota, 0)
    return [found[weight] for weight in weights]


def _decided(weights: Sequence[int], quota: int, width: int) -> dict[int, int]:
    """For each weight the coalitions of others that lose and win with a voter of it; of each size,
    ``size * width`` bits up."""
    counts = [1] + [0] * min(quota - 1, sum(weights))
    for weight in weights:
        joined = [count << width for count in counts[: max(len(counts) - weight, 0)]]
        for place, count in enumerate(joined, start=weight):
            counts[place] += count
    lighter = [0]
    for count in counts:
        lighter.append(lighter[-1] + count)
    lighter += [lighter[-1]] * (quota + 1 - len(lighter))
    found = {0: 0}  # whoever has no weight turns nothing
    for weight in set(weights) - {0}:
        # Of the coalitions below a total some are without her; the others are without her as well
        # once she leaves, and below the total less her weight.
        without = before = 0
        for total in range(quota % weight, quota + 1, weight):
            without, before = lighter[total] - (without << width), without
        found[weight] = without - before
    return found
