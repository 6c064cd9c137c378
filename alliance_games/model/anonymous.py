"""Anonymous games: what a player gets depends on the others only through how many chose what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from math import comb

from alliance_games.model.integers import hash_of, pack

Counts = tuple[int, ...]
"""How many players chose each strategy, in the order the game lists its strategies."""


@lru_cache(maxsize=64)
def count_vectors(players: int, strategies: int) -> tuple[Counts, ...]:
    """All ways ``players`` can spread over ``strategies``, in descending lexicographic order."""
    if strategies == 1:
        return ((players,),)
    return tuple(
        (first, *rest)
        for first in range(players, -1, -1)
        for rest in count_vectors(players - first, strategies - 1)
    )


def number_of_count_vectors(players: int, strategies: int) -> int:
    """How many vectors ``count_vectors`` lists: C(players + strategies - 1, strategies - 1)."""
    return comb(players + strategies - 1, strategies - 1)


@lru_cache(maxsize=64)
def count_positions(players: int, strategies: int) -> dict[Counts, int]:
    """Where each vector of ``count_vectors`` stands in that list."""
    return {counts: index for index, counts in enumerate(count_vectors(players, strategies))}


@dataclass(frozen=True, eq=False)
class AnonymousGame:
    """A finite game of many players with the same strategies and payoffs by counts.

    ``roles``: for each player the number of her role; players of one role have the same payoffs.
    ``numerators[role][own]``: one integer per vector of the *others'* counts (``count_vectors`` of
    n - 1 players), the payoff of a player of that role who plays ``own``; it stands over
    ``denominators[role]``. The 2^1000 profiles of a thousand players are never expanded.
    Blonski 1999; Daskalakis and Papadimitriou 2007.
    """

    players: tuple[str, ...]
    strategies: tuple[str, ...]
    roles: tuple[int, ...]
    numerators: tuple[tuple[Sequence[int], ...], ...]
    denominators: tuple[int, ...]
    numeric: bool = field(default=False, kw_only=True)

    kind = "anonymous"
    ordinal = False

    def __post_init__(self) -> None:
        expected = number_of_count_vectors(len(self.players) - 1, len(self.strategies))
        if len(self.roles) != len(self.players) or set(self.roles) != set(
            range(len(self.numerators))
        ):
            raise ValueError("every player needs a role and every role a player")
        for role in self.numerators:
            if len(role) != len(self.strategies) or any(len(table) != expected for table in role):
                raise ValueError(f"every role needs {expected} payoffs for each strategy")
        if len(self.denominators) != len(self.numerators) or min(self.denominators) < 1:
            raise ValueError("every role needs one positive denominator")
        packed = tuple(tuple(pack(table) for table in role) for role in self.numerators)
        object.__setattr__(self, "numerators", packed)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AnonymousGame):
            return NotImplemented
        return (
            self.players == other.players
            and self.strategies == other.strategies
            and self.roles == other.roles
            and self.denominators == other.denominators
            and self.numeric == other.numeric
            and self.numerators == other.numerators
        )

    def __hash__(self) -> int:
        tables = tuple(hash_of(table) for role in self.numerators for table in role)
        return hash((self.players, self.strategies, self.roles, self.denominators, tables))

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """The players of each role."""
        groups: list[list[int]] = [[] for _ in self.numerators]
        for player, role in enumerate(self.roles):
            groups[role].append(player)
        return tuple(map(tuple, groups))

    def counts(self) -> Iterator[Counts]:
        """All vectors of counts of all the players."""
        return iter(count_vectors(len(self.players), len(self.strategies)))

    def payoff(self, role: int, own: int, others: Counts) -> Fraction:
        """What a player of ``role`` gets from ``own`` while the others' counts are ``others``."""
        position = count_positions(len(self.players) - 1, len(self.strategies))[others]
        return Fraction(self.numerators[role][own][position], self.denominators[role])
