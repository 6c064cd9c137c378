"""The file's own definitions in formulas: ``alone * independence - cost`` for the long quotient.

A formula of the parameters is rewritten as a combination of the terms that the payoffs are made of,
with the definitions for letters: its coefficients solve a linear system, so the rewriting is exact.
Only the words change; what is decided is decided about the parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import prod

from flint import fmpq, fmpq_mat

from alliance_games.exact.expression import Call, Condition, Expression, Name, children, rebuild
from alliance_games.exact.polynomials import Polynomial, Ring, ring, terms
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.model.environments import Value
from alliance_games.parametric.explore import NoValue
from alliance_games.parametric.region import Region
from alliance_games.parametric.symbolic import OutsideClass, Scope, number
from alliance_games.results.ordered import ExactSigns

MOST_TERMS = 60
"""Terms of payoffs, products of two among them, that are tried."""

SHORT = 3
"""A sum of fewer terms is written out: it reads as well without a name."""


class Definitions:
    """The definitions worth naming, as further variables after the parameters.

    ``ring`` has the parameters' variables and one per definition; ``names`` are what they are
    called; ``values`` what the definitions stand for.
    """

    def __init__(self, region: Region, definitions: Mapping[str, Expression]) -> None:
        self.region = region
        values = definition_values(region, definitions)
        kept = {name: value for name, value in values.items() if _worthwhile(value)}
        self.values: list[RationalFunction] = list(kept.values())
        self.names = (*region.symbols.names, *kept)
        self.ring: Ring = ring(self.names)
        self._base = region.symbols.ring
        self._basis: list[tuple[Polynomial, Fraction]] = []
        self._known: dict[str, RationalFunction | None] = {}
        if kept:
            named = {definitions[name]: name for name in kept}
            self._basis = _with_products(list(self._terms(named)))
            below = {str(value.under): value.under for value in self.values}
            self._below = list(below.values())

    # Back and forth

    def plain(self, p: Polynomial) -> Fraction:
        """A polynomial in parameters and definitions as a function of the parameters."""
        variables = [RationalFunction.variable(self._base, i) for i in range(len(self._base.names))]
        images: list[Fraction] = [*variables, *self.values]
        total = Fraction(0)
        for coefficient, powers in terms(p):
            product: Fraction = coefficient
            for image, power in zip(images, powers, strict=True):
                if power:
                    product = product * image**power
            total = total + product
        return total

    def lifted(self, p: Polynomial) -> Polynomial:
        """A polynomial in the parameters as one of the larger ring."""
        return self.ring.polynomial(
            {(*powers, *(0,) * len(self.values)): c for c, powers in terms(p)}
        )

    # Rewriting

    def signed(self, p: Polynomial) -> Iterator[tuple[Polynomial, Fraction]]:
        """Polynomials in parameters and definitions that are ``p`` times a factor, which is given
        as well."""
        for factor in self._factors():
            told = self._combination(RationalFunction.make(self._base, p, self._base.one) * factor)
            if told is not None:
                yield told, factor

    def rewritten(self, value: RationalFunction) -> RationalFunction | None:
        """The formula in parameters and definitions, or None where it has no such form."""
        if not self._basis:
            return None
        key = repr(value)
        if key not in self._known:
            self._known[key] = self._rewritten(value)
        return self._known[key]

    def _rewritten(self, value: RationalFunction) -> RationalFunction | None:
        over = RationalFunction.make(self._base, value.over, self._base.one)
        under = RationalFunction.make(self._base, value.under, self._base.one)
        for factor in self._factors():
            top = self._combination(over * factor)
            bottom = None if top is None else self._combination(under * factor)
            if top is not None and bottom is not None:
                found = RationalFunction.make(self.ring, top, bottom)
                return found if isinstance(found, RationalFunction) else None
        return None

    def _factors(self) -> Iterator[Fraction]:
        """What a formula is multiplied by in turn: one over products of definitions' denominators,
        with one parameter or none."""
        if not self._basis:
            return
        variables: list[Fraction] = [Fraction(1)]
        variables += [
            RationalFunction.variable(self._base, i) for i in range(len(self._base.names))
        ]
        one = self._base.one
        for size in range(len(self._below), -1, -1):
            for chosen in combinations(self._below, size):
                below = RationalFunction.make(self._base, one, prod(chosen, start=one))
                for variable in variables:
                    yield below * variable

    def _combination(self, value: Fraction) -> Polynomial | None:
        """The combination of payoffs' terms that equals the value, with few terms if any."""
        if not isinstance(value, RationalFunction):
            return self.ring.constant(value)
        columns, common = self._columns
        whole = value * common
        p = whole.over if isinstance(whole, RationalFunction) else self._base.constant(whole)
        if isinstance(whole, RationalFunction) and not whole.under.is_one():
            return None  # a denominator that no combination of the terms has
        target = {powers: coefficient for coefficient, powers in terms(p)}
        spoken = {powers for column in columns for powers in column}
        if not target.keys() <= spoken:
            return None
        rows = [
            {
                **{place: c[powers] for place, c in enumerate(columns) if powers in c},
                **({len(columns): target[powers]} if powers in target else {}),
            }
            for powers in sorted(spoken)
        ]
        solution = _solved(rows, len(columns))
        if solution is None:
            return None
        total = self.ring.zero
        for coefficient, (monomial, _) in zip(solution, self._basis, strict=True):
            if coefficient:
                total = total + monomial * self.ring.constant(coefficient)
        return total

    @cached_property
    def _columns(self) -> tuple[list[dict[tuple[int, ...], Fraction]], Fraction]:
        """The payoffs' terms as polynomials, over one denominator, which is given as well."""
        common = self._base.one
        for _, image in self._basis:
            if isinstance(image, RationalFunction):
                common = common * divmod(image.under, common.gcd(image.under))[0]
        over = RationalFunction.make(self._base, common, self._base.one)
        columns = []
        for _, image in self._basis:
            whole = image * over
            p = whole.over if isinstance(whole, RationalFunction) else self._base.constant(whole)
            columns.append({powers: coefficient for coefficient, powers in terms(p)})
        return columns, over

    # The terms of payoffs

    def _terms(self, named: Mapping[Expression, str]) -> Iterator[tuple[Polynomial, Fraction]]:
        builder = self.region.builder
        scope = self._scope()
        met: set[str] = set()
        for expression in builder.game.body.expressions():
            for part in _pieces(expression):
                try:
                    value = number(_renamed(part, named), scope, Unasked())
                except (OutsideClass, NoValue, TypeError):
                    continue
                if not isinstance(value, RationalFunction) or not value.under.is_one():
                    continue
                for _, powers in terms(value.over):
                    monomial = self.ring.polynomial({powers: Fraction(1)})
                    if str(monomial) not in met and len(met) < MOST_TERMS:
                        met.add(str(monomial))
                        yield monomial, self.plain(monomial)

    def _scope(self) -> Scope:
        """Parameters and definitions as variables of the larger ring."""
        symbols = self.region.symbols
        place = {where: index for index, where in enumerate(symbols.places)}
        numbers: dict[str, Fraction] = {}
        entries: dict[str, Mapping[tuple[str, ...], Fraction]] = {}

        def variable(where: tuple[str, tuple[str, ...]], value: Fraction) -> Fraction:
            return RationalFunction.variable(self.ring, place[where]) if where in place else value

        value: Value
        for name, value in symbols.fixed.items():
            if isinstance(value, Mapping):
                entries[name] = {k: variable((name, k), v) for k, v in value.items()}
            else:
                numbers[name] = variable((name, ()), value)
        for index, name in enumerate(self.names[len(symbols.names) :]):
            numbers[name] = RationalFunction.variable(self.ring, len(symbols.names) + index)
        return Scope(numbers, entries)


class Unasked(ExactSigns):
    """Takes every formula for different from zero, and refuses to order formulas (TypeError)."""

    def is_zero(self, number: Fraction) -> bool:
        """Whether the number is the constant zero."""
        return isinstance(number, Fraction) and number == 0


def definition_values(
    region: Region, definitions: Mapping[str, Expression]
) -> dict[str, RationalFunction]:
    """The definitions that are formulas of the parameters alone."""
    scope = region.builder.scope()
    values: dict[str, RationalFunction] = {}
    for name, definition in definitions.items():
        try:
            value = number(definition, scope, Unasked())
        except (OutsideClass, NoValue, TypeError):
            continue
        if isinstance(value, RationalFunction):
            values[name] = value
    return values


def _worthwhile(value: RationalFunction) -> bool:
    return not value.under.is_one() or len(value.over) >= SHORT


def _renamed(expression: Expression, named: Mapping[Expression, str]) -> Expression:
    """The expression with every part that is a definition replaced by its name."""
    if expression in named:
        return Name(named[expression], expression.span)
    old = children(expression)
    new = tuple(_renamed(child, named) for child in old)
    if all(a is b for a, b in zip(old, new, strict=True)):
        return expression
    return rebuild(expression, new)


def _pieces(expression: Expression) -> Iterable[Expression]:
    """The formulas that a piecewise one can come to, as far as its outermost pieces go."""
    match expression:
        case Condition(_, yes, no):
            return (*_pieces(yes), *_pieces(no))
        case Call("min" | "max", arguments):
            return tuple(part for argument in arguments for part in _pieces(argument))
    return (expression,)


def _with_products(
    basis: Sequence[tuple[Polynomial, Fraction]],
) -> list[tuple[Polynomial, Fraction]]:
    """The terms, then their products by twos, as far as these are few."""
    found = list(basis)
    if len(basis) * (len(basis) + 1) // 2 > MOST_TERMS:
        return found
    met = {str(monomial) for monomial, _ in basis}
    for place, (first, value) in enumerate(basis):
        for second, other in basis[place:]:
            monomial = first * second
            if str(monomial) not in met:
                met.add(str(monomial))
                found.append((monomial, value * other))
    return found


def _solved(rows: Sequence[Mapping[int, Fraction]], width: int) -> list[Fraction] | None:
    """Coefficients of the columns that make up the last one; the first columns are used first."""
    matrix = fmpq_mat(len(rows), width + 1)
    for place, row in enumerate(rows):
        for column, c in row.items():
            matrix[place, column] = fmpq(c.numerator, c.denominator)
    reduced, rank = matrix.rref()
    solution = [Fraction(0)] * width
    for line in range(rank):
        pivot = next(i for i in range(width + 1) if reduced[line, i] != 0)
        if pivot == width:
            return None
        value = reduced[line, width]
        solution[pivot] = Fraction(int(value.p), int(value.q))
    return solution
