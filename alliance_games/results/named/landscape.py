"""Two sides: configurations of a landscape, and the way down to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.results.records import Record, Said

Names = tuple[tuple[str, ...], ...]
"""The sides, the first player's first; one where all are on it."""


def _sorted(sides: Names) -> Said:
    """The sides in one order."""
    return tuple(sorted(map(sorted, sides)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum(Record):
    """A configuration from which no state's move lowers the energy.

    ``strict``: every move raises it; ``deepest``: no configuration has less energy. ``basin`` is
    how many of all ``configurations`` lead here by steepest descent. ``frustrations`` are the
    states' own; ``reluctance`` is by how much a move would raise each one's.
    """

    kind: ClassVar[str] = "minimum"
    family: ClassVar[str] = "landscape"

    sides: Names
    energy: Fraction
    strict: bool
    deepest: bool
    basin: int
    configurations: int
    frustrations: Mapping[str, Fraction]
    reluctance: Mapping[str, Fraction]

    def said(self) -> Said:
        """The sides (in no order), the energy and the size of the basin."""
        return {
            "sides": frozenset(frozenset(side) for side in self.sides),
            "energy": self.energy,
            "basin": self.basin,
        }

    def essence(self) -> Said:
        """The sides in one order, and the energy."""
        return _sorted(self.sides), self.energy


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingPlace(Record):
    """A local minimum for all values of parameters at once: a configuration from which no state's
    move lowers the energy, and this."""

    kind: ClassVar[str] = "resting-place"
    family: ClassVar[str] = "landscape"
    compared: ClassVar[str] = "minimum"
    untold: ClassVar[str] = "formulas tell the sides and the energy of a minimum, and not its basin"

    sides: Names
    energy: Fraction

    def said(self) -> Said:
        """The sides (in no order) and the energy."""
        return {
            "sides": frozenset(frozenset(side) for side in self.sides),
            "energy": self.energy,
        }

    def essence(self) -> Said:
        """The sides in one order, and the energy."""
        return _sorted(self.sides), self.energy


@dataclass(frozen=True, slots=True)
class Step:
    """``mover`` changes sides; ``sides`` and ``energy`` are those after it, ``relief`` is how much
    less frustrated the mover is. ``equally``: others whose move would lower the energy as much."""

    mover: str
    sides: Names
    energy: Fraction
    relief: Fraction
    equally: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Record):
    """The way of steepest descent from a configuration to a local minimum."""

    kind: ClassVar[str] = "descent"
    family: ClassVar[str] = "landscape"

    start: Names
    energy: Fraction
    steps: tuple[Step, ...]
    end: Names

    def said(self) -> Said:
        """Who moves, in order, and where it ends."""
        return {
            "movers": tuple(step.mover for step in self.steps),
            "end": frozenset(frozenset(side) for side in self.end),
            "energy": self.steps[-1].energy if self.steps else self.energy,
            "steps": len(self.steps),
        }

    def essence(self) -> Said:
        """The configurations on the way and their energies."""
        way = tuple((step.mover, _sorted(step.sides), step.energy) for step in self.steps)
        return _sorted(self.start), self.energy, way


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedPotential(Record):
    """The energy is a weighted potential: a move of a player changes it by her weight times the
    change of her frustration. ``terms`` are its coefficients, by pair (``France - Britain``): what
    the pair adds when it is apart."""

    kind: ClassVar[str] = "weighted-potential"
    family: ClassVar[str] = "landscape"

    weights: Mapping[str, Fraction]
    terms: Mapping[str, Fraction]

    def said(self) -> Said:
        """The weights by player."""
        return self.weights
