"""Rulings on one unsent message with two responses, against a search on a line.

With two responses a mixed reply is one number, the probability x of the first, and every question
is about intervals: it is settled at the points where some type is indifferent and between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from alliance_games.algorithms import signalling_criteria as criteria
from alliance_games.algorithms.signalling_replies import Deviation, best, certain, faces

ZERO, ONE = Fraction(0), Fraction(1)


def no_limit() -> None:
    """No limit."""


def deviation(random: Random, types: int, responses: int = 2) -> Deviation:
    """Small numbers, so that ties occur; somebody loses at some response, as in equilibrium."""
    gains = [[Fraction(random.randint(-3, 3)) for _ in range(responses)] for _ in range(types)]
    replies = [[Fraction(random.randint(-2, 2)) for _ in range(responses)] for _ in range(types)]
    weights = [random.randint(1, 4) for _ in range(types)]
    prior = tuple(Fraction(w, sum(weights)) for w in weights)
    return Deviation(0, tuple(map(tuple, gains)), tuple(map(tuple, replies)), prior)


def gain(one: Deviation, type_: int, x: Fraction) -> Fraction:
    return x * one.gains[type_][0] + (1 - x) * one.gains[type_][1]


def points(one: Deviation, beliefs: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    """Mixed best replies to the hull of ``beliefs``: 0, 1 and every telling point between, each
    where it is a best reply."""
    edges = [
        sum((p * (row[0] - row[1]) for p, row in zip(b, one.replies, strict=True)), ZERO)
        for b in beliefs
    ]
    first, second = max(edges) >= 0, min(edges) <= 0
    found = [ONE] * first + [ZERO] * second
    if not (first and second):
        return found
    crossings = {
        Fraction(row[1], row[1] - row[0])
        for row in one.gains
        if row[0] != row[1] and 0 < Fraction(row[1], row[1] - row[0]) < 1
    }
    ends = sorted({ZERO, ONE, *crossings})
    return sorted({*ends, *((a + b) / 2 for a, b in pairwise(ends))})


def sure(types: Sequence[int], size: int) -> list[tuple[Fraction, ...]]:
    return [tuple(Fraction(k == t) for k in range(size)) for t in types]


@pytest.mark.parametrize("types", [2, 3, 4])
def test_rulings_agree_with_the_search_on_a_line(types: int) -> None:
    random = Random(types)
    told: set[tuple[bool, ...]] = set()
    for _ in range(150):
        one = deviation(random, types)
        everyone = points(one, sure(range(types), types))
        excluded = [t for t in range(types) if all(gain(one, t, x) < 0 for x in everyone)]
        left = [t for t in range(types) if t not in excluded] or list(range(types))
        after = points(one, sure(left, types))
        fails = any(t not in excluded and all(gain(one, t, x) > 0 for x in after) for t in left)
        intuitive = criteria.intuitive(one, no_limit)
        assert (list(intuitive.excluded), intuitive.passes) == (excluded, not fails)
        assert intuitive.supported == deterred(one, after)

        pruned = [
            t for t in range(types) if any(implied(one, t, k, everyone) for k in range(types))
        ]
        kept = [t for t in range(types) if t not in pruned]
        if kept:  # all may go only where someone gains at every best reply: no equilibrium
            d1 = criteria.d1(one, no_limit)
            assert list(d1.excluded) == pruned
            assert d1.passes == deterred(one, points(one, sure(kept, types)))
            told.add((intuitive.passes, d1.passes, bool(pruned), bool(excluded)))
        d2 = criteria.iterated_d2(one, no_limit)
        assert list(d2.excluded) == [t for t in range(types) if t not in after_d2(one, types)]
    assert len(told) >= 6


def implied(one: Deviation, type_: int, keen: int, everyone: Sequence[Fraction]) -> bool:
    """Whether ``keen`` gains wherever the type does not lose, and somewhere."""
    return (
        keen != type_
        and any(gain(one, keen, x) > 0 for x in everyone)
        and all(gain(one, keen, x) > 0 for x in everyone if gain(one, type_, x) >= 0)
    )


def deterred(one: Deviation, at: Sequence[Fraction]) -> bool:
    return any(all(gain(one, t, x) <= 0 for t in one.types) for x in at)


def after_d2(one: Deviation, types: int) -> list[int]:
    left = list(range(types))
    while True:
        at = points(one, sure(left, types))
        stay = [
            t
            for t in left
            if any(
                gain(one, t, x) >= 0 and all(gain(one, o, x) <= 0 for o in left if o != t)
                for x in at
            )
        ]
        nobody = not any(gain(one, t, x) > 0 for t in left for x in at)
        if nobody or not stay or stay == left:
            return left
        left = stay


def test_divine_beliefs_of_two_types_agree_with_the_search_on_a_line() -> None:
    """With two types a belief is a number too, and the set that divinity allows has two ends."""
    random, shapes = Random(5), set()
    for _ in range(300):
        one = deviation(random, 2)
        low, high = ZERO, ONE  # the least and the most that may be believed of the first type
        while True:
            told: list[Fraction] = []
            for x in points(one, [(low, 1 - low), (high, 1 - high)]):
                up = [gain(one, t, x) > 0 for t in (0, 1)]
                even = [gain(one, t, x) == 0 for t in (0, 1)]
                if not any(up) and not any(even):
                    continue
                first = {ONE} if up[0] else {ZERO, ONE} if even[0] else {ZERO}
                second = {ONE} if up[1] else {ZERO, ONE} if even[1] else {ZERO}
                for a in first:
                    for b in second:
                        if a or b:
                            p, q = a * one.prior[0], b * one.prior[1]
                            told.append(p / (p + q))
            if not told or (min(told), max(told)) == (low, high):
                break
            low, high = min(told), max(told)
        ruling = criteria.divine(one, no_limit)
        beliefs = [belief[0] for belief in ruling.beliefs]
        assert (min(beliefs), max(beliefs)) == (low, high)
        assert ruling.passes == deterred(one, points(one, [(low, 1 - low), (high, 1 - high)]))
        shapes.add((low == 0, high == 1, low == high, ruling.passes))
    assert len(shapes) >= 6


def test_best_replies_to_beliefs_agree_with_a_grid() -> None:
    """Three types, three responses: what is best at a point of a grid is in a face, and a pure
    response in no face is best nowhere on it."""
    random = Random(3)
    grid = [
        (Fraction(a, 12), Fraction(b, 12), Fraction(12 - a - b, 12))
        for a in range(13)
        for b in range(13 - a)
    ]
    for _ in range(60):
        one = deviation(random, 3, 3)
        found = faces(one, certain(range(3), 3), no_limit)
        seen = set()
        for belief in grid:
            worth = [
                sum(p * row[r] for p, row in zip(belief, one.replies, strict=True))
                for r in range(3)
            ]
            top = tuple(r for r in range(3) if worth[r] == max(worth))
            assert any(set(top) <= set(face) for face in found), (belief, top, found)
            seen.update(top)
        assert seen <= set(best(found))
