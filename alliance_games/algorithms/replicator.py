"""Rest points of the replicator dynamics of one population, and how each behaves nearby.

``dx_i/dt = x_i ((A x)_i - x A x)`` (Taylor and Jonker 1978). Within the strategies in use the
linearisation is a rational matrix; a strategy that nobody plays grows at its payoff less the mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.algorithms.mutants import mutant
from alliance_games.algorithms.population_equilibria import (
    Cell,
    Matrix,
    Mixture,
    Tick,
    payoffs,
    rest_points,
)
from alliance_games.exact.inertia import Inertia, inertia
from alliance_games.model.populations import Population, by_name
from alliance_games.results.named.evolution import RestPoint

STABLE, LYAPUNOV, UNSTABLE, UNDECIDED = (
    "asymptotically stable",
    "stable",
    "unstable",
    "undecided",
)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the dynamics behaves near a rest point: the words of a RestPoint."""

    form: str
    stability: str
    because: str


def rest(crowd: Population, tick: Tick) -> Iterator[RestPoint]:
    """Every rest point, continua by their corners, as they are found. Raises TooManyCorners."""
    for cell in rest_points(crowd.payoffs, tick):
        yield _described(crowd, cell, tick)


def sides(a: Matrix, at: Mixture) -> Inertia:
    """The sides of the eigenvalues of the linearised dynamics within the simplex."""
    support = [i for i, share in enumerate(at) if share]
    within = inertia(linearised(a, at))
    rates = growth(a, at)
    outside = [rates[i] for i in range(len(a)) if i not in support]
    return Inertia(
        within.left + sum(rate < 0 for rate in outside),
        within.right + sum(rate > 0 for rate in outside),
        within.imaginary,
        within.zero + sum(rate == 0 for rate in outside),
    )


def linearised(a: Matrix, at: Mixture) -> list[list[Fraction]]:
    """The linearisation within the strategies in use, the last of them left out (its share is what
    the others leave)."""
    *used, last = (i for i, share in enumerate(at) if share)
    received = [sum((at[k] * a[k][j] for k in (*used, last)), Fraction(0)) for j in range(len(a))]

    def entry(i: int, j: int) -> Fraction:
        return at[i] * (a[i][j] - received[j])

    return [[entry(i, j) - entry(i, last) for j in used] for i in used]


def growth(a: Matrix, at: Mixture) -> list[Fraction]:
    """What each strategy earns more than the mean: zero for those in use."""
    earned = payoffs(a, at)
    mean = sum((share * value for share, value in zip(at, earned, strict=True)), Fraction(0))
    return [value - mean for value in earned]


def _described(crowd: Population, cell: Cell, tick: Tick) -> RestPoint:
    names, a, at = crowd.names, crowd.payoffs, cell.middle
    rates = growth(a, at)
    found = sides(a, at)
    many = len(cell.corners) > 1
    how = _continuum(cell, a, tick) if many else behaviour(crowd, cell, found, rates, tick)
    return RestPoint(
        strategy=by_name(names, at),
        payoff=payoffs(a, at)[cell.support[0]] / crowd.denominator,
        equilibrium=max(rates) <= 0,
        growth={
            names[i]: rate / crowd.denominator
            for i, rate in enumerate(rates)
            if i not in cell.support
        },
        attracting=found.left,
        repelling=found.right,
        rotating=found.imaginary,
        neutral=found.zero,
        form=how.form,
        stability=how.stability,
        because=how.because,
        corners=tuple(by_name(names, corner) for corner in cell.corners) if many else (),
    )


def behaviour(
    crowd: Population, cell: Cell, found: Inertia, rates: Sequence[Fraction], tick: Tick
) -> Behaviour:
    """The form and stability of a rest point that is alone with its strategies, by the first
    criterion that decides."""
    a, form = crowd.payoffs, form_of(found)
    if found.right:
        return Behaviour(form, UNSTABLE, "an eigenvalue has a positive real part")
    if not found.imaginary and not found.zero:
        return Behaviour(form, STABLE, "all eigenvalues have negative real parts")
    if (invader := _along_an_edge(a, cell, rates)) is not None:
        return Behaviour(form, UNSTABLE, f"{crowd.names[invader]} grows along the edge to it")
    replies = tuple(sorted({*cell.support, *(i for i, rate in enumerate(rates) if rate == 0)}))
    as_equilibrium = Cell(cell.support, replies, cell.corners)
    if mutant(a, as_equilibrium, True, tick) is None:
        why = "it is evolutionarily stable (Taylor and Jonker 1978)"
        return Behaviour(form, STABLE, why)
    if len(a) == 3 and len(cell.support) == 3 and found.imaginary == 2:
        why = "with three strategies imaginary eigenvalues make closed orbits (Bomze 1983)"
        return Behaviour("centre", LYAPUNOV, why)
    if mutant(a, as_equilibrium, False, tick) is None:
        why = "it is neutrally stable (Bomze and Weibull 1995)"
        return Behaviour(form, LYAPUNOV, why)
    return Behaviour(form, UNDECIDED, "the linearised dynamics does not decide")


def form_of(found: Inertia) -> str:
    """The form of a rest point as far as the eigenvalues tell."""
    if found.imaginary or found.zero:
        return "degenerate"
    if not found.right:
        return "sink"
    return "saddle" if found.left else "source"


def _along_an_edge(a: Matrix, cell: Cell, rates: Sequence[Fraction]) -> int | None:
    """A strategy that earns as much where all do the same, and more once it is there."""
    if len(cell.support) > 1:
        return None
    (own,) = cell.support
    able = (j for j, rate in enumerate(rates) if j != own and rate == 0 and a[j][j] > a[own][j])
    return next(able, None)


def _continuum(cell: Cell, a: Matrix, tick: Tick) -> Behaviour:
    """What can be said of all of a continuum at once."""
    tables = [growth(a, corner) for corner in cell.corners]
    outside = [i for i in range(len(a)) if i not in cell.support]
    for i in outside:
        column = [row[i] for row in tables]
        if min(column) >= 0 and max(column) > 0:
            why = "a strategy that nobody plays grows all along it"
            return Behaviour("continuum", UNSTABLE, why)
    if all(max((row[i] for row in tables), default=Fraction(0)) <= 0 for i in outside):
        replies = tuple(
            sorted({*cell.support, *(i for i in outside if not any(row[i] for row in tables))})
        )
        if mutant(a, Cell(cell.support, replies, cell.corners), False, tick) is None:
            why = "what lies inside it is neutrally stable (Bomze and Weibull 1995)"
            return Behaviour("continuum", LYAPUNOV, why)
    return Behaviour("continuum", UNDECIDED, "its members need not be alike")
