"""Balanced collections of coalitions, by the programs that define them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

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


def is_balanced(coalitions: Collection[int], floors: Sequence[int], players: int) -> bool:
    """Whether no transfer among the players that takes from none of the coalitions, and from none
    of the players in ``floors``, gives to a coalition (Kohlberg 1971, property I).

    One program: how much can the coalitions be given together, up to one?
    """
    rows = [vector(coalition, players) for coalition in coalitions]
    given = [sum(column) for column in zip(*rows, strict=True)]
    at_most: list[Row] = [([-entry for entry in row], 0) for row in rows]
    at_most += [([-entry for entry in vector(1 << player, players)], 0) for player in floors]
    at_most.append((given, 1))
    program = Program(given, at_most, [([1] * players, 0)], frozenset(range(players)))
    return maximize(program).value == 0
