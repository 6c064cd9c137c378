"""Dominated and dominant strategies, by mixtures too, over any ordered field.

A mixture of the player's other strategies that is nowhere worse is looked for among the vertices of
the polytope of all such mixtures: it is empty where the strategy is undominated, and in a strictly
dominated strategy's every column some vertex gains. Written for ``Concept.conditions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from alliance_games.algorithms.nash_conditions import cofactors
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.solutions import Dominant, Dominated, Members, Solution

SURVIVORS = "surviving iterated strict elimination"

MOST_CANDIDATES = 5_000

Alive = tuple[tuple[int, ...], ...]
"""The strategies that each player still has."""

Gaps = list[list[Fraction]]
"""What each other strategy gains over one, by what the others do."""


def dominance(game: Any, signs: Signs) -> Iterator[Solution]:
    """Strategies that dominate all others of their player, those that are dominated, and what
    iterated elimination of strictly dominated ones leaves.

    The mixture that dominates is not told. Raises Undescribed for tables that are too large.
    """
    alive: Alive = tuple(tuple(range(size)) for size in game.shape)
    for player in range(len(game.shape)):
        for own in alive[player]:
            strengths = [
                _compare(gaps_over(game, player, other, [own], alive)[0], signs)
                for other in alive[player]
                if other != own
            ]
            if strengths and all(strengths):
                strength = "strict" if all(s == "strict" for s in strengths) else "weak"
                yield Dominant(player, own, strength)
    for player in range(len(game.shape)):
        for own in alive[player]:
            strength = dominated(game, player, own, alive, signs)
            if strength:
                yield Dominated(player, own, (), strength)
    yield Members(SURVIVORS, _survivors(game, alive, signs))


def rationalizable(game: Any, signs: Signs) -> Iterator[Members]:
    """What is left where never-best replies are eliminated, beliefs correlated: by Pearce's (1984)
    lemma what is left where strictly dominated strategies are. Raises Undescribed."""
    alive: Alive = tuple(tuple(range(size)) for size in game.shape)
    yield Members("rationalizable", _survivors(game, alive, signs))


def _survivors(game: Any, alive: Alive, signs: Signs) -> Alive:
    while True:
        left = tuple(
            tuple(
                own
                for own in strategies
                if dominated(game, player, own, alive, signs, weakly=False) != "strict"
            )
            for player, strategies in enumerate(alive)
        )
        if left == alive:
            return alive
        alive = left


def gaps_over(game: Any, player: int, own: int, others: Sequence[int], alive: Alive) -> Gaps:
    """What each of ``others`` gains over ``own``, for every play of the other players."""
    columns = list(product(*(alive[p] for p in range(len(alive)) if p != player)))
    return [
        [
            game.payoff(player, (*column[:player], other, *column[player:]))
            - game.payoff(player, (*column[:player], own, *column[player:]))
            for column in columns
        ]
        for other in others
    ]


def dominated(
    game: Any, player: int, own: int, alive: Alive, signs: Signs, weakly: bool = True
) -> str:
    """'strict', 'weak' or ''; without ``weakly`` only strict dominance is looked for."""
    others = [other for other in alive[player] if other != own]
    if not others:
        return ""
    gaps = gaps_over(game, player, own, others, alive)
    found = ""
    for row in gaps:
        found = max(found, _compare(row, signs), key=("", "weak", "strict").index)
        if found == "strict":
            return found
    if len(others) == 1 or game.ordinal:
        return found
    width = len(gaps[0])
    for column in range(width):
        # Better than every other one somewhere, or as good: no mixture is better everywhere.
        best = [signs.sign(row[column]) for row in gaps]
        if max(best) < 0 or (max(best) == 0 and not weakly):
            return found if max(best) == 0 else ""
    return _by_mixture(gaps, signs) or found


def _compare(row: Sequence[Fraction], signs: Signs) -> str:
    """'strict' or 'weak' where a strategy with these gains dominates in that sense, else ''."""
    strict, somewhere = True, False
    for gain in row:
        sign = signs.sign(gain)
        if sign < 0:
            return ""
        strict, somewhere = strict and sign > 0, somewhere or sign > 0
    return "strict" if strict else "weak" if somewhere else ""


def _by_mixture(gaps: Gaps, signs: Signs) -> str:
    """Whether some mixture of the rows is nowhere negative, and where it gains."""
    width = len(gaps[0])
    gaining: set[int] = set()
    candidates = 0
    for size in range(1, len(gaps) + 1):
        for rows in combinations(range(len(gaps)), size):
            for zeros in combinations(range(width), size - 1):
                candidates += 1
                if candidates > MOST_CANDIDATES:
                    raise Undescribed("there are too many mixtures to look through for dominance")
                gaining |= _gains([gaps[row] for row in rows], zeros, signs)
                if len(gaining) == width:
                    return "strict"
    return "weak" if gaining else ""


def _gains(rows: Gaps, zeros: Sequence[int], signs: Signs) -> set[int]:
    """The columns in which the mixture that is zero in ``zeros`` gains; none where there is no such
    mixture, or it loses somewhere."""
    weights = cofactors([[row[column] for row in rows] for column in zeros], len(rows))
    sign = signs.sign(weights[0])
    if not sign:
        return set()
    weights = [weight * sign for weight in weights]
    if not all(signs.is_positive(weight) for weight in weights[1:]):
        return set()
    gaining = set()
    for column in range(len(rows[0])):
        if column in zeros:
            continue
        total = sum((w * row[column] for w, row in zip(weights, rows, strict=True)), Fraction(0))
        gain = signs.sign(total)
        if gain < 0:
            return set()
        if gain > 0:
            gaining.add(column)
    return gaining
