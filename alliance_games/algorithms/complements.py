"""Orders of strategies in which they are complements, and the extreme equilibria of such games.

With the strategies of each player in a line, what matters is how the gain from one of her
strategies to another changes as another player goes from one of his to another. Whatever the order,
the sign of that change for two pairs of strategies is the same up to the directions in which the
pairs are passed; so the signs are found once, and orders are held to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations

from alliance_games.model.anonymous import AnonymousGame, count_positions, count_vectors
from alliance_games.model.normal import NormalGame

Tick = Callable[[], None]
Order = tuple[int, ...]
"""A player's (or role's) strategies from low to high."""

MOST_ORDERED = 5
"""Of up to so many strategies all orders are tried; of more, the one given and its reverse."""

Signs = dict[tuple[int, int], dict[tuple[int, int, int, int], int]]
"""For groups i, j and strategies a < b of i and c < d of j: whether i's gain from a to b rises (1),
falls (-1), stays (0) or does both (2) as j goes from c to d, whatever the rest do."""


def signs(game: NormalGame | AnonymousGame, tick: Tick) -> Signs:
    """The signs of all pairs of groups."""
    found: Signs = {}
    changes = _changes(game) if isinstance(game, NormalGame) else _changes_by_counts(game)
    for i, j, places, change in changes:
        tick()
        table = found.setdefault((i, j), {})
        sign = (change > 0) - (change < 0)
        known = table.get(places, 0)
        if sign and known != sign:
            table[places] = 2 if known else sign
    return found


def _changes(game: NormalGame) -> Iterator[tuple[int, int, tuple[int, int, int, int], int]]:
    for i, table in enumerate(game.numerators):
        si = game.strides[i]
        for j in range(len(game.players)):
            if i == j:
                continue
            sj = game.strides[j]
            starts = [
                position
                for position in range(game.size)
                if not position // si % game.shape[i] and not position // sj % game.shape[j]
            ]
            for a, b in combinations(range(game.shape[i]), 2):
                for c, d in combinations(range(game.shape[j]), 2):
                    for start in starts:
                        low, high = start + c * sj, start + d * sj
                        yield (
                            i,
                            j,
                            (a, b, c, d),
                            table[high + b * si]
                            - table[high + a * si]
                            - table[low + b * si]
                            + table[low + a * si],
                        )


def _changes_by_counts(
    game: AnonymousGame,
) -> Iterator[tuple[int, int, tuple[int, int, int, int], int]]:
    players, strategies = len(game.players), len(game.strategies)
    if players < 2:
        return
    place = count_positions(players - 1, strategies)
    for rest in count_vectors(players - 2, strategies):
        at = [place[tuple(n + (s == own) for s, n in enumerate(rest))] for own in range(strategies)]
        for i, tables in enumerate(game.numerators):
            for a, b in combinations(range(strategies), 2):
                for c, d in combinations(range(strategies), 2):
                    change = (
                        tables[b][at[d]] - tables[a][at[d]] - tables[b][at[c]] + tables[a][at[c]]
                    )
                    for j, members in enumerate(game.members):
                        if i != j or len(members) > 1:
                            yield i, j, (a, b, c, d), change


def candidates(size: int) -> list[Order]:
    """The orders that are tried: the one given first, its reverse, then all others if few."""
    given = tuple(range(size))
    first = [given, given[::-1]]
    others = permutations(given) if size <= MOST_ORDERED else iter(())
    return list(dict.fromkeys([*first, *others]))


def orders(sizes: Sequence[int], of: Signs, tick: Tick) -> tuple[Order, ...] | None:
    """The first orders, one for each group, in which all are complements; None if none are."""
    tried = [candidates(size) for size in sizes]
    at = [0] * len(sizes)
    group = 0
    while group >= 0:
        tick()
        if group == len(sizes):
            return tuple(tried[g][at[g]] for g in range(len(sizes)))
        if at[group] == len(tried[group]):
            at[group] = 0
            group -= 1
            if group >= 0:
                at[group] += 1
            continue
        if all(
            _fits(of, i, j, tried[i][at[i]], tried[j][at[j]])
            for other in range(group + 1)
            for i, j in {(group, other), (other, group)}
        ):
            group += 1
        else:
            at[group] += 1
    return None


def _fits(of: Signs, i: int, j: int, mine: Order, yours: Order) -> bool:
    """Whether i's gains from going up never fall as j goes up."""
    table = of.get((i, j))
    if not table:
        return True
    rank_i = {own: place for place, own in enumerate(mine)}
    rank_j = {own: place for place, own in enumerate(yours)}
    for (a, b, c, d), sign in table.items():
        if sign:
            same = (rank_i[a] < rank_i[b]) == (rank_j[c] < rank_j[d])
            if sign == 2 or (sign > 0) != same:
                return False
    return True


def extreme(
    game: NormalGame | AnonymousGame, order: Sequence[Order], highest: bool, tick: Tick
) -> tuple[int, ...]:
    """The greatest (or least) equilibrium, a strategy for each group: best replies from the top.

    Everybody begins at the top of her order and goes down to her highest best reply, again and
    again (Topkis 1979; Milgrom and Roberts 1990).
    """
    end = -1 if highest else 0
    now = tuple(each[end] for each in order)
    while True:
        tick()
        after = []
        for group, each in enumerate(order):
            worth = _worth(game, group, now)
            best = max(worth)
            reply = [own for own in each if worth[own] == best]
            after.append(reply[end])
        if tuple(after) == now:
            return now
        now = tuple(after)


def _worth(game: NormalGame | AnonymousGame, group: int, now: tuple[int, ...]) -> list[int]:
    """What each strategy of a player of the group brings if all others play as in ``now``."""
    if isinstance(game, NormalGame):
        start = game.position(now) - now[group] * game.strides[group]
        return [
            game.numerators[group][start + own * game.strides[group]]
            for own in range(game.shape[group])
        ]
    counts = [0] * len(game.strategies)
    for role, own in enumerate(now):
        counts[own] += len(game.members[role]) - (role == group)
    place = count_positions(len(game.players) - 1, len(game.strategies))[tuple(counts)]
    return [table[place] for table in game.numerators[group]]
