"""Properties of cooperative games, each with what speaks against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

from alliance_games.model.coalitional import CoalitionalGame, members

Tick = Callable[[], None]

Pair = tuple[int, int]
"""Two coalitions that refute a property."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has a veto, who is a dummy, who of these adds nothing at all, who wins alone."""

    veto: tuple[int, ...]
    dummies: tuple[int, ...]
    null: tuple[int, ...]
    dictator: int | None


def standing(game: CoalitionalGame, tick: Tick) -> Standing:
    """The players' standing (Shapley 1953 for dummies)."""
    if not game.is_tabled:
        return _standing_in_vote(game, tick)
    table = game.numerators
    slack = game.slack * game.denominator
    veto, dummies, null = [], [], []
    for player in range(len(game.players)):
        tick()
        bit = 1 << player
        others = [one for one in range(len(table)) if not one & bit]
        if any(table) and not any(table[one] for one in others):
            veto.append(player)
        if all(abs(table[one | bit] - table[one] - table[bit]) <= slack for one in others):
            dummies.append(player)
            if abs(table[bit]) <= slack:
                null.append(player)
    winner = [i for i in veto if game.is_simple and table[1 << i]]
    return Standing(tuple(veto), tuple(dummies), tuple(null), winner[0] if winner else None)


def _standing_in_vote(game: CoalitionalGame, tick: Tick) -> Standing:
    """A voter adds nothing if she decides nowhere, which counting by weight tells."""
    from alliance_games.algorithms.vote_counts import swings

    assert game.vote is not None
    weights, quota = game.vote.in_integers()
    total, places = sum(weights), range(len(weights))
    counted = swings(weights, quota, tick)
    veto = [i for i in places if total >= quota > total - weights[i]]
    null = [i for i in places if not counted[i]]
    dictator = next((i for i in veto if weights[i] >= quota), None)
    # A dictator adds one to every coalition, which is what she is worth alone.
    dummies = null if dictator is None else [*places]
    return Standing(tuple(veto), tuple(dummies), tuple(null), dictator)


def convexity(game: CoalitionalGame, tick: Tick) -> tuple[Pair | None, bool]:
    """Two coalitions worth more apart than their union and what they share together (None: there
    are none, the game is convex), and whether it is strictly convex (Shapley 1971).

    It is enough to compare coalitions that differ by one player each.
    """
    table, slack = game.numerators, game.slack * game.denominator
    players, strictly = len(game.players), True
    for coalition in range(len(table)):
        if not coalition % 64:
            tick()
        outside = [1 << i for i in range(players) if not coalition >> i & 1]
        for one, other in combinations(outside, 2):
            both = coalition | one | other
            gain = (
                table[both] + table[coalition] - table[coalition | one] - table[coalition | other]
            )
            if gain < -slack:
                return (coalition | one, coalition | other), False
            strictly = strictly and gain > slack
    return None, strictly


def superadditivity(game: CoalitionalGame, tick: Tick) -> Pair | None:
    """Two coalitions without a common member that are worth more apart than together."""
    table, slack = game.numerators, game.slack * game.denominator
    for union in range(3, len(table)):
        tick()
        most = table[union] + slack
        part = (union - 1) & union
        # Each pair once: the part with the union's last member is the first of the two.
        while part > union ^ part:
            if table[part] + table[union ^ part] > most:
                return part, union ^ part
            part = (part - 1) & union
    return None


def monotonicity(game: CoalitionalGame, tick: Tick) -> Pair | None:
    """A coalition, and one with a member more that is worth less."""
    table, slack = game.numerators, game.slack * game.denominator
    for coalition in range(len(table)):
        if not coalition % 256:
            tick()
        for player in range(len(game.players)):
            larger = coalition | 1 << player
            if table[larger] < table[coalition] - slack:
                return coalition, larger
    return None


def minimal_winning(game: CoalitionalGame, tick: Tick) -> list[int]:
    """The winning coalitions that lose with any member less, small ones first."""
    table = game.numerators
    found = []
    for coalition, wins in enumerate(table):
        if not coalition % 256:
            tick()
        if wins and not any(table[coalition & ~(1 << player)] for player in members(coalition)):
            found.append(coalition)
    return sorted(found, key=lambda one: (one.bit_count(), list(members(one))))


def both_win(game: CoalitionalGame) -> int | None:
    """A winning coalition whose opponents win as well."""
    return _beside_the_rest(game, 1)


def neither_wins(game: CoalitionalGame) -> int | None:
    """A losing coalition whose opponents lose as well."""
    return _beside_the_rest(game, 0)


def _beside_the_rest(game: CoalitionalGame, wins: int) -> int | None:
    table, every = game.numerators, game.everybody
    return next(
        (one for one in range(len(table)) if table[one] == table[every ^ one] == wins), None
    )
