"""First-order conditions of contracts, face by face, and the weights with which a contract is best.

A contract is two numbers, each within its range or at an end of it. Where payoffs are concave, a
contract has the largest weighted sum of payoffs exactly where the weighted slope is zero in every
term inside its range and does not point inward at an end (Karush 1939; Kuhn and Tucker 1951).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from flint import fmpq, fmpz

from alliance_games.exact.algebraic import Algebraic, sign
from alliance_games.exact.polynomials import Polynomial, Ring, evaluate, terms
from alliance_games.exact.tableau import Tick
from alliance_games.exact.univariate import between
from alliance_games.exact.zero_dimensional import solutions
from alliance_games.model.bargaining import Pair

ZERO, ONE = Fraction(0), Fraction(1)

MOST_SOLUTIONS = {2: 40, 4: 20}
"""Complex solutions that equations in so many terms may have by their degrees (Bezout's bound) for
them to be solved: what solves them has such a degree, and arithmetic with it is dear."""

MOST_WITH_NUMBER = 16
"""The same where an irrational number stands among the equations."""

Place = tuple[Fraction, ...]
"""The terms of a contract (of two, where two are looked for together), exact."""

Face = tuple[Fraction | None, ...]
"""For each term the end of its range, or None where it is between the ends."""

Equations = Callable[[Face], Iterator[Polynomial]]
"""What vanishes at the contracts looked for that lie on a face."""


def faces(box: Sequence[Pair]) -> Iterator[Face]:
    """Every face of the ranges, the inside first."""
    ends: list[tuple[Fraction | None, ...]] = [
        (None, low, high) if low < high else (low,) for low, high in box
    ]
    yield from sorted(product(*ends), key=lambda face: sum(end is not None for end in face))


def free(face: Face) -> list[int]:
    """The terms that are between the ends of their ranges."""
    return [v for v, end in enumerate(face) if end is None]


class Faces:
    """Solves equations on every face of the ranges.

    ``complete`` turns false where some face had infinitely many solutions, or equations too large.
    """

    def __init__(self, box: Sequence[Pair], tick: Tick) -> None:
        self.box, self.tick = box, tick
        self.complete = True
        self.most = MOST_SOLUTIONS[len(box)]

    def places(self, equations: Equations, extra: Fraction | None = None) -> Iterator[Place]:
        """The contracts that solve the equations of the face they lie on.

        ``extra`` is an irrational number that the equations call by the variable after the terms;
        among them is its minimal polynomial.
        """
        for face in faces(self.box):
            self.tick()
            restricted = [_restricted(p, face) for p in equations(face)]
            wanted = [p for p in restricted if not p.is_zero()]
            if any(p.is_constant() for p in wanted):
                continue
            unknown = [*free(face), *([len(face)] if extra is not None else [])]
            if not unknown:
                yield tuple(end for end in face if end is not None)
                continue
            bound = prod(_degree(p, len(face)) for p in wanted)
            most = self.most if extra is None else MOST_WITH_NUMBER
            found = solutions(wanted, unknown, self.tick) if bound <= most else None
            if found is None:
                self.complete = False
                continue
            for values in found:
                if extra is not None and values[len(face)] != extra:
                    continue
                place = tuple(values[v] if end is None else end for v, end in enumerate(face))
                if self._is_on(face, place):
                    yield place

    def _is_on(self, face: Face, place: Place) -> bool:
        return all(
            end is not None or low < x < high
            for end, x, (low, high) in zip(face, place, self.box, strict=True)
        )


def _restricted(p: Polynomial, face: Face) -> Polynomial:
    fixed: dict[str | int, int | fmpz | fmpq] = {
        f"x{v}": fmpq(end.numerator, end.denominator)
        for v, end in enumerate(face)
        if end is not None
    }
    return p.subs(fixed) if fixed else p


def _degree(p: Polynomial, width: int) -> int:
    """The degree in the terms; of what speaks of another number alone the degree in that."""
    powers = [powers for _, powers in terms(p)]
    return max(sum(one[:width]) for one in powers) or max(sum(one) for one in powers)


def minimal_polynomial(number: Fraction, ring: Ring, variable: int) -> Polynomial:
    """The polynomial of an irrational number in one variable of the ring."""
    assert isinstance(number, Algebraic)
    total, power = ring.zero, ring.one
    for coefficient in number.minimal[0]:
        total = total + power * coefficient
        power = power * ring.variables[variable]
    return total


Share = tuple[Fraction, Fraction]
"""From the least to the greatest weight of the second player, the first one's being the rest."""


def supporting(
    slopes: Sequence[Sequence[Polynomial]], box: Sequence[Pair], place: Place
) -> Share | None:
    """The weights (1 - t, t), t from 0 to 1, with which the contract has the largest sum.

    ``slopes[i][v]`` is the derivative of a payoff by a term, in a ring of one variable more. None
    where there are no such weights.
    """
    low, high = ZERO, ONE
    for v, (x, (least, most)) in enumerate(zip(place, box, strict=True)):
        if least == most:
            continue
        mine, yours = (evaluate(slopes[i][v], (*place, ZERO)) for i in (0, 1))
        inward = 0 if least < x < most else (1 if x == least else -1)
        # (1 - t) mine + t yours is zero inside, and does not point inward at an end.
        for way in (1, -1) if inward == 0 else (-inward,):
            at_zero, rise = way * mine, way * (yours - mine)
            if sign(rise) == 0:
                if sign(at_zero) < 0:
                    return None
                continue
            root = -at_zero / rise
            low, high = (max(low, root), high) if sign(rise) > 0 else (low, min(high, root))
    return (low, high) if low <= high else None


def inner(share: Share) -> Fraction:
    """A weight between the bounds, a rational one where there is room."""
    low, high = share
    return low if low == high else between(low, high)


def degree(number: Fraction) -> int:
    """The degree of the field that a number is given in: 1 where it is rational."""
    return number.root.degree if isinstance(number, Algebraic) else 1


def degree_of(number: Fraction) -> int:
    """The degree of an irrational number itself."""
    assert isinstance(number, Algebraic)
    return len(number.minimal[0]) - 1
