"""What a mediator draws from and what a leader commits to as JSON, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.results.commitment_solutions import Commitment
from alliance_games.results.mediated_solutions import (
    ANYTHING,
    Bound,
    Distribution,
    Multiplier,
)
from alliance_games.results.naming import Json, Names, read_number


def _distribution(one: Distribution, names: Names) -> Json:
    document: dict[str, Json] = {"of": one.of}
    if one.player is not None:
        document["player"] = names.players[one.player]
    document["plays"] = [
        {**_play(play, names), "probability": names.number(p)} for play, p in one.plays
    ]
    document["payoffs"] = names.by_player(one.payoffs)
    if one.bounds:
        document["bounds"] = [_bound(bound, names) for bound in one.bounds]
    return document


def _play(play: Sequence[int], names: Names) -> dict[str, Json]:
    if not isinstance(names.game, AnonymousGame):
        return {"profile": names.pure(tuple(play))}
    labels = names.game.strategies
    n = len(labels)
    roles = (play[start : start + n] for start in range(0, len(play), n))
    return {"counts": [dict(zip(labels, counts, strict=True)) for counts in roles]}


def _seats(names: Names) -> list[int]:
    """The player who stands for each seat: of a role its first."""
    if isinstance(names.game, AnonymousGame):
        return [members[0] for members in names.game.members]
    return list(range(len(names.players)))


def _bound(one: Bound, names: Names) -> Json:
    seats = _seats(names)
    multipliers = []
    for each in one.multipliers:
        player = seats[each.seat]
        entry: dict[str, Json] = {"player": names.players[player]}
        if each.told != ANYTHING:
            entry["told"] = names.strategies(player)[each.told]
        entry["instead"] = names.strategies(player)[each.instead]
        entry["multiplier"] = names.number(each.value)
        multipliers.append(entry)
    weights = {
        names.players[player]: names.number(weight)
        for player, weight in zip(seats, one.weights, strict=True)
    }
    return {"weights": weights, "value": names.number(one.value), "multipliers": multipliers}


def _commitment(one: Commitment, names: Names) -> Json:
    document: dict[str, Json] = {
        "leader": names.players[one.leader],
        "strategies": one.strategies,
        "ties": one.ties,
        "commitment": names.mixture(one.leader, one.commitment),
        "reply": names.strategies(1 - one.leader)[one.reply],
        "payoffs": names.by_player(one.payoffs),
        "attained": one.towards is None,
    }
    if one.towards is not None:
        document["towards"] = names.mixture(one.leader, one.towards)
    return document


ENCODERS: Mapping[type, Callable[[Any, Names], Json]] = {
    Distribution: _distribution,
    Commitment: _commitment,
}


# And back


class MediatedReader:
    """Reads the documents above for one game; ``about`` are properties and certificates."""

    def __init__(self, names: Names, reader: Any) -> None:
        self.names, self.reader = names, reader
        self.seats = _seats(names)

    def distribution(self, one: Json, **about: Any) -> Distribution:
        """A distribution, with the bounds that prove it."""
        return Distribution(
            one["of"],
            tuple((self._play(each), read_number(each["probability"])) for each in one["plays"]),
            self.reader.payoffs(one["payoffs"]),
            self.names.players.index(one["player"]) if "player" in one else None,
            tuple(self._bound(each) for each in one.get("bounds", ())),
            **about,
        )

    def commitment(self, one: Json, **about: Any) -> Commitment:
        """A leader's commitment and the reply to it."""
        leader = self.names.players.index(one["leader"])
        return Commitment(
            leader,
            one["strategies"],
            one["ties"],
            self.reader.mixture(leader, one["commitment"]),
            self.names.strategies(1 - leader).index(one["reply"]),
            self.reader.payoffs(one["payoffs"]),
            self.reader.mixture(leader, one["towards"]) if "towards" in one else None,
            **about,
        )

    def _play(self, one: Json) -> tuple[int, ...]:
        if "profile" in one:
            play: tuple[int, ...] = self.reader.pure(one["profile"])
            return play
        labels = self.names.strategies(0)
        return tuple(role[label] for role in one["counts"] for label in labels)

    def _bound(self, one: Json) -> Bound:
        players = [self.names.players[player] for player in self.seats]
        weights = tuple(read_number(one["weights"][name]) for name in players)
        return Bound(
            weights,
            read_number(one["value"]),
            tuple(self._multiplier(each, players) for each in one["multipliers"]),
        )

    def _multiplier(self, one: Json, players: Sequence[str]) -> Multiplier:
        seat = players.index(one["player"])
        options = self.names.strategies(self.seats[seat])
        value: Fraction = read_number(one["multiplier"])
        told = options.index(one["told"]) if "told" in one else ANYTHING
        return Multiplier(seat, told, options.index(one["instead"]), value)
