"""Values of cooperative games, held to what defines them."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from alliance_games.certificates.votes import orders_decided
from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.named.cooperative import Value
from alliance_games.results.solutions import Certificate


def check_shapley(game: CoalitionalGame, solution: Value) -> Certificate:
    """Shares are the contributions to the potential (Hart and Mas-Colell 1989, theorem A).

    The potential is the one function of coalitions, zero for the empty one, to which the members
    of each coalition contribute together just what it is worth; each player's contribution to the
    potential of all is the Shapley value. In a vote too large to write out, the orders in which
    each voter decides are counted again, from the winning coalitions.
    """
    names = tuple(solution.shares)
    if names != game.players:
        return Certificate(False, "every player has a share")
    shares = [solution.shares[player] for player in game.players]
    if not game.is_tabled:
        assert game.vote is not None
        found = orders_decided(*game.vote.in_integers())
        claim = "the orders in which each voter decides were counted from the winning coalitions"
        return Certificate(shares == found, claim)
    potential, scale = _potential(game)
    every = game.everybody
    right = [
        Fraction(potential[every] - potential[every & ~(1 << player)], scale)
        for player in range(len(game.players))
    ]
    claim = (
        "each share is the player's contribution to the potential, in which every coalition's "
        "members contribute together what it is worth"
    )
    return Certificate(shares == right, claim)


def _potential(game: CoalitionalGame) -> tuple[list[int], int]:
    """The potential of every coalition, times the returned integer."""
    # The potential is a sum of dividends over sizes, so the sizes' common multiple clears it.
    scale = lcm(*range(1, len(game.players) + 1))
    potential = [0] * len(game.numerators)
    for coalition in range(1, len(potential)):
        total, left = game.numerators[coalition] * scale, coalition
        while left:
            bit = left & -left
            total += potential[coalition ^ bit]
            left ^= bit
        potential[coalition] = total // coalition.bit_count()
    return potential, scale * game.denominator
