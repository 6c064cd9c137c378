"""Conditions on a family of equilibria, made short: known values put in, bounds drawn from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from alliance_games.results.tree_solutions import Condition, Unknown


class Range(NamedTuple):
    """From where to where a probability may go; ``open_low``, ``open_high`` leave the end out.

    A ``loose`` one is not known as a range: only the conditions say which values there are.
    """

    low: Fraction
    high: Fraction
    open_low: bool = False
    open_high: bool = False
    loose: bool = False

    @property
    def fixed(self) -> bool:
        """Whether there is one value only."""
        return self.low == self.high and not self.loose

    def complement(self) -> Range:
        """The range of one minus the number."""
        return Range(1 - self.high, 1 - self.low, self.open_high, self.open_low, self.loose)


WHOLE = Range(Fraction(0), Fraction(1))


def unknowns(condition: Condition) -> set[Unknown]:
    """What a condition speaks of."""
    return {one for _, several in condition.terms for one in several}


def shortened(
    conditions: Iterable[Condition], known: Mapping[Unknown, Fraction]
) -> list[Condition]:
    """The conditions with known values put in; those that then hold by themselves are left out."""
    found: list[Condition] = []
    for condition in conditions:
        terms: dict[tuple[Unknown, ...], Fraction] = {}
        for coefficient, several in condition.terms:
            left = tuple(one for one in several if one not in known)
            for one in several:
                coefficient = coefficient * known.get(one, Fraction(1))
            terms[left] = terms.get(left, Fraction(0)) + coefficient
        kept = tuple((c, several) for several, c in terms.items() if c)
        short = Condition(kept, condition.relation)
        if (unknowns(short) or not _holds(short)) and short not in found:
            found.append(short)
    return found


def _holds(condition: Condition) -> bool:
    total = sum((c for c, _ in condition.terms), Fraction(0))
    return {"=": total == 0, ">=": total >= 0, ">": total > 0}[condition.relation]


def bounds(conditions: Sequence[Condition]) -> dict[Unknown, Range]:
    """The ranges that follow from conditions linear in one unknown, and through those linear in
    two: outer bounds, where other conditions tie the same unknowns."""
    found: dict[Unknown, Range] = {}
    for condition in conditions:
        line = _linear(condition)
        if line is not None and len(line[0]) == 1:
            _narrow(found, *line, condition.relation)
    for _ in conditions:
        before = len(found)
        for condition in conditions:
            line = _linear(condition)
            if line is not None and len(line[0]) == 2 and condition.relation == "=":
                _through(found, *line)
        if len(found) == before:
            break
    return found


def _linear(condition: Condition) -> tuple[dict[Unknown, Fraction], Fraction] | None:
    """The slopes and the constant of a linear condition; None for another."""
    slopes: dict[Unknown, Fraction] = {}
    constant = Fraction(0)
    for coefficient, several in condition.terms:
        if len(several) > 1:
            return None
        if several:
            slopes[several[0]] = slopes.get(several[0], Fraction(0)) + coefficient
        else:
            constant += coefficient
    return {one: slope for one, slope in slopes.items() if slope}, constant


def _narrow(
    found: dict[Unknown, Range],
    slopes: dict[Unknown, Fraction],
    constant: Fraction,
    relation: str,
) -> None:
    ((one, slope),) = slopes.items()
    value, strict = -constant / slope, relation == ">"
    low, high, open_low, open_high, _ = found.get(one, WHOLE)
    if relation == "=":
        low = high = value
        open_low = open_high = False
    elif slope > 0 and value >= low:
        low, open_low = value, strict or (open_low and value == low)
    elif slope < 0 and value <= high:
        high, open_high = value, strict or (open_high and value == high)
    found[one] = Range(low, high, open_low, open_high)


def _through(
    found: dict[Unknown, Range], slopes: dict[Unknown, Fraction], constant: Fraction
) -> None:
    """The range of one unknown through that of the other, where a line ties the two."""
    for one, other in (tuple(slopes), tuple(slopes)[::-1]):
        if one in found or other not in found:
            continue
        own = found[other]
        ends = [
            (-(constant + slopes[other] * end) / slopes[one], is_open)
            for end, is_open in ((own.low, own.open_low), (own.high, own.open_high))
        ]
        (low, open_low), (high, open_high) = sorted(ends, key=lambda end: end[0])
        if low < 0:
            low, open_low = Fraction(0), False
        if high > 1:
            high, open_high = Fraction(1), False
        found[one] = Range(low, high, open_low, open_high)
