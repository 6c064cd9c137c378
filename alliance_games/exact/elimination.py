"""Systems of polynomial conditions made simpler, one exact step at a time.

A step substitutes a variable that an equality gives, splits a product into its factors, or drops
what the strict inequalities already settle. Each gives branches whose solutions together are those
of what they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from flint import fmpq

from alliance_games.exact.polynomials import Polynomial, Ring
from alliance_games.exact.signs import Bounds


@dataclass(frozen=True, slots=True)
class Solved:
    """A variable given by others: ``denominator * variable + numerator = 0``.

    ``denominator`` is 1, or a polynomial that the branch's conditions keep away from zero.
    """

    variable: int
    numerator: Polynomial
    denominator: Polynomial


@dataclass(frozen=True, slots=True)
class Branch:
    """Conditions on the variables that are not solved yet; ``solved`` speak of later ones only."""

    equal: tuple[Polynomial, ...]
    at_least: tuple[Polynomial, ...]
    above: tuple[Polynomial, ...]
    solved: tuple[Solved, ...] = ()

    def adding(
        self,
        equal: Iterable[Polynomial] = (),
        at_least: Iterable[Polynomial] = (),
        above: Iterable[Polynomial] = (),
    ) -> Branch:
        """The branch with further conditions."""
        return Branch(
            (*self.equal, *equal),
            (*self.at_least, *at_least),
            (*self.above, *above),
            self.solved,
        )


def tidy(branch: Branch) -> Branch | None:
    """The branch without constants and repetitions; None where it contradicts itself plainly."""
    equal: dict[str, Polynomial] = {}
    for p in branch.equal:
        if p.is_constant():
            if not p.is_zero():
                return None
            continue
        p = p * (1 / p.leading_coefficient())
        equal[str(p)] = p
    above = _tidied(branch.above, True)
    at_least = _tidied(branch.at_least, False)
    if above is None or at_least is None:
        return None
    for key, p in above.items():
        if key in equal or str(-p) in equal or str(-p) in above or str(-p) in at_least:
            return None
    kept = []
    for key, p in at_least.items():
        if key in above or key in equal or str(-p) in equal:
            continue
        if str(-p) in at_least:
            p = p * (1 / p.leading_coefficient())
            equal[str(p)] = p
        else:
            kept.append(p)
    return Branch(
        tuple(equal.values()),
        tuple(kept),
        tuple(above.values()),
        branch.solved,
    )


def _tidied(polynomials: Sequence[Polynomial], strict: bool) -> dict[str, Polynomial] | None:
    kept: dict[str, Polynomial] = {}
    for p in polynomials:
        leading = p.leading_coefficient() if not p.is_zero() else fmpq(0)
        if p.is_constant():
            if leading < 0 or (strict and leading == 0):
                return None
            continue
        p = p * (1 / abs(leading))
        kept[str(p)] = p
    return kept


def step(branch: Branch, ring: Ring) -> list[Branch] | None:
    """The branches that one step makes of a tidy branch; None where nothing can be simplified."""
    found = _substituted(branch, ring)
    if found is not None:
        return [found]
    bounds = Bounds(len(ring.names), branch.at_least, branch.above)
    if bounds.empty:
        return []
    for rule in (_equality_factors, _solved_with_denominator, _inequality_factors):
        branches = rule(branch, ring, bounds)
        if branches is not None:
            return branches
    return None


# Equalities that give a variable


def _substituted(branch: Branch, ring: Ring) -> Branch | None:
    """The branch without a variable that some equality gives as a polynomial in the others."""
    best: tuple[int, Polynomial, int, fmpq] | None = None
    for p in branch.equal:
        if best is not None and len(p) >= best[0]:
            continue
        coefficients = p.to_dict()
        for variable, degree in enumerate(p.degrees()):
            if degree != 1:
                continue
            holding = [powers for powers in coefficients if powers[variable]]
            if len(holding) == 1 and sum(holding[0]) == 1:
                best = (len(p), p, variable, coefficients[holding[0]])
                break
    if best is None:
        return None
    _, p, variable, slope = best
    value = ring.variables[variable] - p * (1 / slope)
    images = list(ring.variables)
    images[variable] = value

    def replaced(q: Polynomial) -> Polynomial:
        return q.compose(*images) if q.degrees()[variable] else q

    return Branch(
        tuple(replaced(q) for q in branch.equal if q is not p),
        tuple(map(replaced, branch.at_least)),
        tuple(map(replaced, branch.above)),
        (
            *(
                Solved(s.variable, replaced(s.numerator), replaced(s.denominator))
                for s in branch.solved
            ),
            Solved(variable, -value, ring.one),
        ),
    )


def _solved_with_denominator(branch: Branch, ring: Ring, bounds: Bounds) -> list[Branch] | None:
    """Branches on the sign of the coefficient of a variable that an equality is linear in."""
    best: tuple[int, int, Polynomial, int, Polynomial] | None = None
    for p in branch.equal:
        for variable, degree in enumerate(p.degrees()):
            if degree == 1:
                slope = p.derivative(variable)
                settled = known_sign(slope, branch, bounds)
                if best is None or (not settled, len(slope)) < (not best[0], best[1]):
                    best = (settled, len(slope), p, variable, slope)
    if best is None:
        return None
    settled, _, p, variable, slope = best
    rest = p - slope * ring.variables[variable]
    others = Branch(
        tuple(q for q in branch.equal if q is not p), branch.at_least, branch.above, branch.solved
    )
    if settled:
        return [_divided(others, variable, rest, slope, settled)]
    branches = [others.adding(equal=(slope, rest))]
    for sign in (1, -1):
        sided = others.adding(above=(slope * sign,))
        branches.append(_divided(sided, variable, rest, slope, sign))
    return branches


def _divided(
    branch: Branch, variable: int, rest: Polynomial, slope: Polynomial, sign: int
) -> Branch:
    """The branch with ``-rest / slope`` in place of a variable, times powers of the slope."""

    def replaced(q: Polynomial, even: bool) -> Polynomial:
        degree = int(q.degrees()[variable])
        if not degree:
            return q
        parts = _by_powers(q, variable, degree)
        total = parts[0] * slope**degree
        for power in range(1, degree + 1):
            total = total + parts[power] * (-rest) ** power * slope ** (degree - power)
        return total * sign if even and degree % 2 else total

    return Branch(
        tuple(replaced(q, False) for q in branch.equal),
        tuple(replaced(q, True) for q in branch.at_least),
        tuple(replaced(q, True) for q in branch.above),
        (*branch.solved, Solved(variable, rest, slope)),
    )


def _by_powers(q: Polynomial, variable: int, degree: int) -> list[Polynomial]:
    """The coefficients of a polynomial in one of its variables, ascending."""
    groups: list[dict[tuple[int, ...], fmpq]] = [{} for _ in range(degree + 1)]
    for powers, coefficient in q.to_dict().items():
        power = int(powers[variable])
        groups[power][(*powers[:variable], 0, *powers[variable + 1 :])] = coefficient
    context = q.context()
    return [context.from_dict(group) for group in groups]


# Products


def known_sign(p: Polynomial, branch: Branch, bounds: Bounds) -> int:
    """1 or -1 where the branch's inequalities plainly make ``p`` positive or negative, else 0."""
    if p.is_constant():
        leading = p.leading_coefficient() if not p.is_zero() else 0
        return int(leading > 0) - int(leading < 0)
    total = 1
    for factor, power in p.factor()[1]:
        sign = bounds.sign(factor) or _among(factor, branch)
        if not sign:
            return 0
        total *= sign if power % 2 else 1
    return total if p.factor()[0] > 0 else -total


def _among(factor: Polynomial, branch: Branch) -> int:
    """The sign that a strict inequality states word by word (up to a positive scale)."""
    scaled = factor * (1 / abs(factor.leading_coefficient()))
    opposite = -scaled
    for p in branch.above:
        if p == scaled:
            return 1
        if p == opposite:
            return -1
    return 0


def _equality_factors(branch: Branch, ring: Ring, bounds: Bounds) -> list[Branch] | None:
    for place, p in enumerate(branch.equal):
        factors = p.factor()[1]
        open_ = [f for f, _ in factors if not known_sign(f, branch, bounds)]
        if len(factors) == len(open_) == 1 and factors[0][1] == 1:
            continue
        others = branch.equal[:place] + branch.equal[place + 1 :]
        rest = Branch(others, branch.at_least, branch.above, branch.solved)
        return [rest.adding(equal=(factor,)) for factor in open_]
    return None


def _inequality_factors(branch: Branch, ring: Ring, bounds: Bounds) -> list[Branch] | None:
    for strict, polynomials in ((True, branch.above), (False, branch.at_least)):
        for place, p in enumerate(polynomials):
            branches = _split(branch, place, p, strict, bounds)
            if branches is not None:
                return branches
    return None


def _split(
    branch: Branch, place: int, p: Polynomial, strict: bool, bounds: Bounds
) -> list[Branch] | None:
    if p.total_degree() == 1:
        return None
    scale, factors = p.factor()
    if len(factors) == 1 and factors[0][1] == 1:
        sign = bounds.sign(p)
        if not sign:
            return None
        return [_without(branch, place, strict)] if sign > 0 else []
    sign = 1 if scale > 0 else -1
    odd: list[Polynomial] = []
    even: list[Polynomial] = []
    for factor, power in factors:
        known = known_sign(factor, branch, bounds)
        if known:
            sign *= known if power % 2 else 1
        else:
            (odd if power % 2 else even).append(factor)
    rest = _without(branch, place, strict)
    branches = []
    if strict:
        signs = [
            (*first, *second)
            for first in _signs(len(odd), sign)
            for second in product((1, -1), repeat=len(even))
        ]
        for chosen in signs:
            sided = [f * s for f, s in zip((*odd, *even), chosen, strict=True)]
            branches.append(rest.adding(above=sided))
        return branches
    for chosen in _signs(len(odd), sign):
        branches.append(rest.adding(at_least=[f * s for f, s in zip(odd, chosen, strict=True)]))
    if odd or sign < 0:
        branches.extend(rest.adding(equal=(factor,)) for factor in even)
    return branches


def _signs(number: int, product_: int) -> list[tuple[int, ...]]:
    """The ways to give signs to factors so that their product has the given sign (times)."""
    found = []
    for chosen in product((1, -1), repeat=number):
        total = product_
        for one in chosen:
            total *= one
        if total > 0:
            found.append(chosen)
    return found


def _without(branch: Branch, place: int, strict: bool) -> Branch:
    if strict:
        above = branch.above[:place] + branch.above[place + 1 :]
        return Branch(branch.equal, branch.at_least, above, branch.solved)
    at_least = branch.at_least[:place] + branch.at_least[place + 1 :]
    return Branch(branch.equal, at_least, branch.above, branch.solved)
