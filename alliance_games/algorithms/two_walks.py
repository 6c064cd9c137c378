"""All extreme equilibria from all vertices of both best-response polytopes, exactly.

The road of small games and of those that are degenerate through and through: vertices
are joined wherever their labels together cover everything.
"""

from __future__ import annotations

from collections.abc import Callable

from alliance_games.algorithms import exact_walk
from alliance_games.algorithms.best_response import PreparedGame, Tick
from alliance_games.algorithms.equilibrium_set import ExtremeEquilibrium, Vector
from alliance_games.algorithms.nash_index import basis_sign
from alliance_games.algorithms.nash_subsets import SignedEquilibria

Report = Callable[[ExtremeEquilibrium], None]


def search(game: PreparedGame, tick: Tick, report: Report) -> tuple[SignedEquilibria, bool]:
    """Find every extreme equilibrium, with the signs that lie over it.

    Also returns whether the game is nondegenerate. `report` is called with each equilibrium as
    soon as it is known.
    """
    row_count, column_count = len(game.rows), len(game.columns)
    row_bits = [1 << i for i in range(row_count)]
    column_bits = [1 << (row_count + j) for j in range(column_count)]
    everything = game.all_labels

    own = exact_walk.Vertices()
    transposed = [list(column) for column in zip(*game.b, strict=True)]
    for _ in exact_walk.walk(transposed, row_bits, column_bits, own, tick):
        pass
    origin = sum(row_bits)
    listed = [labels for labels in own.points if labels != origin]
    # For each label, the set of vertices that carry it, as one long integer: a join is then a
    # few intersections, whatever the number of vertices.
    carriers = [0] * (row_count + column_count)
    for place, labels in enumerate(listed):
        for label in range(row_count + column_count):
            if labels >> label & 1:
                carriers[label] |= 1 << place

    others = exact_walk.Vertices()
    strategies: dict[int, Vector] = {}
    extreme: dict[tuple[int, int], ExtremeEquilibrium] = {}
    for labels in exact_walk.walk(game.a, column_bits, row_bits, others, tick):
        if labels == everything ^ origin:
            continue
        matches = (1 << len(listed)) - 1
        missing = everything & ~labels
        while missing and matches:
            label = missing.bit_length() - 1
            matches &= carriers[label]
            missing ^= 1 << label
        if not matches:
            continue
        column = game.column_strategy(others.points[labels])
        while matches:
            place = matches.bit_length() - 1
            matches ^= 1 << place
            mine = listed[place]
            if mine not in strategies:
                strategies[mine] = game.row_strategy(own.points[mine])
            edge = ExtremeEquilibrium(strategies[mine], column)
            extreme[mine, labels] = edge
            report(edge)

    signs = dict.fromkeys(extreme, 0)
    for nonbasic, mine in own.bases.items():
        theirs = others.bases.get(everything ^ nonbasic)
        if theirs is None or nonbasic == origin:
            continue
        rows = [i for i, bit in enumerate(row_bits) if not nonbasic & bit]
        columns = [j for j, bit in enumerate(column_bits) if nonbasic & bit]
        signs[mine, theirs] += basis_sign(game, rows, columns)
    nondegenerate = all(
        labels.bit_count() == size
        for found, size in ((own, row_count), (others, column_count))
        for labels in found.points
    )
    return [(edge, signs[pair]) for pair, edge in extreme.items()], nondegenerate
