"""The library's front door: ``import alliance_games as ag``.

>>> import alliance_games as ag
>>> solved = ag.load("stag_hunt").solve("nash")
>>> for one in solved.solutions:
...     print(one, one.payoffs["Alice"])
Alice: Stag; Jack: Stag 4
Alice: 3/4 Stag + 1/4 Rabbit; Jack: 3/4 Stag + 1/4 Rabbit 3
Alice: Rabbit; Jack: Rabbit 3

Numbers are exact (``fractions.Fraction``). In a notebook a game and its answers draw themselves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.parametric import ParametricGame, Value, Values
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.model.study import Case, Study
from alliance_games.results.budget import Budget
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.concept import Concept, Game
from alliance_games.results.naming import Json, Names
from alliance_games.results.result import Coverage, Refusal, Result, Status
from alliance_games.results.solutions import Behaviour, Certificate, Fact, Point, Solution
from alliance_games.solve import solve_study

if TYPE_CHECKING:
    from alliance_games.claims.verdict import Verdict
    from alliance_games.model.parametric import Body
    from alliance_games.report.blocks import Document

__all__ = [
    "AnonymousGame",
    "Certificate",
    "Coverage",
    "ExtensiveGame",
    "Found",
    "InvalidGame",
    "Model",
    "NormalGame",
    "Problem",
    "Result",
    "Solved",
    "Status",
    "concepts",
    "load",
    "loads",
    "solve",
]

Number = int | float | str | Fraction
"""A number as a user writes it. Text and floats are read as written: 0.1 is exactly 1/10."""


def load(source: str | os.PathLike[str]) -> Model:
    """The model in a game file, in a game of the library (by name), or in a text.

    A string of several lines is the text of a game itself. Raises InvalidGame, with every problem
    of the file, for what is no game or is not there.
    """
    from alliance_games.batch.request import read
    from alliance_games.batch.sources import find_sources

    if isinstance(source, str) and "\n" in source:
        return loads(source)
    path = os.fspath(source)
    if os.path.isdir(path) or path == "-":
        message = f"{path} is no game file"
        raise InvalidGame([Problem("no-such-file", message, path)])
    return Model(read(find_sources([path])[0]))


def loads(text: str | bytes, name: str = "<text>") -> Model:
    """The model in the text of a game file; ``name`` is what its problems call it.

    Raises InvalidGame with every problem of the text.
    """
    from alliance_games.concepts import names
    from alliance_games.reading import read_study

    return Model(read_study(text, name, names()))


def solve(
    game: Game | Model,
    *concepts: str,
    one: bool = False,
    timeout: float | None = None,
    max_memory: int | None = None,
) -> Solved:
    """Solve a game made in Python, or a model: ``ag.solve(game, "nash")``.

    Without names the concepts that apply by default are asked. See :meth:`Model.solve`.
    """
    model = game if isinstance(game, Model) else Model(_study_of(game))
    return model.solve(*concepts, one=one, timeout=timeout, max_memory=max_memory)


def concepts() -> tuple[Concept, ...]:
    """Every solution concept there is, in the order of reports."""
    from alliance_games.concepts import catalogue

    return catalogue()


class Model:
    """A game file that has been read: one game for all values of its parameters.

    ``study`` is the model itself, for those who need more than this class shows. Models are
    immutable; ``at`` gives another one.
    """

    def __init__(
        self, study: Study, overrides: Values | None = None, scenario: str | None = None
    ) -> None:
        self.study = study
        self._overrides: Values = dict(overrides or {})
        self._scenario = scenario

    @property
    def title(self) -> str:
        """The game's title."""
        return self.study.title

    @property
    def players(self) -> tuple[str, ...]:
        """The names of the players."""
        return self.game.players

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the file's scenarios."""
        return tuple(scenario.name for scenario in self.study.scenarios)

    @property
    def parameters(self) -> Values:
        """The parameters' values here: exact numbers, by player or pair where they have entries."""
        return self._case.values

    @property
    def game(self) -> Game:
        """The exact game at these values. Raises InvalidGame where they are not allowed."""
        return self._case.game

    @cached_property
    def _case(self) -> Case:
        return self.study.case(self._scenario, self._overrides)

    def at(self, **values: Number | Mapping[Any, Number]) -> Model:
        """The model at other values: ``at(stag=10)``, ``at(power={"France": 3})``.

        A pair's entry is named by a tuple. Raises InvalidGame for names that are not there and
        for values that break a range or an assumption.
        """
        changed = {**self._overrides}
        for name, value in values.items():
            given = _value(value)
            before = changed.get(name)
            if isinstance(given, Mapping) and isinstance(before, Mapping):
                given = {**before, **given}
            changed[name] = given
        model = Model(self.study, changed, self._scenario)
        model.game  # noqa: B018 - values that are not allowed are refused here, not later
        return model

    def scenario(self, name: str) -> Model:
        """The model at the values of one of its scenarios. Raises KeyError for an unknown name."""
        if self.study.scenario(name) is None:
            raise KeyError(f"no scenario {name!r}; there are {', '.join(self.scenarios)}")
        return Model(self.study, self._overrides, name)

    def solve(
        self,
        *concepts: str,
        scenarios: bool = False,
        one: bool = False,
        timeout: float | None = None,
        max_memory: int | None = None,
    ) -> Solved:
        """Ask solution concepts by name; without names, those the file or the game suggests.

        ``scenarios`` solves every scenario too, side by side. ``one`` is content with one
        equilibrium of a large game. ``timeout`` (seconds) and ``max_memory`` (bytes) limit the
        work on each case: what was found by then is in the answer, whose status is 'stopped'.
        Raises UnknownConcept, and InvalidGame where the values are not allowed.
        """
        cases: tuple[str | None, ...] = (self._scenario,)
        if scenarios:
            cases = (None, *self.scenarios)
        answer = solve_study(
            self.study,
            concepts or None,
            scenarios=cases,
            overrides=self._overrides,
            budget=lambda: Budget(seconds=timeout, bytes=max_memory, one=one),
        )
        if answer.interrupted:
            raise KeyboardInterrupt
        if not answer.cases:
            raise InvalidGame(answer.problems)
        return Solved(answer)

    def check(self) -> tuple[Verdict, ...]:
        """The verdict on each ``expect:`` line of the file."""
        from alliance_games.claims import check

        return check(self.study, overrides=self._overrides, scenario=self._scenario)

    def _document(self) -> Document:
        from alliance_games.report.build import build_game

        return build_game(self.study, self._case)

    def report(self, width: int | None = None) -> str:
        """The game drawn as plain text, wrapped at ``width`` characters if given."""
        from alliance_games.render.terminal import to_text

        return to_text(self._document(), width)

    def _repr_html_(self) -> str:
        from alliance_games.render.html import render

        return render(self._document())

    def __repr__(self) -> str:
        return f"<Model {self.title!r}: {self.game.kind} game of {len(self.players)} players>"

    def __str__(self) -> str:
        return self.report()


@dataclass(frozen=True, slots=True)
class Found:
    """One solution with the names of its game. ``solution`` is the record itself, by index."""

    solution: Solution
    game: Game
    concept: str

    @property
    def kind(self) -> str:
        """Its shape: 'point', 'component', 'behaviour', 'dominated'..."""
        return self.solution.kind

    @property
    def profile(self) -> dict[str, dict[str, Fraction]]:
        """Each player's probabilities by strategy. Raises AttributeError for what is no point."""
        if not isinstance(self.solution, Point):
            raise AttributeError(f"a {self.kind} is no single profile of mixed strategies")
        names = Names(self.game)
        return {
            player: dict(zip(names.strategies(index), mixture, strict=True))
            for index, (player, mixture) in enumerate(
                zip(self.game.players, self.solution.profile, strict=True)
            )
        }

    @property
    def payoffs(self) -> dict[str, Fraction]:
        """Each player's payoff. Raises AttributeError for what has none."""
        if not isinstance(self.solution, Point | Behaviour):
            raise AttributeError(f"a {self.kind} has no single vector of payoffs")
        return dict(zip(self.game.players, self.solution.payoffs, strict=True))

    @property
    def properties(self) -> Mapping[str, Fact]:
        """What is said of it: pure, strict, index..."""
        return getattr(self.solution, "properties", {})

    @property
    def certificate(self) -> Certificate | None:
        """What the independent checker found."""
        return self.solution.certificate

    def to_dict(self) -> Json:
        """The solution as JSON gives it."""
        from alliance_games.results.codec_solutions import solution

        return solution(self.solution, Names(self.game))

    def __str__(self) -> str:
        from alliance_games.batch.rows import in_words

        return in_words(self.to_dict())


class Solved:
    """The answers to what was asked. Indexing gives a concept's result: ``solved["nash"]``.

    ``answer`` holds everything, with every case that was solved.
    """

    def __init__(self, answer: StudyAnswer) -> None:
        self.answer = answer

    @property
    def _first(self) -> CaseAnswer:
        return self.answer.cases[0]

    @property
    def cases(self) -> dict[str | None, Solved]:
        """The answers of each case by its scenario; None is the defaults."""
        return {
            case.case.scenario: Solved(replace(self.answer, cases=(case,)))
            for case in self.answer.cases
        }

    @property
    def results(self) -> tuple[Result, ...]:
        """One result for each concept that was asked and applies, of the first case."""
        return self._first.results

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The concepts that were asked and do not apply, with the reasons."""
        return self._first.refusals

    @property
    def solutions(self) -> tuple[Found, ...]:
        """Every solution of the first case, concept after concept."""
        game = self._first.case.game
        return tuple(
            Found(one, game, result.concept) for result in self.results for one in result.solutions
        )

    def __iter__(self) -> Iterator[Found]:
        return iter(self.solutions)

    def __len__(self) -> int:
        return len(self.solutions)

    def __getitem__(self, concept: str) -> Result:
        result = self._first.of(concept)
        if result is None:
            known = ", ".join(one.concept for one in self.results)
            raise KeyError(f"there is no answer to {concept!r}; there are answers to {known}")
        return result

    def of(self, concept: str) -> tuple[Found, ...]:
        """The solutions of one concept. Raises KeyError where it was not asked."""
        game = self._first.case.game
        return tuple(Found(one, game, concept) for one in self[concept].solutions)

    @property
    def verified(self) -> bool:
        """Whether every solution carries a certificate that holds."""
        return all(result.verified for case in self.answer.cases for result in case.results)

    def to_dict(self) -> Json:
        """The JSON document, as ``solve --format json`` writes it."""
        from alliance_games.results.codec import encode

        return encode(self.answer)

    def _document(self, explain: bool = False) -> Document:
        from alliance_games.report.build import build

        return build(self.answer, explain=explain)

    def report(self, width: int | None = None, *, explain: bool = False) -> str:
        """The report as plain text, wrapped at ``width`` characters if given."""
        from alliance_games.render.terminal import to_text

        return to_text(self._document(explain), width)

    def _repr_html_(self) -> str:
        from alliance_games.render.html import render

        return render(self._document())

    def __repr__(self) -> str:
        study = self.answer.study
        asked = ", ".join(f"{one.concept}: {len(one.solutions)}" for one in self.results)
        return f"<Solved {study.title if study else ''!r}: {asked}>"

    def __str__(self) -> str:
        return self.report()


def _value(value: Number | Mapping[Any, Number]) -> Value:
    if isinstance(value, Mapping):
        return {_key(key): _number(entry) for key, entry in value.items()}
    return _number(value)


def _number(value: Number) -> Fraction:
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def _key(key: str | Sequence[str]) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else tuple(key)


@dataclass(frozen=True, slots=True)
class _Made:
    """The body of a parametric game that is one game, made in Python."""

    game: Game

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

    def build(self, environment: object, values: object, faults: object) -> Game:
        return self.game


def _study_of(game: Game) -> Study:
    body = cast("Body", _Made(game))
    return Study(f"A {game.kind} game", ParametricGame(game.players, (), (), body))
