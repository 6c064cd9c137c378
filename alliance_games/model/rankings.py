"""The normal-form body in which players rank outcomes instead of giving them numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from alliance_games.exact.evaluate import Environment
from alliance_games.exact.expression import Expression
from alliance_games.model.environments import Faults, Values
from alliance_games.model.normal import NormalGame


@dataclass(frozen=True, slots=True)
class OrdinalTable:
    """Outcomes profile by profile, and every player's ranking of them.

    ``outcomes`` holds the name of each profile's outcome in row-major order; ``ranks`` for each
    player a rank per profile, higher is better. Only the order means anything.
    """

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    outcomes: tuple[str, ...]
    ranks: tuple[tuple[int, ...], ...]
    kind = "normal"
    crowd = ""

    def build(self, environment: Environment, values: Values, faults: Faults) -> NormalGame:
        """The game whose payoffs are the ranks, marked ordinal."""
        return NormalGame(
            self.players,
            self.strategies,
            self.ranks,
            (1,) * len(self.players),
            ordinal=True,
            outcomes=self.outcomes,
        )

    def for_players(self, number: int) -> NoReturn:
        """A table is written for its players alone."""
        raise ValueError("the players of a table do not change")

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula of the body: a ranking has none."""
        return ()
