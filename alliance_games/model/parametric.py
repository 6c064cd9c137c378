"""Games with symbols: parameters, assumptions and a body that gives an exact game at values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from alliance_games.exact.evaluate import (
    Environment,
    EvaluationError,
    evaluate_number,
    evaluate_truth,
)
from alliance_games.exact.expression import Entry, Expression, Name, walk
from alliance_games.exact.functions import finer
from alliance_games.exact.span import NOWHERE, Span
from alliance_games.exact.words import did_you_mean
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.environments import (
    Faults,
    Value,
    Values,
    as_player,
    environment_at,
)
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherBody, OtherForm
from alliance_games.model.problems import InvalidGame, Problem

if TYPE_CHECKING:
    from alliance_games.model.formulas import NormalFormulas
    from alliance_games.model.rankings import OrdinalTable
    from alliance_games.model.tables import NormalTable
    from alliance_games.model.trees import TreeBody

    Body: TypeAlias = NormalTable | OrdinalTable | NormalFormulas | TreeBody | OtherBody

__all__ = ["Assumption", "Parameter", "ParametricGame", "Value", "Values"]

Game: TypeAlias = NormalGame | AnonymousGame | ExtensiveGame | OtherForm

MOST_PLAYERS = 10_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A symbol of the game.

    ``default`` is a number, or one per player or pair; ``low`` and ``high`` bound the closed
    range of every entry (None: unbounded).
    """

    name: str
    default: Value
    low: Expression | None = None
    high: Expression | None = None
    about: str = ""
    file: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Assumption:
    """A condition the theory takes as given; ``text`` is it as written.

    A per-player parameter by itself (``power > 0``) means every player's.
    """

    expression: Expression
    text: str
    file: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ParametricGame:
    """A game for every value of its parameters; one without parameters is the constant case.

    ``definitions`` are kept for reports: the body's formulas have them written out. ``players``
    and ``strategies`` are those at the defaults (where a parameter says how many players there
    are, other values have others). ``file`` is where the spans of the body's formulas point.
    """

    players: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    assumptions: tuple[Assumption, ...]
    body: Body
    definitions: Mapping[str, Expression] = field(default_factory=dict)
    file: str = ""
    # The first game built, which is the one at the defaults that the reader tried out.
    _first: list[tuple[Values, Game]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @property
    def kind(self) -> str:
        """The kind of game at the defaults: 'normal', 'anonymous', 'extensive', 'coalitional'..."""
        return self.body.kind

    @property
    def strategies(self) -> tuple[tuple[str, ...], ...]:
        """Each player's strategies; none in extensive form."""
        return self.body.strategies

    @property
    def is_constant(self) -> bool:
        """Whether the game has no parameters."""
        return not self.parameters

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """The names of the parameters, in the order of the file."""
        return tuple(parameter.name for parameter in self.parameters)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter called ``name``, or None."""
        return next((one for one in self.parameters if one.name == name), None)

    def values(self, overrides: Values | None = None) -> Values:
        """The defaults changed by ``overrides``, for all parameters in declared order.

        An override of a parameter with entries may give some of them, or one number for all;
        a pair may be named in either order. Raises InvalidGame for an unknown name or entry, and
        where the values leave a range or break an assumption.
        """
        faults = Faults(self.file)
        values = {parameter.name: parameter.default for parameter in self.parameters}
        for name, value in (overrides or {}).items():
            parameter = self.parameter(name)
            if parameter is None:
                faults.add(_unknown(name, values))
            else:
                values[name] = _overridden(parameter, value, faults)
        faults.raise_any()
        self._check(values, faults)
        faults.raise_any()
        return values

    def players_at(self, values: Values) -> tuple[str, ...]:
        """The players at these values. Raises InvalidGame for a number that cannot be."""
        crowd = self.body.crowd
        if not crowd:
            return self.players
        number = values[crowd]
        if isinstance(number, Fraction) and number.denominator == 1:
            if 1 <= number <= MOST_PLAYERS:
                return tuple(map(str, range(1, int(number) + 1)))
            wrong = f"there can be 1 to {MOST_PLAYERS:,} players, not {number}"
            code = "too-large" if number > MOST_PLAYERS else "players"
        else:
            wrong, code = f"the number of players, {crowd}, is not an integer", "players"
        parameter = self.parameter(crowd)
        span = parameter.span if parameter else NOWHERE
        raise InvalidGame([Problem(code, wrong, self.file, span)])

    def among(self, values: Values) -> ParametricGame:
        """The game whose players are those at these values, where a parameter says how many."""
        players = self.players_at(values)
        if players == self.players:
            return self
        return replace(self, players=players, body=self.body.for_players(len(players)))

    def environment(self, values: Values) -> Environment:
        """What names stand for at these values: parameters, and definitions that have a value.

        (A definition about the player's own strategy, say, has none by itself.)
        """
        environment = environment_at(values, self.players_at(values))
        numbers: dict[str, Fraction] = {}
        for name, definition in self.definitions.items():
            with suppress(EvaluationError):
                numbers[name] = evaluate_number(definition, environment)
        return environment.extended(numbers) if numbers else environment

    def at(self, values: Values) -> Game:
        """The exact game at values of all the parameters, as ``values()`` gives them.

        Where payoffs leave the rationals, equal ones are equal: see :mod:`.irrational`.

        Raises InvalidGame where a payoff has no value there, the probabilities of a chance
        move are none, or the game is too large.
        """
        if self._first and self._first[0][0] == values:
            return self._first[0][1]
        players = self.players_at(values)
        body = self.body
        if players != body.players:
            body = body.for_players(len(players))
        game = body.build(environment_at(values, players), values, Faults(self.file))
        if game.numeric and not isinstance(game, OtherForm):
            from alliance_games.model.irrational import settled

            with finer():
                again = body.build(environment_at(values, players), values, Faults(self.file))
            assert not isinstance(again, OtherForm)
            game = settled(game, again)
        if not self._first:
            self._first.append((dict(values), game))
        return game

    def _check(self, values: Values, faults: Faults) -> None:
        """Ranges first: an assumption may have no value outside them."""
        environment = environment_at(values, self.players_at(values))
        for parameter in self.parameters:
            if parameter.low is not None or parameter.high is not None:
                _check_range(parameter, values[parameter.name], environment, faults)
        if faults:
            return
        for assumption in self.assumptions:
            _check_assumption(assumption, self.players, values, environment, faults)


def _unknown(name: str, known: Iterable[str]) -> Problem:
    names = list(known)
    hint = did_you_mean(name, names) or (
        f"its parameters are {', '.join(names)}" if names else "the game has no parameters"
    )
    return Problem("unknown-parameter", f"there is no parameter '{name}'", hint=hint)


def _overridden(parameter: Parameter, value: Value, faults: Faults) -> Value:
    default = parameter.default
    if not isinstance(default, Mapping):
        if isinstance(value, Mapping):
            message = f"'{parameter.name}' is one number, without entries"
            faults.add(Problem("unknown-entry", message, hint=f"write {parameter.name} alone"))
            return default
        return Fraction(value)
    if not isinstance(value, Mapping):
        return dict.fromkeys(default, Fraction(value))
    result = dict(default)
    for keys, number in value.items():
        found = keys if keys in default else keys[::-1]
        if found in default:
            result[found] = Fraction(number)
        else:
            entry = f"{parameter.name}[{', '.join(keys)}]"
            known = {", ".join(keys): keys for keys in default}
            hint = did_you_mean(", ".join(keys), known) or f"it has {'; '.join(known)}"
            faults.add(Problem("unknown-entry", f"there is no entry {entry}", hint=hint))
    return result


def entries_of(name: str, value: Value) -> list[tuple[str, Fraction]]:
    """The numbers of a parameter, each with what it is called: ``stag``, ``power[France]``."""
    if isinstance(value, Mapping):
        return [(f"{name}[{', '.join(keys)}]", number) for keys, number in value.items()]
    return [(name, value)]


def _check_range(
    parameter: Parameter, value: Value, environment: Environment, faults: Faults
) -> None:
    try:
        low = None if parameter.low is None else evaluate_number(parameter.low, environment)
        high = None if parameter.high is None else evaluate_number(parameter.high, environment)
    except EvaluationError as error:
        faults.add_error(error, f"in the range of {parameter.name}")
        return
    for name, number in entries_of(parameter.name, value):
        if (low is not None and number < low) or (high is not None and number > high):
            bounds = (
                f"[{'-infinity' if low is None else low}, {'infinity' if high is None else high}]"
            )
            faults.add(
                Problem(
                    "out-of-range",
                    f"{name} = {number} is not in its range {bounds}",
                    parameter.file,
                    parameter.span,
                )
            )


def _check_assumption(
    assumption: Assumption,
    players: tuple[str, ...],
    values: Values,
    environment: Environment,
    faults: Faults,
) -> None:
    used = {node.name for node in walk(assumption.expression) if isinstance(node, Name)}
    per_player = [
        name
        for name in used
        if isinstance(value := values.get(name), Mapping) and all(len(keys) == 1 for keys in value)
    ]
    cases = (
        [(f" for {player}", as_player(environment, values, player)) for player in players]
        if per_player
        else [("", environment)]
    )
    for whom, own in cases:
        try:
            holds = evaluate_truth(assumption.expression, own)
        except EvaluationError as error:
            faults.add_error(error, f"in the assumption{whom}")
            return
        if not holds:
            where = _with_values(assumption.expression, own)
            faults.add(
                Problem(
                    "broken-assumption",
                    f"the values break the assumption '{assumption.text}'{whom}{where}",
                    assumption.file,
                    assumption.span,
                )
            )
            return


def _with_values(expression: Expression, environment: Environment) -> str:
    """``: stag = 2, rabbit = 3``, the values that decide the condition."""
    parts = []
    for node in dict.fromkeys(walk(expression)):
        if isinstance(node, Name) and node.name in environment.numbers:
            parts.append(f"{node.name} = {environment.numbers[node.name]}")
        elif isinstance(node, Entry) and node.keys in environment.entries.get(node.name, {}):
            parts.append(f"{node} = {environment.entries[node.name][node.keys]}")
    return ": " + ", ".join(parts) if parts else ""
