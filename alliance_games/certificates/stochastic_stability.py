"""Is a state stochastically stable? By the matrix-tree theorem, with exact integers.

The weight of a state in the long run is the sum over all trees that lead to it of the products of
their moves' probabilities (Freidlin and Wentzell 1984). With a mistake of probability 1/B, B more
than the number of trees, the size of that sum tells the least number of mistakes. The sum is a
determinant (Kirchhoff; Tutte 1948), so no tree is looked for.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import factorial, prod

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure, pure_profile
from alliance_games.results.solutions import Certificate, CountPoint, Fact, Point, Solution

WHOLE_UP_TO = 40
"""Chains of so many states are held to the theorem as they are, larger ones by their classes."""

State = tuple[int, ...] | tuple[tuple[int, ...], ...]
Moves = Mapping[State, Mapping[State, int]]
"""From each state to each state one player away, the mistakes it takes (0 or 1)."""


def check_stochastic_stability(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """The state is among those with the fewest mistakes, and the numbers given are right."""
    state: State | None
    if isinstance(solution, Point) and isinstance(game, NormalGame):
        state = as_pure(solution.profile)
        if state is None or len(state) != len(game.shape):
            return Certificate(False, "it is no pure profile of this game")
        if solution.profile != pure_profile(state, game.shape):
            return Certificate(False, "it is no pure profile of this game")
        right = game.payoffs(state) == solution.payoffs
    elif isinstance(solution, CountPoint) and isinstance(game, AnonymousGame):
        state = solution.counts
        right = _counts_are_right(game, solution)
    else:
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    if not right:
        return Certificate(False, "the payoffs or numbers of players are others")
    stable = _stable(game)
    if state not in stable.properties:
        return Certificate(False, "another state needs fewer mistakes, or best replies leave it")
    if dict(solution.properties) != stable.properties[state]:
        return Certificate(False, "counting the mistakes again gives other numbers")
    return Certificate(True, stable.how)


def _counts_are_right(game: AnonymousGame, point: CountPoint) -> bool:
    sizes = [len(members) for members in game.members]
    if [(sum(c), len(c), min(c) >= 0) for c in point.counts] != [
        (size, len(game.strategies), True) for size in sizes
    ]:
        return False
    total = [sum(column) for column in zip(*point.counts, strict=True)]
    for role, counts in enumerate(point.counts):
        for own, number in enumerate(counts):
            others = tuple(c - (s == own) for s, c in enumerate(total))
            worth = game.payoff(role, own, others) if number else None
            if point.payoffs[role][own] != worth:
                return False
    ways = prod(factorial(sum(c)) // prod(map(factorial, c)) for c in point.counts)
    return ways == point.profiles


@dataclass(frozen=True)
class _Stable:
    properties: Mapping[State, dict[str, Fact]]
    how: str


@lru_cache(maxsize=4)
def _stable(game: NormalGame | AnonymousGame) -> _Stable:
    moves = _moves(game)
    classes = _classes(moves)
    resistance = [[_mistakes(moves, a, b) for b in classes] for a in classes]
    if len(moves) <= WHOLE_UP_TO:
        how = "the matrix-tree theorem was applied to the chain of all states"
        states = sorted(moves)
        between = [[moves[a].get(b) for b in states] for a in states]
        of_state = dict(zip(states, least_mistakes(between), strict=True))
        trees = [of_state[min(members)] for members in classes]
        least = min(of_state.values())
        stable = {one for one, number in of_state.items() if number == least}
    else:
        how = "the matrix-tree theorem was applied to the recurrent classes"
        trees = least_mistakes(resistance)
        least = min(trees)
        chosen = zip(classes, trees, strict=True)
        stable = {one for members, tree in chosen if tree == least for one in members}
    properties: dict[State, dict[str, Fact]] = {}
    for index, (members, tree) in enumerate(zip(classes, trees, strict=True)):
        if not members <= stable:
            continue
        facts: dict[str, Fact] = {}
        if len(classes) > 1:
            facts["mistakes of the least tree"] = tree
            others = [place for place in range(len(classes)) if place != index]
            radius = min(resistance[index][other] for other in others)
            coradius = max(resistance[other][index] for other in others)
            facts.update(radius=radius, coradius=coradius)
            if radius > coradius and stable != members:
                raise AssertionError("a radius above the coradius means that it alone is stable")
        if len(members) > 1:
            facts["states of its class"] = len(members)
        properties.update(dict.fromkeys(members, facts))
    assert set(properties) == stable, "only recurrent states are stable"
    return _Stable(properties, how)


def least_mistakes(cost: Sequence[Sequence[int | None]]) -> list[int]:
    """For each node the least total cost of a tree by which all others lead to it.

    ``cost[a][b]`` is that of the edge from a to b, None where there is none.
    """
    from flint import fmpz_mat

    size = len(cost)
    if size == 1:
        return [0]
    most = max(
        c for a, row in enumerate(cost) for b, c in enumerate(row) if a != b and c is not None
    )
    bits = size * size.bit_length() + 1
    weights = [
        [0 if a == b or c is None else 1 << bits * (most - c) for b, c in enumerate(row)]
        for a, row in enumerate(cost)
    ]
    found = []
    for root in range(size):
        left = [node for node in range(size) if node != root]
        laplacian = [[sum(weights[a]) if a == b else -weights[a][b] for b in left] for a in left]
        trees = int(fmpz_mat(laplacian).det())
        found.append(most * (size - 1) - (trees.bit_length() - 1) // bits)
    return found


def _moves(game: NormalGame | AnonymousGame) -> Moves:
    if isinstance(game, NormalGame):
        return {profile: dict(_by_profiles(game, profile)) for profile in game.profiles()}
    spreads = [count_vectors(len(members), len(game.strategies)) for members in game.members]
    return {counts: dict(_by_counts(game, counts)) for counts in product(*spreads)}


def _by_profiles(game: NormalGame, profile: tuple[int, ...]) -> Iterator[tuple[State, int]]:
    for player, size in enumerate(game.shape):
        changed = [(*profile[:player], own, *profile[player + 1 :]) for own in range(size)]
        worth = [game.payoff(player, other) for other in changed]
        for other, value in zip(changed, worth, strict=True):
            if other != profile:
                yield other, int(value < max(worth))


def _by_counts(
    game: AnonymousGame, state: tuple[tuple[int, ...], ...]
) -> Iterator[tuple[State, int]]:
    strategies = range(len(game.strategies))
    total = [sum(column) for column in zip(*state, strict=True)]
    for role, own in product(range(len(state)), strategies):
        if not state[role][own]:
            continue
        others = tuple(c - (s == own) for s, c in enumerate(total))
        worth = [game.payoff(role, to, others) for to in strategies]
        for to in strategies:
            if to != own:
                counts = list(state[role])
                counts[own] -= 1
                counts[to] += 1
                after = (*state[:role], tuple(counts), *state[role + 1 :])
                yield after, int(worth[to] < max(worth))


def _classes(moves: Moves) -> list[frozenset[State]]:
    """The recurrent classes: two searches, with and against the moves (Kosaraju)."""
    free = {a: [b for b, mistakes in to.items() if not mistakes] for a, to in moves.items()}
    back: dict[State, list[State]] = {state: [] for state in moves}
    for a, to in free.items():
        for b in to:
            back[b].append(a)
    order: list[State] = []
    seen: set[State] = set()
    for start in moves:
        if start in seen:
            continue
        seen.add(start)
        work = [(start, iter(free[start]))]
        while work:
            state, following = work[-1]
            after = next((b for b in following if b not in seen), None)
            if after is None:
                order.append(state)
                work.pop()
            else:
                seen.add(after)
                work.append((after, iter(free[after])))
    component: dict[State, int] = {}
    groups: list[set[State]] = []
    for start in reversed(order):
        if start in component:
            continue
        group, waiting = set(), [start]
        component[start] = len(groups)
        while waiting:
            state = waiting.pop()
            group.add(state)
            for before in back[state]:
                if before not in component:
                    component[before] = len(groups)
                    waiting.append(before)
        groups.append(group)
    return [
        frozenset(group)
        for group in groups
        if all(after in group for state in group for after in free[state])
    ]


def _mistakes(moves: Moves, start: frozenset[State], end: frozenset[State]) -> int:
    """The least number of mistakes from one class to another (Dijkstra 1959)."""
    queue: list[tuple[int, State]] = [(0, state) for state in sorted(start)]
    done: set[State] = set()
    while queue:
        paid, state = heapq.heappop(queue)
        if state in end:
            return paid
        if state not in done:
            done.add(state)
            for after, mistakes in moves[state].items():
                if after not in done:
                    heapq.heappush(queue, (paid + mistakes, after))
    raise AssertionError("every state can be reached by mistakes")
