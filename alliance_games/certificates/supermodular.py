"""Are these strategies complements, in this order? Are these the extreme equilibria?

The extreme equilibria are held to another definition than they are found by: they are the highest
and the lowest strategies that the elimination of strictly dominated strategies leaves (Milgrom and
Roberts 1990, theorem 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise, permutations, product

from alliance_games.certificates.pure_nash import check as check_equilibrium
from alliance_games.model.anonymous import AnonymousGame, Counts, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.results.solutions import (
    Certificate,
    CountPoint,
    Members,
    Point,
    Selection,
    Solution,
)

Game = NormalGame | AnonymousGame
Order = tuple[int, ...]
Alive = tuple[tuple[int, ...], ...]

ALL_ORDERS_UP_TO = 5


@dataclass(frozen=True)
class _Found:
    """The orders by group, what elimination leaves of each in that order."""

    orders: tuple[Order, ...]
    left: Alive


def check_supermodular(game: Game, solution: Solution) -> Certificate:
    """Hold an order, an extreme equilibrium, what lies between, or a falling difference."""
    found = _found(game)
    if isinstance(solution, Selection):
        return _check_violation(game, solution, found)
    if found is None:
        return Certificate(False, "in no order of the strategies are they complements")
    groups = game.roles if isinstance(game, AnonymousGame) else range(len(game.players))
    if isinstance(solution, Members):
        whole = {
            "strategies from low to high": found.orders,
            "strategies between the least and the greatest equilibrium": tuple(
                order[order.index(left[0]) : order.index(left[-1]) + 1]
                for order, left in zip(found.orders, found.left, strict=True)
            ),
        }.get(solution.of)
        holds = whole is not None and solution.members == tuple(whole[group] for group in groups)
        return Certificate(holds, "every difference of two strategies' payoffs was compared")
    if not isinstance(solution, Point | CountPoint):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    least = tuple(left[0] for left in found.left)
    greatest = tuple(left[-1] for left in found.left)
    extreme = {
        "least and greatest": least if least == greatest else None,
        "least": least if least != greatest else None,
        "greatest": greatest if least != greatest else None,
    }.get(str(solution.properties.get("extreme")))
    if extreme is None or len(solution.properties) != 1 or _chosen(game, solution) != extreme:
        return Certificate(False, "dominated strategies leave other extremes")
    bare = (
        Point(solution.profile, solution.payoffs)
        if isinstance(solution, Point)
        else CountPoint(solution.counts, solution.profiles, solution.payoffs)
    )
    nash = check_equilibrium(game, bare)
    if not nash.verified:
        return nash
    return Certificate(
        True, "it is an equilibrium, and the extreme of what dominance leaves", nash.largest_gain
    )


def extremes(game: Game) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The least and the greatest equilibrium by group, or None where there are no complements."""
    found = _found(game)
    if found is None:
        return None
    return tuple(left[0] for left in found.left), tuple(left[-1] for left in found.left)


def is_binary(game: Game) -> bool:
    """Whether every player has two strategies."""
    return set(_sizes(game)) == {2}


def is_single_peaked(game: Game) -> bool:
    """Whether no player's payoff falls and then rises as she goes up, whatever the others do."""
    found = _found(game)
    assert found is not None, "the game has an order"
    for group, order in enumerate(found.orders):
        for play in _plays(game, group, found.orders):
            worth = [_payoff(game, group, own, play) for own in order]
            steps = [b - a for a, b in pairwise(worth) if b != a]
            if any(a < 0 < b for a, b in pairwise(steps)):
                return False
    return True


def _chosen(game: Game, solution: Point | CountPoint) -> tuple[int, ...] | None:
    """The strategy of each group, where its players all have the same pure one."""
    rows = solution.profile if isinstance(solution, Point) else solution.counts
    used = [[own for own, part in enumerate(row) if part] for row in rows]
    return tuple(own[0] for own in used) if all(len(own) == 1 for own in used) else None


@lru_cache(maxsize=4)
def _found(game: Game) -> _Found | None:
    orders = _orders(game)
    if orders is None:
        return None
    return _Found(orders, _undominated(game, orders))


def _orders(game: Game) -> tuple[Order, ...] | None:
    """The first orders in which every gain from going up is the greater, the higher the others."""
    sizes = _sizes(game)
    tried = []
    for size in sizes:
        given = tuple(range(size))
        all_of_them = list(permutations(given)) if size <= ALL_ORDERS_UP_TO else [given]
        tried.append(list(dict.fromkeys([given, given[::-1], *all_of_them])))
    fitting: dict[tuple[int, int, Order, Order], bool] = {}

    def fits(i: int, j: int, mine: Order, yours: Order) -> bool:
        key = (i, j, mine, yours)
        if key not in fitting:
            fitting[key] = _increasing(game, *key)
        return fitting[key]

    partial: list[tuple[Order, ...]] = [()]
    while partial:
        # Depth first, in the order in which the lists are written.
        chosen = partial.pop(0)
        group = len(chosen)
        if group == len(sizes):
            return chosen
        following = []
        for order in tried[group]:
            every = (*chosen, order)
            pairs = {(i, group) for i in range(group + 1)} | {(group, i) for i in range(group + 1)}
            if all(fits(i, j, every[i], every[j]) for i, j in pairs):
                following.append(every)
        partial[:0] = following
    return None


def _sizes(game: Game) -> tuple[int, ...]:
    if isinstance(game, NormalGame):
        return game.shape
    return (len(game.strategies),) * len(game.members)


def _increasing(game: Game, i: int, j: int, mine: Order, yours: Order) -> bool:
    """Whether i's gain from each step up never falls with a step up of j, whatever the rest do."""
    steps = product(pairwise(mine), pairwise(yours))
    return all(
        change >= 0 for (a, b), (c, d) in steps for change in _changes(game, i, j, a, b, c, d)
    )


def _changes(game: Game, i: int, j: int, a: int, b: int, c: int, d: int) -> Iterator[Fraction]:
    """By how much i's gain from a to b changes as j goes from c to d."""
    if isinstance(game, NormalGame):
        if i == j:
            return
        rest = [range(1) if player in (i, j) else range(n) for player, n in enumerate(game.shape)]
        for others in product(*rest):

            def worth(own: int, other: int, others: tuple[int, ...] = others) -> Fraction:
                profile = list(others)
                profile[i], profile[j] = own, other
                return game.payoff(i, tuple(profile))

            yield worth(b, d) - worth(a, d) - worth(b, c) + worth(a, c)
        return
    if i == j and len(game.members[i]) == 1:
        return
    for others in count_vectors(len(game.players) - 2, len(game.strategies)):
        low = tuple(n + (s == c) for s, n in enumerate(others))
        high = tuple(n + (s == d) for s, n in enumerate(others))
        gains = [game.payoff(i, b, at) - game.payoff(i, a, at) for at in (low, high)]
        yield gains[1] - gains[0]


def _undominated(game: Game, orders: Sequence[Order]) -> Alive:
    """What is left, in its order, when strategies that another one beats always are removed."""
    alive: Alive = tuple(orders)
    while True:
        plays = [list(_plays(game, group, alive)) for group in range(len(alive))]
        after = tuple(
            tuple(
                own
                for own in left
                if not any(
                    all(
                        _payoff(game, group, other, play) > _payoff(game, group, own, play)
                        for play in plays[group]
                    )
                    for other in left
                    if other != own
                )
            )
            for group, left in enumerate(alive)
        )
        if after == alive:
            return alive
        alive = after


def _plays(game: Game, group: int, alive: Alive) -> Iterator[tuple[int, ...]]:
    """What the others may do: profiles with the player's own place at 0, or counts."""
    if isinstance(game, NormalGame):
        yield from product(*((0,) if g == group else left for g, left in enumerate(alive)))
        return
    seen: set[Counts] = {(0,) * len(game.strategies)}
    for role, left in enumerate(alive):
        number = len(game.members[role]) - (role == group)
        spreads = [
            counts
            for counts in count_vectors(number, len(game.strategies))
            if all(own in left for own, n in enumerate(counts) if n)
        ]
        seen = {tuple(map(sum, zip(a, b, strict=True))) for a in seen for b in spreads}
    yield from seen


def _payoff(game: Game, group: int, own: int, play: tuple[int, ...]) -> Fraction:
    if isinstance(game, NormalGame):
        return game.payoff(group, (*play[:group], own, *play[group + 1 :]))
    return game.payoff(group, own, play)


def _check_violation(game: Game, solution: Selection, found: _Found | None) -> Certificate:
    """No order will do, and in the order given a gain falls by what is said."""
    if found is not None or max(_sizes(game)) > ALL_ORDERS_UP_TO:
        return Certificate(False, "there is an order in which the strategies are complements")
    if solution.profile is not None or solution.compared or len(solution.numbers) != 1:
        return Certificate(False, "a falling difference singles out no profile")
    ((name, stated),) = solution.numbers.items()
    for (i, j), mine, yours in product(
        product(range(len(_sizes(game))), repeat=2),
        combinations(range(max(_sizes(game))), 2),
        combinations(range(max(_sizes(game))), 2),
    ):
        if mine[1] < _sizes(game)[i] and yours[1] < _sizes(game)[j]:
            changes = list(_changes(game, i, j, *mine, *yours))
            if changes and min(changes) == stated < 0 and name == _words(game, i, j, mine, yours):
                return Certificate(True, "every order was tried, and the difference falls")
    return Certificate(False, "the difference does not fall so")


def _words(game: Game, i: int, j: int, mine: tuple[int, int], yours: tuple[int, int]) -> str:
    if isinstance(game, NormalGame):
        who, other = game.players[i], game.players[j]
        names, others = game.strategies[i], game.strategies[j]
    else:
        who, other = game.players[game.members[i][0]], game.players[game.members[j][i == j]]
        names = others = game.strategies
    return (
        f"change in {who}'s gain from {names[mine[0]]} to {names[mine[1]]} "
        f"as {other} goes from {others[yours[0]]} to {others[yours[1]]}"
    )
