"""The greatest sum of payoffs, and the pure profiles that reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from alliance_games.algorithms.role_counts import (
    RoleCounts,
    all_role_counts,
    common_denominator,
    scaled_payoffs_at,
)
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.integers import COMPACT_FROM
from alliance_games.model.normal import NormalGame

Tick = Callable[[], None]

_SAFE = 2**63 - 1


class Optimum(NamedTuple):
    """The greatest welfare of a normal-form game, and where in the tables it is reached."""

    welfare: Fraction
    positions: list[int]


class CountOptimum(NamedTuple):
    """The greatest welfare of an anonymous game, and the counts that reach it."""

    welfare: Fraction
    counts: list[RoleCounts]


class Prices(NamedTuple):
    """What selfishness costs. A value of None does not exist, and ``notes`` say why.

    ``anarchy``: greatest welfare over that of the worst equilibrium (Koutsoupias and Papadimitriou
    1999); ``stability``: over that of the best (Anshelevich and others 2004).
    """

    best: Fraction | None
    worst: Fraction | None
    anarchy: Fraction | None
    stability: Fraction | None
    notes: tuple[str, ...]


def optimum(game: NormalGame, tick: Tick) -> Optimum:
    """The pure profiles with the greatest sum of payoffs. Mixing never raises it."""
    whole = lcm(*game.denominators)
    factors = [whole // denominator for denominator in game.denominators]
    if game.size < COMPACT_FROM:
        tick()
        totals = [
            sum(payoff * factor for payoff, factor in zip(payoffs, factors, strict=True))
            for payoffs in zip(*game.numerators, strict=True)
        ]
        most = max(totals)
        return Optimum(
            Fraction(most, whole), [index for index, total in enumerate(totals) if total == most]
        )
    import numpy as np

    columns = [game.flat(player) for player in range(len(game.players))]
    reach = sum(
        max(-int(column.min()), int(column.max()), 0) * factor
        for column, factor in zip(columns, factors, strict=True)
    )
    sums = np.zeros(game.size, dtype=np.int64 if reach <= _SAFE else object)
    for column, factor in zip(columns, factors, strict=True):
        tick()
        # In the sums' own type: the product may need more than 64 bits as well.
        sums += column.astype(sums.dtype, copy=False) * factor
    greatest = sums.max()
    return Optimum(Fraction(int(greatest), whole), np.flatnonzero(sums == greatest).tolist())


def optimum_by_counts(game: AnonymousGame, tick: Tick) -> CountOptimum:
    """The counts per role with the greatest sum of payoffs."""
    most: int | None = None
    found: list[RoleCounts] = []
    for counts in all_role_counts(game):
        tick()
        total = sum(
            number * payoff for role in scaled_payoffs_at(game, counts) for number, payoff in role
        )
        if most is None or total > most:
            most, found = total, []
        if total == most:
            found.append(counts)
    assert most is not None
    return CountOptimum(Fraction(most, common_denominator(game)), found)


def prices(greatest: Fraction, equilibria: Iterable[Fraction]) -> Prices:
    """The prices of anarchy and stability from the welfare at all equilibria (or their corners)."""
    welfare = list(equilibria)
    if not welfare:
        return Prices(
            None,
            None,
            None,
            None,
            ("there is no equilibrium to compare the greatest welfare with",),
        )
    best, worst = max(welfare), min(welfare)
    notes = []
    if best <= 0:
        notes.append(
            "the prices of anarchy and of stability do not exist: welfare at the best equilibrium "
            f"is {best}, and the ratios are defined for positive welfare"
        )
    elif worst <= 0:
        notes.append(
            f"the price of anarchy does not exist: welfare at the worst equilibrium is {worst}, "
            "and the ratio is defined for positive welfare"
        )
    return Prices(
        best,
        worst,
        greatest / worst if worst > 0 else None,
        greatest / best if best > 0 else None,
        tuple(notes),
    )
