"""What a file becomes: prose, one parametric game, scenarios and expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alliance_games.exact.span import NOWHERE, Span
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.expectations import Expectation
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.parametric import ParametricGame, Values
from alliance_games.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named setting of parameters; those it leaves out keep their defaults."""

    name: str
    values: Values
    about: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Case:
    """One game of a study: the unit of solve, batch and sweep.

    ``scenario`` is None for the defaults; ``values`` are those of all parameters, exact.
    """

    scenario: str | None
    values: Values
    game: NormalGame | AnonymousGame | ExtensiveGame | OtherForm


@dataclass(frozen=True, slots=True)
class Study:
    """A game file, read and checked."""

    title: str
    game: ParametricGame
    file: str = ""
    about: str = ""
    sources: tuple[str, ...] = ()
    theory: tuple[str, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    solve: tuple[str, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def scenario(self, name: str) -> Scenario | None:
        """The scenario called ``name``, or None."""
        return next((scenario for scenario in self.scenarios if scenario.name == name), None)

    def case(self, scenario: str | None = None, overrides: Values | None = None) -> Case:
        """The exact game at the defaults, changed by a scenario and then by ``overrides``.

        Raises InvalidGame where the values break an assumption or a range, or a payoff has no
        value there (a division by zero, say).
        """
        chosen: dict[str, object] = {}
        if scenario is not None and (found := self.scenario(scenario)) is not None:
            chosen.update(found.values)
        values = self.game.values(_merged(chosen, overrides or {}))
        return Case(scenario, values, self.game.at(values))


def _merged(first: Mapping[str, object], second: Mapping[str, object]) -> Values:
    merged = dict(first)
    for name, value in second.items():
        before = merged.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[name] = {**before, **value}
        else:
            merged[name] = value
    return merged  # type: ignore[return-value]
