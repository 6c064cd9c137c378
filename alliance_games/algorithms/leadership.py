"""What a leader of two players can get by committing herself, by one linear program per reply.

Optimistic: the best point at which a reply is best, over all replies (Conitzer and Sandholm 2006).
Pessimistic: replies that are nowhere better than all others can be driven off by a small change of
the commitment, so that only those with a region of their own count (von Stengel and Zamir 2010,
theorem 2); what is approached there may not be attained, where a worse reply is as good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from alliance_games.exact.programs import Outcome, Program, Row, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.exact.vertices import vertices_of_distributions
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, pure

MOST_CORNERS = 200
"""Corners of a reply's region, at any stage of their enumeration, beyond which it is given up."""


class Led(NamedTuple):
    """A commitment, the follower's reply to it, and where the payoff is approached only."""

    commitment: Mixed
    reply: int
    towards: Mixed | None = None


class Leadership:
    """The game from the leader's side: rows are her strategies, columns the follower's."""

    def __init__(self, game: NormalGame, leader: int, tick: Tick) -> None:
        own, other = game.matrix(leader), game.matrix(1 - leader)
        if leader:
            own, other = [list(map(list, zip(*m, strict=True))) for m in (own, other)]
        self.own, self.other, self.tick = own, other, tick
        self.rows, self.replies = range(len(own)), range(len(own[0]))

    def pure(self, *, optimistic: bool) -> Iterator[Led]:
        """Every pure strategy that is best to commit to."""
        found = []
        for row in self.rows:
            most = max(self.other[row])
            best = [reply for reply in self.replies if self.other[row][reply] == most]
            pick = max if optimistic else min
            reply = pick(best, key=self.own[row].__getitem__)
            found.append((self.own[row][reply], row, reply))
        highest = max(value for value, _, _ in found)
        for value, row, reply in found:
            if value == highest:
                yield Led(pure(row, len(self.rows)), reply)

    def optimistic(self) -> Led:
        """A best commitment where ties are broken for the leader."""
        best: tuple[Fraction, Led] | None = None
        for reply in self.replies:
            objective = [self.own[row][reply] for row in self.rows]
            rows = [(self._ahead(other, reply), 0) for other in self.replies if other != reply]
            outcome = maximize(Program(objective, rows, [self._whole()]), self.tick)
            if outcome.value is not None and (best is None or outcome.value > best[0]):
                best = outcome.value, Led(outcome.primal, reply)
        assert best is not None, "some reply is best against any commitment"
        return best[1]

    def pessimistic(self) -> Led:
        """A best commitment where ties are broken against her, or one that she should be near."""
        regions = []
        for alike in self._alike():
            inner = self._region(alike)
            if inner is not None:
                outcome = self._guaranteed(alike)
                assert outcome.value is not None
                regions.append((outcome.value, alike, outcome.primal[:-1], inner))
        value = max(region[0] for region in regions)
        best = [region for region in regions if region[0] == value]
        for _, alike, _, _ in best:
            point = self._attaining(alike, value)
            if point is not None:
                return Led(point, self._worst(point, self._best(point)))
        _, alike, point, inner = best[0]
        return Led(point, self._worst(point, alike), inner)

    def is_only(self, value: Fraction, *, optimistic: bool) -> bool:
        """Whether one mixed commitment alone brings (or approaches) the value, which is the most
        that any does; False where there are too many corners to tell."""
        groups = [(reply,) for reply in self.replies] if optimistic else self._alike()
        points: set[Mixed] = set()
        for alike in groups:
            if not optimistic and self._region(alike) is None:
                continue
            # What leaves her the value is little, so that it is cut out first.
            halfspaces = [
                [value.denominator * self.own[row][reply] - value.numerator for row in self.rows]
                for reply in alike
            ]
            halfspaces += [
                [-gap for gap in self._ahead(other, alike[0])]
                for other in self.replies
                if other not in alike
            ]
            corners = vertices_of_distributions(len(self.rows), halfspaces, MOST_CORNERS)
            if corners is None:
                return False
            points.update(corners)
        return len(points) == 1

    def _whole(self, *more: int) -> Row:
        return [*(1 for _ in self.rows), *more], 1

    def _ahead(self, other: int, reply: int) -> list[int]:
        """By how much another reply is better for the follower, row by row."""
        return [self.other[row][other] - self.other[row][reply] for row in self.rows]

    def _alike(self) -> list[tuple[int, ...]]:
        """The replies in groups that are always as good as one another for the follower."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for reply in self.replies:
            groups.setdefault(tuple(self.other[row][reply] for row in self.rows), []).append(reply)
        return [tuple(group) for group in groups.values()]

    def _region(self, alike: Sequence[int]) -> Mixed | None:
        """A commitment to which these replies alone are best; None where there is none."""
        rows: list[Row] = [
            ([*self._ahead(other, alike[0]), 1], 0) for other in self.replies if other not in alike
        ]
        rows.append(([0] * len(self.rows) + [1], 1))
        free = frozenset([len(self.rows)])
        outcome = maximize(Program(rows[-1][0], rows, [self._whole(0)], free), self.tick)
        return outcome.primal[:-1] if outcome.value is not None and outcome.value > 0 else None

    def _guaranteed(self, alike: Sequence[int]) -> Outcome:
        """The most the worst of these replies can leave her where they are best."""
        width = len(self.rows)
        rows: list[Row] = [
            ([*self._ahead(other, alike[0]), 0], 0) for other in self.replies if other not in alike
        ]
        rows += [([*(-self.own[row][reply] for row in self.rows), 1], 0) for reply in alike]
        objective = [0] * width + [1]
        return maximize(Program(objective, rows, [self._whole(0)], frozenset([width])), self.tick)

    def _attaining(self, alike: Sequence[int], value: Fraction) -> Mixed | None:
        """A commitment that guarantees the value: every reply is either worse for the follower or
        leaves the leader as much. Both cases are tried for each reply that is found in the way."""
        waiting: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), tuple(alike))]
        while waiting:
            worse, harmless = waiting.pop()
            point = self._apart(alike[0], value, worse, harmless)
            if point is None:
                continue
            harmful = next(
                (
                    reply
                    for reply in self._best(point)
                    if reply not in harmless and self._worth(point, reply) < value
                ),
                None,
            )
            if harmful is None:
                return point
            waiting += [(worse, (*harmless, harmful)), ((*worse, harmful), harmless)]
        return None

    def _apart(
        self, best: int, value: Fraction, worse: Sequence[int], harmless: Sequence[int]
    ) -> Mixed | None:
        """A point at which ``best`` is a best reply, better than those of ``worse``, and those of
        ``harmless`` leave the leader the value."""
        rows: list[Row] = [
            ([*self._ahead(other, best), int(other in worse)], 0)
            for other in self.replies
            if other != best
        ]
        rows += [([*(-self.own[row][reply] for row in self.rows), 0], -value) for reply in harmless]
        rows.append(([0] * len(self.rows) + [1], 1))
        outcome = maximize(Program(rows[-1][0], rows, [self._whole(0)]), self.tick)
        if outcome.value is None or outcome.value <= 0:
            return None
        return outcome.primal[:-1]

    def _worth(self, point: Mixed, reply: int) -> Fraction:
        return sum((p * self.own[row][reply] for row, p in enumerate(point) if p), Fraction(0))

    def _best(self, point: Mixed) -> list[int]:
        worth = [
            sum((p * self.other[row][reply] for row, p in enumerate(point) if p), Fraction(0))
            for reply in self.replies
        ]
        return [reply for reply in self.replies if worth[reply] == max(worth)]

    def _worst(self, point: Mixed, among: Sequence[int]) -> int:
        return min(among, key=lambda reply: self._worth(point, reply))
