"""Hedonic games: each player cares only about who is in her own coalition.

Coalitions are sets of players written as integers: bit ``i`` is set where player ``i`` is a member.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.exact.evaluate import Environment
from alliance_games.exact.expression import Expression
from alliance_games.model.environments import Faults, Values
from alliance_games.model.other_forms import Field, OtherBody, OtherForm

MOST_PLAYERS = 12
"""A hedonic game has at most so many players: each cares about 2^11 coalitions then."""

MOST_IN_FORMULAS = 5
"""So many players have few enough partitions (52) to ask about each."""


@dataclass(frozen=True, slots=True)
class HedonicGame(OtherForm):
    """A utility for each player and each coalition she may be in (Drèze and Greenberg 1980).

    ``values[i]`` are player ``i``'s by the set of her companions: the coalition with her own bit
    taken out and the higher ones moved down. ``ranked``: they are ranks of a list (higher is
    better), not amounts.
    """

    kind: ClassVar[str] = "hedonic"

    players: tuple[str, ...]
    values: tuple[tuple[Fraction, ...], ...]
    numeric: bool = False
    ranked: bool = False

    def utility(self, player: int, coalition: int) -> Fraction:
        """What a member gets in a coalition."""
        return self.values[player][companions(player, coalition)]

    def members(self, coalition: int) -> tuple[str, ...]:
        """The names of the members, in the order of the players."""
        return tuple(name for at, name in enumerate(self.players) if coalition >> at & 1)

    def coalition(self, names: Iterable[str]) -> int:
        """The coalition of the players of these names. Raises ValueError for one unknown."""
        return sum(1 << self.players.index(name) for name in set(names))

    def facts(self) -> Mapping[str, object]:
        """Whether utilities are ranks alone."""
        return {"utilities": "ranks" if self.ranked else "numbers"}

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Each player's utility of each coalition."""
        for coalition in range(1, 1 << len(self.players)):
            names = ", ".join(self.members(coalition))
            for at, player in enumerate(self.players):
                if coalition >> at & 1:
                    yield names, player, str(self.utility(at, coalition))


def companions(player: int, coalition: int) -> int:
    """A coalition without the bit of a member, the bits above it moved down."""
    low = coalition & ((1 << player) - 1)
    return low | (coalition >> (player + 1)) << player


def with_companions(player: int, others: int) -> int:
    """The coalition of a player with these companions: the inverse of ``companions``."""
    low = others & ((1 << player) - 1)
    return low | 1 << player | (others >> player) << (player + 1)


Ranking = tuple[tuple[int, ...], ...]
"""Coalitions, best first; those of one place are equally good."""


@dataclass(frozen=True, slots=True)
class HedonicBody(OtherBody):
    """A formula for each player, or each player's ranking of coalitions.

    In a ranking every coalition left out is worse than all those named (and than being alone,
    which a ranking always holds).
    """

    kind: ClassVar[str] = "hedonic"

    players: tuple[str, ...]
    formulas: tuple[Expression, ...] = ()
    rankings: tuple[Ranking, ...] = ()

    def expressions(self) -> tuple[Expression, ...]:
        """The formulas, one a player; none where coalitions are ranked."""
        return self.formulas

    def over_field(self, field: Field) -> HedonicGame:
        """The game in numbers of the field."""
        if self.size > MOST_IN_FORMULAS:
            why = f"it has more than {MOST_IN_FORMULAS} players, who can form coalitions"
            field.too_large(why)
        if self.rankings:
            return self._ranked()
        return HedonicGame(
            self.players,
            tuple(
                tuple(field.member(formula, player, one) for one in self._coalitions(player))
                for player, formula in enumerate(self.formulas)
            ),
        )

    def build(self, environment: Environment, values: Values, faults: Faults) -> HedonicGame:
        """Every utility, exactly. Raises InvalidGame."""
        if self.rankings:
            return self._ranked()
        from alliance_games.model.coalition_formulas import utilities

        found = utilities(self.players, self.formulas, environment, values, faults)
        faults.raise_any()
        return HedonicGame(self.players, found, numeric=environment.numeric)

    @property
    def size(self) -> int:
        """How many players there are."""
        return len(self.players)

    def _coalitions(self, player: int) -> Iterator[list[int]]:
        """The members of each coalition that a player may be in, by her companions."""
        for others in range(1 << (self.size - 1)):
            coalition = with_companions(player, others)
            yield [at for at in range(self.size) if coalition >> at & 1]

    def _ranked(self) -> HedonicGame:
        ranks = tuple(self._ranks(player) for player in range(self.size))
        return HedonicGame(self.players, ranks, ranked=True)

    def _ranks(self, player: int) -> tuple[Fraction, ...]:
        ranking = self.rankings[player]
        ranks = [Fraction(0)] * (1 << (self.size - 1))
        for place, level in enumerate(ranking):
            for coalition in level:
                ranks[companions(player, coalition)] = Fraction(len(ranking) - place)
        return tuple(ranks)
