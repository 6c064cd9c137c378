"""The proper subgames of a tree, and each one with the subgames inside it cut off.

A proper subgame starts at a node that its mover can tell from all others and contains every
information set that it touches (Selten 1965, 1975). Cutting off the subgames inside a subgame and
putting payoffs in their place leaves its truncated game, here a stage: a tree has as many stages
as subgames, and each move belongs to exactly one.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame, InformationSet
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.profiles import Payoffs

CUT = -2
"""Stands for the information set of a node at which another stage begins."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A subgame of ``game`` whose inner subgames are cut off.

    ``root`` is its first node; ``nodes`` are its nodes in breadth-first order, the root first;
    ``cuts`` those of them at which inner subgames start, in that order; ``sets`` the information
    sets in it, chance moves included; ``movers`` the players who move in it, in order.
    """

    game: ExtensiveGame
    root: int
    nodes: tuple[int, ...]
    cuts: tuple[int, ...]
    sets: tuple[int, ...]

    @property
    def movers(self) -> tuple[int, ...]:
        players = {self.game.sets[index].player for index in self.sets}
        return tuple(sorted(players - {CHANCE}))

    def truncated(self, worth: Mapping[int, Payoffs], players: Sequence[int]) -> ExtensiveGame:
        """The truncated game among some of the players.

        ``worth[cut]`` are every player's payoffs from the inner subgame that starts at ``cut``.
        Node k is node ``nodes[k]`` of the whole tree, set k its set ``sets[k]``, player k its
        player ``players[k]``. Raises ValueError where somebody moves who is not among ``players``.
        """
        game, inner = self.game, set(self.cuts)
        place = {index: k for k, index in enumerate(self.sets)}
        seat = {player: k for k, player in enumerate(players)} | {CHANCE: CHANCE}
        if any(game.sets[index].player not in seat for index in self.sets):
            raise ValueError("somebody moves in this subgame who is left out")
        set_of, first_child = array("q"), array("q")
        weight: list[int] = []  # may be of any size
        terminal = array("q")
        payoffs: list[list[Fraction]] = [[] for _ in players]
        known = 1
        for node in self.nodes:
            first_child.append(known)
            weight.append(game.weight[node] if node != self.root else 0)
            if node in inner or game.set_of[node] == TERMINAL:
                ends = worth[node] if node in inner else game.payoffs(node)
                set_of.append(TERMINAL)
                terminal.append(len(payoffs[0]))
                for column, player in zip(payoffs, players, strict=True):
                    column.append(ends[player])
                continue
            set_of.append(place[game.set_of[node]])
            terminal.append(-1)
            known += len(game.children(node))
        first_child.append(known)
        scaled = [over_common_denominator(column) for column in payoffs]
        sets = [game.sets[index] for index in self.sets]
        return ExtensiveGame(
            tuple(game.players[player] for player in players),
            tuple(InformationSet(seat[one.player], one.actions, one.label) for one in sets),
            set_of,
            first_child,
            weight,
            terminal,
            tuple(integers for integers, _ in scaled),
            tuple(denominator for _, denominator in scaled),
            numeric=game.numeric,
        )


@dataclass(frozen=True)
class Subgames:
    """The proper subgames of ``game``: ``roots`` are their first nodes, in ascending order.

    The whole game is one of them. Where chance moves first, that is a subgame as well; endings
    are none.
    """

    game: ExtensiveGame
    roots: tuple[int, ...]

    def stages(self) -> list[Stage]:
        """Every subgame with its inner ones cut off, in the order of ``roots``."""
        starts = set(self.roots)
        return [self._stage(root, starts) for root in self.roots]

    def _stage(self, root: int, starts: set[int]) -> Stage:
        game = self.game
        nodes, cuts, sets = [root], [], set()
        for node in nodes:
            if node != root and node in starts:
                cuts.append(node)
                continue
            if game.set_of[node] != TERMINAL:
                sets.add(game.set_of[node])
                nodes.extend(game.children(node))
        return Stage(game, root, tuple(nodes), tuple(cuts), tuple(sorted(sets)))

    @cached_property
    def proper(self) -> int:
        """How many subgames there are besides the whole game in which somebody moves."""
        moves = [self.game.mover(root) != CHANCE for root in self.roots]
        return sum(moves[1:])


def subgames(game: ExtensiveGame) -> Subgames:
    """The proper subgames of a tree, found in time linear in its size.

    Every node gets an interval of numbers in depth-first order that holds those of its
    descendants. A subgame starts where the sets met below reach neither before nor beyond it.
    """
    size, first = game.size, game.first_child
    below = array("q", [1]) * size
    for node in range(size - 1, -1, -1):
        for child in range(first[node], first[node + 1]):
            below[node] += below[child]
    number = array("q", [0]) * size
    for node in range(size):
        at = number[node] + 1
        for child in range(first[node], first[node + 1]):
            number[child] = at
            at += below[child]
    least = [min(map(number.__getitem__, nodes), default=0) for nodes in game.nodes_of]
    most = [max(map(number.__getitem__, nodes), default=0) for nodes in game.nodes_of]
    low, high = array("q", number), array("q", number)
    roots = []
    for node in range(size - 1, -1, -1):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        children = range(first[node], first[node + 1])
        low[node] = min(least[index], *(low[child] for child in children))
        high[node] = max(most[index], *(high[child] for child in children))
        inside = number[node] <= low[node] and high[node] < number[node] + below[node]
        if inside and len(game.nodes_of[index]) == 1:
            roots.append(node)
    if not roots or roots[-1] != 0:
        roots.append(0)  # an information set that holds the root and later nodes, say
    return Subgames(game, tuple(reversed(roots)))
