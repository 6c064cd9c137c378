"""One equilibrium of a game of three players or more: a pure one, else a mixed one.

Without a pure equilibrium the principal branch of logit equilibria is followed from uniform choice
to a high precision (McKelvey and Palfrey 1995; Turocy 2005). Which strategies it uses in the limit
is read off, and the indifference equations of these supports are solved exactly. Where that does
not succeed the limit is given in rationals, with the most that a player could gain there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.algorithms.indifference import Candidate, Indifference, Supports
from alliance_games.algorithms.logit_branches import principal_branch
from alliance_games.algorithms.logit_equations import LogitEquations
from alliance_games.algorithms.multilinear_roots import number_of_roots
from alliance_games.algorithms.normal_equilibria import WITHIN, Search
from alliance_games.algorithms.normal_facts import facts, payoffs, replies
from alliance_games.algorithms.pure_equilibria import equilibrium_positions, profile_at
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile, pure_profile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Point

MOST_ROOTS = 500
"""Complex solutions of the indifference equations up to which these are solved."""

UNUSED = (1e-3, 1e-5, 1e-7)
"""Probabilities in the limit below which a strategy is taken for unused, tried in turn."""

GAIN = "largest gain"
"""The property by which an approximate equilibrium says how far it is from being one."""


def one_equilibrium(game: NormalGame, budget: Budget) -> Answers:
    """A pure equilibrium if there is one, else a mixed one, else one that is nearly so."""
    why = (
        "one equilibrium was asked for; whether there are others was not looked at"
        if budget.one
        else "there are too many profiles of supports to go through all; one equilibrium is given"
    )
    positions = equilibrium_positions(game, budget.tick)
    if len(positions):
        profile = pure_profile(profile_at(game, positions[0]), game.shape)
        answers = [replies(game, player, profile) for player in range(len(profile))]
        told = facts(game, profile, answers)
        yield Point(profile, payoffs(game, profile, answers), told)
        return Conclusion(Coverage.SOME, why, "every pure profile was looked at")
    method = "the principal branch of logit equilibria, its limit settled"
    end = principal_branch(LogitEquations(game), budget.tick, ()).end
    for supports in _supports(end):
        found = _settled(game, supports, budget)
        if found is not None:
            yield found
            within = found.properties.get(WITHIN)
            tolerance = within if isinstance(within, Fraction) else None
            return Conclusion(Coverage.SOME, why, method, (), tolerance)
    point, gain = _near(game, end)
    yield point
    because = f"{why}; it is approximate, and nobody can gain more than is said"
    return Conclusion(Coverage.SOME, because, method, (), gain)


def _supports(end: Sequence[Sequence[float]]) -> Iterator[Supports]:
    """What is used in the limit, by several thresholds."""
    seen = []
    for least in UNUSED:
        supports = tuple(tuple(k for k, p in enumerate(mixed) if p > least) for mixed in end)
        if supports not in seen:
            seen.append(supports)
            yield supports


def _settled(game: NormalGame, supports: Supports, budget: Budget) -> Point | None:
    """An equilibrium on supports, proven; None where none was found."""
    sizes = [len(own) for own in supports if len(own) > 1]
    if number_of_roots(sizes) > MOST_ROOTS:
        return None
    search = Search(game, None, budget.tick)
    for one in Indifference(game, budget.tick).solve([supports]):
        if isinstance(one, Candidate):
            search.settle(one)
    return search.found[0] if search.found else None


def _near(game: NormalGame, end: Sequence[Sequence[float]]) -> tuple[Point, Fraction]:
    """The limit in rationals, with the most that a player could gain there."""
    profile: list[tuple[Fraction, ...]] = []
    for mixed in end:
        rounded = [Fraction(round(p * 10**12), 10**12) for p in mixed]
        largest = max(range(len(rounded)), key=rounded.__getitem__)
        rounded[largest] += 1 - sum(rounded)
        profile.append(tuple(rounded))
    told: Profile = tuple(profile)
    answers = [replies(game, player, told) for player in range(len(told))]
    gets = payoffs(game, told, answers)
    gain = max(
        max(values) / over - got
        for values, over, got in zip(answers, game.denominators, gets, strict=True)
    )
    return Point(told, gets, {"pure": False, GAIN: gain}), gain
