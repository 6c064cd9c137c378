"""A game tree without what makes no difference, and the way back for what is found in it.

Three things go, again and again until nothing does: chance events of probability zero, with what
follows them; moves with a single branch; and branches that differ in nothing. Two actions of a set
(or two events of a chance move) differ in nothing where the same follows them: the same moves, with
the same names, to the same payoffs, at information sets that are the same, or whose nodes all lie
behind the one and the other. Swapping them is then a symmetry of the tree, and behind one is played
what is played behind the other. (Thompson 1952 and Elmes and Reny 1994 treat transformations of
trees that keep the reduced normal form; superfluous moves are one of theirs.)

A Nash equilibrium of the smaller game lifts to one of the original, with the same payoffs. The
original may have more: others may tell twins apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import ONE, ZERO, Mixed, pure
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.solutions import Behaviour
from alliance_games.transforms.duplicates import Twins, first_twins

Choices = tuple[Mixed | None, ...]
"""For each information set the distribution over its actions; None for chance moves."""

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Step:
    """One game made of another: ``sets[new]`` is the set it was, ``actions[new]`` those kept.

    ``copies`` are sets of the old game that were cut off, each with the one that plays for it.
    """

    before: ExtensiveGame
    sets: tuple[int, ...]
    actions: tuple[tuple[int, ...], ...]
    copies: dict[int, int]

    def lift(self, choices: Choices) -> Choices:
        found: list[Mixed | None] = [
            None if one.player == CHANCE else pure(0, len(one.actions)) for one in self.before.sets
        ]
        for new, (old, kept) in enumerate(zip(self.sets, self.actions, strict=True)):
            mixed = choices[new]
            if mixed is None:
                continue
            full = [ZERO] * len(self.before.sets[old].actions)
            for action, probability in zip(kept, mixed, strict=True):
                full[action] = probability
            found[old] = tuple(full)
        for copy, original in self.copies.items():
            found[copy] = found[original]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Pruning:
    """``game`` is ``original`` without what makes no difference; ``steps`` lead from the one to
    the other."""

    original: ExtensiveGame
    game: ExtensiveGame
    steps: tuple[_Step, ...] = ()

    def lift(self, choices: Sequence[Mixed | None]) -> Choices:
        """Behaviour in the smaller game as behaviour in the original.

        Branches that went have probability 0, and what stands behind them is played as behind
        their twins; a player with a single action takes it. Behind impossible chance events, where
        nothing that anybody does matters to a Nash equilibrium, the first action is taken.
        """
        lifted = tuple(choices)
        for step in reversed(self.steps):
            lifted = step.lift(lifted)
        return lifted

    def lift_behaviour(self, solution: Behaviour) -> Behaviour:
        """An equilibrium of the smaller game as one of the original, its outcomes found anew."""
        choices = self.lift(solution.choices)
        return replace(
            solution, choices=choices, outcomes=_reached(self.original, choices), free=()
        )


def pruned(game: ExtensiveGame, *, tick: Tick | None = None) -> Pruning:
    """The tree without impossible events, moves of one branch and twin branches.

    Players, payoffs and the names of endings stay. ``tick`` is called now and then.
    """
    steps: list[_Step] = []
    now = game
    while True:
        if tick is not None:
            tick()
        if _has_bare_moves(now):
            step, now = _without_bare_moves(now)
        elif (twins := first_twins(now)) is not None:
            step, now = _without_twins(now, twins)
        else:
            return Pruning(game, now, tuple(steps))
        steps.append(step)


def _reached(game: ExtensiveGame, choices: Choices) -> tuple[tuple[int, Fraction], ...]:
    """The endings that are reached, with their probabilities."""
    probability = [ZERO] * game.size
    probability[0] = ONE
    for node in range(game.size):
        index = game.set_of[node]
        if not probability[node] or index == TERMINAL:
            continue
        own = choices[index]
        for action, child in enumerate(game.children(node)):
            share = game.probability(child) if own is None else own[action]
            probability[child] = probability[node] * share
    return tuple(
        (node, probability[node])
        for node in range(game.size)
        if probability[node] and game.set_of[node] == TERMINAL
    )


# Impossible events, and moves with one branch


def _has_bare_moves(game: ExtensiveGame) -> bool:
    return any(
        len(one.actions) == 1
        or (
            one.player == CHANCE
            and not all(game.weight[child] for child in game.children(nodes[0]))
        )
        for one, nodes in zip(game.sets, game.nodes_of, strict=True)
        if nodes
    )


def _without_bare_moves(game: ExtensiveGame) -> tuple[_Step, ExtensiveGame]:
    kept = [_possible(game, index) for index in range(len(game.sets))]

    def settled(node: int) -> int:
        while game.set_of[node] != TERMINAL and len(kept[game.set_of[node]]) == 1:
            node = game.first_child[node] + kept[game.set_of[node]][0]
        return node

    return _rebuilt(game, kept, settled, {})


def _possible(game: ExtensiveGame, index: int) -> tuple[int, ...]:
    actions = range(len(game.sets[index].actions))
    if game.sets[index].player != CHANCE or not game.nodes_of[index]:
        return tuple(actions)
    first = game.first_child[game.nodes_of[index][0]]
    return tuple(action for action in actions if game.weight[first + action])


# Branches that differ in nothing


def _without_twins(game: ExtensiveGame, twins: Twins) -> tuple[_Step, ExtensiveGame]:
    """The game without the later of two branches; the first takes over an event's probability."""
    kept = [tuple(range(len(one.actions))) for one in game.sets]
    kept[twins.set] = tuple(action for action in kept[twins.set] if action != twins.later)
    moved = {twins.set: (twins.first, twins.later)}
    step, smaller = _rebuilt(game, kept, lambda node: node, moved)
    return replace(step, copies=dict(twins.copies)), smaller


def _rebuilt(
    game: ExtensiveGame,
    kept: Sequence[Sequence[int]],
    settled: Callable[[int], int],
    moved: dict[int, tuple[int, int]],
) -> tuple[_Step, ExtensiveGame]:
    """The game with only the branches ``kept`` of each set.

    ``settled`` says which node stands in a node's place; ``moved[set]`` are an event of a chance
    move and another, which goes, whose weight it takes over.
    """
    met: dict[int, None] = {}

    def expand(node: object) -> Terminal | Move | Chance:
        assert isinstance(node, int)
        index = game.set_of[node]
        if index == TERMINAL:
            name = game.outcomes[game.terminal[node]] if game.outcomes else ""
            return Terminal(game.payoffs(node), name)
        met.setdefault(index)
        one, first = game.sets[index], game.first_child[node]
        actions = tuple(one.actions[action] for action in kept[index])
        following = [settled(first + action) for action in kept[index]]
        if one.player != CHANCE:
            return Move(one.player, actions, following, str(index))
        weights = {action: game.weight[first + action] for action in range(len(one.actions))}
        if index in moved:
            into, gone = moved[index]
            weights[into] += weights[gone]
        total = sum(weights[action] for action in kept[index])
        chances = [Fraction(weights[action], total) for action in kept[index]]
        return Chance(actions, chances, following, str(index))

    smaller = build(game.players, settled(0), expand, max_nodes=game.size, numeric=game.numeric)
    sets = tuple(met)
    step = _Step(game, sets, tuple(tuple(kept[index]) for index in sets), {})
    labelled = tuple(
        replace(one, label=game.sets[index].label)
        for one, index in zip(smaller.sets, sets, strict=True)
    )
    return step, replace(smaller, sets=labelled, ordinal=game.ordinal)
