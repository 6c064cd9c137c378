"""The rows of a sweep, kept as columns: one for each point and equilibrium."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]
    Numbers = NDArray[Any]
    """Floats (not a number: blank), or exact numbers as objects (None: blank)."""

KINDS = ("", "pure", "mixed", "component", "behaviour", "assessment", "selection")
"""Kinds of equilibrium, by code; '' where a row holds none."""

STATUSES = ("exact", "numeric", "stopped", "excluded", "fault", "refused")
"""What became of a point, by code. ``excluded``: its values break an assumption or a range;
``fault``: a payoff or a row of data has no value there; ``refused``: the concept does not apply."""

COVERAGES = ("", "all", "some", "unknown")

BLANK = -128
"""An integer or a flag that a row does not have."""

EXACT, NUMERIC, STOPPED, EXCLUDED, FAULT, REFUSED = range(6)
NONE, PURE, MIXED, COMPONENT, BEHAVIOUR, ASSESSMENT, SELECTION = range(7)


@dataclass(slots=True)
class Rows:
    """Some rows, in order. All fields are columns of one length.

    ``point`` is the place of the point in its chunk; ``number`` counts the equilibria of a point
    from 1 (0: none) and ``corner`` the extreme points of a component (0: no component).
    ``chances[row][k]`` is the probability of the k-th strategy, all players' strategies in a row;
    ``payoffs[row][player]`` what she gets. ``index`` is the Nash index; ``payoff_dominant`` and
    ``risk_dominant`` are 1, 0 or BLANK; ``problem`` is a place in the sweep's list of problems.
    """

    point: Integers
    number: Integers
    kind: Integers
    corner: Integers
    dimension: Integers
    index: Integers
    payoff_dominant: Integers
    risk_dominant: Integers
    status: Integers
    coverage: Integers
    problem: Integers
    chances: Numbers
    payoffs: Numbers

    @classmethod
    def blank(cls, size: int, strategies: int, players: int, *, exact: bool = False) -> Rows:
        """Rows without any equilibrium, each of status exact."""
        dtype: Any = object if exact else np.float64
        nothing = None if exact else np.nan
        whole = [np.zeros(size, dtype=np.int64 if k == 0 else np.int16) for k in range(5)]
        flags = [np.full(size, BLANK, dtype=np.int16) for _ in range(3)]
        rest = [np.zeros(size, dtype=np.int16 if k < 2 else np.int32) for k in range(3)]
        chances = np.full((size, strategies), nothing, dtype=dtype)
        payoffs = np.full((size, players), nothing, dtype=dtype)
        columns: list[Any] = [*whole, *flags, *rest, chances, payoffs]
        return cls(*columns)

    def __len__(self) -> int:
        return len(self.point)

    def put(self, places: NDArray[np.intp], other: Rows, chosen: Any = slice(None)) -> None:
        """Write (some of) the rows of another table into some places of this one."""
        for one in fields(self):
            getattr(self, one.name)[places] = getattr(other, one.name)[chosen]

    def take(self, chosen: Any) -> Rows:
        """Some of the rows."""
        return Rows(*(getattr(self, one.name)[chosen] for one in fields(self)))


def joined(parts: Sequence[Rows]) -> Rows:
    """Tables one after the other, sorted by point (rows of one point stay in their order)."""
    parts = [part for part in parts if len(part)] or list(parts[:1])
    whole = parts[0]
    if len(parts) > 1:
        columns = ([getattr(part, one.name) for part in parts] for one in fields(Rows))
        whole = Rows(*map(np.concatenate, columns))
    if (whole.point[1:] >= whole.point[:-1]).all():
        return whole
    return whole.take(np.argsort(whole.point, kind="stable"))
