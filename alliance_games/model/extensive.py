"""Games in extensive form, as indexed nodes in flat arrays."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from alliance_games.model.integers import hash_of, pack
from alliance_games.model.profiles import Payoffs

CHANCE = -1
"""The mover of a node at which chance moves."""

TERMINAL = -1
"""The information set of a terminal node."""


@dataclass(frozen=True, slots=True)
class InformationSet:
    """Nodes a player cannot tell apart; a chance move is a set of one node with mover CHANCE.

    ``label`` is the modeller's name for the set ('' where it has none: it is then named by the
    moves that lead to it, see ``ExtensiveGame.set_name``).
    """

    player: int
    actions: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, eq=False)
class ExtensiveGame:
    """A finite game tree with chance and information sets.

    Nodes are numbered in breadth-first order from the root, 0, so that the children of a node
    stand next to each other and after it: those of ``node`` are
    ``range(first_child[node], first_child[node + 1])``, in the order of its actions, and
    ``first_child`` has one entry more than there are nodes. ``set_of[node]`` is the node's
    information set (an index into ``sets``; chance moves are in it too), or TERMINAL.
    ``weight[node]`` is, below a chance move, the integer weight of the branch into the node (its
    probability is its weight over the sum of its siblings'), elsewhere 0. ``terminal[node]`` is the
    index of a terminal node's payoffs in ``numerators[player]`` (over ``denominators[player]``),
    elsewhere -1; ``outcomes[index]`` is the name the modeller gave the ending, or ''.
    ``numeric`` marks payoffs that are approximations of irrational numbers; ``ordinal`` payoffs of
    which only the order within a player means anything.
    """

    players: tuple[str, ...]
    sets: tuple[InformationSet, ...]
    set_of: Sequence[int]
    first_child: Sequence[int]
    weight: Sequence[int]
    terminal: Sequence[int]
    numerators: tuple[Sequence[int], ...]
    denominators: tuple[int, ...]
    outcomes: tuple[str, ...] = ()
    numeric: bool = field(default=False, kw_only=True)
    ordinal: bool = field(default=False, kw_only=True)

    kind = "extensive"

    def __post_init__(self) -> None:
        for name in ("set_of", "first_child", "weight", "terminal"):
            object.__setattr__(self, name, pack(getattr(self, name)))
        object.__setattr__(self, "numerators", tuple(pack(table) for table in self.numerators))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExtensiveGame):
            return NotImplemented
        return all(
            getattr(self, name) == getattr(other, name) for name in self.__dataclass_fields__
        )

    def __hash__(self) -> int:
        arrays = (self.set_of, self.first_child, self.weight, self.terminal, *self.numerators)
        return hash((self.players, self.sets, tuple(map(hash_of, arrays)), self.denominators))

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.set_of)

    def children(self, node: int) -> range:
        """The nodes that follow ``node``, in the order of its actions."""
        return range(self.first_child[node], self.first_child[node + 1])

    def mover(self, node: int) -> int | None:
        """The index of the player who moves, CHANCE, or None at a terminal node."""
        index = self.set_of[node]
        return None if index == TERMINAL else self.sets[index].player

    @cached_property
    def parent(self) -> Sequence[int]:
        """The node before each node; -1 for the root."""
        before = array("q", [-1]) * self.size
        for node in range(self.size):
            for child in self.children(node):
                before[child] = node
        return before

    @cached_property
    def nodes_of(self) -> tuple[tuple[int, ...], ...]:
        """The nodes of each information set."""
        groups: list[list[int]] = [[] for _ in self.sets]
        for node, index in enumerate(self.set_of):
            if index != TERMINAL:
                groups[index].append(node)
        return tuple(map(tuple, groups))

    def action_into(self, node: int) -> str:
        """The name of the action (or chance event) that leads into ``node``; '' for the root."""
        parent = self.parent[node]
        if parent < 0:
            return ""
        return self.sets[self.set_of[parent]].actions[node - self.first_child[parent]]

    def probability(self, node: int) -> Fraction:
        """The probability of the branch of a chance move that leads into ``node``."""
        siblings = self.children(self.parent[node])
        return Fraction(self.weight[node], sum(self.weight[sibling] for sibling in siblings))

    def shares(self, node: int) -> tuple[Fraction, ...]:
        """The probabilities of all branches of the chance move at ``node``."""
        weights = [self.weight[child] for child in self.children(node)]
        total = sum(weights)
        return tuple(Fraction(weight, total) for weight in weights)

    def payoffs(self, node: int) -> Payoffs:
        """Every player's payoff at a terminal node."""
        index = self.terminal[node]
        return tuple(
            Fraction(table[index], denominator)
            for table, denominator in zip(self.numerators, self.denominators, strict=True)
        )

    def path(self, node: int) -> tuple[str, ...]:
        """The actions and chance events that lead from the root to ``node``."""
        steps = []
        while self.parent[node] >= 0:
            steps.append(self.action_into(node))
            node = self.parent[node]
        return tuple(reversed(steps))

    def played(self, node: int) -> tuple[str, ...]:
        """The path to ``node`` as a claim writes it, and as the game of numbers has it."""
        return self.path(node)

    def set_name(self, index: int) -> str:
        """The label of an information set, or the moves that lead to it; the root's is 'start'."""
        if self.sets[index].label:
            return self.sets[index].label
        return " > ".join(self.path(self.nodes_of[index][0])) or "start"

    def node_names(self, index: int) -> tuple[str, ...]:
        """What tells the nodes of an information set apart: of the moves that lead to each, those
        in which the ways differ ('Committed', 'Uncommitted' after one and the same message).
        """
        paths = [self.path(node) for node in self.nodes_of[index]]
        if len(paths) == 1:
            return (" > ".join(paths[0]) or "start",)
        if len(set(map(len, paths))) == 1:
            differ = [k for k, steps in enumerate(zip(*paths, strict=True)) if len(set(steps)) > 1]
            paths = [tuple(path[k] for k in differ) for path in paths]
        return tuple(" > ".join(path) for path in paths)

    @cached_property
    def has_perfect_information(self) -> bool:
        """Whether every information set holds one node."""
        used = set(self.set_of)
        used.discard(TERMINAL)
        return len(used) == self.size - self.set_of.count(TERMINAL)

    @cached_property
    def moves_once(self) -> bool:
        """Whether no player moves twice on any way through the tree."""
        before: list[frozenset[int]] = [frozenset()] * self.size
        for node in range(self.size):
            mover = self.mover(node)
            if mover is None:
                continue
            if mover in before[node]:
                return False
            for child in self.children(node):
                before[child] = before[node] if mover == CHANCE else before[node] | {mover}
        return True

    def recall_violation(self) -> tuple[int, int] | None:
        """Two nodes of one set that its player reaches by different experience, or None.

        A player has perfect recall if any two nodes of each of her information sets follow the
        same sequence of her own sets and actions (Kuhn 1953; Selten 1975).
        """
        if self.has_perfect_information:
            return None
        known: dict[tuple[int, int, int, int], int] = {}
        players = range(len(self.players))
        last = {player: array("q", [0]) * self.size for player in players}
        for node in range(self.size):
            index = self.set_of[node]
            if index == TERMINAL:
                continue
            mover = self.sets[index].player
            for action, child in enumerate(self.children(node)):
                for player in players:
                    before = last[player][node]
                    if player == mover:
                        key = (player, before, index, action)
                        before = known.setdefault(key, len(known) + 1)
                    last[player][child] = before
        for index, nodes in enumerate(self.nodes_of):
            mover = self.sets[index].player
            if mover == CHANCE:
                continue
            for node in nodes[1:]:
                if last[mover][node] != last[mover][nodes[0]]:
                    return nodes[0], node
        return None

    def forgetting(self) -> str | None:
        """Why a question that needs perfect recall cannot be asked, in words; None where it can.

        The words name a set at which its player has forgotten something, and two ways to it.
        """
        pair = self.recall_violation()
        if pair is None:
            return None
        index = self.set_of[pair[0]]
        ways = " and by ".join(repr(" > ".join(self.path(node)) or "no move") for node in pair)
        return (
            f"it needs perfect recall, and at {self.set_name(index)!r} "
            f"{self.players[self.sets[index].player]} does not remember what she did and knew: "
            f"play comes there by {ways}"
        )
