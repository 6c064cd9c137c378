"""Which mutants a symmetric equilibrium does not resist (Haigh 1975; Abakuks 1980; Bomze 1992).

Only mutants that do as well against the incumbents matter: those that play its pure best replies.
The incumbent ``x`` does better than such a mutant ``y`` against ``y`` exactly where the form
``-(y - x) A (y - x)`` is positive, so that evolutionary stability is strict copositivity of this
form on the directions that lead from ``x`` to such mutants, and neutral stability is copositivity.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from alliance_games.algorithms.copositivity import against
from alliance_games.algorithms.population_equilibria import Cell, Matrix, Mixture, Tick, payoffs


def mutant(a: Matrix, cell: Cell, strict: bool, tick: Tick) -> Mixture | None:
    """A mutant that the middle of ``cell`` does not resist, or None where it resists all.

    ``strict``: not to do better against the mutant is not to resist (evolutionary stability);
    otherwise only to do worse is (neutral stability). Simple mutants are tried first.
    """
    incumbent = cell.middle
    for candidate in _simple(len(a), cell.replies):
        advantage = resistance(a, incumbent, candidate)
        if candidate != incumbent and (advantage < 0 or (advantage == 0 and strict)):
            return candidate
    pivot, *free = cell.support
    order = [*free, *(i for i in cell.replies if i not in cell.support)]
    form = [[_entry(a, i, j, pivot) for j in order] for i in order]
    direction = against(form, len(free), strict, tick)
    if direction is None:
        return None
    change = [Fraction(0)] * len(a)
    for place, move in zip(order, direction, strict=True):
        change[place] = move
    change[pivot] = -sum(direction, Fraction(0))
    return _as_far_as_possible(incumbent, change)


def resistance(a: Matrix, incumbent: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    """How much better the incumbent does than the mutant against the mutant."""
    earned = payoffs(a, other)
    return sum(
        ((p - q) * value for p, q, value in zip(incumbent, other, earned, strict=True)),
        Fraction(0),
    )


def _entry(a: Matrix, i: int, j: int, m: int) -> int:
    """Twice the form's coefficient once the pivot's change makes up for all others."""
    return -(a[i][j] + a[j][i] - a[i][m] - a[m][i] - a[m][j] - a[j][m] + 2 * a[m][m])


def _simple(size: int, replies: Sequence[int]) -> list[Mixture]:
    """Pure best replies, then even mixtures of two."""
    found = [tuple(Fraction(i == own) for i in range(size)) for own in replies]
    for pair in combinations(replies, 2):
        found.append(tuple(Fraction(int(i in pair), 2) for i in range(size)))
    return found


def _as_far_as_possible(start: Mixture, change: Sequence[Fraction]) -> Mixture:
    """The last distribution on the way: there one of the incumbent's strategies has gone."""
    far = min(p / -move for p, move in zip(start, change, strict=True) if move < 0)
    return tuple(p + far * move for p, move in zip(start, change, strict=True))
