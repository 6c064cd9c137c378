"""Best replies to the numbers of one other player: a curve, at even steps and as a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor, log10

from alliance_games.algorithms.continuous_elimination import Closed, reply_formula
from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.algorithms.continuous_line import Line
from alliance_games.algorithms.continuous_statics import NotSmooth, condition_at
from alliance_games.algorithms.continuous_values import Worth, compared, worth
from alliance_games.exact.algebraic import Algebraic, Exact
from alliance_games.exact.forms import NotAForm
from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.named.continuous import ChoiceEquilibrium, Reply, ReplyCurve
from alliance_games.results.result import Conclusion, Coverage, Result

STEPS = 12
FAR = Fraction(10)
SEARCH = "best replies by grid and refinement"
METHOD = "the greatest of all humps of the payoff along the player's range"


def best(prepared: Prepared, player: int, point: Sequence[Exact]) -> list[Exact]:
    """All choices (as roots, see Prepared) that are best against the others' in ``point``.

    Of a stretch of equally good ones, its ends. None where the greatest payoff is only tended to.
    """
    line = Line(prepared, player, point)
    top: Worth | None = None
    places: list[tuple[Exact | None, bool]] = []
    for hump in line.humps():
        if any(reached and place == hump.place for place, reached in places):
            continue
        form = prepared.pieces[player][hump.piece].form
        value = worth(form, line.along, hump.place, hump.side)
        verdict = 1 if top is None else compared(value, top)
        reached = hump.place is not None and (
            hump.side == 0 or line.joins(hump.piece, hump.piece, hump.place)
        )
        if verdict == 1:
            top, places = value, []
        if verdict in (0, 1):
            places.append((hump.place, reached))
    found: list[Exact] = []
    for place, reached in places:
        if place is not None and reached and place not in found:
            found.append(place)
    return sorted(found)


Replier = Callable[[int, Fraction], tuple[float | Fraction, ...]]
"""What is best for a player against a number of the other."""


def answers(game: ContinuousGame, equilibria: Result, budget: Budget) -> Answers:
    """Each player's curve."""
    replies, method = _replier(game, budget)
    points = [one for one in equilibria.solutions if isinstance(one, ChoiceEquilibrium)]
    wholes = [_curve(game, player, _whole(game, 1 - player), replies) for player in (0, 1)]
    for player in (0, 1):
        window = _window(game, 1 - player, wholes[1 - player])
        curve = _curve(game, player, window, replies)
        formula = "" if method == SEARCH else _formula(game, player, points)
        yield ReplyCurve(player=game.players[player], formula=formula, replies=curve)
    because = f"the curves are told at {STEPS + 1} numbers of the other player each"
    tolerance = Fraction(1, 10**9) if method == SEARCH else None
    return Conclusion(Coverage.SOME, because, method, tolerance=tolerance)


def _replier(game: ContinuousGame, budget: Budget) -> tuple[Replier, str]:
    """Exact replies where the payoffs allow it, else those that a search finds."""
    try:
        prepared = Prepared(game, budget.tick)
    except NotAForm:
        from alliance_games.algorithms.continuous_numeric import Search

        search = Search(game, budget)

        def near(player: int, to: Fraction) -> tuple[float | Fraction, ...]:
            budget.tick()
            return (search.best(player, (float(to), float(to))),)

        return near, SEARCH

    def exactly(player: int, to: Fraction) -> tuple[float | Fraction, ...]:
        budget.tick()
        inward = prepared.inward(1 - player, to)
        found = best(prepared, player, [inward, inward])
        return tuple(prepared.outward(player, one) for one in found)

    return exactly, METHOD


def _curve(
    game: ContinuousGame, player: int, extent: tuple[Fraction, Fraction], replies: Replier
) -> tuple[Reply, ...]:
    """The player's replies at even steps over part of the other's range."""
    low, high = extent
    steps = [low + (high - low) * k / STEPS for k in range(STEPS + 1)] if low < high else [low]
    return tuple(Reply(to, replies(player, to)) for to in steps)


def _whole(game: ContinuousGame, player: int) -> tuple[Fraction, Fraction]:
    """The player's range; of one without end, a part."""
    choice = game.choices[player]
    low = choice.low if choice.low is not None else (choice.high or Fraction(0)) - FAR
    return low, choice.high if choice.high is not None else low + FAR


def _window(game: ContinuousGame, player: int, curve: Sequence[Reply]) -> tuple[Fraction, Fraction]:
    """The part of the player's range from its low end in which her own replies lie."""
    low, high = _whole(game, player)
    numbers = [float(one) for reply in curve for one in reply.choices]
    reach = 1.25 * (max(numbers, default=float(high)) - float(low))
    if reach <= 0:
        return low, high
    size = Fraction(10) ** floor(log10(reach))
    for factor in (1, 2, 5, 10):
        if factor * size >= reach:
            end = low + factor * size
            return low, end if game.choices[player].high is None else min(high, end)
    return low, high


def _formula(game: ContinuousGame, player: int, points: Sequence[ChoiceEquilibrium]) -> str:
    """The reply as a formula, found at an equilibrium in which the player is inside her range."""
    for one in points:
        numbers = [one.choices[name] for name in game.players]
        if any(isinstance(number, float | Algebraic) for number in numbers):
            continue
        exact = [Fraction(number) for number in numbers]
        choice = game.choices[player]
        if exact[player] in (choice.low, choice.high):
            continue
        try:
            condition, names, point = condition_at(game, exact, player)
        except NotSmooth:
            continue
        ratio = reply_formula(condition, player, point)
        if ratio is not None:
            return Closed(names, {player: ratio}, point).text(player)
    return ""
