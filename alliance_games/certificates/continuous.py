"""Is each player's number best against the others' numbers? From the definition, by her payoff.

With rational choices and payoffs of plain arithmetic the payoff's distance from what she has is one
polynomial on every part of her range, and it is never above zero: decided by its own roots. In
other cases the range is cut into intervals until bounds that hold for every number of them show
that no choice pays more than a trifle above what she has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from alliance_games.certificates.continuous_exact import NotPlain, never_above, value_at
from alliance_games.certificates.continuous_search import largest_gain, payoff_near
from alliance_games.certificates.formula_values import NotAFormula, holds
from alliance_games.exact.algebraic import Algebraic, Exact
from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.named.continuous import ChoiceContinuum, ChoiceEquilibrium
from alliance_games.results.solutions import Certificate, Solution

TOLERANCE = Fraction(1, 10**12)
"""How much a deviation may seem to gain, in proportion to the payoff, where it is bounded only."""

SEARCHED = Fraction(1, 10**9)
"""The same where the choices themselves are approximations."""


def check(game: ContinuousGame, solution: Solution) -> Certificate:
    """Hold an equilibrium, or a continuum of them by its points, to the definition."""
    if isinstance(solution, ChoiceEquilibrium):
        return check_profile(game, solution.choices, solution.payoffs, solution.properties)
    if isinstance(solution, ChoiceContinuum):
        return _check_continuum(game, solution)
    return Certificate(False, f"a {solution.kind} is no answer to this question")


def check_profile(
    game: ContinuousGame,
    choices: Mapping[str, float | Fraction],
    payoffs: Mapping[str, float | Fraction],
    properties: Mapping[str, object],
) -> Certificate:
    """No player gains by another number of her range (Nash 1951)."""
    point = _point(game, choices)
    if point is None or set(payoffs) != set(game.players):
        return Certificate(False, "it is no profile of choices in their ranges")
    if "interior" in properties:
        inside = all(
            number not in (choice.low, choice.high)
            for number, choice in zip(point, game.choices, strict=True)
        )
        if properties["interior"] != inside:
            return Certificate(False, "whether every choice is inside its range is told wrongly")
    is_near = any(isinstance(number, float) for number in choices.values())
    greatest, claims = Fraction(0), set()
    strict = True
    for player, name in enumerate(game.players):
        gain, alone, claim = _deviations(game, player, point, payoffs[name], is_near)
        if gain is None:
            return Certificate(False, claim)
        greatest = max(greatest, gain)
        claims.add(claim)
        strict = strict and alone is not False
    if properties.get("strict") is True and not strict:
        return Certificate(False, "another choice pays some player as much")
    if properties.get("strict") is False and _alone(game, point):
        return Certificate(False, "every other choice of every player pays less")
    return Certificate(True, "; ".join(sorted(claims)), greatest)


def _point(
    game: ContinuousGame, choices: Mapping[str, float | Fraction]
) -> tuple[Exact, ...] | None:
    if set(choices) != set(game.players):
        return None
    point = tuple(_exact(choices[name]) for name in game.players)
    holds = all(choice.holds(number) for choice, number in zip(game.choices, point, strict=True))
    return point if holds else None


def _exact(number: float | Fraction) -> Exact:
    return Fraction(number) if isinstance(number, float) else number


def _deviations(
    game: ContinuousGame,
    player: int,
    point: Sequence[Exact],
    stated: float | Fraction,
    is_near: bool,
) -> tuple[Fraction | None, bool | None, str]:
    """What the best deviation of a player gains, at most; whether every other choice pays less
    (None: not told); and what was looked at. None as a gain: the profile is refuted."""
    name = game.players[player]
    if not any(isinstance(number, Algebraic) for number in point):
        try:
            own = value_at(game, player, point)
            if own != stated:
                return None, None, f"the payoff of {name} is {own}, not {stated}"
            verdict = never_above(game, player, point, own)
            if not verdict.holds:
                return None, None, f"{name} gains by another choice"
            claim = "the payoff of every choice in each player's range was compared, exactly"
            return Fraction(0), verdict.alone, claim
        except NotPlain:
            pass
    near = payoff_near(game, player, point)
    if near is None or not _agree(near, stated):
        return None, None, f"the payoff of {name} is not {stated}"
    found = largest_gain(game, player, point, SEARCHED if is_near else TOLERANCE)
    if found.gain is None:
        return None, None, f"{name} gains by another choice, near {found.at:.6g}"
    return found.gain, None, found.claim


def _agree(near: Fraction, stated: float | Fraction) -> bool:
    gap = abs(float(near) - float(stated))
    return gap <= 1e-9 * max(1.0, abs(float(near)))


def _alone(game: ContinuousGame, point: Sequence[Exact]) -> bool:
    """Whether it is sure that every other choice of every player pays less."""
    if any(isinstance(number, Algebraic) for number in point):
        return False
    try:
        return all(
            never_above(game, player, point, value_at(game, player, point)).alone
            for player in range(len(point))
        )
    except NotPlain:
        return False


def _check_continuum(game: ContinuousGame, found: ChoiceContinuum) -> Certificate:
    """The point given, every corner, the middles between corners and the middle of all."""
    if not 0 < found.dimension <= len(game.players):
        return Certificate(False, "a continuum has a dimension, at most that of the profiles")
    first = check_profile(game, found.choices, found.payoffs, {})
    if not first.verified:
        return first
    names = [str(symbol) for symbol in game.symbols]
    for place in (found.choices, *found.corners):
        values = {
            name: _exact(place[player]) for name, player in zip(names, game.players, strict=True)
        }
        if not all(_meets(condition, values) for condition in found.conditions):
            return Certificate(False, "a point of the continuum breaks one of its conditions")
    for place in _places(game, found.corners):
        point = _point(game, place)
        if point is None:
            return Certificate(False, "a corner is no profile of choices in their ranges")
        for player in range(len(point)):
            if not is_best_reply(game, player, point):
                return Certificate(False, f"{game.players[player]} would leave a corner")
    claim = "its corners, the middles between them and its inner point were held to the definition"
    return Certificate(True, claim if found.corners else first.claim, first.largest_gain)


def is_equilibrium(game: ContinuousGame, choices: Mapping[str, float | Fraction]) -> bool:
    """Whether nobody gains by another number, exactly or to within the tolerance."""
    point = _point(game, choices)
    return point is not None and all(
        is_best_reply(game, player, point) for player in range(len(point))
    )


def payoff_is(
    game: ContinuousGame, player: int, point: Sequence[Exact], stated: float | Fraction
) -> bool:
    """Whether a player's payoff is what it is said to be."""
    try:
        if not any(isinstance(number, Algebraic) for number in point):
            return value_at(game, player, point) == stated
    except NotPlain:
        pass
    near = payoff_near(game, player, point)
    return near is not None and _agree(near, stated)


def is_best_reply(game: ContinuousGame, player: int, point: Sequence[Exact]) -> bool:
    """Whether the player's choice is best, exactly or to within the tolerance."""
    try:
        if not any(isinstance(number, Algebraic) for number in point):
            return never_above(game, player, point, value_at(game, player, point)).holds
    except NotPlain:
        pass
    if payoff_near(game, player, point) is None:
        return False
    searched = any(
        not isinstance(number, Algebraic) and number.denominator > 2**40 for number in point
    )
    tolerance = SEARCHED if searched else TOLERANCE
    return largest_gain(game, player, point, tolerance).gain is not None


def _meets(condition: str, values: Mapping[str, Fraction]) -> bool:
    """Whether numbers meet a condition as it is written, strict ones also at their edge."""
    try:
        return holds(condition, values) or (
            any(sign in condition for sign in (" > ", " < "))
            and holds(condition.replace(" > ", " = ").replace(" < ", " = "), values)
        )
    except NotAFormula:
        return False


def _places(
    game: ContinuousGame, corners: Sequence[Mapping[str, Fraction]]
) -> list[Mapping[str, Fraction]]:
    middles = [
        {name: (one[name] + other[name]) / 2 for name in game.players}
        for place, one in enumerate(corners)
        for other in corners[:place]
    ]
    return [*corners, *middles]
