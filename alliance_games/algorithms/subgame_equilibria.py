"""All subgame perfect equilibria: each stage's equilibria, carried upward by what they are worth.

From the innermost subgames up, every stage is solved once for each combination of the payoffs its
inner subgames can have. A subgame keeps its equilibria by their payoffs, with the number of ways to
play for each, so that the work grows with the number of different payoffs and not with the number
of equilibria. A stage's continuum whose equilibria all have the same payoffs is one way to play.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Protocol

from alliance_games.algorithms.subgame_stages import (
    Choices,
    StageAnswer,
    StageComponent,
    StageSolver,
    face,
)
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Payoffs
from alliance_games.results.budget import LimitReached

COMBINATIONS = 200_000
"""Combinations of payoffs of a stage's inner subgames that are looked at, at most."""


class Stage(Protocol):
    """What is asked of a stage (``transforms.subgames``)."""

    @property
    def root(self) -> int: ...

    @property
    def nodes(self) -> Sequence[int]: ...

    @property
    def cuts(self) -> Sequence[int]: ...

    @property
    def sets(self) -> Sequence[int]: ...

    @property
    def movers(self) -> Sequence[int]: ...

    def truncated(self, worth: Mapping[int, Payoffs], players: Sequence[int]) -> ExtensiveGame: ...


@dataclass(frozen=True, slots=True)
class Way:
    """A component of a stage's equilibria where its inner subgames are worth ``worth``."""

    component: StageComponent
    worth: tuple[Payoffs, ...]


class TooManyCombinations(LimitReached):
    """A stage has too many combinations of inner payoffs; the message says where."""


class Carried:
    """The subgame perfect equilibria of a game whose stages are given, by what they are worth.

    ``ways[stage][payoffs]`` are the ways to play a stage so that its subgame is worth ``payoffs``,
    ``numbers[stage][payoffs]`` in how many ways the whole subgame can be played for them.
    ``missing`` says what was not looked for; ``split`` are the roots of inner subgames with a
    continuum of different payoffs, of which only the corners were carried upward.
    """

    def __init__(
        self, game: ExtensiveGame, stages: Sequence[Stage], solver: StageSolver, tick: Tick
    ) -> None:
        self.game, self.stages, self._solver, self._tick = game, stages, solver, tick
        self.place = {stage.root: k for k, stage in enumerate(stages)}
        self.ways: list[dict[Payoffs, list[Way]]] = [{} for _ in stages]
        self.numbers: list[dict[Payoffs, int]] = [{} for _ in stages]
        self.missing: set[str] = set()
        self.split: list[int] = []
        for at in range(len(stages) - 1, -1, -1):
            self._solve(at)

    def _solve(self, at: int) -> None:
        stage = self.stages[at]
        inner = [self.place[cut] for cut in stage.cuts]
        if prod(len(self.numbers[k]) for k in inner) > COMBINATIONS:
            where = " > ".join(self.game.path(stage.root)) or "start"
            raise TooManyCombinations(
                f"the subgame at {where!r} has more than {COMBINATIONS} combinations of payoffs "
                "of the subgames inside it"
            )
        ways, numbers = self.ways[at], self.numbers[at]
        for worth in product(*(self.numbers[k] for k in inner)):
            self._tick()
            many = prod(self.numbers[k][w] for k, w in zip(inner, worth, strict=True))
            ends = dict(zip(stage.cuts, worth, strict=True))
            for component in self._equilibria(stage, ends).components:
                for payoffs, part in self._parts(stage, ends, component):
                    ways.setdefault(payoffs, []).append(Way(part, worth))
                    numbers[payoffs] = numbers.get(payoffs, 0) + many

    def _equilibria(self, stage: Stage, ends: Mapping[int, Payoffs]) -> StageAnswer:
        movers = stage.movers
        if not movers:
            return StageAnswer((StageComponent(((None,) * len(stage.sets),), ((),)),))
        if len(stage.sets) == 1:
            children = self.game.children(stage.root)
            own = [self._at(child, ends)[movers[0]] for child in children]
            top = max(own)
            best = [action for action, worth in enumerate(own) if worth == top]
            return StageAnswer((face(len(own), best),))
        answer = self._solver(stage.truncated(ends, movers), self._tick)
        if answer.missing:
            self.missing.add(answer.missing)
        return StageAnswer(tuple(_of_tree(one, stage.sets) for one in answer.components))

    def _at(self, node: int, ends: Mapping[int, Payoffs]) -> Payoffs:
        return ends[node] if node in ends else self.game.payoffs(node)

    def _parts(
        self, stage: Stage, ends: Mapping[int, Payoffs], component: StageComponent
    ) -> Iterator[tuple[Payoffs, StageComponent]]:
        """A component whole if all of it has the same payoffs (or it is outermost), else its
        corners one by one."""
        payoffs = [self._payoffs(stage, ends, choices) for choices in component.points]
        # Where conditions describe a part, its points are examples: payoffs may differ elsewhere.
        shown = all(patch.hull or not patch.dimension for patch in component.patches)
        if stage.root == 0 or (shown and len(set(payoffs)) == 1):
            yield payoffs[0], component
            return
        if not self.split or self.split[-1] != stage.root:
            self.split.append(stage.root)
        for worth, choices, free in zip(payoffs, component.points, component.free, strict=True):
            yield worth, StageComponent((choices,), (free,))

    def _payoffs(self, stage: Stage, ends: Mapping[int, Payoffs], choices: Choices) -> Payoffs:
        total = [Fraction(0)] * len(self.game.players)
        chosen = dict(zip(stage.sets, choices, strict=True))
        for node, probability in reached(self.game, stage.root, chosen, ends):
            for player, worth in enumerate(self._at(node, ends)):
                total[player] += probability * worth
        return tuple(total)

    @property
    def number(self) -> int:
        """How many components the set of subgame perfect equilibria has, as far as found."""
        return sum(self.numbers[0].values())

    def play(self, rank: int) -> list[StageComponent]:
        """The component of that rank, 0 to ``number - 1``: a component for every stage."""
        below = self.below(0, *_pick(self.numbers[0], rank))
        return [below[at] for at in range(len(self.stages))]

    def below(self, at: int, payoffs: Payoffs, rank: int) -> dict[int, StageComponent]:
        """How the subgame of a stage is played for ``payoffs`` in the way of that rank."""
        chosen: dict[int, StageComponent] = {}
        waiting = [(at, payoffs, rank)]
        while waiting:
            at, payoffs, rank = waiting.pop()
            inner = [self.place[cut] for cut in self.stages[at].cuts]
            for way in self.ways[at][payoffs]:
                sizes = [self.numbers[k][w] for k, w in zip(inner, way.worth, strict=True)]
                if rank < prod(sizes):
                    break
                rank -= prod(sizes)
            chosen[at] = way.component
            for k, worth, size in zip(inner, way.worth, sizes, strict=True):
                rank, own = divmod(rank, size)
                waiting.append((k, worth, own))
        return chosen


def _of_tree(component: StageComponent, sets: Sequence[int]) -> StageComponent:
    """A component whose conditions, if it has any, speak of the tree's own information sets."""
    if not any(patch.conditions for patch in component.patches):
        return component
    patches = []
    for patch in component.patches:
        conditions = [
            one._replace(
                terms=tuple(
                    (c, tuple(u._replace(set=sets[u.set]) for u in unknowns))
                    for c, unknowns in one.terms
                )
            )
            for one in patch.conditions
        ]
        patches.append(replace(patch, conditions=tuple(conditions)))
    return replace(component, patches=tuple(patches))


def _pick(numbers: Mapping[Payoffs, int], rank: int) -> tuple[Payoffs, int]:
    for payoffs, number in numbers.items():
        if rank < number:
            return payoffs, rank
        rank -= number
    raise IndexError("there are not so many equilibria")


def reached(
    game: ExtensiveGame,
    root: int,
    chosen: Mapping[int, Sequence[Fraction] | None],
    ends: Collection[int],
) -> list[tuple[int, Fraction]]:
    """The endings that are reached from ``root``, each with its probability, in ascending order.

    ``chosen[set]`` is the choice there; play stops at the nodes in ``ends`` as well.
    """
    found = []
    waiting = [(root, Fraction(1))]
    while waiting:
        node, probability = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL or node in ends:
            found.append((node, probability))
            continue
        children = game.children(node)
        if game.sets[index].player == CHANCE:
            total = sum(game.weight[child] for child in children)
            shares: Sequence[Fraction] = [Fraction(game.weight[child], total) for child in children]
        else:
            shares = chosen[index] or ()
        waiting += [
            (child, probability * share)
            for child, share in zip(children, shares, strict=True)
            if share
        ]
    return sorted(found)
