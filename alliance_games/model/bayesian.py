"""Bayesian games recognised in trees: types, a common prior, and moves nobody else sees.

The shape is seen in the tree itself, however the tree was written: chance draws a state; every
player then moves once, knowing of the state what her information set tells her (her type) and
nothing of the others' moves (Harsanyi 1967).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Payoffs

TypeProfile = tuple[int, ...]
"""One type index per player."""


@dataclass(frozen=True, eq=False)
class Bayesian:
    """A tree seen as a Bayesian game.

    A player's types are her information sets, in the order of the states: ``set_of[player][type]``
    is the set, ``types[player][type]`` its name and ``actions[player][type]`` what she can do
    there. A player without private information has one type (see ``has_types``). ``states`` gives
    for each event of the opening chance move the type profile; several states may share one, where
    nobody learns what tells them apart. ``probability[state]`` is the event's probability.
    ``order`` is the order in which the players move, by state.
    """

    game: ExtensiveGame
    types: tuple[tuple[str, ...], ...]
    set_of: tuple[tuple[int, ...], ...]
    actions: tuple[tuple[tuple[str, ...], ...], ...]
    states: tuple[TypeProfile, ...]
    probability: tuple[Fraction, ...]
    order: tuple[tuple[int, ...], ...]

    @property
    def players(self) -> tuple[str, ...]:
        """The players' names."""
        return self.game.players

    @cached_property
    def prior(self) -> Mapping[TypeProfile, Fraction]:
        """The probability of each type profile that a state has (it may be 0)."""
        table: dict[TypeProfile, Fraction] = {}
        for profile, probability in zip(self.states, self.probability, strict=True):
            table[profile] = table.get(profile, Fraction(0)) + probability
        return table

    def has_types(self, player: int) -> bool:
        """Whether the player knows something of the state that she could have known otherwise."""
        return len(self.types[player]) > 1

    def type_of_set(self, index: int) -> tuple[int, int] | None:
        """The player and the type whose information set this is; None for the chance move."""
        for player, sets in enumerate(self.set_of):
            if index in sets:
                return player, sets.index(index)
        return None

    def interim(self, player: int, type_: int) -> Mapping[TypeProfile, Fraction] | None:
        """What a type of a player believes of the type profile; None if its probability is 0."""
        mine = {profile: p for profile, p in self.prior.items() if profile[player] == type_}
        total = sum(mine.values(), Fraction(0))
        return {profile: p / total for profile, p in mine.items()} if total else None

    def ending(self, state: int, actions: tuple[int, ...]) -> int:
        """The terminal node where the players (each at her set of ``state``) take ``actions``."""
        node = self.game.children(0)[state]
        for player in self.order[state]:
            node = self.game.children(node)[actions[player]]
        return node

    def payoffs(self, profile: TypeProfile, actions: tuple[int, ...]) -> Payoffs:
        """Every player's payoff where ``profile`` are the types: expected, where states share it.

        States of probability 0 count alike where a profile has no others.
        """
        states = [state for state, types in enumerate(self.states) if types == profile]
        weights = [self.probability[state] for state in states]
        if not any(weights):
            weights = [Fraction(1)] * len(states)
        values = [self.game.payoffs(self.ending(state, actions)) for state in states]
        total = sum(weights, Fraction(0))
        return tuple(
            sum((w * each for w, each in zip(weights, own, strict=True)), Fraction(0)) / total
            for own in zip(*values, strict=True)
        )


def bayesian_view(game: ExtensiveGame) -> Bayesian | None:
    """The tree as a Bayesian game, or None where it is none.

    It is one where chance moves at the root and nowhere else; on every path each of two players or
    more then moves exactly once, and the game ends; which information set a player moves at depends
    on chance's move alone; and some player has two sets or more.
    """
    if game.mover(0) != CHANCE or len(game.players) < 2:
        return None
    orders, profiles = [], []
    for node in game.children(0):
        stage = _stage(game, node)
        if stage is None:
            return None
        order, sets = stage
        orders.append(order)
        profiles.append(sets)
    set_of = tuple(
        tuple(dict.fromkeys(sets[player] for sets in profiles))
        for player in range(len(game.players))
    )
    if all(len(sets) == 1 for sets in set_of):
        return None
    return Bayesian(
        game,
        tuple(tuple(game.set_name(index) for index in sets) for sets in set_of),
        set_of,
        tuple(tuple(game.sets[index].actions for index in sets) for sets in set_of),
        tuple(
            tuple(own.index(index) for own, index in zip(set_of, sets, strict=True))
            for sets in profiles
        ),
        tuple(game.probability(node) for node in game.children(0)),
        tuple(orders),
    )


def _stage(game: ExtensiveGame, root: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The order of moves after one of chance's, and each player's set; None where it is no stage.

    Level by level: at each the same set is met by all nodes, of a player who has not moved before.
    """
    order: list[int] = []
    sets: dict[int, int] = {}
    level = [root]
    while game.set_of[level[0]] != TERMINAL:
        index = game.set_of[level[0]]
        player = game.sets[index].player
        if player == CHANCE or player in sets:
            return None
        if any(game.set_of[node] != index for node in level):
            return None
        sets[player] = index
        order.append(player)
        level = [child for node in level for child in game.children(node)]
    if any(game.set_of[node] != TERMINAL for node in level) or len(order) != len(game.players):
        return None
    return tuple(order), tuple(sets[player] for player in range(len(game.players)))
