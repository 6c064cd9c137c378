"""Is an automaton an equilibrium just where it is said to be? Recounted from the definition.

What every state is worth is solved from the equations between the states (not from cycles), at
every end of the discount factors told, inside them and between them, and every one-shot deviation
in every state that can be reached is weighed. An irrational end is enclosed between two fractions,
a part in 10^15 apart, where it is the root of a high degree: the verdict changes between them. A
Nash equilibrium that is not perfect is held to the best that a player can do alone, plan by plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any

from alliance_games.exact.fields import unique_solution
from alliance_games.exact.linear import solve
from alliance_games.exact.numerals import irrational
from alliance_games.model.automata import Automaton
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.named.repeated import Course, Courses, Discounts
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "at the ends of the discount factors, inside them and between them the worth of every state "
    "was solved from the equations between the states, and every one-shot deviation weighed"
)
HIGH = 6
"""Roots of polynomials of higher degree are enclosed between fractions."""
CLOSE, DIGITS = Fraction(1, 10**15), 18
LARGE = 12
"""Automata of more states are held to the definition at fewer discount factors between the ends."""


def check(game: RepeatedGame, solution: Solution) -> Certificate:
    """Hold the verdicts on all automata to the definition."""
    if not isinstance(solution, Courses) or len(solution.automata) != len(game.automata):
        return Certificate(False, "no verdicts on this game's automata")
    for automaton, one in zip(game.automata, solution.automata, strict=True):
        if automaton.name != one.name or not _is_right(game, automaton, one):
            return Certificate(False, f"{one.name}: the verdict or the discount factors are wrong")
    return Certificate(True, CLAIM)


def _is_right(game: RepeatedGame, automaton: Automaton, one: Course) -> bool:
    reached = _reached(automaton)
    if one.states != len(reached) or not _path_is_right(game, automaton, one):
        return False
    if not _ranges_are_right(game, automaton, one, reached):
        return False
    factor = game.factor
    if factor is None:
        return one.perfect is None and one.nash is None and one.payoffs is None
    worth = _worths(game, automaton, reached, factor)
    gains = _gains(game, automaton, reached, worth, factor)
    best = max(gains.values(), default=Fraction(0))
    if one.perfect != (best <= 0) or one.payoffs is None:
        return False
    if [one.payoffs[player] for player in game.players] != worth[0]:
        return False
    if one.temptation is None:
        told = best <= 0
    else:
        key = (one.temptation.player, one.temptation.state, one.temptation.strategy)
        told = best > 0 and gains.get(key) == one.temptation.gain == best
    return told and one.nash == _is_nash(game, automaton, reached, factor)


def _reached(automaton: Automaton) -> list[int]:
    seen = [0]
    for state in seen:
        seen += [after for after in dict.fromkeys(automaton.follows[state]) if after not in seen]
    return sorted(seen)


def _path_is_right(game: RepeatedGame, automaton: Automaton, one: Course) -> bool:
    state, visited = 0, []
    while state not in visited:
        visited.append(state)
        state = automaton.follows[state][game.stage.position(automaton.plays[state])]
    played = tuple(game.stage.names(automaton.plays[at]) for at in visited)
    return played == one.path and visited.index(state) == one.repeats


def _worths(
    game: RepeatedGame, automaton: Automaton, reached: Sequence[int], factor: Fraction
) -> dict[int, list[Fraction]]:
    """Average payoffs of every state: worth = (1 - factor) payoff + factor worth of the next."""
    place = {state: index for index, state in enumerate(reached)}
    matrix = []
    for state in reached:
        row = [Fraction(0)] * len(reached)
        row[place[state]] += 1
        after = automaton.follows[state][game.stage.position(automaton.plays[state])]
        row[place[after]] -= factor
        matrix.append(row)
    columns = _solved(
        matrix,
        [
            [(1 - factor) * game.stage.payoff(player, automaton.plays[state]) for state in reached]
            for player in range(len(game.players))
        ],
    )
    return {state: [column[place[state]] for column in columns] for state in reached}


def _solved(matrix: list[list[Fraction]], sides: list[list[Fraction]]) -> list[list[Fraction]]:
    """The solutions of a system for several right sides, in integers where all are fractions."""
    rows = [[*row, *(side[k] for side in sides)] for k, row in enumerate(matrix)]
    if any(irrational(entry) for row in rows for entry in row):
        found = [unique_solution(matrix, side) for side in sides]
        whole = [list(one) for one in found if one is not None]
        assert len(whole) == len(sides), "discounted by less than one, every state has a worth"
        return whole
    size = len(matrix)
    integers = []
    for row in rows:
        over = lcm(*(entry.denominator for entry in row))
        integers.append([int(entry * over) for entry in row])
    right = [[row[size + k] for row in integers] for k in range(len(sides))]
    answer = solve([row[:size] for row in integers], *right)
    assert answer is not None, "discounted by less than one, every state has a worth"
    over, solutions = answer
    return [[Fraction(entry, over) for entry in one] for one in solutions]


def _gains(
    game: RepeatedGame,
    automaton: Automaton,
    reached: Sequence[int],
    worth: dict[int, list[Fraction]],
    factor: Fraction,
) -> dict[tuple[str, str, str], Fraction]:
    """What every one-shot deviation adds, by player, state and strategy."""
    gains = {}
    for state in reached:
        plays = automaton.plays[state]
        for player, name in enumerate(game.players):
            for own, strategy in enumerate(game.strategies[player]):
                if own == plays[player]:
                    continue
                profile = (*plays[:player], own, *plays[player + 1 :])
                after = automaton.follows[state][game.stage.position(profile)]
                now = (1 - factor) * game.stage.payoff(player, profile)
                deviating = now + factor * worth[after][player]
                key = (name, automaton.states[state], strategy)
                gains[key] = deviating - worth[state][player]
    return gains


def _ranges_are_right(
    game: RepeatedGame, automaton: Automaton, one: Course, reached: Sequence[int]
) -> bool:
    ranges = one.discounts
    if one.least != (ranges[0].low if ranges else None):
        return False
    if any(not 0 <= part.low <= part.high <= 1 for part in ranges):
        return False
    if any(before.high >= after.low for before, after in pairwise(ranges)):
        return False
    if any(part.closed != (part.high < 1 or game.survival < 1) for part in ranges):
        return False

    def largest(discount: Fraction) -> Fraction:
        factor = discount * game.survival
        worth = _worths(game, automaton, reached, factor)
        gains = _gains(game, automaton, reached, worth, factor)
        return max(gains.values(), default=Fraction(-1))

    for place, wanted in _samples(ranges, 8 if len(reached) <= LARGE else 3):
        if (largest(place) <= 0) != wanted:
            return False
    for part in ranges:
        single = part.low == part.high
        for end, inward in ((part.low, 1), (part.high, -1)):
            if 0 < end < 1 and not _is_an_end(largest, end, inward, single):
                return False
    return True


def _is_an_end(
    largest: Callable[[Fraction], Fraction], end: Fraction, inward: int, single: bool
) -> bool:
    """Whether just here deviations begin to pay: nobody gains and somebody is indifferent."""
    if single or not irrational(end) or _degree(end) <= HIGH:
        return largest(end) == 0
    from alliance_games.exact.written import near

    middle = near(end, DIGITS)
    outside, inside = middle - inward * CLOSE, middle + inward * CLOSE
    return largest(inside) <= 0 < largest(outside)


def _degree(number: Any) -> int:
    """The degree of the number's own polynomial over the rationals, or of a field it lies in."""
    degree: int = number.root.degree
    return degree


def _samples(ranges: Sequence[Discounts], parts: int) -> list[tuple[Fraction, bool]]:
    """Fractions between the ends, and rational ends, each with whether it is said to be perfect."""
    samples: list[tuple[Fraction, bool]] = []
    reached = Fraction(0)
    first = True
    for part in ranges:
        if part.low > reached:
            samples += _spread(_fraction(reached, 1), _fraction(part.low, -1), parts, first, False)
        if part.low == part.high:
            samples.append((part.low, True))
        else:
            low, high = _fraction(part.low, 1), _fraction(part.high, -1)
            samples += _spread(low, high, parts, True, True)
        reached, first = part.high, False
    if reached < 1:
        samples += _spread(_fraction(reached, 1), Fraction(1), parts, first, False)
    return samples


def _fraction(end: Fraction, side: int) -> Fraction:
    """The end itself, or a fraction just beside an irrational one."""
    if not irrational(end):
        return end
    from alliance_games.exact.written import near

    return near(end, DIGITS) + side * CLOSE


def _spread(
    low: Fraction, high: Fraction, parts: int, with_low: bool, wanted: bool
) -> list[tuple[Fraction, bool]]:
    step = (high - low) / parts
    return [(low + step * k, wanted) for k in range(0 if with_low else 1, parts)]


def _is_nash(
    game: RepeatedGame, automaton: Automaton, reached: Sequence[int], factor: Fraction
) -> bool:
    """Whether no player can do better alone, whatever plan she follows."""
    return all(
        _cannot_gain(game, automaton, reached, player, factor)
        for player in range(len(game.players))
    )


def _cannot_gain(
    game: RepeatedGame, automaton: Automaton, reached: Sequence[int], player: int, factor: Fraction
) -> bool:
    """Her best worth by successive plans: each is solved from its equations and improved."""
    stage = game.stage
    plan = {state: automaton.plays[state][player] for state in reached}
    kept: Fraction | None = None
    while True:
        place = {state: index for index, state in enumerate(reached)}
        matrix, paid = [], []
        for state in reached:
            plays = automaton.plays[state]
            profile = (*plays[:player], plan[state], *plays[player + 1 :])
            row = [Fraction(0)] * len(reached)
            row[place[state]] += 1
            row[place[automaton.follows[state][stage.position(profile)]]] -= factor
            matrix.append(row)
            paid.append((1 - factor) * stage.payoff(player, profile))
        (worth,) = _solved(matrix, [paid])
        kept = worth[place[0]] if kept is None else kept
        improved = dict(plan)
        for state in reached:
            plays = automaton.plays[state]
            best = worth[place[state]]
            for own in range(stage.shape[player]):
                profile = (*plays[:player], own, *plays[player + 1 :])
                after = automaton.follows[state][stage.position(profile)]
                here = (1 - factor) * stage.payoff(player, profile)
                here += factor * worth[place[after]]
                if here > best:
                    best, improved[state] = here, own
        if improved == plan:
            return bool(worth[place[0]] == kept)
        plan = improved
