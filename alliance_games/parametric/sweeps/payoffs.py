"""The payoffs of a normal form as formulas in the parameters that vary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from alliance_games.exact.expression import (
    Arithmetic,
    Compare,
    Expression,
    Name,
    Number,
    Text,
    substitute,
    walk,
)
from alliance_games.model.environments import Values, both_orders
from alliance_games.model.formulas import NormalFormulas, aggregates_of, with_aggregates_named
from alliance_games.model.parametric import ParametricGame
from alliance_games.model.tables import NormalTable
from alliance_games.parametric.sweeps.formulas import NotVectorised, check, entry_name, settled

if TYPE_CHECKING:
    from alliance_games.model.formulas import Aggregate

MOST_PROFILES = 256
"""Larger games are left to the ordinary solver."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What the values of a point must satisfy: a formula, and what is said where they do not."""

    formula: Expression
    problem: str


@dataclass(frozen=True, slots=True)
class FormulaGame:
    """A small normal form whose payoffs are formulas over arrays of points.

    ``payoffs[player][profile]`` is a formula in the names that vary, profiles in row-major order;
    ``conditions`` are the ranges and assumptions that the names appear in.
    """

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    payoffs: tuple[tuple[Expression, ...], ...]
    conditions: tuple[Condition, ...]

    @property
    def distinct(self) -> tuple[Expression, ...]:
        """The payoffs, each once."""
        return tuple(dict.fromkeys(one for own in self.payoffs for one in own))

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of strategies of each player."""
        return tuple(map(len, self.strategies))


def formula_game(game: ParametricGame, base: Values, varied: frozenset[str]) -> FormulaGame:
    """The game at ``base`` but for the names and entries in ``varied``.

    Raises NotVectorised where the game is no small normal form or has a formula that leaves the
    four operations, whole powers, ``min``, ``max``, ``abs`` and ``if``.
    """
    body = game.body
    if not isinstance(body, (NormalTable, NormalFormulas)) or body.kind != "normal":
        raise NotVectorised(f"a game of the kind {game.kind}")
    if body.crowd in varied:
        raise NotVectorised("a number of players that varies")
    players = game.players_at(base)
    if players != body.players:
        raise NotVectorised("players other than those of the defaults")
    if prod(map(len, body.strategies)) * len(players) > MOST_PROFILES:
        raise NotVectorised("a large game")
    shared = _fixed(base, varied)
    fixed = [{**shared, **_own(base, varied, player)} for player in players]
    if isinstance(body, NormalTable):
        raw = [[cell[player] for cell in body.cells] for player in range(len(players))]
    else:
        raw = [_by_formula(body, fixed, player, shared) for player in range(len(players))]
    payoffs = tuple(
        tuple(settled(formula, own) for formula in formulas)
        for formulas, own in zip(raw, fixed, strict=True)
    )
    conditions = tuple(_conditions(game, base, varied, shared, players))
    for formula in (*(one for row in payoffs for one in row), *(c.formula for c in conditions)):
        check(formula, varied)
    return FormulaGame(players, body.strategies, payoffs, conditions)


def _fixed(base: Values, varied: frozenset[str]) -> dict[str, Expression]:
    """What names and entries stand for where no player is meant."""
    found: dict[str, Expression] = {}
    for name, value in base.items():
        if isinstance(value, Mapping):
            for keys, number in both_orders(value).items():
                found[entry_name(name, keys)] = _entry(name, keys, number, varied)
        elif name not in varied:
            found[name] = Number(Fraction(value))
    return found


def _entry(
    name: str, keys: tuple[str, ...], number: Fraction, varied: frozenset[str]
) -> Expression:
    for spelling in (entry_name(name, keys), entry_name(name, keys[::-1])):
        if spelling in varied:
            return Name(spelling)
    return Number(Fraction(number))


def _own(base: Values, varied: frozenset[str], player: str) -> dict[str, Expression]:
    """A per-player parameter by itself is the player's own entry."""
    return {
        name: _entry(name, (player,), value[(player,)], varied)
        for name, value in base.items()
        if isinstance(value, Mapping) and (player,) in value
    }


def _by_formula(
    body: NormalFormulas,
    fixed: list[dict[str, Expression]],
    player: int,
    shared: Mapping[str, Expression],
) -> list[Expression]:
    """One player's formula at every profile: what it asks of the profile put in."""
    formula = with_aggregates_named(body.formulas[player])
    aggregates = aggregates_of(body.formulas[player])
    crowd: dict[str, Expression] = {} if "n" in shared else {"n": Number(Fraction(len(fixed)))}
    found = []
    for profile in product(*(range(len(names_)) for names_ in body.strategies)):
        chosen = [body.strategies[other][own] for other, own in enumerate(profile)]
        asked: dict[str, Expression] = dict(crowd)
        if "mine" not in shared and "mine" not in fixed[player]:
            asked["mine"] = Text(chosen[player])
        for part in aggregates:
            asked[part.name] = _sum(_terms(part, body.players, chosen, player, fixed))
        found.append(substitute(formula, asked))
    return found


def _terms(
    part: Aggregate,
    players: tuple[str, ...],
    chosen: list[str],
    player: int,
    fixed: list[dict[str, Expression]],
) -> Iterable[Expression]:
    """What each player adds to an aggregate at a profile."""
    for other, name in enumerate(players):
        if part.strategy not in ("", chosen[other]):
            continue
        if part.helper == "total":
            assert part.weight is not None
            yield settled(part.weight, fixed[other])
        elif _counts(part, name, other == player):
            yield Number(Fraction(1))


def _counts(part: Aggregate, name: str, own: bool) -> bool:
    """Whether a player who chose the strategy counts for the aggregate."""
    match part.helper:
        case "count":
            return True
        case "others":
            return not own
        case _:
            return name == part.player


def _sum(terms: Iterable[Expression]) -> Expression:
    total: Expression = Number(Fraction(0))
    for term in terms:
        if isinstance(total, Number) and isinstance(term, Number):
            total = Number(total.value + term.value)
        elif isinstance(total, Number) and not total.value:
            total = term
        else:
            total = Arithmetic("+", total, term)
    return total


def _conditions(
    game: ParametricGame,
    base: Values,
    varied: frozenset[str],
    shared: dict[str, Expression],
    players: tuple[str, ...],
) -> Iterable[Condition]:
    """Ranges, then assumptions: all of them, for those without a varying name may fail as well."""
    crowd: dict[str, Expression] = {} if "n" in shared else {"n": Number(Fraction(len(players)))}
    known = {**crowd, **shared}
    for parameter in game.parameters:
        value = base[parameter.name]
        entries = (
            [_entry(parameter.name, keys, number, varied) for keys, number in value.items()]
            if isinstance(value, Mapping)
            else [known.get(parameter.name, Name(parameter.name))]
        )
        for entry in entries:
            for bound, sign in ((parameter.low, ">="), (parameter.high, "<=")):
                if bound is not None:
                    inside = Compare((entry, settled(bound, known)), (sign,))
                    yield Condition(inside, outside_range(parameter.name))
    for assumption in game.assumptions:
        per_player = any(
            isinstance(node, Name) and _is_per_player(base.get(node.name))
            for node in walk(assumption.expression)
        )
        for player in players if per_player else ("",):
            own = {**known, **(_own(base, varied, player) if player else {})}
            yield Condition(settled(assumption.expression, own), broken(assumption.text))


def _is_per_player(value: object) -> bool:
    return isinstance(value, Mapping) and all(len(keys) == 1 for keys in value)


def outside_range(name: str) -> str:
    """What is said of a point at which a parameter leaves its range."""
    return f"{name} is outside its range"


def broken(assumption: str) -> str:
    """What is said of a point that breaks an assumption."""
    return f"the values break the assumption '{assumption}'"
