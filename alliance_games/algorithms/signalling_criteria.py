"""What each refinement says of one unsent message: who may be believed to send it.

Intuitive criterion and D1: Cho and Kreps 1987, sections III and IV. Divinity: Banks and Sobel 1987,
section 3. Iterated D2 is what Cho and Kreps call universal divinity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain, combinations

from alliance_games.algorithms.signalling_replies import (
    Deviation,
    Face,
    Tick,
    best,
    certain,
    deters,
    faces,
    mixture,
    patterns,
)
from alliance_games.model.profiles import Mixed


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a refinement makes of an unsent message.

    ``excluded`` are the types that may not be believed to send it; ``beliefs`` are the corners of
    the beliefs that are allowed; ``replies`` the responses that are best against some of them.
    ``passes`` says whether the outcome stands; ``gaining`` are the types that would gain by the
    message whatever allowed reply it meets. ``because[type]`` is the type on whose account one is
    excluded, where there is one such, and ``most[type]`` the most an excluded type could gain (it
    is negative), where that is why. ``supported`` says whether some allowed belief and reply deter
    every type at once.
    """

    message: int
    passes: bool
    supported: bool
    excluded: tuple[int, ...]
    beliefs: tuple[Mixed, ...]
    replies: tuple[int, ...]
    gaining: tuple[int, ...]
    because: dict[int, int] = field(default_factory=dict)
    most: dict[int, Fraction] = field(default_factory=dict)


def intuitive(deviation: Deviation, tick: Tick) -> Ruling:
    """Excluded is who would lose by the message whatever best reply it met; the outcome fails if
    some other type gains by it whatever best reply to the others it meets."""
    everyone = certain(deviation.types, len(deviation.gains))
    any_reply = best(faces(deviation, everyone, tick))
    hopes = {one: max(deviation.gains[one][r] for r in any_reply) for one in deviation.types}
    most = {one: hope for one, hope in hopes.items() if hope < 0}
    ruling = _ruling(deviation, tuple(most), tick, by_one_type=True)
    return replace(ruling, most=most)


def d1(deviation: Deviation, tick: Tick) -> Ruling:
    """Excluded is a type where another gains at every best reply at which it would not lose."""
    everyone = certain(deviation.types, len(deviation.gains))
    found = faces(deviation, everyone, tick)
    because = {}
    for one in deviation.types:
        for other in deviation.types:
            if other != one and _keener(deviation, found, other, one, tick):
                because[one] = other
                break
    return _ruling(deviation, tuple(because), tick, because=because)


def _keener(deviation: Deviation, found: Sequence[Face], keen: int, other: int, tick: Tick) -> bool:
    """Whether ``keen`` gains at every reply at which ``other`` does not lose, and at some reply."""
    gains = any(deviation.gains[keen][r] > 0 for r in best(found))
    return gains and not any(
        mixture(deviation, face, tick, at_least=[other], at_most=[keen]) for face in found
    )


def iterated_d2(deviation: Deviation, tick: Tick) -> Ruling:
    """Excluded is, round by round, a type where at every best reply at which it would not lose
    some other type gains. A round that would exclude all types excludes none."""
    left = list(deviation.types)
    while True:
        found = faces(deviation, certain(left, len(deviation.gains)), tick)
        if not any(deviation.gains[one][r] > 0 for one in left for r in best(found)):
            break
        stay = [
            one
            for one in left
            if any(
                mixture(
                    deviation,
                    face,
                    tick,
                    at_least=[one],
                    at_most=[other for other in left if other != one],
                )
                for face in found
            )
        ]
        if not stay or stay == left:
            break
        left = stay
    return _ruling(deviation, tuple(one for one in deviation.types if one not in left), tick)


def divine(deviation: Deviation, tick: Tick) -> Ruling:
    """The beliefs that come of types who send the message where they gain and not where they lose,
    whatever reply they all expect; then again with the replies to these beliefs alone."""
    beliefs = certain(deviation.types, len(deviation.gains))
    while True:
        found = faces(deviation, beliefs, tick)
        next_ones = {
            belief
            for face in found
            for gain, even in patterns(deviation, face, tick)
            for belief in _ascribed(deviation.prior, gain, even)
        }
        shorter = _extreme(sorted(next_ones, reverse=True), tick)
        if not shorter or shorter == beliefs:
            break
        beliefs = shorter
    excluded = tuple(one for one in deviation.types if not any(b[one] for b in beliefs))
    return _judge(deviation, excluded, beliefs, found, tick)


def _ascribed(prior: Mixed, gain: Sequence[int], even: Sequence[int]) -> list[Mixed]:
    """The corners of the beliefs where ``gain`` send the message, and ``even`` do or do not.

    Those who may send it do so with any probability of their own; where nobody gains, the belief is
    any one on those who may.
    """
    if not gain:
        return certain(even, len(prior))
    subsets = chain.from_iterable(combinations(even, size) for size in range(len(even) + 1))
    found = []
    for senders in ({*gain, *some} for some in subsets):
        total = sum(prior[one] for one in senders)
        found.append(
            tuple(p / total if one in senders else Fraction(0) for one, p in enumerate(prior))
        )
    return found


def _extreme(points: Sequence[Mixed], tick: Tick) -> list[Mixed]:
    """Those of the points that are no mixture of the others."""
    from alliance_games.exact.programs import Program, maximize

    kept = list(points)
    for point in points:
        others = [other for other in kept if other != point]
        rows = [([other[k] for other in others], point[k]) for k in range(len(point))]
        if others and maximize(Program([0] * len(others), (), rows), tick).status == "optimal":
            kept = others
    return kept


def _ruling(
    deviation: Deviation,
    excluded: tuple[int, ...],
    tick: Tick,
    *,
    by_one_type: bool = False,
    because: dict[int, int] | None = None,
) -> Ruling:
    """The ruling that excludes these types: all beliefs on the others are allowed."""
    left = [one for one in deviation.types if one not in excluded]
    if not left:  # nobody could gain: whatever is believed, the message deters
        left = list(deviation.types)
    beliefs = certain(left, len(deviation.gains))
    found = faces(deviation, beliefs, tick)
    return _judge(deviation, excluded, beliefs, found, tick, by_one_type, because or {})


def _judge(
    deviation: Deviation,
    excluded: tuple[int, ...],
    beliefs: Sequence[Mixed],
    found: Sequence[Face],
    tick: Tick,
    by_one_type: bool = False,
    because: dict[int, int] | None = None,
) -> Ruling:
    replies = best(found)
    gaining = tuple(
        one
        for one in deviation.types
        if one not in excluded and min(deviation.gains[one][r] for r in replies) > 0
    )
    supported = deters(deviation, found, tick)
    return Ruling(
        deviation.message,
        not gaining if by_one_type else supported,
        supported,
        excluded,
        tuple(beliefs),
        tuple(replies),
        gaining,
        because or {},
    )
