"""Logit quantal response equilibria: the principal branch, and others where the game is small."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

if TYPE_CHECKING:
    from alliance_games.algorithms.agent_logit import Branch, BranchPoint
    from alliance_games.results.tree_solutions import Assessment

MOST_NODES = 2_000
"""Nodes up to which the equations, whose derivatives fill a table of nodes by actions, are made."""

MOST_POINTS = 60
"""Points of the branch that an answer holds, evenly along the way."""

LEAST_PROBABILITY = 1e-290
"""Points with smaller probabilities are not told: floats could not bear their beliefs out."""

MOST_PROFILES = 32
"""Profiles of the largest game of three players or more whose equilibria are found as starts."""

BECAUSE = (
    "the branch that starts at uniform choice was followed; other branches, where there are some, "
    "were not looked for"
)


MOST_CELLS = 20_000_000
"""Numbers that the equations of a game in which everybody moves once may hold."""


def accepts(game: NormalGame | AnonymousGame | ExtensiveGame) -> str | None:
    """None with perfect recall and where the game is small enough; else the reason."""
    if not isinstance(game, ExtensiveGame):
        from alliance_games.algorithms.logit_equations import cells

        needed = cells(game)
        if needed <= MOST_CELLS:
            return None
        return f"its equations would hold {needed:,} numbers, and {MOST_CELLS:,} are the most"
    if game.size > MOST_NODES:
        return f"it follows trees of at most {MOST_NODES:,} nodes, and this one has {game.size:,}"
    return game.forgetting()


def solve(
    game: NormalGame | AnonymousGame | ExtensiveGame, needed: Needed, budget: Budget
) -> Answers:
    """The branch from precision 0 on, and the equilibrium it tends to; then other branches."""
    if not isinstance(game, ExtensiveGame):
        return (yield from _at_once(game, budget))
    from alliance_games.algorithms.agent_logit import principal_branch
    from alliance_games.certificates.logit import TOLERANCE
    from alliance_games.results.tree_solutions import QuantalPath

    branch = principal_branch(game, budget.tick)
    told = [one for one in branch.points if _smallest(one) >= LEAST_PROBABILITY]
    kept = told[:: max(1, -(-len(told) // MOST_POINTS))]
    limit, near = _limit(game, branch)
    points = tuple((one.precision, one.choices, one.error) for one in kept)
    yield QuantalPath(points, limit, {"settled": limit is not None})
    notes = (
        (
            f"its limit is given as the simplest equilibrium within {near} of the branch's end; "
            "limits of such branches are sequential equilibria (McKelvey and Palfrey 1998)",
        )
        if limit is not None
        else ("its limit could not be settled in exact numbers",)
    )
    tolerance = Fraction(str(TOLERANCE))
    return Conclusion(Coverage.SOME, BECAUSE, "predictor and corrector", notes, tolerance)


def _at_once(game: NormalGame | AnonymousGame, budget: Budget) -> Answers:
    """The branches of a game in which everybody moves once."""
    from alliance_games.algorithms.logit_branches import PRECISIONS
    from alliance_games.algorithms.logit_play import branches
    from alliance_games.certificates.logit_play import TOLERANCE, gain_at

    paths = branches(
        game,
        lambda one: gain_at(game, one) == 0,
        budget.tick,
        PRECISIONS,
        lambda: isolated(game, budget.tick),
    )
    settled, number = True, 0
    for path in paths:
        settled &= path.limit is not None
        number += 1
        yield path
    because = BECAUSE
    if number > 1:
        because = (
            "the branch that starts at uniform choice was followed, and those that tend to the "
            "isolated equilibria found; closed loops that touch none of these were not looked for"
        )
    notes = () if settled else ("not every limit could be settled in exact numbers",)
    tolerance = Fraction(str(TOLERANCE))
    return Conclusion(Coverage.SOME, because, "predictor and corrector", notes, tolerance)


def isolated(game: NormalGame | AnonymousGame, tick: Callable[[], None]) -> list[tuple[Mixed, ...]]:
    """Isolated Nash equilibria in exact numbers, where the game is small enough to find them."""
    from alliance_games.results.solutions import Point

    if isinstance(game, AnonymousGame) or len(game.players) == 1:
        return []
    if len(game.players) == 2:
        from alliance_games.algorithms.logit_play import two_player_equilibria

        return two_player_equilibria(game, tick)
    if game.size > MOST_PROFILES:
        return []
    from alliance_games.algorithms.normal_equilibria import WITHIN, Search
    from alliance_games.transforms.simultaneous import simultaneous_tree

    found = Search(game, simultaneous_tree(game), tick).solutions()
    return [one.profile for one in found if isinstance(one, Point) and WITHIN not in one.properties]


def _smallest(point: BranchPoint) -> float:
    return min((share for choice in point.choices if choice for share in choice), default=1.0)


def _limit(game: ExtensiveGame, branch: Branch) -> tuple[Assessment | None, Fraction]:
    """A simple assessment at the end of the branch that is sequentially rational, and how near."""
    from alliance_games.algorithms.logit_limit import proposals
    from alliance_games.certificates.logit import largest_gain

    for one, near in proposals(game, branch.points[-1].choices, branch.beliefs):
        if largest_gain(game, one) == 0:
            return one, near
    return None, Fraction(0)


def verify(
    game: NormalGame | AnonymousGame | ExtensiveGame, solution: Solution, needed: Needed
) -> Certificate:
    """Recompute the logit responses, and the gains at the limit."""
    from alliance_games.certificates.logit import check
    from alliance_games.results.tree_solutions import QuantalPath

    assert isinstance(solution, QuantalPath)
    if isinstance(game, ExtensiveGame):
        return check(game, solution)
    from alliance_games.certificates.logit_play import check as check_play

    return check_play(game, solution)


CONCEPT = Concept(
    name="logit",
    title="Logit quantal response",
    cites=("McKelvey and Palfrey 1995, 1998", "Turocy 2005, 2010"),
    summary=(
        "Every player chooses (in a tree at each information set) with probabilities whose "
        "log-odds are a precision times the difference in expected payoff: better actions are "
        "likelier, and the more so, the higher the precision."
    ),
    games=("normal", "anonymous", "extensive"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    order=70,
)
