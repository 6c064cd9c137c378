"""All Bayesian Nash equilibria: every type of every player replies best, given her beliefs."""

from __future__ import annotations

from alliance_games.model.bayesian import bayesian_view
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: ExtensiveGame) -> str | None:
    """Types drawn by chance, then one hidden move by each player; two players so far."""
    view = bayesian_view(game)
    if view is None:
        return (
            "it is asked of Bayesian games: chance draws the players' types, and then each moves "
            "once, seeing nobody else's move"
        )
    if len(view.players) > 2:
        return (
            f"its equilibria are found for two players so far, and this game has "
            f"{len(view.players)}"
        )
    return None


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """Every equilibrium, with what each type expects in it."""
    from alliance_games.algorithms.interim import described
    from alliance_games.algorithms.sequence_equilibria import all_equilibria
    from alliance_games.algorithms.sequence_one import one_equilibrium
    from alliance_games.algorithms.sequence_solutions import behaviour, solution
    from alliance_games.model.sequence_form import sequence_form

    view = bayesian_view(game)
    assert view is not None
    form = sequence_form(game)
    if budget.one:
        one = one_equilibrium(form, budget.tick)
        if one.plans is None or not one.exact:
            because = "no equilibrium could be settled exactly"
            return Conclusion(Coverage.UNKNOWN, because, one.method)
        yield described(view, behaviour(form, one.plans))
        return Conclusion(Coverage.SOME, one.because, one.method)
    answer = all_equilibria(game, budget.tick, form=form)
    for component in answer.components:
        yield described(view, solution(answer, component))
    return Conclusion(Coverage.ALL, answer.because, answer.method)


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
