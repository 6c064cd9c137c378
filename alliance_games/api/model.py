"""A game to work with: at other values, in a scenario, solved, drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from alliance_games.api.solved import Solved
from alliance_games.model.parametric import Value, Values
from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Case, Study
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Game
from alliance_games.solve import solve_study

if TYPE_CHECKING:
    from alliance_games.claims.verdict import Verdict
    from alliance_games.report.blocks import Document
    from alliance_games.results.named.evolution import Moran

Number = int | float | str | Fraction
"""A number as a user writes it. Text and floats are read as written: 0.1 is exactly 1/10."""


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
        explain: bool = False,
        timeout: float | None = None,
        max_memory: int | None = None,
    ) -> Solved:
        """Ask solution concepts by name; without names, those the file or the game suggests.

        ``scenarios`` solves every scenario too, side by side. ``one`` is content with one
        equilibrium of a large game. ``explain`` keeps the reasons of candidates that were rejected
        (``Result.rejected``). ``timeout`` (seconds) and ``max_memory`` (bytes) limit the
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
            budget=lambda: Budget(seconds=timeout, bytes=max_memory, one=one, explain=explain),
        )
        if answer.interrupted:
            raise KeyboardInterrupt
        if not answer.cases:
            raise InvalidGame(answer.problems)
        return Solved(answer)

    def quantal_response(self, precision: float) -> list[dict[str, dict[str, float]]]:
        """The logit quantal response equilibria of one precision that are found, in floats.

        Each gives every player's probabilities by name. They lie on the branch that starts at
        uniform choice and, in small games, on those that tend to the equilibria found; there may
        be others. Raises ValueError for a tree, for a game too large to follow and for a precision
        that is not positive, or higher than branches are followed to.
        """
        from alliance_games.algorithms.logit_play import responses_at
        from alliance_games.concepts import refusal
        from alliance_games.concepts.logit import isolated
        from alliance_games.model.anonymous import AnonymousGame
        from alliance_games.model.extensive import ExtensiveGame
        from alliance_games.model.other_forms import OtherForm

        game = self.game
        if isinstance(game, ExtensiveGame):
            raise ValueError("of a tree `solve('logit')` gives the branch, not a single precision")
        reason = refusal("logit", game)
        if reason is not None or isinstance(game, OtherForm):
            raise ValueError(f"logit was not asked: {reason}")
        if not 0 < precision < float("inf"):
            raise ValueError(f"a precision is a positive number, not {precision}")
        found = []
        for point in responses_at(
            game, precision, lambda: None, lambda: isolated(game, lambda: None)
        ):
            if isinstance(game, AnonymousGame):
                rows = [(game.strategies, point.profile[role]) for role in game.roles]
            else:
                rows = list(zip(game.strategies, point.profile, strict=True))
            mixtures = [dict(zip(names, shares, strict=True)) for names, shares in rows]
            found.append(dict(zip(game.players, mixtures, strict=True)))
        return found

    def fixation(self, population: int, selection: Number = "1/10") -> Moran:
        """Fixation in a population of another size, or under stronger or weaker selection.

        The answer is that of the concept ``moran``, exact and checked: ``fixations`` holds the
        probability that each strategy takes over from each other one. Raises ValueError where the
        game is not symmetric, and for fewer than two members or an intensity of selection that is
        not between 0 and 1 or makes some fitness zero or negative.
        """
        from alliance_games.concepts.evolution.moran import in_population

        return in_population(self.game, population, _number(selection))

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


def _value(value: Number | Mapping[Any, Number]) -> Value:
    if isinstance(value, Mapping):
        return {_key(key): _number(entry) for key, entry in value.items()}
    return _number(value)


def _number(value: Number) -> Fraction:
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def _key(key: str | Sequence[str]) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else tuple(key)
