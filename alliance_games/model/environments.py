"""What the names of a game's formulas stand for at given values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from alliance_games.exact.evaluate import Environment, EvaluationError, Helper, evaluate_number
from alliance_games.exact.expression import Expression
from alliance_games.model.problems import InvalidGame, Problem

Value = Fraction | Mapping[tuple[str, ...], Fraction]
"""A parameter's value: a number, or one per player (keys of one name) or pair (of two)."""

Values = Mapping[str, Value]
"""Values of parameters by name."""


def environment_at(values: Values, players: Sequence[str]) -> Environment:
    """Every parameter at its value, and ``n``, the number of players, unless a parameter hides it.

    A parameter with entries has no value by itself: ``as_player`` gives it a player's own.
    """
    numbers: dict[str, Fraction | int] = {"n": len(players)}
    entries: dict[str, Mapping[tuple[str, ...], Fraction]] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            entries[name] = both_orders(value)
            numbers.pop(name, None)
        else:
            numbers[name] = value
    environment = Environment(numbers, entries)
    environment.functions["total"] = _total(environment, values, players)
    return environment


def _total(environment: Environment, values: Values, players: Sequence[str]) -> Helper:
    """``total(power)``: the sum over all the players."""

    def total(arguments: tuple[Expression, ...]) -> Fraction:
        own = for_each_player(environment, values, players)
        return sum([evaluate_number(arguments[0], each) for each in own], Fraction(0))

    return total


def as_player(environment: Environment, values: Values, player: str) -> Environment:
    """The environment in which a per-player parameter by itself is the entry of ``player``."""
    own = {
        name: value[(player,)]
        for name, value in values.items()
        if isinstance(value, Mapping) and (player,) in value
    }
    return environment.extended(own) if own else environment


def for_each_player(
    environment: Environment, values: Values, players: Sequence[str]
) -> list[Environment]:
    """``as_player`` for every player; the one environment shared where nothing is per player."""
    if not any(isinstance(value, Mapping) for value in values.values()):
        return [environment] * len(players)
    return [as_player(environment, values, player) for player in players]


def both_orders(value: Mapping[tuple[str, ...], Fraction]) -> Mapping[tuple[str, ...], Fraction]:
    """A pairwise value with each pair in both orders."""
    reverse = {tuple(reversed(keys)): number for keys, number in value.items() if len(keys) == 2}
    return {**reverse, **value} if reverse else value


class Faults:
    """The faults met while a game is built at values; each place is reported once."""

    def __init__(self, file: str = "") -> None:
        self.file = file
        self._found: dict[tuple[object, ...], Problem] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, problem: Problem) -> None:
        """Note a problem, unless the same one is known at the same place."""
        key = (problem.code, problem.span, problem.message if not problem.span.line else "")
        self._found.setdefault(key, problem)

    def add_error(self, error: EvaluationError, about: str = "") -> None:
        """Note a formula that has no value; ``about`` says for whom or where."""
        message = f"{error.message} ({about})" if about else error.message
        self.add(Problem(error.code, message, self.file, error.span, error.hint))

    def raise_any(self) -> None:
        """Raise InvalidGame with everything noted, in the order of the file."""
        if self._found:
            found = sorted(self._found.values(), key=lambda p: (p.span.line, p.span.column))
            raise InvalidGame(found)


def numbers(
    expressions: Sequence[Expression], environment: Environment, faults: Faults
) -> list[Fraction]:
    """The exact values; zero, and a fault noted, where there is none.

    An expression that stands in many places is evaluated once.
    """
    known: dict[int, Fraction] = {}
    found = []
    for expression in expressions:
        value = known.get(id(expression))
        if value is None:
            try:
                value = evaluate_number(expression, environment)
            except EvaluationError as error:
                faults.add_error(error)
                value = Fraction(0)
            known[id(expression)] = value
        found.append(value)
    return found
