"""What the receiver of an unsent message might answer: mixed best replies to sets of beliefs.

A set of beliefs is the convex hull of its corners. The mixed best replies to them are a union of
faces of the simplex of responses: a set of responses spans one if some belief makes them all best.
Each question is a linear program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.model.profiles import Mixed

Face = tuple[int, ...]
"""Responses that are all best replies to one belief."""

Tick = Callable[[], None]


class Deviation(NamedTuple):
    """An unsent message, seen from an equilibrium: what the senders gain, what the receiver gets.

    ``gains[type][response]`` is what the type would gain over its equilibrium payoff,
    ``replies[type][response]`` the receiver's payoff; ``prior[type]`` is positive.
    """

    message: int
    gains: tuple[Mixed, ...]
    replies: tuple[Mixed, ...]
    prior: Mixed

    @property
    def types(self) -> range:
        """The types, by index."""
        return range(len(self.gains))


def certain(types: Iterable[int], size: int) -> list[Mixed]:
    """The beliefs that are sure of one of ``types``: the corners of all beliefs on them."""
    return [tuple(Fraction(own == one) for own in range(size)) for one in types]


def faces(deviation: Deviation, beliefs: Sequence[Mixed], tick: Tick) -> list[Face]:
    """The largest sets of responses that some belief in the hull of ``beliefs`` makes all best."""
    responses = range(len(deviation.replies[0]))
    worth = [
        [
            sum(p * row[r] for p, row in zip(belief, deviation.replies, strict=True))
            for r in responses
        ]
        for belief in beliefs
    ]
    found: list[Face] = []
    level: list[Face] = [(r,) for r in responses if _all_best(worth, (r,), tick)]
    single = best(level)
    while level:
        known = set(level)
        longer = [
            (*face, last)
            for face in level
            for last in single
            if last > face[-1] and _parts_known((*face, last), known)
        ]
        longer = [face for face in longer if _all_best(worth, face, tick)]
        covered = {part for face in longer for part in combinations(face, len(face) - 1)}
        found += [face for face in level if face not in covered]
        level = longer
    return sorted(found)


def _parts_known(face: Face, known: set[Face]) -> bool:
    return all(part in known for part in combinations(face, len(face) - 1))


def _all_best(worth: Sequence[Sequence[Fraction | int]], face: Face, tick: Tick) -> bool:
    """Whether a mixture of the beliefs, whose worth by response is given, makes ``face`` best."""
    first = face[0]
    at_most: list[Row] = []
    equal: list[Row] = [([1] * len(worth), 1)]
    for response in range(len(worth[0])):
        row = [own[response] - own[first] for own in worth]
        if response in face:
            equal.append((row, 0))
        else:
            at_most.append((row, 0))
    return maximize(Program([0] * len(worth), at_most, equal), tick).status == "optimal"


def best(found: Iterable[Face]) -> list[int]:
    """The pure responses in some face."""
    return sorted({response for face in found for response in face})


def mixture(
    deviation: Deviation,
    face: Face,
    tick: Tick,
    *,
    at_least: Iterable[int] = (),
    at_most: Iterable[int] = (),
    more: Iterable[int] = (),
    less: Iterable[int] = (),
) -> bool:
    """Whether some mixture of the responses of ``face`` gives each type such a gain.

    Not less than zero to those in ``at_least``, not more to ``at_most``, more than zero to
    ``more`` and less to ``less``.
    """
    rows: list[Row] = []
    for types, sign, strict in (
        (at_least, -1, 0),
        (at_most, 1, 0),
        (more, -1, 1),
        (less, 1, 1),
    ):
        for one in types:
            rows.append(([*(sign * deviation.gains[one][r] for r in face), strict], 0))
    # The last variable is the smallest of the strict gains and losses; it is bounded by 1.
    rows.append(([0] * len(face) + [1], 1))
    program = Program([0] * len(face) + [1], rows, [([1] * len(face) + [0], 1)])
    outcome = maximize(program, tick)
    return outcome.status == "optimal" and bool(outcome.value)


def deters(deviation: Deviation, found: Iterable[Face], tick: Tick) -> bool:
    """Whether some mixed reply in the faces makes no type gain."""
    return any(mixture(deviation, face, tick, at_most=deviation.types) for face in found)


def patterns(
    deviation: Deviation, face: Face, tick: Tick
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Who gains, and who neither gains nor loses, at some mixture of ``face``: every case."""
    waiting: list[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]] = [((), (), ())]
    while waiting:
        gain, even, lose = waiting.pop()
        settled = len(gain) + len(even) + len(lose)
        if not mixture(deviation, face, tick, at_least=even, at_most=even, more=gain, less=lose):
            continue
        if settled == len(deviation.gains):
            yield gain, even
            continue
        waiting.append((gain, even, (*lose, settled)))
        waiting.append((gain, (*even, settled), lose))
        waiting.append(((*gain, settled), even, lose))
