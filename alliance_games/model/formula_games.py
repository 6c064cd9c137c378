"""Exact games from payoff formulas: by profiles, or by counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import prod

from alliance_games.exact.compile import compile_number
from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
from alliance_games.exact.expression import Expression
from alliance_games.exact.functions import Rational
from alliance_games.model import profile_tables
from alliance_games.model.anonymous import (
    AnonymousGame,
    Counts,
    count_vectors,
    number_of_count_vectors,
)
from alliance_games.model.environments import Faults, Values, for_each_player
from alliance_games.model.formulas import (
    WHOLE_TABLE,
    Aggregate,
    NormalFormulas,
    aggregates_of,
    with_aggregates_named,
)
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.normal import NormalGame
from alliance_games.model.problems import Problem

MOST_PAYOFFS = 32_000_000
"""The most payoffs (profiles times players) of a normal form made by formulas."""

MOST_EVALUATIONS = 2_000_000
"""The most times formulas are evaluated for one game, and the most payoffs by counts."""


class Builder:
    """One body at one set of values."""

    def __init__(
        self, body: NormalFormulas, environment: Environment, values: Values, faults: Faults
    ) -> None:
        self.body, self.values, self.faults = body, values, faults
        self.environment = environment
        self.own = for_each_player(environment, values, body.players)

    def normal(self) -> NormalGame:
        body = self.body
        size = prod(map(len, body.strategies))
        self._refuse_above(size * len(body.players), MOST_PAYOFFS, "payoffs")
        make = profile_tables.large if size > WHOLE_TABLE else profile_tables.small
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
            flat: list[Rational] = []
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

    def _by_counts(self, player: int, own: int, vectors: Sequence[Counts]) -> Iterable[Rational]:
        strategies = self.body.strategies[0]
        formula = self.body.formulas[player]
        aggregates = aggregates_of(formula)
        wanted = [
            (strategies.index(part.strategy), int(part.helper == "count")) for part in aggregates
        ]
        evaluate = self.evaluator(player, strategies[own], aggregates)
        known: dict[tuple[int, ...], Rational] = {}
        for others in vectors:
            key = tuple([others[at] + (whole and at == own) for at, whole in wanted])
            value = known.get(key)
            if value is None:
                value = known[key] = evaluate(key)
            yield value

    def evaluator(
        self, player: int, own: str, aggregates: Sequence[Aggregate]
    ) -> Callable[[Sequence[Rational]], Rational]:
        """The player's payoff as a function of the aggregates' values, when she plays ``own``."""
        program = compile_number(with_aggregates_named(self.body.formulas[player]))
        environment = self.own[player]
        hidden = "mine" in environment.numbers or "mine" in environment.entries
        environment = environment.extended({} if hidden else {"mine": own})
        names = [part.name for part in aggregates]
        about = f"for {self.body.players[player]} playing {own}"

        def evaluate(key: Sequence[Rational]) -> Rational:
            environment.numbers.update(zip(names, key, strict=True))
            try:
                return program(environment)
            except EvaluationError as error:
                self.faults.add_error(error, about)
                return 0

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

    def expect_evaluations(self, number: int) -> None:
        """Refuse a game whose formulas would be evaluated too often, before they are."""
        self._refuse_above(number, MOST_EVALUATIONS, "different payoffs")

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
