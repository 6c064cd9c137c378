"""How sure of each other the players must be for each pure equilibrium to hold."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure_profile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, CountPoint, Fact, Point, Solution

HALF = Fraction(1, 2)
METHOD = "the worst belief of each player for each of her other strategies"


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The pure equilibria, each with the least p for which it is p-dominant."""
    found = _by_counts(game, budget) if isinstance(game, AnonymousGame) else _listed(game, budget)
    for told, one in enumerate(found):
        if told == budget.listed:
            because = f"the first {told:,} pure equilibria are listed, and there are more"
            return Conclusion(Coverage.SOME, because, METHOD)
        yield one
    because = "every pure equilibrium was looked at, and every belief of every player"
    return Conclusion(Coverage.ALL, because, METHOD)


def _listed(game: NormalGame, budget: Budget) -> Iterator[Solution]:
    from alliance_games.algorithms.belief_thresholds import in_normal_form
    from alliance_games.algorithms.pure_equilibria import equilibrium_positions, profile_at

    for position in equilibrium_positions(game, budget.tick):
        each = in_normal_form(game, position, budget.tick)
        properties: dict[str, Fact] = {"p": max(each), "1/2-dominant": max(each) <= HALF}
        for player, p in zip(game.players, each, strict=True):
            properties[f"p of {player}"] = p
        profile = profile_at(game, position)
        yield Point(pure_profile(profile, game.shape), game.payoffs(profile), properties)


def _by_counts(game: AnonymousGame, budget: Budget) -> Iterator[Solution]:
    from alliance_games.algorithms import belief_thresholds, counting
    from alliance_games.algorithms.role_counts import payoffs_at

    for _, outcomes in counting.equilibria(game, budget.tick):
        for outcome in outcomes:
            each = belief_thresholds.by_counts(game, outcome.counts, budget.tick)
            p = max(one for row in each for one in row if one is not None)
            yield CountPoint(
                outcome.counts,
                outcome.profiles,
                payoffs_at(game, outcome.counts),
                {"p": p, "1/2-dominant": p <= HALF},
            )


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold each player's part to every belief that is sure to the degree p."""
    from alliance_games.certificates.p_dominance import check_p_dominance

    return check_p_dominance(game, solution)


CONCEPT = Concept(
    name="p-dominance",
    title="Pure equilibria and their p-dominance",
    cites=("Morris, Rob and Shin 1995",),
    summary=(
        "Each pure equilibrium with the least p for which everybody's part in it is a best reply "
        "to every belief that the others play theirs with probability p or more."
    ),
    games=("normal", "anonymous"),
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=52,
)
