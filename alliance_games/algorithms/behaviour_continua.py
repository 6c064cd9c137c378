"""Cells of equilibria put together: isolated equilibria, and continua that hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from alliance_games.algorithms.best_response import Tick
from alliance_games.algorithms.sequence_solutions import behaviour
from alliance_games.exact.polynomials import Polynomial, Ring, ring, terms
from alliance_games.exact.systems import Relation, System, Undecided, feasible
from alliance_games.model.sequence_form import Plan, SequenceForm
from alliance_games.results.solutions import Behaviour, Fact
from alliance_games.results.tree_solutions import Condition, Continuum, Family, Unknown

if TYPE_CHECKING:
    from alliance_games.algorithms.behaviour_supports import Part

Plans = tuple[Plan, ...]


def assembled(
    form: SequenceForm, parts: Sequence[Part], tick: Tick
) -> Iterator[Behaviour | Continuum]:
    """Isolated equilibria and continua, in the canonical order of profiles.

    Families of one continuum are joined where their closures meet; where that cannot be settled
    they are told apart.
    """
    space = _Space(form, tick)
    families = space.without_absorbed([part for part in parts if part.cell.dimension])
    points: list[Plans] = []
    for part in parts:
        if not part.cell.dimension:
            plans = part.conditions.plans(part.cell.sample)
            if plans not in points and not any(contains(one, plans) for one in families):
                points.append(plans)
    found: list[tuple[Plans, Behaviour | Continuum]] = [
        (plans, behaviour(form, plans)) for plans in points
    ]
    for cluster in space.clusters(families):
        found.append(_continuum(form, cluster))
    for _, solution in sorted(found, key=lambda one: one[0], reverse=True):
        yield solution


def contains(part: Part, plans: Plans) -> bool:
    """Whether a cell holds these plans, exactly."""
    values = part.conditions.values(plans)
    return values is not None and part.cell.holds(values)


def corner_plans(part: Part) -> list[Plans]:
    """The corners of a polytope of equilibria as plans; none of other cells."""
    return [part.conditions.plans(corner) for corner in part.cell.corners]


class _Space:
    """The realization plans of all players as one space, in which cells are compared."""

    def __init__(self, form: SequenceForm, tick: Tick) -> None:
        self.tick = tick
        self.form = form
        self.unknowns = [
            (player, sequence)
            for player, own in enumerate(form.of)
            for sequence in range(1, len(own))
        ]
        self.ring: Ring = ring([f"{player}:{sequence}" for player, sequence in self.unknowns])
        self.at: dict[tuple[int, int], Polynomial] = dict(
            zip(self.unknowns, self.ring.variables, strict=True)
        )
        self.sums: list[Polynomial] = []
        for player, own in enumerate(form.of):
            self.at[player, 0] = self.ring.one
            for k, before in enumerate(own.before):
                total = -self.at[player, before]
                for sequence in own.own(k):
                    total = total + self.at[player, sequence]
                self.sums.append(total)

    def relations(self, part: Part) -> list[Relation]:
        """What holds in a cell, in the probabilities of all sequences."""
        images = [self.at[unknown] for unknown in part.conditions.unknowns]
        found: list[Relation] = [
            (p.compose(*images, ctx=self.ring.context) if images else p, relation)
            for p, relation in part.cell.conditions
        ]
        for player, support in part.conditions.supports.items():
            found.extend(
                (self.at[player, sequence], "=")
                for sequence in range(1, len(self.form.of[player]))
                if sequence not in support.sequences
            )
        return found

    def _system(self, relations: Sequence[Relation], closed: bool) -> System:
        equal = [p for p, relation in relations if relation == "="]
        above = [p for p, relation in relations if relation == ">"]
        at_least = [p for p, relation in relations if relation == ">="]
        if closed:
            return System(self.ring, (*self.sums, *equal), (*at_least, *above))
        return System(self.ring, (*self.sums, *equal), tuple(at_least), tuple(above))

    def without_absorbed(self, parts: list[Part]) -> list[Part]:
        """The cells that lie in no other one."""
        kept: list[Part] = []
        ordered = sorted(parts, key=lambda part: -part.cell.dimension)
        for part in ordered:
            if not any(self._within(part, other) for other in kept):
                kept.append(part)
        return kept

    def _within(self, part: Part, other: Part) -> bool:
        if not contains(other, part.conditions.plans(part.cell.sample)):
            return False
        if part.cell.corners and other.cell.corners:
            return all(contains(other, corner) for corner in corner_plans(part))
        own = self.relations(part)
        for p, relation in self.relations(other):
            for outside in _outside(p, relation):
                if self._feasible([*own, outside], closed=False):
                    return False
        return True

    def _feasible(self, relations: Sequence[Relation], closed: bool) -> bool:
        """Whether they hold somewhere; True where that cannot be settled and ``closed`` is not
        asked, else False: what is not known to lie within, or to touch, is told apart."""
        try:
            return feasible(self._system(relations, closed), self.tick) is not None
        except Undecided:
            return not closed

    def clusters(self, parts: Sequence[Part]) -> list[list[Part]]:
        """The cells in groups that hang together."""
        relations = [self.relations(part) for part in parts]
        corners = [set(corner_plans(part)) for part in parts]
        left = list(range(len(parts)))
        groups: list[list[Part]] = []
        while left:
            group, waiting = [], [left.pop(0)]
            while waiting:
                here = waiting.pop()
                group.append(here)
                near = [
                    there
                    for there in left
                    if corners[here] & corners[there]
                    or self._feasible([*relations[here], *relations[there]], closed=True)
                ]
                left = [there for there in left if there not in near]
                waiting.extend(near)
            groups.append([parts[place] for place in sorted(group)])
        return groups


def _outside(p: Polynomial, relation: str) -> list[Relation]:
    """The ways in which a condition fails."""
    if relation == "=":
        return [(p, ">"), (-p, ">")]
    return [(-p, ">=" if relation == ">" else ">")]


def _continuum(form: SequenceForm, parts: Sequence[Part]) -> tuple[Plans, Continuum]:
    """Cells that hang together as one continuum, with its first point."""
    described = [_described(form, part) for part in parts]
    points = sorted({plans for _, own, _ in described for plans in own}, reverse=True)
    place = {plans: index for index, plans in enumerate(points)}
    families = tuple(
        Family(
            part.cell.dimension,
            tuple(sorted(place[plans] for plans in own)),
            conditions,
            hull,
        )
        for part, (hull, own, conditions) in zip(parts, described, strict=True)
    )
    shown = tuple(behaviour(form, plans) for plans in points)
    facts: dict[str, Fact] = {}
    if all(family.hull for family in families):
        facts["constant payoffs"] = len({point.payoffs for point in shown}) == 1
    dimension = max(family.dimension for family in families)
    return points[0], Continuum(dimension, shown, families, facts)


def _described(form: SequenceForm, part: Part) -> tuple[str, list[Plans], tuple[Condition, ...]]:
    """A family's hull, its points and its conditions.

    A polytope that is all combinations of some plans of each player is told by its corners, any
    other cell by its conditions, with its corners, if any, and a point inside as examples.
    """
    corners = corner_plans(part)
    sides = [sorted(set(side)) for side in zip(*corners, strict=True)]
    closed = all(relation != ">" for _, relation in part.cell.conditions)
    if closed and corners and set(corners) == set(product(*sides)):
        return "realization", corners, ()
    inner = part.conditions.plans(part.cell.sample)
    examples = [*(corner for corner in corners if contains(part, corner)), inner]
    return "", examples, tuple(_conditions(form, part))


def _conditions(form: SequenceForm, part: Part) -> Iterator[Condition]:
    """A cell's conditions in the probabilities of choices."""
    conditions = part.conditions
    for player, support in conditions.supports.items():
        own = form.of[player]
        for k, used in enumerate(support.used):
            for action in range(len(own.own(k))):
                if used and action not in used:
                    path = choices_of(form, player, own.first[k] + action)
                    yield Condition(((Fraction(1), path),), "=")
    paths = [choices_of(form, player, sequence) for player, sequence in conditions.unknowns]
    for p, relation in part.cell.conditions:
        yield Condition(
            tuple(
                (
                    c,
                    tuple(
                        u for path, power in zip(paths, powers, strict=True) for u in path * power
                    ),
                )
                for c, powers in terms(p)
            ),
            relation,
        )


def choices_of(form: SequenceForm, player: int, sequence: int) -> tuple[Unknown, ...]:
    """The choices whose probabilities multiply to a sequence's."""
    own = form.of[player]
    path: list[Unknown] = []
    while sequence:
        k = own.place[sequence]
        path.append(Unknown("choice", own.sets[k], sequence - own.first[k]))
        sequence = own.before[k]
    return tuple(reversed(path))
