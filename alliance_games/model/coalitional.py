"""Cooperative games: what coalitions are worth (von Neumann and Morgenstern 1944).

A coalition is an integer whose bit ``i`` says whether player ``i`` belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import ClassVar

from alliance_games.model.other_forms import OtherForm

MOST_TABLED = 16
"""Up to so many players the worth of every coalition is written out."""


@dataclass(frozen=True, slots=True)
class Vote:
    """Weighted voting: a coalition wins, and is worth 1, if its weight reaches the quota.

    ``strict``: it must pass the quota. Weights are not negative and the empty coalition loses.
    """

    weights: tuple[Fraction, ...]
    quota: Fraction
    strict: bool = False

    def in_integers(self) -> tuple[tuple[int, ...], int]:
        """Weights and the least winning total, as integers without a common measure."""
        return _in_integers(self)


@lru_cache(maxsize=8)
def _in_integers(vote: Vote) -> tuple[tuple[int, ...], int]:
    scale = lcm(vote.quota.denominator, *(one.denominator for one in vote.weights))
    weights = [int(one * scale) for one in vote.weights]
    common = gcd(*weights) or 1
    least = int(vote.quota * scale) + vote.strict
    return tuple(weight // common for weight in weights), -(-least // common)


@dataclass(frozen=True, slots=True)
class CoalitionalGame(OtherForm):
    """A cooperative game with transferable utility.

    ``numerators[S] / denominator`` is the worth of coalition ``S`` (0 for the empty one); there are
    2^n of them, or none where a weighted vote has more than MOST_TABLED players. ``vote`` is given
    where the game is a weighted vote. ``blocs`` is a partition of the players made in advance (for
    the Owen value), or empty. ``numeric``: some worth is an approximation.
    """

    kind: ClassVar[str] = "coalitional"

    players: tuple[str, ...]
    numerators: tuple[int, ...]
    denominator: int = 1
    vote: Vote | None = None
    blocs: tuple[tuple[int, ...], ...] = ()
    numeric: bool = False

    @classmethod
    def from_worths(
        cls,
        players: Sequence[str],
        worths: Sequence[Fraction | int],
        blocs: tuple[tuple[int, ...], ...] = (),
        numeric: bool = False,
    ) -> CoalitionalGame:
        """The game in which coalition ``S`` is worth ``worths[S]``.

        Raises ValueError where there are not 2^n worths or the empty coalition has one.
        """
        if len(worths) != 1 << len(players) or worths[0]:
            raise ValueError("2^n worths are needed, 0 for the empty coalition")
        exact = [Fraction(worth) for worth in worths]
        scale = lcm(*(worth.denominator for worth in exact))
        numerators = tuple(worth.numerator * (scale // worth.denominator) for worth in exact)
        return cls(tuple(players), numerators, scale, None, blocs, numeric)

    @classmethod
    def from_vote(
        cls, players: Sequence[str], vote: Vote, blocs: tuple[tuple[int, ...], ...] = ()
    ) -> CoalitionalGame:
        """A weighted vote. Raises ValueError for a negative weight or a vote that nobody wins
        by staying away."""
        weights, quota = vote.in_integers()
        if min(weights) < 0 or quota <= 0:
            raise ValueError("weights are not negative, and the empty coalition must lose")
        numerators: tuple[int, ...] = ()
        if len(players) <= MOST_TABLED:
            numerators = tuple(int(total >= quota) for total in sums(weights))
        return cls(tuple(players), numerators, 1, vote, blocs)

    @property
    def is_tabled(self) -> bool:
        """Whether the worth of every coalition is written out."""
        return bool(self.numerators)

    @property
    def everybody(self) -> int:
        """The coalition of all players."""
        return (1 << len(self.players)) - 1

    @property
    def slack(self) -> Fraction:
        """Differences up to this are none: 0, but where worths are approximations."""
        if not self.numeric:
            return Fraction(0)
        largest = max(map(abs, self.numerators), default=0)
        return Fraction(1 + largest, self.denominator * 10**40)

    @property
    def is_simple(self) -> bool:
        """Whether every coalition wins (1) or loses (0), all together win, and more members never
        turn a win into a loss."""
        return _is_simple(self)

    def worth(self, coalition: int) -> Fraction:
        """What the coalition is worth."""
        if self.numerators:
            return Fraction(self.numerators[coalition], self.denominator)
        assert self.vote is not None
        weights, quota = self.vote.in_integers()
        return Fraction(int(sum(weights[i] for i in members(coalition)) >= quota))

    def names(self, coalition: int) -> tuple[str, ...]:
        """The members of a coalition by name, in the order of the file."""
        return tuple(self.players[player] for player in members(coalition))

    def coalition(self, names: Iterable[str]) -> int:
        """The coalition of the players with these names. Raises ValueError for an unknown one."""
        return sum(1 << self.players.index(name) for name in set(names))

    def facts(self) -> Mapping[str, object]:
        """The weights and the quota of a vote, the blocs."""
        found: dict[str, object] = {}
        if self.vote is not None:
            weights = zip(self.players, self.vote.weights, strict=True)
            found["weights"] = {player: str(weight) for player, weight in weights}
            found["more than" if self.vote.strict else "quota"] = str(self.vote.quota)
        if self.blocs:
            found["blocs"] = [[self.players[player] for player in bloc] for bloc in self.blocs]
        return found

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """The worth of each coalition, small ones first; the weights of a large vote."""
        if self.is_tabled:
            for coalition in by_size(len(self.players)):
                worth = self.worth(coalition)
                shown = repr(float(worth)) if self.numeric else str(worth)
                yield ", ".join(self.names(coalition)), "", shown
        elif self.vote is not None:
            for player, weight in zip(self.players, self.vote.weights, strict=True):
                yield "weight", player, str(weight)


@lru_cache(maxsize=8)
def _is_simple(game: CoalitionalGame) -> bool:
    if game.vote is not None:
        weights, quota = game.vote.in_integers()
        return sum(weights) >= quota
    table = game.numerators
    if game.denominator != 1 or not table[-1] or any(one not in (0, 1) for one in table):
        return False
    return all(
        table[coalition | 1 << player]
        for coalition in range(len(table))
        if table[coalition]
        for player in range(len(game.players))
    )


def members(coalition: int) -> Iterator[int]:
    """The players of a coalition, in order."""
    while coalition:
        lowest = coalition & -coalition
        yield lowest.bit_length() - 1
        coalition ^= lowest


def by_size(players: int) -> list[int]:
    """Every coalition but the empty one: small ones first, then in the order of the players."""
    return sorted(range(1, 1 << players), key=lambda one: (one.bit_count(), list(members(one))))


def sums(weights: Sequence[int]) -> list[int]:
    """The total weight of every coalition."""
    found = [0]
    for weight in weights:
        found += [total + weight for total in found]
    return found
