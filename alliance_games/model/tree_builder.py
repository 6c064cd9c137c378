"""From a description that unfolds node by node to an extensive-form game in flat arrays."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeVar

from alliance_games.exact.span import NOWHERE, Span
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame, InformationSet
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.problems import InvalidGame, Problem

State = TypeVar("State")

MAX_NODES = 2_000_000
"""More nodes than this are refused unless the caller allows them: shared subtrees can unfold a
short description into a tree that no memory holds."""


class Terminal(NamedTuple):
    """The game ends: one payoff per player, and the modeller's name for the ending, if any."""

    payoffs: Sequence[Fraction | int]
    outcome: str = ""
    span: Span = NOWHERE


class Move(NamedTuple):
    """``player`` (an index) chooses among ``actions``; action i leads to the state ``next[i]``.

    Nodes of one player with the same ``label`` form one information set; a node without a label
    is its own.
    """

    player: int
    actions: tuple[str, ...]
    next: Sequence[object]
    label: str = ""
    span: Span = NOWHERE


class Chance(NamedTuple):
    """Chance moves: ``actions[i]`` happens with ``probabilities[i]`` and leads to ``next[i]``."""

    actions: tuple[str, ...]
    probabilities: Sequence[Fraction]
    next: Sequence[object]
    label: str = ""
    span: Span = NOWHERE


def build(
    players: Sequence[str],
    root: State,
    expand: Callable[[State], Terminal | Move | Chance],
    *,
    max_nodes: int = MAX_NODES,
    numeric: bool = False,
) -> ExtensiveGame:
    """The game tree that unfolds from the state ``root``; ``expand`` says what happens in a state.

    Breadth-first with an explicit queue, so that depth is no limit. The same state may follow
    several nodes: a subtree is then played in several places, each with its own nodes. Information
    sets are numbered in the order of their first node.

    Raises InvalidGame for more than ``max_nodes`` nodes, an information set whose nodes differ in
    their actions, chance probabilities that are negative or do not sum to one, a node without
    actions or with two of one name, and a wrong number of payoffs.
    """
    unfolding = _Unfolding(tuple(players), max_nodes)
    waiting: deque[object] = deque([root])
    while waiting:
        description = expand(waiting.popleft())  # type: ignore[arg-type]
        unfolding.add(description)
        if not isinstance(description, Terminal):
            waiting.extend(description.next)
    return unfolding.game(numeric)


class _Unfolding:
    """The flat arrays of a tree while its nodes arrive in breadth-first order."""

    def __init__(self, players: tuple[str, ...], max_nodes: int) -> None:
        self.players = players
        self.max_nodes = max_nodes
        self.sets: list[InformationSet] = []
        self.labelled: dict[tuple[int, str], int] = {}
        self.set_of = array("q")
        self.first_child = array("q")
        self.weight = array("q", [0])
        self.big_weights: dict[int, int] = {}
        self.terminal = array("q")
        self.payoffs: list[list[Fraction]] = [[] for _ in players]
        self.outcomes: list[str] = []
        self.known = 1

    def add(self, node: Terminal | Move | Chance) -> None:
        self.first_child.append(self.known)
        if isinstance(node, Terminal):
            self._end(node)
            return
        self._check_actions(node)
        self.terminal.append(-1)
        if isinstance(node, Chance):
            self._weigh(node)
            self.set_of.append(self._new_set(InformationSet(CHANCE, node.actions, node.label)))
        else:
            self.weight.extend([0] * len(node.actions))
            self.set_of.append(self._set_of_move(node))
        self.known += len(node.actions)
        if self.known > self.max_nodes:
            raise _invalid("too-many-nodes", f"the tree has more than {self.max_nodes} nodes", node)

    def _end(self, node: Terminal) -> None:
        if len(node.payoffs) != len(self.players):
            raise _invalid(
                "wrong-number-of-payoffs",
                f"an ending needs {len(self.players)} payoffs, one per player, "
                f"and this one has {len(node.payoffs)}",
                node,
            )
        self.set_of.append(TERMINAL)
        self.terminal.append(len(self.outcomes))
        self.outcomes.append(node.outcome)
        for column, value in zip(self.payoffs, node.payoffs, strict=True):
            column.append(value if isinstance(value, Fraction) else Fraction(value))

    def _check_actions(self, node: Move | Chance) -> None:
        if not node.actions:
            raise _invalid("no-actions", "a node needs at least one action", node)
        if len(node.next) != len(node.actions):
            raise ValueError("a node needs one following state for each action")
        if len(set(node.actions)) != len(node.actions):
            doubled = next(name for name in node.actions if node.actions.count(name) > 1)
            raise _invalid("duplicate-action", f"a node has two actions {doubled!r}", node)

    def _weigh(self, node: Chance) -> None:
        """Keep the probabilities of a chance move as integer weights of its branches."""
        if any(probability < 0 for probability in node.probabilities):
            raise _invalid("negative-probability", "a probability is negative", node)
        if (total := sum(node.probabilities)) != 1:
            raise _invalid(
                "probabilities-do-not-sum-to-one",
                f"the probabilities of a chance move sum to {total}, not to 1",
                node,
            )
        weights, _ = over_common_denominator([Fraction(p) for p in node.probabilities])
        if len(weights) != len(node.actions):
            raise ValueError("a chance move needs one probability for each action")
        for branch, weight in enumerate(weights):
            if weight >= 2**63:
                self.big_weights[self.known + branch] = weight
        self.weight.extend(weight if weight < 2**63 else 0 for weight in weights)

    def _set_of_move(self, node: Move) -> int:
        if not node.label:
            return self._new_set(InformationSet(node.player, node.actions))
        index = self.labelled.get((node.player, node.label))
        if index is None:
            index = self._new_set(InformationSet(node.player, node.actions, node.label))
            self.labelled[node.player, node.label] = index
        elif self.sets[index].actions != node.actions:
            raise _invalid(
                "information-set-differs",
                f"the nodes of {self.players[node.player]}'s information set {node.label!r} "
                f"must have the same actions in the same order: {', '.join(node.actions)} here, "
                f"{', '.join(self.sets[index].actions)} at an earlier node",
                node,
            )
        return index

    def _new_set(self, new: InformationSet) -> int:
        self.sets.append(new)
        return len(self.sets) - 1

    def game(self, numeric: bool) -> ExtensiveGame:
        self.first_child.append(self.known)
        weight: Sequence[int] = self.weight
        if self.big_weights:
            weight = [self.big_weights.get(i, small) for i, small in enumerate(self.weight)]
        scaled = [over_common_denominator(column) for column in self.payoffs]
        return ExtensiveGame(
            self.players,
            tuple(self.sets),
            self.set_of,
            self.first_child,
            weight,
            self.terminal,
            tuple(integers for integers, _ in scaled),
            tuple(denominator for _, denominator in scaled),
            tuple(self.outcomes) if any(self.outcomes) else (),
            numeric=numeric,
        )


def _invalid(code: str, message: str, node: Terminal | Move | Chance) -> InvalidGame:
    return InvalidGame([Problem(code, message, span=node.span)])
