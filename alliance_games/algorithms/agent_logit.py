"""The principal branch of logit agent quantal response, followed from precision 0.

In an agent logit equilibrium of precision L the log-odds of two actions of an information set are
L times the difference of their expected payoffs, given that the set is reached (McKelvey and
Palfrey 1998). The branch that starts at uniform choice is followed in the logarithms of the
probabilities by a predictor and a corrector (Turocy 2005, 2010), which keeps beliefs defined
however unlikely a set becomes: its limit is a sequential equilibrium.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

ERROR = 1e-10
"""The largest violation of the logit equations, in log-odds, at a point that is kept."""

ROUNDING = 1e-14
"""How near to 1 a sum of probabilities can be asked to come."""

_FIRST_STEP = 0.02
_LARGEST_STEP = 4.0
_SMALLEST_STEP = 1e-9
_MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class BranchPoint:
    """An equilibrium of the branch: its precision, the probabilities set by set, its error."""

    precision: float
    choices: tuple[tuple[float, ...] | None, ...]
    error: float


@dataclass(frozen=True, slots=True)
class Branch:
    """The points of a branch, and the beliefs by information set at the last of them."""

    points: tuple[BranchPoint, ...]
    beliefs: tuple[tuple[float, ...] | None, ...]


class LogitEquations:
    """The logit equations of a tree with perfect recall, with their derivatives.

    The unknowns are the logarithms of the probabilities of all actions, set after set, and the
    precision. Payoffs are divided by ``unit``, the largest span of any player's payoffs, so that
    steps mean the same in all games; the precision of the equations is ``unit`` times that of the
    game.
    """

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game
        self.own = [s for s, one in enumerate(game.sets) if one.player != CHANCE]
        self.offset: dict[int, int] = {}
        self.size = 0
        for index in self.own:
            self.offset[index] = self.size
            self.size += len(game.sets[index].actions)
        payoffs = np.array(
            [
                [float(n) / d for n in table]
                for table, d in zip(game.numerators, game.denominators, strict=True)
            ]
        )
        span = float(np.max(payoffs.max(axis=1) - payoffs.min(axis=1))) if payoffs.size else 0.0
        self.unit = span or 1.0
        self.payoffs = payoffs / self.unit
        self._lay_out()

    def _lay_out(self) -> None:
        """For each node the logarithm of chance on the way, and how often each action is taken."""
        game = self.game
        self.taken: Matrix = np.zeros((game.size, self.size))
        self.chance: Vector = np.zeros(game.size)
        self.branch: list[Vector | None] = [None] * game.size
        for node in range(game.size):
            index = game.set_of[node]
            if index == TERMINAL:
                continue
            children = game.children(node)
            if game.sets[index].player == CHANCE:
                weights = np.array([float(game.probability(child)) for child in children])
                self.branch[node] = weights
            for action, child in enumerate(children):
                self.taken[child] = self.taken[node]
                self.chance[child] = self.chance[node]
                if (weights_here := self.branch[node]) is not None:
                    share = weights_here[action]
                    self.chance[child] += np.log(share) if share else -np.inf
                else:
                    self.taken[child, self.offset[index] + action] += 1

    def at(self, logs: Vector, precision: float) -> tuple[Vector, Matrix]:
        """The violations of the equations, and their derivatives (the last column: precision)."""
        values, slopes = self._values(logs)
        reach = self.taken @ logs + self.chance
        left = np.zeros(self.size)
        right = np.zeros((self.size, self.size + 1))
        for index in self.own:
            first, one = self.offset[index], self.game.sets[index]
            width = len(one.actions)
            worth, worth_slopes = self._worth(index, reach, values, slopes)
            for action in range(1, width):
                row = first + action
                gain = worth[action] - worth[0]
                left[row] = logs[row] - logs[first] - precision * gain
                right[row, :-1] = -precision * (worth_slopes[action] - worth_slopes[0])
                right[row, row] += 1
                right[row, first] -= 1
                right[row, -1] = -gain
            shares = np.exp(logs[first : first + width])
            left[first] = shares.sum() - 1
            right[first, first : first + width] = shares
        return left, right

    def _values(self, logs: Vector) -> tuple[Matrix, NDArray[np.float64]]:
        """Every player's expected payoff from each node on, and its derivatives."""
        game = self.game
        values = np.zeros((game.size, len(game.players)))
        slopes = np.zeros((game.size, len(game.players), self.size))
        for node in range(game.size - 1, -1, -1):
            index = game.set_of[node]
            if index == TERMINAL:
                values[node] = self.payoffs[:, game.terminal[node]]
                continue
            below = slice(game.first_child[node], game.first_child[node + 1])
            shares = self.branch[node]
            if shares is None:
                first = self.offset[index]
                shares = np.exp(logs[first : first + len(game.sets[index].actions)])
                slopes[node, :, first : first + len(shares)] += (shares[:, None] * values[below]).T
            values[node] += shares @ values[below]
            slopes[node] += np.tensordot(shares, slopes[below], axes=1)
        return values, slopes

    def _worth(
        self, index: int, reach: Vector, values: Matrix, slopes: NDArray[np.float64]
    ) -> tuple[Vector, Matrix]:
        """What each action of a set is expected to bring, given that the set is reached."""
        game, player = self.game, self.game.sets[index].player
        nodes = np.array(game.nodes_of[index])
        belief = _shares(reach[nodes])
        taken = self.taken[nodes]
        tilt = belief[:, None] * (taken - belief @ taken)
        if np.all(np.isneginf(reach[nodes])):  # the belief is uniform whatever anybody chooses
            tilt = np.zeros_like(tilt)
        width = len(game.sets[index].actions)
        worth = np.zeros(width)
        worth_slopes = np.zeros((width, self.size))
        firsts = np.array([game.first_child[node] for node in nodes])
        for action in range(width):
            own = values[firsts + action, player]
            worth[action] = belief @ own
            worth_slopes[action] = tilt.T @ own + belief @ slopes[firsts + action, player]
        return worth, worth_slopes


def principal_branch(game: ExtensiveGame, tick: Callable[[], None], until: float = 1e5) -> Branch:
    """Points of the principal branch, from precision 0 until the choices settle.

    The branch ends where the precision, in units of the largest span of a player's payoffs,
    reaches ``until``, or where no step can be taken (the last point tells which).
    """
    equations = LogitEquations(game)
    logs = np.concatenate(
        [
            np.full(len(game.sets[i].actions), -np.log(len(game.sets[i].actions)))
            for i in equations.own
        ]
        or [np.zeros(0)]
    )
    point, direction, step = np.append(logs, 0.0), None, _FIRST_STEP
    found = [_point(equations, point)]
    for _ in range(_MOST_STEPS):
        tick()
        tangent = _tangent(equations, point, direction)
        moved = _corrected(equations, point + step * tangent)
        if moved is None or _turned(equations, moved, tangent) > 0.5:
            step /= 2
            if step < _SMALLEST_STEP:
                break
            continue
        direction = tangent
        point = moved
        found.append(_point(equations, point))
        if point[-1] >= until or point[-1] < 0:
            break
        # In the limit the logarithms grow with the precision: longer steps are then as safe.
        step = min(step * 1.5, _LARGEST_STEP * max(1.0, point[-1] / 4))
    return Branch(tuple(found), _beliefs(equations, point[:-1]))


def _beliefs(equations: LogitEquations, logs: Vector) -> tuple[tuple[float, ...] | None, ...]:
    """What Bayes's rule gives at each set, from logarithms, so that nothing underflows."""
    reach = equations.taken @ logs + equations.chance
    beliefs: list[tuple[float, ...] | None] = [None] * len(equations.game.sets)
    for index in equations.own:
        shares = _shares(reach[list(equations.game.nodes_of[index])])
        beliefs[index] = tuple(float(share) for share in shares)
    return tuple(beliefs)


def _shares(logs: Vector) -> Vector:
    """The distribution whose logarithms are given up to a constant (uniform where all are -inf)."""
    if np.all(np.isneginf(logs)):  # only chance moves of probability zero lead here
        logs = np.zeros(len(logs))
    weights = np.exp(logs - logs.max())
    shares: Vector = weights / weights.sum()
    return shares


def _point(equations: LogitEquations, point: Vector) -> BranchPoint:
    choices: list[tuple[float, ...] | None] = [None] * len(equations.game.sets)
    for index in equations.own:
        first, width = equations.offset[index], len(equations.game.sets[index].actions)
        shares = np.exp(point[first : first + width])
        choices[index] = tuple(float(share) for share in shares / shares.sum())
    error = float(np.max(np.abs(equations.at(point[:-1], point[-1])[0]), initial=0.0))
    return BranchPoint(float(point[-1]) / equations.unit, tuple(choices), error)


def _tangent(equations: LogitEquations, point: Vector, before: Vector | None) -> Vector:
    """The direction of the branch, pointing the way it was followed (first: precision grows)."""
    _, slopes = equations.at(point[:-1], point[-1])
    tangent: Vector = np.linalg.svd(slopes)[2][-1]
    forward = tangent[-1] if before is None else tangent @ before
    return -tangent if forward < 0 else tangent


def _turned(equations: LogitEquations, point: Vector, tangent: Vector) -> float:
    """How far the direction at ``point`` has turned away from ``tangent``."""
    return 1 - float(_tangent(equations, point, tangent) @ tangent)


def _corrected(equations: LogitEquations, point: Vector) -> Vector | None:
    """The point of the branch near ``point`` by Newton's method, or None where it fails."""
    start, sums = point, list(equations.offset.values())
    for _ in range(8):
        violations, slopes = equations.at(point[:-1], point[-1])
        scale = max(1.0, abs(point[-1]))
        # What the probabilities of a set lack to 1 shifts beliefs, and log-odds by ``scale`` times.
        lacking = np.abs(violations[sums])
        if np.max(np.abs(violations), initial=0.0) < ERROR * scale and np.max(
            lacking, initial=0.0
        ) < max(ERROR / scale, ROUNDING):
            return point
        point = point - np.linalg.lstsq(slopes, violations, rcond=None)[0]
        if not np.all(np.isfinite(point)) or np.max(
            np.abs(point - start)
        ) > 5 * _LARGEST_STEP * max(1.0, abs(start[-1])):
            return None
    return None
