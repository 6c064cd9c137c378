"""Does one equilibrium payoff-dominate, or risk-dominate, the others, as it is said to?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs, Profile, PureProfile, as_pure, pure_profile
from alliance_games.results.result import Result
from alliance_games.results.solutions import Certificate, Component, Point, Selection, Solution


def check_payoff_dominance(
    game: NormalGame, solution: Solution, needed: Mapping[str, Result]
) -> Certificate:
    """The equilibrium picked is as good for all and better for some than every other one.

    Where none is picked, each pure isolated equilibrium fails against some other.
    """
    if not isinstance(solution, Selection):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    equilibria = needed["nash"].solutions
    corners = [profile for each in equilibria for profile in _corners(each)]
    payoffs = {profile: _expected(game, profile) for profile in corners}
    compared = sorted(filter(None, map(as_pure, corners)))
    if list(solution.compared) != compared:
        return Certificate(False, "the equilibria compared are not the pure equilibria")
    isolated = [each.profile for each in equilibria if isinstance(each, Point)]
    dominant = [
        as_pure(profile)
        for profile in isolated
        if as_pure(profile) is not None
        and all(
            other == profile or _dominates(payoffs[profile], payoffs[other]) for other in corners
        )
    ]
    if dominant != ([] if solution.profile is None else [solution.profile]):
        return Certificate(False, "comparing the payoffs again gives another answer")
    here = (
        {}
        if solution.profile is None
        else dict(zip(game.players, game.payoffs(solution.profile), strict=True))
    )
    if solution.numbers != {f"payoff of {player}": payoff for player, payoff in here.items()}:
        return Certificate(False, "the payoffs given are others")
    return Certificate(True, "the payoffs at every equilibrium were compared")


def _corners(solution: Solution) -> Iterator[Profile]:
    if isinstance(solution, Point):
        yield solution.profile
    elif isinstance(solution, Component):
        yield from solution.extreme_points
    elif solution.kind == "component":
        yield from (point.profile for point in getattr(solution, "points", ()))


def _expected(game: NormalGame, profile: Profile) -> Payoffs:
    supports = [[(own, p) for own, p in enumerate(mixed) if p] for mixed in profile]
    total = [Fraction(0)] * len(game.players)
    for played in product(*supports):
        chance = prod((p for _, p in played), start=Fraction(1))
        for player, payoff in enumerate(game.payoffs(tuple(own for own, _ in played))):
            total[player] += chance * payoff
    return tuple(total)


def _dominates(first: Payoffs, second: Payoffs) -> bool:
    return first != second and all(a >= b for a, b in zip(first, second, strict=True))


def check_risk_dominance(game: NormalGame, solution: Solution) -> Certificate:
    """The product of deviation losses is greater at the equilibrium picked; equal if none is.

    The threshold beliefs are checked by what they mean: at the threshold the player is indifferent.
    """
    if not isinstance(solution, Selection) or len(game.shape) != 2:
        return Certificate(False, "it does not compare equilibria of two players")
    if game.shape != (2, 2):
        return _check_pairs(game, solution)
    strict = [profile for profile in product(range(2), repeat=2) if min(_losses(game, profile)) > 0]
    if list(solution.compared) != strict or len(strict) != 2:
        return Certificate(False, "the profiles compared are not the two strict equilibria")
    first, second = (prod(_losses(game, profile)) for profile in strict)
    picked = None if first == second else strict[first < second]
    if solution.profile != picked:
        return Certificate(False, "comparing the deviation losses again gives another answer")
    for player, name in enumerate(game.players):
        belief = solution.numbers.get(f"threshold of {name}")
        if belief is None or not _indifferent(game, player, strict[0], belief):
            return Certificate(False, f"{name} is not indifferent at the threshold belief")
    products = [
        solution.numbers.get(f"product of losses at {', '.join(game.names(profile))}")
        for profile in strict
    ]
    return Certificate(
        products == [first, second],
        "the losses from every deviation were multiplied and compared",
    )


def _losses(game: NormalGame, profile: PureProfile) -> list[Fraction]:
    """What each player loses by leaving a profile of a 2x2 game alone."""
    return [
        game.payoff(player, profile) - game.payoff(player, _changed(profile, player))
        for player in range(2)
    ]


def _changed(profile: PureProfile, player: int) -> PureProfile:
    return tuple(1 - own if index == player else own for index, own in enumerate(profile))


def _indifferent(game: NormalGame, player: int, there: PureProfile, belief: Fraction) -> bool:
    """Whether both strategies are worth the same to the player if the other plays as in ``there``
    with probability ``belief``."""
    other = 1 - player
    mixed = tuple(belief if own == there[other] else 1 - belief for own in range(2))
    worth = []
    for own in range(2):
        profile = [*pure_profile((own, own), (2, 2))]
        profile[other] = mixed
        worth.append(_expected(game, tuple(profile))[player])
    return 0 < belief < 1 and worth[0] == worth[1]


def _check_pairs(game: NormalGame, solution: Selection) -> Certificate:
    """The equilibrium picked has the greater product of losses against every other, pair by pair.

    In the 2x2 game of two strict equilibria the product of both losses at the first is greater
    exactly where the beliefs at which the players are indifferent sum to less than one.
    """
    rows, columns = range(game.shape[0]), range(game.shape[1])
    strict = [
        (r, c)
        for r, c in product(rows, columns)
        if all(game.payoff(0, (r, c)) > game.payoff(0, (other, c)) for other in rows if other != r)
        and all(
            game.payoff(1, (r, c)) > game.payoff(1, (r, other)) for other in columns if other != c
        )
    ]
    if list(solution.compared) != strict or len(strict) < 2:
        return Certificate(False, "the profiles compared are not the strict equilibria")
    numbers: dict[str, Fraction] = {}
    beaten = set()
    for one, other in product(strict, repeat=2):
        if one == other:
            continue
        small = _between(game, one, other)
        here, there = _losses(small, (0, 0)), _losses(small, (1, 1))
        names = [f"({', '.join(game.names(profile))})" for profile in (one, other)]
        numbers[f"product of losses at {names[0]} against {names[1]}"] = here[0] * here[1]
        if sum(b / (a + b) for a, b in zip(here, there, strict=True)) >= 1:
            beaten.add(one)
    best = [profile for profile in strict if profile not in beaten]
    if solution.profile != (best[0] if best else None):
        return Certificate(False, "comparing the deviation losses again gives another answer")
    return Certificate(
        dict(solution.numbers) == numbers,
        "the losses from every deviation were multiplied and compared, pair by pair",
    )


def _between(game: NormalGame, one: PureProfile, other: PureProfile) -> NormalGame:
    """The 2x2 game of the strategies of two profiles."""
    pairs = list(zip(one, other, strict=True))
    return NormalGame.from_payoffs(
        game.players,
        [[names[k] for k in pair] for names, pair in zip(game.strategies, pairs, strict=True)],
        lambda p: game.payoffs(tuple(pair[k] for pair, k in zip(pairs, p, strict=True))),
    )
