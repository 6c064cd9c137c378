"""All symmetric equilibria of a symmetric two-player game, as relatively open cells.

A cell holds the mixtures that play exactly the strategies of ``support`` and have exactly those of
``replies`` among their pure best replies. Each symmetric equilibrium lies in one cell, and whether
it resists mutants depends on its cell alone (Bomze and Weibull 1995).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from alliance_games.exact.linear import affine_dimension, solve
from alliance_games.exact.vertices import vertices_of_distributions

Matrix = Sequence[Sequence[int]]
Tick = Callable[[], None]
Mixture = tuple[Fraction, ...]

MOST_CORNERS = 20_000


class TooManyCorners(Exception):
    """A continuum has more corners than are listed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The mixtures with this support and these pure best replies; ``corners`` are the vertices of
    the closure, which is a polytope, and ``middle`` is their mean, inside the cell."""

    support: tuple[int, ...]
    replies: tuple[int, ...]
    corners: tuple[Mixture, ...]

    @property
    def middle(self) -> Mixture:
        """The mean of the corners: the point itself where there is one."""
        number = len(self.corners)
        return tuple(
            sum(column, Fraction(0)) / number for column in zip(*self.corners, strict=True)
        )

    @property
    def dimension(self) -> int:
        """0 for a point."""
        return affine_dimension(self.corners)


def symmetric_equilibria(a: Matrix, tick: Tick) -> Iterator[Cell]:
    """Every cell of symmetric equilibria of the game in which ``i`` gets ``a[i][j]`` against ``j``.

    Goes through all supports. Raises TooManyCorners.
    """
    size = len(a)
    for number in range(1, size + 1):
        for support in combinations(range(size), number):
            tick()
            yield from _with_support(a, support)


def rest_points(a: Matrix, tick: Tick) -> Iterator[Cell]:
    """Every mixture whose strategies all earn the same, by support, best replies or not.

    ``replies`` of a cell are the strategies that earn as much wherever in the cell one looks.
    """
    size = len(a)
    for number in range(1, size + 1):
        for support in combinations(range(size), number):
            tick()
            corners = _indifferent(a, support)
            cell = Cell(support, _alike(a, support, corners), tuple(corners)) if corners else None
            if cell is not None and _support(cell.middle) == support:
                yield cell


def payoffs(a: Matrix, mixture: Sequence[Fraction]) -> list[Fraction]:
    """What each pure strategy earns against a mixture."""
    used = [(place, share) for place, share in enumerate(mixture) if share]
    return [sum((row[place] * share for place, share in used), Fraction(0)) for row in a]


def _with_support(a: Matrix, support: tuple[int, ...]) -> Iterator[Cell]:
    one = _unique(a, support)
    if one is not None:
        earned = payoffs(a, one)
        best = max(earned)
        if min(one[i] for i in support) > 0 and earned[support[0]] == best:
            replies = tuple(i for i, value in enumerate(earned) if value == best)
            yield Cell(support, replies, (one,))
        return
    yield from _continua(a, support)


def _unique(a: Matrix, support: tuple[int, ...]) -> Mixture | None:
    """The only vector of sum one against which all of ``support`` earn the same; None if there are
    none or many."""
    number = len(support)
    rows = [[*(a[i][j] for j in support), -1] for i in support]
    answer = solve([*rows, [1] * number + [0]], [0] * number + [1])
    if answer is None:
        return None
    divisor, (values,) = answer
    found = [Fraction(0)] * len(a)
    for place, value in zip(support, values, strict=False):
        found[place] = Fraction(value, divisor)
    return tuple(found)


def _indifferent(
    a: Matrix, support: tuple[int, ...], least: Sequence[Sequence[int]] = ()
) -> list[Mixture]:
    """The corners of the distributions over ``support`` against which all of it earn the same,
    and nothing more is earned where rows of ``least`` are not negative."""
    one = None if least else _unique(a, support)
    if one is not None:
        return [one] if min(one) >= 0 else []
    first, *others = support
    halfspaces = [list(row) for row in least]
    for other in others:
        row = [a[other][j] - a[first][j] for j in support]
        halfspaces += [row, [-entry for entry in row]]
    vertices = vertices_of_distributions(len(support), halfspaces, MOST_CORNERS)
    if vertices is None:
        raise TooManyCorners(f"a continuum has more than {MOST_CORNERS:,} corners")
    return [_spread(point, support, len(a)) for point in vertices]


def _spread(point: Sequence[Fraction], support: tuple[int, ...], size: int) -> Mixture:
    wide = [Fraction(0)] * size
    for place, share in zip(support, point, strict=True):
        wide[place] = share
    return tuple(wide)


def _continua(a: Matrix, support: tuple[int, ...]) -> Iterator[Cell]:
    """The cells of a support on which the equations leave something free."""
    first = support[0]
    outside = [i for i in range(len(a)) if i not in support]
    least = [[a[first][j] - a[i][j] for j in support] for i in outside]
    corners = _indifferent(a, support, least)
    replies = {corner: frozenset(_best(a, corner)) for corner in corners}
    closed: set[frozenset[int]] = set()
    for mine in set(replies.values()):
        closed |= {mine & other for other in closed}
        closed.add(mine)
    for common in sorted(closed, key=sorted):
        face = tuple(corner for corner in corners if replies[corner] >= common)
        cell = Cell(support, tuple(sorted(common)), face)
        if _support(cell.middle) == support and _best(a, cell.middle) == cell.replies:
            yield cell


def _best(a: Matrix, mixture: Mixture) -> tuple[int, ...]:
    earned = payoffs(a, mixture)
    return tuple(i for i, value in enumerate(earned) if value == max(earned))


def _alike(a: Matrix, support: tuple[int, ...], corners: Sequence[Mixture]) -> tuple[int, ...]:
    tables = [payoffs(a, corner) for corner in corners]
    return tuple(i for i in range(len(a)) if all(row[i] == row[support[0]] for row in tables))


def _support(mixture: Mixture) -> tuple[int, ...]:
    return tuple(i for i, share in enumerate(mixture) if share)
