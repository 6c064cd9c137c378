"""Fictitious play, period by period (Brown 1951): best replies to what the other did so far.

Deterministic: both choose at the same time. The first choices are best replies to even odds over
the other's strategies; of several best replies a player keeps the last choice if it is one of them,
and takes the first listed otherwise. Beliefs are counts and payoffs integers: nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from operator import add

Matrix = Sequence[Sequence[int]]
Tick = Callable[[], None]
Profile = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """So many periods in a row with the same choices."""

    profile: Profile
    length: int


def play(a: Matrix, b: Matrix, periods: int, tick: Tick) -> Iterator[Profile]:
    """The choices of each period; ``a[i][j]`` and ``b[j][i]`` by own strategy first."""
    mine, yours = ([sum(row) for row in own] for own in (a, b))
    against_mine, against_yours = list(zip(*a, strict=True)), list(zip(*b, strict=True))
    last: tuple[int | None, int | None] = (None, None)
    for period in range(periods):
        if period % 100 == 0:
            tick()
        i, j = _best(mine, last[0]), _best(yours, last[1])
        yield i, j
        if period == 0:
            mine, yours = [0] * len(a), [0] * len(b)
        mine = list(map(add, mine, against_mine[j]))
        yours = list(map(add, yours, against_yours[i]))
        last = i, j


def _best(totals: Sequence[int], last: int | None) -> int:
    most = max(totals)
    return last if last is not None and totals[last] == most else totals.index(most)


def is_equilibrium(a: Matrix, b: Matrix, profile: Profile) -> bool:
    """Whether a pure profile is an equilibrium: then, once played, it is played for ever, because a
    best reply to the beliefs and to the choice is one to any mean of both."""
    i, j = profile
    return a[i][j] == max(row[j] for row in a) and b[j][i] == max(row[i] for row in b)


def runs(profiles: Sequence[Profile]) -> list[Run]:
    """The path as runs of the same choices."""
    found: list[Run] = []
    start = 0
    for place in range(1, len(profiles) + 1):
        if place == len(profiles) or profiles[place] != profiles[start]:
            found.append(Run(profiles[start], place - start))
            start = place
    return found


def cycle(found: Sequence[Run], rounds: int = 3) -> tuple[Run, ...] | None:
    """The last round of the shortest cycle of profiles that came round ``rounds`` times in the same
    order, the unfinished last run aside; None where there is none."""
    whole = found[:-1]
    order = [run.profile for run in whole]
    for length in range(2, len(order) // rounds + 1):
        last = order[-length:]
        if all(order[-(k + 1) * length : len(order) - k * length] == last for k in range(rounds)):
            return tuple(whole[-length:])
    return None


def theorem(a: Matrix, b: Matrix) -> str | None:
    """A theorem by which the frequencies tend to equilibria from any start, in words, or None.

    Subtracting from a player's payoffs what her own choice does not change, and scaling, leaves all
    choices as they are; what is left may be a zero-sum game or one of common interest.
    """
    ratio = _ratio(a, b)
    if ratio is not None and ratio[0] * ratio[1] < 0:
        return "up to scales the game is zero-sum (Robinson 1951)"
    if ratio is not None and ratio[0] * ratio[1] > 0:
        return "up to scales the players have a common interest (Monderer and Shapley 1996)"
    return None


def _ratio(a: Matrix, b: Matrix) -> tuple[int, int] | None:
    """Two numbers in proportion to which both players' stakes stand everywhere; None if there are
    none, or where nothing is at stake for one of them."""
    first: tuple[int, int] | None = None
    for i, j in product(range(len(a)), range(len(b))):
        mine = a[i][j] - a[0][j] - a[i][0] + a[0][0]
        yours = b[j][i] - b[j][0] - b[0][i] + b[0][0]
        if not mine and not yours:
            continue
        if not mine or not yours:
            return None
        if first is None:
            first = mine, yours
        elif first[0] * yours != first[1] * mine or first[0] * mine * first[1] * yours < 0:
            return None
    return first
