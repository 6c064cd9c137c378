"""One equilibrium of a two-player tree by complementary pivoting on the sequence form.

Lemke's method as a path from a prior (Koller, Megiddo and von Stengel 1996; von Stengel, van den
Elzen and Talman 2002): with weight z each player expects the other's prior t, and with weight 1 - z
what the other does. At z = 1 both reply best to the priors; at z = 0 there is an equilibrium. An
infinitesimal perturbation of all right sides decides ties, so no path cycles. Floats follow the
path; the sequences they end with are settled exactly. Small games, and those on which floats
fail, are followed in exact numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from alliance_games.algorithms.best_response import Tick
from alliance_games.algorithms.exact_walk import perturbation
from alliance_games.algorithms.sequence_pair import Pair, following, settled
from alliance_games.exact.sparse import TooDense, solve_sparse
from alliance_games.model.sequence_form import Plan, Sequences

ATTEMPTS = 3
"""Perturbations tried in floats."""

EXACT_UP_TO = 120
EXACT_AFTER_FLOATS = 600
"""Orders of a basis up to which the path is followed exactly at once, or after floats failed."""

Two = tuple[Any, Any]
"""A number and its part in the infinitesimal perturbation, compared in this order."""


class PathLost(ArithmeticError):
    """The path came to no end: rounding, or a tie that the perturbation left."""


def one_pair(pair: Pair, tick: Tick) -> tuple[Plan, Plan] | None:
    """Both players' plans in one equilibrium, exact; None where no path ended in one."""
    order = System(pair, 0).order
    if order > EXACT_UP_TO:
        from alliance_games.algorithms.sequence_lemke_float import FloatBasis

        for seed in range(ATTEMPTS):
            found = _attempt(pair, seed, FloatBasis, tick)
            if found is not None:
                return found
    if order <= EXACT_AFTER_FLOATS:
        for seed in range(ATTEMPTS):
            found = _attempt(pair, seed, ExactBasis, tick)
            if found is not None:
                return found
    return None


def _attempt(
    pair: Pair, seed: int, make: Callable[[System], Any], tick: Tick
) -> tuple[Plan, Plan] | None:
    system = System(pair, seed)
    try:
        return settled(pair, _follow(system, make(system), tick), tick)
    except (PathLost, TooDense):
        return None


def _follow(system: System, basis: Any, tick: Tick) -> tuple[list[int], list[int]]:
    """Pivot from the best replies to the priors until the priors have no weight."""
    entering = system.progress
    for _ in range(200 * system.order):
        tick()
        direction = basis.direction(entering)
        row = basis.leaving(direction)
        if row is None:
            raise PathLost
        leaving = basis.variables[row]
        basis.exchange(row, entering, direction)
        if leaving == system.prior:
            counts = [len(own) for own in system.pair.of]
            ends = sorted(v for v in basis.variables if v < sum(counts))
            return [v for v in ends if v < counts[0]], [
                v - counts[0] for v in ends if v >= counts[0]
            ]
        entering = system.complement(leaving)
    raise PathLost


class System:
    """The equations, variable by variable: E x = e u, r = E'p - A(y + z t) >= 0, u + z = 1, and the
    same for the other player.

    Variables are numbered x, y, p, q, r, s, u, z; equations those of E, of F, of r, of s, the last.
    ``columns[v]`` are the coefficients by equation; ``right`` the right sides, and ``drift`` their
    perturbation. ``basis`` are the best replies to the priors and what goes with them.
    """

    def __init__(self, pair: Pair, seed: int) -> None:
        self.pair = pair
        self.counts = [len(own) for own in pair.of]
        self.bounds = [len(own.sets) + 1 for own in pair.of]
        plans, moves = sum(self.counts), sum(self.bounds)
        self.first_bound, self.first_slack = plans, plans + moves
        self.progress = 2 * plans + moves
        self.prior = self.progress + 1
        self.order = plans + moves + 1
        self.columns: list[dict[int, int]] = [{} for _ in range(self.prior + 1)]
        self.right = [0] * self.order
        self.drift = perturbation(self.order, seed, bits=20)
        self.drift[-1] = 0
        self.basis: list[int] = []
        self._equations()

    def complement(self, variable: int) -> int:
        """The variable whose product with this one is zero; free ones have none and stay."""
        if variable < self.first_bound:
            return variable + self.first_slack
        if variable >= self.progress or variable < self.first_slack:
            raise PathLost
        return variable - self.first_slack

    def is_free(self, variable: int) -> bool:
        return self.first_bound <= variable < self.first_slack

    def _equations(self) -> None:
        plan_at = [0, self.counts[0]]
        bound_at = [self.first_bound, self.first_bound + self.bounds[0]]
        made_at = [0, self.bounds[0]]
        worth_at = [sum(self.bounds), sum(self.bounds) + self.counts[0]]
        priors = [_uniform(own) for own in self.pair.of]
        self.basis = []
        for me in (0, 1):
            own, other = self.pair.of[me], 1 - me
            after = following(own)
            against, scaled = _against(self.pair.gains[me], *priors[other])
            self.columns[self.progress][made_at[me]] = -1
            for s in range(len(own)):
                made, worth = made_at[me] + 1 + own.place[s], worth_at[me] + s
                self.columns[plan_at[me] + s][made] = 1
                self.columns[self.first_slack + plan_at[me] + s][worth] = 1
                self.columns[bound_at[me] + 1 + own.place[s]][worth] = -1
                for k in after.get(s, ()):
                    self.columns[plan_at[me] + s][made_at[me] + 1 + k] = -1
                    self.columns[bound_at[me] + 1 + k][worth] = 1
                for theirs, value in scaled.get(s, {}).items():
                    self.columns[plan_at[other] + theirs][worth] = value
                if against.get(s):
                    self.columns[self.progress][worth] = -against[s]
                    self.right[worth] = -against[s]
            best = _best(own, against, self.drift[worth_at[me] :])
            self.basis += range(bound_at[me], bound_at[me] + self.bounds[me])
            self.basis += [
                (0 if s in best else self.first_slack) + plan_at[me] + s for s in range(len(own))
            ]
            # A best reply is one sequence for each set and the empty one: as many as equations.
        self.columns[self.progress][self.order - 1] = 1
        self.columns[self.prior][self.order - 1] = 1
        self.right[self.order - 1] = 1
        self.basis.append(self.prior)


def _uniform(own: Sequences) -> tuple[list[int], int]:
    """The plan of choosing evenly everywhere, over a common denominator."""
    plan = [Fraction(1)] * len(own)
    for k in range(len(own.sets)):
        for s in own.own(k):
            plan[s] = plan[own.before[k]] / len(own.own(k))
    over = lcm(*(p.denominator for p in plan))
    return [p.numerator * (over // p.denominator) for p in plan], over


def _against(
    gains: Any, prior: Sequence[int], over: int
) -> tuple[dict[int, int], dict[int, dict[int, int]]]:
    """What each sequence gets against the prior, and the gains, in one whole unit."""
    against = {s: sum(v * prior[t] for t, v in row.items()) for s, row in gains.items()}
    common = gcd(*(v for row in gains.values() for v in row.values())) or 1
    unit = gcd(common * over, *against.values()) or 1
    return (
        {s: value // unit for s, value in against.items()},
        {s: {t: v * over // unit for t, v in row.items()} for s, row in gains.items()},
    )


def _best(own: Sequences, against: dict[int, int], drift: Sequence[int]) -> set[int]:
    """The sequences that reply best at every set, reached or not; ties as the perturbation says."""
    worth = [(against.get(s, 0), -drift[s]) for s in range(len(own))]
    best = {0}
    for k in range(len(own.sets) - 1, -1, -1):
        chosen = max(own.own(k), key=worth.__getitem__)
        best.add(chosen)
        before = worth[own.before[k]]
        worth[own.before[k]] = before[0] + worth[chosen][0], before[1] + worth[chosen][1]
    return best


class ExactBasis:
    """A basis whose equations are solved anew, exactly, at every step."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.variables = list(system.basis)

    def direction(self, entering: int) -> list[Fraction]:
        """How fast each basic variable falls as ``entering`` grows."""
        column = self.system.columns[entering]
        return self._solve([column.get(i, 0) for i in range(self.system.order)])

    def leaving(self, direction: Sequence[Fraction]) -> int | None:
        """The row of the basic variable that first falls to zero."""
        values = self._solve(self.system.right), self._solve(self.system.drift)
        ratios = [
            ((values[0][row] / fall, values[1][row] / fall), row)
            for row, (variable, fall) in enumerate(zip(self.variables, direction, strict=True))
            if fall > 0 and not self.system.is_free(variable)
        ]
        return min(ratios)[1] if ratios else None

    def exchange(self, row: int, entering: int, direction: Sequence[Fraction]) -> None:
        self.variables[row] = entering

    def _solve(self, right: Sequence[int]) -> list[Fraction]:
        rows: list[dict[int, int]] = [{} for _ in range(self.system.order)]
        for k, variable in enumerate(self.variables):
            for i, c in self.system.columns[variable].items():
                rows[i][k] = c
        values = solve_sparse(rows, right)
        if values is None:
            raise PathLost
        return [values[k] for k in range(self.system.order)]
