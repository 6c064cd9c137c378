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

    @property
    def is_aside(self) -> bool:
        """Whether it is there to show why it is not stable."""
        return self.leaves is not None

    def said(self) -> Said:
        """The coalitions, in no order."""
        return frozenset(frozenset(coalition) for coalition in self.coalitions)

    def essence(self) -> Said:
        """The coalitions in one order, and who gets what."""
        return tuple(sorted(map(sorted, self.coalitions))), tuple(sorted(self.payoffs.items()))


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

    @property
    def is_aside(self) -> bool:
        """The answer is that there is none; the moves are its proof."""
        return True

    def said(self) -> Said:
        """Nothing is stable."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class BestStructures(Record):
    """The partitions of the players whose coalitions are worth most together.

    ``value`` is what they are worth, ``together`` the worth of all players in one coalition;
    ``number`` is how many such partitions there are, of which ``structures`` are all or the first.
    """

    kind: ClassVar[str] = "best-structures"
    family: ClassVar[str] = "partitions"

    value: Fraction
    together: Fraction
    number: int
    structures: tuple[tuple[tuple[str, ...], ...], ...]

    def said(self) -> Said:
        """The value and, where all are listed, the partitions."""
        found: dict[str, Said] = {"value": self.value, "number": self.number}
        if len(self.structures) == self.number:
            found["structures"] = frozenset(
                frozenset(frozenset(coalition) for coalition in structure)
                for structure in self.structures
            )
        return found
