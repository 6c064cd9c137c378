"""Signalling games recognised in trees: who is informed, what is said, what is answered.

The shape is seen in the tree itself, however the tree was written: chance draws the type of one
player, who alone sees it and sends a message; another player sees the message and not the type, and
responds (Spence 1973; Cho and Kreps 1987).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.played_out import Best, greatest, play_out
from alliance_games.model.profiles import Payoffs


@dataclass(frozen=True, eq=False)
class Signalling:
    """A tree seen as a signalling game. Types, messages and responses are named and indexed.

    ``sender`` and ``receiver`` are players; ``prior[type]`` is the probability of a type (it may be
    0); ``sender_set[type]`` and ``receiver_set[message]`` are information sets of ``game``, the
    latter None where the receiver does not answer the message; ``responses[message]`` names the
    answers (none there). ``node[type][message][response]`` is the node that follows, and
    ``payoffs[type][message][response]`` what every player gets there; after a message that is
    not answered both have the one entry 0.

    Where moves of perfect information follow, and backward induction through them is unique, they
    are played out: ``payoffs`` are then those at the end of that play (in expectation, where chance
    moves too), and ``played_out`` lists each such information set with the action taken there. An
    equilibrium of the signalling game stands for one of the tree in which these moves are
    sequentially rational. ``played_out`` is empty where the response (or message) ends the game.
    """

    game: ExtensiveGame
    sender: int
    receiver: int
    types: tuple[str, ...]
    prior: tuple[Fraction, ...]
    messages: tuple[str, ...]
    sender_set: tuple[int, ...]
    receiver_set: tuple[int | None, ...]
    responses: tuple[tuple[str, ...], ...]
    node: tuple[tuple[tuple[int, ...], ...], ...]
    payoffs: tuple[tuple[tuple[Payoffs, ...], ...], ...]
    played_out: tuple[tuple[int, int], ...] = ()

    def u_sender(self, type_: int, message: int, response: int = 0) -> Fraction:
        """What the sender of a type gets from a message and its response."""
        return self.payoffs[type_][message][response][self.sender]

    def u_receiver(self, type_: int, message: int, response: int = 0) -> Fraction:
        """What the receiver gets from a response to a message of the type."""
        return self.payoffs[type_][message][response][self.receiver]

    def message_of_set(self, index: int) -> int | None:
        """The message that leads to an information set of the receiver's; None for other sets."""
        if index not in self.receiver_set:
            return None
        return self.receiver_set.index(index)

    def type_of_set(self, index: int) -> int | None:
        """The type whose sender's set this is; None for other sets."""
        return self.sender_set.index(index) if index in self.sender_set else None

    def type_of_node(self, node: int) -> int | None:
        """The type that chance has drawn where ``node`` is reached; None for the root."""
        if node == 0:
            return None
        while self.game.parent[node] != 0:
            node = self.game.parent[node]
        return node - self.game.first_child[0]


def signalling_view(game: ExtensiveGame, best: Best = greatest) -> Signalling | None:
    """The tree as a signalling game, or None where it is none.

    It is one where chance moves at the root, over two types or more; one player then moves, at
    a set of one node for each type, with the same two messages or more; after each message either
    one other player moves at a set that holds the nodes of all types and no others, or the message
    is not answered; some message is answered; and what follows, if anything, is of perfect
    information and has one backward induction.
    """
    opening = _opening(game)
    if opening is None:
        return None
    sender, sender_set, messages = opening
    types = game.children(0)
    receiver: int | None = None
    receiver_set: list[int | None] = []
    for place in range(len(messages)):
        nodes = [game.children(node)[place] for node in types]
        index = _answered_at(game, nodes, sender)
        receiver_set.append(index)
        if index is not None:
            if receiver not in (None, game.sets[index].player):
                return None
            receiver = game.sets[index].player
    if receiver is None:
        return None
    stage = {0, *types}
    stage.update(
        node for index in receiver_set if index is not None for node in game.nodes_of[index]
    )
    ends = play_out(game, stage, best)
    if ends is None or any(len(game.nodes_of[index]) > 1 for index, _ in ends[1]):
        return None
    values, played_out = ends
    follows = tuple(
        tuple(
            tuple(game.children(said)) if receiver_set[place] is not None else (said,)
            for place, said in enumerate(game.children(node))
        )
        for node in types
    )
    return Signalling(
        game,
        sender,
        receiver,
        game.sets[game.set_of[0]].actions,
        tuple(game.probability(node) for node in types),
        messages,
        sender_set,
        tuple(receiver_set),
        tuple(() if index is None else game.sets[index].actions for index in receiver_set),
        follows,
        tuple(
            tuple(tuple(values[node] for node in after) for after in of_type) for of_type in follows
        ),
        played_out,
    )


def _opening(game: ExtensiveGame) -> tuple[int, tuple[int, ...], tuple[str, ...]] | None:
    """The sender, her sets by type and her messages; None where the tree begins otherwise."""
    if game.mover(0) != CHANCE or len(game.children(0)) < 2:
        return None
    indices = tuple(game.set_of[node] for node in game.children(0))
    if TERMINAL in indices or any(len(game.nodes_of[index]) != 1 for index in indices):
        return None
    first = game.sets[indices[0]]
    if first.player == CHANCE or len(first.actions) < 2:
        return None
    alike = all(
        game.sets[index].player == first.player and game.sets[index].actions == first.actions
        for index in indices
    )
    return (first.player, indices, first.actions) if alike else None


def _answered_at(game: ExtensiveGame, nodes: Sequence[int], sender: int) -> int | None:
    """The set of another player that holds just these nodes, one of each type; None otherwise."""
    index = game.set_of[nodes[0]]
    if index == TERMINAL or game.sets[index].player in (CHANCE, sender):
        return None
    return index if game.nodes_of[index] == tuple(sorted(nodes)) else None
