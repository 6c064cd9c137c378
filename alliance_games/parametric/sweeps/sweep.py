"""Sweeps: the equilibria of a game at many values of its parameters.

Small normal forms are solved over whole arrays of points in floats whose errors are bounded; a
point at which a decision is within its error is solved again by the ordinary exact solver, and so
is every point of any other game.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from alliance_games.model.environments import Values
from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Study
from alliance_games.parametric.sweeps import ordinary
from alliance_games.parametric.sweeps import rows as codes
from alliance_games.parametric.sweeps.formulas import NotVectorised, truth, values
from alliance_games.parametric.sweeps.near import Near
from alliance_games.parametric.sweeps.payoffs import FormulaGame, formula_game
from alliance_games.parametric.sweeps.points import Chunk, Grid
from alliance_games.parametric.sweeps.rows import Rows, joined
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Game

MOST_STRATEGIES = 4
"""All equilibria are found in arrays for two players with up to so many strategies each."""

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alliance_games.parametric.sweeps.data import Data

    Flags = NDArray[np.bool_]


class Vectorised(Protocol):
    """What solves a game at many points at once."""

    def solve(self, at: dict[str, Near], size: int) -> tuple[Rows, Flags]:
        """The rows of the points that are settled, and which points are left."""
        ...


@dataclass(slots=True)
class Part:
    """The rows of one chunk of points."""

    chunk: Chunk
    rows: Rows
    problems: list[str]


@dataclass
class Sweep:
    """One sweep: a study, the values that stay, the points, and what is asked.

    ``base`` are the values of all parameters but for what varies; ``exact`` asks for fractions
    (and the ordinary solver everywhere); ``seconds`` bounds the whole work. ``parts`` does it;
    afterwards ``stopped`` says why it ended early ('' where it did not), ``done`` how many points
    are finished and ``again`` how many of them the ordinary solver settled.
    """

    study: Study
    base: Values
    points: Grid | Data
    concept: str = "nash"
    exact: bool = False
    seconds: float | None = None
    stopped: str = ""
    done: int = 0
    again: int = 0
    problems: list[str] = field(default_factory=lambda: [""])

    def __post_init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self._start = time.monotonic()

    @cached_property
    def sample(self) -> Game:
        """A game of the sweep, for its players and strategies: that at the base, or else at the
        defaults. (The base need not be allowed: what varies has its default in it.)"""
        game = self.study.game
        try:
            return game.at(self.base)
        except InvalidGame:
            return game.at(game.values())

    @cached_property
    def choices(self) -> tuple[ordinary.Choice, ...]:
        """What the players choose between; raises UnfitConcept for a game by counts."""
        return ordinary.choices_of(self.sample)

    @cached_property
    def strategies(self) -> tuple[str, ...]:
        """The columns of probabilities."""
        return tuple(name for choice in self.choices for name in choice.columns)

    @property
    def players(self) -> tuple[str, ...]:
        """The players, for the columns of payoffs."""
        return self.sample.players

    @property
    def selects(self) -> bool:
        """Whether rows say which equilibrium is payoff- and which risk-dominant."""
        return self.concept == "nash" and self.sample.kind == "normal"

    @cached_property
    def vectorised(self) -> tuple[FormulaGame, Vectorised] | None:
        """The game as formulas with what solves it in arrays; None where that is not possible."""
        if self.exact or self.concept not in ("nash", "pure-nash"):
            return None
        game = self.sample
        if game.kind != "normal" or game.ordinal or game.numeric:
            return None
        try:
            found = formula_game(self.study.game, self.base, frozenset(self.points.names))
            solver = _solver(found, self.concept)
            if solver is not None:
                _try(found)
            return None if solver is None else (found, solver)
        except NotVectorised:
            return None

    def parts(self) -> Iterator[Part]:
        """The rows, chunk by chunk, in the order of the points."""
        try:
            for chunk in self.points.chunks():
                if self._late():
                    return
                yield self._part(chunk)
                if self.stopped:
                    return
        except KeyboardInterrupt:
            self.stopped = "the work was interrupted"
            raise

    def _part(self, chunk: Chunk) -> Part:
        if self.points.has_lines:
            # Each row of data may have a problem of its own: they are not kept.
            self.problems, self._numbers = [""], {"": 0}
        pieces: list[Rows] = []
        left = np.ones(chunk.size, dtype=bool)
        if chunk.faults:
            lines = [
                (k, ordinary.Line(status=codes.FAULT, problem=why))
                for k, why in sorted(chunk.faults.items())
            ]
            pieces.append(self._table(lines))
            left[list(chunk.faults)] = False
        if self.vectorised is not None:
            with np.errstate(all="ignore"):
                pieces += self._fast(chunk, left)
        places = np.flatnonzero(left)
        lines, done = self._slow(chunk, places.tolist())
        self.again += len(places) if done is None else done
        pieces.append(self._table(lines))
        rows = joined(pieces)
        if chunk.numeric is not None:
            rows.status[chunk.numeric[rows.point] & (rows.status == codes.EXACT)] = codes.NUMERIC
        if done is not None and done < len(places):
            rows = rows.take(rows.point < places[done])
            self.done += int(places[done])
        else:
            self.done += chunk.size
        return Part(chunk, rows, self.problems)

    def _fast(self, chunk: Chunk, left: Flags) -> list[Rows]:
        """The rows of the points that arrays settle; ``left`` is told which they are."""
        assert self.vectorised is not None
        game, solver = self.vectorised
        pieces = []
        good = left.copy()
        for condition in game.conditions:
            yes, no = (np.broadcast_to(flags, left.shape) for flags in truth(
                condition.formula, chunk.near
            ))  # fmt: skip
            broken = good & no
            if broken.any():
                rows = Rows.blank(int(broken.sum()), len(self.strategies), len(self.players))
                rows.point[:] = np.flatnonzero(broken)
                rows.status[:] = codes.EXCLUDED
                rows.problem[:] = self._problem(condition.problem)
                pieces.append(rows)
                left &= ~broken
            good &= yes
        for payoff in game.distinct:
            good &= np.isfinite(values(payoff, chunk.near).error)
        places = np.flatnonzero(good)
        if len(places):
            at = {name: number.at(places) for name, number in chunk.near.items()}
            rows, again = solver.solve(at, len(places))
            rows.point[:] = places[rows.point]
            pieces.append(rows)
            left[places[~again]] = False
        return pieces

    def _slow(
        self, chunk: Chunk, places: list[int]
    ) -> tuple[list[tuple[int, ordinary.Line]], int | None]:
        """The lines of some points by the ordinary solver; how many were done if it stopped."""
        solver = self._ordinary
        found: list[tuple[int, ordinary.Line]] = []
        for number, place in enumerate(places):
            if self._late():
                return found, number
            budget = self._budget()
            lines = solver.lines(chunk.exact(place), budget)
            found += [(place, line) for line in lines]
            if budget.interrupted:
                raise KeyboardInterrupt
            if any(line.status == codes.STOPPED for line in lines):
                self.stopped = f"the time limit of {self.seconds:g} seconds was reached"
                for line in lines:
                    line.problem = line.problem and self.stopped
                return found, number + 1
        return found, None

    @cached_property
    def _ordinary(self) -> ordinary.Solver:
        selections = ordinary.SELECTIONS if self.selects else ()
        return ordinary.Solver(self.study.game, self.base, self.concept, selections, self.choices)

    def _late(self) -> bool:
        """Whether the time is over; ``stopped`` then says so."""
        left = self._budget().seconds
        if left is not None and left <= 0:
            self.stopped = f"the time limit of {self.seconds:g} seconds was reached"
        return bool(self.stopped)

    def _budget(self) -> Budget:
        if self.seconds is None:
            return Budget()
        return Budget(seconds=self.seconds - (time.monotonic() - self._start))

    def _table(self, lines: list[tuple[int, ordinary.Line]]) -> Rows:
        return ordinary.table(
            lines, len(self.strategies), len(self.players), self._problem, exact=self.exact
        )

    def _problem(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.problems)
            self.problems.append(text)
        return self._numbers[text]


def base_values(study: Study, scenario: str | None, overrides: Values) -> Values:
    """All parameters at the defaults, the scenario's and the overriding values, unchecked: what
    varies may be what makes them allowed. Raises InvalidGame for an unknown name."""
    game = study.game
    found = dict(_filled({p.name: p.default for p in game.parameters}))
    chosen = study.scenario(scenario) if scenario is not None else None
    for given in (chosen.values if chosen else {}, overrides):
        for name, value in given.items():
            default = found[name]
            if not isinstance(default, Mapping):
                found[name] = value
            elif isinstance(value, Mapping):
                changed = dict(default)
                for keys, number in value.items():
                    changed[keys if keys in default else keys[::-1]] = Fraction(number)
                found[name] = changed
            else:
                found[name] = dict.fromkeys(default, Fraction(value))
    return found


def _filled(values: Mapping[str, object]) -> Values:
    return values  # type: ignore[return-value]


def _solver(game: FormulaGame, concept: str) -> Vectorised | None:
    """What solves games of this shape in arrays."""
    if concept == "nash" and game.shape == (2, 2):
        from alliance_games.parametric.sweeps.two_by_two import Solver

        return Solver(game)
    if concept == "nash" and len(game.shape) == 2 and max(game.shape) <= MOST_STRATEGIES:
        from alliance_games.parametric.sweeps import supports

        return supports.Solver(game)
    if concept == "pure-nash":
        from alliance_games.parametric.sweeps import pure

        return pure.Solver(game)
    return None


def _try(game: FormulaGame) -> None:
    """Find out that the conditions can be evaluated, before the work and not within it."""
    from alliance_games.exact.expression import names

    for condition in game.conditions:
        sample = {name: Near.of(1).spread(1) for name in names(condition.formula)}
        with np.errstate(all="ignore"):
            truth(condition.formula, sample)
