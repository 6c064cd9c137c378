"""One equilibrium of a two-player game by complementary pivoting (Lemke and Howson 1964).

Ties are broken by an infinitesimal perturbation of the right sides, so no path cycles. Big games
are pivoted in floats and only the support they propose is believed, after it was solved and
checked exactly; small ones, and those on which floats fail, are pivoted in integers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alliance_games.algorithms.best_response import (
    Matrix,
    PreparedGame,
    Tick,
    no_limit,
    prepare,
)
from alliance_games.algorithms.equilibrium_set import ExtremeEquilibrium
from alliance_games.algorithms.exact_walk import (
    TieInPerturbation,
    leaving_row,
    perturbation,
    pivot_on,
)
from alliance_games.exact.linear import solve

FLOATS_FROM = 400
"""Payoffs per player from which floats pay for loading numpy."""


def one_equilibrium(
    a: Sequence[Sequence[int]],
    b: Sequence[Sequence[int]],
    tick: Callable[[], None] = no_limit,
) -> ExtremeEquilibrium | None:
    """One Nash equilibrium, exact: a pure one if there is any, else by Lemke and Howson.

    `a` and `b` are the m x n payoffs, integers of any size. `tick` may raise to stop. Every
    finite game has an equilibrium, so None is only returned for what a theorem excludes. Raises
    ValueError for empty matrices or unequal shapes.
    """
    game = prepare(a, b)
    pure = _pure(game)
    if pure is not None:
        return pure
    if len(game.rows) * len(game.columns) >= FLOATS_FROM:
        from alliance_games.algorithms.lemke_howson_float import proposed_supports

        for rows, columns in proposed_supports(game, tick):
            settled = from_supports(game, rows, columns)
            if settled is not None:
                return settled
    for seed in range(64):
        try:
            rows, columns = _path(game, 0, seed, tick)
        except TieInPerturbation:
            continue
        return from_supports(game, rows, columns)
    raise ArithmeticError("sixty-four perturbations all met a tie")


def from_supports(
    game: PreparedGame, rows: Sequence[int], columns: Sequence[int]
) -> ExtremeEquilibrium | None:
    """The equilibrium in which exactly `rows` x `columns` are basic, or None if there is none.

    Solved exactly, then checked against every pure deviation.
    """
    if len(rows) != len(columns) or not rows:
        return None
    ones = [1] * len(rows)
    solved_y = solve([[game.a[i][j] for j in columns] for i in rows], ones)
    solved_x = solve([[game.b[i][j] for i in rows] for j in columns], ones)
    if solved_x is None or solved_y is None:
        return None
    scale_x, (on_rows,) = solved_x
    scale_y, (on_columns,) = solved_y
    if min(on_rows) < 0 or min(on_columns) < 0:
        return None
    # Payoffs on the support equal the common scale, by construction; elsewhere they may not exceed.
    x, y = [0] * len(game.rows), [0] * len(game.columns)
    for i, weight in zip(rows, on_rows, strict=True):
        x[i] = weight
    for j, weight in zip(columns, on_columns, strict=True):
        y[j] = weight
    for line in game.a:
        if sum(line[j] * y[j] for j in columns) > scale_y:
            return None
    for j in range(len(game.columns)):
        if sum(game.b[i][j] * x[i] for i in rows) > scale_x:
            return None
    return ExtremeEquilibrium(game.row_strategy(x), game.column_strategy(y))


def _pure(game: PreparedGame) -> ExtremeEquilibrium | None:
    best = [max(column) for column in zip(*game.a, strict=True)]
    for i, (mine, theirs) in enumerate(zip(game.a, game.b, strict=True)):
        top = max(theirs)
        for j, payoff in enumerate(mine):
            if payoff == best[j] and theirs[j] == top:
                return from_supports(game, [i], [j])
    return None


def _path(game: PreparedGame, dropped: int, seed: int, tick: Tick) -> tuple[list[int], list[int]]:
    """Follow the path that starts by dropping a label, in integers; the supports at its end."""
    row_count, column_count = len(game.rows), len(game.columns)
    own = list(range(row_count))
    theirs = list(range(row_count, row_count + column_count))
    transposed = [list(column) for column in zip(*game.b, strict=True)]
    # Each side: table, denominator, labels of the basic and of the free variables.
    sides: list[tuple[Matrix, int, list[int], list[int]]] = []
    for matrix, basic, free in ((transposed, theirs, own), (game.a, own, theirs)):
        delta = perturbation(len(matrix), seed)
        table = [[*row, 1, d] for row, d in zip(matrix, delta, strict=True)]
        sides.append((table, 1, basic.copy(), free.copy()))
    side = 0 if dropped < row_count else 1
    entering = dropped
    while True:
        tick()
        table, denominator, basic, free = sides[side]
        column = free.index(entering)
        leaving = leaving_row(table, column, len(free))
        sides[side] = (
            pivot_on(table, denominator, leaving, column),
            table[leaving][column],
            basic,
            free,
        )
        basic[leaving], free[column] = entering, basic[leaving]
        entering = free[column]
        if entering == dropped:
            break
        side = 1 - side
    rows = sorted(label for label in sides[0][2] if label < row_count)
    columns = sorted(label - row_count for label in sides[1][2] if label >= row_count)
    return rows, columns
