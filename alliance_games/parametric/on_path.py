"""What equilibria of trees play where play comes, whatever numbers: which actions are used.

By it equilibria with formulas for probabilities are told apart, and spoken of, in propositions:
two with the same actions on the path are one for a reader, whatever is threatened elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.model.extensive import CHANCE, TERMINAL
from alliance_games.model.profiles import Mixed
from alliance_games.model.signalling import Signalling
from alliance_games.model.signalling_forms import form
from alliance_games.results.solutions import Behaviour, Solution
from alliance_games.results.tree_solutions import Assessment, Continuum

Used = tuple[tuple[int, ...] | None, ...]
"""For each information set the actions used there; None where play does not come, and for chance.
"""


def used(tree: Any, one: Assessment | Behaviour) -> Used:
    """The actions used on the path: all whose probability is not plainly zero."""
    return _along(tree, _chosen(one))


def plays(tree: Any, one: Solution) -> set[Used]:
    """What the members of a solution play on the path; of a continuum also those between the
    points, which use the actions of several of them."""
    if isinstance(one, Assessment | Behaviour):
        return {used(tree, one)}
    if not isinstance(one, Continuum):
        return set()
    found: set[tuple[tuple[int, ...] | None, ...]] = set()
    for family in one.families:
        ways = {_chosen(one.plays[place]) for place in family.points}
        waiting = list(ways)
        while waiting:
            way = waiting.pop()
            for other in list(ways):
                both = _joined(way, other)
                if both not in ways:
                    ways.add(both)
                    waiting.append(both)
        found |= ways
    return {_along(tree, way) for way in found}


def members(one: Solution) -> tuple[Assessment | Behaviour, ...]:
    """The points by which a solution of a tree is given."""
    if isinstance(one, Continuum):
        return one.plays
    return (one,) if isinstance(one, Assessment | Behaviour) else ()


def form_in_words(view: Signalling, one: Assessment) -> str:
    """'separating' and so on, told by which messages are used: numbers stand for formulas."""
    choices = one.choices
    prior = tuple(Fraction(one.beliefs[index] is not None) for index in view.sender_set)
    view = replace(view, prior=prior)
    plain = [
        None
        if mixed is None
        else tuple(_weight(place, mixed, index) for place in range(len(mixed)))
        for index, mixed in enumerate(choices)
    ]
    return form(view, plain)


def _weight(place: int, mixed: Mixed, index: int) -> Fraction:
    """Equal numbers where formulas are equal only if they are constants: mixtures of two types that
    are given by different formulas count as different."""
    number = mixed[place]
    return Fraction(place + 2, index + 2) if isinstance(number, RationalFunction) else number


def _chosen(one: Assessment | Behaviour) -> tuple[tuple[int, ...] | None, ...]:
    """The actions used at each set; None where chance never leads, and no belief is told."""
    there = one.beliefs if isinstance(one, Assessment) else one.choices
    return tuple(
        None if mixed is None or known is None else _support(mixed)
        for mixed, known in zip(one.choices, there, strict=True)
    )


def _support(mixed: Mixed) -> tuple[int, ...]:
    return tuple(a for a, p in enumerate(mixed) if not (isinstance(p, Fraction) and not p))


def _joined(
    one: Sequence[tuple[int, ...] | None], other: Sequence[tuple[int, ...] | None]
) -> tuple[tuple[int, ...] | None, ...]:
    return tuple(
        None if a is None or b is None else tuple(sorted({*a, *b}))
        for a, b in zip(one, other, strict=True)
    )


def _along(tree: Any, ways: Sequence[tuple[int, ...] | None]) -> Used:
    """The same with None at sets that these actions do not reach."""
    met: set[int] = set()
    waiting = [0]
    while waiting:
        node = waiting.pop()
        index = tree.set_of[node]
        if index == TERMINAL:
            continue
        children = tree.children(node)
        if tree.sets[index].player == CHANCE:
            waiting += children
            continue
        if ways[index] is None:
            continue
        met.add(index)
        waiting += [children[action] for action in ways[index] or ()]
    return tuple(way if index in met else None for index, way in enumerate(ways))
