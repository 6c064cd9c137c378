"""All complex roots of square multilinear systems, followed from a system whose roots are known.

The equations of a block are multilinear forms in the vectors of the other blocks: the indifference
of a player between the strategies of a support. Taken up to scale, each block a point of a
projective space, a system has at most ``number_of_roots`` isolated roots (Bernstein 1975; McKelvey
and McLennan 1997), a system of products of linear forms has exactly so many, and a homotopy from
the one to the other ends in all of them (Morgan and Sommese 1987). So many certified, distinct
roots are all there are: that is the proof, and the path by which they were found is no part of it.

Arrays of all systems of one shape are treated together; floats only, with their rounding bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from alliance_games.exact.tableau import Tick

Array = Any
"""A numpy array."""

ROUNDING = 1e-14
"""Relative error of a sum of up to some hundred products in floats, taken generously."""

SAME = 1e-6
"""Two certified roots are told apart where they are further from each other than this."""


def number_of_roots(sizes: Sequence[int]) -> int:
    """How many isolated roots a system with blocks of these sizes has at most: block derangements.

    A block of size k has k - 1 equations, in the vectors of the others.
    """
    wanted = tuple(size - 1 for size in sizes)
    counts: dict[tuple[int, ...], int] = {(0,) * len(sizes): 1}
    for block, size in enumerate(sizes):
        for _ in range(size - 1):
            further: dict[tuple[int, ...], int] = {}
            for used, ways in counts.items():
                for other, most in enumerate(wanted):
                    if other != block and used[other] < most:
                        key = (*used[:other], used[other] + 1, *used[other + 1 :])
                        further[key] = further.get(key, 0) + ways
            counts = further
    return counts.get(wanted, 0)


@dataclass(frozen=True, slots=True)
class Roots:
    """The roots of one system: one row each, the blocks side by side, in floats.

    In every block the largest coordinate is 1. ``radius`` bounds the distance of each coordinate
    from the exact root, of which there is only one near; ``real`` tells that the root is real
    (False: it is not, by the same proof).
    """

    values: Array
    radius: Array
    real: Array


def roots(
    sizes: Sequence[int], tensors: Sequence[Array], tick: Tick, attempts: int = 2
) -> list[Roots | None]:
    """All roots of several systems of one shape, each by itself; None where that was not proven.

    ``tensors[i]`` has the axes (system, equation of block i, the other blocks in order).
    """
    systems = len(tensors[0])
    expected = number_of_roots(sizes)
    scaled = [_scaled(tensor) for tensor in tensors]
    found: list[Roots | None] = [None] * systems
    # An equation without coefficients says nothing: there are infinitely many roots.
    whole = np.all(
        [(t != 0).any(axis=tuple(range(2, t.ndim))).all(axis=1) for t in tensors], axis=0
    )
    left = np.flatnonzero(whole).tolist()
    for attempt in range(attempts):
        if not left:
            break
        ends = _followed(sizes, [tensor[left] for tensor in scaled], attempt, tick)
        missing = []
        for place, system in enumerate(left):
            own = [tensor[system] for tensor in scaled]
            one = _certified(sizes, own, ends[place], expected)
            if one is None:
                missing.append(system)
            found[system] = one
        left = missing
    return found


def _scaled(tensor: Array) -> Array:
    """Each equation divided by its largest coefficient."""
    flat = np.abs(tensor).reshape(*tensor.shape[:2], -1).max(axis=2)
    flat = np.where(flat == 0, 1.0, flat)
    return tensor / flat.reshape(*flat.shape, *[1] * (tensor.ndim - 2))


# Following paths


def _followed(sizes: Sequence[int], tensors: Sequence[Array], attempt: int, tick: Tick) -> Array:
    """The ends of all paths: (system, path, coordinate); not a number where a path was lost."""
    random = np.random.default_rng(20 + attempt)
    start, points = _start(sizes, random)
    systems, paths = len(tensors[0]), len(points)
    targets = [np.repeat(tensor.astype(complex), paths, axis=0) for tensor in tensors]
    state = np.tile(points, (systems, 1))
    return _Paths(sizes, start, targets, tick).follow(state).reshape(systems, paths, -1)


def _start(sizes: Sequence[int], random: Any) -> tuple[list[Array], Array]:
    """A system of products of linear forms, and all its roots."""
    blocks = range(len(sizes))
    forms: dict[tuple[int, int, int], Array] = {}
    tensors = []
    for block in blocks:
        rows = []
        for equation in range(sizes[block] - 1):
            tensor: Array = np.ones(())
            for other in blocks:
                if other != block:
                    form = random.normal(size=(2, sizes[other]))
                    form = (form[0] + 1j * form[1]) / np.linalg.norm(form)
                    forms[block, equation, other] = form
                    tensor = np.multiply.outer(tensor, form)
            rows.append(tensor)
        tensors.append(np.array(rows))
    points = []
    for choice in _assignments(sizes):
        point = []
        for block, size in enumerate(sizes):
            mine = [forms[b, e, block] for (b, e), chosen in choice.items() if chosen == block]
            kernel = np.linalg.svd(np.array(mine).reshape(-1, size))[2][-1].conj()
            point.append(kernel)
        points.append(np.concatenate(point))
    return tensors, np.array(points)


def _assignments(sizes: Sequence[int]) -> list[dict[tuple[int, int], int]]:
    """The ways to let every equation fix one other block, so that each block is fixed."""
    partial: list[tuple[dict[tuple[int, int], int], tuple[int, ...]]] = [
        ({}, tuple(size - 1 for size in sizes))
    ]
    for block, size in enumerate(sizes):
        for equation in range(size - 1):
            partial = [
                (
                    {**chosen, (block, equation): other},
                    (*left[:other], left[other] - 1, *left[other + 1 :]),
                )
                for chosen, left in partial
                for other in range(len(sizes))
                if other != block and left[other]
            ]
    return [chosen for chosen, _ in partial]


class _Paths:
    """Many paths at once, each at its own time, in blocks of unit length."""

    def __init__(
        self, sizes: Sequence[int], start: Sequence[Array], targets: Sequence[Array], tick: Tick
    ) -> None:
        self.sizes, self.start, self.targets, self.tick = sizes, start, targets, tick
        edges = np.cumsum([0, *sizes])
        self.slices = [slice(a, b) for a, b in pairwise(edges.tolist())]
        self.size = int(edges[-1])

    def follow(self, x: Array) -> Array:
        count = len(x)
        time, step = np.zeros(count), np.full(count, 0.05)
        going = np.ones(count, dtype=bool)
        for _ in range(2000):
            self.tick()
            own = np.flatnonzero(going)
            if not len(own):
                break
            ahead = np.minimum(step[own], 1 - time[own])
            y, good = self._step(own, x[own], time[own], ahead)
            moved = own[good]
            x[moved] = y[good]
            time[moved] += ahead[good]
            step[moved] = np.minimum(step[moved] * 1.6, 0.25)
            step[own[~good]] *= 0.4
            going[time >= 1 - 1e-15] = False
            lost = going & (step < 1e-7)
            x[lost] = np.nan
            going[lost] = False
        x[going] = np.nan
        return x

    def _step(self, own: Array, x: Array, time: Array, ahead: Array) -> tuple[Array, Array]:
        """Runge and Kutta's step of the path's tangent, then Newton's method."""
        patch = x.conj()
        half = time + ahead / 2
        h = ahead[:, None]
        k1 = self._tangent(own, x, time, patch)
        k2 = self._tangent(own, x + h / 2 * k1, half, patch)
        k3 = self._tangent(own, x + h / 2 * k2, half, patch)
        k4 = self._tangent(own, x + h * k3, time + ahead, patch)
        y = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        first = self._newton(own, y, time + ahead, patch)
        y = y + first
        second = self._newton(own, y, time + ahead, patch)
        y = y + second
        sizes = np.abs(first).max(axis=1), np.abs(second).max(axis=1)
        with np.errstate(invalid="ignore"):
            good = (sizes[0] < 1e-3) & (sizes[1] < 1e-6)
        for part in self.slices:
            norm = np.linalg.norm(y[:, part], axis=1, keepdims=True)
            y[:, part] /= np.where(norm > 0, norm, 1)
        return y, good & np.isfinite(y).all(axis=1)

    def _system(
        self, own: Array, x: Array, time: Array, patch: Array
    ) -> tuple[Array, Array, Array]:
        """Values, derivatives and what time changes, with one linear condition per block."""
        count = len(own)
        matrix = np.zeros((count, self.size, self.size), dtype=complex)
        value = np.zeros((count, self.size), dtype=complex)
        drift = np.zeros((count, self.size), dtype=complex)
        vectors = [x[:, part] for part in self.slices]
        row = 0
        for block, size in enumerate(self.sizes):
            target = self.targets[block][own]
            shape = (-1, *[1] * (target.ndim - 1))
            late = time.reshape(shape)
            now = self.start[block] * (1 - late) + target * late
            rows = slice(row, row + size - 1)
            others = [b for b in range(len(self.sizes)) if b != block]
            for place, other in enumerate(others):
                matrix[:, rows, self.slices[other]] = _but_one(now, vectors, others, place)
            first = others[0]
            value[:, rows] = _dot(matrix[:, rows, self.slices[first]], vectors[first])
            moving = _but_one(target - self.start[block], vectors, others, 0)
            drift[:, rows] = _dot(moving, vectors[first])
            row += size - 1
        for block, part in enumerate(self.slices):
            matrix[:, row + block, part] = patch[:, part]
            value[:, row + block] = (patch[:, part] * x[:, part]).sum(axis=1) - 1
        return value, matrix, drift

    def _tangent(self, own: Array, x: Array, time: Array, patch: Array) -> Array:
        _, matrix, drift = self._system(own, x, time, patch)
        return -_solved(matrix, drift)

    def _newton(self, own: Array, x: Array, time: Array, patch: Array) -> Array:
        value, matrix, _ = self._system(own, x, time, patch)
        return -_solved(matrix, value)


def _dot(matrices: Array, vectors: Array) -> Array:
    return np.matmul(matrices, vectors[:, :, None])[:, :, 0]


def _but_one(tensor: Array, vectors: Sequence[Array], others: Sequence[int], kept: int) -> Array:
    """Contract a batch of tensors (system, equation, others...) with all vectors but one."""
    for place in reversed(range(len(others))):
        if place == kept:
            continue
        vector = vectors[others[place]]
        axis = 2 + place
        moved = np.moveaxis(tensor, axis, -1)
        wide = moved.reshape(len(moved), -1, moved.shape[-1])
        tensor = np.matmul(wide, vector[:, :, None]).reshape(moved.shape[:-1])
    return tensor


def _solved(matrix: Array, right: Array) -> Array:
    """The solutions of linear systems; not a number where a matrix is singular."""
    whole = np.isfinite(matrix).all(axis=(1, 2))
    if not whole.all():
        matrix = np.where(whole[:, None, None], matrix, np.eye(matrix.shape[1]))
    try:
        solution: Array = np.linalg.solve(matrix, right[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        solution = np.full_like(right, np.nan)
        for place, (one, side) in enumerate(zip(matrix, right, strict=True)):
            with suppress(np.linalg.LinAlgError):
                solution[place] = np.linalg.solve(one, side)
    solution[~whole] = np.nan
    return solution


# Certifying ends


def _certified(
    sizes: Sequence[int], tensors: Sequence[Array], ends: Array, expected: int
) -> Roots | None:
    """The ends as roots, if each is one by Kantorovich's theorem and all differ."""
    if not np.isfinite(ends).all() or not ends.any(axis=1).all():
        return None
    charts = _Charts(sizes, tensors)
    values, free = charts.normal(ends)
    for _ in range(4):
        values = charts.corrected(values, free)
        if not np.isfinite(values).all():
            return None
        values, free = charts.normal(values)
    radius, _ = charts.radius(values, free)
    if not (radius < SAME / 100).all():
        return None
    nearly = np.abs(values.imag).max(axis=1) <= radius
    close = np.abs(values.imag).max(axis=1) < SAME
    real = np.zeros(len(values), dtype=bool)
    if close.any():
        straight = charts.corrected(values[close].real, free[close])
        if not np.isfinite(straight).all():
            return None
        straight, own = charts.normal(straight)
        within, reach = charts.radius(straight, own)
        apart = np.abs(values[close] - straight).max(axis=1)
        # The root near is the only one within ``reach`` of a real point at which Newton's method,
        # which stays real, converges.
        proven = (within < SAME / 100) & (apart + radius[close] < reach)
        if not (proven | ~nearly[close]).all():
            return None
        real[close] = proven
        values[close] = np.where(proven[:, None], straight, values[close])
        radius[close] = np.where(proven, within, radius[close])
    if len(values) != expected or not _distinct(values, charts.slices):
        return None
    return Roots(values, radius, real)


def _distinct(values: Array, slices: Sequence[slice]) -> bool:
    """Whether all points differ, told by the minors of each two rows: those of one point vanish."""
    for place in range(1, len(values)):
        furthest = np.zeros(place)
        for part in slices:
            outer = values[:place, part, None] * values[place, None, part]
            minors = np.abs(outer - outer.swapaxes(1, 2)).max(axis=(1, 2))
            furthest = np.maximum(furthest, minors)
        if (furthest < SAME).any():
            return False
    return True


class _Charts:
    """One system, in the coordinates in which one entry of each block is fixed to 1."""

    def __init__(self, sizes: Sequence[int], tensors: Sequence[Array]) -> None:
        self.sizes, self.tensors = sizes, tensors
        edges = np.cumsum([0, *sizes])
        self.slices = [slice(a, b) for a, b in pairwise(edges.tolist())]
        blocks = len(sizes)
        weight = np.concatenate(
            [np.abs(t).reshape(len(t), -1).sum(axis=1) for t in tensors if len(t)]
        )
        self.weight = weight
        # Within a distance of 1/10 coordinates are at most 1.1; second derivatives are sums of
        # coefficients times products of the other blocks' entries.
        self.bend = blocks * (blocks - 1) * 1.1**blocks * weight

    def normal(self, points: Array) -> tuple[Array, Array]:
        """Points scaled so that the largest entry of each block is 1; which entries are free."""
        points = points.copy()
        free = np.ones(points.shape, dtype=bool)
        for part in self.slices:
            block = points[:, part]
            largest = np.abs(block).argmax(axis=1)
            rows = np.arange(len(points))
            points[:, part] = block / block[rows, largest][:, None]
            points[rows, part.start + largest] = 1
            free[rows, part.start + largest] = False
        return points, free

    def system(self, points: Array, free: Array) -> tuple[Array, Array]:
        """Values and derivatives in the free entries."""
        count = len(points)
        vectors = [points[:, part] for part in self.slices]
        total = points.shape[1]
        matrix = np.zeros((count, total - len(self.sizes), total), dtype=points.dtype)
        value = np.zeros((count, total - len(self.sizes)), dtype=points.dtype)
        row = 0
        for block, size in enumerate(self.sizes):
            others = [b for b in range(len(self.sizes)) if b != block]
            tensor = np.broadcast_to(self.tensors[block], (count, *self.tensors[block].shape))
            rows = slice(row, row + size - 1)
            for place, other in enumerate(others):
                matrix[:, rows, self.slices[other]] = _but_one(tensor, vectors, others, place)
            value[:, rows] = _dot(matrix[:, rows, self.slices[others[0]]], vectors[others[0]])
            row += size - 1
        columns = np.nonzero(free)[1].reshape(count, -1)
        return value, np.take_along_axis(matrix, columns[:, None, :], axis=2)

    def corrected(self, points: Array, free: Array) -> Array:
        """One step of Newton's method."""
        value, matrix = self.system(points, free)
        step = np.zeros_like(points)
        step[free] = _solved(matrix, value).ravel()
        return points - step

    def radius(self, points: Array, free: Array) -> tuple[Array, Array]:
        """How near each point a root is, and how far around it is the only one (0: not proven).

        With A near the inverse of the derivative, u - A F(u) maps the ball of radius r into itself
        and contracts it where b + d r + l r^2 <= r, b bounding A F at the point, d bounding 1 - A J
        there and l how fast A J changes.
        """
        with np.errstate(all="ignore"):
            value, matrix = self.system(points, free)
            try:
                inverse = np.linalg.inv(matrix)
            except np.linalg.LinAlgError:
                return np.full(len(points), np.inf), np.zeros(len(points))
            size = np.abs(inverse)
            error = ROUNDING * self.weight
            b = np.matmul(size, (np.abs(value) + error)[:, :, None])[:, :, 0].max(axis=1)
            unit = np.abs(np.matmul(inverse, matrix) - np.eye(matrix.shape[1]))
            slack = np.matmul(size, np.abs(matrix) + error[:, None]) * matrix.shape[1] * 1e-14
            d = (unit + slack).sum(axis=2).max(axis=1)
            d = d + np.matmul(size, error * matrix.shape[1]).max(axis=1)
            bend = np.matmul(size, self.bend).max(axis=1)
            r = 2 * b / (1 - d)
            proven = (d < 0.5) & (b + d * r + bend * r * r <= r) & (r < 0.1)
            reach = np.minimum((1 - d) / (2 * bend), 0.1)
        return np.where(proven, r, np.inf), np.where(proven, reach, 0.0)
