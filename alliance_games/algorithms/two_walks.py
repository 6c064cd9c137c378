"""All extreme equilibria from all vertices of both best-response polytopes.

The road of small games, in integers, and of games that are degenerate through and through, with
certified floats: vertices are joined wherever their labels together cover everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from alliance_games.algorithms import exact_walk
from alliance_games.algorithms.best_response import PreparedGame, Tick, transposed
from alliance_games.algorithms.equilibrium_set import ExtremeEquilibrium, Vector
from alliance_games.algorithms.nash_index import basis_sign
from alliance_games.algorithms.nash_subsets import SignedEquilibria

Report = Callable[[ExtremeEquilibrium], None]


class Side(Protocol):
    """The vertices of a game's polytope P = {x >= 0, B'x <= 1}, as they are visited.

    Labels are the game's: row i is bit i, column j is bit m + j. `bases` maps the labels of the
    free variables of each basis of the perturbed polytope to the tight labels of its vertex.
    """

    bases: dict[int, int]

    def walk(self, tick: Tick) -> Iterator[int]:
        """Visit all bases; yield the tight labels of each vertex once."""

    def weights(self, labels: int) -> tuple[int, ...]:
        """The vertex with these tight labels, up to a positive factor, in integers."""


class ExactSide:
    """A side walked in integers."""

    def __init__(self, game: PreparedGame) -> None:
        self.matrix = [list(column) for column in zip(*game.b, strict=True)]
        self.vertices = exact_walk.Vertices()
        self.bases = self.vertices.bases

    def walk(self, tick: Tick) -> Iterator[int]:
        rows = len(self.matrix[0])
        own = [1 << i for i in range(rows)]
        slacks = [1 << (rows + j) for j in range(len(self.matrix))]
        return exact_walk.walk(self.matrix, own, slacks, self.vertices, tick)

    def weights(self, labels: int) -> tuple[int, ...]:
        return self.vertices.points[labels]


def search(
    game: PreparedGame,
    tick: Tick,
    report: Report,
    side: Callable[[PreparedGame], Side] = ExactSide,
) -> tuple[SignedEquilibria, bool]:
    """Find every extreme equilibrium, with the signs that lie over it.

    Also returns whether the game is nondegenerate. `report` is called with each equilibrium as
    soon as it is known. `side` says how the polytopes are walked.
    """
    row_count, column_count = len(game.rows), len(game.columns)
    label_count = row_count + column_count
    every_row = (1 << row_count) - 1
    every_column = (1 << column_count) - 1
    everything = game.all_labels

    own = side(game)
    listed = [labels for labels in own.walk(tick) if labels != every_row]
    carriers = _carriers(listed, label_count)

    other = side(transposed(game))
    strategies: dict[int, Vector] = {}
    extreme: dict[tuple[int, int], ExtremeEquilibrium] = {}
    spare = any(labels.bit_count() > row_count for labels in listed)
    for mirrored in other.walk(tick):
        spare |= mirrored.bit_count() > column_count
        if mirrored == every_column:
            continue
        labels = (mirrored & every_column) << row_count | mirrored >> column_count
        matches = (1 << len(listed)) - 1
        missing = everything & ~labels
        while missing and matches:
            label = missing.bit_length() - 1
            matches &= carriers[label]
            missing ^= 1 << label
        if not matches:
            continue
        column = game.column_strategy(other.weights(mirrored))
        while matches:
            place = matches.bit_length() - 1
            matches ^= 1 << place
            mine = listed[place]
            if mine not in strategies:
                strategies[mine] = game.row_strategy(own.weights(mine))
            edge = ExtremeEquilibrium(strategies[mine], column)
            extreme[mine, mirrored] = edge
            report(edge)

    signs = dict.fromkeys(extreme, 0)
    for free, mine in own.bases.items():
        rest = everything ^ free
        theirs = other.bases.get(rest >> row_count | (rest & every_row) << column_count)
        if theirs is None or free == every_row:
            continue
        rows = [i for i in range(row_count) if not free >> i & 1]
        columns = [j for j in range(column_count) if free >> (row_count + j) & 1]
        signs[mine, theirs] += basis_sign(game, rows, columns)
    return [(edge, signs[pair]) for pair, edge in extreme.items()], not spare


def _carriers(listed: list[int], label_count: int) -> list[int]:
    """For each label the set of vertices that carry it, as one long integer.

    A join is then a few intersections, whatever the number of vertices.
    """
    # Read off as columns of a matrix of binary digits: linear in the number of vertices.
    digits = [format(labels, f"0{label_count}b") for labels in reversed(listed)]
    columns = ["".join(column) for column in zip(*digits, strict=True)]
    return [int(column, 2) for column in reversed(columns)] or [0] * label_count
