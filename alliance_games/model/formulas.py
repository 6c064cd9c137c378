"""Normal-form bodies by formula: payoffs in terms of who, and how many, chose what."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from alliance_games.exact.expression import (
    Call,
    Expression,
    Name,
    Text,
    children,
    rebuild,
    walk,
)

if TYPE_CHECKING:
    from alliance_games.exact.evaluate import Environment
    from alliance_games.model.anonymous import AnonymousGame
    from alliance_games.model.environments import Faults, Values
    from alliance_games.model.normal import NormalGame

HELPERS = {"count": (1, 1), "others": (1, 1), "total": (1, 2), "plays": (2, 2)}
"""The helpers of payoff formulas, with the least and greatest number of their arguments."""

WHOLE_TABLE = 4096
"""Up to so many profiles a game by counts is written out as a normal form, so that all of the
normal form's theory applies to it; larger ones stay anonymous games."""


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
        # A sum over all players is the same whatever they choose.
        return all(part.helper in ("count", "others") or not part.strategy for part in aggregates)

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
            from alliance_games.model.count_games import anonymous_game

            return anonymous_game(self, environment, values, faults)
        from alliance_games.model.formula_games import Builder

        return Builder(self, environment, values, faults).game()
