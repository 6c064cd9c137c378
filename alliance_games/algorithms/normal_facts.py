"""What is told of an equilibrium of a game with any number of players: payoffs and properties."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from flint import fmpq, fmpq_mat

from alliance_games.exact.algebraic import Algebraic, Exact, sign
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs, Profile, support
from alliance_games.results.solutions import Fact

FINE = Fraction(1, 2**90)
"""How near a rational is taken to an irrational number before a determinant's sign is read."""


def replies(game: NormalGame, player: int, profile: Profile) -> list[Exact]:
    """What each strategy of a player gets against a profile, times her denominator."""
    table = game.numerators[player]
    used = [support(mixed) for mixed in profile]
    used[player] = tuple(range(game.shape[player]))
    strides = game.strides
    order = [player, *(other for other in range(len(used)) if other != player)]
    places = [0]
    for other in order:
        places = [place + strides[other] * own for place in places for own in used[other]]
    values: list[Any] = [table[place] for place in places]
    for other in reversed(order[1:]):
        weights = [profile[other][own] for own in used[other]]
        width = len(weights)
        if width == 1:
            continue
        values = [
            sum((w * v for w, v in zip(weights, values[k : k + width], strict=True)), Fraction(0))
            for k in range(0, len(values), width)
        ]
    return [Fraction(value) if isinstance(value, int) else value for value in values]


def payoffs(game: NormalGame, profile: Profile, all_replies: Sequence[Sequence[Exact]]) -> Payoffs:
    """The expected payoffs of a profile."""
    return tuple(
        sum((p * values[own] for own, p in enumerate(mixed) if p), Fraction(0)) / denominator
        for mixed, values, denominator in zip(profile, all_replies, game.denominators, strict=True)
    )


def facts(
    game: NormalGame,
    profile: Profile,
    all_replies: Sequence[Sequence[Exact]],
    margin: Fraction = Fraction(0),
) -> dict[str, Fact]:
    """The properties of an equilibrium, in the order of reports.

    ``margin`` is by how much replies may be off, where the profile is only near the equilibrium.
    """
    supports = [support(mixed) for mixed in profile]
    best = [_best(values, margin) for values in all_replies]
    pure = all(len(used) == 1 for used in supports)
    quasi_strict = all(used == top for used, top in zip(supports, best, strict=True))
    told: dict[str, Fact] = {"pure": pure, "strict": pure and quasi_strict}
    told["quasi-strict"] = quasi_strict
    if quasi_strict and (index := index_of(game, profile)):
        told["index"] = index
    if not margin:
        told["efficient"] = _efficient(game, payoffs(game, profile, all_replies))
    return told


def _best(values: Sequence[Exact], margin: Fraction) -> tuple[int, ...]:
    most = max(values)
    return tuple(own for own, value in enumerate(values) if most - value <= margin)


def _efficient(game: NormalGame, reached: Payoffs) -> bool:
    """Whether no pure profile gives everybody as much, and somebody more."""
    marks = [p * over for p, over in zip(reached, game.denominators, strict=True)]
    above = [_floor(mark) if isinstance(mark, Algebraic) else int(mark // 1) for mark in marks]
    for values in zip(*game.numerators, strict=True):
        if not all(v >= low for v, low in zip(values, above, strict=True)):
            continue
        compared = list(zip(values, marks, strict=True))
        if all(v >= m for v, m in compared) and any(v > m for v, m in compared):
            return False
    return True


def _floor(number: Algebraic) -> int:
    while True:
        low, high = number.interval()
        if low // 1 == high // 1:
            return int(low // 1)
        number.root.narrow()


def index_of(game: NormalGame, profile: Profile) -> int:
    """The index of a quasi-strict equilibrium: 1 or -1; 0 where it is not regular.

    The sign of the determinant of minus the derivative of the gains, over a first strategy of each
    support, in the probabilities of the other strategies (Gul, Pearce and Stacchetti 1993).
    """
    rough = [[_near(p) for p in mixed] for mixed in profile]
    matrix = jacobian(game, rough)
    if not matrix:
        return 1
    over = fmpq_mat([[fmpq(-x.numerator, x.denominator) for x in row] for row in matrix])
    found = over.det()
    value = Fraction(int(found.p), int(found.q))
    size = Fraction(1)
    for row in matrix:
        size *= max(sum(map(abs, row)), Fraction(1, 10**6))
    exact = not any(isinstance(p, Algebraic) for mixed in profile for p in mixed)
    if exact or abs(value) > size / 10**12:
        return (value > 0) - (value < 0)
    return sign(_determinant([[-entry for entry in row] for row in jacobian(game, profile)]))


def _near(p: Exact) -> Fraction:
    if not isinstance(p, Algebraic):
        return p
    low, high = p.interval()
    while high - low > FINE:
        p.root.narrow()
        low, high = p.interval()
    return (low + high) / 2


def jacobian(game: NormalGame, profile: Sequence[Sequence[Exact]]) -> list[list[Any]]:
    """How gains over the first strategy of each support change with the others' probabilities."""
    supports = [support(tuple(mixed)) for mixed in profile]
    rows = [(player, own) for player, used in enumerate(supports) for own in used[1:]]
    strides = game.strides
    matrix: list[list[Any]] = [[Fraction(0)] * len(rows) for _ in rows]
    for i, used in enumerate(supports):
        for j, others in enumerate(supports):
            if i == j or len(used) < 2 or len(others) < 2:
                continue
            table = game.numerators[i]
            sums: dict[tuple[int, int], Any] = {(a, b): Fraction(0) for a in used for b in others}
            rest = [p for p in range(len(supports)) if p not in (i, j)]
            for chosen in product(*(supports[p] for p in rest)):
                weight: Any = Fraction(1)
                place = 0
                for p, own in zip(rest, chosen, strict=True):
                    weight = weight * profile[p][own]
                    place += strides[p] * own
                for a, b in sums:
                    sums[a, b] += weight * table[place + strides[i] * a + strides[j] * b]
            for r, (player, a) in enumerate(rows):
                for c, (other, b) in enumerate(rows):
                    if player == i and other == j:
                        matrix[r][c] = (sums[a, b] - sums[used[0], b]) - (
                            sums[a, others[0]] - sums[used[0], others[0]]
                        )
    return matrix


def _determinant(matrix: list[list[Any]]) -> Exact:
    """By elimination."""
    total: Exact = Fraction(1)
    while matrix:
        place = next((at for at, row in enumerate(matrix) if row[0] != 0), None)
        if place is None:
            return Fraction(0)
        pivot = matrix.pop(place)
        total = total * pivot[0] * (-1) ** place
        matrix = [
            [entry - row[0] / pivot[0] * p for entry, p in zip(row[1:], pivot[1:], strict=True)]
            for row in matrix
        ]
    return total
