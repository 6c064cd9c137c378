"""All Bayesian Nash equilibria: every type of every player replies best, given her beliefs."""

from __future__ import annotations

from alliance_games.model.bayesian import bayesian_view
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: ExtensiveGame) -> str | None:
    """Types drawn by chance, then one hidden move by each player."""
    if bayesian_view(game) is None:
        return (
            "it is asked of Bayesian games: chance draws the players' types, and then each moves "
            "once, seeing nobody else's move"
        )
    return None


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """Every equilibrium, with what each type expects in it."""
    from alliance_games.algorithms.interim import described
    from alliance_games.algorithms.tree_answers import answers

    view = bayesian_view(game)
    assert view is not None
    found = answers(game, budget)
    while True:
        try:
            one = next(found)
        except StopIteration as stop:
            conclusion: Conclusion = stop.value
            return conclusion
        yield described(view, one)


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Compute every type's expectation from each of her actions."""
    from alliance_games.certificates.bayesian_nash import check

    return check(game, solution)


CONCEPT = Concept(
    name="bayesian-nash",
    title="Bayesian Nash equilibria",
    cites=("Harsanyi 1967",),
    summary="Strategies by type such that every type replies best, given what she believes.",
    games=("extensive",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    default=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=12,
)
