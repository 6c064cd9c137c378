"""Which coalitions form: a partition of the players, and what unmakes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.results.records import Record, Said


@dataclass(frozen=True, slots=True)
class Departure:
    """Players who leave where they are: ``movers`` end in ``coalition`` (themselves and those they
    join). ``before`` and ``after`` are the utilities of everybody in it, without the move and
    with it."""

    movers: tuple[str, ...]
    coalition: tuple[str, ...]
    before: Mapping[str, Fraction]
    after: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition(Record):
    """Every player in one coalition: stable in the sense ``of`` a concept, or left by some.

    ``coalitions`` are in the order of their first members; ``payoffs`` is each player's utility
    (in a game of rankings the rank of her coalition, higher is better). ``leaves`` is None where
    the partition is stable, else a departure that shows it is not.
    """

    kind: ClassVar[str] = "partition"
    family: ClassVar[str] = "partitions"

    of: str
    coalitions: tuple[tuple[str, ...], ...]
    payoffs: Mapping[str, Fraction]
    leaves: Departure | None = None

    @property
    def is_something(self) -> bool:
        """Whether it is stable."""
        return self.leaves is None

    def said(self) -> Said:
        """The coalitions, in no order."""
        return frozenset(frozenset(coalition) for coalition in self.coalitions)


@dataclass(frozen=True, slots=True)
class Move:
    """``movers`` leave where they are for the coalition ``joins`` (empty: they go alone)."""

    movers: tuple[str, ...]
    joins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPartition(Record):
    """No partition is stable: in each of them one of the ``moves`` is open to those who make it."""

    kind: ClassVar[str] = "no-partition"
    family: ClassVar[str] = "partitions"

    of: str
    moves: tuple[Move, ...]

    @property
    def is_something(self) -> bool:
        """It is the proof that there is none."""
        return False

    def said(self) -> Said:
        """Nothing is stable."""
        return None
