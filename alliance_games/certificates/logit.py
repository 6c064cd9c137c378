"""Points of a logit branch held to the logit equations, its limit to sequential rationality."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import exp, fsum, inf, log

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import is_distribution
from alliance_games.results.solutions import Certificate
from alliance_games.results.tree_solutions import Assessment, QuantalPath

CLAIM = (
    "at each point the choice probabilities are the logit responses to the payoffs they imply, and "
    "the limit is sequentially rational with the beliefs it names"
)

TOLERANCE = 1e-6
"""The largest difference between a probability and the logit response to the profile."""

Floats = Sequence[Sequence[float] | None]


def check(game: ExtensiveGame, solution: QuantalPath) -> Certificate:
    """Recompute the responses at every point, in floats, and the limit's gains exactly."""
    points = solution.points
    if not points or points[0][0] != 0:
        return Certificate(False, CLAIM)
    worst = max(_difference(game, choices, precision) for precision, choices, _ in points)
    if not worst <= TOLERANCE:
        return Certificate(False, CLAIM)
    if solution.limit is None:
        return Certificate(True, CLAIM)
    if not isinstance(solution.limit, Assessment):
        return Certificate(False, CLAIM)
    gain = largest_gain(game, solution.limit)
    return Certificate(gain == 0, CLAIM, largest_gain=gain)


def _difference(game: ExtensiveGame, choices: Floats, precision: float) -> float:
    """The largest difference between the profile and the logit response to it."""
    values = _values(game, choices)
    reach = _logarithms(game, choices)
    worst = 0.0
    for index, one in enumerate(game.sets):
        choice = choices[index]
        if one.player == CHANCE:
            continue
        if choice is None or len(choice) != len(one.actions) or min(choice) < 0:
            return inf
        nodes = game.nodes_of[index]
        top = max(reach[node] for node in nodes)
        shares = [exp(reach[node] - top) if top > -inf else 1.0 for node in nodes]
        worth = [
            fsum(
                share * values[game.children(node)[action]][one.player]
                for share, node in zip(shares, nodes, strict=True)
            )
            / fsum(shares)
            for action in range(len(one.actions))
        ]
        best = max(worth)
        response = [exp(precision * (w - best)) for w in worth]
        total = fsum(response)
        worst = max(worst, *(abs(p - r / total) for p, r in zip(choice, response, strict=True)))
    return worst


def _values(game: ExtensiveGame, choices: Floats) -> list[list[float]]:
    values: list[list[float]] = [[]] * game.size
    for node in range(game.size - 1, -1, -1):
        index = game.set_of[node]
        if index == TERMINAL:
            values[node] = [float(payoff) for payoff in game.payoffs(node)]
            continue
        children, choice = game.children(node), choices[index]
        shares = [float(game.probability(c)) for c in children] if choice is None else choice
        values[node] = [
            fsum(
                share * values[child][player] for share, child in zip(shares, children, strict=True)
            )
            for player in range(len(game.players))
        ]
    return values


def _logarithms(game: ExtensiveGame, choices: Floats) -> list[float]:
    """The logarithm of the probability of each node."""
    reach = [-inf] * game.size
    reach[0] = 0.0
    for node in range(game.size):
        if game.set_of[node] == TERMINAL:
            continue
        choice = choices[game.set_of[node]]
        for action, child in enumerate(game.children(node)):
            share = float(game.probability(child)) if choice is None else choice[action]
            reach[child] = reach[node] + log(share) if share > 0 else -inf
    return reach


def largest_gain(game: ExtensiveGame, one: Assessment) -> Fraction | None:
    """The most a single other action at one set would bring; None where beliefs break Bayes."""
    if len(one.choices) != len(game.sets) or len(one.beliefs) != len(game.sets):
        return None
    reach = [Fraction(0)] * game.size
    reach[0] = Fraction(1)
    values: list[tuple[Fraction, ...]] = [()] * game.size
    for node in range(game.size):
        for action, child in enumerate(game.children(node)):
            choice = one.choices[game.set_of[node]]
            share = game.probability(child) if choice is None else choice[action]
            reach[child] = reach[node] * share
    for node in range(game.size - 1, -1, -1):
        if game.set_of[node] == TERMINAL:
            values[node] = game.payoffs(node)
            continue
        choice = one.choices[game.set_of[node]]
        below = game.children(node)
        values[node] = tuple(
            sum(
                (
                    (game.probability(c) if choice is None else choice[a]) * values[c][player]
                    for a, c in enumerate(below)
                ),
                Fraction(0),
            )
            for player in range(len(game.players))
        )
    gain = Fraction(0)
    for index, each in enumerate(game.sets):
        if each.player == CHANCE:
            continue
        choice, belief, nodes = one.choices[index], one.beliefs[index], game.nodes_of[index]
        if choice is None or belief is None or len(belief) != len(nodes):
            return None
        total = sum((reach[node] for node in nodes), Fraction(0))
        if not is_distribution(choice) or not is_distribution(belief):
            return None
        if total and any(reach[n] != b * total for n, b in zip(nodes, belief, strict=True)):
            return None
        worth = [
            sum(
                (
                    b * values[game.children(node)[action]][each.player]
                    for b, node in zip(belief, nodes, strict=True)
                ),
                Fraction(0),
            )
            for action in range(len(each.actions))
        ]
        now = sum((p * w for p, w in zip(choice, worth, strict=True)), Fraction(0))
        gain = max(gain, max(worth) - now)
    return gain if values[0] == one.payoffs else None
