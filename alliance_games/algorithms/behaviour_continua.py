"""Cells of equilibria put together: isolated equilibria, and continua that hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from alliance_games.algorithms.best_response import Tick
from alliance_games.algorithms.plan_supports import Support
from alliance_games.algorithms.sequence_solutions import behaviour
from alliance_games.exact.polynomials import Polynomial, terms
from alliance_games.exact.systems import Relation, System, Undecided, feasible
from alliance_games.model.sequence_form import Plan, SequenceForm
from alliance_games.results.solutions import Behaviour, Fact
from alliance_games.results.tree_solutions import Condition, Continuum, Family, Unknown

if TYPE_CHECKING:
    from alliance_games.algorithms.behaviour_supports import Conditions, Part

Plans = tuple[Plan, ...]


def assembled(
    form: SequenceForm, parts: Sequence[Part], tick: Tick
) -> Iterator[Behaviour | Continuum]:
    """Isolated equilibria and continua, in the canonical order of profiles.

    Families of one continuum are joined where their closures meet; where that cannot be settled
    they are told apart.
    """
    families = _without_absorbed([part for part in parts if part.cell.dimension], tick)
    points: list[Plans] = []
    for part in parts:
        if not part.cell.dimension:
            plans = part.conditions.plans(part.cell.sample)
            if plans not in points and not any(contains(one, plans) for one in families):
                points.append(plans)
    found: list[tuple[Plans, Behaviour | Continuum]] = [
        (plans, behaviour(form, plans)) for plans in points
    ]
    for cluster, met in _clusters(families, form, tick):
        found.append(_continuum(form, cluster, met))
    for _, solution in sorted(found, key=lambda one: one[0], reverse=True):
        yield solution


def contains(part: Part, plans: Plans) -> bool:
    """Whether a cell holds these plans, exactly."""
    values = part.conditions.values(plans)
    return values is not None and part.cell.holds(values)


def corner_plans(part: Part) -> list[Plans]:
    """The corners of a polytope of equilibria as plans; none of other cells."""
    return [part.conditions.plans(corner) for corner in part.cell.corners]


def _relations(part: Part, space: Conditions) -> list[Relation]:
    """A cell's conditions in the unknowns of other supports, all else being impossible."""
    images = [
        space.probability.get(unknown, space.ring.zero) for unknown in part.conditions.unknowns
    ]
    return [
        (p.compose(*images, ctx=space.ring.context), relation)
        for p, relation in part.cell.conditions
    ]


def _system(space: Conditions, relations: Sequence[Relation]) -> System:
    return System(
        space.ring,
        tuple(p for p, relation in relations if relation == "="),
        tuple(p for p, relation in relations if relation == ">="),
        tuple(p for p, relation in relations if relation == ">"),
    )


def _without_absorbed(parts: Sequence[Part], tick: Tick) -> list[Part]:
    """The cells that lie in no other one, as far as can be settled."""
    kept: list[Part] = []
    ordered = sorted(
        parts, key=lambda part: (-part.cell.dimension, -len(part.conditions.probability))
    )
    for part in ordered:
        if not any(_within(part, other, tick) for other in kept):
            kept.append(part)
    return kept


def _within(part: Part, other: Part, tick: Tick) -> bool:
    """Whether a cell lies in another one: its inner point does, and no point is outside."""
    if not contains(other, part.conditions.plans(part.cell.sample)):
        return False
    if part.cell.corners and other.cell.corners:
        return all(contains(other, corner) for corner in corner_plans(part))
    space = part.conditions
    own = list(part.cell.conditions)
    for p, relation in _relations(other, space):
        for outside in _outside(p, relation):
            try:
                if feasible(_system(space, [*own, outside]), tick) is not None:
                    return False
            except Undecided:
                return False
    return True


def _meeting(part: Part, other: Part, form: SequenceForm, tick: Tick) -> Plans | None:
    """Plans in both cells, or in one and in the other's closure; None where none were found."""
    shared = set(corner_plans(part)) & set(corner_plans(other))
    for plans in sorted(shared):
        if contains(part, plans) or contains(other, plans):
            return plans
    supports = _common(part, other, form)
    if supports is None:
        return None
    space = type(part.conditions)(form, supports)
    first, second = _relations(part, space), _relations(other, space)
    for relations in (
        [*first, *second],
        [*first, *_weak(second)],
        [*_weak(first), *second],
    ):
        try:
            point = feasible(_system(space, relations), tick)
        except Undecided:
            continue
        if point is not None:
            return space.plans(point)
    return None


def _weak(relations: Sequence[Relation]) -> list[Relation]:
    return [(p, ">=" if relation == ">" else relation) for p, relation in relations]


def _common(part: Part, other: Part, form: SequenceForm) -> dict[int, Support] | None:
    """The supports of what both cells may use; None where they use nothing in common."""
    found = {}
    for player, support in part.conditions.supports.items():
        own = form.of[player]
        used: list[tuple[int, ...]] = []
        sequences = {0}
        for k, (mine, theirs) in enumerate(
            zip(support.used, other.conditions.supports[player].used, strict=True)
        ):
            both = tuple(a for a in mine if a in theirs) if own.before[k] in sequences else ()
            if own.before[k] in sequences and not both:
                return None
            used.append(both)
            sequences.update(own.first[k] + a for a in both)
        found[player] = Support(tuple(used), frozenset(sequences), ())
    return found


def _clusters(
    parts: Sequence[Part], form: SequenceForm, tick: Tick
) -> list[tuple[list[Part], list[list[Plans]]]]:
    """The cells in groups that hang together, each cell with points in which it meets others."""
    met: list[list[Plans]] = [[] for _ in parts]
    left = list(range(len(parts)))
    groups = []
    while left:
        group, waiting = [], [left.pop(0)]
        while waiting:
            here = waiting.pop()
            group.append(here)
            for there in list(left):
                plans = _meeting(parts[here], parts[there], form, tick)
                if plans is not None:
                    left.remove(there)
                    waiting.append(there)
                    for place in (here, there):
                        if contains(parts[place], plans):
                            met[place].append(plans)
        group.sort()
        groups.append(([parts[place] for place in group], [met[place] for place in group]))
    return groups


def _outside(p: Polynomial, relation: str) -> list[Relation]:
    """The ways in which a condition fails."""
    if relation == "=":
        return [(p, ">"), (-p, ">")]
    return [(-p, ">=" if relation == ">" else ">")]


def _continuum(
    form: SequenceForm, parts: Sequence[Part], met: Sequence[list[Plans]]
) -> tuple[Plans, Continuum]:
    """Cells that hang together as one continuum, with its first point."""
    described = [_described(form, part, shared) for part, shared in zip(parts, met, strict=True)]
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
    shown = tuple(replace(behaviour(form, plans), properties={}) for plans in points)
    facts: dict[str, Fact] = {}
    if all(family.hull for family in families):
        facts["constant payoffs"] = len({point.payoffs for point in shown}) == 1
    dimension = max(family.dimension for family in families)
    return points[0], Continuum(dimension, shown, families, facts)


def _described(
    form: SequenceForm, part: Part, shared: Sequence[Plans]
) -> tuple[str, list[Plans], tuple[Condition, ...]]:
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
    examples = {*(corner for corner in corners if contains(part, corner)), inner, *shared}
    return "", sorted(examples), tuple(_conditions(form, part))


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
