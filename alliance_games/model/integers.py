"""Exact payoffs as integers over one positive denominator, compact when there are many."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

COMPACT_FROM = 4096
"""From this many numbers on, those that fit 64 bits are kept in an array, which numpy can view
without a copy; below it, a tuple, so that a small game never needs numpy."""

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def pack(integers: Iterable[int]) -> Sequence[int]:
    """The integers as a tuple, or as an ``array('q')`` where they are many and fit 64 bits."""
    if isinstance(integers, array) and integers.typecode == "q":
        return integers if len(integers) >= COMPACT_FROM else tuple(integers)
    values = integers if isinstance(integers, (tuple, list)) else list(integers)
    if len(values) >= COMPACT_FROM and min(values) >= _SMALLEST and max(values) <= _LARGEST:
        return array("q", values)
    return tuple(values)


def over_common_denominator(numbers: Sequence[Fraction | int]) -> tuple[list[int], int]:
    """Integers and the least positive denominator with ``numbers[i] == integers[i] / it``."""
    denominator = lcm(*{number.denominator for number in numbers}) if numbers else 1
    if denominator == 1:
        return [number.numerator for number in numbers], 1
    return [
        number.numerator * (denominator // number.denominator) for number in numbers
    ], denominator


def hash_of(integers: Sequence[int]) -> int:
    """A hash of packed integers (an array has none of its own)."""
    return hash(integers.tobytes()) if isinstance(integers, array) else hash(integers)
