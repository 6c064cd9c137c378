"""What a branch of logit equilibria tends to, settled in exact numbers.

Far out on a branch the strategies that stay likely are the support of an equilibrium. With two
players their exact probabilities solve linear equations; otherwise (and in continua) the simplest
fractions near the floats are tried. What is proposed here is then held to the definition by the
concept's checker, and dropped where it fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.algorithms.simplest import simplest_between
from alliance_games.exact.linear import solve
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile, pure

THRESHOLDS = (1e-3, 1e-5, 1e-8)
"""Probabilities above which a strategy counts as used, one try after the other."""

NEARNESS = (Fraction(1, 10**6), Fraction(1, 10**5), Fraction(1, 10**4), Fraction(1, 1000))
"""How far from the floats the fractions may lie, one try after the other."""

NEAR = 1e-3
"""No probability of a proposal may lie farther from the end of the branch."""

Floats = Sequence[Sequence[float]]


def proposals(game: NormalGame | AnonymousGame, end: Floats) -> Iterator[Profile]:
    """Exact profiles (by player, or by role) near the end of a branch, the likeliest first."""
    seen = set()
    for one in _candidates(game, end):
        if one is not None and one not in seen and distance(one, end) <= NEAR:
            seen.add(one)
            yield one


def distance(profile: Profile | Floats, end: Floats) -> float:
    """The largest difference between two probabilities of a profile."""
    rows: Floats = [[float(p) for p in mine] for mine in profile]
    return max(
        abs(p - q)
        for mine, own in zip(rows, end, strict=True)
        for p, q in zip(mine, own, strict=True)
    )


def _candidates(game: NormalGame | AnonymousGame, end: Floats) -> Iterator[Profile | None]:
    yield tuple(pure(max(range(len(own)), key=own.__getitem__), len(own)) for own in end)
    if isinstance(game, NormalGame) and len(game.players) == 2:
        for threshold in THRESHOLDS:
            yield _on_supports(game, [[k for k, p in enumerate(o) if p > threshold] for o in end])
    for near in NEARNESS:
        mixtures = [_simplest(own, near) for own in end]
        if all(mixture is not None for mixture in mixtures):
            yield tuple(mixture for mixture in mixtures if mixture is not None)


def _on_supports(game: NormalGame, supports: Sequence[Sequence[int]]) -> Profile | None:
    """Where both are indifferent among the strategies named; None unless that is one profile."""
    if len(supports[0]) != len(supports[1]):
        return None
    found = []
    for player in (0, 1):
        own, others = supports[1 - player], supports[player]
        table = game.matrix(1 - player)
        rows = [list(row) for row in (table if player == 0 else zip(*table, strict=True))]
        # What the mixer's strategies (others) give the player who must be indifferent (own).
        worth = [[rows[k][j] for k in others] for j in own]
        matrix = [[a - b for a, b in zip(row, worth[0], strict=True)] for row in worth[1:]]
        solved = solve([*matrix, [1] * len(others)], [0] * len(matrix) + [1])
        if solved is None:
            return None
        over, ((*numerators,),) = solved
        mixture = [Fraction(0)] * game.shape[player]
        for place, numerator in zip(others, numerators, strict=True):
            mixture[place] = Fraction(numerator, over)
        found.append(tuple(mixture))
    return tuple(found)


def _simplest(values: Sequence[float], near: Fraction) -> Mixed | None:
    """The distribution of the simplest fractions within ``near``; the largest takes the rest."""
    found = []
    for value in values:
        low = max(Fraction(value) - near, Fraction(0))
        high = min(Fraction(value) + near, Fraction(1))
        outside = low == 0 or high == 1
        found.append(Fraction(low > 0) if outside else simplest_between(low, high, closed=True))
    largest = max(range(len(found)), key=lambda k: values[k])
    found[largest] = 1 - sum((f for k, f in enumerate(found) if k != largest), Fraction(0))
    return tuple(found) if found[largest] >= 0 else None
