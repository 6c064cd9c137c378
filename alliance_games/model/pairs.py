"""Formulas about two players: what one is to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from alliance_games.exact.evaluate import Environment, evaluate_number
from alliance_games.model.environments import Values


def pairwise_values(values: Values, me: str, other: str) -> dict[str, Fraction]:
    """Each pairwise parameter's number for the two; 0 for oneself with oneself."""
    return {
        name: value.get((me, other), value.get((other, me), Fraction(0)))
        for name, value in values.items()
        if isinstance(value, Mapping) and all(len(keys) == 2 for keys in value)
    }


def beside(
    players: Sequence[str], values: Values, own: Sequence[Environment], me: int, other: int
) -> Environment:
    """In which a per-player parameter is the other's, ``own(...)`` is one's own, and a pairwise one
    the number of the two. ``own`` are the environments of ``as_player`` by player."""
    pairs = pairwise_values(values, players[me], players[other])
    mine = own[me].extended(pairs)
    return own[other].extended(
        pairs, {"own": lambda arguments: evaluate_number(arguments[0], mine)}
    )
