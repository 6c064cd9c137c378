"""A cell of solutions of a leaf as a set of assessments: its points, conditions and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property, reduce

from alliance_games.algorithms.assessments_rationality import Leaf
from alliance_games.exact.algebraic import Algebraic, Exact
from alliance_games.exact.polynomials import Polynomial, Ring, evaluate, ring, terms
from alliance_games.exact.systems import Cell, System, Undecided, feasible, met
from alliance_games.model.profiles import Mixed
from alliance_games.results.tree_solutions import Condition, Unknown

Choices = tuple[Mixed | None, ...]

Held = tuple[Choices, Choices]
"""The choices and the beliefs of an assessment."""

Line = dict[tuple[Unknown, ...], Fraction]
"""A polynomial in the unknowns of an answer: coefficients by (sorted) products of unknowns."""


NEAR = Fraction(1, 1000)
"""How near a curved piece comes to a point of its edge."""


class Piece:
    """The closure of a cell, in assessments.

    ``corners`` are the assessments at the vertices of the cell's closure (beliefs there are limits
    from the cell's sample); where the cell is no bounded polytope, they are examples in which
    every unknown varies that varies in the cell. ``convex`` is whether the closure is the convex
    hull of the corners in all choices and beliefs.
    """

    def __init__(self, leaf: Leaf, cell: Cell) -> None:
        self.leaf, self.cell = leaf, cell
        self.dimension = cell.dimension
        self.sample = self._held(cell.sample)

    @cached_property
    def corners(self) -> list[Held]:
        """The assessments at the corners of the cell; see above."""
        return [self._held(corner) for corner in self.cell.corners or self._examples]

    @cached_property
    def _examples(self) -> list[tuple[Exact, ...]]:
        """Points of the cell that differ in every unknown in which any do, its sample first."""
        found = [self.cell.sample]
        own, known = self.leaf.ring, self.leaf.ring.variables
        for i, at in enumerate(self.cell.sample):
            if isinstance(at, Algebraic) or any(point[i] != at for point in found):
                continue
            for side in (known[i] - own.constant(at), own.constant(at) - known[i]):
                point = self._other(side)
                if point is not None:
                    found.append(point)
                    break
        return found

    def _other(self, above: Polynomial) -> tuple[Exact, ...] | None:
        """A point of the cell at which a polynomial is positive, if one was found."""

        def those(relation: str) -> tuple[Polynomial, ...]:
            return tuple(p for p, its in self.cell.conditions if its == relation)

        try:
            return feasible(System(self.leaf.ring, those("="), those(">="), (*those(">"), above)))
        except Undecided:
            return None

    def _held(self, point: Sequence[Fraction]) -> Held:
        leaf = self.leaf
        return leaf.choices_at(point), leaf.beliefs_at(point, self.cell.sample)

    @cached_property
    def convex(self) -> bool:
        corners = self.cell.corners
        if self.dimension == 0:
            return True
        if not corners or any(isinstance(x, Algebraic) for c in corners for x in c):
            return False
        return not self.bent

    @cached_property
    def bent(self) -> list[int]:
        """The sets at which Bayes' rule makes a belief that is not linear on the cell."""
        leaf = self.leaf
        if self.dimension == 0:
            return []
        if not self.cell.corners:
            return [h for h in leaf.odds if not _settled([w for _, w in leaf.odds[h]])]
        return [h for h in leaf.odds if not self._linear([w for _, w in leaf.odds[h]])]

    def _linear(self, weights: list[Polynomial]) -> bool:
        """Whether weights in these odds, made to sum to 1, are linear between the corners."""
        if _settled(weights):
            return True
        origin, *others = self.cell.corners
        inner = ring([f"t{i}" for i in range(len(others))])
        line = [
            inner.constant(x)
            + sum(
                (
                    t * inner.constant(c[i] - x)
                    for t, c in zip(inner.variables, others, strict=True)
                ),
                inner.zero,
            )
            for i, x in enumerate(origin)
        ]
        own = [_composed(w, line, inner) for w in weights]
        common = reduce(lambda p, q: p.gcd(q), own)
        reduced = [p / common for p in own]
        total = sum(reduced, inner.zero)
        return bool(total.is_constant()) and all(p.total_degree() <= 1 for p in reduced)

    def contains(self, held: Held) -> bool:
        """Whether an assessment is in the piece, as far as that can be told."""
        return self._meets(held) or (self.convex and held in self.corners)

    def borders(self, held: Held) -> bool:
        """Whether an assessment is in the piece or at its edge.

        Of a curved piece, a point at which its conditions hold, strict ones as equalities, is taken
        to be at its edge where the piece has a point within NEAR of it.
        """
        if self._meets(held) or held in self.corners:
            return True
        return not self.convex and self._near(held)

    @cached_property
    def points(self) -> list[Held]:
        """The corners of a convex piece; of any other, those that meet its conditions, and more:
        whatever varies in the piece differs between some of them.
        """
        if self.convex:
            return self.corners
        examples = [self._held(point) for point in self._examples]
        found = list(dict.fromkeys((*examples, *filter(self._meets, self.corners))))
        for part, h, place, weight, total in self._coordinates():
            here = {(held[part][h] or ())[place] for held in found}
            if len(here) > 1 or isinstance(one := here.pop(), Algebraic):
                continue
            difference = weight - self.leaf.ring.constant(one) * total
            point = self._other(difference) or self._other(-difference)
            if point is not None:
                found.append(self._held(point))
        return found

    def _coordinates(self) -> Iterator[tuple[int, int, int, Polynomial, Polynomial]]:
        """What may vary: 0 and a set and an action, or 1 and a set and the place of a node, each
        with a weight and the total of which it is a share.
        """
        leaf = self.leaf
        for (h, action), probability in leaf.choice.items():
            if len(leaf.used[h]) > 1:
                yield 0, h, action, probability, leaf.ring.one
        for h, odds in leaf.odds.items():
            if not _settled([w for _, w in odds]):
                total = sum((w for _, w in odds), leaf.ring.zero)
                for x, weight in odds:
                    yield 1, h, leaf.ground.game.nodes_of[h].index(x), weight, total

    def _meets(self, held: Held) -> bool:
        """Whether an assessment meets the conditions, with the beliefs that go with it."""
        point = self._point(held)
        if point is None or not (self._closed_at(point) if self.convex else self.cell.holds(point)):
            return False
        return self._believed(held[1], point)

    def _closed_at(self, point: Sequence[Exact]) -> bool:
        return all(
            met(evaluate(polynomial, point), "=" if relation == "=" else ">=")
            for polynomial, relation in self.cell.conditions
        )

    def _near(self, held: Held) -> bool:
        """Whether a curved piece comes within NEAR of a point that is at its edge, if anywhere."""
        point = self._point(held)
        if point is None or not self._closed_at(point) or not self._believed(held[1], point):
            return False
        if any(isinstance(x, Algebraic) for x in point):
            return False
        own = self.leaf.ring

        def those(relation: str) -> tuple[Polynomial, ...]:
            return tuple(p for p, its in self.cell.conditions if its == relation)

        close = [
            side
            for x, at in zip(own.variables, point, strict=True)
            for side in (x - own.constant(at - NEAR), own.constant(at + NEAR) - x)
        ]
        try:
            system = System(own, those("="), (*those(">="), *close), those(">"))
            return feasible(system) is not None
        except Undecided:
            return False

    def _point(self, held: Held) -> tuple[Fraction, ...] | None:
        """The unknowns at an assessment; None where it uses or believes what the leaf does not."""
        leaf, (choices, beliefs) = self.leaf, held
        for h, used in leaf.used.items():
            choice = choices[h]
            assert choice is not None
            if any(p and action not in used for action, p in enumerate(choice)):
                return None
        for group in leaf.beliefs.groups:
            if group.bound and any(
                self._mass(beliefs, group.leader, k) == 0 for k in range(group.size)
            ):
                return None
        point = []
        for variable in leaf.variables:
            if variable.of == "choice":
                choice = choices[variable.at]
                assert choice is not None
                point.append(choice[variable.place])
            else:
                point.append(self._mass(beliefs, variable.at, variable.place))
        return tuple(point)

    def _mass(self, beliefs: Choices, index: int, kind: int) -> Fraction:
        belief = beliefs[index]
        assert belief is not None
        places = self.leaf.ground.game.nodes_of[index]
        return sum((belief[places.index(x)] for x in self._nodes(index, kind)), Fraction(0))

    def _nodes(self, index: int, kind: int) -> list[int]:
        held = self.leaf.beliefs.held[index]
        return [x for x, its in zip(held.nodes, held.kinds, strict=True) if its == kind]

    def _believed(self, beliefs: Choices, point: Sequence[Fraction]) -> bool:
        """Whether the beliefs are those the leaf gives at a point where it gives any."""
        for h, odds in self.leaf.odds.items():
            weights = {x: evaluate(w, point) for x, w in odds}
            total = sum(weights.values(), Fraction(0))
            belief = beliefs[h]
            assert belief is not None
            if not total:
                return False
            for x, b in zip(self.leaf.ground.game.nodes_of[h], belief, strict=True):
                if b * total != weights.get(x, 0):
                    return False
        return True

    # Conditions

    def conditions(self) -> tuple[Condition, ...]:
        """What holds in the piece, in the unknowns of an answer.

        Understood, and not said: that probabilities are no less than 0 and sum to 1, and that what
        is the same at all points is the same everywhere. The conditions of a convex piece take its
        edges in. Those of any other do not: where they hold with equality, they can hold at points
        that are no limits of the piece.
        """
        found = []
        for polynomial, relation in self.cell.conditions:
            said = self._said(polynomial)
            if relation == "=":
                if not self._same(polynomial):
                    found.append(Condition(_terms(said), "="))
            else:
                relation = ">=" if self.convex else relation
                if not _understood(said, relation):
                    found.append(Condition(_terms(said), relation))
        if not self.convex:
            for h, odds in self.leaf.odds.items():
                if not _settled([w for _, w in odds]):
                    found += self._bayes(h)
        return tuple(one for one in dict.fromkeys(found) if one.terms)

    def _same(self, equation: Polynomial) -> bool:
        """Whether an equation speaks only of unknowns that are constant over the corners."""
        corners = self.cell.corners or self._examples
        speaks = [i for i, degree in enumerate(equation.degrees()) if degree]
        return all(len({corner[i] for corner in corners}) == 1 for i in speaks)

    def _bayes(self, index: int) -> list[Condition]:
        """Bayes' rule at a set, as equations: belief times total weight is the node's weight."""
        odds = self.leaf.odds[index]
        total = sum((w for _, w in odds), self.leaf.ring.zero)
        places = self.leaf.ground.game.nodes_of[index]
        found = []
        for x, weight in odds[:-1]:
            own = Unknown("belief", index, places.index(x))
            left: Line = {}
            for names, c in self._said(total).items():
                _add(left, tuple(sorted((*names, own))), c)
            for names, c in self._said(weight).items():
                _add(left, names, -c)
            found.append(Condition(_terms(left), "="))
        return found

    def _said(self, polynomial: Polynomial) -> Line:
        """A polynomial of the leaf in the unknowns of an answer."""
        known = [self._unknowns(i) for i in range(len(self.leaf.variables))]
        result: Line = {}
        for coefficient, exponents in terms(polynomial):
            product: Line = {(): coefficient}
            for i, exponent in enumerate(exponents):
                for _ in range(exponent):
                    longer: Line = {}
                    for names, c in product.items():
                        for one in known[i]:
                            _add(longer, tuple(sorted((*names, one))), c)
                    product = longer
            for names, c in product.items():
                _add(result, names, c)
        return result

    def _unknowns(self, place: int) -> list[Unknown]:
        variable = self.leaf.variables[place]
        if variable.of == "choice":
            return [Unknown("choice", variable.at, variable.place)]
        places = self.leaf.ground.game.nodes_of[variable.at]
        nodes = self._nodes(variable.at, variable.place)
        return [Unknown("belief", variable.at, places.index(x)) for x in nodes]


def _settled(weights: Sequence[Polynomial]) -> bool:
    """Whether the odds between weights are the same everywhere."""
    first = weights[0]
    if all(w.is_constant() for w in weights):
        return True
    return all((w / first).is_constant() if _divides(first, w) else False for w in weights[1:])


def _divides(divisor: Polynomial, p: Polynomial) -> bool:
    return bool(divisor) and (p % divisor).is_zero()


def _composed(p: Polynomial, line: Sequence[Polynomial], inner: Ring) -> Polynomial:
    total: Polynomial = inner.zero
    for coefficient, exponents in terms(p):
        product = inner.constant(coefficient)
        for x, exponent in zip(line, exponents, strict=True):
            if exponent:
                product = product * x**exponent
        total = total + product
    return total


def _understood(line: Line, relation: str) -> bool:
    """Whether a linear condition holds just because probabilities are not negative."""
    least: dict[tuple[str, int], Fraction] = {}
    for names, c in line.items():
        if len(names) > 1:
            return False
        for one in names:
            place = (one.of, one.set)
            # Places of the set that are not spoken of have the coefficient 0.
            least[place] = min(least.get(place, Fraction(0)), c)
    bound = line.get((), Fraction(0)) + sum(least.values(), Fraction(0))
    return bound > 0 if relation == ">" else bound >= 0


def _add(line: Line, names: tuple[Unknown, ...], c: Fraction) -> None:
    line[names] = line.get(names, Fraction(0)) + c


def _terms(line: Line) -> tuple[tuple[Fraction, tuple[Unknown, ...]], ...]:
    """The terms in order: products of unknowns first, the constant last."""
    present = [(names, c) for names, c in line.items() if c]
    ordered = sorted(present, key=lambda one: (not one[0], one[0]))
    return tuple((c, names) for names, c in ordered)
