"""Balanced collections of coalitions, by the programs that define them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd

from alliance_games.exact.linear import rank
from alliance_games.exact.programs import Program, Row, maximize


def vector(coalition: int, players: int) -> list[int]:
    """One for members, zero for others."""
    return [coalition >> player & 1 for player in range(players)]


def weigh_alike(weights: Mapping[int, Fraction], players: int) -> Fraction | None:
    """What the coalitions of each player weigh together, where that is the same for all players
    and every weight is positive; else None."""
    if not weights or min(weights.values()) <= 0:
        return None
    each = {
        sum((w for coalition, w in weights.items() if coalition >> player & 1), Fraction(0))
        for player in range(players)
    }
    return each.pop() if len(each) == 1 else None


def rank_of(coalitions: Iterable[int], players: int) -> int:
    """How many of the coalitions are linearly independent."""
    return rank([vector(coalition, players) for coalition in coalitions])


class Settled:
    """Coalitions to which no transfer can give any more, and what depends on them."""

    def __init__(self, everybody: int, players: int) -> None:
        self.players = players
        self.basis: list[int] = []
        self._rows: list[tuple[int, list[int]]] = []
        self.take(everybody)

    def depends(self, coalition: int) -> bool:
        """Whether a transfer that gives nothing to the settled ones gives nothing to this one."""
        return not any(self._rest(coalition))

    def take(self, coalition: int) -> None:
        """Settle one coalition more."""
        rest = self._rest(coalition)
        if any(rest):
            lead = next(place for place, entry in enumerate(rest) if entry)
            self._rows.append((lead, rest))
            self.basis.append(coalition)

    def _rest(self, coalition: int) -> list[int]:
        """What is left of the coalition's vector, up to scale, without the settled ones."""
        left = vector(coalition, self.players)
        for lead, row in self._rows:
            if factor := left[lead]:
                left = [row[lead] * a - factor * b for a, b in zip(left, row, strict=True)]
                if (common := gcd(*left)) > 1:
                    left = [entry // common for entry in left]
        return left


def is_balanced(
    coalitions: Collection[int],
    floors: Sequence[int],
    players: int,
    settled: Sequence[int] = (),
) -> bool:
    """Whether no transfer among the players that takes from none of the coalitions, and from none
    of the players in ``floors``, gives to a coalition (Kohlberg 1971, property I). Of the
    coalitions in ``settled`` it is known: none of them gets or loses anything.

    One program: how much can the coalitions be given together, up to one?
    """
    rows = [vector(coalition, players) for coalition in coalitions]
    given = [sum(column) for column in zip(*rows, strict=True)]
    at_most: list[Row] = [([-entry for entry in row], 0) for row in rows]
    at_most += [([-entry for entry in vector(1 << player, players)], 0) for player in floors]
    at_most.append((given, 1))
    equal: list[Row] = [([1] * players, 0), *((vector(one, players), 0) for one in settled)]
    program = Program(given, at_most, equal, frozenset(range(players)))
    return maximize(program).value == 0
