"""The one equilibrium of a game of numbers that has just one, found in few questions.

Where the marginal payoffs fall in the choices as a P-matrix says (every principal minor is
positive), the conditions for an equilibrium have exactly one solution (Samelson, Thrall and Wesler
1958), and pivoting on the first player who is in the wrong place finds it (Murty 1974).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations

from alliance_games.model.linear_quadratic import LinearQuadraticGame
from alliance_games.results.ordered import Signs

MOST_PLAYERS = 5
"""So many players have few enough principal minors (31) to ask about each."""


def has_one_solution(game: LinearQuadraticGame, signs: Signs) -> bool:
    """Whether all principal minors of the matrix of minus the slopes are positive."""
    places = range(len(game.players))
    if len(game.players) > MOST_PLAYERS:
        return False
    falls = [[-slope for slope in row] for row in game.slopes]
    return all(
        signs.is_positive(_determinant([[falls[i][j] for j in chosen] for i in chosen]))
        for size in range(1, len(game.players) + 1)
        for chosen in combinations(places, size)
    )


def _determinant(matrix: Sequence[Sequence[Fraction]]) -> Fraction:
    """By the first row: a matrix of formulas has no pivot that is known not to be zero."""
    if len(matrix) == 1:
        return matrix[0][0]
    total = Fraction(0)
    for column, entry in enumerate(matrix[0]):
        rest = [[*row[:column], *row[column + 1 :]] for row in matrix[1:]]
        total = total + entry * _determinant(rest) * (-1) ** column
    return total


def inside(
    count: int,
    values: Callable[[Sequence[int]], Sequence[Fraction] | None],
    misplaced: Callable[[int, bool, Sequence[Fraction]], bool],
) -> frozenset[int] | None:
    """Who is inside her range, the others being at its low end; None where it is not found.

    ``values`` gives everybody's choice when these are inside, ``misplaced`` whether a player at
    the low end would gain by more, or is below it where she is taken to be inside.
    """
    chosen: set[int] = set()
    for _ in range(1 << count):
        numbers = values(sorted(chosen))
        if numbers is None:
            return None
        wrong = next((i for i in range(count) if misplaced(i, i in chosen, numbers)), None)
        if wrong is None:
            return frozenset(chosen)
        chosen ^= {wrong}
    return None


__all__ = ["has_one_solution", "inside"]
