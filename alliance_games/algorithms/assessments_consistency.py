"""Consistent beliefs, exactly: which nodes can be believed, and which odds between them.

A node's way uses some actions that its pattern leaves unused. Beliefs are limits of trembles if and
only if each unused action can be given an integer order of at least 1 (a used one has order 0) so
that exactly the believed nodes of every set have the least sum of orders on their ways; the odds
between believed nodes are then those of the products of chance, of used probabilities and of a free
positive weight for each unused action (Kreps and Wilson 1982, lemmas A1 and A2; Streufert 2006
completes the proof of A1; Perea, Jansen and Peters 1997).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import NamedTuple, TypeVar

from alliance_games.algorithms.assessments_ground import Ground
from alliance_games.algorithms.assessments_supports import Pattern
from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.exact.tableau import Tick

Key = TypeVar("Key")

Move = tuple[int, int]
"""An information set and one of its actions."""

Slip = frozenset[Move]
"""The unused moves on the way to a node. Perfect recall takes no set twice."""


class Held(NamedTuple):
    """How the belief at a set of several nodes comes about.

    ``nodes`` are those that may be believed. Where ``group`` is None, Bayes' rule gives the belief;
    else ``kinds`` says of each node to which of the group's kinds it belongs, and the group's
    unknowns give the odds between kinds. ``bayes`` is whether Bayes' rule gives the odds within a
    kind (weak perfect Bayesian equilibrium asks nothing, and each node is a kind of its own).
    """

    nodes: tuple[int, ...]
    group: int | None = None
    kinds: tuple[int, ...] = ()
    bayes: bool = True


class Group(NamedTuple):
    """Sets among whose kinds of nodes the odds are the same.

    ``leader`` is the set whose beliefs are the unknowns, ``size`` the number of kinds; ``bound``
    says that the odds are tied to those of other groups, and then none of them may be zero.
    """

    leader: int
    size: int
    bound: bool


class Believing(NamedTuple):
    """A consistent choice of believed nodes.

    ``held[set]`` tells each belief. ``ties`` are the relations among odds: the product over
    (group, kind, power) of (the odds of the kind against the group's kind 0, in terms of the free
    weights) to its power is 1.
    """

    held: Mapping[int, Held]
    groups: tuple[Group, ...]
    ties: tuple[tuple[tuple[int, int, int], ...], ...]


def arbitrary(ground: Ground, used: Pattern) -> Iterator[Believing]:
    """Bayes' rule at the sets that are reached, anything elsewhere."""
    held: dict[int, Held] = {}
    groups: list[Group] = []
    for h, slips in _slips(ground, used).items():
        nodes = tuple(slips)
        reached = tuple(x for x in nodes if not slips[x])
        if reached:
            held[h] = Held(reached)
        else:
            held[h] = Held(nodes, len(groups), tuple(range(len(nodes))), bayes=False)
            groups.append(Group(h, len(nodes), bound=False))
    yield Believing(held, tuple(groups), ())


def consistent(ground: Ground, used: Pattern, tick: Tick) -> Iterator[Believing]:
    """Every consistent choice of believed nodes that is not a limit of one already given."""
    sets = _Sets(ground, used)
    given: list[tuple[tuple[tuple[int, ...], ...], set[int]]] = []
    for chosen in sets.choices(tick):
        if any(_covers(before, tied, chosen) for before, tied in given):
            continue
        tick()
        ties = _ties([[sets.kinds[g][k] for k in kinds] for g, kinds in enumerate(chosen)])
        tied = {g for tie in ties for g, _, _ in tie}
        given.append((chosen, tied))
        yield sets.believing(chosen, ties, tied)


def _covers(
    before: tuple[tuple[int, ...], ...], tied: set[int], chosen: tuple[tuple[int, ...], ...]
) -> bool:
    return all(
        now == then if g in tied else set(now) <= set(then)
        for g, (then, now) in enumerate(zip(before, chosen, strict=True))
    )


def _slips(ground: Ground, used: Pattern) -> dict[int, dict[int, Slip]]:
    """The unused moves on the way to each node, for every set of several nodes."""
    return {
        h: {
            x: frozenset((g, a) for g, a in ground.ways[x] if a not in used[g])
            for x in ground.members[h]
        }
        for h in ground.sets
        if len(ground.members[h]) > 1
    }


class _Sets:
    """The hidden sets of a game under a pattern, grouped by what tells their nodes apart.

    ``kinds[group]`` are the slips that can be least likely only together with others: those of
    which no other is a part, less what all have in common.
    """

    def __init__(self, ground: Ground, used: Pattern) -> None:
        self.settled: dict[int, Held] = {}
        self.kinds: list[list[Slip]] = []
        self.members: list[dict[int, dict[int, int]]] = []
        known: dict[frozenset[Slip], int] = {}
        for h, slips in _slips(ground, used).items():
            least = {s for s in slips.values() if not any(t < s for t in slips.values())}
            if len(least) == 1:
                self.settled[h] = Held(tuple(x for x, s in slips.items() if s in least))
                continue
            common = frozenset.intersection(*least)
            key = frozenset(s - common for s in least)
            if key not in known:
                known[key] = len(self.kinds)
                in_order = dict.fromkeys(s - common for s in slips.values() if s in least)
                self.kinds.append(list(in_order))
                self.members.append({})
            group = known[key]
            self.members[group][h] = {
                x: self.kinds[group].index(s - common) for x, s in slips.items() if s in least
            }

    def choices(self, tick: Tick) -> Iterator[tuple[tuple[int, ...], ...]]:
        """The believed kinds of every group, for each consistent choice, larger ones first.

        Chosen group by group; what no orders allow for some groups, they allow for no more.
        """
        everything = tuple(tuple(range(len(kinds))) for kinds in self.kinds)
        if self._ordered(everything):
            yield everything
            if not _ties(self.kinds):
                return  # every other choice is a limit of this one
        waiting: list[tuple[tuple[int, ...], ...]] = [()]
        while waiting:
            tick()
            chosen = waiting.pop()
            if not self._ordered(chosen):
                continue
            if len(chosen) < len(self.kinds):
                parts = _parts(len(self.kinds[len(chosen)]))
                waiting += [(*chosen, part) for part in reversed(parts)]
            elif chosen != everything:
                yield chosen

    def _ordered(self, chosen: Sequence[Sequence[int]]) -> bool:
        least = [
            ([kinds[k] for k in own], [s for k, s in enumerate(kinds) if k not in own])
            for kinds, own in zip(self.kinds, chosen, strict=False)
        ]
        return orders(least) is not None

    def believing(
        self,
        chosen: tuple[tuple[int, ...], ...],
        ties: tuple[tuple[tuple[int, int, int], ...], ...],
        tied: set[int],
    ) -> Believing:
        """The record for the believed kinds ``chosen``."""
        held = dict(self.settled)
        groups: list[Group] = []
        number: dict[int, int] = {}
        for g, members in enumerate(self.members):
            place = {kind: p for p, kind in enumerate(chosen[g])}
            single = len(place) == 1
            if not single:
                number[g] = len(groups)
                groups.append(Group(min(members), len(place), g in tied))
            for h, kinds in members.items():
                nodes = tuple(x for x, kind in kinds.items() if kind in place)
                own = () if single else tuple(place[kinds[x]] for x in nodes)
                held[h] = Held(nodes, None if single else number[g], own)
        renamed = tuple(tuple((number[g], k, power) for g, k, power in tie) for tie in ties)
        return Believing(held, tuple(groups), renamed)


def _parts(size: int) -> list[tuple[int, ...]]:
    """The non-empty sets of numbers below ``size``, larger ones first."""
    return [part for many in range(size, 0, -1) for part in combinations(range(size), many)]


def orders(least: Sequence[tuple[Sequence[Slip], Sequence[Slip]]]) -> dict[Move, int] | None:
    """Integer orders, at least 1, under which of each pair the first slips are all least.

    The slips of the second list of each pair come out larger. None where no orders do that. The
    sum of the orders is as small as a linear program makes it before it is scaled to integers.
    """
    moves = sorted({move for pair in least for part in pair for slip in part for move in slip})
    place = {move: i for i, move in enumerate(moves)}
    width = len(moves) + len(least)
    equal: list[Row] = []
    at_most: list[Row] = []
    for number, (believed, others) in enumerate(least):
        for slips, margin in ((believed, 0), (others, 1)):
            for slip in slips:
                # An order is 1 more than its variable; the group's least sum is a variable, too.
                row = [0] * width
                for move in slip:
                    row[place[move]] = -1
                row[len(moves) + number] = 1
                (equal if slips is believed else at_most).append((row, len(slip) - margin))
    objective = [-1] * len(moves) + [0] * len(least)
    free = frozenset(range(len(moves), width))
    outcome = maximize(Program(objective, at_most, equal, free))
    if outcome.status != "optimal":
        return None
    found = [1 + x for x in outcome.primal[: len(moves)]]
    scale = lcm(*(x.denominator for x in found))
    return {move: int(found[i] * scale) for move, i in place.items()}


def _ties(kinds: Sequence[Sequence[Slip]]) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    """A basis of the integer relations among the odds: exponents under which free weights cancel.

    Each odds (kind k of a group against its kind 0) is a product of weights to integer powers; the
    relations are the left kernel of the matrix of those powers.
    """
    rows: list[tuple[dict[Move, Fraction], dict[tuple[int, int], Fraction]]] = []
    for g, own in enumerate(kinds):
        for k, slip in enumerate(own[1:], 1):
            powers = {move: Fraction(1) for move in slip - own[0]}
            powers |= {move: Fraction(-1) for move in own[0] - slip}
            rows.append((powers, {(g, k): Fraction(1)}))
    found = []
    kept: list[tuple[Move, dict[Move, Fraction], dict[tuple[int, int], Fraction]]] = []
    for powers, made_of in rows:
        for pivot, other, its in kept:
            if factor := powers.get(pivot, Fraction(0)) / other[pivot]:
                powers, made_of = _less(powers, factor, other), _less(made_of, factor, its)
        if powers:
            kept.append((min(powers), powers, made_of))
        else:
            scale = lcm(*(x.denominator for x in made_of.values()))
            found.append(tuple((g, k, int(x * scale)) for (g, k), x in sorted(made_of.items())))
    return tuple(found)


def _less(
    row: dict[Key, Fraction], factor: Fraction, other: dict[Key, Fraction]
) -> dict[Key, Fraction]:
    """``row - factor * other``, without its zeros."""
    none = Fraction(0)
    keys = row.keys() | other.keys()
    result = {key: row.get(key, none) - factor * other.get(key, none) for key in keys}
    return {key: value for key, value in result.items() if value}
