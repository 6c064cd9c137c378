"""Branches of logit equilibria, followed by a predictor and a corrector (Turocy 2005).

A branch is followed in the logarithms of the probabilities together with the precision, along its
arc, so that it may turn back in precision: from uniform choice at precision 0, or from a Nash
equilibrium at a high precision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from alliance_games.algorithms.logit_equations import LogitEquations, Matrix, Vector

PRECISIONS = (0.5, 1.0, 2.0)
"""Equilibria at these precisions, in the game's own units, are among the points of a branch."""

UNTIL = 1e5
"""The precision at which a branch ends, over the largest span of a player's payoffs."""

STARTS = (50.0, 200.0, 1000.0, 5000.0, 30000.0)
"""Precisions (over the span) at which a branch is picked up near an equilibrium."""

FAR = 1e3
"""The least precision over the span at which a branch counts as followed to its limit."""

ERROR = 5e-10
"""The largest difference between a probability and its logit response at a point that is kept."""

EXACT = 1e-12
"""A guess as good as this needs no correction."""

_FIRST_STEP = 0.02
_LARGEST_STEP = 0.3
_SMALLEST_STEP = 1e-9
_MOST_STEPS = 20_000
_STRAIGHT = 0.98
"""The least cosine between the directions at the ends of a step."""


class LogitPoint(NamedTuple):
    """An equilibrium of a branch: ``precision`` in the game's units, ``profile`` by player or role,
    ``error`` the largest difference between a probability and the logit response."""

    precision: float
    profile: tuple[tuple[float, ...], ...]
    error: float


@dataclass(frozen=True, slots=True)
class LogitBranch:
    """The points of a branch in order; ``turns`` are the places among them of its turning points;
    ``complete`` says whether it was followed to precision 0 or to the highest precision; ``end`` is
    what its last points point to (in the limit probabilities move like 1 over the precision)."""

    points: tuple[LogitPoint, ...]
    turns: tuple[int, ...]
    complete: bool

    @property
    def end(self) -> tuple[tuple[float, ...], ...]:
        before, last = self.points[-2:]
        if last.precision <= before.precision:
            return last.profile
        found = []
        for old, new in zip(before.profile, last.profile, strict=True):
            ahead = [
                max(0.0, (last.precision * q - before.precision * p))
                for p, q in zip(old, new, strict=True)
            ]
            found.append(tuple(one / sum(ahead) for one in ahead))
        return tuple(found)


def principal_branch(
    equations: LogitEquations,
    tick: Callable[[], None],
    precisions: Sequence[float] = PRECISIONS,
) -> LogitBranch:
    """The branch that starts at uniform choice and precision 0."""
    start = np.append(equations.uniform(), 0.0)
    return _Walk(equations, tick, precisions).follow(start, +1)


def branch_from(
    equations: LogitEquations,
    profile: Sequence[Sequence[float]],
    tick: Callable[[], None],
    precisions: Sequence[float] = PRECISIONS,
) -> LogitBranch | None:
    """The branch that tends to an equilibrium, followed back; None where it cannot be picked up."""
    walk = _Walk(equations, tick, precisions)
    highest = max(walk.wanted, default=0.0)
    for precision in [one for one in STARTS if one > highest] or [UNTIL]:
        start = _near(equations, profile, precision)
        if start is not None and walk.is_exact(start):
            return walk.follow(start, -1)
    return None


class _Walk:
    def __init__(
        self, equations: LogitEquations, tick: Callable[[], None], precisions: Sequence[float]
    ) -> None:
        self.equations, self.tick = equations, tick
        wanted = {float(one) * float(equations.unit): float(one) for one in precisions}
        self.wanted = {here: one for here, one in wanted.items() if here <= UNTIL}
        self.points: list[LogitPoint] = []
        self.turns: list[int] = []

    def follow(self, start: Vector, way: int) -> LogitBranch:
        """Along the branch from ``start``; ``way`` is whether precision grows or falls at first."""
        point, step, complete = start, _FIRST_STEP, False
        direction = np.zeros(len(start))
        direction[-1] = way
        direction = self._tangent(point, direction)
        self._keep(point)
        for _ in range(_MOST_STEPS):
            self.tick()
            moved = self._step(point, direction, step)
            if moved is None:
                step /= 2
                if step < _SMALLEST_STEP:
                    break
                continue
            onward = self._tangent(moved, direction)
            before, turned = len(self.points) - 1, direction[-1] * onward[-1] < 0
            between = turned and self._keep_turn(point, moved, direction, step)
            self._keep_wanted(point, moved)
            farther = direction[-1] * (moved[-1] - point[-1]) > 0
            point, direction = moved, onward
            if point[-1] <= 0:
                complete = True
                break
            if not self._keep(point) or (point[-1] >= UNTIL and direction[-1] > 0):
                break
            if turned and not between:
                self.turns.append(len(self.points) - 1 if farther else before)
            step = min(step * 1.5, _LARGEST_STEP)
        complete |= bool(point[-1] >= FAR)
        return LogitBranch(tuple(self.points), tuple(self.turns), complete)

    def _step(self, point: Vector, direction: Vector, step: float) -> Vector | None:
        """The point a step farther, or None where the branch bends too much on the way."""
        moved = self._corrected(point + step * direction, direction, step)
        if moved is None:
            return None
        weights = _weights(point)
        onward = weights * self._tangent(moved, direction)
        cosine = onward @ (weights * direction) / np.linalg.norm(onward)
        return moved if cosine >= _STRAIGHT else None

    def _keep(self, point: Vector, told: float | None = None) -> bool:
        """Add the point to the branch; False where rounding keeps it from being exact enough."""
        profile, error = self.equations.profile(point[:-1]), self._error(point)
        if error > ERROR:
            return False
        precision = float(point[-1]) / float(self.equations.unit) if told is None else told
        self.points.append(LogitPoint(precision, profile, error))
        return True

    def is_exact(self, point: Vector) -> bool:
        """Whether rounding leaves the point exact enough to be kept."""
        return self._error(point) <= ERROR

    def _error(self, point: Vector) -> float:
        return self.equations.error(self.equations.profile(point[:-1]), float(point[-1]))

    def _keep_wanted(self, before: Vector, after: Vector) -> None:
        """The equilibria at the precisions asked for, where the step passes them."""
        fixed = np.zeros(len(before))
        fixed[-1] = 1
        passed = [one for one in self.wanted if (before[-1] - one) * (after[-1] - one) < 0]
        for one in sorted(passed, reverse=bool(after[-1] < before[-1])):
            share = (one - before[-1]) / (after[-1] - before[-1])
            guess = before + share * (after - before)
            guess[-1] = one
            found = self._corrected(guess, fixed, _norm(after - before, before))
            if found is None and self._error(guess) < EXACT:
                found = guess  # where branches cross, the equations do not settle the point
            if found is not None:
                found[-1] = one
                self._keep(found, self.wanted[one])

    def _keep_turn(self, point: Vector, end: Vector, direction: Vector, step: float) -> bool:
        """Keep the turning point within the step, by bisection on how far to go.

        Where branches cross, a step tried may land on the other one: a turning point is farther
        on, in the precision, than both ends of the step. False where none such was met.
        """
        way = np.sign(direction[-1])
        low, high, best = 0.0, step, None
        farthest = max(way * point[-1], way * end[-1])
        for _ in range(40):
            middle = (low + high) / 2
            moved = self._corrected(point + middle * direction, direction, step)
            onward = None if moved is None else self._tangent(moved, direction)
            if moved is None or onward is None:
                break
            if way * moved[-1] > farthest:
                best, farthest = moved, way * moved[-1]
            if onward[-1] * direction[-1] > 0:
                low = middle
            else:
                high = middle
            if abs(onward[-1]) < 1e-9:
                break
        if best is None or not self._keep(best):
            return False
        self.turns.append(len(self.points) - 1)
        return True

    def _tangent(self, point: Vector, before: Vector) -> Vector:
        """The direction of the branch, of length 1, pointing the way it was followed."""
        _, slopes = self.equations.at(point[:-1], point[-1])
        aim = np.zeros(len(point))
        aim[-1] = 1
        across = before * _weights(point) ** 2
        found = _solved(np.vstack([slopes, across]), aim)
        if found is None or not np.all(np.isfinite(found)):
            last: Vector = np.linalg.svd(slopes)[2][-1]
            found = last if last @ across >= 0 else -last
        return found / _norm(found, point)

    def _corrected(self, guess: Vector, normal: Vector, step: float) -> Vector | None:
        return _newton(self.equations, guess, normal, 0.25 * step + 1e-9)


def _weights(point: Vector) -> Vector:
    """What a change of each unknown counts for: in a likely strategy the change of its probability,
    in an unlikely one and in the precision the change in proportion to the precision."""
    least = 1 / (1 + abs(point[-1]))
    return np.append(np.maximum(np.exp(point[:-1]), least), least)


def _norm(change: Vector, point: Vector) -> float:
    return float(np.linalg.norm(change * _weights(point)))


def _newton(
    equations: LogitEquations, guess: Vector, normal: Vector, reach: float
) -> Vector | None:
    """The point of the branch across from ``guess`` at right angles to ``normal``, by Newton's
    method; None where it does not come to rest within ``reach``."""
    with np.errstate(over="ignore", invalid="ignore"):  # a step astray is noticed below
        return _newton_steps(equations, guess, normal, reach)


def _newton_steps(
    equations: LogitEquations, guess: Vector, normal: Vector, reach: float
) -> Vector | None:
    point: Vector = guess
    moved = np.inf
    across = normal * _weights(guess) ** 2
    for _ in range(8):
        violations, slopes = equations.at(point[:-1], point[-1])
        change = _solved(np.vstack([slopes, across]), np.append(-violations, 0.0))
        if change is None or not np.all(np.isfinite(change)):
            return None
        point = point + change
        if not _norm(point - guess, guess) <= reach:
            return None
        moved = _norm(change, point)
        if moved < 1e-13:
            return point
    return point if moved < 1e-9 else None


def _solved(matrix: Matrix, right: Vector) -> Vector | None:
    try:
        return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None


def _near(
    equations: LogitEquations, profile: Sequence[Sequence[float]], precision: float
) -> Vector | None:
    """A logit equilibrium of this precision near a Nash equilibrium, if Newton's method finds one.

    Strategies that are not used start at the probability that their loss implies.
    """
    with np.errstate(divide="ignore"):
        logs = np.log(np.concatenate([np.array(one, dtype=float) for one in profile]))
    used = np.isfinite(logs)
    worth = np.concatenate([w for w, _ in equations.worth(np.where(used, logs, -1e4))])
    for group, first in enumerate(equations.offsets):
        own = slice(first, first + equations.widths[group])
        best = worth[own].max()
        logs[own] = np.where(used[own], logs[own], -np.maximum(precision * (best - worth[own]), 1))
    fixed = np.zeros(equations.size + 1)
    fixed[-1] = 1
    found = _newton(equations, np.append(logs, precision), fixed, np.inf)
    if found is None:
        return None
    away = [
        abs(p - q)
        for mine, own in zip(equations.profile(found[:-1]), profile, strict=True)
        for p, q in zip(mine, own, strict=True)
    ]
    return found if max(away) < max(0.05, 5 / precision) else None
