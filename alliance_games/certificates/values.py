"""Values of cooperative games and measures of power, held to what defines them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from alliance_games.certificates.votes import orders_decided, swings_counted
from alliance_games.model.coalitional import CoalitionalGame, members
from alliance_games.results.named.cooperative import BlocValue, Power, Value
from alliance_games.results.solutions import Certificate

EVERYBODY_HAS_ONE = Certificate(False, "every player has a share")


def check_shapley(game: CoalitionalGame, solution: Value) -> Certificate:
    """Shares are the contributions to the potential (Hart and Mas-Colell 1989, theorem A).

    The potential is the one function of coalitions, zero for the empty one, to which the members
    of each coalition contribute together just what it is worth; each player's contribution to the
    potential of all is the Shapley value. In a vote too large to write out, the orders in which
    each voter decides are counted again.
    """
    if tuple(solution.shares) != game.players:
        return EVERYBODY_HAS_ONE
    shares = list(solution.shares.values())
    if not game.is_tabled:
        assert game.vote is not None
        claim = (
            "the orders in which each voter decides were counted anew, upwards from the lightest"
        )
        return Certificate(shares == orders_decided(*game.vote.in_integers()), claim)
    right = _by_potential(game.numerators)
    claim = (
        "each share is the player's contribution to the potential, in which every coalition's "
        "members contribute together what it is worth"
    )
    return Certificate(shares == [one / game.denominator for one in right], claim)


def _by_potential(worths: Sequence[int]) -> list[Fraction]:
    """Each player's contribution to the potential of all."""
    players = (len(worths) - 1).bit_length()
    # The potential is a sum of dividends over sizes, so the sizes' common multiple clears it.
    scale = lcm(*range(1, players + 1))
    potential = [0] * len(worths)
    for coalition in range(1, len(worths)):
        total, left = worths[coalition] * scale, coalition
        while left:
            bit = left & -left
            total += potential[coalition ^ bit]
            left ^= bit
        potential[coalition] = total // coalition.bit_count()
    every = len(worths) - 1
    return [
        Fraction(potential[every] - potential[every ^ 1 << player], scale)
        for player in range(players)
    ]


def check_power(game: CoalitionalGame, solution: Power) -> Certificate:
    """In every winning coalition, who turns it into a losing one by leaving? (Banzhaf 1965)"""
    if tuple(solution.swings) != game.players:
        return EVERYBODY_HAS_ONE
    if game.is_tabled:
        counted = [0] * len(game.players)
        for coalition, wins in enumerate(game.numerators):
            for player in members(coalition) if wins else ():
                counted[player] += not game.numerators[coalition ^ 1 << player]
        claim = "in every winning coalition it was seen who turns it into a losing one by leaving"
    else:
        assert game.vote is not None
        counted = swings_counted(*game.vote.in_integers())
        claim = "the swings of each voter were counted anew, upwards from the lightest coalitions"
    names = game.players
    others = 2 ** (len(names) - 1)
    raw = {name: Fraction(one, others) for name, one in zip(names, counted, strict=True)}
    total = sum(counted)
    shared = {name: Fraction(one, total) for name, one in zip(names, counted, strict=True)}
    right = (
        dict(solution.swings) == dict(zip(names, counted, strict=True))
        and dict(solution.raw) == raw
        and dict(solution.normalised) == shared
    )
    return Certificate(right, claim)


def check_owen(game: CoalitionalGame, solution: BlocValue) -> Certificate:
    """First the blocs divide what all are worth by the Shapley value among blocs; then a bloc
    divides its share by the Shapley value of the game in which each part of it is worth what it
    would get in the bloc's place (Owen 1977)."""
    if tuple(solution.shares) != game.players:
        return EVERYBODY_HAS_ONE
    blocs = [sum(1 << player for player in bloc) for bloc in game.blocs]
    shares: dict[str, Fraction] = {}
    of_blocs = []
    for place, bloc in enumerate(game.blocs):
        worths = []
        for part in range(1 << len(bloc)):
            inside = sum(1 << bloc[i] for i in members(part))
            there = [*blocs[:place], inside, *blocs[place + 1 :]]
            worths.append(_by_potential(_quotient(game, there))[place])
        of_blocs.append(worths[-1] / game.denominator)
        scale = lcm(*(worth.denominator for worth in worths))
        own = _by_potential([int(worth * scale) for worth in worths])
        for player, share in zip(bloc, own, strict=True):
            shares[game.players[player]] = share / (scale * game.denominator)
    right = (
        dict(solution.shares) == shares
        and list(solution.bloc_shares) == of_blocs
        and solution.blocs == tuple(map(game.names, blocs))
    )
    claim = (
        "each bloc has its Shapley value among blocs, and divides it by the Shapley value of what "
        "its parts would get in its place"
    )
    return Certificate(right, claim)


def _quotient(game: CoalitionalGame, blocs: Sequence[int]) -> list[int]:
    """The worths of unions of blocs."""
    unions = [0]
    for bloc in blocs:
        unions += [union | bloc for union in unions]
    return [game.numerators[union] for union in unions]
