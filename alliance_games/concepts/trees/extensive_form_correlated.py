"""The extensive-form correlated equilibrium with the largest sum of payoffs."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

MOST_PROFILES = 1_000
"""Profiles of reduced plans up to which the program is written down."""


def accepts(game: ExtensiveGame) -> str | None:
    """None with perfect recall; else which nodes break it."""
    return game.forgetting()


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """One equilibrium with the largest sum of payoffs."""
    from alliance_games.algorithms.correlated_plans import CorrelatedPlay
    from alliance_games.results.tree_solutions import Correlated
    from alliance_games.transforms.normal_form import reduced_normal_form

    try:
        form = reduced_normal_form(game, max_profiles=MOST_PROFILES)
    except ValueError as error:
        raise LimitReached(str(error)) from error
    plans = [
        [tuple(plan.get(index, -1) for index in range(len(game.sets))) for plan in own]
        for own in form.plans
    ]
    play = CorrelatedPlay(game, plans)
    outcome = play.best([Fraction(1)] * len(game.players), budget.tick)
    drawn: dict[tuple[int, ...], Fraction] = {}
    reached: dict[int, Fraction] = {}
    for k, profile in enumerate(play.profiles):
        if not outcome.primal[k]:
            continue
        whole = tuple(max(own) for own in zip(*profile, strict=True))
        drawn[whole] = drawn.get(whole, Fraction(0)) + outcome.primal[k]
        for ending, allowed in zip(play.endings, play.allowed, strict=True):
            if all(k in own for own in allowed):
                before = reached.get(ending.node, Fraction(0))
                reached[ending.node] = before + outcome.primal[k] * ending.probability
    payoffs = tuple(
        sum((p * game.payoffs(end)[player] for end, p in reached.items()), Fraction(0))
        for player in range(len(game.players))
    )
    yield Correlated(
        "welfare-best",
        tuple(sorted(drawn.items(), reverse=True)),
        payoffs,
        tuple(sorted(reached.items())),
        {"welfare": sum(payoffs, Fraction(0))},
    )
    because = (
        "a linear program over all correlated play was solved exactly; others may have the same "
        "sum of payoffs"
    )
    return Conclusion(Coverage.SOME, because, "linear program over profiles of plans")


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Try every plan of disobedience, and bound welfare by a program of another form."""
    from alliance_games.certificates.correlated_plans import check
    from alliance_games.results.tree_solutions import Correlated

    assert isinstance(solution, Correlated)
    return check(game, solution)


CONCEPT = Concept(
    name="extensive-form-correlated",
    title="Extensive-form correlated equilibrium, welfare-best",
    cites=("von Stengel and Forges 2008",),
    summary=(
        "A mediator draws a plan for each player and tells her, at each information set she "
        "reaches, what to do there; nobody gains by disobeying, after which she is told no more."
    ),
    games=("extensive",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    order=60,
)
