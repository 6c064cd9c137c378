"""The bodies of cooperative games: a formula, a table, or weights and a quota."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.exact.compile import compile_number
from alliance_games.exact.environment import Environment, EvaluationError
from alliance_games.exact.evaluate import evaluate_number, helper_name
from alliance_games.exact.expression import Call, Expression, Name, children, rebuild, walk
from alliance_games.exact.functions import Rational
from alliance_games.exact.span import NOWHERE, Span
from alliance_games.model.coalitional import (
    MOST_TABLED,
    CoalitionalGame,
    Vote,
    members,
)
from alliance_games.model.coalitions_over_field import MOST_IN_FORMULAS, FieldCoalitions
from alliance_games.model.environments import Faults, Values, for_each_player, numbers
from alliance_games.model.other_forms import Field, OtherBody
from alliance_games.model.problems import Problem

Blocs = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class WorthFormula(OtherBody):
    """One formula over the members of a coalition: ``total(power)`` sums over them, ``size`` is
    how many they are, and ``has(France)`` is 1 if she is one of them, else 0."""

    kind: ClassVar[str] = "coalitional"

    players: tuple[str, ...]
    worth: Expression
    blocs: Blocs = ()

    def expressions(self) -> tuple[Expression, ...]:
        return (self.worth,)

    def over_field(self, field: Field) -> FieldCoalitions:
        """The game in numbers of the field."""
        _few(self.players, field)
        coalitions = range(1, 1 << len(self.players))
        worths = [field.worth(self.worth, list(members(one))) for one in coalitions]
        return FieldCoalitions.of(self.players, [Fraction(0), *worths])

    def build(self, environment: Environment, values: Values, faults: Faults) -> CoalitionalGame:
        """The worth of every coalition. Raises InvalidGame."""
        _refuse_many(len(self.players), self.worth.span, faults)
        worths = [Fraction(0), *self._worths(environment, values, faults)]
        faults.raise_any()
        return CoalitionalGame.from_worths(self.players, worths, self.blocs, environment.numeric)

    def _worths(
        self, environment: Environment, values: Values, faults: Faults
    ) -> Iterator[Rational]:
        """A coalition's worth depends on the sums, memberships and size the formula speaks of
        alone, so that each combination of them is evaluated once."""
        weights = list(dict.fromkeys(call.arguments[0] for call in self._calls("total")))
        asked = sorted(
            {self.players.index(helper_name(c.arguments[0])) for c in self._calls("has")}
        )
        program = compile_number(_with_totals_named(self.worth))
        own = for_each_player(environment, values, self.players)
        entries = [_entries(weight, own, self.players, faults) for weight in weights]
        by_size = self._speaks_of_size(values)
        now = [0]

        def has(arguments: tuple[Expression, ...]) -> int:
            return now[0] >> self.players.index(helper_name(arguments[0])) & 1

        here = environment.extended(functions={"has": has})
        known: dict[tuple[Rational, ...], Rational] = {}
        for coalition in range(1, 1 << len(self.players)):
            now[0] = coalition
            inside = list(members(coalition))
            totals = [sum([row[player] for player in inside]) for row in entries]
            size = len(inside) if by_size else 0
            key = (size, *totals, *(coalition >> player & 1 for player in asked))
            if key not in known:
                here.numbers.update(zip(map(_total_name, weights), totals, strict=True))
                if by_size:
                    here.numbers["size"] = size
                try:
                    known[key] = program(here)
                except EvaluationError as error:
                    names = ", ".join(self.players[player] for player in inside)
                    faults.add_error(error, f"for the coalition {names}")
                    known[key] = 0
            yield known[key]

    def _calls(self, function: str) -> Iterator[Call]:
        nodes = walk(self.worth)
        return (node for node in nodes if isinstance(node, Call) and node.function == function)

    def _speaks_of_size(self, values: Values) -> bool:
        """Whether ``size`` is the number of members, not a parameter called so."""
        names = {node.name for node in walk(self.worth) if isinstance(node, Name)}
        return "size" in names and "size" not in values


def _total_name(weight: Expression) -> str:
    return f"total({weight})"


def _with_totals_named(node: Expression) -> Expression:
    if isinstance(node, Call) and node.function == "total":
        return Name(_total_name(node.arguments[0]), node.span)
    old = children(node)
    new = tuple([_with_totals_named(child) for child in old])
    return node if all(a is b for a, b in zip(old, new, strict=True)) else rebuild(node, new)


def _entries(
    weight: Expression, own: list[Environment], players: tuple[str, ...], faults: Faults
) -> list[Rational]:
    found: list[Rational] = []
    for player, environment in zip(players, own, strict=True):
        try:
            found.append(evaluate_number(weight, environment))
        except EvaluationError as error:
            faults.add_error(error, f"for {player}")
            found.append(0)
    return found


@dataclass(frozen=True, slots=True)
class WorthTable(OtherBody):
    """The worth of coalitions one by one, and of all that are not in the table (None: none is
    missing)."""

    kind: ClassVar[str] = "coalitional"

    players: tuple[str, ...]
    table: Mapping[int, Expression]
    otherwise: Expression | None
    span: Span = NOWHERE
    blocs: Blocs = ()

    def expressions(self) -> tuple[Expression, ...]:
        rest = () if self.otherwise is None else (self.otherwise,)
        return (*self.table.values(), *rest)

    def over_field(self, field: Field) -> FieldCoalitions:
        """The game in numbers of the field."""
        _few(self.players, field)
        worths = [Fraction(0)] * (1 << len(self.players))
        if self.otherwise is not None:
            worths[1:] = [field.number(self.otherwise)] * (len(worths) - 1)
        for coalition, worth in self.table.items():
            worths[coalition] = field.number(worth)
        return FieldCoalitions.of(self.players, worths)

    def build(self, environment: Environment, values: Values, faults: Faults) -> CoalitionalGame:
        """The worth of every coalition. Raises InvalidGame."""
        _refuse_many(len(self.players), self.span, faults)
        found = numbers(self.expressions(), environment, faults)
        faults.raise_any()
        worths = [Fraction(0)] * (1 << len(self.players))
        if self.otherwise is not None:
            worths[1:] = [found[-1]] * (len(worths) - 1)
        for coalition, worth in zip(self.table, found, strict=False):
            worths[coalition] = worth
        return CoalitionalGame.from_worths(self.players, worths, self.blocs, environment.numeric)


@dataclass(frozen=True, slots=True)
class WeightedVote(OtherBody):
    """A weight for each player and the quota; ``strict`` where it must be passed."""

    kind: ClassVar[str] = "coalitional"

    players: tuple[str, ...]
    weights: tuple[Expression, ...]
    quota: Expression
    strict: bool = False
    blocs: Blocs = ()

    def expressions(self) -> tuple[Expression, ...]:
        return (*self.weights, self.quota)

    def over_field(self, field: Field) -> FieldCoalitions:
        """The game in numbers of the field: who wins where."""
        _few(self.players, field)
        found = zip(self.weights, self.players, strict=True)
        weights = [field.number(weight, player) for weight, player in found]
        quota = field.number(self.quota)
        for weight in weights:
            field.between(weight, 0, None, "a weight is negative")
        field.between(quota, 0, None, "the quota is negative")
        if not self.strict:
            field.differs(quota, 0, "the quota is zero")
        worths = [Fraction(0)]
        for coalition in range(1, 1 << len(weights)):
            total = sum((weights[member] for member in members(coalition)), Fraction(0))
            worths.append(Fraction(field.reaches(total - quota, self.strict)))
        return FieldCoalitions.of(self.players, worths)

    def build(self, environment: Environment, values: Values, faults: Faults) -> CoalitionalGame:
        """The vote. Raises InvalidGame for a negative weight or a quota of zero or less."""
        own = for_each_player(environment, values, self.players)
        found = [
            numbers((weight,), place, faults)[0]
            for weight, place in zip(self.weights, own, strict=True)
        ]
        (quota,) = numbers((self.quota,), environment, faults)
        faults.raise_any()
        for player, weight, formula in zip(self.players, found, self.weights, strict=True):
            if weight < 0:
                message = f"the weight of {player} is {weight}: weights are not negative"
                faults.add(Problem("negative-weight", message, faults.file, formula.span))
        if quota < 0 or (quota == 0 and not self.strict):
            message = f"with a quota of {quota} the empty coalition would win"
            hint = "the quota is above zero"
            faults.add(Problem("no-quota", message, faults.file, self.quota.span, hint))
        faults.raise_any()
        vote = Vote(tuple(found), quota, self.strict)
        game = CoalitionalGame.from_vote(self.players, vote, self.blocs)
        if not environment.numeric:
            return game
        return CoalitionalGame(self.players, game.numerators, 1, vote, self.blocs, True)


def _few(players: tuple[str, ...], field: Field) -> None:
    """Give up where there are too many coalitions to ask about in formulas."""
    if len(players) > MOST_IN_FORMULAS:
        field.too_large(f"it has more than {MOST_IN_FORMULAS} players, who can form coalitions")


def _refuse_many(players: int, span: Span, faults: Faults) -> None:
    """Raise InvalidGame where there are too many coalitions to write out."""
    if players > MOST_TABLED:
        message = f"there are {players} players; the worth of coalitions of up to {MOST_TABLED} fit"
        hint = "a vote by 'weights' and 'quota' may have more"
        faults.add(Problem("too-large", message, faults.file, span, hint))
        faults.raise_any()
