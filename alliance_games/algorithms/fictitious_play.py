"""Fictitious play, period by period (Brown 1951): best replies to what the other did so far.

Deterministic: both choose at the same time. The first choices are best replies to even odds over
the other's strategies; of several best replies a player keeps the last choice if it is one of them,
and takes the first listed otherwise. Beliefs are counts and payoffs integers: nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

Matrix = Sequence[Sequence[int]]
Tick = Callable[[], None]
Profile = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """So many periods in a row with the same choices."""

    profile: Profile
    length: int


def play(a: Matrix, b: Matrix, periods: int, tick: Tick) -> Iterator[Run]:
    """The path, run by run; ``a[i][j]`` and ``b[j][i]`` by own strategy first.

    While both repeat their choices each strategy's total payoff grows evenly, so that the period in
    which some other one first exceeds the one chosen is found by a division.
    """
    i, j = _best([sum(row) for row in a], None), _best([sum(row) for row in b], None)
    mine, yours = [0] * len(a), [0] * len(b)
    left = periods
    while left:
        tick()
        waits = [_wait(mine, a, i, j), _wait(yours, b, j, i)]
        length = min([wait for wait in waits if wait is not None] + [left])
        yield Run((i, j), length)
        left -= length
        mine = [total + length * row[j] for total, row in zip(mine, a, strict=True)]
        yours = [total + length * row[i] for total, row in zip(yours, b, strict=True)]
        i, j = _best(mine, i), _best(yours, j)


def _wait(totals: Sequence[int], own: Matrix, chosen: int, other: int) -> int | None:
    """After how many periods another strategy first has a greater total; None for never."""
    gaps = [
        (totals[chosen] - total) // (row[other] - own[chosen][other]) + 1
        for total, row in zip(totals, own, strict=True)
        if row[other] > own[chosen][other]
    ]
    return min(gaps, default=None)


def _best(totals: Sequence[int], last: int | None) -> int:
    most = max(totals)
    return last if last is not None and totals[last] == most else totals.index(most)


def is_equilibrium(a: Matrix, b: Matrix, profile: Profile) -> bool:
    """Whether a pure profile is an equilibrium: then, once played, it is played for ever, because a
    best reply to the beliefs and to the choice is one to any mean of both."""
    i, j = profile
    return a[i][j] == max(row[j] for row in a) and b[j][i] == max(row[i] for row in b)


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
