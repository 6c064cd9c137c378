"""Is a sum of payoffs the greatest, and are the prices the ratios they are said to be?"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import factorial, lcm, prod

from alliance_games.model.anonymous import AnonymousGame, Counts, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile, as_pure, pure_profile
from alliance_games.results.result import Result
from alliance_games.results.solutions import (
    Certificate,
    Component,
    CountPoint,
    Numbers,
    Point,
    Solution,
    Tally,
)

LOOPS_UP_TO = 4096

Game = NormalGame | AnonymousGame


def check(game: Game, solution: Solution, needed: Mapping[str, Result]) -> Certificate:
    """Hold a welfare-maximising profile, the numbers or their count to the definition."""
    claim = "the sum of payoffs was computed again at every profile"
    greatest, number = _greatest(game)
    match solution:
        case Point(profile=profile, payoffs=payoffs) if isinstance(game, NormalGame):
            pure = as_pure(profile)
            if pure is None or len(pure) != len(game.shape):
                return Certificate(False, "it is no pure profile of this game")
            if profile != pure_profile(pure, game.shape):
                return Certificate(False, "it is no pure profile of this game")
            right = game.payoffs(pure) == payoffs and sum(payoffs) == greatest
            return Certificate(right, claim)
        case CountPoint(counts=counts) if isinstance(game, AnonymousGame):
            sizes = [len(players) for players in game.members]
            if [sum(role) for role in counts] != sizes:
                return Certificate(False, "the counts are not those of this game's players")
            ways = prod(
                factorial(size) // prod(map(factorial, role))
                for size, role in zip(sizes, counts, strict=True)
            )
            right = ways == solution.profiles and _payoffs(game, counts) == solution.payoffs
            return Certificate(right and _welfare_at(game, counts) == greatest, claim)
        case Numbers(values=values):
            right = values == _values(game, greatest, needed, values)
            return Certificate(right, f"{claim} and at every equilibrium")
        case Tally(number=stated):
            return Certificate(stated == number, claim)
    return Certificate(False, f"a {solution.kind} is no answer to this question")


def _values(
    game: Game, greatest: Fraction, needed: Mapping[str, Result], stated: Mapping[str, object]
) -> dict[str, Fraction | None]:
    """The numbers under their names, from the game and the equilibria found."""
    values: dict[str, Fraction | None] = {"greatest welfare": greatest}
    if "price of anarchy" not in stated:
        return values
    (equilibria,) = needed.values()
    sums = [total for solution in equilibria.solutions for total in _sums(game, solution)]
    best, worst = (max(sums), min(sums)) if sums else (None, None)
    return values | {
        "best equilibrium": best,
        "worst equilibrium": worst,
        "price of anarchy": greatest / worst if worst is not None and worst > 0 else None,
        "price of stability": greatest / best if best is not None and best > 0 else None,
    }


def _sums(game: Game, solution: Solution) -> Iterator[Fraction]:
    match solution:
        case Point(profile=profile) if isinstance(game, NormalGame):
            yield _expected(game, profile)
        case Component(extreme_points=profiles) if isinstance(game, NormalGame):
            for profile in profiles:
                yield _expected(game, profile)
        case _ if isinstance(game, NormalGame) and hasattr(solution, "families"):
            points: tuple[Point, ...] = getattr(solution, "points", ())
            for point in points:
                yield _expected(game, point.profile)
        case CountPoint(counts=counts) if isinstance(game, AnonymousGame):
            yield _welfare_at(game, counts)


def _expected(game: NormalGame, profile: Profile) -> Fraction:
    """Expected welfare: the sum over the pure profiles that are played."""
    supports = [[(own, p) for own, p in enumerate(mixed) if p] for mixed in profile]
    total = Fraction(0)
    for played in product(*supports):
        chance = prod((p for _, p in played), start=Fraction(1))
        total += chance * sum(game.payoffs(tuple(own for own, _ in played)))
    return total


def _welfare_at(game: AnonymousGame, counts: tuple[Counts, ...]) -> Fraction:
    payoffs = _payoffs(game, counts)
    return sum(
        (
            number * payoff
            for role, gets in zip(counts, payoffs, strict=True)
            for number, payoff in zip(role, gets, strict=True)
            if payoff is not None
        ),
        Fraction(0),
    )


def _payoffs(
    game: AnonymousGame, counts: tuple[Counts, ...]
) -> tuple[tuple[Fraction | None, ...], ...]:
    total = [sum(column) for column in zip(*counts, strict=True)]
    return tuple(
        tuple(
            game.payoff(role, own, tuple(c - (s == own) for s, c in enumerate(total)))
            if number
            else None
            for own, number in enumerate(of_role)
        )
        for role, of_role in enumerate(counts)
    )


_last: tuple[weakref.ref[Game], tuple[Fraction, int]] | None = None


def _greatest(game: Game) -> tuple[Fraction, int]:
    """The greatest welfare and how many outcomes have it.

    Remembered for the game asked about last: it is wanted for every profile that reaches it.
    """
    global _last
    if _last is None or _last[0]() is not game:
        _last = (weakref.ref(game), _search(game))
    return _last[1]


def _search(game: Game) -> tuple[Fraction, int]:
    if isinstance(game, AnonymousGame):
        strategies = len(game.strategies)
        spreads = [count_vectors(len(players), strategies) for players in game.members]
        return _most(_welfare_at(game, counts) for counts in product(*spreads))
    if game.size <= LOOPS_UP_TO:
        return _most(sum(game.payoffs(profile)) for profile in game.profiles())
    return _search_arrays(game)


def _most(sums: Iterator[Fraction | int]) -> tuple[Fraction, int]:
    greatest, number = Fraction(0), 0
    for total in sums:
        if not number or total > greatest:
            greatest, number = Fraction(total), 0
        number += total == greatest
    return greatest, number


def _search_arrays(game: NormalGame) -> tuple[Fraction, int]:
    import numpy as np

    whole = lcm(*game.denominators)
    largest = sum(
        max(abs(int(f(game.flat(player)))) for f in (np.min, np.max)) * (whole // denominator)
        for player, denominator in enumerate(game.denominators)
    )
    exact = np.int64 if largest < 2**63 else object
    total = sum(
        game.flat(player).astype(exact) * (whole // denominator)
        for player, denominator in enumerate(game.denominators)
    )
    assert isinstance(total, np.ndarray)
    greatest = int(np.max(total))
    return Fraction(greatest, whole), int(np.count_nonzero(total == greatest))
