"""Potentials of a game: exact, weighted, ordinal, generalized ordinal; or a cycle of gains.

With v_i one over player i's weight, a potential P has v_i times each gain of hers as its change. So
round every square in which i and j change in turn, v_i times the change in i's gain equals v_j
times the change in j's; and where this holds round all squares there is a potential (Monderer and
Shapley 1996, corollary 2.9). Each square binds two of the v: they are found pair by pair.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement

from alliance_games.algorithms.deviations import Deviations, Move
from alliance_games.model.anonymous import AnonymousGame, count_positions, count_vectors
from alliance_games.model.normal import NormalGame

Tick = Callable[[], None]
Square = tuple[int, int, Fraction, Fraction]
"""Two groups, and by how much the gain of each changes as the other moves."""


def weights(game: NormalGame | AnonymousGame, tick: Tick) -> tuple[Fraction, ...] | None:
    """One over each group's weight, 1 for all where the potential is exact; None if none fit.

    In each set of players tied by squares the first has weight 1.
    """
    squares = _squares(game) if isinstance(game, NormalGame) else _squares_by_counts(game)
    number = len(game.denominators)
    ratio: dict[tuple[int, int], Fraction] = {}
    for first, second, mine, yours in squares:
        tick()
        if not mine and not yours:
            continue
        if mine * yours <= 0:
            return None
        if ratio.setdefault((first, second), mine / yours) != mine / yours:
            return None
    if any(one == other and value != 1 for (one, other), value in ratio.items()):
        return None
    found: list[Fraction | None] = [None] * number
    for start in range(number):
        if found[start] is not None:
            continue
        found[start] = Fraction(1)
        waiting = deque([start])
        while waiting:
            one = waiting.popleft()
            here = found[one]
            assert here is not None
            for (first, second), value in ratio.items():
                if one not in (first, second) or first == second:
                    continue
                # v_first * mine == v_second * yours
                other, theirs = (second, here * value) if one == first else (first, here / value)
                if found[other] is None:
                    found[other] = theirs
                    waiting.append(other)
                elif found[other] != theirs:
                    return None
    return tuple(one for one in found if one is not None)


def _squares(game: NormalGame) -> Iterator[Square]:
    """Every square from the first strategies of two players: all others are sums of these."""
    for i, j in combinations(range(len(game.players)), 2):
        di, dj = game.denominators[i], game.denominators[j]
        for position in range(game.size):
            own = position // game.strides[i] % game.shape[i]
            other = position // game.strides[j] % game.shape[j]
            if not own or not other:
                continue
            a = position - own * game.strides[i]
            b = position - other * game.strides[j]
            base = a + b - position
            u, v = game.numerators[i], game.numerators[j]
            yield (
                i,
                j,
                Fraction(u[position] - u[a] - u[b] + u[base], di),
                Fraction(v[position] - v[a] - v[b] + v[base], dj),
            )


def _squares_by_counts(game: AnonymousGame) -> Iterator[Square]:
    players, strategies = len(game.players), len(game.strategies)
    if players < 2:
        return
    place = count_positions(players - 1, strategies)

    def with_one(rest: tuple[int, ...], own: int) -> int:
        return place[tuple(c + (s == own) for s, c in enumerate(rest))]

    pairs = [
        (r, q)
        for r, q in combinations_with_replacement(range(len(game.members)), 2)
        if r != q or len(game.members[r]) > 1
    ]
    for rest in count_vectors(players - 2, strategies):
        at = [with_one(rest, own) for own in range(strategies)]
        for r, q in pairs:
            mine, yours = game.numerators[r], game.numerators[q]
            for s in range(1, strategies):
                for t in range(1, strategies):
                    yield (
                        r,
                        q,
                        Fraction(
                            mine[s][at[t]] - mine[0][at[t]] - mine[s][at[0]] + mine[0][at[0]],
                            game.denominators[r],
                        ),
                        Fraction(
                            yours[t][at[s]] - yours[0][at[s]] - yours[t][at[0]] + yours[0][at[0]],
                            game.denominators[q],
                        ),
                    )


def potential(of: Deviations, shares: Sequence[Fraction], tick: Tick) -> list[Fraction]:
    """The potential at every state, the least of them 0, where each gain counts by its share."""
    values: list[Fraction | None] = [None] * len(of.moves)
    values[0] = Fraction(0)
    waiting = deque([0])
    while waiting:
        tick()
        state = waiting.popleft()
        here = values[state]
        assert here is not None
        for move in of.moves[state]:
            if values[move[0]] is None:
                values[move[0]] = here + shares[move[1]] * of.gain(move)
                waiting.append(move[0])
    known = [value for value in values if value is not None]
    least = min(known)
    return [value - least for value in known]


def ordinal(of: Deviations, tick: Tick) -> list[int] | None:
    """Whole numbers that rise exactly with each mover's gain; None where there are none.

    States between which a player is indifferent share a number (Voorneveld and Norde 1997).
    """
    leader = list(range(len(of.moves)))

    def head(state: int) -> int:
        while leader[state] != state:
            leader[state] = leader[leader[state]]
            state = leader[state]
        return state

    for state, row in enumerate(of.moves):
        for after, _, gain in row:
            if not gain:
                leader[head(after)] = head(state)
    levels = _levels(of, [head(state) for state in range(len(leader))], tick)
    return levels


def generalized(of: Deviations, tick: Tick) -> list[int] | None:
    """Whole numbers that rise with every gain of a mover; None where gains go round a circle."""
    return _levels(of, list(range(len(of.moves))), tick)


def _levels(of: Deviations, group: Sequence[int], tick: Tick) -> list[int] | None:
    """For each state the length of the longest chain of gains up to its group; None if endless."""
    following: list[set[int]] = [set() for _ in group]
    before = [0] * len(group)
    for state, row in enumerate(of.moves):
        tick()
        for after, _, gain in row:
            a, b = group[state], group[after]
            if gain > 0 and b not in following[a]:
                following[a].add(b)
                before[b] += 1
    level = [0] * len(group)
    heads = set(group)
    waiting = deque(one for one in sorted(heads) if not before[one])
    done = 0
    while waiting:
        one = waiting.popleft()
        done += 1
        for other in following[one]:
            level[other] = max(level[other], level[one] + 1)
            before[other] -= 1
            if not before[other]:
                waiting.append(other)
    return [level[one] for one in group] if done == len(heads) else None


def improvement_cycle(of: Deviations, tick: Tick) -> list[tuple[int, Move]]:
    """Moves that each bring their player a gain and lead back to where they began.

    States that no gain leads back to are taken away from the end until circles alone are left.
    """
    left = set(range(len(of.moves)))
    into: list[list[int]] = [[] for _ in of.moves]
    number = [0] * len(of.moves)
    for state, row in enumerate(of.moves):
        for after, _, gain in row:
            if gain > 0:
                into[after].append(state)
                number[state] += 1
    waiting = [state for state in left if not number[state]]
    while waiting:
        tick()
        state = waiting.pop()
        left.discard(state)
        for before in into[state]:
            number[before] -= 1
            if not number[before]:
                waiting.append(before)
    state = min(left)
    path: list[tuple[int, Move]] = []
    seen: dict[int, int] = {}
    while state not in seen:
        seen[state] = len(path)
        move = min((m for m in of.moves[state] if m[2] > 0 and m[0] in left), key=lambda m: m[0])
        path.append((state, move))
        state = move[0]
    return path[seen[state] :]
