"""The nucleolus (Schmeidler 1969) and the prenucleolus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

from alliance_games.algorithms.excesses import Excesses, Span, spread
from alliance_games.model.coalitional import CoalitionalGame, by_size, sums

Tick = Callable[[], None]


def has_imputations(game: CoalitionalGame) -> bool:
    """Whether everybody can get what she is worth alone."""
    alone = sum(game.numerators[1 << player] for player in range(len(game.players)))
    return game.numerators[game.everybody] >= alone


def nucleolus(game: CoalitionalGame, rational: bool, tick: Tick) -> tuple[Fraction, ...]:
    """The division at which the excesses, from the largest down, are lexicographically least;
    among imputations where ``rational``."""
    if len(game.players) == 1:
        return (game.worth(1),)
    stages = Excesses(game, tick, rational)
    while stages.rank < len(game.players):
        stage = stages.next()
        stages.settle_tight(stage)
    return spread(game, stage.division)


def complaints(
    game: CoalitionalGame, shares: Sequence[Fraction]
) -> list[tuple[Fraction, list[int]]]:
    """The largest excesses with their coalitions, until they settle every share."""
    scale = lcm(game.denominator, *(share.denominator for share in shares))
    per = scale // game.denominator
    totals = sums([int(share * scale) for share in shares])
    by_excess: dict[int, list[int]] = {}
    for coalition in by_size(len(game.players))[:-1]:
        excess = game.numerators[coalition] * per - totals[coalition]
        by_excess.setdefault(excess, []).append(coalition)
    found = []
    settled = Span(len(shares))
    settled.add(game.everybody)
    for excess in sorted(by_excess, reverse=True):
        if settled.rank == len(shares):
            break
        found.append((Fraction(excess, scale), by_excess[excess]))
        for coalition in by_excess[excess]:
            settled.add(coalition)
    return found
