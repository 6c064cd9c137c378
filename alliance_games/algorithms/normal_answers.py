"""The search for all equilibria of a game of three players or more, told as an answer."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.algorithms.normal_equilibria import COMPLETE, METHOD, WITHIN, Search
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Point, Solution


def answers(game: NormalGame, tree: ExtensiveGame, budget: Budget) -> Answers:
    """Every equilibrium, with what is known of whether these are all."""
    search = Search(game, tree, budget.tick)
    try:
        told: list[Solution] = list(search.solutions())
    except (LimitReached, MemoryError, KeyboardInterrupt):
        yield from sorted(search.found, key=lambda one: one.profile, reverse=True)
        raise
    yield from told
    tolerance = search.largest or None
    notes = (
        (f"points with '{WITHIN}' are told by rationals: exactly one equilibrium is so near",)
        if tolerance
        else ()
    )
    if search.open:
        coverage = Coverage.SOME if told else Coverage.UNKNOWN
        because = "; ".join(search.open[:3])
        if len(search.open) > 3:
            because += f"; and {len(search.open) - 3} more profiles of supports"
        return Conclusion(coverage, because, METHOD, notes, tolerance)
    indices = _indices(told)
    if indices is not None and sum(indices) != 1:
        # Gul, Pearce and Stacchetti 1993: it is 1 where all equilibria are regular.
        because = f"the indices of all that was found sum to {sum(indices)} and not to 1"
        return Conclusion(Coverage.SOME, because, METHOD, notes, tolerance)
    because = COMPLETE
    if indices is not None:
        because += "; their indices sum to 1, as they must"
    return Conclusion(Coverage.ALL, because, METHOD, notes, tolerance)


def _indices(told: Sequence[Solution]) -> list[int] | None:
    """The index of every equilibrium, where all are regular points."""
    found = []
    for one in told:
        if not isinstance(one, Point) or "index" not in one.properties:
            return None
        found.append(int(one.properties["index"]))
    return found
