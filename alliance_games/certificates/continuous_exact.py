"""Whether a payoff of plain arithmetic is anywhere above a number, along one player's choice.

The range is taken apart at the places where a comparison in the formula turns, and on each part the
formula is one quotient of polynomials: it is above the number just where the numerator of the
distance is, which changes sign at its own roots only.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_poly

from alliance_games.exact.algebraic import Algebraic, Exact, real_roots, sign
from alliance_games.exact.environment import EvaluationError
from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Expression,
    Logic,
    Negate,
    Not,
    Number,
    walk,
)
from alliance_games.exact.univariate import between, value
from alliance_games.model.continuous import ContinuousGame

Quotient = tuple[fmpq_poly, fmpq_poly]


class NotPlain(Exception):
    """The payoff is not a matter of ``+ - * /``, whole powers and comparisons at these choices."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether no choice pays more than the player has; and whether every other pays less."""

    holds: bool
    alone: bool


def value_at(game: ContinuousGame, player: int, point: Sequence[Exact]) -> Fraction:
    """The player's payoff at rational choices. Raises NotPlain where it is irrational or none."""
    environment = game.environment(tuple(point))
    try:
        worth = game.payoff(player, tuple(point))
    except EvaluationError as error:
        raise NotPlain from error
    for node in walk(game.payoffs[player]):
        if isinstance(node, Call) and node.function in ("exp", "log", "sqrt"):
            raise NotPlain
        if isinstance(node, Arithmetic) and node.operator == "^" and not _is_whole(node.right):
            raise NotPlain
    if environment.numeric:
        raise NotPlain
    return worth


def _is_whole(node: Expression) -> bool:
    return isinstance(node, Number) and node.value.denominator == 1 and abs(node.value) <= 100


def never_above(
    game: ContinuousGame, player: int, point: Sequence[Exact], worth: Fraction
) -> Comparison:
    """Compare the payoff of every choice in the player's range with ``worth``. Raises NotPlain."""
    walker = _Along(game, player, point)
    low, high = game.choices[player].low, game.choices[player].high
    own = point[player]
    holds, alone = True, True
    places: list[Exact] = [end for end in (low, high) if end is not None]
    waiting: list[tuple[Exact | None, Exact | None]] = [] if low == high and low else [(low, high)]
    if low is not None and low == high:
        waiting = []
    while waiting:
        a, b = waiting.pop()
        sample = _inside(a, b)
        quotient, turns = walker.at(sample)
        cuts = sorted(
            {
                root
                for turn in turns
                if turn.degree() > 0
                for root in real_roots(turn)
                if (a is None or root > a) and (b is None or root < b)
            }
        )
        if cuts:
            ends = [a, *cuts, b]
            places += cuts
            waiting += list(itertools.pairwise(ends))
            continue
        if quotient is None:
            continue
        distance = (quotient[0] - quotient[1] * _flint(worth)) * quotient[1]
        verdict = _signs(distance, a, b, own)
        holds, alone = holds and verdict.holds, alone and verdict.alone
    for place in places:
        if place == own:
            continue
        quotient = walker.exactly_at(place)
        if quotient is None:
            continue
        gap = value(quotient[0], place) / value(quotient[1], place) - worth
        holds, alone = holds and sign(gap) <= 0, alone and sign(gap) < 0
    return Comparison(holds, holds and alone)


def _signs(p: fmpq_poly, a: Exact | None, b: Exact | None, own: Exact) -> Comparison:
    """Whether a polynomial is nowhere above zero between two ends, and zero at ``own`` alone."""
    if p.degree() < 0:
        return Comparison(True, False)
    found = [
        root
        for root in (real_roots(p) if p.degree() > 0 else [])
        if (a is None or root > a) and (b is None or root < b)
    ]
    ends = [a, *found, b]
    samples = [_inside(low, high) for low, high in itertools.pairwise(ends)]
    holds = all(sign(value(p, sample)) < 0 for sample in samples)
    return Comparison(holds, holds and all(root == own for root in found))


def _inside(a: Exact | None, b: Exact | None) -> Fraction:
    if a is not None and b is not None:
        return between(a, b)
    if a is None and b is None:
        return Fraction(0)
    end = a if a is not None else b
    assert end is not None
    if isinstance(end, Algebraic):
        _, low, high = end.minimal
        return high + 1 if a is not None else low - 1
    return end + 1 if a is not None else end - 1


class _Along:
    """The player's payoff with the others' choices put in, as quotients of polynomials."""

    def __init__(self, game: ContinuousGame, player: int, point: Sequence[Exact]) -> None:
        self.formula = game.payoffs[player]
        self.known: Mapping[Expression, Fraction] = {
            symbol: number
            for place, (symbol, number) in enumerate(zip(game.symbols, point, strict=True))
            if place != player
        }
        self.own = game.symbols[player]

    def at(self, sample: Fraction) -> tuple[Quotient | None, list[fmpq_poly]]:
        """The quotient that holds around a sample (None: no value), and what must not change sign
        for it to hold."""
        self.sample: Exact = sample
        self.turns: list[fmpq_poly] = []
        try:
            return self._quotient(self.formula), self.turns
        except ZeroDivisionError:
            return None, self.turns

    def exactly_at(self, place: Exact) -> Quotient | None:
        """The quotient that holds at one number; None where there is no value."""
        self.sample, self.turns = place, []
        try:
            found = self._quotient(self.formula)
        except ZeroDivisionError:
            return None
        return found if value(found[1], place) != 0 else None

    def _quotient(self, node: Expression) -> Quotient:
        if node == self.own:
            return fmpq_poly([0, 1]), fmpq_poly([1])
        if node in self.known:
            return fmpq_poly([_flint(self.known[node])]), fmpq_poly([1])
        match node:
            case Number(number):
                return fmpq_poly([_flint(number)]), fmpq_poly([1])
            case Negate(operand):
                num, den = self._quotient(operand)
                return -num, den
            case Arithmetic("^", base, Number(exponent)) if exponent.denominator == 1:
                return self._power(self._quotient(base), int(exponent))
            case Arithmetic(operator, left, right) if operator != "^":
                return self._combined(operator, self._quotient(left), self._quotient(right))
            case Condition(test, yes, no):
                return self._quotient(yes if self._truth(test) else no)
            case Call("max" | "min" | "abs", arguments):
                return self._chosen(node.function, [self._quotient(one) for one in arguments])
        raise NotPlain

    def _divisor(self, den: fmpq_poly) -> None:
        if den.degree() < 0:
            raise ZeroDivisionError
        self.turns.append(den)

    def _power(self, base: Quotient, exponent: int) -> Quotient:
        if exponent >= 0:
            return base[0] ** exponent, base[1] ** exponent
        self._divisor(base[0])
        return base[1] ** -exponent, base[0] ** -exponent

    def _combined(self, operator: str, left: Quotient, right: Quotient) -> Quotient:
        (a, b), (c, d) = left, right
        match operator:
            case "+":
                return a * d + c * b, b * d
            case "-":
                return a * d - c * b, b * d
            case "*":
                return a * c, b * d
        self._divisor(c)
        if value(c, self.sample) == 0:
            raise ZeroDivisionError
        return a * d, b * c

    def _gap(self, left: Quotient, right: Quotient) -> int:
        """The sign of the difference at the sample; its turning is noted."""
        num, den = self._combined("-", left, right)
        self.turns.append(num)
        return sign(value(num, self.sample)) * sign(value(den, self.sample))

    def _chosen(self, function: str, parts: list[Quotient]) -> Quotient:
        if function == "abs":
            parts = [parts[0], (-parts[0][0], parts[0][1])]
        way = -1 if function == "min" else 1
        best = parts[0]
        for other in parts[1:]:
            if self._gap(other, best) * way > 0:
                best = other
        return best

    def _truth(self, test: Expression) -> bool:
        match test:
            case Not(inner):
                return not self._truth(inner)
            case Logic(operator, operands):
                found = [self._truth(one) for one in operands]
                return all(found) if operator == "and" else any(found)
            case Compare(operands, operators):
                values = [self._quotient(one) for one in operands]
                return all(
                    _MEETS[operator](self._gap(a, b))
                    for a, operator, b in zip(values, operators, values[1:], strict=False)
                )
        raise NotPlain


_MEETS = {
    "<": lambda gap: gap < 0,
    "<=": lambda gap: gap <= 0,
    ">": lambda gap: gap > 0,
    ">=": lambda gap: gap >= 0,
    "==": lambda gap: gap == 0,
    "!=": lambda gap: gap != 0,
}


def _flint(number: Exact) -> fmpq:
    return fmpq(number.numerator, number.denominator)
