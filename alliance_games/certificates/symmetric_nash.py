"""Is a mixed strategy a best reply where all the others use it?

A strategy's payoff is a mean over how many of the others choose what, with binomial weights. Where
the probability is told only nearly, what the first strategy gains has opposite signs at both ends
of the interval said, so that it is zero in between.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import is_distribution
from alliance_games.results.solutions import Certificate, Solution
from alliance_games.results.tree_solutions import Symmetric

CLAIM = "what each strategy gives while all others do this was computed"
CLAIM_NEAR = "the gain from one strategy over the other changes its sign so near"

Game = NormalGame | AnonymousGame


def check(game: Game, solution: Solution) -> Certificate:
    """Hold a symmetric equilibrium to the definition (Nash 1951)."""
    if not isinstance(solution, Symmetric):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    strategy = solution.strategy
    if len(strategy) != 2 or not is_distribution(strategy):
        return Certificate(False, "it is no distribution over the two strategies")
    p, told = strategy[0], solution.properties
    first, second = (_payoff(game, own, p) for own in range(2))
    here = p * first + (1 - p) * second
    gain = max(first, second) - here
    pure = p in (0, 1)
    facts = {"pure": pure, "strict": pure and first != second}
    if any(told.get(name, fact) != fact for name, fact in facts.items()):
        return Certificate(False, "what is said of it does not hold", gain)
    if "told within" in told:
        within = Fraction(told["told within"])
        if not within < min(p, 1 - p):
            return Certificate(False, "the interval reaches to a pure strategy", gain)
        ends = [_payoff(game, 0, end) - _payoff(game, 1, end) for end in (p - within, p + within)]
        # A mean changes by no more than the number of the others times the spread of payoffs.
        spread = max(here, first, second, *_extremes(game)) - min(here, *_extremes(game))
        slack = within * (1 + 4 * len(game.players) * spread)
        near = abs(solution.payoff - here) <= slack
        holds = min(ends) <= 0 <= max(ends) and min(ends) != max(ends) and near
        return Certificate(holds, CLAIM_NEAR, gain)
    return Certificate(gain == 0 and here == solution.payoff, CLAIM, gain)


def _extremes(game: Game) -> tuple[Fraction, Fraction]:
    """The least and the greatest payoff."""
    tables = game.numerators[0] if isinstance(game, AnonymousGame) else game.numerators[:1]
    over = game.denominators[0]
    least, most = min(map(min, tables)), max(map(max, tables))
    return Fraction(least, over), Fraction(most, over)


def _payoff(game: Game, own: int, p: Any) -> Any:
    """What a player gets from a strategy where all the others play the first with probability p."""
    others = len(game.players) - 1
    values = []
    for k in range(others + 1):
        if isinstance(game, AnonymousGame):
            values.append(game.payoff(0, own, (k, others - k)))
        else:
            values.append(game.payoff(0, (own, *[0] * k, *[1] * (others - k))))
    if isinstance(p, Fraction):
        return _mean_of_rational(values, p)
    # Horner's scheme in p, the powers of 1 - p beside it.
    total: Any = Fraction(0)
    power: Any = Fraction(1)
    for k in reversed(range(others + 1)):
        total = total * p + power * (values[k] * comb(others, k))
        power = power * (1 - p)
    return total


def _mean_of_rational(values: list[Fraction], p: Fraction) -> Fraction:
    """The same in integers: fractions of thousands of digits are slow to shorten."""
    others = len(values) - 1
    top, left = p.numerator, p.denominator - p.numerator
    over = 1
    for value in values:
        over = over * value.denominator // _gcd(over, value.denominator)
    total, power = 0, 1
    for k in reversed(range(others + 1)):
        total = total * top + power * (int(values[k] * over) * comb(others, k))
        power *= left
    return Fraction(total, over * p.denominator**others)


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a
