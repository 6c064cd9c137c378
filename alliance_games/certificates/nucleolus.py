"""The nucleolus, by the balance of the coalitions that complain most (Kohlberg 1971)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from alliance_games.certificates.balance import is_balanced, rank_of
from alliance_games.model.coalitional import CoalitionalGame, members
from alliance_games.results.named.cooperative import (
    MOST_COMPLAINING,
    MOST_LEVELS,
    Complaint,
    Nucleolus,
)
from alliance_games.results.solutions import Certificate


def check_nucleolus(game: CoalitionalGame, solution: Nucleolus) -> Certificate:
    """For every level, the coalitions whose excess reaches it are balanced (Kohlberg 1971; for the
    prenucleolus Sobolev 1975), players held at what they get alone helping in the nucleolus.

    Once the coalitions of a level settle every share, those of lower levels are balanced with
    them. The complaints told are those of these levels.
    """
    players = len(game.players)
    if tuple(solution.shares) != game.players:
        return Certificate(False, "every player has a share")
    shares = [solution.shares[player] for player in game.players]
    if sum(shares) != game.worth(game.everybody):
        return Certificate(False, "the shares add up to what all are worth together")
    alone = [game.worth(1 << player) for player in range(players)]
    floors: list[int] = []
    if (solution.of == "nucleolus") != (sum(alone) <= sum(shares)):
        return Certificate(False, "the nucleolus is among imputations where there are some")
    if solution.of == "nucleolus":
        if any(share < least for share, least in zip(shares, alone, strict=True)):
            return Certificate(False, "nobody gets less than she is worth alone")
        floors = [i for i in range(players) if shares[i] == alone[i]]
    levels = excess_levels(game, shares)
    told: list[Complaint] = []
    reached: list[int] = []
    known = 1
    for excess, coalitions in levels:
        if known == players:
            break
        if len(told) < MOST_LEVELS:
            first = sorted(coalitions, key=lambda one: (one.bit_count(), list(members(one))))
            names = tuple(map(game.names, first[:MOST_COMPLAINING]))
            told.append(Complaint(excess, len(coalitions), names))
        reached += coalitions
        now = rank_of([game.everybody, *reached], players)
        # A transfer that takes from no coalition before gives to none: it gives nothing to those
        # that depend on them.
        if now > known and not is_balanced(reached, floors, players):
            return Certificate(False, f"the coalitions with an excess of {excess} are balanced")
        known = now
    if solution.complaints != tuple(told):
        return Certificate(False, "the complaints are those of the division")
    among = "imputations" if solution.of == "nucleolus" else "divisions"
    claim = (
        f"at every level the coalitions with that excess or more are balanced, which no other of "
        f"the {among} achieves"
    )
    return Certificate(True, claim)


def excess_levels(
    game: CoalitionalGame, shares: Sequence[Fraction]
) -> list[tuple[Fraction, list[int]]]:
    """Every excess there is, the largest first, with its coalitions."""
    scale = lcm(game.denominator, *(share.denominator for share in shares))
    whole = [int(share * scale) for share in shares]
    per = scale // game.denominator
    totals = [0] * (game.everybody + 1)
    levels: dict[int, list[int]] = {}
    for coalition in range(1, game.everybody):
        bit = coalition & -coalition
        totals[coalition] = totals[coalition ^ bit] + whole[bit.bit_length() - 1]
        excess = game.numerators[coalition] * per - totals[coalition]
        levels.setdefault(excess, []).append(coalition)
    return [(Fraction(excess, scale), levels[excess]) for excess in sorted(levels, reverse=True)]
