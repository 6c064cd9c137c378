"""What refinements of games in normal form add to solutions, as JSON: joint moves and trembles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.results.naming import Json, Names, read_number
from alliance_games.results.tree_solutions import Move, Tremble


def moves(joint: Iterable[Move], names: Names) -> Json:
    """Who leaves which strategy for which; in an anonymous game ``role`` counts from 0."""
    documents: list[Json] = []
    for one in joint:
        strategies = names.strategies(one.who)
        turn = {"from": strategies[one.from_], "to": strategies[one.to]}
        if isinstance(names.game, AnonymousGame):
            documents.append({"role": one.who, **turn, "number": one.number})
        else:
            documents.append({"player": names.players[one.who], **turn})
    return documents


def read_moves(documents: Iterable[Json], names: Names) -> tuple[Move, ...]:
    """And back."""
    found = []
    for one in documents:
        who = one["role"] if "role" in one else names.players.index(one["player"])
        strategies = list(names.strategies(who))
        places = strategies.index(one["from"]), strategies.index(one["to"])
        found.append(Move(who, *places, one.get("number", 1)))
    return tuple(found)


def tremble(one: Tremble, names: Names) -> Json:
    """Orders, weights and further terms by player and strategy."""

    def by_strategy(values: Iterable[Any], show: Callable[[Any], Json]) -> Json:
        return {
            player: dict(zip(names.strategies(place), map(show, own or ()), strict=True))
            for place, (player, own) in enumerate(zip(names.players, values, strict=True))
        }

    document = {
        "orders": by_strategy(one.orders, int),
        "weights": by_strategy(one.weights, names.number),
    }
    if one.further:
        document["further"] = by_strategy(
            one.further, lambda terms: [[power, names.number(c)] for power, c in terms]
        )
    return document


def read_tremble(document: Json, names: Names) -> Tremble:
    """And back."""

    def by_player(values: Json, read: Callable[[Json], Any]) -> tuple[Any, ...]:
        return tuple(
            tuple(read(values[player][name]) for name in names.strategies(place))
            for place, player in enumerate(names.players)
        )

    further: tuple[Any, ...] = ()
    if "further" in document:
        further = by_player(
            document["further"],
            lambda terms: tuple((power, read_number(c)) for power, c in terms),
        )
    return Tremble(
        by_player(document["orders"], int), by_player(document["weights"], read_number), further
    )
