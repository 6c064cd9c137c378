"""A tremble that supports a consistent assessment: orders by a program, weights from the odds."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.algorithms.assessments_consistency import Move, Slip, orders
from alliance_games.algorithms.assessments_ground import Ground
from alliance_games.model.profiles import Mixed
from alliance_games.results.tree_solutions import Tremble

Choices = tuple[Mixed | None, ...]


def tremble_of(ground: Ground, choices: Choices, beliefs: Choices) -> Tremble | None:
    """A tremble whose limit is the assessment.

    None where its weights are roots that no rational number gives, or where the assessment is not
    consistent.
    """
    slips: dict[int, Slip] = {}
    shares: dict[int, Fraction] = {}
    for x, way in ground.ways.items():
        slips[x] = frozenset(m for m in way if not _taken(choices, m))
        shares[x] = ground.chances[x]
        for move in way:
            if probability := _taken(choices, move):
                shares[x] = shares[x] * probability
    least: list[tuple[list[Slip], list[Slip]]] = []
    odds: list[tuple[dict[Move, int], Fraction]] = []
    for h in ground.sets:
        belief = beliefs[h]
        if belief is None or len(ground.members[h]) == 1:
            continue
        shown = dict(zip(ground.game.nodes_of[h], belief, strict=True))
        held = [x for x in ground.members[h] if shown[x]]
        least.append(
            ([slips[x] for x in held], [slips[x] for x in ground.members[h] if not shown[x]])
        )
        first = held[0]
        for x in held[1:]:
            powers = dict.fromkeys(slips[x] - slips[first], 1)
            powers |= dict.fromkeys(slips[first] - slips[x], -1)
            odds.append((powers, shown[x] * shares[first] / (shown[first] * shares[x])))
    found = orders(least)
    weights = _weights(odds)
    if found is None or weights is None:
        return None
    return _spread(choices, found, weights)


def _taken(choices: Choices, move: Move) -> Fraction:
    choice = choices[move[0]]
    assert choice is not None
    return choice[move[1]]


def _weights(odds: list[tuple[dict[Move, int], Fraction]]) -> dict[Move, Fraction] | None:
    """Positive numbers whose products, to the given powers, are the given odds."""
    rows = list(odds)
    solved: list[tuple[Move, dict[Move, int], Fraction]] = []
    while rows:
        place, pivot = _pivot(rows)
        powers, value = rows.pop(place)
        if not powers:
            if value != 1:
                return None
            continue
        if pivot is None:
            return None
        if powers[pivot] < 0:
            powers, value = {m: -p for m, p in powers.items()}, 1 / value
        solved.append((pivot, powers, value))
        rows = [_cleared(row, pivot, powers, value) for row in rows]
    weights: dict[Move, Fraction] = {}
    for pivot, powers, value in reversed(solved):
        for move, power in powers.items():
            if move != pivot and (known := weights.setdefault(move, Fraction(1))) != 1:
                value = value / known**power
        weights[pivot] = value
    return weights


def _pivot(rows: list[tuple[dict[Move, int], Fraction]]) -> tuple[int, Move | None]:
    """A row that is empty, or one with a move of power 1 or -1; else any."""
    for place, (powers, _) in enumerate(rows):
        if not powers:
            return place, None
    for place, (powers, _) in enumerate(rows):
        for move in sorted(powers):
            if abs(powers[move]) == 1:
                return place, move
    return 0, None


def _cleared(
    row: tuple[dict[Move, int], Fraction], pivot: Move, powers: dict[Move, int], value: Fraction
) -> tuple[dict[Move, int], Fraction]:
    own, product = row
    if not (factor := own.get(pivot, 0)):
        return row
    keys = own.keys() | powers.keys()
    less = {m: own.get(m, 0) - factor * powers.get(m, 0) for m in keys}
    return {m: p for m, p in less.items() if p}, product / value**factor


def _spread(choices: Choices, found: dict[Move, int], weights: dict[Move, Fraction]) -> Tremble:
    """The tremble by set; a used action's weight is its probability, any other's 1 at default."""
    all_orders: list[tuple[int, ...] | None] = []
    all_weights: list[Mixed | None] = []
    for h, choice in enumerate(choices):
        if choice is None:
            all_orders.append(None)
            all_weights.append(None)
            continue
        all_orders.append(tuple(0 if p else found.get((h, a), 1) for a, p in enumerate(choice)))
        all_weights.append(
            tuple(p or weights.get((h, a), Fraction(1)) for a, p in enumerate(choice))
        )
    return Tremble(tuple(all_orders), tuple(all_weights))
