"""Parametric games as games over Q(parameters): what a concept's conditions are asked of.

They have the reading methods of ``NormalGame`` and ``ExtensiveGame``, with formulas for payoffs and
chance probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from typing import NoReturn

from alliance_games.exact.evaluate import helper_name
from alliance_games.exact.expression import Expression
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.exact.span import NOWHERE
from alliance_games.model.environments import Value, both_orders
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.formulas import (
    WHOLE_TABLE,
    Aggregate,
    NormalFormulas,
    aggregates_of,
    with_aggregates_named,
)
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import NotInFormulas, OtherForm
from alliance_games.model.parametric import ParametricGame
from alliance_games.model.profiles import Payoffs, PureProfile
from alliance_games.model.rankings import OrdinalTable
from alliance_games.model.tables import NormalTable
from alliance_games.model.trees import TreeBody
from alliance_games.parametric.explore import NoValue
from alliance_games.parametric.others import member_scope, pair_scope
from alliance_games.parametric.symbolic import OutsideClass, Scope, number
from alliance_games.results.ordered import Signs


@dataclass(frozen=True, eq=False)
class SymbolicNormal(NormalGame):
    """A game in normal form whose payoffs are numbers of the field.

    ``tables[player]`` holds that player's payoffs in row-major order of the profiles. (The integer
    payoffs of a NormalGame are there for its shape alone.)
    """

    tables: tuple[tuple[Fraction, ...], ...] = ()

    @staticmethod
    def of(
        players: tuple[str, ...],
        strategies: tuple[tuple[str, ...], ...],
        tables: tuple[tuple[Fraction, ...], ...],
        ordinal: bool = False,
    ) -> SymbolicNormal:
        """The game with these payoffs."""
        shape = ((0,) * prod(map(len, strategies)),) * len(players)
        ones = (1,) * len(players)
        return SymbolicNormal(players, strategies, shape, ones, ordinal=ordinal, tables=tables)

    def payoff(self, player: int, profile: PureProfile) -> Fraction:
        """The payoff of ``player`` (an index) at a pure profile."""
        return self.tables[player][self.position(profile)]

    def payoffs(self, profile: PureProfile) -> Payoffs:
        """Every player's payoff at a pure profile."""
        place = self.position(profile)
        return tuple(table[place] for table in self.tables)


@dataclass(frozen=True, eq=False)
class SymbolicTree(ExtensiveGame):
    """A tree whose payoffs and chance probabilities are numbers of the field.

    ``endings[index]`` are the payoffs of each ending, ``chances[node]`` the probability of the
    branch into a node below a chance move. (The integer payoffs and weights of an ExtensiveGame
    are there for its shape alone.) ``prunes``: the game of numbers leaves out chance events without
    probability, and chance moves that then have only one.
    """

    endings: tuple[Payoffs, ...] = ()
    chances: Mapping[int, Fraction] = field(default_factory=dict)
    prunes: bool = False

    def payoffs(self, node: int) -> Payoffs:
        """Every player's payoff at a terminal node."""
        return self.endings[self.terminal[node]]

    def probability(self, node: int) -> Fraction:
        """The probability of the branch of a chance move that leads into ``node``."""
        return self.chances[node]

    def shares(self, node: int) -> tuple[Fraction, ...]:
        """The probabilities of all branches of the chance move at ``node``."""
        return tuple(self.chances[child] for child in self.children(node))

    def played(self, node: int) -> tuple[str, ...]:
        """The path to ``node``, without chance moves that the game of numbers leaves out here.

        In numbers that ask, it asks which events have a probability.
        """
        steps = []
        while (before := self.parent[node]) >= 0:
            drawn = self.prunes and self.mover(before) == CHANCE
            if not drawn or sum(map(bool, self.shares(before))) > 1:
                steps.append(self.action_into(node))
            node = before
        return tuple(reversed(steps))


SymbolicGame = SymbolicNormal | SymbolicTree | OtherForm


class TooLarge(Exception):
    """A game with more profiles than formulas are handled for."""


class _Field:
    """The numbers of Q(parameters), as bodies of other forms are given them."""

    def __init__(self, builder: GameBuilder, signs: Signs) -> None:
        self.builder, self.signs = builder, signs

    def number(self, expression: Expression, player: str = "") -> Fraction:
        """The value of a formula; ``player``'s own entries where it is somebody's."""
        scope = self.builder.scope()
        own = self.builder.own(scope, player) if player else scope
        return number(expression, own, self.signs)

    def worth(self, expression: Expression, members: Sequence[int]) -> Fraction:
        """What a coalition is worth by a formula over its members, given by their indices."""
        return number(expression, self.builder.coalition(members), self.signs)

    def member(self, expression: Expression, player: int, members: Sequence[int]) -> Fraction:
        """What a coalition is worth to one of its members, all given by their indices."""
        scope = member_scope(self.builder, player, members, self.signs)
        return number(expression, scope, self.signs)

    def of_pair(self, expression: Expression, player: int, other: int) -> Fraction:
        """What one player is to another."""
        scope = pair_scope(self.builder, player, other, self.signs)
        return number(expression, scope, self.signs)

    def reaches(self, number: Fraction, strict: bool = False) -> bool:
        """Whether a number is zero or more (above zero, if ``strict``)."""
        return self.signs.is_positive(number) if strict else not self.signs.is_negative(number)

    def is_zero(self, number: Fraction) -> bool:
        """Whether a number is zero."""
        return self.signs.is_zero(number)

    def too_large(self, why: str) -> NoReturn:
        """Raises TooLarge."""
        raise TooLarge(why)

    def normal(self, body: NormalTable | NormalFormulas) -> SymbolicNormal:
        """A game in normal form."""
        return self.builder.normal(body, self.signs)

    def between(self, number: Fraction, low: int | None, high: int | None, why: str) -> None:
        """NoValue where a number is not in a closed interval."""
        if (low is not None and self.signs.is_negative(number - low)) or (
            high is not None and self.signs.is_positive(number - high)
        ):
            raise NoValue(why)

    def differs(self, number: Fraction, value: int, why: str) -> None:
        """NoValue where a number has this value."""
        if self.signs.is_zero(number - value):
            raise NoValue(why)

    def leave_out(self, why: str) -> NoReturn:
        """Raises NoValue."""
        raise NoValue(why)


class GameBuilder:
    """Builds the symbolic game of a parametric one, for one run after the other.

    ``symbols`` gives each parameter its number of the field, or one per entry. What asked no sign
    is kept from run to run.
    """

    def __init__(self, game: ParametricGame, symbols: Mapping[str, Value]) -> None:
        self.game, self.symbols = game, symbols
        # A parameter that says how many players there are has the value it is held at.
        self.players, self.body = game.players_at(symbols), game.body
        if game.body.crowd and len(self.players) != len(game.players):
            self.body = game.body.for_players(len(self.players))
        self._kept: SymbolicGame | None = None

    def scope(self) -> Scope:
        """What names stand for where no player is meant."""
        numbers: dict[str, Fraction] = {"n": Fraction(len(self.players))}
        entries: dict[str, Mapping[tuple[str, ...], Fraction]] = {}
        for name, value in self.symbols.items():
            if isinstance(value, Mapping):
                entries[name] = both_orders(value)
                numbers.pop(name, None)
            else:
                numbers[name] = value
        scope = Scope(numbers, entries)

        def total(weight: Expression, signs: Signs) -> Fraction:
            terms = [number(weight, self.own(scope, player), signs) for player in self.players]
            return sum(terms, Fraction(0))

        scope.totals = total
        return scope

    def coalition(self, members: Sequence[int]) -> Scope:
        """What names stand for in a formula over the members of a coalition."""
        scope = self.scope()
        inside = [self.players[member] for member in members]
        if "size" not in self.symbols:
            scope.numbers["size"] = Fraction(len(inside))

        def total(weight: Expression, signs: Signs) -> Fraction:
            terms = [number(weight, self.own(scope, player), signs) for player in inside]
            return sum(terms, Fraction(0))

        def has(arguments: tuple[Expression, ...]) -> Fraction:
            return Fraction(helper_name(arguments[0]) in inside)

        scope.totals, scope.functions = total, {"has": has}
        return scope

    def own(self, scope: Scope, player: str) -> Scope:
        """The scope in which a per-player parameter by itself is the entry of ``player``."""
        own = {
            name: value[(player,)]
            for name, value in self.symbols.items()
            if isinstance(value, Mapping) and (player,) in value
        }
        return scope.extended(own) if own else scope

    def build(self, signs: Signs) -> SymbolicGame:
        """The game; raises NoValue, OutsideClass, TooLarge."""
        if self._kept is not None:
            return self._kept
        watched = _Watched(signs)
        body = self.body
        game: SymbolicGame
        if isinstance(body, NormalTable | NormalFormulas):
            game = self.normal(body, watched)
        elif isinstance(body, OrdinalTable):
            ranks = tuple(tuple(map(Fraction, row)) for row in body.ranks)
            game = SymbolicNormal.of(body.players, body.strategies, ranks, ordinal=True)
        elif isinstance(body, TreeBody):
            game = self._tree(body, watched)
        else:
            try:
                other = body.over_field(_Field(self, watched))
            except NotInFormulas as reason:
                raise OutsideClass(str(reason), NOWHERE) from reason
            if other is None:
                raise OutsideClass(f"{body.kind} games are not solved for all values", NOWHERE)
            game = other
        if not watched.asked:
            self._kept = game
        return game

    def normal(self, body: NormalTable | NormalFormulas, signs: Signs) -> SymbolicNormal:
        """A game in normal form over the field; raises NoValue, OutsideClass, TooLarge."""
        if isinstance(body, NormalTable):
            return self._table(body, signs)
        return self._formulas(body, signs)

    def _table(self, body: NormalTable, signs: Signs) -> SymbolicNormal:
        scope = self.scope()
        tables = []
        for place, player in enumerate(self.players):
            own = self.own(scope, player)
            tables.append(tuple(number(cell[place], own, signs) for cell in body.cells))
        return SymbolicNormal.of(body.players, body.strategies, tuple(tables))

    def _formulas(self, body: NormalFormulas, signs: Signs) -> SymbolicNormal:
        if prod(map(len, body.strategies)) > WHOLE_TABLE:
            raise TooLarge(f"it has more than {WHOLE_TABLE:,} profiles")
        scope = self.scope()
        owns = [self.own(scope, player) for player in body.players]
        tables = []
        for player, formula in enumerate(body.formulas):
            parts = aggregates_of(formula)
            named = with_aggregates_named(formula)
            weights = [
                [_weight(part, player, other, name, owns[other], signs) for part in parts]
                for other, name in enumerate(body.players)
            ]
            column = []
            for profile in product(*body.strategies):
                sums = {
                    part.name: sum(
                        (
                            weights[other][place]
                            for other, chosen in enumerate(profile)
                            if part.strategy in ("", chosen)
                        ),
                        Fraction(0),
                    )
                    for place, part in enumerate(parts)
                }
                hidden = "mine" in scope.numbers or "mine" in scope.entries
                words = {} if hidden else {"mine": profile[player]}
                column.append(number(named, owns[player].extended(sums, words), signs))
            tables.append(tuple(column))
        return SymbolicNormal.of(body.players, body.strategies, tuple(tables))

    def _tree(self, body: TreeBody, signs: Signs) -> SymbolicTree:
        scope = self.scope()
        owns = [self.own(scope, player) for player in body.players]
        chances: dict[int, Fraction] = {}
        weight = [0] * len(body.set_of)
        for node, probabilities, _ in body.chances:
            first = body.first_child[node]
            for branch, value in enumerate(self.distribution(probabilities, scope, signs)):
                chances[first + branch] = value
                weight[first + branch] = 1
        endings = tuple(
            tuple(number(ending[player], own, signs) for player, own in enumerate(owns))
            for ending in body.payoffs
        )
        placeholder = tuple(range(len(endings)))
        return SymbolicTree(
            body.players,
            body.sets,
            body.set_of,
            body.first_child,
            weight,
            body.terminal,
            (placeholder,) * len(body.players),
            (1,) * len(body.players),
            body.outcomes if any(body.outcomes) else (),
            ordinal=body.ordinal,
            endings=endings,
            chances=chances,
            prunes=body.prunes,
        )

    def distribution(
        self, expressions: Sequence[Expression], scope: Scope, signs: Signs
    ) -> list[Fraction]:
        """The probabilities of a chance move. Raises NoValue where they are no distribution."""
        values = [number(expression, scope, signs) for expression in expressions]
        if not signs.is_zero(sum(values, Fraction(0)) - 1):
            raise NoValue("the probabilities of a chance move do not sum to one")
        for expression, value in zip(expressions, values, strict=True):
            if signs.is_negative(value):
                raise NoValue(f"the probability {expression} is negative")
        return values


class _Watched:
    """Signs that note whether anything but plain numbers was asked about."""

    def __init__(self, signs: Signs) -> None:
        self.signs, self.asked = signs, False

    def _note(self, value: Fraction) -> Fraction:
        self.asked = self.asked or isinstance(value, RationalFunction)
        return value

    def sign(self, value: Fraction) -> int:
        return self.signs.sign(self._note(value))

    def is_positive(self, value: Fraction) -> bool:
        return self.signs.is_positive(self._note(value))

    def is_negative(self, value: Fraction) -> bool:
        return self.signs.is_negative(self._note(value))

    def is_zero(self, value: Fraction) -> bool:
        return self.signs.is_zero(self._note(value))


def _weight(
    part: Aggregate, player: int, other: int, name: str, own: Scope, signs: Signs
) -> Fraction:
    """What a player who chose the aggregate's strategy adds to it."""
    match part.helper:
        case "count":
            return Fraction(1)
        case "others":
            return Fraction(other != player)
        case "plays":
            return Fraction(name == part.player)
    assert part.weight is not None
    return number(part.weight, own, signs)


__all__ = ["GameBuilder", "SymbolicGame", "SymbolicNormal", "SymbolicTree", "TooLarge"]
