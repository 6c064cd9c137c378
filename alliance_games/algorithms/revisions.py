"""One player at a time revises: states, best replies (free moves) and mistakes (which cost one).

A state is a pure profile, or in an anonymous game how many of each role choose what. In every
period one player, anybody with some probability, reconsiders. She takes one of her best replies to
what the others do now; with a small probability she takes any other strategy by mistake.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alliance_games.algorithms.counting import RoleCounts, best_replies
from alliance_games.algorithms.pure_equilibria import profile_at
from alliance_games.algorithms.role_counts import all_role_counts, number_of_role_counts
from alliance_games.model.anonymous import AnonymousGame, count_positions
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile
from alliance_games.results.budget import LimitReached

MOST_STATES = 20_000
MOST_CLASSES = 40

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Revisions:
    """The moves between states: ``free[s]`` by a best reply, ``mistakes[s]`` by any other."""

    free: Sequence[Sequence[int]]
    mistakes: Sequence[Sequence[int]]


def number_of_states(game: NormalGame | AnonymousGame) -> int:
    """How many states there are."""
    return game.size if isinstance(game, NormalGame) else number_of_role_counts(game)


def states_of(game: NormalGame | AnonymousGame) -> list[PureProfile] | list[RoleCounts]:
    """The states in the order in which they are numbered."""
    if isinstance(game, NormalGame):
        return [profile_at(game, position) for position in range(game.size)]
    return list(all_role_counts(game))


def revisions(game: NormalGame | AnonymousGame, tick: Tick) -> Revisions:
    """All moves. Raises LimitReached where the states are too many."""
    number = number_of_states(game)
    if number > MOST_STATES:
        raise LimitReached(f"there are {number:,} states, and up to {MOST_STATES:,} are followed")
    if isinstance(game, NormalGame):
        return _between_profiles(game, tick)
    return _between_counts(game, tick)


def _between_profiles(game: NormalGame, tick: Tick) -> Revisions:
    free: list[list[int]] = [[] for _ in range(game.size)]
    mistakes: list[list[int]] = [[] for _ in range(game.size)]
    for table, size, stride in zip(game.numerators, game.shape, game.strides, strict=True):
        tick()
        for position in range(game.size):
            first = position - position // stride % size * stride
            line = range(first, first + size * stride, stride)
            best = max(table[other] for other in line)
            for other in line:
                if other != position:
                    moves = free if table[other] == best else mistakes
                    moves[position].append(other)
    return Revisions(free, mistakes)


def _between_counts(game: AnonymousGame, tick: Tick) -> Revisions:
    states = list(all_role_counts(game))
    number_of = {state: index for index, state in enumerate(states)}
    place = count_positions(len(game.players) - 1, len(game.strategies))
    best = best_replies(game)
    free, mistakes = [], []
    for state in states:
        tick()
        total = [sum(column) for column in zip(*state, strict=True)]
        rows: tuple[list[int], list[int]] = ([], [])
        for role, counts in enumerate(state):
            for own, number in enumerate(counts):
                if number:
                    others = place[tuple(c - (s == own) for s, c in enumerate(total))]
                    for to in range(len(counts)):
                        if to != own:
                            moved = tuple(c - (s == own) + (s == to) for s, c in enumerate(counts))
                            after = number_of[(*state[:role], moved, *state[role + 1 :])]
                            rows[not best[role][others] >> to & 1].append(after)
        free.append(rows[0])
        mistakes.append(rows[1])
    return Revisions(free, mistakes)


def recurrent_classes(moves: Revisions, tick: Tick) -> list[tuple[int, ...]]:
    """The sets of states that best replies never leave and that have no smaller such set.

    They are the strongly connected components without a way out (Tarjan 1972).
    """
    free = moves.free
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    component = [-1] * len(free)
    found: list[tuple[int, ...]] = []
    pending: list[int] = []
    components = 0
    for start in range(len(free)):
        if start in index:
            continue
        work = [(start, 0)]
        while work:
            state, next_move = work.pop()
            if state not in index:
                tick()
                index[state] = low[state] = len(index)
                pending.append(state)
            deeper = False
            for place in range(next_move, len(free[state])):
                after = free[state][place]
                if after not in index:
                    work += [(state, place), (after, 0)]
                    deeper = True
                    break
                if component[after] < 0:
                    low[state] = min(low[state], low[after])
            if deeper:
                continue
            if low[state] == index[state]:
                members: list[int] = []
                while not members or members[-1] != state:
                    members.append(pending.pop())
                    component[members[-1]] = components
                inside = (component[after] == components for one in members for after in free[one])
                if all(inside):
                    found.append(tuple(sorted(members)))
                components += 1
    return sorted(found)


def resistances(
    moves: Revisions, classes: Sequence[tuple[int, ...]], tick: Tick
) -> list[list[int]]:
    """The least number of mistakes that lead from each class to each other."""
    if len(classes) > MOST_CLASSES:
        raise LimitReached(
            f"there are {len(classes):,} recurrent classes, and up to {MOST_CLASSES} are compared"
        )
    return [
        [distances[members[0]] for members in classes]
        for distances in (_mistakes_from(moves, start, tick) for start in classes)
    ]


def _mistakes_from(moves: Revisions, start: tuple[int, ...], tick: Tick) -> list[int]:
    """The least number of mistakes on a way from ``start`` to every state."""
    far = len(moves.free) + 1
    least = [far] * len(moves.free)
    waiting = deque(start)
    for state in start:
        least[state] = 0
    done = bytearray(len(moves.free))
    while waiting:
        state = waiting.popleft()
        if done[state]:
            continue
        done[state] = 1
        tick()
        for after in moves.free[state]:
            if least[state] < least[after]:
                least[after] = least[state]
                waiting.appendleft(after)
        for after in moves.mistakes[state]:
            if least[state] + 1 < least[after]:
                least[after] = least[state] + 1
                waiting.append(after)
    return least


def tree_costs(resistance: Sequence[Sequence[int]], tick: Tick) -> list[int]:
    """For each class the least total resistance of a tree by which all others lead to it."""
    return [_tree_cost(resistance, root, tick) for root in range(len(resistance))]


def _tree_cost(resistance: Sequence[Sequence[int]], root: int, tick: Tick) -> int:
    """Chu and Liu 1965, Edmonds 1967: every class takes its cheapest way out; circles are merged,
    what they have paid is deducted, and the merged ones choose again."""
    cost = [list(row) for row in resistance]
    total = 0
    while len(cost) > 1:
        tick()
        size = len(cost)
        chosen = [
            min((to for to in range(size) if to != one), key=cost[one].__getitem__)
            for one in range(size)
        ]
        paid = [0 if one == root else cost[one][chosen[one]] for one in range(size)]
        total += sum(paid)
        group = _merged(chosen, root)
        merged = max(group) + 1
        if merged == size:
            break
        smaller = [[-1] * merged for _ in range(merged)]
        for one in range(size):
            for to in range(size):
                a, b = group[one], group[to]
                if a != b:
                    left = cost[one][to] - paid[one]
                    if smaller[a][b] < 0 or left < smaller[a][b]:
                        smaller[a][b] = left
        cost, root = smaller, group[root]
    return total


def _merged(chosen: Sequence[int], root: int) -> list[int]:
    """The number of each class's group when every circle of choices is one group."""
    seen = [-1] * len(chosen)
    seen[root] = root
    leader = list(range(len(chosen)))
    for start in range(len(chosen)):
        one = start
        while seen[one] < 0:
            seen[one] = start
            one = chosen[one]
        if seen[one] == start and one != root:
            member = chosen[one]
            while member != one:
                leader[member] = one
                member = chosen[member]
    numbers = {one: place for place, one in enumerate(sorted(set(leader)))}
    return [numbers[one] for one in leader]
