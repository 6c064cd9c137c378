"""Excesses made small, the largest first: one linear program after the other.

The excess of a coalition is what it is worth beyond what its members get. A stage makes the largest
excess least among the coalitions whose members' total is not settled yet; those whose dual number
is positive have that excess in every optimal division, and are settled by it (Maschler, Peleg and
Shapley 1979, Geometric properties of the kernel, nucleolus, and related solution concepts). Of the
many coalitions only those enter a program that some division so far has left with too large an
excess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import nlargest
from math import lcm

from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.model.coalitional import CoalitionalGame, sums

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """The least largest excess of the unsettled coalitions, a division that attains it, and the
    coalitions that have it in all such divisions, each with its dual number (they sum to one).

    ``floors`` are the players held at what they get alone in all such divisions.
    """

    excess: Fraction
    division: tuple[Fraction, ...]
    tight: Mapping[int, Fraction]
    floors: tuple[int, ...]


class Span:
    """The span of some coalitions, by a reduced basis."""

    def __init__(self, players: int) -> None:
        self.players = players
        self._rows: dict[int, list[Fraction]] = {}

    @property
    def rank(self) -> int:
        """How many of the coalitions are independent."""
        return len(self._rows)

    def add(self, coalition: int) -> bool:
        """Take a coalition in; False where it lies in the span already."""
        row = [Fraction(coalition >> player & 1) for player in range(self.players)]
        for lead, other in self._rows.items():
            if factor := row[lead]:
                row = [a - factor * b for a, b in zip(row, other, strict=True)]
        if not any(row):
            return False
        lead = next(place for place, entry in enumerate(row) if entry)
        row = [entry / row[lead] for entry in row]
        for place, other in self._rows.items():
            if factor := other[lead]:
                self._rows[place] = [a - factor * b for a, b in zip(other, row, strict=True)]
        self._rows[lead] = row
        return True

    def orthogonal(self) -> list[list[Fraction]]:
        """A basis of the vectors orthogonal to the span."""
        found = []
        for place in range(self.players):
            if place not in self._rows:
                vector = [Fraction(int(place == other)) for other in range(self.players)]
                for lead, row in self._rows.items():
                    vector[lead] = -row[place]
                found.append(vector)
        return found


class Excesses:
    """The stages of one game. ``rational``: nobody gets less than she is worth alone.

    Worths and shares are in units of one over the game's denominator.
    """

    def __init__(self, game: CoalitionalGame, tick: Tick, rational: bool = False) -> None:
        self.worths, self.players = game.numerators, len(game.players)
        self.everybody, self.tick, self.rational = game.everybody, tick, rational
        self.settled: list[tuple[int, Fraction]] = []
        self._span = Span(self.players)
        self._rows: list[int] = []
        self.settle(self.everybody, Fraction(self.worths[self.everybody]))

    @property
    def rank(self) -> int:
        """How many independent totals are settled; all shares, when they are as many as players."""
        return len(self.settled)

    def settle(self, coalition: int, total: Fraction) -> bool:
        """Note what the members get together; False where earlier totals say it already."""
        if not self._span.add(coalition):
            return False
        self.settled.append((coalition, total))
        return True

    def settle_tight(self, stage: Stage) -> None:
        """Settle what is the same in every division that is optimal in the stage."""
        for coalition in stage.tight:
            self.settle(coalition, self.worths[coalition] - stage.excess)
        for player in stage.floors:
            self.settle(1 << player, Fraction(self.worths[1 << player]))

    def next(self) -> Stage:
        """The next stage; there must be a total that is not settled (``rank`` below players)."""
        unsettled = self._unsettled()
        # A coalition and the rest: what one of them gains the other loses, which bounds the excess.
        first = next(one for one in range(1, self.everybody) if unsettled[one])
        pair = (first, self.everybody ^ first)
        self._rows = [*pair, *(row for row in self._rows if unsettled[row] and row not in pair)]
        while True:
            self.tick()
            stage = self._stage()
            missed = self._missed(stage, unsettled)
            if not missed:
                return stage
            self._rows += missed

    def _unsettled(self) -> list[int]:
        """For every coalition a number that is zero if its total follows from those settled.

        It is so for the coalitions orthogonal to all that is orthogonal to those settled; a basis
        of it becomes one weight per player, one vector to a digit of a large base.
        """
        base = 0
        weights = [0] * self.players
        for vector in self._span.orthogonal():
            scale = lcm(*(entry.denominator for entry in vector))
            whole = [int(entry * scale) for entry in vector]
            base = base or 1
            weights = [w + base * entry for w, entry in zip(weights, whole, strict=True)]
            base *= 2 * sum(map(abs, whole)) + 1
        return sums(weights)

    def _stage(self) -> Stage:
        """The stage as the coalitions that have entered see it."""
        n = self.players
        at_most: list[Row] = [
            ([-(one >> player & 1) for player in range(n)] + [-1], -self.worths[one])
            for one in self._rows
        ]
        if self.rational:
            for player in range(n):
                row = [-int(player == other) for other in range(n)]
                at_most.append(([*row, 0], -self.worths[1 << player]))
        equal: list[Row] = [
            ([one >> player & 1 for player in range(n)] + [0], total) for one, total in self.settled
        ]
        program = Program([0] * n + [-1], at_most, equal, frozenset(range(n + 1)))
        outcome = maximize(program, self.tick)
        assert outcome.value is not None
        tight = {one: dual for one, dual in zip(self._rows, outcome.dual, strict=False) if dual > 0}
        floors: tuple[int, ...] = ()
        if self.rational:
            duals = outcome.dual[len(self._rows) : len(self._rows) + n]
            floors = tuple(player for player, dual in enumerate(duals) if dual > 0)
        return Stage(-outcome.value, outcome.primal[:-1], tight, floors)

    def _missed(self, stage: Stage, unsettled: Sequence[int]) -> list[int]:
        """Unsettled coalitions with a larger excess, the largest first; one or two per player."""
        scale = lcm(stage.excess.denominator, *(share.denominator for share in stage.division))
        shares = [int(share * scale) for share in stage.division]
        most = int(stage.excess * scale)
        beyond = [
            (excess, -coalition)
            for coalition, (worth, total, free) in enumerate(
                zip(self.worths, sums(shares), unsettled, strict=True)
            )
            if free and (excess := worth * scale - total) > most
        ]
        return [-coalition for _, coalition in nlargest(self.players, beyond)]


def spread(game: CoalitionalGame, division: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """A division in units of the worths, as it is."""
    return tuple(share / game.denominator for share in division)
