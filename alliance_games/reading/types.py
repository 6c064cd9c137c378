"""``types``: the names of players' types, and what each type can do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from alliance_games.exact.span import Span
from alliance_games.exact.words import listed
from alliance_games.reading.desk import Desk, split_names, unquoted
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence
from alliance_games.reading.normal_form import Strategies
from alliance_games.reading.tree import MOST_NODES

TypeProfile = tuple[str, ...]
"""A type of each player who has some, in the order of the players."""

_EXAMPLE = "as in  Ally: {Resolute: 1/2, Irresolute: 1/2}"


class Types:
    """Who has which types: ``names[player]`` in the order of ``players:``.

    ``given`` holds each type's name with what stands under it where ``types`` says probabilities,
    and is empty for a player whose types are a list. ``strategies[player][type]`` is what a type
    can do, for the players of whom the file says so type by type.
    """

    def __init__(self) -> None:
        self.names: dict[str, tuple[str, ...]] = {}
        self.given: dict[str, list[tuple[Scalar, Node]]] = {}
        self.spans: dict[str, Span] = {}
        self.strategies: dict[str, dict[str, tuple[str, ...]]] = {}
        self.whole = True

    @property
    def named(self) -> bool:
        """Whether every player of whom the file speaks has types that formulas can name."""
        return bool(self.names) and all(self.names.values())

    def actions(
        self, players: tuple[str, ...], strategies: Strategies, profile: TypeProfile
    ) -> Strategies:
        """What each player can do where these are the types."""
        own = dict(zip(self.names, profile, strict=True))
        return tuple(
            self.strategies[player].get(own[player], names) if player in self.strategies else names
            for player, names in zip(players, strategies, strict=True)
        )

    def profiles(self) -> Iterator[TypeProfile]:
        """Every combination of types, the last player's changing fastest."""
        return product(*self.names.values())


def read_type_names(desk: Desk, node: Node, players: tuple[str, ...]) -> Types:
    """The types' names, and formulas told of them; their probabilities are read later."""
    found = Types()
    spoken: dict[str, tuple[tuple[str, ...], list[tuple[Scalar, Node]], Span]] = {}
    for key, value in desk.filled(node, "'types'", _EXAMPLE):
        if desk.choose(key, players, "unknown-player", "player") is None:
            found.whole = False
            continue
        given = list(value.entries) if isinstance(value, Mapping) else []
        if isinstance(value, Mapping):
            desk.filled(value, f"the types of {key.text}", _EXAMPLE)
            names = tuple(name.text for name, _ in given)
        else:
            names = tuple(n.text for n in desk.names(value, f"the types of {key.text}", "type"))
        found.whole = found.whole and bool(names)
        spoken[key.text] = (names, given, key.span)
    for player in players:  # in their order, whatever that of the file is
        if player in spoken:
            names, found.given[player], found.spans[player] = spoken[player]
            found.names[player] = names
    found.whole = found.whole and bool(found.names)
    if (number := prod(map(len, found.names.values()))) > MOST_NODES:
        many = f"{number:,}" if number < 10**15 else f"more than 10^{len(str(number)) - 2}"
        message = f"there are {many} type profiles, and a tree has at most {MOST_NODES:,} nodes"
        desk.fault("too-large", message, node.span)
        found.whole, found.names = False, {}
    every = dict.fromkeys(name for names in found.names.values() for name in names)
    desk.scope.words = {"type": tuple(every)}
    desk.scope.types = dict(found.names)
    return found


def read_strategies_by_type(desk: Desk, types: Types, node: Node) -> Node:
    """Take the strategies that are written type by type out of the node of ``strategies``.

    What is left has one list for each player: all that some type of hers can do.
    """
    if not isinstance(node, Mapping):
        return node
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        if isinstance(value, Mapping) and key.text in types.names:
            value = _by_type(desk, types, key, value)
        entries.append((key, value))
    return Mapping(tuple(entries), node.span)


def _by_type(desk: Desk, types: Types, player: Scalar, node: Mapping) -> Node:
    """Notes the strategies of each type; a list of them all, each where it is written first."""
    known = types.names[player.text]
    own = types.strategies.setdefault(player.text, {})
    every: dict[str, Scalar] = {}
    for key, value in node.entries:
        names = desk.names(value, f"the strategies of {key.text}", "strategy")
        if desk.choose(key, known, "unknown-type", f"type of {player.text}") is not None:
            own[key.text] = tuple(name.text for name in names)
        types.whole = types.whole and bool(names)
        for name in names:
            every.setdefault(name.text, name)
    missing = [name for name in known if name not in own]
    if missing:
        types.whole = False
        message = f"the strategies of {listed(missing)} are missing"
        desk.fault("missing-strategies", message, player.span)
    return Sequence(tuple(every.values()), node.span)


def type_profile(key: Scalar, types: Types) -> TypeProfile:
    """``Resolute, Weak``: the names that stand for a type profile, known or not."""
    parts = split_names(key) if len(types.names) > 1 else [unquoted(key)]
    return tuple(part.text for part in parts)
