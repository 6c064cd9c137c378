"""The sequence form of a tree: what each player can do, as sequences of her own moves.

With perfect recall a mixed strategy is as good as the probabilities with which the player's own
moves make each of her sequences: her realization plan (von Stengel 1996; Koller, Megiddo and
von Stengel 1996). There are at most as many sequences as nodes, where plans are exponentially
many. Everything here is linear in the tree.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs, pure

Plan = tuple[Fraction, ...]
"""A realization plan: for each sequence the probability that its player's moves make it."""


@dataclass(frozen=True, slots=True)
class Sequences:
    """One player's sequences, numbered from 0, the empty one; each set's stand next to each other.

    ``sets`` are her information sets that chance allows, those passed earlier first; sequence
    ``first[k] + a`` takes the action a of ``sets[k]``, which she reaches by sequence ``before[k]``.
    ``place[s]`` is the position in ``sets`` of the last move of sequence s (-1 for the empty one).
    """

    sets: tuple[int, ...]
    first: Sequence[int]
    before: Sequence[int]
    place: Sequence[int]

    def __len__(self) -> int:
        return len(self.place)

    def own(self, k: int) -> range:
        """The sequences that end at the k-th of ``sets``, in the order of its actions."""
        return range(self.first[k], self.first[k + 1])

    def parent(self, sequence: int) -> int:
        """The sequence without its last move; -1 for the empty one."""
        return self.before[self.place[sequence]] if sequence else -1


NOBODY = -1
"""In place of a second player, where a tree has only one."""


@dataclass(frozen=True, slots=True)
class SequenceForm:
    """``of[player]`` are the players' sequences; ``endings`` the terminal nodes chance allows.

    The k-th of ``endings`` follows sequence ``at[player][k]`` of each player, and chance's moves
    allow it with probability ``weight[k] / over``.
    """

    tree: ExtensiveGame
    of: tuple[Sequences, ...]
    endings: Sequence[int]
    at: tuple[Sequence[int], ...]
    weight: Sequence[int]
    over: int

    @property
    def active(self) -> tuple[int, ...]:
        """The players who ever move."""
        return tuple(player for player, own in enumerate(self.of) if own.sets)

    def sequences(self, player: int) -> Sequences:
        """The player's sequences; the empty one alone for NOBODY."""
        return Sequences((), (1,), (), (-1,)) if player == NOBODY else self.of[player]

    def triples(self, player: int, first: int, second: int) -> dict[tuple[int, int], int]:
        """``player``'s expected payoffs by a sequence of ``first`` and one of ``second``.

        They are integers, over ``over`` times her denominator; pairs that no ending follows, and
        zeros, are left out. Nobody else may move.
        """
        if player == NOBODY:
            return {}
        sums: dict[tuple[int, int], int] = {}
        table, terminal = self.tree.numerators[player], self.tree.terminal
        nothing = (0,) * len(self.endings)
        rows, columns = (nothing if p == NOBODY else self.at[p] for p in (first, second))
        for k, node in enumerate(self.endings):
            key = rows[k], columns[k]
            sums[key] = sums.get(key, 0) + self.weight[k] * table[terminal[node]]
        return {key: value for key, value in sums.items() if value}

    def behaviour(self, plans: Sequence[Plan]) -> tuple[tuple[Mixed | None, ...], tuple[int, ...]]:
        """The behaviour strategies of one realization plan per player, and the free sets.

        At a set that the player's own plan, or chance, rules out, the first action stands in, and
        the set is free. None stands for chance.
        """
        tree = self.tree
        choices: list[Mixed | None] = [
            None if one.player == CHANCE else pure(0, len(one.actions)) for one in tree.sets
        ]
        free = {index for index, one in enumerate(tree.sets) if one.player != CHANCE}
        for own, plan in zip(self.of, plans, strict=True):
            for k, index in enumerate(own.sets):
                reached = plan[own.before[k]]
                if reached:
                    choices[index] = tuple([plan[s] / reached for s in own.own(k)])
                    free.discard(index)
        return tuple(choices), tuple(sorted(free))

    def plans(self, choices: Sequence[Mixed | None]) -> tuple[Plan, ...]:
        """The realization plans of behaviour strategies."""
        found = []
        for own in self.of:
            plan = [Fraction(1)] * len(own)
            for k, index in enumerate(own.sets):
                reached, choice = plan[own.before[k]], choices[index] or ()
                for sequence, probability in zip(own.own(k), choice, strict=True):
                    plan[sequence] = reached * probability
            found.append(tuple(plan))
        return tuple(found)

    def outcomes(self, plans: Sequence[Plan]) -> tuple[tuple[int, Fraction], ...]:
        """The terminal nodes reached, each with its probability."""
        reached = []
        for k, node in enumerate(self.endings):
            probability = Fraction(self.weight[k], self.over)
            for plan, at in zip(plans, self.at, strict=True):
                probability *= plan[at[k]]
                if not probability:
                    break
            else:
                reached.append((node, probability))
        return tuple(reached)

    def payoffs(self, outcomes: Sequence[tuple[int, Fraction]]) -> Payoffs:
        """Every player's expected payoff."""
        terminal = self.tree.terminal
        return tuple(
            sum((p * table[terminal[node]] for node, p in outcomes), Fraction(0)) / over
            for table, over in zip(self.tree.numerators, self.tree.denominators, strict=True)
        )


def sequence_form(tree: ExtensiveGame) -> SequenceForm:
    """The sequence form of a tree. Raises ValueError without perfect recall."""
    if tree.recall_violation() is not None:
        raise ValueError("without perfect recall a player's sequences do not tell what she knows")
    weights, over = _chance(tree)
    players = range(len(tree.players))
    latest = [array("q", [0]) * tree.size for _ in players]
    sets: list[list[int]] = [[] for _ in players]
    first: list[array[int]] = [array("q", [1]) for _ in players]
    before: list[array[int]] = [array("q") for _ in players]
    place: list[array[int]] = [array("q", [-1]) for _ in players]
    position: dict[int, int] = {}
    endings = array("q")
    for node in range(tree.size):
        if not weights[node]:
            continue
        index = tree.set_of[node]
        if index == TERMINAL:
            endings.append(node)
            continue
        mover, children = tree.sets[index].player, tree.children(node)
        for player in players:
            own, known = latest[player], latest[player][node]
            if player != mover:
                if known:
                    for child in children:
                        own[child] = known
                continue
            if index not in position:
                position[index] = len(sets[player])
                place[player].extend([len(sets[player])] * len(children))
                sets[player].append(index)
                before[player].append(known)
                first[player].append(first[player][-1] + len(children))
            start = first[player][position[index]]
            for action, child in enumerate(children):
                own[child] = start + action
    return SequenceForm(
        tree,
        tuple(
            Sequences(tuple(sets[player]), first[player], before[player], place[player])
            for player in players
        ),
        endings,
        tuple(array("q", [own[node] for node in endings]) for own in latest),
        [weights[node].numerator * (over // weights[node].denominator) for node in endings],
        over,
    )


def _chance(tree: ExtensiveGame) -> tuple[list[Fraction], int]:
    """The probability of all chance moves before each node, and the endings' denominator."""
    probability = [Fraction(1)] * tree.size
    for node in range(tree.size):
        index, here = tree.set_of[node], probability[node]
        if index == TERMINAL:
            continue
        children = tree.children(node)
        if tree.sets[index].player == CHANCE:
            total = sum(tree.weight[child] for child in children)
            for child in children:
                probability[child] = here * Fraction(tree.weight[child], total)
        else:
            for child in children:
                probability[child] = here
    denominators = {
        probability[node].denominator for node in range(tree.size) if tree.terminal[node] >= 0
    }
    return probability, lcm(*denominators)
