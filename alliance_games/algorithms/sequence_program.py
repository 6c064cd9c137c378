"""Trees in which what two players win together is fixed: the sequence form's linear program.

One chooses a realization plan x that leaves the other least: minimise q at the root subject to
E x = e, x >= 0 and F'q >= B'x (Romanovskii 1962; von Stengel 1996; Koller, Megiddo and von Stengel
1996). HiGHS proposes a basis; its sequences are settled exactly. Where that is too much, the plans
are rounded to exact ones, and what they may lack is left to the certificate.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from alliance_games.algorithms.best_response import Tick
from alliance_games.algorithms.sequence_pair import Pair, following, settled
from alliance_games.exact.highs import quiet_solver
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.sequence_form import NOBODY, Plan, Sequences

GRAIN = 1 << 40
"""Rounded probabilities are multiples of one over this."""


def constant_sum(game: ExtensiveGame, pair: tuple[int, int]) -> bool:
    """Whether at every ending the two players' payoffs have the same sum."""
    if NOBODY in pair:
        return False
    a, b = (game.numerators[player] for player in pair)
    over_a, over_b = (game.denominators[player] for player in pair)
    return len({x * over_b + y * over_a for x, y in zip(a, b, strict=True)}) <= 1


def optimal_plans(pair: Pair, tick: Tick) -> tuple[tuple[Plan, Plan], bool]:
    """Optimal plans of both players, and whether they are exact."""
    solver = _solved(pair)
    tick()
    basic = _basis(pair, solver)
    if basic is not None and (plans := settled(pair, basic, tick)) is not None:
        return plans, True
    first, second = pair.of
    answer = solver.getSolution()
    duals = [-value for value in answer.row_dual[len(first.sets) + 1 :]]
    if sum(duals) < 0:
        duals = [-value for value in duals]
    return (_rounded(first, answer.col_value[: len(first)]), _rounded(second, duals)), False


def _solved(pair: Pair) -> Any:
    """HiGHS, having solved the program of the first player's plan."""
    import highspy
    import numpy as np

    first, second = pair.of
    gains, after = pair.gains[1], following(second)
    scale = max((abs(v) for row in gains.values() for v in row.values()), default=1)
    width, bounds = len(first), len(second.sets) + 1
    starts, indices, values = [0], [0], [1.0]

    def close() -> None:
        starts.append(len(indices))

    close()
    for k in range(len(first.sets)):
        indices += [first.before[k], *first.own(k)]
        values += [-1.0] + [1.0] * len(first.own(k))
        close()
    for sequence in range(len(second)):
        row = gains.get(sequence, {})
        indices += [*row, width + 1 + second.place[sequence]]
        values += [*(-v / scale for v in row.values()), 1.0]
        for k in after.get(sequence, ()):
            indices.append(width + 1 + k)
            values.append(-1.0)
        close()
    infinity = highspy.kHighsInf
    model = highspy.HighsLp()
    equations = len(first.sets) + 1
    model.num_col_, model.num_row_ = width + bounds, equations + len(second)
    cost = np.zeros(width + bounds)
    cost[width] = 1.0
    model.col_cost_ = cost
    model.col_lower_ = np.concatenate((np.zeros(width), np.full(bounds, -infinity)))
    model.col_upper_ = np.full(width + bounds, infinity)
    lower = np.zeros(equations + len(second))
    lower[0] = 1.0
    upper = np.full(equations + len(second), infinity)
    upper[:equations] = lower[:equations]
    model.row_lower_, model.row_upper_ = lower, upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(indices, dtype=np.int32)
    model.a_matrix_.value_ = np.array(values)
    solver = quiet_solver()
    solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
    solver.setOptionValue("dual_feasibility_tolerance", 1e-9)
    solver.passModel(model)
    solver.run()
    return solver


def _basis(pair: Pair, solver: Any) -> tuple[list[int], list[int]] | None:
    """The first player's basic sequences, and the second's whose bound is attained."""
    import highspy

    first, _ = pair.of
    basis = solver.getBasis()
    basic = highspy.HighsBasisStatus.kBasic
    if any(status != basic for status in basis.col_status[len(first) :]):
        return None
    bounds = basis.row_status[len(first.sets) + 1 :]
    return (
        [s for s, status in enumerate(basis.col_status[: len(first)]) if status == basic],
        [s for s, status in enumerate(bounds) if status != basic],
    )


def _rounded(own: Sequences, floats: list[float]) -> Plan:
    """An exact realization plan near to floats: at each set in multiples of one over GRAIN."""
    plan = [Fraction(1)] * len(own)
    for k in range(len(own.sets)):
        shares = [max(floats[s], 0.0) for s in own.own(k)]
        total = sum(shares)
        if total > 1e-12:
            grains = [round(share / total * GRAIN) for share in shares]
        else:
            grains = [GRAIN] + [0] * (len(shares) - 1)
        most = max(range(len(grains)), key=grains.__getitem__)
        grains[most] += GRAIN - sum(grains)
        reached = plan[own.before[k]]
        for s, grain in zip(own.own(k), grains, strict=True):
            plan[s] = reached * Fraction(grain, GRAIN)
    return tuple(plan)
