"""A whole sweep in short: which set of equilibria each point has, and what they are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from alliance_games.parametric.sweeps.points import Grid
from alliance_games.parametric.sweeps.rows import COMPONENT, NONE, STATUSES, Rows, joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alliance_games.parametric.sweeps.sweep import Sweep

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass
class Outline:
    """All rows of a sweep over a grid; ``rows.point`` counts all its points from 0."""

    sweep: Sweep
    rows: Rows

    @property
    def grid(self) -> Grid:
        """The points."""
        assert isinstance(self.sweep.points, Grid)
        return self.sweep.points

    @cached_property
    def values(self) -> list[Floats]:
        """The values of each axis, in the order of the axis."""
        return [
            np.array([float(axis.value(k)) for k in range(axis.count)]) for axis in self.grid.axes
        ]

    @cached_property
    def chances(self) -> Floats:
        """The probabilities as floats, not a number where there are none."""
        return _floats(self.rows.chances)

    @cached_property
    def payoffs(self) -> Floats:
        """The payoffs as floats."""
        return _floats(self.rows.payoffs)

    @cached_property
    def patterns(self) -> tuple[Integers, list[str]]:
        """For each row the number of its kind of equilibrium (what is used in it), and what the
        kinds are called: ``(Stag, Stag)``, ``(Stag/Rabbit, Stag/Rabbit)``."""
        rows = self.rows
        used = np.zeros((len(rows), self.chances.shape[1] + 3), dtype=np.int64)
        used[:, :-3] = self.chances > 0
        used[:, -3] = rows.kind == COMPONENT
        used[:, -2] = np.where(rows.kind == NONE, 1 + rows.status, 0)
        used[:, -1] = np.where(rows.kind == NONE, rows.problem, 0)
        _join_corners(used, rows)
        distinct, inverse = np.unique(used, axis=0, return_inverse=True)
        return inverse.reshape(-1), [self._called(row) for row in distinct]

    def _called(self, used: Integers) -> str:
        if used[-2]:
            problem = self.sweep.problems[used[-1]]
            status = STATUSES[used[-2] - 1]
            if status == "exact":
                return "no equilibrium"
            return f"{status}: {problem}" if problem else status
        parts = []
        start = 0
        for choice in self.sweep.choices:
            own = used[start : start + len(choice.options)]
            start += len(choice.options)
            names = "/".join(n for n, used_ in zip(choice.options, own, strict=True) if used_)
            parts.append(f"{choice.at}: {names}" if choice.at else names)
        separator = "; " if any(choice.at for choice in self.sweep.choices) else ", "
        name = f"({separator.join(parts)})"
        return f"a continuum within {name}" if used[-3] else name

    @cached_property
    def sets(self) -> tuple[Integers, list[str]]:
        """For each point the number of its set of equilibria, and what the sets are called.

        Sets are numbered from the most frequent to the rarest; a point that was not reached
        before the work stopped has -1.
        """
        return self.classes(lambda: self.patterns[0], lambda number: self.patterns[1][number])

    def classes(
        self, codes_of: Callable[[], Integers], name: Callable[[int], str], none: str = ""
    ) -> tuple[Integers, list[str]]:
        """Points classed by the codes of their rows (below 0: passed over)."""
        rows = self.rows
        kept = (codes_of() >= 0) & (rows.corner <= 1)
        points, found = rows.point[kept], codes_of()[kept]
        size = int(self.grid.size or 0)
        counts = np.bincount(points, minlength=size)
        widest = int(counts.max()) if len(counts) else 0
        table = np.full((size, max(widest, 1)), -1, dtype=np.int64)
        first = np.cumsum(counts) - counts
        table[points, np.arange(len(points)) - first[points]] = found
        seen = np.zeros(size, dtype=bool)
        seen[rows.point] = True
        distinct, inverse = np.unique(table, axis=0, return_inverse=True)
        inverse = inverse.reshape(-1)
        often = np.bincount(inverse[seen], minlength=len(distinct))
        order = np.argsort(-often, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        names = [
            ", ".join(name(int(code)) for code in distinct[place] if code >= 0) or none
            for place in order
            if often[place]
        ]
        return np.where(seen, rank[inverse], -1), names

    def selected(self, flags: Integers) -> tuple[Integers, list[str]]:
        """Points classed by which equilibrium the flag picks."""
        chosen = np.where(flags == 1, self.patterns[0], -1)
        excluded = np.where(self.rows.kind == NONE, self.patterns[0], -1)
        return self.classes(
            lambda: np.maximum(chosen, excluded), lambda number: self.patterns[1][number], "none"
        )


def outline(sweep: Sweep, progress: Callable[[int], None] = lambda done: None) -> Outline:
    """Do the work of a sweep over a grid, and keep all its rows."""
    pieces = []
    for part in sweep.parts():
        part.rows.point += part.chunk.first - 1
        pieces.append(part.rows)
        progress(sweep.done)
    return Outline(sweep, joined(pieces))


def _join_corners(used: Integers, rows: Rows) -> None:
    """All corners of a component use what any of them uses."""
    places = np.flatnonzero(rows.corner > 0)
    if not len(places):
        return
    starts = places[rows.corner[places] == 1]
    ends = np.r_[starts[1:], len(rows)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        stop = start + 1
        while stop < end and rows.corner[stop] > 1:
            stop += 1
        used[start:stop, :] = used[start:stop, :].max(axis=0)


def _floats(table: NDArray[Any]) -> Floats:
    if table.dtype != object:
        return table
    return np.array(
        [[np.nan if entry is None else float(entry) for entry in row] for row in table.tolist()],
        dtype=np.float64,
    ).reshape(table.shape)
