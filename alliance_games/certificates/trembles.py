"""Whether trembles bear beliefs out, from the definition of consistency (Kreps and Wilson 1982)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm, prod
from typing import TypeVar

from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.tree_solutions import Tremble

Choices = Sequence[Mixed | None]

Key = TypeVar("Key")


def bears_out(game: ExtensiveGame, tremble: Tremble, choices: Choices, beliefs: Choices) -> bool:
    """Whether the tremble's choices tend to ``choices`` and its beliefs to ``beliefs``.

    Each action's and each node's probability behaves, for small e, like a coefficient times a power
    of e; the limits are read off these.
    """
    if len(tremble.orders) != len(game.sets) or len(tremble.weights) != len(game.sets):
        return False
    leading: list[list[tuple[int, Fraction]] | None] = []
    for index, choice in enumerate(choices):
        orders, weights = tremble.orders[index], tremble.weights[index]
        if choice is None:
            leading.append(None)
            continue
        if orders is None or weights is None or len(orders) != len(choice):
            return False
        if len(weights) != len(choice) or any(w <= 0 for w in weights) or min(orders) != 0:
            return False
        total = sum((w for w, o in zip(weights, orders, strict=True) if o == 0), Fraction(0))
        none = Fraction(0)
        limits = [w / total if o == 0 else none for w, o in zip(weights, orders, strict=True)]
        if any(limit != p for limit, p in zip(limits, choice, strict=True)):
            return False
        leading.append([(o, w / total) for w, o in zip(weights, orders, strict=True)])
    probability = _probabilities(game, leading)
    for index, belief in enumerate(beliefs):
        if belief is None:
            continue
        of = [probability[x] for x in game.nodes_of[index]]
        powers = [p[0] for p in of if p is not None]
        if not powers:  # chance never leads here, whatever the mistakes: any belief is a limit
            continue
        least = min(powers)
        shares = [p[1] if p is not None and p[0] == least else Fraction(0) for p in of]
        total = sum(shares, Fraction(0))
        if any(b * total != share for b, share in zip(belief, shares, strict=True)):
            return False
    return True


def _probabilities(
    game: ExtensiveGame, leading: Sequence[list[tuple[int, Fraction]] | None]
) -> list[tuple[int, Fraction] | None]:
    """The power of e and the coefficient of each node's probability; None where it is zero."""
    found: list[tuple[int, Fraction] | None] = [None] * game.size
    found[0] = (0, Fraction(1))
    for node in range(game.size):
        here = found[node]
        if here is None or game.set_of[node] == TERMINAL:
            continue
        moves = leading[game.set_of[node]]
        for action, child in enumerate(game.children(node)):
            if moves is not None:
                found[child] = (here[0] + moves[action][0], here[1] * moves[action][1])
            elif game.weight[child]:
                found[child] = (here[0], here[1] * game.probability(child))
    return found


Slips = dict[tuple[int, int], int]
"""How often each move that is not used comes on the way to a node."""


def has_tremble(game: ExtensiveGame, choices: Choices, beliefs: Choices) -> bool:
    """Whether some tremble bears the beliefs out.

    It does if orders of vanishing exist that make the believed nodes of each set, and no others,
    the likeliest (a linear program), and if coefficients exist that give them their odds: the
    logarithms of these solve a linear system, and each combination of its left sides that vanishes
    must leave odds whose product is 1.
    """
    slips, shares = _slips(game, choices)
    least: list[tuple[list[Slips], list[Slips]]] = []
    odds: list[tuple[Slips, Fraction]] = []
    for index, belief in enumerate(beliefs):
        if belief is None:
            continue
        held = [(x, b) for x, b in zip(game.nodes_of[index], belief, strict=True) if b]
        others = [
            x for x, b in zip(game.nodes_of[index], belief, strict=True) if not b and x in slips
        ]
        if any(x not in slips for x, _ in held):
            return False
        first, its = held[0]
        for x, b in held[1:]:
            powers = dict(slips[x])
            for move, count in slips[first].items():
                powers[move] = powers.get(move, 0) - count
            odds.append((powers, (b / shares[x]) / (its / shares[first])))
        least.append(([slips[x] for x, _ in held], [slips[x] for x in others]))
    return _orders_exist(least) and _coefficients_exist(odds)


def _slips(game: ExtensiveGame, choices: Choices) -> tuple[dict[int, Slips], dict[int, Fraction]]:
    """For each possible node, the unused moves before it and the product of everything else."""
    slips: dict[int, Slips] = {0: {}}
    shares: dict[int, Fraction] = {0: Fraction(1)}
    for node in range(game.size):
        index = game.set_of[node]
        if node not in slips or index == TERMINAL:
            continue
        choice = choices[index]
        for action, child in enumerate(game.children(node)):
            if game.sets[index].player == CHANCE:
                if game.weight[child]:
                    slips[child] = slips[node]
                    shares[child] = shares[node] * game.probability(child)
                continue
            assert choice is not None
            if choice[action]:
                slips[child] = slips[node]
                shares[child] = shares[node] * choice[action]
            else:
                move = (index, action)
                slips[child] = {**slips[node], move: slips[node].get(move, 0) + 1}
                shares[child] = shares[node]
    return slips, shares


def _orders_exist(least: Sequence[tuple[list[Slips], list[Slips]]]) -> bool:
    moves = sorted({m for pair in least for part in pair for slip in part for m in slip})
    width = len(moves)
    at_most: list[Row] = []
    equal: list[Row] = []
    for believed, others in least:
        base = believed[0]
        for slip in believed[1:]:
            equal.append(([slip.get(m, 0) - base.get(m, 0) for m in moves], 0))
        for slip in others:
            at_most.append(([base.get(m, 0) - slip.get(m, 0) for m in moves], -1))
    for place in range(width):
        at_most.append(([-int(place == other) for other in range(width)], -1))
    if not width:
        return all(not others for _, others in least)
    return maximize(Program([0] * width, at_most, equal)).status == "optimal"


def _coefficients_exist(odds: Sequence[tuple[Slips, Fraction]]) -> bool:
    """Whether positive numbers have, to these powers, these products."""
    rows = [
        ({m: Fraction(p) for m, p in powers.items() if p}, {number: Fraction(1)})
        for number, (powers, _) in enumerate(odds)
    ]
    while rows:
        powers, mix = rows.pop()
        if not powers:
            scale = lcm(*(x.denominator for x in mix.values()))
            product = prod(
                (odds[number][1] ** int(x * scale) for number, x in sorted(mix.items())),
                start=Fraction(1),
            )
            if product != 1:
                return False
            continue
        pivot = min(powers)
        for place, (other, its) in enumerate(rows):
            if factor := other.get(pivot, Fraction(0)) / powers[pivot]:
                rows[place] = _combined(other, powers, factor), _combined(its, mix, factor)
    return True


def _combined(
    row: dict[Key, Fraction], other: dict[Key, Fraction], factor: Fraction
) -> dict[Key, Fraction]:
    keys = row.keys() | other.keys()
    sums = {key: row.get(key, Fraction(0)) - factor * other.get(key, Fraction(0)) for key in keys}
    return {key: value for key, value in sums.items() if value}
