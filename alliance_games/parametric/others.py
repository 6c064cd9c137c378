"""What names stand for in formulas about several players, over the numbers of a field.

The scopes say in formulas what ``model.coalition_formulas`` and ``model.pairs`` say in numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.exact.evaluate import helper_name
from alliance_games.exact.expression import Expression
from alliance_games.parametric.symbolic import Scope, number
from alliance_games.results.ordered import Signs

if TYPE_CHECKING:
    from alliance_games.parametric.games import GameBuilder

Function = Callable[[tuple[Expression, ...]], Fraction]


def member_scope(builder: GameBuilder, player: int, members: Sequence[int], signs: Signs) -> Scope:
    """In which ``total(x)`` sums over the members of a coalition, ``others(x)`` over those but the
    player and ``outside(x)`` over those who are not, each with the entries of the player come to
    and the pairwise numbers of the two."""
    me = builder.players[player]
    inside = [builder.players[member] for member in members]
    scope = builder.scope()
    if "size" not in builder.symbols:
        scope.numbers["size"] = Fraction(len(inside))

    def over(players: Sequence[str]) -> Function:
        def summed(arguments: tuple[Expression, ...]) -> Fraction:
            terms = [number(arguments[0], beside(one), signs) for one in players]
            return sum(terms, Fraction(0))

        return summed

    functions: dict[str, Function] = {
        "total": over(inside),
        "others": over([one for one in inside if one != me]),
        "outside": over([one for one in builder.players if one not in inside]),
        "has": lambda arguments: Fraction(helper_name(arguments[0]) in inside),
        "own": lambda arguments: number(arguments[0], mine, signs),
    }
    base = replace(scope, functions=functions)
    mine = builder.own(base, me)

    def beside(other: str) -> Scope:
        return builder.own(base, other).extended(_of_the_two(builder, me, other))

    return mine


def pair_scope(builder: GameBuilder, player: int, other: int, signs: Signs) -> Scope:
    """In which a per-player parameter is the other's, ``own(...)`` speaks of one's own, and a
    pairwise parameter is the number of the two."""
    me, them = builder.players[player], builder.players[other]
    pairs = _of_the_two(builder, me, them)
    mine = builder.own(builder.scope(), me).extended(pairs)
    functions: dict[str, Function] = {"own": lambda arguments: number(arguments[0], mine, signs)}
    return replace(builder.own(builder.scope(), them).extended(pairs), functions=functions)


def _of_the_two(builder: GameBuilder, me: str, other: str) -> dict[str, Fraction]:
    """Each pairwise parameter's number for the two; 0 for oneself with oneself."""
    return {
        name: value.get((me, other), value.get((other, me), Fraction(0)))
        for name, value in builder.symbols.items()
        if isinstance(value, Mapping) and all(len(keys) == 2 for keys in value)
    }
