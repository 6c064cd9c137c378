"""How equilibria in numbers move with the parameters."""

from __future__ import annotations

from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: ContinuousGame) -> str | None:
    """There are parameters, and all choose at once."""
    if game.order:
        return "the players choose one after another here"
    return None if game.given else "the game has no parameters to vary"


def solve(game: ContinuousGame, needed: Needed, budget: Budget) -> Answers:
    """One answer for each equilibrium that moves smoothly."""
    from alliance_games.algorithms.continuous_responses import answers

    return (yield from answers(game, needed["pure-nash"], budget))


def verify(game: ContinuousGame, solution: Solution, needed: Needed) -> Certificate:
    """Take steps in each parameter, and evaluate formulas elsewhere."""
    from alliance_games.certificates.continuous_statics import check
    from alliance_games.results.named.continuous import Response

    assert isinstance(solution, Response)
    return check(game, solution)


CONCEPT = Concept(
    name="comparative-statics",
    title="Comparative statics",
    cites=("Samuelson 1947",),
    summary=(
        "How each choice and payoff in an equilibrium moves with each parameter: the derivatives "
        "at the parameters' values, and the choices as formulas where there are some."
    ),
    games=("continuous",),
    accepts=accepts,
    needs=("pure-nash",),
    solve=solve,
    verify=verify,
    default=True,
    order=261,
)
