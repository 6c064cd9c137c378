"""The normal-form body that lists its profiles, with payoffs as formulas."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from alliance_games.exact.evaluate import Environment
from alliance_games.exact.expression import Expression
from alliance_games.model.environments import Faults, Values, for_each_player, numbers
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.normal import NormalGame


@dataclass(frozen=True, slots=True)
class NormalTable:
    """Payoffs profile by profile.

    ``cells`` holds, for each pure profile in row-major order, one expression per player;
    ``outcomes`` the name of each profile's outcome ('' where it has none), or nothing.
    """

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Expression, ...], ...]
    outcomes: tuple[str, ...] = ()
    kind = "normal"
    crowd = ""

    def build(self, environment: Environment, values: Values, faults: Faults) -> NormalGame:
        """The exact game at the values the environment was made of. Raises InvalidGame."""
        columns: list[list[Fraction]] = []
        environments = for_each_player(environment, values, self.players)
        for player, own in enumerate(environments):
            columns.append(numbers([cell[player] for cell in self.cells], own, faults))
        faults.raise_any()
        scaled = [over_common_denominator(column) for column in columns]
        return NormalGame(
            self.players,
            self.strategies,
            tuple(integers for integers, _ in scaled),
            tuple(denominator for _, denominator in scaled),
            numeric=environment.numeric,
            outcomes=self.outcomes,
        )

    def for_players(self, number: int) -> NoReturn:
        """A table is written for its players alone."""
        raise ValueError("the players of a table do not change")

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula of the body."""
        return tuple(expression for cell in self.cells for expression in cell)
