"""Is a mixed strategy weakly dominated? By the definition, and not by a belief that justifies it.

Among all mixtures that do at least as well as the strategy against every strategy of the other
player, is there one that does better in the sum? The answer comes from a linear program, and is
believed for the dual numbers that prove it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile

MOST_CELLS = 64
"""In games of more cells than this the programs would cost more than the equilibria."""


def undominated(game: NormalGame, profile: Profile) -> bool | None:
    """Whether neither player's strategy is weakly dominated; None: it was not looked at."""
    rows, columns = game.shape
    if rows * columns > MOST_CELLS:
        return None
    first, second = game.matrix(0), [list(line) for line in zip(*game.matrix(1), strict=True)]
    return _is_undominated(first, profile[0]) and _is_undominated(second, profile[1])


def undominated_among(payoffs: Sequence[Sequence[int]], mixed: Mixed) -> bool:
    """Whether nothing weakly dominates a mixed strategy: a row of payoffs per own pure strategy, a
    column for each play of the others."""
    return _is_undominated(payoffs, mixed)


def _is_undominated(payoffs: Sequence[Sequence[int]], mixed: Mixed) -> bool:
    """``payoffs``: a row per own strategy."""
    if len(payoffs) <= 2:
        # A mixture of two that beats another one moves weight from one of them to the other.
        return not any(
            mixed[worse] and better != payoffs[worse] and _nowhere_below(better, payoffs[worse])
            for worse in range(len(payoffs))
            for better in payoffs
        )
    from alliance_games.certificates.programs import holds
    from alliance_games.exact.programs import Program, maximize

    now = [_mean(mixed, column) for column in zip(*payoffs, strict=True)]
    program = Program(
        objective=[sum(row) for row in payoffs],
        at_most=[
            ([-value for value in column], -value_now)
            for column, value_now in zip(zip(*payoffs, strict=True), now, strict=True)
        ],
        equal=[([1] * len(payoffs), 1)],
    )
    outcome = maximize(program)
    return holds(program, outcome) and outcome.value == sum(now)


def _mean(mixed: Mixed, values: Sequence[int]) -> Fraction:
    return sum((p * value for p, value in zip(mixed, values, strict=True) if p), Fraction(0))


def _nowhere_below(first: Sequence[int], second: Sequence[int]) -> bool:
    return all(a >= b for a, b in zip(first, second, strict=True))
