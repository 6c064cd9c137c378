"""Levels of reasoning held to their definition: every level is exactly the best replies to its
belief, and the shares of a hierarchy stand to each other as Poisson's do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile
from alliance_games.results.level_solutions import Levels
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "level 0 is uniform, and each higher level is uniform over all best replies to its belief, "
    "whose expected payoffs were summed anew"
)


def check(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """Hold every level, the shares, the aggregate and the cycle to the definition."""
    if not isinstance(solution, Levels) or not solution.levels:
        return Certificate(False, "it is no list of levels")
    if not all(_is_profile(game, level) for level in solution.levels):
        return Certificate(False, CLAIM)
    holds = all(len(set(own)) == 1 for own in solution.levels[0])
    for k in range(1, len(solution.levels)):
        holds = holds and _replies(game, _belief(solution, k)) == solution.levels[k]
    return Certificate(holds and _whole(game, solution), CLAIM)


def _is_profile(game: NormalGame | AnonymousGame, profile: Profile) -> bool:
    widths = (
        game.shape if isinstance(game, NormalGame) else (len(game.strategies),) * len(game.members)
    )
    return tuple(map(len, profile)) == widths and all(
        sum(own) == 1 and min(own) >= 0 for own in profile
    )


def _belief(solution: Levels, level: int) -> Profile:
    """What a level believes of the others."""
    if solution.rate is None:
        return solution.levels[level - 1]
    return _together(solution, level)


def _together(solution: Levels, until: int) -> Profile:
    """The levels below ``until``, each in its share of them."""
    total = sum(solution.shares[:until], Fraction(0))
    players = range(len(solution.levels[0]))
    return tuple(
        tuple(
            sum((solution.shares[h] * solution.levels[h][i][a] for h in range(until)), Fraction(0))
            / total
            for a in range(len(solution.levels[0][i]))
        )
        for i in players
    )


def _whole(game: NormalGame | AnonymousGame, solution: Levels) -> bool:
    """Shares, aggregate and cycle."""
    if solution.rate is None:
        if solution.shares or solution.aggregate:
            return False
        if solution.cycle is None:
            return True
        first, length = solution.cycle
        after = _replies(game, solution.levels[-1])
        return (
            first >= 0
            and length >= 1
            and first + length == len(solution.levels)
            and after == solution.levels[first]
            and len(set(solution.levels)) == len(solution.levels)
        )
    shares = solution.shares
    if len(shares) != len(solution.levels) or sum(shares) != 1 or solution.cycle is not None:
        return False
    return solution.aggregate == _together(solution, len(shares)) and all(
        shares[k + 1] * (k + 1) == shares[k] * solution.rate for k in range(len(shares) - 1)
    )


def _replies(game: NormalGame | AnonymousGame, belief: Profile) -> Profile:
    worths = (
        _worths(game, belief) if isinstance(game, NormalGame) else _worths_by_role(game, belief)
    )
    found = []
    for worth in worths:
        number = worth.count(max(worth))
        found.append(tuple(Fraction(int(w == max(worth)), number) for w in worth))
    return tuple(found)


def _worths(game: NormalGame, belief: Profile) -> list[list[Fraction]]:
    """Expected payoffs, profile by profile; only those that the belief allows are visited."""
    found = []
    for player, width in enumerate(game.shape):
        worth = [Fraction(0)] * width
        ways: list[tuple[tuple[int, ...], Fraction]] = [((), Fraction(1))]
        for other, own in enumerate(belief):
            choices = (
                [(k, Fraction(1)) for k in range(width)]
                if other == player
                else [(k, p) for k, p in enumerate(own) if p]
            )
            ways = [((*before, k), w * p) for before, w in ways for k, p in choices]
        for profile, weight in ways:
            worth[profile[player]] += weight * game.payoff(player, profile)
        found.append(worth)
    return found


def _worths_by_role(game: AnonymousGame, belief: Profile) -> list[list[Fraction]]:
    found = []
    for role in range(len(game.members)):
        sizes = [len(members) - (k == role) for k, members in enumerate(game.members)]
        spread = _spread(sizes, belief)
        found.append(
            [
                sum((w * game.payoff(role, own, c) for c, w in spread.items()), Fraction(0))
                for own in range(len(game.strategies))
            ]
        )
    return found


def _spread(sizes: Sequence[int], belief: Profile) -> dict[tuple[int, ...], Fraction]:
    """How likely it is that so many choose each strategy, by binomials one inside the other."""
    found: dict[tuple[int, ...], Fraction] = {(0,) * len(belief[0]): Fraction(1)}
    for size, own in zip(sizes, belief, strict=True):
        mine: list[tuple[tuple[int, ...], int, Fraction]] = [((), size, Fraction(1))]
        for place, p in enumerate(own):
            last = place == len(own) - 1
            mine = [
                ((*before, k), left - k, weight * comb(left, k) * p**k)
                for before, left, weight in mine
                for k in (range(left, left + 1) if last else range(left + 1))
                if p or not k
            ]
        joined: dict[tuple[int, ...], Fraction] = {}
        for counts, weight in found.items():
            for more, _, chance in mine:
                both = tuple(a + b for a, b in zip(counts, more, strict=True))
                joined[both] = joined.get(both, Fraction(0)) + weight * chance
        found = joined
    return found
