"""The points of a sweep: grids of exact values, handed out in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm, prod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from alliance_games.parametric.sweeps.near import Near

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 1 << 15
"""Points that are worked on at once: their arrays fit a processor's cache."""

_WHOLE = 2**53
"""Integers up to this are floats."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The values one parameter takes: ``(first + k * step) / denominator`` for k below ``count``,
    or the ``listed`` ones.

    ``name`` is a parameter's, or an entry's as formulas write it (``power[France]``).
    """

    name: str
    first: int = 0
    step: int = 0
    denominator: int = 1
    count: int = 0
    listed: tuple[Fraction, ...] = ()

    @classmethod
    def even(cls, name: str, start: Fraction, stop: Fraction, count: int) -> Axis:
        """``count`` values from ``start`` to ``stop``, evenly apart; both ends are among them."""
        if count < 1:
            raise ValueError("a range has one value or more")
        step = (stop - start) / (count - 1) if count > 1 else Fraction(0)
        denominator = lcm(start.denominator, step.denominator)
        return cls(name, int(start * denominator), int(step * denominator), denominator, count)

    @classmethod
    def of(cls, name: str, values: Sequence[Fraction]) -> Axis:
        """The values given, in their order."""
        return cls(name, count=len(values), listed=tuple(values))

    def value(self, k: int) -> Fraction:
        """The exact k-th value."""
        if self.listed:
            return self.listed[k]
        return Fraction(self.first + k * self.step, self.denominator)

    def near(self, places: NDArray[np.int64]) -> Near:
        """The values at some places as floats, exact wherever they can be."""
        if self.listed:
            return Near.each([self.listed[k] for k in places.tolist()])
        most = max(abs(self.first), abs(self.first + self.count * self.step))
        if most >= _WHOLE or self.denominator >= _WHOLE:
            return Near.each([self.value(k) for k in places.tolist()])
        numerators = (self.first + places * self.step).astype(np.float64)
        return Near(numerators, np.zeros(len(places))) / Near.of(self.denominator)


@dataclass(slots=True)
class Chunk:
    """Some points in a row.

    ``first`` is the number of the first one, from 1. ``near`` holds every varied name's numbers,
    ``exact(k)`` gives those of the k-th point exactly. Points in ``faults`` have no values, and it
    says why. ``kept`` are columns of text that are carried along; ``lines`` say where in a file of
    data each point stands (empty for a grid). ``numeric`` says of which
    points some value is an approximation of an irrational number.
    """

    first: int
    size: int
    near: Mapping[str, Near]
    exact: Callable[[int], dict[str, Fraction]]
    faults: dict[int, str] = field(default_factory=dict)
    kept: tuple[tuple[str, list[str]], ...] = ()
    lines: tuple[int, ...] = ()
    numeric: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The product of the axes; the last one's values change fastest."""

    axes: tuple[Axis, ...]
    has_lines = False
    kept_names: ClassVar[tuple[str, ...]] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What varies."""
        return tuple(axis.name for axis in self.axes)

    @property
    def size(self) -> int | None:
        """How many points there are."""
        return prod(axis.count for axis in self.axes)

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """All points, a chunk at a time."""
        whole = prod(axis.count for axis in self.axes)
        for start in range(0, whole, size):
            yield self._chunk(start, min(size, whole - start))

    def places(self, point: int) -> tuple[int, ...]:
        """Which value of each axis the point (counted from 0) has."""
        found = []
        for axis in reversed(self.axes):
            point, place = divmod(point, axis.count)
            found.append(place)
        return tuple(reversed(found))

    def _chunk(self, start: int, size: int) -> Chunk:
        left = np.arange(start, start + size, dtype=np.int64)
        near: dict[str, Near] = {}
        for axis in reversed(self.axes):
            left, places = np.divmod(left, axis.count)
            near[axis.name] = axis.near(places)
        near = {axis.name: near[axis.name] for axis in self.axes}

        def exact(k: int) -> dict[str, Fraction]:
            places = self.places(start + k)
            return {a.name: a.value(p) for a, p in zip(self.axes, places, strict=True)}

        return Chunk(start + 1, size, near, exact)
