"""Extreme points inside the open unit cube, over any ordered field.

Written for ``Concept.conditions``: a sign is asked only where it decides something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from alliance_games.algorithms.nash_conditions import determinant
from alliance_games.results.ordered import Signs


def corners(
    must: list[list[Fraction]], may: list[list[Fraction]], size: int, signs: Signs
) -> Iterator[list[Fraction]]:
    """The extreme points inside the unit cube's open sides at which ``must`` vanish and ``may``
    are at least zero. Each form is a list of coefficients and a constant."""
    if size == 1:
        yield from _on_a_line(must, may, signs)
        return
    kept = []
    for form in must:
        if all(isinstance(c, Fraction) and not c for c in form[:-1]):
            if not signs.is_zero(form[-1]):
                return
        else:
            kept.append(form)
    # Forms that must vanish may say the same; then fewer of them, and more others, settle a point.
    for forced in range(min(len(kept), size), -1, -1):
        regular = False
        for chosen in combinations(kept, forced):
            for others in combinations(range(len(may)), size - forced):
                rows = [*chosen, *(may[k] for k in others)]
                whole = determinant([row[:-1] for row in rows])
                if signs.is_zero(whole):
                    continue
                regular = True
                numbers = _solved(rows, whole, signs)
                if numbers is None or not all(
                    signs.is_zero(_at(form, numbers))
                    for form in kept
                    if not any(form is one for one in chosen)
                ):
                    continue
                if not any(
                    signs.is_negative(_at(form, numbers))
                    for k, form in enumerate(may)
                    if k not in others
                ):
                    yield numbers
        if regular or not kept:
            return


def _on_a_line(
    must: list[list[Fraction]], may: list[list[Fraction]], signs: Signs
) -> Iterator[list[Fraction]]:
    """The same for one unknown, where the values at both ends tell everything."""
    settled: Fraction | None = None
    for slope, constant in must:
        if settled is not None:
            if not signs.is_zero(slope * settled + constant):
                return
            continue
        low = signs.sign(constant)
        high = signs.sign(slope + constant)
        if not low and not high:
            continue
        if low * high >= 0:
            return
        settled = -constant / slope
    roots = []
    if settled is not None:
        roots = [(settled, -1)]
    else:
        for place, (slope, constant) in enumerate(may):
            if between(constant, slope + constant, signs):
                roots.append((-constant / slope, place))
    for root, own in roots:
        if not any(
            signs.is_negative(_at(form, [root])) for place, form in enumerate(may) if place != own
        ):
            yield [root]


def between(low: Fraction, high: Fraction, signs: Signs) -> bool:
    """Whether a linear function with these values at both ends vanishes strictly between them."""
    if signs.is_positive(low):
        return signs.is_negative(high)
    return signs.is_negative(low) and signs.is_positive(high)


def inside(
    rows: list[list[Fraction]], constants: list[Fraction], signs: Signs
) -> list[Fraction] | None:
    """The one solution of ``rows x + constants = 0``, where all its numbers lie strictly between
    0 and 1; None where there is none, or it is not alone."""
    if not rows:
        return []
    if len(rows) == 1:
        (slope,) = rows[0]
        if not between(constants[0], slope + constants[0], signs):
            return None
        return [-constants[0] / slope]
    whole = determinant(rows)
    if signs.is_zero(whole):
        return None
    return _solved([[*row, c] for row, c in zip(rows, constants, strict=True)], whole, signs)


def _solved(rows: list[list[Fraction]], whole: Fraction, signs: Signs) -> list[Fraction] | None:
    """The same by Cramer's rule; each row ends in its constant, and ``whole`` is the determinant
    of the rest, known not to vanish."""
    found = []
    for column in range(len(rows)):
        replaced = [[*row[:column], -row[-1], *row[column + 1 : -1]] for row in rows]
        number = determinant(replaced) / whole
        if not (signs.is_positive(number) and signs.is_positive(1 - number)):
            return None
        found.append(number)
    return found


def _at(form: Sequence[Fraction], numbers: Sequence[Fraction]) -> Fraction:
    return sum((c * x for c, x in zip(form, numbers, strict=False)), form[-1])


__all__ = ["corners", "inside"]
