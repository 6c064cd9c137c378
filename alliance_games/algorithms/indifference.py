"""The indifference equations of one profile of supports, solved with proof or handed on.

Every player who mixes is indifferent between the strategies of her support: equations that are
multilinear in the mixtures of the other players who mix. Pure profiles are compared, two who mix
give linear equations, three with two strategies each a quadratic one; the others go to
``multilinear_roots``. Where the equations are degenerate nothing is concluded here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd
from typing import Any

import numpy as np
from flint import fmpq_mat

from alliance_games.algorithms.multilinear_exact import Enclosed, Multilinear, pairs, told_root
from alliance_games.algorithms.multilinear_roots import Roots, number_of_roots, roots
from alliance_games.exact.algebraic import Exact
from alliance_games.exact.tableau import Tick
from alliance_games.model.normal import NormalGame

Supports = tuple[tuple[int, ...], ...]
"""The strategies each player uses."""

Mixtures = tuple[tuple[Exact, ...], ...]
"""One probability per strategy of each player's support."""

BATCH = 400
"""Paths that are followed together."""


class Degenerate(Exception):
    """The equations of a profile of supports do not have finitely many simple solutions."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A solution of the indifference equations of supports, positive as far as floats tell.

    ``within`` is None where the mixtures are exact, else they are rationals so near the solution.
    """

    supports: Supports
    mixtures: Mixtures
    within: Fraction | None = None


class Indifference:
    """Solves supports of one game, most of them at once and in floats whose errors are bounded."""

    def __init__(self, game: NormalGame, tick: Tick) -> None:
        self.game, self.tick = game, tick
        self.tables = [_centred(game, player) for player in range(len(game.players))]

    def solve(self, profiles: Iterable[Supports]) -> Iterator[Candidate | Supports]:
        """Candidates, and the profiles of supports at which the equations are degenerate."""
        waiting: dict[tuple[int, ...], list[Supports]] = defaultdict(list)
        for supports in profiles:
            self.tick()
            sizes = tuple(len(own) for own in supports if len(own) > 1)
            if len(sizes) > 2 and sizes != (2, 2, 2):
                waiting[sizes].append(supports)
                continue
            try:
                yield from self._directly(supports, sizes)
            except Degenerate:
                yield supports
        for sizes, several in waiting.items():
            paths = max(number_of_roots(_square(sizes)), 1)
            width = max(BATCH // paths, 1)
            for first in range(0, len(several), width):
                yield from self._together(sizes, several[first : first + width])

    # By hand

    def _directly(self, supports: Supports, sizes: tuple[int, ...]) -> Iterator[Candidate]:
        if not sizes:
            yield Candidate(supports, tuple((Fraction(1),) for _ in supports))
        elif len(sizes) == 1:
            mixer = next(player for player, own in enumerate(supports) if len(own) > 1)
            if not self._equations(supports, mixer).any():
                raise Degenerate
        elif len(sizes) == 2:
            yield from self._linear(supports)
        else:
            system = self._system(supports)
            found = pairs(system)
            if found is None:
                raise Degenerate
            for point in found:
                if all(p > 0 for p in point):
                    yield self._candidate(supports, point)

    def _linear(self, supports: Supports) -> Iterator[Candidate]:
        first, second = (player for player, own in enumerate(supports) if len(own) > 1)
        answers = []
        for player, other in ((second, first), (first, second)):
            rows = self._equations(supports, player).reshape(len(supports[player]) - 1, -1)
            answers.append(_solved(rows.tolist(), len(supports[other])))
        if any(answer == () for answer in answers):
            return
        if None in answers:
            raise Degenerate
        point = tuple(entry for answer in answers for entry in answer or ())
        if all(p > 0 for p in point):
            yield self._candidate(supports, point)

    def _candidate(
        self, supports: Supports, point: Sequence[Exact], within: Fraction | None = None
    ) -> Candidate:
        """One mixture per player from the entries of those who mix."""
        entries = iter(point)
        return Candidate(
            supports,
            tuple(
                (Fraction(1),) if len(own) == 1 else tuple(next(entries) for _ in own)
                for own in supports
            ),
            within,
        )

    def _equations(self, supports: Supports, player: int) -> Any:
        """What each strategy of a support gets over its first one, as integers.

        The axes are the strategies but the first, and the strategies of the others who mix.
        """
        table = self.tables[player][np.ix_(*supports)]
        table = np.moveaxis(table, player, 0)
        gains = table[1:] - table[:1]
        others = [len(own) for other, own in enumerate(supports) if other != player]
        return gains.reshape(len(gains), *(size for size in others if size > 1))

    def _system(self, supports: Supports) -> Multilinear:
        mixers = [player for player, own in enumerate(supports) if len(own) > 1]
        equations = []
        for player in mixers:
            gains = self._equations(supports, player)
            keys = list(product(*map(range, gains.shape[1:])))
            equations.append(tuple({key: int(row[key]) for key in keys} for row in gains))
        return Multilinear(tuple(len(supports[player]) for player in mixers), tuple(equations))

    # In floats

    def _together(
        self, sizes: tuple[int, ...], several: Sequence[Supports]
    ) -> Iterator[Candidate | Supports]:
        square = _square(sizes)
        mixers = [[p for p, own in enumerate(s) if len(own) > 1] for s in several]
        tensors = []
        for block in range(len(sizes)):
            own = [self._equations(s, m[block]) for s, m in zip(several, mixers, strict=True)]
            tensors.append(np.array([each.astype(float) for each in own]))
        cut = []
        for block, tensor in enumerate(tensors):
            others = [o for o in range(len(sizes)) if o != block]
            cut.append(
                tensor[(slice(None), slice(square[block] - 1), *(slice(square[o]) for o in others))]
            )
        for place, found in enumerate(roots(square, cut, self.tick)):
            self.tick()
            if found is None:
                yield several[place]
            elif square != sizes:
                if not self._excluded(sizes, square, [t[place] for t in tensors], found):
                    yield several[place]
            else:
                yield from self._positive(several[place], found)

    def _excluded(
        self, sizes: Sequence[int], square: Sequence[int], tensors: Sequence[Any], found: Roots
    ) -> bool:
        """Whether the equations that were left out hold at no root of the others."""
        block = next(b for b in range(len(sizes)) if sizes[b] != square[b])
        edges = np.cumsum([0, *square])
        rest = tensors[block][square[block] - 1 :]
        weight = np.abs(rest).reshape(len(rest), -1).sum(axis=1)
        for point, radius in zip(found.values, found.radius, strict=True):
            value = rest.astype(complex)
            for other in reversed(range(len(sizes))):
                if other != block:
                    value = value @ point[edges[other] : edges[other + 1]]
            margin = weight * (len(sizes) * 1.2 ** len(sizes) * radius + 1e-13)
            if not (np.abs(value) > margin).any():
                return False
        return True

    def _positive(self, supports: Supports, found: Roots) -> Iterator[Candidate]:
        """The real roots that are positive and leave no player a better strategy, or may be."""
        wanted = []
        for k, (point, radius, real) in enumerate(
            zip(found.values, found.radius, found.real, strict=True)
        ):
            positive = real and bool((point.real > -radius).all())
            if positive and not self._tempting(supports, point.real, radius):
                wanted.append(k)
        if not wanted:
            return
        system = self._system(supports)
        values = found.values.tolist()
        for k in wanted:
            told = told_root(system, values, k, self.tick)
            if isinstance(told, Enclosed):
                yield self._candidate(supports, told.near, told.within)
            elif all(p > 0 for p in told):
                yield self._candidate(supports, told)

    def _tempting(self, supports: Supports, point: Any, radius: float) -> bool:
        """Whether floats prove that some strategy outside the support is better."""
        vectors, start = [], 0
        for own in supports:
            if len(own) == 1:
                vectors.append(np.ones(1))
            else:
                part = point[start : start + len(own)]
                vectors.append(part / part.sum())
                start += len(own)
        for player, own in enumerate(supports):
            if len(own) == self.game.shape[player]:
                continue
            everything = [*supports]
            everything[player] = tuple(range(self.game.shape[player]))
            table = np.moveaxis(self.tables[player][np.ix_(*everything)], player, 0)
            gains = (table - table[own[0] : own[0] + 1]).astype(float)
            size = np.abs(gains).max()
            for other in reversed(range(len(supports))):
                if other != player:
                    gains = gains @ vectors[other]
            margin = size * (radius * 4 * sum(map(len, supports)) + 1e-12)
            if (gains > margin).any():
                return True
        return False


def _centred(game: NormalGame, player: int) -> Any:
    """A player's integer payoffs without what they have in common; Python integers if large."""
    flat = [int(x) for x in game.numerators[player]]
    least = min(flat)
    common = gcd(*(x - least for x in flat)) or 1
    flat = [(x - least) // common for x in flat]
    kind: Any = np.int64 if max(flat) < 2**52 else object
    return np.array(flat, dtype=kind).reshape(game.shape)


def _square(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """The sizes with as many equations as unknowns: who has too many strategies uses fewer."""
    for block, size in enumerate(sizes):
        others = sum(sizes) - size - (len(sizes) - 1)
        if size - 1 > others:
            return (*sizes[:block], others + 1, *sizes[block + 1 :])
    return sizes


def _solved(rows: Sequence[Sequence[int]], width: int) -> tuple[Fraction, ...] | None:
    """The distribution at which all rows vanish; () where there is none, None where many."""
    matrix = fmpq_mat([[*map(int, row), 0] for row in rows] + [[1] * (width + 1)])
    reduced, rank = matrix.rref()
    last = [reduced[rank - 1, k] for k in range(width)]
    if not any(last):
        return ()
    if rank < width:
        return None
    return tuple(Fraction(int(reduced[k, width].p), int(reduced[k, width].q)) for k in range(width))
