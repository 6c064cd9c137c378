"""Which signalling equilibria others defeat (Mailath, Okuno-Fujiwara and Postlewaite 1993).

An equilibrium is challenged at a message it does not use by one in which some types send it, none
of these gets less, and one gets more. It is defeated if its belief after the message is not what
would follow if these types, and they alone, had sent it: for certain where they get more, with any
probability where they get the same. The beliefs that would follow are a polytope, so what is left
of a convex family of equilibria is another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from alliance_games.algorithms.signalling_outcomes import Outcome, outcome_of, payoffs_by_type
from alliance_games.algorithms.signalling_replies import Tick
from alliance_games.exact.linear import affine_dimension
from alliance_games.exact.programs import Program, maximize
from alliance_games.exact.vertices import vertices_of_distributions
from alliance_games.model.extensive import CHANCE
from alliance_games.model.profiles import Mixed, Payoffs, support
from alliance_games.model.signalling import Signalling
from alliance_games.results.budget import LimitReached
from alliance_games.results.tree_solutions import (
    Assessment,
    Condition,
    Continuum,
    Family,
    Unknown,
)

MOST_CORNERS = 10_000


class Challenger(NamedTuple):
    """An equilibrium in which every type sends one message: ``sends[type]``, ``payoffs[type]``."""

    sends: tuple[int, ...]
    payoffs: Payoffs
    choices: tuple[Mixed | None, ...]


class Row(NamedTuple):
    """A linear condition on the beliefs by type: ``weights . belief`` is 0, or not below it."""

    weights: Mixed
    equal: bool


@dataclass(frozen=True, slots=True)
class Challenge:
    """At ``message``, the challenger's types that send it, and the beliefs that would follow."""

    message: int
    senders: tuple[int, ...]
    challenger: Challenger
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What the challenges leave of a solution.

    ``parts`` are its undefeated parts (the solution itself where nothing is defeated), and
    ``lost`` a challenge that defeats some member; both are there where some members fall.
    """

    parts: tuple[Assessment | Continuum, ...]
    lost: Challenge | None


def challengers(view: Signalling, solutions: Sequence[object]) -> tuple[list[Challenger], bool]:
    """The equilibria whose types all send one message for certain, and whether these are all.

    They may not be where a continuum holds several outcomes.
    """
    found: dict[tuple[tuple[int, ...], Payoffs], Challenger] = {}
    whole = True
    for solution in solutions:
        if not isinstance(solution, Assessment | Continuum):
            continue
        members = solution.plays if isinstance(solution, Continuum) else (solution,)
        whole = whole and outcome_of(view, solution) is not None
        for one in members:
            used = [support(one.choices[index] or ()) for index in view.sender_set]
            if all(len(each) == 1 for each in used):
                sends = tuple(each[0] for each in used)
                payoffs = payoffs_by_type(view, one.choices)
                found.setdefault((sends, payoffs), Challenger(sends, payoffs, one.choices))
    return list(found.values()), whole


def challenges(
    view: Signalling, outcome: Outcome, others: Sequence[Challenger]
) -> Iterator[Challenge]:
    """Every challenge to an outcome at a message that it does not use and that is answered."""
    for message in outcome.unsent:
        if view.receiver_set[message] is None:
            continue
        for other in others:
            senders = tuple(t for t, said in enumerate(other.sends) if said == message)
            more = [t for t in senders if other.payoffs[t] > outcome.payoffs[t]]
            less = [t for t in senders if other.payoffs[t] < outcome.payoffs[t]]
            if more and not less:
                yield Challenge(message, senders, other, _rows(view, senders, more))


def _rows(view: Signalling, senders: Sequence[int], more: Sequence[int]) -> tuple[Row, ...]:
    """The beliefs that follow where ``more`` send for certain and the other senders may."""
    size = len(view.types)
    first = more[0]

    def against_first(type_: int, sign: int) -> Mixed:
        weights = [Fraction(0)] * size
        weights[type_] = Fraction(sign) / view.prior[type_]
        weights[first] -= Fraction(sign) / view.prior[first]
        return tuple(weights)

    def alone(type_: int) -> Mixed:
        return tuple(Fraction(k == type_) for k in range(size))

    return tuple(
        Row(alone(t), equal=True)
        if t not in senders
        else Row(against_first(t, 1), equal=True)
        if t in more
        else Row(against_first(t, -1), equal=False)
        for t in range(size)
        if t != first
    )


def seldom_sent(view: Signalling, solution: Assessment | Continuum) -> list[int]:
    """The messages that some of a continuum's points send and others do not."""
    members = solution.plays if isinstance(solution, Continuum) else (solution,)
    sent = [
        {m for index in view.sender_set for m in support(one.choices[index] or ())}
        for one in members
    ]
    return [m for m in range(len(view.messages)) if len({m in each for each in sent}) > 1]


def left_of(
    view: Signalling, solution: Assessment | Continuum, found: Sequence[Challenge], tick: Tick
) -> Left | None:
    """What the challenges leave; None where a continuum given by examples is in doubt."""
    if isinstance(solution, Assessment):
        lost = next((one for one in found if not _meets(view, solution, one)), None)
        return Left(() if lost else (solution,), lost)
    kept: list[tuple[list[Assessment], Family]] = []
    lost = None
    for family in solution.families:
        tick()
        members = [one for p in family.points if isinstance(one := solution.plays[p], Assessment)]
        failing = [one for one in found if not all(_meets(view, m, one) for m in members)]
        if not failing:
            kept.append((members, family))
            continue
        if not family.hull:
            if len({tuple(_belief(view, m, one.message)) for m in members for one in failing}) > 1:
                return None
            lost = lost or failing[0]
            continue
        lost = lost or failing[0]
        corners = _cut(view, members, failing)
        if corners:
            kept.append((corners, _conditioned(view, family, corners, failing)))
    if lost is None:
        return Left((solution,), None)
    return Left(tuple(_joined(kept)), lost)


def _belief(view: Signalling, one: Assessment, message: int) -> list[Fraction]:
    """The belief after a message, by type."""
    at = view.receiver_set[message]
    assert at is not None
    held = [Fraction(0)] * len(view.types)
    for node, p in zip(view.game.nodes_of[at], one.beliefs[at] or (), strict=True):
        type_ = view.type_of_node(node)
        assert type_ is not None
        held[type_] = p
    return held


def _meets(view: Signalling, one: Assessment, challenge: Challenge) -> bool:
    belief = _belief(view, one, challenge.message)
    values = [(_at(row.weights, belief), row.equal) for row in challenge.rows]
    return all(value == 0 if equal else value >= 0 for value, equal in values)


def _at(weights: Sequence[Fraction], point: Sequence[Fraction]) -> Fraction:
    return sum((w * x for w, x in zip(weights, point, strict=True)), Fraction(0))


def _cut(
    view: Signalling, members: Sequence[Assessment], found: Sequence[Challenge]
) -> list[Assessment]:
    """The corners of the part of the convex hull of ``members`` that meets the challenges."""
    halfspaces = []
    for challenge in found:
        beliefs = [_belief(view, one, challenge.message) for one in members]
        for row in challenge.rows:
            values = [_at(row.weights, belief) for belief in beliefs]
            scale = lcm(*(value.denominator for value in values))
            whole = [int(value * scale) for value in values]
            halfspaces.append(whole)
            if row.equal:
                halfspaces.append([-x for x in whole])
    weights = vertices_of_distributions(len(members), halfspaces, MOST_CORNERS)
    if weights is None:
        raise LimitReached(f"a continuum has more than {MOST_CORNERS} corners")
    points = [_mixture(view, members, each) for each in weights]
    return _extreme(list({tuple(_vector(point)): point for point in points}.values()))


def _mixture(view: Signalling, members: Sequence[Assessment], weights: Mixed) -> Assessment:
    """The member that mixes corners of a family, in choices and beliefs."""
    if 1 in weights:
        return replace(members[weights.index(1)], properties={})
    choices = _mixed([one.choices for one in members], weights)
    beliefs = _mixed([one.beliefs for one in members], weights)
    payoffs, outcomes = _play(view, choices)
    return Assessment(choices, beliefs, payoffs, outcomes)


def _mixed(all_of: Sequence[tuple[Mixed | None, ...]], weights: Mixed) -> tuple[Mixed | None, ...]:
    return tuple(
        None
        if each[0] is None
        else tuple(_at(weights, column) for column in zip(*each, strict=True))
        for each in zip(*all_of, strict=True)
    )


def _play(
    view: Signalling, choices: Sequence[Mixed | None]
) -> tuple[Payoffs, tuple[tuple[int, Fraction], ...]]:
    """The payoffs, and the endings reached with their probabilities."""
    game, reached = view.game, []
    waiting = [(0, Fraction(1))]
    while waiting:
        node, chance = waiting.pop()
        mover = game.mover(node)
        if mover is None:
            reached.append((node, chance))
            continue
        for action, child in enumerate(game.children(node)):
            choice = choices[game.set_of[node]]
            p = game.probability(child) if mover == CHANCE else (choice or ())[action]
            if p:
                waiting.append((child, chance * p))
    payoffs = tuple(
        sum((p * game.payoffs(end)[player] for end, p in reached), Fraction(0))
        for player in range(len(game.players))
    )
    return payoffs, tuple(sorted(reached))


def _vector(one: Assessment) -> list[Fraction]:
    return [p for each in (*one.choices, *one.beliefs) for p in each or ()]


def _extreme(points: Sequence[Assessment]) -> list[Assessment]:
    """Those of the points that are no mixture of the others."""
    kept = list(points)
    for point in points:
        others = [other for other in kept if other is not point]
        vectors = [_vector(other) for other in others]
        rows = [([*column], value) for *column, value in zip(*vectors, _vector(point), strict=True)]
        rows.append(([Fraction(1)] * len(others), Fraction(1)))
        if others and maximize(Program([0] * len(others), (), rows)).status == "optimal":
            kept = others
    return kept


def _conditioned(
    view: Signalling, family: Family, corners: Sequence[Assessment], found: Sequence[Challenge]
) -> Family:
    """The family with the conditions that cut it, where they say more than its corners do."""
    told = list(family.conditions)
    for challenge in found:
        at = view.receiver_set[challenge.message]
        assert at is not None
        beliefs = [_belief(view, one, challenge.message) for one in corners]
        order = [view.type_of_node(node) for node in view.game.nodes_of[at]]
        for row in challenge.rows:
            varies = any(
                weight and len({belief[t] for belief in beliefs}) > 1
                for t, weight in enumerate(row.weights)
            )
            if varies:
                terms = tuple(
                    (row.weights[type_], (Unknown("belief", at, place),))
                    for place, type_ in enumerate(order)
                    if type_ is not None and row.weights[type_]
                )
                told.append(Condition(terms, "=" if row.equal else ">="))
    dimension = affine_dimension([_vector(one) for one in corners])
    return replace(family, dimension=dimension, conditions=tuple(dict.fromkeys(told)))


def _joined(kept: Sequence[tuple[list[Assessment], Family]]) -> Iterator[Assessment | Continuum]:
    """The parts as connected continua; a lone corner is an assessment."""
    waiting = list(kept)
    while waiting:
        group = [waiting.pop(0)]
        while touching := [one for one in waiting if any(_touch(one, other) for other in group)]:
            group += touching
            waiting = [one for one in waiting if one not in touching]
        points = list({tuple(_vector(p)): p for members, _ in group for p in members}.values())
        if len(points) == 1:
            yield points[0]
            continue
        places = {tuple(_vector(p)): place for place, p in enumerate(points)}
        families = tuple(
            replace(family, points=tuple(places[tuple(_vector(p))] for p in members))
            for members, family in group
            if len(members) > 1 or not family.hull
        )
        dimension = max(family.dimension for family in families)
        yield Continuum(dimension, tuple(replace(p, certificate=None) for p in points), families)


def _touch(one: tuple[list[Assessment], Family], other: tuple[list[Assessment], Family]) -> bool:
    mine = {tuple(_vector(p)) for p in one[0]}
    return any(tuple(_vector(p)) in mine for p in other[0])
