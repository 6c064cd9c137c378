"""The index of a component of equilibria of a two-player game, from a game near by.

Both players' payoffs are changed by a small number e times arbitrary integers, e staying a symbol.
For all small e the changed game is generic: each of its equilibria has supports of one size and
solves linear equations, by Cramer's rule over polynomials in e, and its index is a sign of
determinants (Shapley 1974). As e vanishes it tends to an equilibrium of the game, and the indices
of those that tend to a component sum to the component's (Govindan and Wilson 1997). All of them sum
to 1, which is made sure of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import comb
from random import Random

from alliance_games.exact.programs import Program, maximize
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.solutions import Component, Point, Subset

Poly = tuple[int, ...]
"""Coefficients by the power of e, without zeros at the end; () is zero."""

MOST_SUPPORTS = 1_000
"""Pairs of supports of one size of the largest game whose indices are found again."""

SEEDS = 5


def index_again(game: NormalGame, one: Point | Component) -> int | None:
    """The index of an equilibrium or component; None where the game is too large."""
    found = limits(game)
    if found is None:
        return None
    if isinstance(one, Point):
        subsets: tuple[Subset, ...] = (Subset(one.profile[:1], one.profile[1:]),)
    else:
        subsets = one.subsets
    return sum(
        sign
        for x, y, sign in found
        if any(_inside(x, subset.rows) and _inside(y, subset.columns) for subset in subsets)
    )


@lru_cache(maxsize=4)
def limits(game: NormalGame) -> tuple[tuple[Mixed, Mixed, int], ...] | None:
    """Where the equilibria of the changed game tend, each with its index; None: too many supports,
    or no change among those tried was generic."""
    rows, columns = game.shape
    if comb(rows + columns, rows) > MOST_SUPPORTS:
        return None
    for seed in range(SEEDS):
        try:
            found = tuple(_equilibria(game, Random(seed)))
        except _NotGeneric:
            continue
        if sum(sign for _, _, sign in found) == 1:
            return found
    return None


class _NotGeneric(Exception):
    """A determinant or a gain vanishes for all e."""


def _equilibria(game: NormalGame, random: Random) -> Iterator[tuple[Mixed, Mixed, int]]:
    rows, columns = game.shape
    tables: list[list[list[Poly]]] = []
    for player in range(2):
        least = min(game.numerators[player]) - 1  # payoffs above zero, for the signs below
        tables.append(
            [
                [(value - least, random.randint(1, 10**4)) for value in row]
                for row in game.matrix(player)
            ]
        )
    first, second = tables[0], [list(column) for column in zip(*tables[1], strict=True)]
    for size in range(1, min(rows, columns) + 1):
        for used in combinations(range(rows), size):
            for others in combinations(range(columns), size):
                y = _weights(first, used, others)
                x = None if y is None else _weights(second, others, used)
                if x is None or y is None:
                    continue
                sign = -1 if size % 2 == 0 else 1
                for table, own, other in ((first, used, others), (second, others, used)):
                    sign *= _sign(_determinant([[table[i][j] for j in other] for i in own]))
                if not sign:
                    raise _NotGeneric
                yield _limit(x, used, rows), _limit(y, others, columns), sign


def _weights(
    table: Sequence[Sequence[Poly]], own: Sequence[int], other: Sequence[int]
) -> tuple[list[Poly], Poly] | None:
    """The other's weights on ``other`` against which ``own`` are the best replies, all equal, and
    what they sum to; None where they are not positive or not best for small e."""
    size = len(own)
    matrix: list[list[Poly]] = [[*(table[i][j] for j in other), (-1,)] for i in own]
    matrix.append([(1,)] * size + [()])
    total = _determinant(matrix)
    if not total:
        raise _NotGeneric
    solved = []
    for place in range(size + 1):
        column: list[Poly] = [()] * size + [(1,)]
        solved.append(
            _determinant(
                [
                    [*row[:place], entry, *row[place + 1 :]]
                    for row, entry in zip(matrix, column, strict=True)
                ]
            )
        )
    weights, value = solved[:-1], solved[-1]
    if not all(weights):
        raise _NotGeneric
    if any(_sign(weight) != _sign(total) for weight in weights):
        return None
    for i in range(len(table)):
        if i not in own:
            gets: Poly = ()
            for j, weight in zip(other, weights, strict=True):
                gets = _plus(gets, _times(table[i][j], weight))
            lead = _plus(value, _times((-1,), gets))
            if not lead:
                raise _NotGeneric
            if _sign(lead) != _sign(total):
                return None
    return weights, total


def _limit(found: tuple[list[Poly], Poly], used: Sequence[int], size: int) -> Mixed:
    weights, total = found
    power = next(at for at, number in enumerate(total) if number)
    mixed = [Fraction(0)] * size
    for own, weight in zip(used, weights, strict=True):
        mixed[own] = Fraction(weight[power] if power < len(weight) else 0, total[power])
    return tuple(mixed)


def _inside(mixed: Mixed, corners: Sequence[Mixed]) -> bool:
    """Whether a mixed strategy is a mixture of ``corners``."""
    rows = [([corner[own] for corner in corners], mixed[own]) for own in range(len(mixed))]
    return maximize(Program([0] * len(corners), (), rows)).status == "optimal"


def _determinant(matrix: Sequence[Sequence[Poly]]) -> Poly:
    """Row by row, over the sets of columns used so far."""
    sums: dict[int, Poly] = {0: (1,)}
    for row in matrix:
        following: dict[int, Poly] = {}
        for used, value in sums.items():
            for column, entry in enumerate(row):
                if entry and not used >> column & 1:
                    later = (used >> column).bit_count() % 2
                    term = _times(value, entry)
                    if later:
                        term = _times((-1,), term)
                    mask = used | 1 << column
                    following[mask] = _plus(following.get(mask, ()), term)
        sums = following
    return sums.get((1 << len(matrix)) - 1, ())


def _plus(one: Poly, other: Poly) -> Poly:
    if len(one) < len(other):
        one, other = other, one
    total = [a + b for a, b in zip(one, other, strict=False)] + list(one[len(other) :])
    while total and not total[-1]:
        total.pop()
    return tuple(total)


def _times(one: Poly, other: Poly) -> Poly:
    if not one or not other:
        return ()
    product = [0] * (len(one) + len(other) - 1)
    for at, a in enumerate(one):
        for to, b in enumerate(other):
            product[at + to] += a * b
    return tuple(product)


def _sign(poly: Poly) -> int:
    """The sign for small e > 0."""
    number = next((number for number in poly if number), 0)
    return (number > 0) - (number < 0)
