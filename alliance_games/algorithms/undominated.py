"""Is a player's mixed strategy weakly dominated?

It depends on the strategy's support alone: a mixed strategy of a two-player game is not weakly
dominated, by a pure or mixed one, exactly when it is a best reply to some completely mixed strategy
of the other player (van Damme 1987, section 3.2; Pearce 1984, lemma 4), and then so is everything
on its support.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence


def is_undominated(
    payoffs: Sequence[Sequence[int]], support: Iterable[int], tick: Callable[[], None]
) -> bool:
    """Whether no mixture does at least as well everywhere as those on ``support``, and better once.

    ``payoffs``: a row per own strategy, a column per strategy of the other player.
    """
    used = sorted(support)
    if any(_dominates(other, payoffs[own]) for own in used for other in payoffs):
        return False  # shifting the weight of one strategy to the better one dominates
    if len(payoffs) <= 2:
        return True  # with two strategies every change of the mixture is such a shift
    return _justified(payoffs, used, tick)


def _dominates(first: Sequence[int], second: Sequence[int]) -> bool:
    return first != second and all(x >= y for x, y in zip(first, second, strict=True))


def _justified(
    payoffs: Sequence[Sequence[int]], used: Sequence[int], tick: Callable[[], None]
) -> bool:
    """Whether some belief y >= 1 (completely mixed, up to scale) makes all of ``used`` best."""
    from alliance_games.exact.programs import Program, maximize

    width = len(payoffs[0])
    # Variables: the belief above 1, and the value of a best reply, which is free.
    rows = {own: ([*line, -1], -sum(line)) for own, line in enumerate(payoffs)}
    program = Program(
        objective=[0] * (width + 1),
        at_most=[row for own, row in rows.items() if own not in used],
        equal=[rows[own] for own in used],
        free=frozenset({width}),
    )
    return maximize(program, tick).status == "optimal"
