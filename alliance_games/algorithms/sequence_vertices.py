"""The corners of the regions in which a realization plan has one set of best replies.

Over the realization plans x of one player stands the polyhedron of pairs (x, q) with x >= 0,
E x = e and F'q >= B'x, where q bounds what the other player gets at each of her information sets
(von Stengel 1996). Its vertices are found by the double description method in exact integers
(Motzkin, Raiffa, Thompson and Thrall 1953; Fukuda and Prodon 1996): it begins with the pure plans
and her first actions, and cuts by each of her other actions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd, prod

from alliance_games.model.sequence_form import Plan, Sequences
from alliance_games.results.budget import LimitReached

Tick = Callable[[], None]
Gains = Mapping[int, Mapping[int, int]]
"""For each sequence of the other player, her payoffs by the first player's sequences."""

MOST_ENTRIES = 5_000_000
"""Numbers in all pure plans together that are held at most."""

MOST_PLANS = 100_000
"""Every pure plan is a vertex: with more of them than this no list of vertices is begun."""

PAIRS = 5_000
"""Pairs of rays from which arrays pay for loading numpy."""


@dataclass(frozen=True, slots=True)
class Corner:
    """A realization plan, the sequences it uses, and the other player's best replies to it.

    Both are bit sets; a reply is a sequence all of whose moves are best in turn.
    """

    plan: Plan
    used: int
    replies: int


def corners(own: Sequences, other: Sequences, gains: Gains, tick: Tick) -> list[Corner]:
    """The corners among ``own``'s realization plans of the regions of ``other``'s best replies.

    Raises LimitReached where there are too many pure plans.
    """
    cone = _Cone(own, other, gains)
    for k in range(len(other.sets) - 1, -1, -1):
        for sequence in other.own(k)[1:]:
            cone.cut(sequence, tick)
    found: dict[tuple[int, ...], tuple[int, int]] = {}
    for ray in cone.rays:
        if ray[0]:
            divisor = gcd(*ray[: len(own)])
            weights = tuple([x // divisor for x in ray[: len(own)]])
            if weights not in found:
                used = sum(1 << s for s, x in enumerate(weights) if x)
                found[weights] = used, best_replies(weights, other, gains)
    return [
        Corner(tuple([Fraction(x, weights[0]) for x in weights]), *labels)
        for weights, labels in found.items()
        if _is_extreme(labels, found.values(), tick)
    ]


def _is_extreme(labels: tuple[int, int], every: Iterable[tuple[int, int]], tick: Tick) -> bool:
    """Whether a corner, given by what it uses and the replies to it, is alone in its face.

    A corner may owe its place to replies at a set that no best reply reaches. Then it lies inside
    a face whose corners use no other sequences and have no fewer replies.
    """
    tick()
    used, replies = labels
    return sum(not (u & ~used) and not (replies & ~r) for u, r in every) == 1


def best_replies(weights: Sequence[int], other: Sequences, gains: Gains) -> int:
    """The sequences of ``other`` that a best reply to a plan can make, as a bit set.

    ``weights`` are the plan's probabilities up to a positive factor.
    """
    worth = [
        sum([weights[s] * value for s, value in gains[sequence].items()])
        if sequence in gains
        else 0
        for sequence in range(len(other))
    ]
    for k in range(len(other.sets) - 1, -1, -1):
        worth[other.before[k]] += max([worth[sequence] for sequence in other.own(k)])
    replies = 1
    for k in range(len(other.sets)):
        if replies >> other.before[k] & 1:
            best = max([worth[sequence] for sequence in other.own(k)])
            replies |= sum([1 << sequence for sequence in other.own(k) if worth[sequence] == best])
    return replies


def pure_plans(own: Sequences, most: int = MOST_PLANS) -> list[tuple[int, ...]]:
    """Every pure realization plan, as zeros and ones. Raises LimitReached beyond ``most``."""
    following: dict[int, list[int]] = {}
    for k, before in enumerate(own.before):
        following.setdefault(before, []).append(k)
    after: list[list[tuple[int, ...]]] = [[]] * len(own)
    for sequence in sorted(range(len(own)), key=lambda s: own.place[s], reverse=True):
        options = [
            [(s, *rest) for s in own.own(k) for rest in after[s]]
            for k in following.get(sequence, ())
        ]
        number = prod(map(len, options))
        if number > most or number * len(own) > MOST_ENTRIES:
            raise LimitReached(
                "a player has too many pure plans to list all equilibria, as each is a corner of "
                "her strategies; one equilibrium can be asked for (--one)"
            )
        for k in following.get(sequence, ()):
            for s in own.own(k):
                after[s] = []  # joined in what follows; long games would hold them all
        after[sequence] = [tuple(s for part in parts for s in part) for parts in product(*options)]
    plans = []
    for made in after[0]:
        plan = [0] * len(own)
        for sequence in (0, *made):
            plan[sequence] = 1
        plans.append(tuple(plan))
    return plans


class _Cone:
    """The cone over the polyhedron: extreme rays (x, q) as coprime integers, x of the empty
    sequence standing for the scale, and for each the constraints it is tight in, as bits.

    The bits are first the sequences of ``own`` (x = 0), then those of ``other`` (q is attained).
    """

    def __init__(self, own: Sequences, other: Sequences, gains: Gains) -> None:
        self.own, self.other, self.gains = own, other, gains
        self.after: dict[int, list[int]] = {}
        for k, before in enumerate(other.before):
            self.after.setdefault(before, []).append(k)
        self.shift = len(own)
        # One more than the plan's dimension, and one for each bound.
        self.dimension = len(own) - len(own.sets) + len(other.sets)
        self.rays: list[tuple[int, ...]] = []
        self.tight: list[int] = []
        firsts = sum(1 << (self.shift + other.first[k]) for k in range(len(other.sets)))
        every = (1 << len(own)) - 1
        for plan in pure_plans(own):
            zeros = every & ~sum(1 << s for s, x in enumerate(plan) if x)
            self._add(plan, [0] * len(other.sets), zeros | firsts)
        nothing = (0,) * len(own)
        for k in range(len(other.sets)):
            slack = [0] * len(other.sets)
            slack[k] = 1
            self._add(nothing, slack, every | firsts & ~(1 << (self.shift + other.first[k])))

    def _add(self, plan: tuple[int, ...], slack: list[int], tight: int) -> None:
        """A ray from its plan and how far each bound is above the first action's worth."""
        bounds = slack
        for k in range(len(bounds) - 1, -1, -1):
            bounds[k] += self._worth(self.other.first[k], plan, bounds)
        self.rays.append((*plan, *bounds))
        self.tight.append(tight)

    def _worth(self, sequence: int, plan: Sequence[int], bounds: Sequence[int]) -> int:
        now = sum(plan[s] * value for s, value in self.gains.get(sequence, {}).items())
        return now + sum(bounds[k] for k in self.after.get(sequence, ()))

    def cut(self, sequence: int, tick: Tick) -> None:
        """Keep of the cone what bounds the worth of one more sequence of the other player's."""
        at, bit = self.shift, 1 << (self.shift + sequence)
        k = self.other.place[sequence]
        heights = [ray[at + k] - self._worth(sequence, ray[:at], ray[at:]) for ray in self.rays]
        pairs = self._edges(
            [i for i, height in enumerate(heights) if height > 0],
            [i for i, height in enumerate(heights) if height < 0],
            tick,
        )
        rays, tight = [], []
        for ray, mask, height in zip(self.rays, self.tight, heights, strict=True):
            if height >= 0:
                rays.append(ray)
                tight.append(mask if height else mask | bit)
        for i, j in pairs:
            rays.append(_between(self.rays[i], heights[i], self.rays[j], heights[j]))
            tight.append(self.tight[i] & self.tight[j] | bit)
        self.rays, self.tight = rays, tight

    def _edges(
        self, above: Sequence[int], below: Sequence[int], tick: Tick
    ) -> list[tuple[int, int]]:
        """The pairs of extreme rays that share an edge: no third is tight wherever both are."""
        if len(above) * len(below) > PAIRS:
            from alliance_games.algorithms.shared_edges import shared_edges

            return shared_edges(self.tight, above, below, self.dimension - 2, tick)
        found, least, masks = [], self.dimension - 2, self.tight
        for i in above:
            tick()
            for j in below:
                common = masks[i] & masks[j]
                if common.bit_count() < least:
                    continue
                if sum(mask & common == common for mask in masks) == 2:
                    found.append((i, j))
        return found


def _between(p: Sequence[int], up: int, q: Sequence[int], down: int) -> tuple[int, ...]:
    point = [up * b - down * a for a, b in zip(p, q, strict=True)]
    divisor = gcd(*point)
    return tuple([x // divisor for x in point])
