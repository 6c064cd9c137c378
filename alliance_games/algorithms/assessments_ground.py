"""The part of a tree that chance leaves possible, as the search for assessments needs it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame

Way = tuple[tuple[int, int], ...]
"""The players' moves on the way to a node, from the root on: information set and action."""


class Ground:
    """A game without the branches of chance that have probability zero.

    Kreps and Wilson (1982) take every event of chance as possible: behind one that is not, no
    belief is defined by trembles, and nobody's choice matters. ``vanished`` are the information
    sets only such branches lead to; ``members[set]`` are the nodes left of the others. ``sets``
    are the players' sets left, those that end the tree first. ``nodes`` are the nodes left.
    """

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game
        self.movers = [one.player for one in game.sets]
        alive = bytearray(game.size)
        alive[0] = 1
        for node in range(game.size):
            index = game.set_of[node]
            if not alive[node] or index == TERMINAL:
                continue
            chance = self.movers[index] == CHANCE
            for child in game.children(node):
                alive[child] = not chance or game.weight[child] != 0
        self.nodes = [node for node in range(game.size) if alive[node]]
        self.members: list[tuple[int, ...]] = [
            tuple(node for node in nodes if alive[node]) for nodes in game.nodes_of
        ]
        players = [h for h, mover in enumerate(self.movers) if mover != CHANCE]
        self.vanished = tuple(h for h in players if not self.members[h])
        depth = self._depths()
        left = [h for h in players if self.members[h]]
        self.sets = sorted(left, key=lambda h: (-max(depth[x] for x in self.members[h]), h))

    def _depths(self) -> list[int]:
        depth = [0] * self.game.size
        for node in self.nodes:
            if self.game.set_of[node] != TERMINAL:
                for child in self.game.children(node):
                    depth[child] = depth[node] + 1
        return depth

    def branches(self, node: int) -> list[tuple[int, Fraction]]:
        """The possible branches of a chance move: the nodes they lead to, with probabilities."""
        children = self.game.children(node)
        total = sum(self.game.weight[child] for child in children)
        return [
            (child, Fraction(self.game.weight[child], total))
            for child in children
            if self.game.weight[child]
        ]

    @cached_property
    def ways(self) -> dict[int, Way]:
        """The players' moves on the way to each node of an information set of several nodes."""
        return {x: self._way(x)[0] for h in self.sets for x in self.members[h] if self._hides(h)}

    @cached_property
    def silent(self) -> frozenset[int]:
        """The sets whose moves come before no set of several nodes: no belief depends on them."""
        told = {h for way in self.ways.values() for h, _ in way}
        return frozenset(h for h in self.sets if h not in told)

    @cached_property
    def chances(self) -> dict[int, Fraction]:
        """What chance alone contributes to the probability of each of those nodes."""
        return {x: self._way(x)[1] for h in self.sets for x in self.members[h] if self._hides(h)}

    def _hides(self, index: int) -> bool:
        return len(self.members[index]) > 1

    def _way(self, node: int) -> tuple[Way, Fraction]:
        game, moves, chance = self.game, [], Fraction(1)
        while node:
            before = game.parent[node]
            index = game.set_of[before]
            if self.movers[index] == CHANCE:
                chance *= game.probability(node)
            else:
                moves.append((index, node - game.first_child[before]))
            node = before
        return tuple(reversed(moves)), chance

    def actions(self, index: int) -> range:
        """The actions of an information set, by number."""
        return range(len(self.game.sets[index].actions))

    def child(self, node: int, action: int) -> int:
        """The node that an action leads to."""
        return self.game.first_child[node] + action

    @cached_property
    def above(self) -> dict[int, Sequence[int]]:
        """For each information set, its nodes and all before them, the last first."""
        found: dict[int, Sequence[int]] = {}
        for index in self.sets:
            before = set()
            for node in self.members[index]:
                while node >= 0 and node not in before:
                    before.add(node)
                    node = self.game.parent[node]
            found[index] = sorted(before, reverse=True)
        return found
