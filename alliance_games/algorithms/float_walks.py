"""All extreme equilibria of a larger game: which certified float walks to take."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from alliance_games.algorithms import one_walk, two_walks
from alliance_games.algorithms.best_response import PreparedGame, Tick, transposed
from alliance_games.algorithms.equilibrium_set import ExtremeEquilibrium, mirror
from alliance_games.algorithms.float_side import FloatSide
from alliance_games.algorithms.nash_subsets import SignedEquilibria
from alliance_games.algorithms.walk_certificate import FloatsFail

Report = Callable[[ExtremeEquilibrium], None]

SEEDS = 3
"""Perturbations tried in floats before a game is left to integers."""


def search(game: PreparedGame, tick: Tick, report: Report) -> tuple[SignedEquilibria, bool] | None:
    """Find every extreme equilibrium, as `two_walks.search`; None where floats cannot.

    One polytope is walked, that of fewer dimensions; both if the game is very degenerate.
    """
    try:
        if len(game.rows) <= len(game.columns):
            return one_walk.search(game, tick, report)
        found, nondegenerate = one_walk.search(
            transposed(game), tick, lambda edge: report(mirror(edge))
        )
        return [(mirror(edge), sign) for edge, sign in found], nondegenerate
    except FloatsFail:
        return None
    except one_walk.TooDegenerate:
        pass  # its bases are still good: both polytopes are walked and joined
    for seed in range(SEEDS):
        try:
            return two_walks.search(game, tick, report, partial(FloatSide, seed=seed))
        except FloatsFail:
            continue
    return None
