"""What an engine for two-player games hands back: extreme equilibria, grouped and ordered."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Vector = tuple[Fraction, ...]
"""A mixed strategy: one exact probability per pure strategy."""


@dataclass(frozen=True, slots=True)
class ExtremeEquilibrium:
    """An equilibrium that is a vertex of a maximal Nash subset (Winkels 1979)."""

    row: Vector
    column: Vector


@dataclass(frozen=True, slots=True)
class NashSubset:
    """A maximal Nash subset: every pair from conv(rows) x conv(columns) is an equilibrium."""

    rows: tuple[Vector, ...]
    columns: tuple[Vector, ...]


@dataclass(frozen=True, slots=True)
class EquilibriumComponent:
    """A connected component of the equilibrium set: the union of its maximal Nash subsets.

    `dimension` is the largest dimension of a subset, 0 for a point. `index` is the Nash index
    (Shapley 1974), +1 in total over all components; None where it was not computed.
    """

    extreme: tuple[ExtremeEquilibrium, ...]
    subsets: tuple[NashSubset, ...]
    dimension: int
    index: int | None


@dataclass(frozen=True, slots=True)
class BimatrixEquilibria:
    """All equilibria of a two-player game, in canonical order, and why they are all.

    `nondegenerate` says that no vertex of a best-response polytope that was visited lay on more
    facets than it needs, strictly dominated strategies set aside.
    """

    components: tuple[EquilibriumComponent, ...]
    nondegenerate: bool
    method: str
    because: str


class InconsistentEquilibria(ArithmeticError):
    """The equilibria found contradict a theorem: a fault of this program, never of the game."""


def mirror(edge: ExtremeEquilibrium) -> ExtremeEquilibrium:
    """The same equilibrium with the players' roles exchanged."""
    return ExtremeEquilibrium(edge.column, edge.row)
