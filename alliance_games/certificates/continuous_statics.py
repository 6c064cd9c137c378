"""Do the choices move with the parameters as is said?

A step in a parameter, and the step in the choices that the derivatives foretell, leave marginal
payoffs at zero up to the square of the step, and move payoffs as foretold. Formulas are evaluated
at other parameters, and the choices they give are held to the definition of an equilibrium there.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import ctx

from alliance_games.certificates.continuous import is_equilibrium
from alliance_games.certificates.continuous_exact import NotPlain, value_at
from alliance_games.certificates.formula_values import NotAFormula, holds, value_of
from alliance_games.certificates.intervals import (
    ONE,
    ZERO,
    Bounded,
    NoValue,
    bounds,
    exact_range,
)
from alliance_games.exact.expression import Expression
from alliance_games.model.continuous import ContinuousGame
from alliance_games.model.problems import InvalidGame
from alliance_games.results.named.continuous import Response
from alliance_games.results.solutions import Certificate

STEPS = (Fraction(1, 10**5), Fraction(1, 10**8))
BITS = 256
NOTHING = 1e-12


def check(game: ContinuousGame, found: Response) -> Certificate:
    """Hold derivatives and formulas to what they say of the game nearby."""
    if not is_equilibrium(game, found.choices):
        return Certificate(False, "the choices are no equilibrium")
    parameters = {str(node): node for node, _ in game.given}
    by_player = [found.effects, found.gains, found.formulas]
    if any(set(one) != set(game.players) for one in by_player):
        return Certificate(False, "something is not said of every player")
    if any(set(found.effects[player]) != set(parameters) for player in game.players):
        return Certificate(False, "an effect is of something that is no parameter")
    before = ctx.prec
    ctx.prec = BITS
    try:
        for name, node in parameters.items():
            if (wrong := _is_wrong(game, found, name, node)) is not None:
                return Certificate(False, wrong)
    finally:
        ctx.prec = before
    if any(found.formulas.values()) and (wrong := _formulas_are_wrong(game, found)) is not None:
        return Certificate(False, wrong)
    claim = "marginal payoffs stay at zero, to the square of a step in each parameter"
    if any(found.formulas.values()):
        claim += "; the formulas give equilibria at other parameters, too"
    return Certificate(True, claim)


def _is_wrong(game: ContinuousGame, found: Response, name: str, node: Expression) -> str | None:
    """What a step in one parameter shows to be wrong; None for nothing."""
    errors = [_errors(game, found, name, node, step) for step in STEPS]
    for what, far in errors[0].items():
        near = errors[1].get(what)
        # Errors per step shrink with the step: by a factor of 1000 here, if all is right.
        if near is None or not (near <= far / 30 or near <= NOTHING):
            return f"{what} does not move with {name} as is said"
    return None


def _errors(
    game: ContinuousGame, found: Response, name: str, node: Expression, step: Fraction
) -> dict[str, float]:
    """How far everything is from what was foretold, per step."""
    given = dict(game.given)
    given[node] = given[node] + step
    moved = {
        player: found.choices[player] + step * found.effects[player][name]
        for player in game.players
    }
    errors: dict[str, float] = {}
    start = _symbols(game, dict(game.given), found.choices)
    after = _symbols(game, given, moved)
    for place, player in enumerate(game.players):
        symbol, formula = game.symbols[place], game.formulas[place]
        ends = game.ranges[place]
        at_end = [
            end
            for end, value in zip(
                ends, (game.choices[place].low, game.choices[place].high), strict=True
            )
            if end is not None and value == found.choices[player]
        ]
        if at_end:
            gap = bounds(at_end[0], after).value - exact_range(moved[player])
            errors[f"the choice of {player}"] = _size(gap.low, gap.high) / float(step)
        else:
            slope = _slope(formula, after, symbol)
            if slope is None:
                return {}
            errors[f"the choice of {player}"] = _size(slope.low, slope.high) / float(step)
        if name in found.gains[player]:
            gain = bounds(formula, after).value - bounds(formula, start).value
            foretold = exact_range(step * found.gains[player][name])
            gap = gain - foretold
            errors[f"the payoff of {player}"] = _size(gap.low, gap.high) / float(step)
    return errors


def _symbols(
    game: ContinuousGame, given: Mapping[Expression, Fraction], choices: Mapping[str, Fraction]
) -> dict[Expression, Bounded]:
    found = {node: Bounded(exact_range(number), ZERO) for node, number in given.items()}
    for symbol, player in zip(game.symbols, game.players, strict=True):
        found[symbol] = Bounded(exact_range(choices[player]), ZERO)
    return found


def _slope(formula: Expression, symbols: Mapping[Expression, Bounded], own: Expression) -> Any:
    try:
        return bounds(formula, {**symbols, own: Bounded(symbols[own].value, ONE)}).slope
    except NoValue:
        return None


def _size(low: Any, high: Any) -> float:
    return max(abs(float(low.mid())), abs(float(high.mid())))


def _formulas_are_wrong(game: ContinuousGame, found: Response) -> str | None:
    """Whether the formulas give what they should here and at parameters a little away."""
    names = {str(node): node for node, _ in game.given}
    here = {name: dict(game.given)[node] for name, node in names.items()}
    try:
        for player, text in found.formulas.items():
            if text and value_of(text, here) != found.choices[player]:
                return f"the formula for {player} does not give her choice"
        point = tuple(found.choices[player] for player in game.players)
        for place, player in enumerate(game.players):
            paid = found.payoffs.get(player)
            if paid and value_of(paid, here) != value_at(game, place, point):
                return f"the formula for the payoff of {player} does not give it"
        if not all(holds(condition, here) for condition in found.conditions):
            return "a condition does not hold here"
        if all(found.formulas.values()):
            for way in (Fraction(1, 1009), Fraction(-1, 997)):
                values = {
                    name: number + way * (place % 3 + 1) * (abs(number) or 1) / 3
                    for place, (name, number) in enumerate(here.items())
                }
                if not all(holds(condition, values) for condition in found.conditions):
                    continue
                other = game.with_values({names[name]: one for name, one in values.items()})
                choices = {
                    player: value_of(text, values) for player, text in found.formulas.items()
                }
                if not is_equilibrium(other, choices):
                    return "the formulas give no equilibrium at other parameters"
    except (NotAFormula, NotPlain, InvalidGame) as reason:
        return f"a formula cannot be evaluated ({reason})"
    return None
