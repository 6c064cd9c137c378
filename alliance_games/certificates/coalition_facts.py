"""Properties of cooperative games, held to their definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.certificates.votes import swings_counted
from alliance_games.model.coalitional import CoalitionalGame, members
from alliance_games.results.named.cooperative import (
    Against,
    Convexity,
    Roles,
    Superadditivity,
    Winning,
)
from alliance_games.results.solutions import Certificate

ALL_PAIRS = 8
"""With so many players every two coalitions are compared; with more, those that differ by two."""


def check_roles(game: CoalitionalGame, solution: Roles) -> Certificate:
    """Who is in every coalition that is worth something, and what each player adds to each."""
    names, places = game.players, range(len(game.players))
    if game.is_tabled:
        table = game.numerators
        common = game.everybody if any(table) else 0
        for coalition, worth in enumerate(table):
            if worth:
                common &= coalition
        veto = [i for i in places if common >> i & 1]
        added = [
            {worth - table[one ^ 1 << i] for one, worth in enumerate(table) if one >> i & 1}
            for i in places
        ]
        slack = game.slack * game.denominator
        dummies = [i for i in places if max(added[i]) - min(added[i]) <= slack]
        null = [i for i in dummies if abs(table[1 << i]) <= slack]
        claim = "what each player adds to every coalition was listed"
    else:
        assert game.vote is not None
        veto = [i for i in places if game.worth(game.everybody) and not _wins_without(game, i)]
        counted = swings_counted(*game.vote.in_integers())
        null = [i for i in places if not counted[i]]
        others = 1 << (len(names) - 1)
        dummies = [i for i in places if counted[i] in (0, others)]
        claim = "the coalitions for which each voter decides were counted"
    winner = [i for i in veto if game.is_simple and game.worth(1 << i) == 1]
    right = (
        solution.veto == tuple(names[i] for i in veto)
        and solution.dummies == tuple(names[i] for i in dummies)
        and solution.null == tuple(names[i] for i in null)
        and solution.essential == tuple(names[i] for i in places if i not in dummies)
        and solution.dictator == (names[winner[0]] if winner else None)
    )
    return Certificate(right, claim)


def _wins_without(game: CoalitionalGame, player: int) -> bool:
    return bool(game.worth(game.everybody & ~(1 << player)))


def check_convexity(game: CoalitionalGame, solution: Convexity) -> Certificate:
    """Two coalitions and their union and intersection, for every two (Shapley 1971)."""
    if not solution.convex:
        found = solution.against
        if found is None or solution.strictly:
            return Certificate(False, "two coalitions speak against convexity")
        one, other = game.coalition(found.first), game.coalition(found.second)
        right = _sums_are(game, found, (one, other), (one | other, one & other))
        return Certificate(right, "two coalitions are worth more than union and intersection")
    least = _least_gain(game)
    slack = game.slack * game.denominator
    right = (
        solution.against is None
        and (least is None or least >= -slack)
        and solution.strictly == (least is None or least > slack)
    )
    return Certificate(right, "every two coalitions were held against union and intersection")


def _least_gain(game: CoalitionalGame) -> int | None:
    """The least that union and intersection are worth beyond two coalitions of which neither
    contains the other; None where there are no such two."""
    pairs = _all_pairs if len(game.players) <= ALL_PAIRS else _joining
    return min(pairs(game), default=None)


def _all_pairs(game: CoalitionalGame) -> Iterator[int]:
    table = game.numerators
    for one in range(len(table)):
        for other in range(one):
            if one | other not in (one, other):
                yield table[one | other] + table[one & other] - table[one] - table[other]


def _joining(game: CoalitionalGame) -> Iterator[int]:
    """By how much what a player adds grows with one member more: where it grows with each single
    member it grows with the coalition."""
    table = game.numerators
    for player in range(len(game.players)):
        bit = 1 << player
        adds = [table[one | bit] - table[one] for one in range(len(table))]
        for one in range(len(table)):
            if not one & bit:
                for joining in members(game.everybody & ~one & ~bit):
                    yield adds[one | 1 << joining] - adds[one]


def _sums_are(
    game: CoalitionalGame, found: Against, left: Sequence[int], right: Sequence[int]
) -> bool:
    """Whether the two sides are these worths, and the left is the larger one."""
    below = sum((game.worth(one) for one in left), Fraction(0))
    above = sum((game.worth(one) for one in right), Fraction(0))
    return found.left == below > above + game.slack and found.right == above


def check_superadditivity(game: CoalitionalGame, solution: Superadditivity) -> Certificate:
    """Coalitions without a common member; coalitions and those that contain them; each alone."""
    alone = sum((game.worth(1 << i) for i in range(len(game.players))), Fraction(0))
    if solution.essential != (game.worth(game.everybody) > alone + game.slack):
        return Certificate(False, "all together are compared with each alone")
    found, against = solution.against, solution.against_monotonic
    if solution.superadditive != (found is None) or solution.monotonic != (against is None):
        return Certificate(False, "two coalitions speak against what does not hold")
    if found is None:
        if not _is_superadditive(game):
            return Certificate(False, "no two coalitions are worth more apart")
    else:
        one, other = game.coalition(found.first), game.coalition(found.second)
        if one & other or not _sums_are(game, found, (one, other), (one | other,)):
            return Certificate(False, "two coalitions are worth more apart than together")
    if against is None:
        if not _is_monotonic(game):
            return Certificate(False, "no coalition is worth less than one within it")
    else:
        one, other = game.coalition(against.first), game.coalition(against.second)
        if one & ~other or not _sums_are(game, against, (one,), (other,)):
            return Certificate(False, "a coalition is worth less than one within it")
    return Certificate(True, "every two coalitions without a common member were compared")


def _is_superadditive(game: CoalitionalGame) -> bool:
    table, slack = game.numerators, game.slack * game.denominator
    for one in range(1, len(table)):
        rest = game.everybody ^ one
        other = rest
        while other > one:
            if table[one] + table[other] > table[one | other] + slack:
                return False
            other = (other - 1) & rest
    return True


def _is_monotonic(game: CoalitionalGame) -> bool:
    """Whether the most that any part of a coalition is worth is never more than the whole."""
    most = list(game.numerators)
    for player in range(len(game.players)):
        bit = 1 << player
        for coalition in range(len(most)):
            if coalition & bit:
                most[coalition] = max(most[coalition], most[coalition ^ bit])
    slack = game.slack * game.denominator
    return all(a <= b + slack for a, b in zip(most, game.numerators, strict=True))


def check_winning(game: CoalitionalGame, solution: Winning) -> Certificate:
    """Each coalition and the rest; each winning coalition and those with a member less."""
    table, every = game.numerators, game.everybody
    both = [one for one, wins in enumerate(table) if wins and table[every ^ one]]
    neither = [one for one, wins in enumerate(table) if not wins and not table[every ^ one]]
    for told, found in ((solution.against_proper, both), (solution.against_strong, neither)):
        if (told is None) != (not found) or (
            told is not None and game.coalition(told) not in found
        ):
            return Certificate(False, "a coalition and the rest speak against what does not hold")
    minimal = {
        one
        for one, wins in enumerate(table)
        if wins and all(not table[one ^ 1 << player] for player in members(one))
    }
    listed = {game.coalition(names) for names in solution.minimal}
    right = (
        solution.proper == (not both)
        and solution.strong == (not neither)
        and solution.number == len(minimal)
        and len(listed) == len(solution.minimal)
        and listed <= minimal
    )
    return Certificate(right, "every coalition was held against the rest and against its parts")
