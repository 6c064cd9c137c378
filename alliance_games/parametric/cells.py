"""From the leaves of a search to cells: places with one description, told in few conditions.

Leaves with the same description (the same formulas, as functions there) are joined. Each leaf's
conditions are then dropped and loosened, one by one, as long as what they describe meets no leaf of
another description: a prime implicant in the sense of logic minimisation (Brayton, Hachtel,
McMullen and Sangiovanni-Vincentelli 1984), with a decision procedure for arithmetic in the place of
truth tables. Values outside the region are free to use, so nothing that the assumptions imply
stays. An edge that is described as its neighbour is becomes part of it ("at least" for "more
than").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Generic, TypeVar

from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.parametric.decide import (
    ANY,
    NEGATIVE,
    POSITIVE,
    ZERO,
    Decider,
    Point,
    Undecided,
)
from alliance_games.parametric.explore import Leaf

T = TypeVar("T")

Conjunction = tuple[tuple[str, int], ...]
"""Conditions that hold together: factors by key, with the signs they may have."""

Flat = tuple[object, tuple[Fraction, ...]]
"""A description as what is compared word by word, and the numbers in it."""


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """A part of the region with one description.

    It is the union of ``alternatives`` within the region. ``leaves`` are the leaves it is made of;
    ``thin`` says that it is no more than edges. ``undecided`` is why it is not certain that the
    cell is there, '' where it is; ``excluded`` why nothing is described; ``undivided`` that these
    are knife edges which were not looked into.
    """

    alternatives: tuple[Conjunction, ...]
    outcome: T | None
    leaves: tuple[Leaf[T], ...]
    thin: bool
    undecided: str = ""
    excluded: str = ""
    undivided: bool = False


@dataclass(slots=True)
class _Group(Generic[T]):
    """Leaves with one description, that of the first."""

    flat: Flat | None
    outcome: T | None
    excluded: str
    leaves: list[Leaf[T]] = field(default_factory=list)
    edges: list[Leaf[T]] = field(default_factory=list)


def merge(
    leaves: Sequence[Leaf[T]], decider: Decider, flatten: Callable[[T], Flat]
) -> tuple[Cell[T], ...]:
    """The cells: whole ones first, then the edges, each in the order in which they were found."""
    left = [leaf for leaf in leaves if leaf.undivided]
    groups = _grouped([leaf for leaf in leaves if not leaf.undivided], decider, flatten)
    cells = []
    for group in groups:
        others = [leaf for other in groups if other is not group for leaf in _all(other)]
        others += left
        mine = _all(group)
        alternatives = _covering(mine, others, decider)
        doubt = next((leaf.undecided for leaf in mine if leaf.undecided), "")
        thin = not group.leaves
        cells.append(Cell(alternatives, group.outcome, tuple(mine), thin, doubt, group.excluded))
    if left:
        divided = [leaf for group in groups for leaf in _all(group)]
        own = tuple(tuple(_own(leaf, divided, decider).items()) for leaf in left)
        cells.append(Cell(own, None, tuple(left), True, undivided=True))
    return tuple(sorted(cells, key=lambda cell: cell.thin))


def _all(group: _Group[T]) -> list[Leaf[T]]:
    return [*group.leaves, *group.edges]


def _grouped(
    leaves: Sequence[Leaf[T]], decider: Decider, flatten: Callable[[T], Flat]
) -> list[_Group[T]]:
    groups: list[_Group[T]] = []
    known: dict[object, _Group[T]] = {}
    edges = []
    for leaf in leaves:
        if is_thin(leaf, decider):
            edges.append(leaf)
            continue
        flat = None if leaf.outcome is None else flatten(leaf.outcome)
        key = flat or leaf.excluded or leaf.undecided
        if key not in known:
            known[key] = _Group(flat, leaf.outcome, leaf.excluded)
            groups.append(known[key])
        known[key].leaves.append(leaf)
    for leaf in edges:
        flat = None if leaf.outcome is None else flatten(leaf.outcome)
        key = flat or leaf.excluded or leaf.undecided
        group = known.get(key)
        if group is None and flat is not None:
            group = _like(leaf, flat, groups, decider)
        if group is None:
            group = known[key] = _Group(flat, leaf.outcome, leaf.excluded)
            groups.append(group)
        group.edges.append(leaf)
    return groups


def is_thin(leaf: Leaf[T], decider: Decider) -> bool:
    """Whether the leaf has no inner points: an equality is among its conditions, or they leave no
    room when none of them is taken as one."""
    if leaf.thin:
        return True
    weak = [key for key in leaf.forked if leaf.conditions[key] & ZERO]
    if not weak:
        return False
    strict = {
        key: signs & ~ZERO if signs != ZERO else signs for key, signs in leaf.conditions.items()
    }
    try:
        return decider.find(strict) is None
    except Undecided:
        return False


def _like(
    edge: Leaf[T], flat: Flat, groups: Sequence[_Group[T]], decider: Decider
) -> _Group[T] | None:
    """The group whose description says the same on the edge; a neighbour of the edge if any."""
    alike = [
        group
        for group in groups
        if group.flat is not None
        and group.flat[0] == flat[0]
        and len(group.flat[1]) == len(flat[1])
        and agree(edge.conditions, group.flat[1], flat[1], decider)
    ]
    near = (group for group in alike if any(_beside(edge, leaf) for leaf in group.leaves))
    return next(near, alike[0] if alike else None)


def _beside(edge: Leaf[T], leaf: Leaf[T]) -> bool:
    """Whether a leaf may border on the edge: they differ only where the edge has an equality."""
    return all(
        signs == ZERO or signs & leaf.conditions.get(key, ANY)
        for key, signs in edge.conditions.items()
    )


def agree(
    where: Mapping[str, int],
    first: Iterable[Fraction],
    second: Iterable[Fraction],
    decider: Decider,
) -> bool:
    """Whether two lists of numbers have equal values everywhere under the conditions."""
    for a, b in zip(first, second, strict=True):
        gap = a - b
        if not isinstance(gap, RationalFunction):
            if gap:
                return False
            continue
        if not vanishes(gap, where, decider):
            return False
        # The formula taken over must have a value here.
        if isinstance(a, RationalFunction) and not _never_zero(a, where, decider):
            return False
    return True


def vanishes(gap: RationalFunction, where: Mapping[str, int], decider: Decider) -> bool:
    """Whether a formula is provably zero everywhere under the conditions."""
    _, factors = decider.factors.of(gap.over)
    apart = dict(where)
    for key, _ in factors:
        apart[key] = apart.get(key, ANY) & (POSITIVE | NEGATIVE)
    try:
        return decider.find(apart) is None
    except Undecided:
        return False


def _never_zero(number: RationalFunction, where: Mapping[str, int], decider: Decider) -> bool:
    try:
        return all(
            decider.find({**where, key: where.get(key, ANY) & ZERO}) is None
            for key, _ in decider.factors.of(number.under)[1]
        )
    except Undecided:
        return False


# Few conditions


def _covering(
    mine: Sequence[Leaf[T]], others: Sequence[Leaf[T]], decider: Decider
) -> tuple[Conjunction, ...]:
    """Conjunctions that together describe these leaves and meet none of the others."""
    if not others:
        return ((),)
    found: list[dict[str, int]] = []
    for leaf in mine:
        if any(_inside(leaf, one, decider) for one in found):
            continue
        found.append(_loosened(leaf, others, decider))
    held = [
        {place for place, leaf in enumerate(mine) if _inside(leaf, one, decider)}
        if len(found) > 1
        else set(range(len(mine)))
        for one in found
    ]
    needed = list(range(len(found)))
    for place in reversed(range(len(found))):
        rest = [other for other in needed if other != place]
        if rest and held[place] <= set().union(*(held[other] for other in rest)):
            needed = rest
    kept = _joined([found[place] for place in needed], mine, others, decider)
    return tuple(tuple(one.items()) for one in kept)


def _joined(
    found: list[dict[str, int]],
    mine: Sequence[Leaf[T]],
    others: Sequence[Leaf[T]],
    decider: Decider,
) -> list[dict[str, int]]:
    """The conjunctions with neighbours made one: ``a < x <= b`` and ``b <= x < c`` are ``a < x <
    c``, where that leaves out none of what they describe and meets none of the others."""
    for one, other in combinations(found, 2):
        both = {
            key: signs
            for key in dict.fromkeys([*one, *other])
            if (signs := one.get(key, 0) | other.get(key, 0)) != ANY
        }
        held = [leaf for leaf in mine if any(_inside(leaf, each, decider) for each in (one, other))]
        if all(_inside(leaf, both, decider) for leaf in held) and _apart(both, others, decider):
            rest = [each for each in found if each is not other]
            return _joined([both if each is one else each for each in rest], mine, others, decider)
    return found


def _inside(leaf: Leaf[T], conjunction: Mapping[str, int], decider: Decider) -> bool:
    """Whether a leaf provably lies in what a conjunction describes."""
    open_ = []
    for key, signs in conjunction.items():
        if leaf.conditions.get(key, ANY) & ~signs:
            open_.append((key, signs))
    if not open_:
        return True
    if leaf.witness is not None and not decider.holds(open_, leaf.witness):
        return False
    try:
        return all(
            decider.find({**leaf.conditions, key: leaf.conditions.get(key, ANY) & ~signs}) is None
            for key, signs in open_
        )
    except Undecided:
        return False


def _own(leaf: Leaf[T], others: Sequence[Leaf[T]], decider: Decider) -> dict[str, int]:
    """The conditions on which the leaf forked, where they keep it apart from the others; else all
    of them, those of its piece of the region among them."""
    own = {key: signs for key, signs in leaf.conditions.items() if key in leaf.forked}
    return own if _apart(own, others, decider) else dict(leaf.conditions)


def _loosened(leaf: Leaf[T], others: Sequence[Leaf[T]], decider: Decider) -> dict[str, int]:
    """The leaf's conditions without those that nothing else asks for, the longest tried first."""
    conditions = _own(leaf, others, decider)

    def size(key: str) -> tuple[int, int, str]:
        p = decider.factors.polynomials[key]
        return int(p.total_degree()), len(p), key

    for key in sorted(conditions, key=size, reverse=True):
        without = {k: signs for k, signs in conditions.items() if k != key}
        if _apart(without, others, decider):
            conditions = without
            continue
        for more in (ZERO, POSITIVE, NEGATIVE):
            looser = {**conditions, key: conditions[key] | more}
            if looser != conditions and _apart(looser, others, decider):
                conditions = looser
    return conditions


def _apart(conjunction: Mapping[str, int], others: Sequence[Leaf[T]], decider: Decider) -> bool:
    """Whether what a conjunction describes provably meets none of the leaves."""
    doubtful = []
    for leaf in others:
        if any(not signs & leaf.conditions.get(key, ANY) for key, signs in conjunction.items()):
            continue
        if leaf.witness is not None and decider.holds(conjunction.items(), leaf.witness):
            return False
        doubtful.append(leaf)
    try:
        return all(decider.disjoint(conjunction, leaf.conditions) for leaf in doubtful)
    except Undecided:
        return False


__all__ = ["Cell", "Conjunction", "Flat", "Point", "agree", "is_thin", "merge", "vanishes"]
