"""A game made in Python, as the study of a file that says just that game."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.parametric import ParametricGame
from alliance_games.model.study import Study

if TYPE_CHECKING:
    from alliance_games.model.parametric import Body


def study_of(game: NormalGame | AnonymousGame | ExtensiveGame | OtherForm) -> Study:
    """The study whose one case is ``game``: the constant case of a parametric game."""
    body = cast("Body", GivenGame(game))
    return Study(f"A {game.kind} game", ParametricGame(game.players, (), (), body))


@dataclass(frozen=True, slots=True)
class GivenGame:
    """The body of a parametric game that is one game, made in Python."""

    game: NormalGame | AnonymousGame | ExtensiveGame | OtherForm

    crowd = ""

    @property
    def kind(self) -> str:
        return self.game.kind

    @property
    def players(self) -> tuple[str, ...]:
        return self.game.players

    @property
    def strategies(self) -> tuple[tuple[str, ...], ...]:
        if isinstance(self.game, NormalGame):
            return self.game.strategies
        if isinstance(self.game, AnonymousGame):
            return (self.game.strategies,) * len(self.game.players)
        return ()

    def build(
        self, environment: object, values: object, faults: object
    ) -> NormalGame | AnonymousGame | ExtensiveGame | OtherForm:
        return self.game
