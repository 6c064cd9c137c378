"""Is an equilibrium of a two-player game proper? Exactly, with the tremble that shows it.

A profile is proper when it is the limit of completely mixed ones in which a strategy that is worse
than another is played with a probability of a smaller order (Myerson 1978). Orders of magnitude are
an ordered partition of each player's strategies, and a player's tremble is a lexicographic
probability system: vectors v0, v1, ... with v0 the strategy itself, each strategy first met at the
level of its class (Blume, Brandenburger and Dekel 1991). The other player's strategies must get
the same against it within a class, and no less in a class than in the next. Which partitions can
do is told by payoffs against v0, ties apart; for each of them levels are found one after the
other by linear programs, each of which settles as many comparisons as can be. No choice at a level
can spoil a later one: possible directions are a convex cone, and the one taken lies in its relative
interior.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, product

from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile, support
from alliance_games.results.tree_solutions import Tremble

Classes = tuple[tuple[int, ...], ...]
"""A player's strategies by order of magnitude, the likeliest first."""

Levels = list[list[Fraction]]

Table = Sequence[Sequence[int]]
"""A row of payoffs per own strategy, a column per strategy of the other player."""

MOST_PAIRS = 60_000
"""Pairs of ordered partitions looked at for one equilibrium."""


class TooManyOrders(Exception):
    """The ties leave too many orders of magnitude to go through."""


def supporting(game: NormalGame, profile: Profile, tick: Tick) -> Tremble | None:
    """A tremble that shows an equilibrium to be proper; None where there is provably none.

    Raises TooManyOrders.
    """
    own: list[Table] = [
        game.matrix(0),
        [list(column) for column in zip(*game.matrix(1), strict=True)],
    ]
    ties = [_groups(own[0], profile[0], profile[1]), _groups(own[1], profile[1], profile[0])]
    number = 1
    for group in (*ties[0][1:], *ties[1][1:]):
        number *= _weak_orders(len(group))
    if number > MOST_PAIRS:
        raise TooManyOrders(f"{number:,} pairs of orders of magnitude")
    for columns in _partitions(ties[1]):
        for rows in _partitions(ties[0]):
            tick()
            of_column = _levels(own[0], rows, columns, profile[1], tick)
            if of_column is None:
                continue
            of_row = _levels(own[1], columns, rows, profile[0], tick)
            if of_row is not None:
                return _tremble((of_row, of_column))
    return None


def _groups(table: Table, own: Mixed, other: Mixed) -> list[tuple[int, ...]]:
    """The strategies used, then the others by what they get against ``other``, ties together."""
    used = support(own)
    by_value: dict[Fraction, list[int]] = {}
    for strategy, row in enumerate(table):
        if strategy not in used:
            value = sum((p * u for p, u in zip(other, row, strict=True) if p), Fraction(0))
            by_value.setdefault(value, []).append(strategy)
    return [used, *(tuple(by_value[value]) for value in sorted(by_value, reverse=True))]


def _weak_orders(size: int) -> int:
    """How many ordered partitions a set of this size has (Fubini numbers)."""
    from math import comb

    numbers = [1]
    for n in range(1, size + 1):
        numbers.append(sum(comb(n, k) * numbers[n - k] for k in range(1, n + 1)))
    return numbers[size]


def _partitions(groups: Sequence[tuple[int, ...]]) -> Iterator[Classes]:
    """The ordered partitions that respect the groups; the first group is a class of its own."""
    for chosen in product(*(list(_ordered(group)) for group in groups[1:])):
        yield (groups[0], *(each for part in chosen for each in part))


def _ordered(items: tuple[int, ...]) -> Iterator[Classes]:
    if not items:
        yield ()
        return
    for size in range(len(items), 0, -1):
        for first in combinations(items, size):
            rest = tuple(item for item in items if item not in first)
            for following in _ordered(rest):
                yield (first, *following)


def _levels(
    table: Table, classes: Classes, other: Classes, strategy: Mixed, tick: Tick
) -> Levels | None:
    """Levels of the other player's tremble, with ``other`` as orders of magnitude, against which a
    player's ``classes`` are in order; None where there are none."""

    def difference(better: int, worse: int) -> list[int]:
        return [a - b for a, b in zip(table[better], table[worse], strict=True)]

    equal = [difference(a, b) for one in classes for a, b in pairwise(one)]
    open_ones = [difference(a[0], b[0]) for a, b in pairwise(classes)]
    levels: Levels = [list(strategy)]
    open_ones = _still_open(open_ones, levels[0])
    reached = set(other[0])
    place = 1
    while place < len(other):
        level = _direction(equal, open_ones, reached, (), len(strategy), tick)
        if open_ones and len(still := _still_open(open_ones, level)) < len(open_ones):
            levels.append(level)
            open_ones = still
            continue
        level = _direction(equal, open_ones, reached, other[place], len(strategy), tick)
        if any(level[new] <= 0 for new in other[place]):
            return None
        levels.append(level)
        open_ones = _still_open(open_ones, level)
        reached.update(other[place])
        place += 1
    return levels


def _still_open(rows: Sequence[list[int]], level: Sequence[Fraction]) -> list[list[int]]:
    return [
        row
        for row in rows
        if not sum((c * v for c, v in zip(row, level, strict=True) if v), Fraction(0))
    ]


def _direction(
    equal: Sequence[Sequence[int]],
    open_ones: Sequence[Sequence[int]],
    reached: set[int],
    new: Sequence[int],
    size: int,
    tick: Tick,
) -> list[Fraction]:
    """A direction in the relative interior of those possible: free on strategies already reached,
    not negative on the ``new`` ones, zero elsewhere; slacks of at most one, their sum largest."""
    places = [*sorted(reached), *sorted(new)]
    strategies, slacks = len(places), len(open_ones) + len(new)
    width = strategies + slacks
    equalities: list[Row] = [
        ([*(row[place] for place in places), *([0] * slacks)], 0) for row in equal
    ]
    at_most: list[Row] = []
    for at in range(slacks):
        line = [0] * width
        if at < len(open_ones):
            line[:strategies] = [-open_ones[at][place] for place in places]
        else:
            line[strategies - len(new) + at - len(open_ones)] = -1
        line[strategies + at] = 1
        at_most.append((line, 0))
        bound = [0] * width
        bound[strategies + at] = 1
        at_most.append((bound, 1))
    program = Program(
        [0] * strategies + [1] * slacks,
        at_most,
        equalities,
        free=frozenset(range(len(reached))),
    )
    primal = maximize(program, tick).primal
    level = [Fraction(0)] * size
    for place, value in zip(places, primal[:strategies], strict=True):
        level[place] = value
    return level


def _tremble(sides: tuple[Levels, Levels]) -> Tremble:
    """The levels of both players as powers of a small number."""
    orders, weights, further = [], [], []
    for levels in sides:
        own_orders, own_weights, own_further = [], [], []
        for strategy in range(len(levels[0])):
            terms = [
                (power, level[strategy]) for power, level in enumerate(levels) if level[strategy]
            ]
            own_orders.append(terms[0][0])
            own_weights.append(terms[0][1])
            own_further.append(tuple(terms[1:]))
        orders.append(tuple(own_orders))
        weights.append(tuple(own_weights))
        further.append(tuple(own_further))
    return Tremble(tuple(orders), tuple(weights), tuple(further))
