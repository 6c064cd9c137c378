"""All Nash equilibria of a two-player game, exactly: the front door.

Integer payoff matrices in, exact components out; nothing here knows a game's class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alliance_games.algorithms import two_walks
from alliance_games.algorithms.best_response import no_limit, prepare
from alliance_games.algorithms.equilibrium_set import (
    BimatrixEquilibria,
    EquilibriumComponent,
    ExtremeEquilibrium,
    InconsistentEquilibria,
    NashSubset,
    Vector,
)
from alliance_games.algorithms.lemke_howson import one_equilibrium
from alliance_games.algorithms.nash_subsets import components

__all__ = [
    "BimatrixEquilibria",
    "EquilibriumComponent",
    "ExtremeEquilibrium",
    "InconsistentEquilibria",
    "NashSubset",
    "Vector",
    "all_equilibria",
    "one_equilibrium",
]


def all_equilibria(
    a: Sequence[Sequence[int]],
    b: Sequence[Sequence[int]],
    tick: Callable[[], None] = no_limit,
    *,
    found: list[ExtremeEquilibrium] | None = None,
) -> BimatrixEquilibria:
    """Every Nash equilibrium of a bimatrix game, as components with their indices.

    `a` and `b` are the m x n payoffs of the row and the column player, integers of any size.
    `tick` is called every few milliseconds and may raise to stop the search; what it raises is
    passed on, and `found`, if given, then holds the extreme equilibria settled so far (in the
    order of discovery).

    Raises ValueError for empty matrices or unequal shapes, InconsistentEquilibria if the
    indices found do not sum to one (a fault of this program).
    """
    game = prepare(a, b)
    reported: set[ExtremeEquilibrium] = set()

    def report(edge: ExtremeEquilibrium) -> None:
        if edge not in reported:
            reported.add(edge)
            if found is not None:
                found.append(edge)

    signs, nondegenerate = two_walks.search(game, tick, report)
    total = sum(signs.values())
    if total != 1:
        raise InconsistentEquilibria(f"the indices of all equilibria sum to {total}, not to 1")
    return BimatrixEquilibria(
        components=components(signs),
        nondegenerate=nondegenerate,
        method="vertex enumeration of both best-response polytopes in exact integers",
        because="every vertex of both best-response polytopes was visited and every pair of "
        "vertices that carries all labels is listed",
    )
