"""Strong Nash equilibria: no coalition gains by deviating together."""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame, number_of_count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, CountPoint, Point, Solution

METHOD = "every joint deviation from every pure equilibrium"
MOST_PROFILES = 300_000
"""Profiles, or vectors of counts, of the largest game in which all joint deviations are tried."""

PURE = (
    "equilibria in mixed strategies and deviations to mixtures or lotteries are not considered: a "
    "coalition that may draw lots can gain where no joint choice of pure strategies does it",
)


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """None for games whose outcomes can be gone through; else how many there are."""
    if isinstance(game, AnonymousGame):
        outcomes = number_of_count_vectors(len(game.players), len(game.strategies))
    else:
        outcomes = game.size
    if outcomes > MOST_PROFILES:
        return f"it would have to try joint deviations to {outcomes:,} outcomes"
    return None


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The strong equilibria, then the others with a coalition that leaves them."""
    from alliance_games.algorithms.coalition_answers import strong

    judge = strong(game, budget.tick)
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
        "every strong equilibrium is an equilibrium, and from each pure one every joint deviation "
        "in pure strategies was tried"
    )
    return Conclusion(Coverage.ALL, because, METHOD, PURE)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Try every coalition's every deviation again."""
    if isinstance(game, AnonymousGame):
        from alliance_games.certificates.coalitions_by_counts import check_strong as check_counts

        return check_counts(game, solution)
    from alliance_games.certificates.coalitions import check_strong

    return check_strong(game, solution)


CONCEPT = Concept(
    name="strong-nash",
    title="Strong Nash equilibria in pure strategies",
    cites=("Aumann 1959",),
    summary=(
        "Pure profiles from which no coalition has a joint deviation in pure strategies that "
        "gives each of its members more."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    needs=("pure-nash",),
    ordinal=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=57,
)
