"""Normal forms from payoff formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

from alliance_games.exact.compile import compile_number
from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
from alliance_games.exact.expression import Expression
from alliance_games.exact.functions import Rational
from alliance_games.model import profile_tables
from alliance_games.model.environments import Faults, Values, for_each_player
from alliance_games.model.formulas import (
    WHOLE_TABLE,
    Aggregate,
    NormalFormulas,
    with_aggregates_named,
)
from alliance_games.model.normal import NormalGame
from alliance_games.model.too_large import MOST_EVALUATIONS, MOST_PAYOFFS, refuse_above


class Builder:
    """One body at one set of values."""

    def __init__(
        self, body: NormalFormulas, environment: Environment, values: Values, faults: Faults
    ) -> None:
        self.body, self.values, self.faults = body, values, faults
        self.environment = environment
        self.own = for_each_player(environment, values, body.players)

    def game(self) -> NormalGame:
        """The exact game; raises InvalidGame."""
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
        refuse_above(number, most, what, self.body.formulas[0].span, self.faults)
