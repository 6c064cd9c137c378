"""Cooperative games whose worths are formulas: what conditions on coalitions are asked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.model.coalitional import CoalitionalGame

MOST_IN_FORMULAS = 4
"""So many players have few enough minimal balanced collections (41) to ask about each."""


@dataclass(frozen=True, eq=False)
class FieldCoalitions(CoalitionalGame):
    """A cooperative game whose worths are numbers of a field.

    ``worths[S]`` is what coalition ``S`` is worth. (The numerators of a CoalitionalGame are there
    for its shape alone, so that the game is never taken for a simple one.)
    """

    worths: tuple[Fraction, ...] = ()

    @staticmethod
    def of(players: tuple[str, ...], worths: Sequence[Fraction]) -> FieldCoalitions:
        """The game with these worths, 0 for the empty coalition first."""
        return FieldCoalitions(players, (0,) * len(worths), worths=tuple(worths))

    def worth(self, coalition: int) -> Fraction:
        """What the coalition is worth."""
        return self.worths[coalition]
