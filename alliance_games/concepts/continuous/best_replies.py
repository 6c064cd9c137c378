"""Best-reply curves of two players who choose numbers."""

from __future__ import annotations

from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: ContinuousGame) -> str | None:
    """Two players who choose at once."""
    if game.order:
        return "the players choose one after another here"
    if len(game.players) == 2:
        return None
    number = len(game.players)
    return f"curves are of two players, and this game has {'one' if number == 1 else number}"


def solve(game: ContinuousGame, needed: Needed, budget: Budget) -> Answers:
    """A curve for each player."""
    from alliance_games.algorithms.continuous_replies import answers

    return (yield from answers(game, needed["pure-nash"], budget))


def verify(game: ContinuousGame, solution: Solution, needed: Needed) -> Certificate:
    """Compare each reply with every other choice."""
    from alliance_games.certificates.continuous_replies import check
    from alliance_games.results.named.continuous import ReplyCurve

    assert isinstance(solution, ReplyCurve)
    return check(game, solution)


CONCEPT = Concept(
    name="best-replies",
    title="Best replies",
    cites=("Cournot 1838",),
    summary=(
        "What each of two players best chooses against every number of the other: where the two "
        "curves cross, both reply best and there is an equilibrium."
    ),
    games=("continuous",),
    accepts=accepts,
    needs=("pure-nash",),
    solve=solve,
    verify=verify,
    default=True,
    order=262,
)
