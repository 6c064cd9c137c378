"""Is a pure profile a Nash equilibrium? Every player's every deviation, one by one."""

from __future__ import annotations

from fractions import Fraction
from math import factorial, prod

from alliance_games.certificates.pareto import dominator
from alliance_games.model.anonymous import AnonymousGame, count_positions
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure, pure_profile
from alliance_games.results.solutions import Certificate, CountPoint, Point, Solution, Tally

LOOPS_UP_TO = 4096
"""Games of up to so many profiles are recounted in plain Python, larger ones with numpy."""


def check(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """Hold a pure equilibrium, counts of one, or a number of them to the definition."""
    if isinstance(solution, Point) and isinstance(game, NormalGame):
        return check_point(game, solution)
    if isinstance(solution, CountPoint) and isinstance(game, AnonymousGame):
        return check_counts(game, solution)
    if isinstance(solution, Tally):
        count = recount(game) if isinstance(game, NormalGame) else recount_anonymous(game)
        return Certificate(count == solution.number, f"counting again gives {count}")
    return Certificate(False, f"a {solution.kind} is no answer to this question")


def check_point(game: NormalGame, point: Point) -> Certificate:
    """No player of a normal-form game gains by another pure strategy (Nash 1951)."""
    profile = as_pure(point.profile)
    if profile is None or len(profile) != len(game.shape):
        return Certificate(False, "it is no pure profile of this game")
    if point.profile != pure_profile(profile, game.shape):
        return Certificate(False, "it is no pure profile of this game")
    position = game.position(profile)
    largest = Fraction(0)
    strict = True
    for player, count in enumerate(game.shape):
        table = game.numerators[player]
        others = position - profile[player] * game.strides[player]
        gains = [
            table[others + own * game.strides[player]] - table[position]
            for own in range(count)
            if own != profile[player]
        ]
        if gains:
            strict = strict and max(gains) < 0
            largest = max(largest, Fraction(max(gains), game.denominators[player]))
    holds = largest == 0 and game.payoffs(profile) == point.payoffs
    if "strict" in point.properties:
        holds = holds and point.properties["strict"] == strict
    if "efficient" in point.properties:
        holds = holds and point.properties["efficient"] == (dominator(game, position) is None)
    return Certificate(holds, "every deviation of every player was tried", largest)


def check_counts(game: AnonymousGame, point: CountPoint) -> Certificate:
    """In no profile with these counts does anybody gain by another strategy."""
    sizes = [len(players) for players in game.members]
    shapes = [(len(counts), sum(counts), min(counts) >= 0) for counts in point.counts]
    if shapes != [(len(game.strategies), size, True) for size in sizes]:
        return Certificate(False, "the counts are not those of this game's players")
    total = [sum(column) for column in zip(*point.counts, strict=True)]
    position = count_positions(len(game.players) - 1, len(game.strategies))
    largest = Fraction(0)
    strict, payoffs_right = True, True
    for role, (counts, tables, denominator, stated) in enumerate(
        zip(point.counts, game.numerators, game.denominators, point.payoffs, strict=True)
    ):
        for own, number in enumerate(counts):
            if not number:
                payoffs_right = payoffs_right and stated[own] is None
                continue
            others = tuple(count - (s == own) for s, count in enumerate(total))
            payoffs_right = payoffs_right and stated[own] == game.payoff(role, own, others)
            at = position[others]
            gains = [table[at] - tables[own][at] for s, table in enumerate(tables) if s != own]
            if gains:
                strict = strict and max(gains) < 0
                largest = max(largest, Fraction(max(gains), denominator))
    ways = prod(
        factorial(size) // prod(map(factorial, counts))
        for size, counts in zip(sizes, point.counts, strict=True)
    )
    holds = largest == 0 and payoffs_right and ways == point.profiles
    if "strict" in point.properties:
        holds = holds and point.properties["strict"] == strict
    return Certificate(holds, "every deviation of a player of every role was tried", largest)


def recount(game: NormalGame) -> int:
    """The number of pure equilibria: the profiles that survive each deviation in turn."""
    if game.size > LOOPS_UP_TO:
        return _recount_with_arrays(game)
    return sum(
        all(
            game.numerators[player][game.position((*profile[:player], own, *profile[player + 1 :]))]
            <= game.numerators[player][position]
            for player, count in enumerate(game.shape)
            for own in range(count)
        )
        for position, profile in enumerate(game.profiles())
    )


def _recount_with_arrays(game: NormalGame) -> int:
    import numpy as np

    tempted = np.zeros(game.size, dtype=bool)
    for player, (count, stride) in enumerate(zip(game.shape, game.strides, strict=True)):
        payoffs = game.flat(player).reshape(-1, count, stride)
        here = tempted.reshape(payoffs.shape)
        for own in range(count):
            here |= (payoffs[:, own : own + 1, :] > payoffs).astype(bool)
    return int(game.size - np.count_nonzero(tempted))


def recount_anonymous(game: AnonymousGame) -> int:
    """The number of pure equilibria, role by role over all counts.

    For each total c, the coefficient of z^c in the product over players of the sum of z_s over
    the strategies s that the player would not leave at c.
    """
    strategies = range(len(game.strategies))
    position = count_positions(len(game.players) - 1, len(game.strategies))
    number = 0
    for total in game.counts():
        stays: list[list[int]] = []
        for tables in game.numerators:
            role = []
            for own in strategies:
                if total[own]:
                    at = position[tuple(c - (s == own) for s, c in enumerate(total))]
                    if all(tables[s][at] <= tables[own][at] for s in strategies):
                        role.append(own)
            stays.append(role)
        number += _coefficient(total, [stays[role] for role in game.roles])
    return number


def _coefficient(total: tuple[int, ...], players: list[list[int]]) -> int:
    """The ways to give each player one of her strategies so that the totals are these."""
    rest = list(total)
    free = []
    for stays in players:
        if len(stays) == 1:
            rest[stays[0]] -= 1
        else:
            free.append(stays)
    if min(rest) < 0:
        return 0
    ways = {tuple(rest): 1}
    for stays in free:
        following: dict[tuple[int, ...], int] = {}
        for left, number in ways.items():
            for own in stays:
                if left[own]:
                    after = tuple(c - (s == own) for s, c in enumerate(left))
                    following[after] = following.get(after, 0) + number
        ways = following
    return ways.get((0,) * len(total), 0)
