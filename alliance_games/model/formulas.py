"""Normal-form bodies by formula: payoffs in terms of who, and how many, chose what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
from alliance_games.exact.expression import (
    Call,
    Expression,
    Name,
    Text,
    children,
    rebuild,
    walk,
)
from alliance_games.exact.functions import Rational
from alliance_games.model.anonymous import (
    AnonymousGame,
    Counts,
    count_vectors,
    number_of_count_vectors,
)
from alliance_games.model.environments import Faults, Values, for_each_player
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.normal import NormalGame
from alliance_games.model.problems import Problem

HELPERS = {"count": (1, 1), "others": (1, 1), "total": (1, 2), "plays": (2, 2)}
"""The helpers of payoff formulas, with the least and greatest number of their arguments."""

WHOLE_TABLE = 4096
"""Up to so many profiles a game by counts is written out as a normal form, so that all of the
normal form's theory applies to it; larger ones stay anonymous games."""

MOST_PAYOFFS = 32_000_000
"""The most payoffs (profiles times players, or count vectors times strategies times roles) of a
game made by formulas."""

MOST_EVALUATIONS = 2_000_000
"""The most times formulas are evaluated for one game."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One thing a formula asks about the profile: ``count(Stag)``, ``total(power, Stag)``...

    ``strategy`` is '' where the strategy does not matter (``total(power)``); ``weight`` is the
    parameter of ``total``, ``player`` the player of ``plays``. ``name`` is what the aggregate is
    called in the environment.
    """

    helper: str
    strategy: str
    weight: Expression | None = None
    player: str = ""

    @property
    def name(self) -> str:
        """A name no formula can write."""
        return f"{self.helper}({self.weight or self.player}, {self.strategy})"


def aggregates_of(expression: Expression) -> tuple[Aggregate, ...]:
    """What the formula asks about the profile, each thing once."""
    calls = (node for node in walk(expression) if isinstance(node, Call))
    return tuple(dict.fromkeys(_aggregate(call) for call in calls if call.function in HELPERS))


def _aggregate(call: Call) -> Aggregate:
    def text(argument: Expression) -> str:
        return argument.value if isinstance(argument, Text) else str(argument)

    match call.function, call.arguments:
        case "total", (weight,):
            return Aggregate("total", "", weight)
        case "total", (weight, strategy):
            return Aggregate("total", text(strategy), weight)
        case "plays", (player, strategy):
            return Aggregate("plays", text(strategy), None, text(player))
        case helper, (strategy,):
            return Aggregate(helper, text(strategy))
    raise ValueError(f"{call} is not a helper of payoff formulas")


def with_aggregates_named(expression: Expression) -> Expression:
    """The formula with every helper call replaced by the name of its aggregate."""
    if isinstance(expression, Call) and expression.function in HELPERS:
        return Name(_aggregate(expression).name, expression.span)
    old = children(expression)
    new = tuple([with_aggregates_named(child) for child in old])
    if all(a is b for a, b in zip(old, new, strict=True)):
        return expression
    return rebuild(expression, new)


@dataclass(frozen=True, slots=True)
class NormalFormulas:
    """Payoffs by formula, one per player (all the same object where the file says ``each``).

    Names of strategies and players stand in the formulas as Text. ``crowd`` is the parameter that
    says how many players there are (``players: n``), or ''; the players are then named 1 to n.

    ``build`` gives an AnonymousGame where three or more players with the same strategies have
    payoffs that depend on the others only through counts and there are more than WHOLE_TABLE
    profiles; else a NormalGame.
    """

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    formulas: tuple[Expression, ...]
    crowd: str = ""

    @property
    def kind(self) -> str:
        """'normal' or 'anonymous': what ``build`` gives for these players."""
        size = prod(map(len, self.strategies))
        return "anonymous" if size > WHOLE_TABLE and self.is_by_counts else "normal"

    @property
    def is_by_counts(self) -> bool:
        """Whether the others matter only through how many of them chose what."""
        if len(self.players) < 3 or len(set(self.strategies)) != 1:
            return False
        distinct = {id(formula): formula for formula in self.formulas}
        aggregates = [part for formula in distinct.values() for part in aggregates_of(formula)]
        return all(part.helper in ("count", "others") for part in aggregates)

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula of the body."""
        return tuple({id(formula): formula for formula in self.formulas}.values())

    def for_players(self, number: int) -> NormalFormulas:
        """The same formulas for the players 1 to ``number`` (where ``crowd`` says so)."""
        players = tuple(map(str, range(1, number + 1)))
        return NormalFormulas(
            players,
            self.strategies[:1] * number,
            self.formulas[:1] * number,
            self.crowd,
        )

    def build(
        self, environment: Environment, values: Values, faults: Faults
    ) -> NormalGame | AnonymousGame:
        """The exact game at the values the environment was made of. Raises InvalidGame."""
        if self.kind == "anonymous":
            return _Builder(self, environment, values, faults).anonymous()
        return _Builder(self, environment, values, faults).normal()


class _Builder:
    def __init__(
        self, body: NormalFormulas, environment: Environment, values: Values, faults: Faults
    ) -> None:
        self.body, self.values, self.faults = body, values, faults
        self.environment = environment
        self.own = for_each_player(environment, values, body.players)
        self.evaluations = 0

    def normal(self) -> NormalGame:
        body = self.body
        size = prod(map(len, body.strategies))
        self._refuse_above(size * len(body.players), MOST_PAYOFFS, "payoffs")
        make = _large_table if size > WHOLE_TABLE else _small_table
        tables, denominators = [], []
        for player in range(len(body.players)):
            integers, denominator = make(self, player)
            tables.append(integers)
            denominators.append(denominator)
        self.faults.raise_any()
        return NormalGame(
            body.players,
            body.strategies,
            tuple(tables),
            tuple(denominators),
            numeric=self.environment.numeric,
        )

    def anonymous(self) -> AnonymousGame:
        body = self.body
        strategies, others = body.strategies[0], len(body.players) - 1
        roles, representatives = self._roles()
        vectors = number_of_count_vectors(others, len(strategies))
        cells = vectors * len(strategies) * len(representatives)
        self._refuse_above(cells, MOST_EVALUATIONS, "payoffs")
        tables, denominators = [], []
        for player in representatives:
            flat: list[Fraction] = []
            for own in range(len(strategies)):
                flat.extend(self._by_counts(player, own, count_vectors(others, len(strategies))))
            integers, denominator = over_common_denominator(flat)
            tables.append(
                tuple(
                    integers[own * vectors : (own + 1) * vectors] for own in range(len(strategies))
                )
            )
            denominators.append(denominator)
        self.faults.raise_any()
        return AnonymousGame(
            body.players,
            strategies,
            roles,
            tuple(tables),
            tuple(denominators),
            numeric=self.environment.numeric,
        )

    def _roles(self) -> tuple[tuple[int, ...], list[int]]:
        """Each player's role, and one player of each: same formula, same entries, same role."""
        entries = [
            {keys: number for keys, number in value.items() if len(keys) == 1}
            for value in self.values.values()
            if isinstance(value, dict)
        ]
        known: dict[tuple[object, ...], int] = {}
        roles, representatives = [], []
        for player, (name, formula) in enumerate(
            zip(self.body.players, self.body.formulas, strict=True)
        ):
            key = (id(formula), *(table.get((name,)) for table in entries))
            if key not in known:
                known[key] = len(known)
                representatives.append(player)
            roles.append(known[key])
        return tuple(roles), representatives

    def _by_counts(self, player: int, own: int, vectors: Sequence[Counts]) -> Iterable[Fraction]:
        strategies = self.body.strategies[0]
        formula = self.body.formulas[player]
        aggregates = aggregates_of(formula)
        wanted = [
            (strategies.index(part.strategy), int(part.helper == "count")) for part in aggregates
        ]
        evaluate = self.evaluator(player, strategies[own], aggregates)
        known: dict[tuple[int, ...], Fraction] = {}
        for others in vectors:
            key = tuple([others[at] + (whole and at == own) for at, whole in wanted])
            value = known.get(key)
            if value is None:
                value = known[key] = evaluate(key)
            yield value

    def evaluator(
        self, player: int, own: str, aggregates: Sequence[Aggregate]
    ) -> Callable[[Sequence[Rational]], Fraction]:
        """The player's payoff as a function of the aggregates' values, when she plays ``own``."""
        formula = with_aggregates_named(self.body.formulas[player])
        environment = self.own[player]
        hidden = "mine" in environment.numbers or "mine" in environment.entries
        environment = environment.extended({} if hidden else {"mine": own})
        names = [part.name for part in aggregates]
        about = f"for {self.body.players[player]} playing {own}"

        def evaluate(key: Sequence[Rational]) -> Fraction:
            self.evaluations += 1
            if self.evaluations > MOST_EVALUATIONS:
                self._refuse_above(self.evaluations, MOST_EVALUATIONS, "different payoffs")
            environment.numbers.update(zip(names, key, strict=True))
            try:
                return evaluate_number(formula, environment)
            except EvaluationError as error:
                self.faults.add_error(error, about)
                return Fraction(0)

        return evaluate

    def contributions(self, part: Aggregate, player: int) -> list[list[Rational]]:
        """What each strategy of each player adds to the aggregate, as ``player`` sees it."""
        rows: list[list[Rational]] = []
        for other, (name, strategies) in enumerate(
            zip(self.body.players, self.body.strategies, strict=True)
        ):
            weight = self._weight(part, player, other, name)
            rows.append(
                [weight if part.strategy in ("", strategy) else 0 for strategy in strategies]
            )
        return rows

    def _weight(self, part: Aggregate, player: int, other: int, name: str) -> Rational:
        match part.helper:
            case "count":
                return 1
            case "others":
                return int(other != player)
            case "plays":
                return int(name == part.player)
            case _:
                return self._entry(part.weight, other)

    def _entry(self, weight: Expression | None, other: int) -> Rational:
        assert weight is not None
        try:
            return evaluate_number(weight, self.own[other])
        except EvaluationError as error:
            self.faults.add_error(error, f"for {self.body.players[other]}")
            return 0

    def _refuse_above(self, number: int, most: int, what: str) -> None:
        if number > most:
            self.faults.add(
                Problem(
                    "too-large",
                    f"the game has {_many(number)} {what}; at most {most:,} fit",
                    self.faults.file,
                    self.body.formulas[0].span,
                    "payoffs that depend on the others through count(...) alone need far fewer",
                )
            )
            self.faults.raise_any()


def _many(number: int) -> str:
    return f"{number:,}" if number < 10**12 else f"about 10^{len(str(number)) - 1}"


def _small_table(builder: _Builder, player: int) -> tuple[list[int], int]:
    """The player's payoffs, profile by profile; formulas are evaluated once per aggregates."""
    body = builder.body
    aggregates = aggregates_of(body.formulas[player])
    columns = [_sums(builder.contributions(part, player)) for part in aggregates]
    keys = list(zip(*columns, strict=True)) if columns else [()] * prod(map(len, body.strategies))
    evaluators = [
        builder.evaluator(player, strategy, aggregates) for strategy in body.strategies[player]
    ]
    known: list[dict[tuple[Rational, ...], Fraction]] = [{} for _ in evaluators]
    payoffs = []
    for profile, key in zip(product(*map(_indices, body.strategies)), keys, strict=True):
        own = profile[player]
        value = known[own].get(key)
        if value is None:
            value = known[own][key] = evaluators[own](key)
        payoffs.append(value)
    return over_common_denominator(payoffs)


def _indices(strategies: tuple[str, ...]) -> range:
    return range(len(strategies))


def _sums(rows: Sequence[Sequence[Rational]]) -> list[Rational]:
    """The sum of one entry per row, for all choices in row-major order."""
    sums: list[Rational] = [0]
    for row in rows:
        sums = [before + entry for before in sums for entry in row]
    return sums


def _large_table(builder: _Builder, player: int) -> tuple[Sequence[int], int]:
    """``_small_table`` for many profiles, in numpy."""
    return _small_table(builder, player)
