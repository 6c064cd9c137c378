"""The exact side of a search by one polytope: complementary bases and faces of the other.

Everything here is integers: whatever a float filter let through is decided by these functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliance_games.algorithms import exact_walk
from alliance_games.algorithms.best_response import PreparedGame, Tick
from alliance_games.exact.linear import solve

Weights = tuple[int, ...]


class PerturbationTie(ArithmeticError):
    """The perturbation of Q leaves a tie: another one is needed to count signs."""


class SingularSystem(ArithmeticError):
    """The equations of a would-be basis have no single solution."""


@dataclass(frozen=True, slots=True)
class CompletedBasis:
    """A feasible basis of Q: its vertex as weights on all columns, up to a positive factor.

    `degenerate` says that a basic variable is zero there, `in_perturbed` that the basis is still
    feasible with right sides 1 + eps * delta.
    """

    weights: Weights
    degenerate: bool
    in_perturbed: bool


def members(mask: int) -> list[int]:
    """The elements of a bit set, in ascending order."""
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


def complete(
    game: PreparedGame, rows: Sequence[int], columns: Sequence[int], delta: Sequence[int]
) -> CompletedBasis | None:
    """The basis of Q in which exactly `columns` are basic and `rows` bind; None if infeasible.

    Raises SingularSystem where there is no such basis, PerturbationTie where `delta` does not
    decide whether it is feasible in the perturbed polytope.
    """
    solution = solve(
        [[game.a[i][j] for j in columns] for i in rows], [1] * len(rows), [delta[i] for i in rows]
    )
    if solution is None:
        raise SingularSystem
    scale, (weights, drifts) = solution
    if min(weights) < 0:
        return None
    ties = [d for w, d in zip(weights, drifts, strict=True) if w == 0]
    inside = set(rows)
    for i, line in enumerate(game.a):
        if i in inside:
            continue
        slack = scale - sum(line[j] * w for j, w in zip(columns, weights, strict=True))
        if slack < 0:
            return None
        if slack == 0:
            drift = sum(line[j] * d for j, d in zip(columns, drifts, strict=True))
            ties.append(scale * delta[i] - drift)
    if 0 in ties:
        raise PerturbationTie
    full = [0] * len(game.columns)
    for j, weight in zip(columns, weights, strict=True):
        full[j] = weight
    return CompletedBasis(tuple(full), bool(ties), all(tie > 0 for tie in ties))


def row_vertex(game: PreparedGame, rows: Sequence[int], columns: Sequence[int]) -> Weights:
    """The vertex of P at which exactly `rows` are basic and `columns` bind, as weights on rows."""
    solution = solve([[game.b[i][j] for i in rows] for j in columns], [1] * len(rows))
    if solution is None:
        raise ArithmeticError("a basis of the best-response polytope is singular")
    full = [0] * len(game.rows)
    for i, weight in zip(rows, solution[1][0], strict=True):
        full[i] = weight
    return tuple(full)


def face(
    game: PreparedGame, rows: Sequence[int], columns: Sequence[int], tick: Tick
) -> list[Weights]:
    """Vertices of the face {y in Q: y = 0 outside `columns`, all `rows` bind}.

    These are vertices of Q, with at least one entry positive; there may be none.
    """
    matrix = [[line[j] for j in columns] for line in game.a]
    own = [1 << place for place in range(len(columns))]
    slacks = [1 << (len(columns) + i) for i in range(len(matrix))]
    wanted = sum(slacks[i] for i in rows)
    vertices = exact_walk.Vertices()
    found = []
    for labels in exact_walk.walk(matrix, own, slacks, vertices, tick):
        if labels & wanted == wanted:
            full = [0] * len(game.columns)
            for j, weight in zip(columns, vertices.points[labels], strict=True):
                full[j] = weight
            found.append(tuple(full))
    return found
