"""Studies made in memory, for reports that need no file."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from alliance_games.model.normal import NormalGame
from alliance_games.model.parametric import Parameter, ParametricGame
from alliance_games.model.study import Scenario, Study
from alliance_games.results.cases import StudyAnswer
from alliance_games.solve import solve_study


@dataclass(frozen=True)
class GivenGames:
    """A body that gives ready-made games: the first, or the one numbered by `which`."""

    games: tuple[Any, ...]
    crowd: str = ""

    @property
    def kind(self) -> str:
        return self.games[0].kind

    @property
    def players(self) -> tuple[str, ...]:
        return self.games[0].players  # type: ignore[no-any-return]

    @property
    def strategies(self) -> Any:
        return getattr(self.games[0], "strategies", ())

    def build(self, environment: Any, values: Any, faults: Any) -> Any:
        return self.games[int(values.get("which", 0))]

    def expressions(self) -> tuple[()]:
        return ()


def study_of(*games: Any, title: str = "A game", **more: Any) -> Study:
    """A study of one game, or of several, the others as scenarios `case 1`, `case 2`..."""
    parameters = (Parameter("which", Fraction(0)),) if len(games) > 1 else ()
    parametric = ParametricGame(games[0].players, parameters, (), GivenGames(games))  # type: ignore[arg-type]
    scenarios = tuple(
        Scenario(f"case {index}", {"which": Fraction(index)}) for index in range(1, len(games))
    )
    return Study(title, parametric, scenarios=scenarios, **more)


def answered(*games: Any, concepts: Any = None, **more: Any) -> StudyAnswer:
    """The answers to a study of these games."""
    return solve_study(study_of(*games, **more), concepts)


def two_by_two(
    row: Any,
    column: Any,
    players: tuple[str, str] = ("Alice", "Jack"),
    strategies: Any = (("Stag", "Rabbit"), ("Stag", "Rabbit")),
) -> NormalGame:
    return NormalGame.from_matrices(row, column, players, strategies)


__all__ = ["GivenGames", "answered", "study_of", "two_by_two"]
