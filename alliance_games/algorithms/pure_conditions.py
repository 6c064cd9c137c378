"""Pure equilibria and what selects among equilibria, over any ordered field.

Written for ``Concept.conditions`` (see ``results.ordered``): everything is learnt from signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alliance_games.model.profiles import PureProfile, as_pure, pure_profile
from alliance_games.results.ordered import Signs
from alliance_games.results.solutions import Component, Point, Selection, Solution


def pure_equilibria(game: Any, signs: Signs) -> Iterator[Point]:
    """The pure equilibria, in the order of the profiles."""
    for profile in game.profiles():
        if is_equilibrium(game, profile, signs):
            yield Point(pure_profile(profile, game.shape), game.payoffs(profile))


def is_equilibrium(game: Any, profile: PureProfile, signs: Signs) -> bool:
    """Whether no player gains by deviating alone; the first who does ends the questions."""
    return not any(signs.is_positive(gain) for _, _, gain in deviations(game, profile))


def is_strict(game: Any, profile: PureProfile, signs: Signs) -> bool:
    """Whether every player loses by deviating alone."""
    return all(signs.is_negative(gain) for _, _, gain in deviations(game, profile))


def deviations(game: Any, profile: PureProfile) -> Iterator[tuple[int, int, Any]]:
    """Every player's every other strategy, with what she gains by it."""
    for player, size in enumerate(game.shape):
        here = game.payoff(player, profile)
        for other in range(size):
            if other != profile[player]:
                away = (*profile[:player], other, *profile[player + 1 :])
                yield player, other, game.payoff(player, away) - here


def efficient(game: Any, signs: Signs) -> Iterator[Point]:
    """The pure profiles that no other pure one dominates, in order (Pareto 1906)."""
    profiles = [(profile, game.payoffs(profile)) for profile in game.profiles()]
    for profile, payoffs in profiles:
        others = (other for place, other in profiles if place != profile)
        if not any(_exceeds(other, payoffs, signs) for other in others):
            yield Point(pure_profile(profile, game.shape), payoffs)


def risk_dominance(game: Any, signs: Signs) -> Iterator[Selection]:
    """The strict equilibrium of two players with the greater products of deviation losses.

    Nothing where there are not two of them (Harsanyi and Selten 1988).
    """
    strict = [profile for profile in game.profiles() if is_strict(game, profile, signs)]
    if len(strict) < 2:
        return
    picked = None
    for one in strict:
        others = (other for other in strict if other != one)
        if all(signs.is_positive(lead(game, one, other)) for other in others):
            picked = one
            break
    yield Selection(picked, tuple(strict), {}, "")


def lead(game: Any, one: PureProfile, other: PureProfile) -> Any:
    """By how much the product of losses at ``one`` exceeds that at ``other``."""
    return _product(game, one, other) - _product(game, other, one)


def thresholds(game: Any, one: PureProfile, other: PureProfile) -> tuple[Any, Any]:
    """How likely each player must find it that the opponent plays her part of ``one``, so as to be
    willing to play his own of it rather than that of ``other``, both strict equilibria."""
    first = losses(game, one, other)
    second = losses(game, other, one)
    return second[0] / (first[0] + second[0]), second[1] / (first[1] + second[1])


def losses(game: Any, here: PureProfile, there: PureProfile) -> tuple[Any, Any]:
    """What each of two players loses at ``here`` by moving alone to her part of ``there``."""
    return (
        game.payoff(0, here) - game.payoff(0, (there[0], here[1])),
        game.payoff(1, here) - game.payoff(1, (here[0], there[1])),
    )


def _product(game: Any, here: PureProfile, there: PureProfile) -> Any:
    first, second = losses(game, here, there)
    return first * second


def payoff_dominance(game: Any, signs: Signs) -> Iterator[Selection]:
    """The pure isolated equilibrium that gives all players at least as much as every other."""
    from alliance_games.algorithms.nash_conditions import equilibria

    candidates = list(_candidates(equilibria(game, signs)))
    compared = tuple(sorted(p for p in (as_pure_profile(c[0]) for c in candidates) if p))
    best = next((c for c in candidates if _best(c, candidates, signs)), None)
    picked = as_pure_profile(best[0]) if best is not None and best[2] else None
    yield Selection(picked, compared, {}, "")


def _candidates(solutions: Iterator[Solution]) -> Iterator[tuple[Any, Any, bool]]:
    for solution in solutions:
        if isinstance(solution, Point):
            yield solution.profile, solution.payoffs, True
        elif isinstance(solution, Component):
            for profile, payoffs in zip(solution.extreme_points, solution.payoffs, strict=True):
                yield profile, payoffs, False


def _best(one: tuple[Any, Any, bool], candidates: list[Any], signs: Signs) -> bool:
    return all(other is one or _exceeds(one[1], other[1], signs) for other in candidates)


def _exceeds(first: Any, second: Any, signs: Signs) -> bool:
    """At least as much for everybody, and more for somebody."""
    if any(signs.is_negative(a - b) for a, b in zip(first, second, strict=True)):
        return False
    return any(signs.is_positive(a - b) for a, b in zip(first, second, strict=True))


def as_pure_profile(profile: Any) -> PureProfile | None:
    """The indices of a pure profile, told by its zeros and ones alone; None for a mixed one."""
    if all(all(isinstance(p, int) or _plain(p) for p in mixed) for mixed in profile):
        return as_pure(profile)
    return None


def _plain(number: Any) -> bool:
    from fractions import Fraction

    return isinstance(number, Fraction)
