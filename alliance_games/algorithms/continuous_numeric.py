"""Equilibria of games of numbers whose first-order conditions are no polynomials, by search.

Best replies are looked for on a grid and refined; from many starting points they are followed until
nobody moves, and with two players every crossing of the best-reply curves on a grid is bisected.
What is found is an equilibrium to within a tolerance, and there may be others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from random import Random

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Entry,
    Expression,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    to_text,
)
from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.named.continuous import ChoiceEquilibrium
from alliance_games.results.result import Conclusion, Coverage

TOLERANCE = Fraction(1, 10**9)
METHOD = "best replies by grid and refinement from many starting points"
SEED = 7
GRID = 64
STARTS = 8
MOST_ROUNDS = 120
FAR = 100.0
"""A range without end is searched so far."""

Point = tuple[float, ...]
Program = Callable[[Sequence[float]], float]
NOTHING = -math.inf
"""What a payoff without a value counts as."""


def answers(game: ContinuousGame, budget: Budget, reason: str) -> Answers:
    """The equilibria that the search finds; ``reason`` is why they are not found exactly."""
    search = Search(game, budget)
    found = search.equilibria()
    for point in found[: 1 if budget.one else None]:
        yield ChoiceEquilibrium(
            choices=dict(zip(game.players, point, strict=True)),
            payoffs={
                name: search.programs[player](point) for player, name in enumerate(game.players)
            },
            properties={"interior": search.is_inside(point)},
        )
    because = (
        f"the first-order conditions are not solved exactly with {reason} in the payoffs, and a "
        "search may miss some"
    )
    coverage = Coverage.SOME if found else Coverage.UNKNOWN
    notes = (f"starting points are drawn with the seed {SEED}",)
    return Conclusion(coverage, because, METHOD, notes, TOLERANCE)


class Search:
    """Best replies in floats."""

    def __init__(self, game: ContinuousGame, budget: Budget) -> None:
        self.game, self.budget = game, budget
        places = {symbol: place for place, symbol in enumerate(game.symbols)}
        self.programs = [_guarded(compiled(payoff, places)) for payoff in game.payoffs]
        self.low = [_end(choice.low, -FAR) for choice in game.choices]
        self.high = [_end(choice.high, FAR) for choice in game.choices]

    def is_inside(self, point: Point) -> bool:
        """Whether nobody is at an end of her range."""
        ends = zip(point, self.low, self.high, strict=True)
        return all(number not in (low, high) for number, low, high in ends)

    def best(self, player: int, point: Point) -> float:
        """The player's best number against the others' in ``point``."""
        low, high = self.low[player], self.high[player]
        numbers = list(point)

        def worth(number: float) -> float:
            numbers[player] = number
            return self.programs[player](numbers)

        step = (high - low) / GRID
        values = [(worth(low + step * k), k) for k in range(GRID + 1)]
        best, chosen = NOTHING, low
        for _, k in sorted(values, reverse=True)[:3]:
            at = _refined(worth, max(low, low + step * (k - 1)), min(high, low + step * (k + 1)))
            for candidate in (at, low, high):
                value = worth(candidate)
                if value > best:
                    best, chosen = value, candidate
        return chosen

    def equilibria(self) -> list[Point]:
        """The profiles from which nobody would move, as far as found, in order."""
        found: list[Point] = []
        for point in (*self._crossings(), *map(self._followed, self._starts())):
            if point is None:
                continue
            point = self._polished(point)
            if not self._is_equilibrium(point):
                continue
            if all(max(map(_gap, zip(point, other, strict=True))) > 1e-5 for other in found):
                found.append(point)
        return sorted(found)

    def _polished(self, point: Point) -> Point:
        """The profile with the marginal payoffs of all who are inside their ranges at zero, by
        Newton's method for each in turn."""
        for _ in range(12):
            for player, program in enumerate(self.programs):
                low, high = self.low[player], self.high[player]
                step = 1e-4 * max(1.0, abs(point[player]))
                own = point[player]
                if not low + step < own < high - step:
                    continue
                left, here, right = (
                    program([*point[:player], own + way * step, *point[player + 1 :]])
                    for way in (-1, 0, 1)
                )
                bend = right - 2 * here + left
                if not math.isfinite(bend) or bend >= 0:
                    continue
                moved = own - step * (right - left) / 2 / bend
                if abs(moved - own) < step:
                    point = (*point[:player], moved, *point[player + 1 :])
        return point

    def _is_equilibrium(self, point: Point) -> bool:
        """Whether nobody gains more than a tenth of the tolerance by her best reply."""
        for player, program in enumerate(self.programs):
            here = program(point)
            best = self.best(player, point)
            there = program([*point[:player], best, *point[player + 1 :]])
            if here == NOTHING or there - here > float(TOLERANCE) / 10 * max(1.0, abs(here)):
                return False
        return True

    def _starts(self) -> Iterator[Point]:
        random = Random(SEED)
        if len(self.low) <= 4:
            yield from product(*zip(self.low, self.high, strict=True))
        for _ in range(STARTS):
            yield tuple(
                low + (high - low) * random.random()
                for low, high in zip(self.low, self.high, strict=True)
            )

    def _followed(self, point: Point) -> Point | None:
        """Where replying in turn leads, with smaller steps as it goes on; None without an end."""
        for number in range(MOST_ROUNDS):
            self.budget.tick()
            before = point
            weight = 1.0 if number < 30 else 0.5
            for player in range(len(point)):
                reply = self.best(player, point)
                moved = point[player] + weight * (reply - point[player])
                point = (*point[:player], moved, *point[player + 1 :])
            if max(map(_gap, zip(point, before, strict=True))) < 1e-7:
                return point
        return None

    def _crossings(self) -> Iterator[Point]:
        """With two players: where the second's reply makes the first's the same again."""
        if len(self.low) != 2:
            return
        low, high = self.low[0], self.high[0]
        steps = GRID

        def around(first: float) -> float:
            second = self.best(1, (first, self.low[1]))
            return self.best(0, (first, second)) - first

        self.budget.tick()
        values = []
        for k in range(steps + 1):
            self.budget.tick()
            at = low + (high - low) * k / steps
            values.append((at, around(at)))
        for (a, before), (b, after) in pairwise(values):
            if before == 0:
                yield (a, self.best(1, (a, self.low[1])))
            elif before * after < 0:
                left, right, sign = a, b, before > 0
                for _ in range(44):
                    middle = (left + right) / 2
                    if (around(middle) > 0) == sign:
                        left = middle
                    else:
                        right = middle
                at = (left + right) / 2
                yield (at, self.best(1, (at, self.low[1])))


def _gap(pair: tuple[float, float]) -> float:
    return abs(pair[0] - pair[1])


def _end(end: Fraction | None, far: float) -> float:
    return far if end is None else float(end)


def _refined(worth: Callable[[float], float], low: float, high: float) -> float:
    """A greatest value between two numbers, by the golden section."""
    ratio = (math.sqrt(5) - 1) / 2
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    left, right = worth(a), worth(b)
    for _ in range(44):
        if left >= right:
            high, b, right = b, a, left
            a = high - ratio * (high - low)
            left = worth(a)
        else:
            low, a, left = a, b, right
            b = low + ratio * (high - low)
            right = worth(b)
    return (low + high) / 2


def _guarded(program: Program) -> Program:
    def run(numbers: Sequence[float]) -> float:
        try:
            value = program(numbers)
        except (ArithmeticError, ValueError):
            return NOTHING
        return NOTHING if isinstance(value, complex) or math.isnan(value) else value

    return run


def compiled(node: Expression, places: dict[Expression, int]) -> Program:
    """The formula as a function of everybody's numbers, in floats."""
    if isinstance(node, Name | Entry):
        place = places[node]
        return lambda numbers: numbers[place]
    match node:
        case Number(value):
            constant = float(value)
            return lambda numbers: constant
        case Negate(operand):
            inner = compiled(operand, places)
            return lambda numbers: -inner(numbers)
        case Arithmetic(operator, left, right):
            a, b, work = compiled(left, places), compiled(right, places), _ARITHMETIC[operator]
            return lambda numbers: work(a(numbers), b(numbers))
        case Condition(test, yes, no):
            asked, one, other = _tested(test, places), compiled(yes, places), compiled(no, places)
            return lambda numbers: one(numbers) if asked(numbers) else other(numbers)
        case Call(function, arguments) if function in _FUNCTIONS:
            parts, call = [compiled(one, places) for one in arguments], _FUNCTIONS[function]
            return lambda numbers: call(*[part(numbers) for part in parts])
    raise TypeError(f"{to_text(node)} is no number")


def _tested(node: Expression, places: dict[Expression, int]) -> Callable[[Sequence[float]], bool]:
    match node:
        case Not(inner):
            asked = _tested(inner, places)
            return lambda numbers: not asked(numbers)
        case Logic(operator, operands):
            tests = [_tested(one, places) for one in operands]
            if operator == "and":
                return lambda numbers: all(test(numbers) for test in tests)
            return lambda numbers: any(test(numbers) for test in tests)
        case Compare(operands, operators):
            parts = [compiled(one, places) for one in operands]
            signs = [_COMPARISONS[operator] for operator in operators]

            def compare(numbers: Sequence[float]) -> bool:
                values = [part(numbers) for part in parts]
                pairs = zip(values, signs, values[1:], strict=False)
                return all(meets(a, b) for a, meets, b in pairs)

            return compare
    raise TypeError(f"{to_text(node)} is no condition")


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: math.pow(a, b),
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "min": lambda *numbers: min(numbers),
    "max": lambda *numbers: max(numbers),
    "abs": abs,
    "sqrt": math.sqrt,
    "log": math.log,
    "exp": math.exp,
}
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
