"""Simple exact points of cells: near the defaults, in small numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from alliance_games.exact.polynomials import evaluate, terms
from alliance_games.parametric.decide import ZERO, Decider, Point, Undecided, bit, rational

SIMPLE = tuple(
    Fraction(*pair)
    for pair in (
        (1, 1),
        (2, 1),
        (3, 1),
        (1, 2),
        (4, 1),
        (5, 1),
        (10, 1),
        (1, 4),
        (3, 4),
        (0, 1),
        (3, 2),
        (1, 10),
        (-1, 1),
        (20, 1),
        (-2, 1),
        (1, 3),
    )
)
"""Values tried in turn where a parameter's default does not do."""

SOLVED = 5
"""How many of them are tried with the other parameters moved as well."""


def simple_point(
    decider: Decider, conditions: Mapping[str, int], witness: Point, defaults: Sequence[Fraction]
) -> Point:
    """A point that satisfies the conditions, as simple as a search in turn makes it.

    Each parameter keeps its default if it can, else takes a small number; what is then left is
    taken from the witness. The point is rational where the conditions have inner points; on an
    edge it may have to be irrational.
    """
    if decider.holds(conditions.items(), tuple(defaults)):
        return tuple(defaults)
    # What the conditions speak of least is fixed first, so that it keeps its default.
    order = sorted(range(len(defaults)), key=lambda i: (_uses(decider, conditions, i), i))
    fixed: dict[int, Fraction] = {}
    point = witness
    for variable in order:
        own = [
            (key, signs)
            for key, signs in conditions.items()
            if decider.factors.polynomials[key].degrees()[variable]
        ]
        choice = _moved(decider, conditions, own, fixed, point, variable, defaults[variable])
        if choice is not None:
            fixed[variable], point = choice
    return point if rational(point) else _nearby(decider, conditions, point)


def _moved(
    decider: Decider,
    conditions: Mapping[str, int],
    own: Sequence[tuple[str, int]],
    fixed: Mapping[int, Fraction],
    point: Point,
    variable: int,
    default: Fraction,
) -> tuple[Fraction, Point] | None:
    """A simple value of one parameter, with a point that has it; ``own`` speak of it."""

    def alone(value: Fraction) -> Point | None:
        moved = (*point[:variable], value, *point[variable + 1 :])
        return moved if _hold(decider, own, moved) else None

    def solved(value: Fraction) -> Point | None:
        return _with(decider, conditions, {**fixed, variable: value}, point)

    values = list(_values(default, point[variable]))
    for attempt, tried in ((alone, values[:1]), (solved, values[:1]), (alone, values[1:])):
        for value in tried:
            if (found := attempt(value)) is not None:
                return value, found
    for value in values[1:SOLVED]:
        if (found := solved(value)) is not None:
            return value, found
    return None


def _hold(decider: Decider, own: Sequence[tuple[str, int]], point: Point) -> bool:
    return all(bit(evaluate(decider.factors.polynomials[key], point)) & signs for key, signs in own)


def _uses(decider: Decider, conditions: Mapping[str, int], variable: int) -> int:
    return sum(1 for key in conditions if decider.factors.polynomials[key].degrees()[variable])


def _values(default: Fraction, witness: object) -> Iterator[Fraction]:
    tried = [default]
    if default:
        tried += [default * 2, default / 2]
    tried += SIMPLE
    if isinstance(witness, Fraction):
        tried.append(witness)
    yield from dict.fromkeys(tried)


def _with(
    decider: Decider, conditions: Mapping[str, int], fixed: Mapping[int, Fraction], point: Point
) -> Point | None:
    """A point with these coordinates, or None where none is found."""
    images = list(decider.factors.ring.variables)
    for variable, value in fixed.items():
        images[variable] = decider.factors.ring.constant(value)
    reduced: dict[str, int] = {}
    for key, signs in conditions.items():
        p = decider.factors.polynomials[key].compose(*images)
        if p.is_constant():
            value = Fraction(0) if p.is_zero() else terms(p)[0][0]
            if not bit(value) & signs:
                return None
            continue
        scale, factors = decider.factors.of(p)
        if len(factors) == 1 and factors[0][1] == 1:
            other = factors[0][0]
            turned = signs if scale > 0 else _turned(signs)
            reduced[other] = reduced.get(other, 7) & turned
            if not reduced[other]:
                return None
        else:
            # A product: left to the solver as it is, under a key of its own.
            own = f"product {p}"
            decider.factors.polynomials.setdefault(own, p)
            reduced[own] = signs
    try:
        found = decider.find(reduced)
    except Undecided:
        return None
    if found is None:
        return None
    return tuple(fixed.get(i, value) for i, value in enumerate(found))


def _turned(signs: int) -> int:
    return (signs & ZERO) | ((signs & 1) << 2) | ((signs & 4) >> 2)


def _nearby(decider: Decider, conditions: Mapping[str, int], point: Point) -> Point:
    """A rational point near an irrational one, where the conditions leave room for it."""
    for digits in (1, 2, 4, 8, 16, 32):
        rounded = tuple(
            value if isinstance(value, Fraction) else _rounded(value, digits) for value in point
        )
        if decider.holds(conditions.items(), rounded):
            return rounded
    return point


def _rounded(value: Fraction, digits: int) -> Fraction:
    from alliance_games.exact.written import near

    return Fraction(round(near(value, digits + 4) * 10**digits), 10**digits)


__all__ = ["simple_point"]
