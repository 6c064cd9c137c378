"""Holds continua of assessments to the definitions: at their points, between and beyond them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.certificates.assessment import fault_of, fault_of_play, tremble_holds
from alliance_games.certificates.trembles import has_tremble
from alliance_games.exact.linear import affine_dimension
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed, is_distribution
from alliance_games.results.solutions import Certificate
from alliance_games.results.tree_solutions import Assessment, Condition, Continuum, Family

CLAIM = (
    "every extreme point and points between them pass the checks of an assessment, the dimension "
    "is that of the points, and points a little beyond are no equilibria unless of another family"
)

STEP = Fraction(1, 1000)
"""How far beyond a family points are tried, in parts of the way from its middle to its edge."""

Held = tuple[tuple[Mixed | None, ...], tuple[Mixed | None, ...]]


def check_continuum(game: ExtensiveGame, one: Continuum, consistent: bool) -> Certificate:
    """Whether a continuum is made of equilibria and described as it is."""
    gain: Fraction | None = Fraction(0)
    for point in one.points:
        if not isinstance(point, Assessment):
            return Certificate(False, "a point is no assessment")
        fault, gain = fault_of(game, point, consistent)
        if fault is None and consistent and not tremble_holds(game, point):
            fault = "no tremble bears the beliefs out"
        if fault is not None:
            return Certificate(False, f"at an extreme point, {fault}", gain)
    fault = _fault_of_shape(one) or _fault_of_families(game, one, consistent)
    return Certificate(fault is None, fault or CLAIM, gain)


def _fault_of_shape(one: Continuum) -> str | None:
    if not one.families or not one.points:
        return "it has no families"
    used = {place for family in one.families for place in family.points}
    if used != set(range(len(one.points))):
        return "a point is of no family, or is missing"
    if one.dimension != max(family.dimension for family in one.families):
        return "its dimension is not that of its largest family"
    return None


def _fault_of_families(game: ExtensiveGame, one: Continuum, consistent: bool) -> str | None:
    described = [_Described(game, one, family) for family in one.families]
    for family, own in zip(one.families, described, strict=True):
        corners = [_held(one.points[place]) for place in family.points]
        if not all(own.has(corner) for corner in corners):
            return "a point does not meet its family's conditions"
        if family.hull == "behaviour":
            if _dimension(corners) != family.dimension:
                return "the dimension of a family is not that of its points"
            inner = list(_between(corners))
        elif family.hull == "":
            inner = []
        else:
            return "assessments have no such hull"
        for held in inner:
            if not own.has(held) or not _is_equilibrium(game, held, consistent):
                return "a point between the extreme points is no equilibrium of the family"
        if inner and family.dimension:
            for held in _beyond(corners):
                if any(other.has(held) for other in described):
                    if not _is_equilibrium(game, held, consistent):
                        return "a family takes in points that are no equilibria"
                elif _is_equilibrium(game, held, consistent):
                    return "a point beyond the families is an equilibrium, too"
    return None


def _held(point: object) -> Held:
    assert isinstance(point, Assessment)
    return point.choices, point.beliefs


def _flat(held: Held) -> tuple[Fraction, ...]:
    return tuple(x for part in held for each in part if each is not None for x in each)


def _dimension(corners: Sequence[Held]) -> int:
    return affine_dimension([_flat(corner) for corner in corners])


def _between(corners: Sequence[Held]) -> Iterator[Held]:
    """The middle of the corners, and points of other weights."""
    yield _mixture(corners, [Fraction(1)] * len(corners))
    yield _mixture(corners, [Fraction(1 + place) for place in range(len(corners))])
    yield _mixture(corners, [Fraction(1, 1 + place * place) for place in range(len(corners))])


def _beyond(corners: Sequence[Held]) -> Iterator[Held]:
    """Points past each corner, seen from the middle, that still are choices and beliefs."""
    middle = _mixture(corners, [Fraction(1)] * len(corners))
    for corner in corners:
        held = _mixture([corner, middle], [1 + STEP, -STEP])
        if all(each is None or is_distribution(each) for part in held for each in part):
            yield held


def _mixture(corners: Sequence[Held], weights: Sequence[Fraction]) -> Held:
    total = sum(weights, Fraction(0))

    def mixed(part: int) -> tuple[Mixed | None, ...]:
        each_set = zip(*(corner[part] for corner in corners), strict=True)
        return tuple(None if own[0] is None else _sum(own, weights, total) for own in each_set)

    return mixed(0), mixed(1)


def _sum(mixtures: Sequence[Mixed | None], weights: Sequence[Fraction], total: Fraction) -> Mixed:
    columns = zip(*(mixture for mixture in mixtures if mixture is not None), strict=True)
    return tuple(
        sum((w * x for w, x in zip(weights, column, strict=True)), Fraction(0)) / total
        for column in columns
    )


def _is_equilibrium(game: ExtensiveGame, held: Held, consistent: bool) -> bool:
    choices, beliefs = held
    fault, _ = fault_of_play(game, choices, beliefs)
    return fault is None and (not consistent or has_tremble(game, choices, beliefs))


class _Described:
    """What a family says belongs to it: its conditions, and what is the same at all its points."""

    def __init__(self, game: ExtensiveGame, one: Continuum, family: Family) -> None:
        self.conditions = family.conditions
        own = [_flat(_held(one.points[place])) for place in family.points]
        self.fixed = {
            place: column[0]
            for place, column in enumerate(zip(*own, strict=True))
            if all(x == column[0] for x in column)
        }

    def has(self, held: Held) -> bool:
        """Whether the family contains an assessment, by what it says."""
        flat = _flat(held)
        if any(flat[place] != x for place, x in self.fixed.items()):
            return False
        return all(_met(condition, held) for condition in self.conditions)


def _met(condition: Condition, held: Held) -> bool:
    total = Fraction(0)
    for coefficient, unknowns in condition.terms:
        product = coefficient
        for unknown in unknowns:
            each = held[unknown.of == "belief"][unknown.set]
            if each is None:
                return False
            product = product * each[unknown.place]
        total = total + product
    if condition.relation == "=":
        return total == 0
    return total > 0 if condition.relation == ">" else total >= 0
