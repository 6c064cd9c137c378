"""Anonymous games from payoff formulas: payoffs by how many others chose what.

Whatever in a formula does not depend on who the player is and what she plays is evaluated once for
each vector of counts, for all roles together; what is left is evaluated once for each role, own
strategy and combination of those values. ``if(count(Act) >= n/2, v, 0) - cost`` has two such
combinations, however many players there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from alliance_games.exact.compile import compile_number, compile_value
from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
from alliance_games.exact.expression import Expression, Name, children, names, rebuild, walk
from alliance_games.exact.functions import Rational
from alliance_games.model.anonymous import (
    AnonymousGame,
    Counts,
    count_vectors,
    number_of_count_vectors,
)
from alliance_games.model.environments import Faults, Values, for_each_player
from alliance_games.model.formulas import NormalFormulas, aggregates_of, with_aggregates_named
from alliance_games.model.too_large import MOST_EVALUATIONS, refuse_above

Key = tuple[Any, ...]
"""Values of what a formula's payoffs were found to depend on besides the player."""


def anonymous_game(
    body: NormalFormulas, environment: Environment, values: Values, faults: Faults
) -> AnonymousGame:
    """The exact game at the values the environment was made of. Raises InvalidGame."""
    strategies, others = body.strategies[0], len(body.players) - 1
    roles, representatives = _roles(body, values)
    size = number_of_count_vectors(others, len(strategies))
    number = size * len(strategies) * len(representatives)
    refuse_above(number, MOST_EVALUATIONS, "payoffs", body.formulas[0].span, faults)
    vectors = count_vectors(others, len(strategies))
    own_names = {name for name, value in values.items() if not isinstance(value, Fraction)}
    if "mine" not in values:
        own_names.add("mine")
    environment = _with_totals(body, environment, values, faults)
    shared = {
        id(formula): _Shared(formula, own_names, strategies, vectors, environment)
        for formula in body.expressions()
    }
    owns = for_each_player(environment, values, body.players)
    tables, denominators = [], []
    for player in representatives:
        table, denominator = shared[id(body.formulas[player])].table(
            owns[player], body.players[player], faults
        )
        tables.append(table)
        denominators.append(denominator)
    faults.raise_any()
    numeric = environment.numeric
    return AnonymousGame(
        body.players, strategies, roles, tuple(tables), tuple(denominators), numeric=numeric
    )


def _roles(body: NormalFormulas, values: Values) -> tuple[tuple[int, ...], list[int]]:
    """Each player's role, and one player of each: same formula, same entries, same role."""
    used = {name for formula in body.expressions() for name in names(formula)}
    entries = [
        value for name, value in values.items() if name in used and not isinstance(value, Fraction)
    ]
    known: dict[tuple[object, ...], int] = {}
    roles, representatives = [], []
    for player, (name, formula) in enumerate(zip(body.players, body.formulas, strict=True)):
        key = (id(formula), *(table.get((name,)) for table in entries))
        if key not in known:
            known[key] = len(known)
            representatives.append(player)
        roles.append(known[key])
    return tuple(roles), representatives


def _with_totals(
    body: NormalFormulas, environment: Environment, values: Values, faults: Faults
) -> Environment:
    """The environment with the sums over all players, which nobody's choice changes."""
    totals = {
        part.name: part.weight
        for formula in body.expressions()
        for part in aggregates_of(formula)
        if part.weight is not None
    }
    owns = for_each_player(environment, values, body.players) if totals else []
    sums: dict[str, Fraction] = {}
    for name, weight in totals.items():
        try:
            sums[name] = sum([evaluate_number(weight, own) for own in owns], Fraction(0))
        except EvaluationError as error:
            faults.add_error(error)
    faults.raise_any()
    return environment.extended(sums) if sums else environment


class _Shared:
    """One formula, with all that is the same for whoever uses it.

    ``symbols`` name what its payoffs were found to depend on besides the player, ``program`` gives
    a payoff from their values; for each own strategy ``keys`` are the combinations of values met
    and ``positions`` which of them each vector of counts has.
    """

    def __init__(
        self,
        formula: Expression,
        own_names: set[str],
        strategies: tuple[str, ...],
        vectors: Sequence[Counts],
        environment: Environment,
    ) -> None:
        self.strategies = strategies
        self.says_mine = "mine" in own_names
        counted = [part for part in aggregates_of(formula) if part.weight is None]
        self.wanted = [
            (strategies.index(part.strategy), part.helper == "count") for part in counted
        ]
        symbols = [part.name for part in counted]
        named = with_aggregates_named(formula)
        parts: list[Expression] = []
        rest = _without(named, own_names, set(symbols), parts)
        try:
            self._meet(vectors, _values_of(parts, symbols, environment))
            self.symbols = [_symbol(index) for index in range(len(parts))]
            self.program = compile_number(rest)
        except EvaluationError:
            # A part without a value may stand in a branch that nobody takes: none is put first.
            self._meet(vectors, lambda counts: counts)
            self.symbols = symbols
            self.program = compile_number(named)

    def _meet(self, vectors: Sequence[Counts], values_of: Callable[[Counts], Key]) -> None:
        """Find the combinations of values, and where they are met."""
        self.keys: list[list[Key]] = []
        self.positions: list[list[int]] = []
        for own in range(len(self.strategies)):
            keys: dict[Key, int] = {}
            known: dict[Counts, int] = {}
            positions = []
            own_counts = [(at, int(whole and at == own)) for at, whole in self.wanted]
            for others in vectors:
                counts = tuple([others[at] + more for at, more in own_counts])
                position = known.get(counts)
                if position is None:
                    position = known[counts] = keys.setdefault(values_of(counts), len(keys))
                positions.append(position)
            self.keys.append(list(keys))
            self.positions.append(positions)

    def table(
        self, environment: Environment, player: str, faults: Faults
    ) -> tuple[tuple[list[int], ...], int]:
        """A player's payoffs for each own strategy, and their denominator."""
        payoffs = [
            self._payoffs(environment, player, own, faults) for own in range(len(self.strategies))
        ]
        denominator = lcm(*{payoff.denominator for column in payoffs for payoff in column})
        tables = []
        for column, positions in zip(payoffs, self.positions, strict=True):
            scaled = [int(payoff * denominator) for payoff in column]
            tables.append([scaled[position] for position in positions])
        return tuple(tables), denominator

    def _payoffs(
        self, environment: Environment, player: str, own: int, faults: Faults
    ) -> list[Rational]:
        """The payoff at each combination of values met."""
        strategy = self.strategies[own]
        environment = environment.extended({"mine": strategy} if self.says_mine else {})
        payoffs: list[Rational] = []
        for key in self.keys[own]:
            _set(environment, self.symbols, key)
            try:
                payoffs.append(self.program(environment))
            except EvaluationError as error:
                faults.add_error(error, f"for {player} playing {strategy}")
                payoffs.append(0)
        return payoffs


def _symbol(index: int) -> str:
    """A name no formula can write."""
    return f"#{index}"


def _without(
    node: Expression, own_names: set[str], counted: set[str], parts: list[Expression]
) -> Expression:
    """The formula with its largest parts that depend on counts alone replaced by symbols."""
    used = {each.name for each in walk(node) if isinstance(each, Name)}
    if not used & counted:
        return node
    if not used & own_names:
        if node not in parts:
            parts.append(node)
        return Name(_symbol(parts.index(node)), node.span)
    new = tuple([_without(child, own_names, counted, parts) for child in children(node)])
    return rebuild(node, new)


def _values_of(
    parts: Sequence[Expression], symbols: Sequence[str], environment: Environment
) -> Callable[[Counts], Key]:
    """The parts' values as a function of the counts that they use; raises EvaluationError."""
    programs = [compile_value(part) for part in parts]
    environment = environment.extended()

    def values(counts: Counts) -> Key:
        environment.numbers.update(zip(symbols, counts, strict=True))
        return tuple([program(environment) for program in programs])

    return values


def _set(environment: Environment, symbols: Sequence[str], key: Key) -> None:
    for symbol, value in zip(symbols, key, strict=True):
        if value is True or value is False:
            environment.others[symbol] = value
        else:
            environment.numbers[symbol] = value
