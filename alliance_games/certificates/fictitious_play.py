"""Is this the path of fictitious play, and does what is said of its end hold?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from operator import mul

from alliance_games.exact.linear import rank
from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import FictitiousPlay
from alliance_games.results.solutions import Certificate, Solution

CLAIM = "the path was followed again from beliefs, and the verdict held to its definition"

Profile = tuple[int, int]


def check_fictitious_play(game: NormalGame, solution: Solution, periods: int) -> Certificate:
    """Hold a path of fictitious play to the rules (Brown 1951)."""
    if not isinstance(solution, FictitiousPlay):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    if solution.periods != periods:
        return Certificate(False, f"{periods:,} periods were asked for")
    path = _path(game, periods)
    first, last = (dict(zip(game.players, game.names(path[t]), strict=True)) for t in (0, -1))
    if (dict(solution.first), dict(solution.last)) != (first, last):
        return Certificate(False, "the first or the last choices are others")
    shares = [
        [Fraction(sum(one[side] == i for one in path), periods) for i in range(size)]
        for side, size in enumerate(game.shape)
    ]
    told = {
        player: dict(zip(names, own, strict=True))
        for player, names, own in zip(game.players, game.strategies, shares, strict=True)
    }
    if {player: dict(own) for player, own in solution.frequencies.items()} != told:
        return Certificate(False, "the frequencies are others")
    gains = dict(zip(game.players, _regrets(game, shares), strict=True))
    if dict(solution.gain) != gains:
        return Certificate(False, "the gains are others")
    holds = _verdict_holds(game, solution, path)
    return Certificate(holds, CLAIM if holds else "the verdict does not hold")


@lru_cache(maxsize=4)
def _path(game: NormalGame, periods: int) -> list[Profile]:
    """The choices, from beliefs by the frequencies of the other's choices (at first, even odds)."""
    counts = [[1] * size for size in game.shape]
    tables = [game.matrix(0), [list(column) for column in zip(*game.matrix(1), strict=True)]]
    path: list[Profile] = []
    for period in range(periods):
        i, j = (_choice(tables[side], counts[1 - side], path[-1:], side) for side in (0, 1))
        path.append((i, j))
        if period == 0:
            counts = [[0] * size for size in game.shape]
        counts[0][i] += 1
        counts[1][j] += 1
    return path


def _choice(
    own: Sequence[Sequence[int]], beliefs: Sequence[int], before: Sequence[Profile], side: int
) -> int:
    worth = [sum(map(mul, row, beliefs)) for row in own]
    most = max(worth)
    kept = before[0][side] if before else None
    return kept if kept is not None and worth[kept] == most else worth.index(most)


def _regrets(game: NormalGame, shares: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    found = []
    for side in (0, 1):
        mine, other = shares[side], shares[1 - side]
        worth = [Fraction(0)] * len(mine)
        for own, theirs in product(range(len(mine)), range(len(other))):
            profile = (own, theirs) if side == 0 else (theirs, own)
            worth[own] += other[theirs] * game.payoff(side, profile)
        mean = sum((p * value for p, value in zip(mine, worth, strict=True)), Fraction(0))
        found.append(max(worth) - mean)
    return found


def _verdict_holds(game: NormalGame, told: FictitiousPlay, path: Sequence[Profile]) -> bool:
    since = min((path.index(one) + 1 for one in set(path) if _is_equilibrium(game, one)), default=0)
    if since:
        return (told.verdict, told.since, told.cycle, told.runs) == ("absorbed", since, (), ())
    if told.since:
        return False
    if _is_proportional(game):
        return (told.verdict, told.cycle, told.runs) == ("converges", (), ())
    if told.verdict == "cycles":
        return _came_round(game, told, path)
    return (told.verdict, told.cycle, told.runs) == ("unsettled", (), ())


def _is_equilibrium(game: NormalGame, profile: Profile) -> bool:
    i, j = profile
    rows, columns = (range(size) for size in game.shape)
    return all(game.payoff(0, profile) >= game.payoff(0, (k, j)) for k in rows) and all(
        game.payoff(1, profile) >= game.payoff(1, (i, k)) for k in columns
    )


def _is_proportional(game: NormalGame) -> bool:
    """Whether both players' payoffs, less the means over own strategies and over the other's, are
    in proportion (whatever the sign), and not zero for one alone."""
    flat = [_stakes(game.matrix(side), *game.shape) for side in (0, 1)]
    return all(map(any, flat)) and rank(flat) == 1


def _stakes(table: Sequence[Sequence[int]], m: int, n: int) -> list[int]:
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    total = sum(rows)
    return [
        m * n * table[i][j] - m * rows[i] - n * columns[j] + total
        for i in range(m)
        for j in range(n)
    ]


def _came_round(game: NormalGame, told: FictitiousPlay, path: Sequence[Profile]) -> bool:
    """Whether before the last change of choices the profiles told came round three times, in the
    order told, and in the last round in runs of these lengths."""
    if len(told.cycle) != len(told.runs) or len(told.cycle) < 2:
        return False
    end = len(path)
    while end and path[end - 1] == path[-1]:
        end -= 1
    names = [game.names(one) for one in path[:end]]
    for round_ in range(3):
        for profile, length in zip(reversed(told.cycle), reversed(told.runs), strict=True):
            start = end
            while start and names[start - 1] == tuple(profile):
                start -= 1
            if start == end or (round_ == 0 and end - start != length):
                return False
            end = start
    return True
