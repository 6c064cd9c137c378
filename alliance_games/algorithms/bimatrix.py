"""All Nash equilibria of a two-player game, exactly: the front door.

Integer payoff matrices in, exact components out; nothing here knows a game's class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb

from alliance_games.algorithms import two_walks
from alliance_games.algorithms.best_response import (
    PreparedGame,
    Tick,
    no_limit,
    prepare,
)
from alliance_games.algorithms.equilibrium_set import (
    BimatrixEquilibria,
    EquilibriumComponent,
    ExtremeEquilibrium,
    InconsistentEquilibria,
    NashSubset,
    Vector,
)
from alliance_games.algorithms.lemke_howson import one_equilibrium
from alliance_games.algorithms.nash_subsets import SignedEquilibria, components

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

SMALL = comb(16, 8)
"""Candidate bases of a polytope up to which integers are quicker than loading numpy."""

WORD = 64
"""Strategies of both players together that fit the bit sets of the float walk."""

INTEGER_WALKS = "vertex enumeration of both best-response polytopes in exact integers"
INTEGER_WALKS_COMPLETE = (
    "every vertex of both best-response polytopes was visited and every pair of vertices "
    "that carries all labels is listed"
)
FLOAT_WALK = (
    "vertex enumeration of the best-response polytopes, every basis certified, and exact "
    "solution of what completes its labels"
)
FLOAT_WALK_COMPLETE = (
    "every vertex of a best-response polytope was visited, each certified exactly, and whatever "
    "in the other polytope completes its labels was solved or ruled out"
)


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
        # A search that starts again in exact arithmetic meets some equilibria twice.
        if found is not None and edge not in reported:
            reported.add(edge)
            found.append(edge)

    signs, nondegenerate, method, because = _search(game, tick, report)
    total = sum(sign for _, sign in signs)
    if total != 1:
        raise InconsistentEquilibria(f"the indices of all equilibria sum to {total}, not to 1")
    return BimatrixEquilibria(components(signs, tick), nondegenerate, method, because)


def _search(
    game: PreparedGame, tick: Tick, report: Callable[[ExtremeEquilibrium], None]
) -> tuple[SignedEquilibria, bool, str, str]:
    """Choose the road: integers for small games, certified floats for the rest, if they can."""
    rows, strategies = len(game.rows), len(game.rows) + len(game.columns)
    if strategies <= WORD and comb(strategies, rows) > SMALL:
        # Here and not above: small games must not pay for loading numpy.
        from alliance_games.algorithms import float_walks

        outcome = float_walks.search(game, tick, report)
        if outcome is not None and sum(sign for _, sign in outcome[0]) == 1:
            return *outcome, FLOAT_WALK, FLOAT_WALK_COMPLETE
    return *two_walks.search(game, tick, report), INTEGER_WALKS, INTEGER_WALKS_COMPLETE
