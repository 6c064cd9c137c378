"""Whether cells cover a region and do not overlap, proved from their stated conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from alliance_games.parametric.cells import Cell
from alliance_games.parametric.decide import ANY, Decider, Undecided
from alliance_games.parametric.region import Region

T = TypeVar("T")


def coverage(cells: Sequence[Cell[T]], where: Region) -> tuple[str, str]:
    """Whether the cells cover the region and do not overlap, proved from their stated conditions.

    Each is '' where it is proved, else why it is not.
    """
    decider = where.decider
    covers = disjoint = ""
    if where.undecided:
        covers = where.undecided[0]
    else:
        try:
            if not _covered(cells, where, decider):
                covers = "the cells leave some of the region out"
        except Undecided as undecided:
            covers = str(undecided)
    try:
        for place, one in enumerate(cells):
            for other in cells[:place]:
                if _overlap(one, other, where, decider):
                    disjoint = "two cells overlap"
    except Undecided as undecided:
        disjoint = str(undecided)
    return covers, disjoint


def _covered(cells: Sequence[Cell[T]], where: Region, decider: Decider) -> bool:
    if any(not one for cell in cells for one in cell.alternatives):
        return True
    import z3

    outside = [
        z3.Or([z3.Not(decider.term(key, signs)) for key, signs in one])
        for cell in cells
        for one in cell.alternatives
    ]
    for base, _ in where.pieces:
        inside = [decider.term(key, signs) for key, signs in base.items()]
        if decider.check([*inside, *outside])[0] == "sat":
            return False
    return True


def _overlap(one: Cell[T], other: Cell[T], where: Region, decider: Decider) -> bool:
    for first in one.alternatives:
        for second in other.alternatives:
            for base, _ in where.pieces:
                joined = dict(base)
                for key, signs in (*first, *second):
                    joined[key] = joined.get(key, ANY) & signs
                if decider.find(joined) is not None:
                    return True
    return False
