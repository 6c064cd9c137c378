"""Payoff dominance: the equilibrium that everybody prefers to all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from alliance_games.certificates.selection import check_payoff_dominance
from alliance_games.exact.numerals import number
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs, Profile, PureProfile, as_pure
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Component, Point, Selection, Solution

METHOD = "comparison of the payoffs at all equilibria"


class _Candidate(NamedTuple):
    """An equilibrium, or a corner of a continuum of them; only the former can be picked."""

    profile: Profile
    payoffs: Payoffs
    isolated: bool


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The selection, or nothing where not all equilibria are known."""
    nash = needed["nash"]
    if nash.coverage is not Coverage.ALL:
        return Conclusion(Coverage.UNKNOWN, "not all equilibria are known", METHOD)
    if not all(map(_told_by_corners, nash.solutions)):
        because = "a continuum of equilibria is not told by its corners"
        return Conclusion(Coverage.UNKNOWN, because, METHOD)
    candidates = [one for solution in nash.solutions for one in _candidates(solution)]
    compared = tuple(sorted(filter(None, (as_pure(one.profile) for one in candidates))))
    best = next((one for one in candidates if _dominates_all(one, candidates)), None)
    picked = as_pure(best.profile) if best is not None and best.isolated else None
    numbers: dict[str, Fraction] = {}
    if best is not None and picked is not None:
        pairs = zip(game.players, best.payoffs, strict=True)
        numbers = {f"payoff of {player}": payoff for player, payoff in pairs}
    reason = _reason(game, best, picked, candidates)
    yield Selection(picked, compared, numbers, reason)
    return Conclusion(Coverage.ALL, "every equilibrium was compared with every other", METHOD)


def _told_by_corners(solution: Solution) -> bool:
    """Whether payoffs at what is listed bound those at all of it: products of hulls do that."""
    return all(family.hull for family in getattr(solution, "families", ()))


def _candidates(solution: Solution) -> Iterator[_Candidate]:
    if isinstance(solution, Point):
        yield _Candidate(solution.profile, solution.payoffs, isolated=True)
    elif isinstance(solution, Component):
        # What is better than the extreme points of a continuum is better than all of it.
        for profile, payoffs in zip(solution.extreme_points, solution.payoffs, strict=True):
            yield _Candidate(profile, payoffs, isolated=False)
    elif solution.kind == "component":
        for point in getattr(solution, "points", ()):
            yield _Candidate(point.profile, point.payoffs, isolated=False)


def _dominates_all(one: _Candidate, candidates: list[_Candidate]) -> bool:
    return all(
        other is one
        or (
            other.payoffs != one.payoffs
            and all(a >= b for a, b in zip(one.payoffs, other.payoffs, strict=True))
        )
        for other in candidates
    )


def _equals_best(one: _Candidate, candidates: list[_Candidate]) -> bool:
    """Whether it gives every player at least as much as each other one, if not always more."""
    return all(
        a >= b for other in candidates for a, b in zip(one.payoffs, other.payoffs, strict=True)
    )


def _gets(game: NormalGame, one: _Candidate) -> str:
    return " and ".join(
        f"{player} {number(value)}" for player, value in zip(game.players, one.payoffs, strict=True)
    )


def _reason(
    game: NormalGame,
    best: _Candidate | None,
    picked: PureProfile | None,
    candidates: list[_Candidate],
) -> str:
    """The comparison in one sentence."""
    if best is None:
        equals = next((one for one in candidates if _equals_best(one, candidates)), None)
        if equals is None:
            return "No equilibrium gives every player at least as much as each of the others."
        return (
            f"Several equilibria give {_gets(game, equals)}: at least as much for every player as "
            "any other, and none of them more than the rest."
        )
    gets = _gets(game, best)
    if picked is None:
        what = "equilibrium in mixed strategies" if best.isolated else "corner of a continuum"
        if len(candidates) == 1:
            return f"The only equilibrium is in mixed strategies and gives {gets}."
        why = "pure" if as_pure(best.profile) is None else "isolated"
        return f"The {what} that gives {gets} is better than every other, and it is not {why}."
    name = f"({', '.join(game.names(picked))})"
    if len(candidates) == 1:
        return f"{name} is the only equilibrium; it gives {gets}."
    return (
        f"{name} gives {gets}: at least as much for every player as any other equilibrium, "
        "and more for some."
    )


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Compare the payoffs again."""
    return check_payoff_dominance(game, solution, needed)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The comparison of payoffs at all equilibria of two players."""
    from alliance_games.algorithms.pure_conditions import payoff_dominance

    return payoff_dominance(game, signs)


CONCEPT = Concept(
    name="payoff-dominance",
    title="Payoff dominance",
    cites=("Harsanyi and Selten 1988",),
    summary=(
        "The pure equilibrium that gives every player at least as much as any other equilibrium, "
        "and some player more than each of them."
    ),
    games=("normal",),
    needs=("nash",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=lambda game: game.has_few_supports,
    invariances=("relabelling", "positive affine payoffs", "adding a strictly dominated strategy"),
    order=50,
)
