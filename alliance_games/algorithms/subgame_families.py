"""Subgames with a continuum of different payoffs, carried upward as polynomials.

Above such a subgame payoffs depend on the choices in it. There a stage is solved support by support
with unknown probabilities: a move that may be used is worth as much as any other, a condition on
polynomials. A family is a support at every set of these stages with the conditions it collects on
the way up; which choices satisfy them is settled exactly at the root (``exact.systems``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, product
from math import prod
from typing import NamedTuple

from alliance_games.algorithms.subgame_equilibria import Carried, Stage
from alliance_games.algorithms.subgame_stages import Choices, Patch, StageComponent
from alliance_games.algorithms.subgame_supports import (
    Meeting,
    Numbers,
    Support,
    connected,
    contains,
    flat,
    own_sets,
    rational,
    subsets,
    within,
)
from alliance_games.exact.polynomials import Polynomial, Ring, ring, terms
from alliance_games.exact.systems import Cell, Relation, System, Undecided, feasible, solve
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import CHANCE, TERMINAL
from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.results.tree_solutions import Condition, Unknown

UNKNOWNS = 40
SUPPORTS = 3_000
FAMILIES = 2_000
SYSTEMS = 1_500
"""Bounds on one game: unknown probabilities, supports of a stage, families of a stage, and systems
of conditions that are looked at. Beyond them the question stays open."""

Values = tuple[Polynomial, ...]
"""One payoff per player, in the unknown probabilities."""


class Kept(NamedTuple):
    """A subgame without unknowns that hangs below: the place of its stage, and its payoffs."""

    stage: int
    payoffs: Payoffs


@dataclass(frozen=True, slots=True)
class Bundle:
    """Equilibria of a subgame: what they are worth where ``relations`` hold."""

    values: Values
    relations: tuple[Relation, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """The stages with unknowns, as one part of the tree: their information sets."""

    sets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A component of equilibria of the cluster, with what hangs below it."""

    component: StageComponent
    kept: tuple[Kept, ...]


class Varying:
    """The subgame perfect equilibria of a game in which some inner subgame has a continuum of
    different payoffs. Raises Undecided where that cannot be settled.

    ``parts`` are the cluster and the other stages, ``number`` how many components there are and
    ``play(rank)`` a component for each part, as for ``Carried``.
    """

    def __init__(self, carried: Carried, tick: Tick) -> None:
        self.carried, self.game, self.tick = carried, carried.game, tick
        stages = carried.stages
        self.systems = 0
        self.inside = self._cluster()
        sets = {index for at in self.inside for index in stages[at].sets}
        moves = [
            (index, action)
            for index in sorted(sets)
            if self.game.sets[index].player != CHANCE
            for action in range(len(self.game.sets[index].actions))
        ]
        if len(moves) > UNKNOWNS:
            raise Undecided(f"{len(moves)} unknown probabilities are more than {UNKNOWNS}")
        self.moves = moves
        self.ring: Ring = ring([f"{index}.{action}" for index, action in moves])
        self.unknown = dict(zip(moves, self.ring.variables, strict=True))
        self.bundles: dict[int, list[Bundle]] = {}
        for at in sorted(self.inside, reverse=True):
            self.bundles[at] = list(self._stage(stages[at]))
            if len(self.bundles[at]) > FAMILIES:
                raise Undecided(f"more than {FAMILIES} families of equilibria")
        cluster = Cluster(tuple(sorted(sets)))
        outside = [at for at in range(len(stages)) if at not in self.inside]
        self.parts: list[Cluster | Stage] = [cluster, *(stages[at] for at in outside)]
        self._outside = outside
        self.groups = list(self._groups(cluster))

    def _cluster(self) -> set[int]:
        """The stages whose equilibria differ in payoffs, and all above them."""
        parent_stage: dict[int, int] = {}
        for at, stage in enumerate(self.carried.stages):
            for cut in stage.cuts:
                parent_stage[self.carried.place[cut]] = at
        inside: set[int] = set()
        for root in self.carried.split:
            at = self.carried.place[root]
            while at not in inside:
                inside.add(at)
                if at == 0:
                    break
                at = parent_stage[at]
        return inside

    # One stage

    def _stage(self, stage: Stage) -> Iterator[Bundle]:
        """The families of a stage for every combination of families below."""
        options: list[list[Bundle]] = []
        for cut in stage.cuts:
            at = self.carried.place[cut]
            if at in self.inside:
                options.append(self.bundles[at])
            else:
                options.append(
                    [
                        Bundle(self._constants(worth), kept=(Kept(at, worth),))
                        for worth in self.carried.numbers[at]
                    ]
                )
        own = own_sets(self.game, stage)
        if not flat(self.game, stage, own):
            raise Undecided("a player moves twice in a subgame whose payoffs vary")
        if prod(2 ** len(self.game.sets[index].actions) - 1 for index in own) > SUPPORTS:
            raise Undecided(f"a subgame has more than {SUPPORTS} supports")
        for below in product(*options):
            self.tick()
            ends = dict(zip(stage.cuts, below, strict=True))
            kept = tuple(chain.from_iterable(bundle.kept for bundle in below))
            relations = tuple(chain.from_iterable(bundle.relations for bundle in below))
            yield from self._supports(stage, own, ends, relations, kept)

    def _constants(self, worth: Payoffs) -> Values:
        return tuple(map(self.ring.constant, worth))

    def _supports(
        self,
        stage: Stage,
        own: Sequence[int],
        ends: Mapping[int, Bundle],
        relations: tuple[Relation, ...],
        kept: tuple[Kept, ...],
    ) -> Iterator[Bundle]:
        found: list[tuple[tuple[Support, ...], frozenset[object], Bundle]] = []
        sizes = [len(self.game.sets[index].actions) for index in own]
        # Larger supports first: where their conditions are no stronger, they contain the smaller.
        for supports in sorted(
            product(*map(subsets, sizes)), key=lambda each: -sum(map(len, each))
        ):
            self.tick()
            bundle, extra = self._at(stage, dict(zip(own, supports, strict=True)), ends)
            if bundle is None or any(
                conditions <= extra and within(supports, larger) for larger, conditions, _ in found
            ):
                continue
            bundle = Bundle(bundle.values, (*relations, *bundle.relations), kept)
            if self._possible(bundle):
                found.append((supports, extra, bundle))
        yield from (bundle for _, _, bundle in found)

    def _possible(self, bundle: Bundle) -> bool:
        self._count()
        try:
            return feasible(self._system(bundle.relations), self.tick) is not None
        except Undecided:
            return True

    def _count(self) -> None:
        self.systems += 1
        if self.systems > SYSTEMS:
            raise Undecided(f"more than {SYSTEMS} systems of conditions on probabilities")

    def _system(self, relations: Sequence[Relation]) -> System:
        """The relations, and zero for the unknowns they do not speak of."""
        used: set[int] = set()
        for p, _ in relations:
            used |= {place for place, degree in enumerate(p.degrees()) if degree}
        rest = [x for place, x in enumerate(self.ring.variables) if place not in used]
        return System(
            self.ring,
            (*(p for p, relation in relations if relation == "="), *rest),
            tuple(p for p, relation in relations if relation == ">="),
        )

    def _at(
        self, stage: Stage, supports: Mapping[int, Support], ends: Mapping[int, Bundle]
    ) -> tuple[Bundle | None, frozenset[object]]:
        """The family of one support at every set, and its optimality conditions by content; None
        where a condition without unknowns fails."""
        chosen: dict[int, list[Polynomial]] = {}
        relations: list[Relation] = []
        for index, support in supports.items():
            chosen[index], bounds = self._probabilities(index, support)
            relations += bounds
        values, gains = self._sweep(stage, chosen, ends)
        conditions: dict[object, Relation] = {}
        for index, support in supports.items():
            worth = gains[index]
            first = worth[support[0]]
            for action, other in enumerate(worth):
                p = first - other
                relation = "=" if action in support else ">="
                if p.is_constant():
                    number = sum((c for c, _ in terms(p)), Fraction(0))
                    if number < 0 or (number and relation == "="):
                        return None, frozenset()
                    continue
                conditions[relation, frozenset(terms(p))] = (p, relation)
        every = (*relations, *conditions.values())
        return Bundle(values, every), frozenset(conditions)

    def _probabilities(
        self, index: int, support: Support
    ) -> tuple[list[Polynomial], list[Relation]]:
        """The choice at a set with its support, the last probability told by the others."""
        actions = len(self.game.sets[index].actions)
        choice = [self.ring.zero] * actions
        relations: list[Relation] = []
        rest = self.ring.one
        for action in support[:-1]:
            choice[action] = self.unknown[index, action]
            rest = rest - choice[action]
            relations.append((choice[action], ">="))
        choice[support[-1]] = rest
        if len(support) > 1:
            relations.append((rest, ">="))
        relations.append((self.unknown[index, support[-1]] - rest, "="))
        relations += [
            (self.unknown[index, action], "=") for action in range(actions) if action not in support
        ]
        return choice, relations

    def _sweep(
        self, stage: Stage, chosen: Mapping[int, Sequence[Polynomial]], ends: Mapping[int, Bundle]
    ) -> tuple[Values, dict[int, list[Polynomial]]]:
        """The stage's payoffs, and what each action of each set is worth to its player, weighed by
        the others' part in reaching it."""
        game, one = self.game, self.ring.one
        players = range(len(game.players))
        values: dict[int, Values] = {}
        for node in reversed(stage.nodes):
            if node in ends:
                values[node] = ends[node].values
            elif game.set_of[node] == TERMINAL:
                values[node] = self._constants(game.payoffs(node))
            else:
                shares = self._shares(node, chosen)
                below = [values[child] for child in game.children(node)]
                values[node] = tuple(
                    sum((s * v[player] for s, v in zip(shares, below, strict=True)), self.ring.zero)
                    for player in players
                )
        weight = {stage.root: one}
        gains = {
            index: [self.ring.zero] * len(game.sets[index].actions)
            for index in stage.sets
            if game.sets[index].player != CHANCE
        }
        for node in stage.nodes:
            if node in ends or game.set_of[node] == TERMINAL:
                continue
            index, children = game.set_of[node], game.children(node)
            mover = game.sets[index].player
            for action, (child, share) in enumerate(
                zip(children, self._shares(node, chosen), strict=True)
            ):
                weight[child] = weight[node] * share
                if mover != CHANCE:
                    gains[index][action] += weight[node] * values[child][mover]
        return values[stage.root], gains

    def _shares(self, node: int, chosen: Mapping[int, Sequence[Polynomial]]) -> list[Polynomial]:
        index, children = self.game.set_of[node], self.game.children(node)
        if self.game.sets[index].player != CHANCE:
            return list(chosen[index])
        total = sum(self.game.weight[child] for child in children)
        return [self.ring.constant(Fraction(self.game.weight[child], total)) for child in children]

    # At the root

    def _groups(self, cluster: Cluster) -> Iterator[Group]:
        by_kept: dict[tuple[Kept, ...], list[Cell]] = {}
        for bundle in self.bundles[0]:
            cells = by_kept.setdefault(bundle.kept, [])
            self._count()
            for cell in solve(self._system(bundle.relations), self.tick):
                if not any(contains(other, cell) for other in cells):
                    cells[:] = [other for other in cells if not contains(cell, other)]
                    cells.append(cell)
        for kept, cells in by_kept.items():
            for joined in connected(cells, self._meet):
                yield Group(self._component(cluster, *joined), kept)

    def _meet(self, relations: Sequence[Relation]) -> Numbers | None:
        """A point at which all the relations hold, if there is one."""
        self._count()
        point = feasible(self._system(relations), self.tick)
        return None if point is None else rational(point)

    def _component(
        self,
        cluster: Cluster,
        cells: Sequence[Cell],
        meetings: Sequence[Meeting],
    ) -> StageComponent:
        places: dict[Choices, int] = {}
        members: list[dict[int, None]] = [{} for _ in cells]

        def add(cell: int, point: Numbers) -> None:
            choices = self._choices(cluster, point)
            members[cell][places.setdefault(choices, len(places))] = None

        for number, cell in enumerate(cells):
            for corner in cell.corners or (cell.sample,):
                add(number, rational(corner))
        for first, second, point in meetings:
            if not members[first].keys() & members[second].keys():
                for number in (first, second):
                    # One that leaves its edge out may only come near.
                    if cells[number].corners or cells[number].holds(point):
                        add(number, point)
        free: tuple[tuple[int, ...], ...] = ((),) * len(places)
        if len(places) == 1 and all(cell.dimension == 0 for cell in cells):
            return StageComponent(tuple(places), free)
        patches = []
        for cell, member in zip(cells, members, strict=True):
            straight = bool(cell.corners)
            conditions = () if straight else tuple(map(self._condition, cell.conditions))
            hull = "behaviour" if straight else ""
            patches.append(Patch(tuple(member), cell.dimension, hull, conditions))
        return StageComponent(tuple(places), free, tuple(patches))

    def _choices(self, cluster: Cluster, point: Sequence[Fraction]) -> Choices:
        value = dict(zip(self.moves, point, strict=True))
        choices: list[Mixed | None] = []
        for index in cluster.sets:
            one = self.game.sets[index]
            chance = one.player == CHANCE
            choices.append(
                None if chance else tuple(value[index, a] for a in range(len(one.actions)))
            )
        return tuple(choices)

    def _condition(self, relation: Relation) -> Condition:
        p, sign = relation
        return Condition(
            tuple(
                (
                    coefficient,
                    tuple(
                        Unknown("choice", *move)
                        for move, power in zip(self.moves, powers, strict=True)
                        for _ in range(power)
                    ),
                )
                for coefficient, powers in terms(p)
            ),
            sign,
        )

    # As Carried

    def _size(self, group: Group) -> int:
        return prod(self.carried.numbers[kept.stage][kept.payoffs] for kept in group.kept)

    @property
    def number(self) -> int:
        """How many components the set of subgame perfect equilibria has."""
        return sum(map(self._size, self.groups))

    def play(self, rank: int) -> list[StageComponent]:
        """The component of that rank: that of the cluster, then of each other stage."""
        for group in self.groups:
            if rank < self._size(group):
                break
            rank -= self._size(group)
        chosen: dict[int, StageComponent] = {}
        for kept in group.kept:
            rank, own = divmod(rank, self.carried.numbers[kept.stage][kept.payoffs])
            chosen |= self.carried.below(kept.stage, kept.payoffs, own)
        return [group.component, *(chosen[at] for at in self._outside)]
