"""From cells of assessments to answers: isolated assessments, and continua that hang together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from alliance_games.algorithms.assessments_ground import Ground
from alliance_games.algorithms.assessments_pieces import Held, Piece
from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import CHANCE, TERMINAL
from alliance_games.model.profiles import Payoffs
from alliance_games.results.solutions import Fact
from alliance_games.results.tree_solutions import Assessment, Continuum, Family, Tremble

Support = Callable[[Held], Tremble | None]
"""Gives the tremble that supports an assessment, where the concept asks for one."""


def joined(
    ground: Ground, pieces: Sequence[Piece], support: Support, tick: Tick
) -> list[Assessment | Continuum]:
    """The pieces as answers in canonical order.

    A piece in the closure of another is dropped where that is plain: its corners are in a convex
    one. Two pieces touch, and belong to one continuum, where a corner or the sample of one is in
    the closure of the other (see ``Piece.borders``), or where two convex ones meet (a linear
    program tells). Curved pieces that meet elsewhere only are told apart though they hang together.
    """
    kept = _without_contained(pieces, tick)
    answers: list[tuple[tuple[Fraction, ...], Assessment | Continuum]] = []
    for together in _components(kept, tick):
        if len(together) == 1 and together[0].dimension == 0:
            held = together[0].sample
            answers.append((key(held), assessment(ground, held, support)))
        else:
            continuum, first = _continuum(ground, together, support)
            answers.append((first, continuum))
    answers.sort(key=lambda pair: pair[0])
    return [answer for _, answer in answers]


def key(held: Held) -> tuple[Fraction, ...]:
    """Orders assessments: behaviour first, each set's first action most likely first."""
    return tuple(-x for part in held for each in part if each is not None for x in each)


def _coordinates(held: Held) -> tuple[Fraction, ...]:
    return tuple(x for part in held for each in part if each is not None for x in each)


def _without_contained(pieces: Sequence[Piece], tick: Tick) -> list[Piece]:
    ordered = sorted(pieces, key=lambda piece: -piece.dimension)
    kept: list[Piece] = []
    for piece in ordered:
        tick()
        if not any(_within(piece, other) for other in kept):
            kept.append(piece)
    return kept


def _within(small: Piece, large: Piece) -> bool:
    if small.dimension == 0:
        return large.contains(small.sample)
    if not large.contains(small.sample):
        return False
    if not (small.convex and large.convex):
        return False
    return all(large.contains(corner) for corner in small.corners)


def _components(pieces: Sequence[Piece], tick: Tick) -> list[list[Piece]]:
    label = list(range(len(pieces)))
    for i, one in enumerate(pieces):
        for j in range(i):
            tick()
            if label[i] != label[j] and _touch(one, pieces[j]):
                old, new = label[i], label[j]
                label = [new if each == old else each for each in label]
    groups: dict[int, list[Piece]] = {}
    for each, piece in zip(label, pieces, strict=True):
        groups.setdefault(each, []).append(piece)
    return list(groups.values())


def _touch(one: Piece, other: Piece) -> bool:
    if any(other.borders(held) for held in (one.sample, *one.corners)):
        return True
    if any(one.borders(held) for held in (other.sample, *other.corners)):
        return True
    if not (one.convex and other.convex and one.dimension and other.dimension):
        return False
    return _hulls_meet(
        [_coordinates(c) for c in one.corners], [_coordinates(c) for c in other.corners]
    )


def _hulls_meet(one: Sequence[tuple[Fraction, ...]], other: Sequence[tuple[Fraction, ...]]) -> bool:
    """Whether two convex hulls have a point in common."""
    width = len(one[0])
    if any(
        max(p[i] for p in one) < min(q[i] for q in other)
        or max(q[i] for q in other) < min(p[i] for p in one)
        for i in range(width)
    ):
        return False
    equal: list[Row] = [
        ([*(p[i] for p in one), *(-q[i] for q in other)], 0)
        for i in range(width)
        if len({p[i] for p in (*one, *other)}) > 1
    ]
    equal.append(([1] * len(one) + [0] * len(other), 1))
    equal.append(([0] * len(one) + [1] * len(other), 1))
    program = Program([0] * (len(one) + len(other)), (), equal)
    return maximize(program).status == "optimal"


def _continuum(
    ground: Ground, pieces: Sequence[Piece], support: Support
) -> tuple[Continuum, tuple[Fraction, ...]]:
    distinct = sorted({held for piece in pieces for held in piece.points}, key=key)
    place = {held: i for i, held in enumerate(distinct)}
    families = [
        Family(
            piece.dimension,
            tuple(sorted({place[held] for held in piece.points})),
            piece.conditions(),
            "behaviour" if piece.convex else "",
        )
        for piece in pieces
    ]
    families.sort(key=lambda family: (family.points, -family.dimension, family.conditions))
    points = tuple(assessment(ground, held, support) for held in distinct)
    pure = all(point.properties["pure"] for point in points)
    properties: dict[str, Fact] = {"pure": pure and _same_choices(distinct)}
    dimension = max(piece.dimension for piece in pieces)
    # What is true of the whole is told of it alone: a point of a continuum has no entry of its own.
    bare = tuple(replace(point, properties={}) for point in points)
    return Continuum(dimension, bare, tuple(families), properties), key(distinct[0])


def _same_choices(helds: Iterable[Held]) -> bool:
    return len({choices for choices, _ in helds}) == 1


def assessment(ground: Ground, held: Held, support: Support) -> Assessment:
    """The assessment with its endings and payoffs."""
    choices, beliefs = held
    outcomes = _outcomes(ground, held)
    pure = all(choice is None or max(choice) == 1 for choice in choices)
    return Assessment(
        choices,
        beliefs,
        _expected(ground, outcomes),
        outcomes,
        {"pure": pure},
        support(held),
    )


def _outcomes(ground: Ground, held: Held) -> tuple[tuple[int, Fraction], ...]:
    game = ground.game
    reached: list[tuple[int, Fraction]] = []
    waiting = [(0, Fraction(1))]
    while waiting:
        node, probability = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL:
            reached.append((node, probability))
        elif ground.movers[index] == CHANCE:
            waiting += [(child, probability * p) for child, p in ground.branches(node)]
        else:
            choice = held[0][index]
            assert choice is not None
            children = game.children(node)
            waiting += [
                (child, probability * p) for child, p in zip(children, choice, strict=True) if p
            ]
    return tuple(sorted(reached))


def _expected(ground: Ground, outcomes: tuple[tuple[int, Fraction], ...]) -> Payoffs:
    endings = [(ground.game.payoffs(node), probability) for node, probability in outcomes]
    return tuple(
        sum((probability * payoffs[player] for payoffs, probability in endings), Fraction(0))
        for player in range(len(ground.game.players))
    )
