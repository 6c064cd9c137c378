"""Best replies to the numbers of one other player: a curve, at even steps and as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

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
METHOD = "the greatest of all humps of the payoff along the player's range"


def best(prepared: Prepared, player: int, point: Sequence[Exact]) -> list[Exact]:
    """All choices (as roots, see Prepared) that are best against the others' in ``point``.

    Of a stretch of equally good ones, its ends. None where the greatest payoff is only tended to.
    """
    line = Line(prepared, player, point)
    top: Worth | None = None
    places: list[tuple[Exact | None, bool]] = []
    for hump in line.humps():
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


def answers(game: ContinuousGame, equilibria: Result, budget: Budget) -> Answers:
    """Each player's curve."""
    try:
        prepared = Prepared(game, budget.tick)
    except NotAForm as reason:
        because = f"best replies are not found exactly with {reason} in the payoffs"
        return Conclusion(Coverage.UNKNOWN, because, METHOD)
    points = [one for one in equilibria.solutions if isinstance(one, ChoiceEquilibrium)]
    for player in range(2):
        replies = []
        for to in _steps(game, 1 - player, points):
            budget.tick()
            inward = prepared.inward(1 - player, to)
            point: list[Exact] = [inward, inward]
            chosen = [prepared.outward(player, one) for one in best(prepared, player, point)]
            replies.append(Reply(to, tuple(chosen)))
        formula = _formula(game, player, points)
        yield ReplyCurve(player=game.players[player], formula=formula, replies=tuple(replies))
    because = f"the curves are told at {STEPS + 1} numbers of the other player each"
    return Conclusion(Coverage.SOME, because, METHOD)


def _steps(
    game: ContinuousGame, player: int, points: Sequence[ChoiceEquilibrium]
) -> list[Fraction]:
    """Even steps over the player's range, or over the part of it that holds the equilibria."""
    choice = game.choices[player]
    chosen = [one.choices[game.players[player]] for one in points]
    far = max([FAR, *(Fraction(int(2 * float(number)) + 1) for number in chosen)])
    low = choice.low if choice.low is not None else (choice.high or Fraction(0)) - far
    high = choice.high if choice.high is not None else low + far
    return [low + (high - low) * k / STEPS for k in range(STEPS + 1)]


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
