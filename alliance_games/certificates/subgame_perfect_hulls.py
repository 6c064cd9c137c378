"""Hulls of behaviour held to subgame perfection as polynomials in the weights of their points.

At the mixture of points with weights w, what a player loses by a plan in a subgame is a polynomial
in w. Written with all terms of one degree (the weights sum to one), it is nowhere negative if none
of its coefficients is (as for Bernstein polynomials).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed

PLANS = 10_000

Choices = tuple[Mixed | None, ...]

Poly = dict[tuple[int, ...], Fraction]
"""Coefficients by the indices of the weights they multiply, ascending, with repetition."""

ONE: Poly = {(): Fraction(1)}


def hull_is_perfect(game: ExtensiveGame, points: Sequence[Choices], starts: Sequence[bool]) -> bool:
    """Whether no loss from a plan in a subgame has a negative coefficient; False where unsettled.

    ``starts[node]`` says whether a subgame starts at a node.
    """
    shares = _shares(game, points)
    values = _values(game, shares)
    everywhere = range(len(points))
    for root in range(game.size):
        if not starts[root]:
            continue
        inside = [root]
        for node in inside:
            if node == root or not starts[node]:
                inside.extend(game.children(node))
        own: dict[int, list[int]] = {}
        for node in inside:
            index = game.set_of[node]
            if index != TERMINAL and (node == root or not starts[node]):
                player = game.sets[index].player
                if player != CHANCE and index not in own.setdefault(player, []):
                    own[player].append(index)
        for player, sets in own.items():
            sizes = [len(game.sets[index].actions) for index in sets]
            if prod(sizes) > PLANS:
                return False
            for plan in product(*map(range, sizes)):
                chosen = dict(zip(sets, plan, strict=True))
                other = _with_plan(game, inside, starts, shares, values, player, chosen)
                loss = _plus(values[root][player], other, Fraction(-1))
                if any(number < 0 for number in _of_one_degree(loss, everywhere).values()):
                    return False
    return True


def _shares(game: ExtensiveGame, points: Sequence[Choices]) -> list[Poly]:
    """The probability of the branch into each node."""
    shares = [ONE] * game.size
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        children = game.children(node)
        total = sum(game.weight[child] for child in children)
        for action, child in enumerate(children):
            if game.sets[index].player == CHANCE:
                shares[child] = _constant(Fraction(game.weight[child], total))
                continue
            here = [(point[index] or ())[action] for point in points]
            if len(set(here)) == 1:
                shares[child] = _constant(here[0])
            else:
                shares[child] = {(place,): p for place, p in enumerate(here) if p}
    return shares


def _values(game: ExtensiveGame, shares: Sequence[Poly]) -> list[list[Poly]]:
    values: list[list[Poly]] = [[] for _ in range(game.size)]
    for node in range(game.size - 1, -1, -1):
        if game.set_of[node] == TERMINAL:
            values[node] = [_constant(worth) for worth in game.payoffs(node)]
            continue
        for player in range(len(game.players)):
            total: Poly = {}
            for child in game.children(node):
                total = _plus(total, _times(shares[child], values[child][player]), Fraction(1))
            values[node].append(total)
    return values


def _with_plan(
    game: ExtensiveGame,
    inside: Sequence[int],
    starts: Sequence[bool],
    shares: Sequence[Poly],
    values: Sequence[Sequence[Poly]],
    player: int,
    plan: Mapping[int, int],
) -> Poly:
    """What the player gets in the subgame with another plan up to the next subgames."""
    worth: dict[int, Poly] = {}
    for node in reversed(inside):
        index = game.set_of[node]
        if index == TERMINAL or (node != inside[0] and starts[node]):
            worth[node] = values[node][player]
        elif index in plan:
            worth[node] = worth[game.children(node)[plan[index]]]
        else:
            total: Poly = {}
            for child in game.children(node):
                total = _plus(total, _times(shares[child], worth[child]), Fraction(1))
            worth[node] = total
    return worth[inside[0]]


def _constant(number: Fraction) -> Poly:
    return {(): number} if number else {}


def _plus(one: Poly, other: Poly, factor: Fraction) -> Poly:
    total = dict(one)
    for key, number in other.items():
        total[key] = total.get(key, Fraction(0)) + factor * number
    return {key: number for key, number in total.items() if number}


def _times(one: Poly, other: Poly) -> Poly:
    total: Poly = {}
    for key, number in one.items():
        for more, factor in other.items():
            joined = tuple(sorted((*key, *more)))
            total[joined] = total.get(joined, Fraction(0)) + number * factor
    return total


def _of_one_degree(p: Poly, weights: Sequence[int]) -> Poly:
    """The same polynomial where the weights sum to one, all terms of the highest degree."""
    degree = max(map(len, p), default=0)
    every: Poly = {(weight,): Fraction(1) for weight in weights}
    risen: Poly = {}
    for size in range(degree + 1):
        here = {key: number for key, number in p.items() if len(key) == size}
        risen = _plus(_times(risen, every), here, Fraction(1))
    return risen
