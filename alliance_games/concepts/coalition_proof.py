"""Coalition-proof Nash equilibria: no coalition gains by an agreement that it would keep."""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, CountPoint, Point, Solution

METHOD = "recursion over coalitions and the games that the others leave them"
MOST_BITS = 2**24
"""Coalitions times profiles of the largest game in normal form that is settled."""
MOST_STATES = 100_000
"""Coalitions, by their counts and those of the others, of the largest anonymous game."""
DEFAULT_BITS = 2**14

PURE = ("equilibria and agreements in mixed strategies are not considered",)


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """None for games whose coalitions can be gone through; else how many cases there are."""
    if isinstance(game, AnonymousGame):
        from alliance_games.algorithms.coalitions_by_counts import number_of_states

        states = number_of_states(game)
        if states > MOST_STATES:
            return f"it would have to settle {states:,} coalitions, by counts"
    elif len(game.players) > 30 or game.size << len(game.players) > MOST_BITS:
        return (
            f"it would have to settle every coalition of {len(game.players)} players in each of "
            f"{game.size:,} profiles"
        )
    return None


def worth_a_line(game: NormalGame | AnonymousGame) -> bool:
    """Several pure equilibria of three players or more, in a game small enough to cost nothing."""
    if not isinstance(game, NormalGame) or len(game.players) < 3:
        return False
    if game.size << len(game.players) > DEFAULT_BITS:
        return False
    from alliance_games.algorithms.pure_equilibria import equilibrium_positions

    return len(equilibrium_positions(game, lambda: None)) > 1


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The coalition-proof equilibria, then the others with the coalition that leaves them."""
    from alliance_games.algorithms.coalition_answers import coalition_proof

    judge = coalition_proof(game, budget.tick)
    pure = needed["pure-nash"]
    left = []
    for one in pure.solutions:
        if not isinstance(one, Point | CountPoint):
            continue
        reason = judge(one)
        if reason is None:
            yield one
        else:
            left.append(reason)
    yield from left
    if pure.coverage is not Coverage.ALL:
        return Conclusion(Coverage.SOME, f"of the pure equilibria, {pure.because}", METHOD, PURE)
    because = (
        "every coalition-proof profile is an equilibrium, and for each pure one every coalition's "
        "agreements in pure strategies were settled, smaller coalitions first"
    )
    return Conclusion(Coverage.ALL, because, METHOD, PURE)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Go through the definition from the top."""
    if isinstance(game, AnonymousGame):
        from alliance_games.certificates.coalitions_by_counts import (
            check_coalition_proof as check_counts,
        )

        return check_counts(game, solution)
    from alliance_games.certificates.coalitions import check_coalition_proof

    return check_coalition_proof(game, solution)


CONCEPT = Concept(
    name="coalition-proof",
    title="Coalition-proof Nash equilibria in pure strategies",
    cites=("Bernheim, Peleg and Whinston 1987",),
    summary=(
        "Pure profiles from which no coalition gains by a joint deviation that no smaller "
        "coalition among its members would leave in turn."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    needs=("pure-nash",),
    ordinal=True,
    default=worth_a_line,
    invariances=("relabelling", "positive affine payoffs"),
    order=58,
)
