"""Pure Nash equilibria, for any number of players; also where a choice is a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from alliance_games.algorithms import counting, pareto
from alliance_games.algorithms.pure_equilibria import (
    equilibrium_positions,
    is_strict,
    profile_at,
)
from alliance_games.algorithms.role_counts import payoffs_at
from alliance_games.certificates.pure_nash import check
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.profiles import pure_profile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, CountPoint, Fact, Point, Solution, Tally

if TYPE_CHECKING:
    from alliance_games.model.continuous import ContinuousGame
    from alliance_games.model.linear_quadratic import LinearQuadraticGame

WHAT = "pure Nash equilibria"


def accepts(game: NormalGame | AnonymousGame | OtherForm) -> str | None:
    """Choices that are numbers are made at once."""
    if isinstance(game, OtherForm) and cast("ContinuousGame", game).order:
        asked = ": ask for stackelberg" if len(game.players) == 2 else ""
        return f"the players choose one after another here{asked}"
    return None


def solve(game: NormalGame | AnonymousGame | OtherForm, needed: Needed, budget: Budget) -> Answers:
    """All pure equilibria in the order of the profiles, or as many as are listed and a tally."""
    if isinstance(game, OtherForm):
        from alliance_games.algorithms.continuous_nash import answers

        return (yield from answers(cast("ContinuousGame", game), budget))
    if isinstance(game, AnonymousGame):
        return (yield from _by_counts(game, budget))
    return (yield from _by_profiles(game, budget))


def _by_profiles(game: NormalGame, budget: Budget) -> Answers:
    positions = equilibrium_positions(game, budget.tick)
    listed = positions[: 1 if budget.one else budget.listed]
    judge = pareto.cheap_judge(game, len(listed))
    for position in listed:
        budget.tick()
        profile = profile_at(game, position)
        properties: dict[str, Fact] = {"strict": is_strict(game, position)}
        if judge is not None:
            properties["efficient"] = judge(position)
        yield Point(pure_profile(profile, game.shape), game.payoffs(profile), properties)
    how = "every player's every deviation from every pure profile was compared"
    if len(listed) == len(positions):
        return Conclusion(Coverage.ALL, how, "best responses at every profile")
    if not budget.one:
        yield Tally(len(positions), WHAT)
    return _some(how, len(listed), len(positions), "best responses at every profile")


def _by_counts(game: AnonymousGame, budget: Budget) -> Answers:
    most = 1 if budget.one else budget.listed
    total = listed = listed_profiles = 0
    for profiles, outcomes in counting.equilibria(game, budget.tick):
        total += profiles
        if listed == most:
            continue
        for outcome in outcomes:
            yield CountPoint(
                outcome.counts,
                outcome.profiles,
                payoffs_at(game, outcome.counts),
                {"strict": outcome.strict},
            )
            listed += 1
            listed_profiles += outcome.profiles
            if listed == most:
                break
    how = "every vector of counts was looked at"
    if listed_profiles == total:
        return Conclusion(Coverage.ALL, how, "best replies by counts")
    if not budget.one:
        yield Tally(total, WHAT)
    return _some(how, listed_profiles, total, "best replies by counts")


def _some(how: str, listed: int, total: int, method: str) -> Conclusion:
    return Conclusion(
        Coverage.SOME, f"{how}; of {total} pure equilibria the first {listed} are listed", method
    )


def verify(
    game: NormalGame | AnonymousGame | OtherForm, solution: Solution, needed: Needed
) -> Certificate:
    """Try every deviation again."""
    if isinstance(game, OtherForm):
        from alliance_games.certificates.continuous import check as check_numbers

        return check_numbers(cast("ContinuousGame", game), solution)
    return check(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The pure equilibria, by the signs of what deviations gain."""
    if isinstance(game, OtherForm):
        from alliance_games.algorithms.choice_conditions import equilibria
        from alliance_games.algorithms.contest_conditions import equilibrium
        from alliance_games.model.lottery_contests import LotteryContest

        if isinstance(game, LotteryContest):
            return [equilibrium(game, signs)]
        return equilibria(cast("LinearQuadraticGame", game), signs)
    from alliance_games.algorithms.pure_conditions import pure_equilibria

    return pure_equilibria(game, signs)


CONCEPT = Concept(
    name="pure-nash",
    title="Nash equilibria in pure strategies",
    cites=("Nash 1951",),
    summary="Profiles of pure strategies from which no player gains by deviating alone.",
    games=("normal", "anonymous", "continuous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    ordinal=True,
    default=True,
    unless="nash",
    invariances=("relabelling", "positive affine payoffs", "adding a strictly dominated strategy"),
    order=11,
)
