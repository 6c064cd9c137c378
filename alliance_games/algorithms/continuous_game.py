"""A game of numbers made ready: each player's payoff in pieces, with the sign of its slope."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from flint import fmpq, fmpq_poly

from alliance_games.exact.algebraic import Algebraic, Exact, real_roots, sign
from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Entry,
    Expression,
    Name,
    Number,
    children,
    rebuild,
    walk,
)
from alliance_games.exact.forms import Form, NotAForm, Ratio
from alliance_games.exact.pieces import Piece, Signs, pieces
from alliance_games.exact.polynomials import Polynomial, Ring, evaluate, ring
from alliance_games.exact.systems import System, Undecided, feasible
from alliance_games.exact.tableau import Tick, no_limit
from alliance_games.model.continuous import ContinuousGame

MOST_ROOT = 12
"""The highest root that is taken out of a marginal payoff by raising it to that power."""


@dataclass(frozen=True, slots=True)
class Slope:
    """How the sign of a derivative is told: that of ``first * P + second``, P a product of powers.

    ``powers`` is the polynomial pair whose quotient is P to the ``root``-th power. Without P the
    sign is that of ``first``.
    """

    first: Ratio
    second: Ratio | None = None
    powers: Ratio | None = None
    root: int = 1

    @property
    def is_flat(self) -> bool:
        """Whether the derivative is zero everywhere."""
        return self.second is None and self.first.is_zero

    @property
    def zeros(self) -> Polynomial:
        """A polynomial that is zero wherever the derivative is."""
        if self.second is None or self.powers is None:
            return self.first.num
        raised = self.first.power(self.root) * self.powers
        sign_of = -1 if self.root % 2 else 1
        other = self.second.power(self.root)
        return (raised + (-other if sign_of > 0 else other)).num

    @property
    def polynomial(self) -> Polynomial | None:
        """A polynomial with the sign of the derivative where that has a value; None without one."""
        return self.first.sign_polynomial if self.second is None else None

    def sign(self, value: Callable[[Polynomial], Exact]) -> int:
        """The sign at a point; ``value`` gives polynomials their values there."""
        one = sign(value(self.first.sign_polynomial))
        if self.second is None or self.powers is None:
            return one
        other = sign(value(self.second.sign_polynomial))
        if one * other >= 0:
            return one or other
        size = value(self.first.num) ** self.root * value(self.second.den) ** self.root
        size = abs(size * value(self.powers.num))
        against = value(self.second.num) ** self.root * value(self.first.den) ** self.root
        against = abs(against * value(self.powers.den))
        return one * sign(size - against)


def slope_of(form: Form, variable: int) -> Slope:
    """The sign of a form's derivative. Raises NotAForm where it cannot be told so."""
    derivative = form.derivative(variable)
    terms = list(derivative.terms.items())
    if any(log is not None for (_, log), _ in terms):
        raise NotAForm("a marginal payoff with a logarithm in it")
    if len(terms) > 2:
        raise NotAForm("a marginal payoff with several different roots")
    if not terms:
        return Slope(Ratio(form.ring.zero, form.ring.one))
    if len(terms) == 1:
        return Slope(terms[0][1])
    ((first_powers, _), first), ((second_powers, _), second) = terms
    exponents = dict(first_powers)
    for base, e in second_powers:
        exponents[base] = exponents.get(base, e * 0) - e
    root = 1
    for e in exponents.values():
        while (e * root).denominator != 1:
            root += 1
    if root > MOST_ROOT:
        raise NotAForm(f"a root of order {root}")
    powers = Ratio(form.ring.one, form.ring.one)
    for base, e in exponents.items():
        powers = powers * Ratio(base.p, form.ring.one).power(int(e * root))
    return Slope(first, second, powers, root)


class Prepared:
    """The players' payoffs in pieces over the box of all choices. Raises NotAForm.

    A choice that payoffs take a root of is replaced by that root: ``roots[player]`` is its order,
    and all here - pieces, ends, points - speaks of the root. ``outward`` gives choices back.
    """

    def __init__(self, game: ContinuousGame, tick: Tick = no_limit) -> None:
        self.game, self.tick = game, tick
        self.ring: Ring = ring([str(symbol) for symbol in game.symbols])
        self.symbols = {symbol: place for place, symbol in enumerate(game.symbols)}
        self.roots = [
            order_of(game.payoffs, choice.symbol)
            if choice.low is not None and choice.low >= 0
            else 1
            for choice in game.choices
        ]
        self.low = [
            _root(one.low, root) for one, root in zip(game.choices, self.roots, strict=True)
        ]
        self.high = [
            _root(one.high, root) for one, root in zip(game.choices, self.roots, strict=True)
        ]
        self.pieces: list[list[Piece]] = []
        self.slopes: list[list[Slope]] = []
        for player, payoff in enumerate(game.payoffs):
            tick()
            inner = rooted(payoff, dict(zip(game.symbols, self.roots, strict=True)))
            found = pieces(inner, self.ring, self.symbols, self.possible)
            self.pieces.append(found)
            self.slopes.append([slope_of(piece.form, player) for piece in found])

    def outward(self, player: int, number: Exact) -> Exact:
        """The choice whose root is this number."""
        root = self.roots[player]
        return number if root == 1 else number**root

    def inward(self, player: int, number: Exact) -> Exact:
        """The root of a choice."""
        found = _root(number, self.roots[player])
        assert found is not None
        return found

    def end(self, player: int, direction: int) -> Polynomial:
        """A polynomial that is zero where the player is at an end of her range (1: the lower),
        and positive within it."""
        variable = self.ring.variables[player] ** self.roots[player]
        choice = self.game.choices[player]
        number = choice.low if direction > 0 else choice.high
        assert number is not None
        return (variable - self.ring.constant(number)) * direction

    @cached_property
    def box(self) -> tuple[Polynomial, ...]:
        """Polynomials that are zero or more just where everybody's choice is in its range."""
        found = []
        for player, choice in enumerate(self.game.choices):
            if choice.low is not None:
                found.append(self.end(player, 1))
            if self.roots[player] > 1 and choice.low != 0:
                found.append(self.ring.variables[player])
            if choice.high is not None:
                found.append(self.end(player, -1))
            if self.roots[player] > 1 and choice.low == 0:
                found[-2 if choice.high is not None else -1] = self.ring.variables[player]
        return tuple(found)

    @cached_property
    def rises(self) -> list[list[Polynomial | None]]:
        """For each piece of each player's payoff a polynomial with the sign of its slope."""
        return [
            [self._rise(piece, slope) for piece, slope in zip(own, slopes, strict=True)]
            for own, slopes in zip(self.pieces, self.slopes, strict=True)
        ]

    def _rise(self, piece: Piece, slope: Slope) -> Polynomial | None:
        if slope.second is None or slope.powers is None:
            return slope.polynomial
        first, second = slope.first.sign_polynomial, slope.second.sign_polynomial

        def never(p: Polynomial) -> bool:
            return not self.possible((*piece.signs, (p, ">")))

        for way in (1, -1):
            if never(first * -way) and never(second * way):
                size = slope.first.power(slope.root) * slope.powers
                against = slope.second.power(slope.root)
                if slope.root % 2:
                    return (size + against).sign_polynomial
                return (size + (-against)).sign_polynomial * way
        return None

    def possible(self, signs: Signs) -> bool:
        """Whether some profile of choices meets the signs, as far as can be told."""
        try:
            return feasible(self.system(signs), self.tick) is not None
        except Undecided:
            return True

    def system(self, signs: Signs) -> System:
        """The signs over the box."""
        by: dict[str, list[Polynomial]] = {"=": [], ">=": list(self.box), ">": []}
        for p, relation in signs:
            by[relation].append(p)
        return System(self.ring, tuple(by["="]), tuple(by[">="]), tuple(by[">"]))

    def piece_at(self, player: int, point: Sequence[Exact]) -> int | None:
        """The piece of the player's payoff that holds at a point; None where it has no value."""
        for index, piece in enumerate(self.pieces[player]):
            if all(_met(evaluate(p, point), relation) for p, relation in piece.signs) and all(
                evaluate(p, point) != 0 for p in piece.form.denominators()
            ):
                return index
        return None

    def critical(self, player: int) -> Iterator[Polynomial]:
        """Polynomials such that between their zeros the payoff is one piece that rises or falls."""
        for piece, slope in zip(self.pieces[player], self.slopes[player], strict=True):
            yield from (p for p, _ in piece.signs)
            yield from piece.form.denominators()
            yield from (base for base, _ in piece.form.bases())
            yield slope.zeros
            yield slope.first.num
            yield slope.first.den

    def kinks(self, player: int) -> list[Polynomial]:
        """Where pieces of the payoff meet, or it has a pole: irreducible polynomials in the
        player's choice that vanish somewhere in the box."""
        found: dict[str, Polynomial] = {}
        for piece in self.pieces[player]:
            parts = [p for p, _ in piece.signs]
            parts += piece.form.denominators()
            parts += [base for base, _ in piece.form.bases()]
            for p in parts:
                for factor, _ in p.factor()[1]:
                    if int(factor.degrees()[player]):
                        found.setdefault(str(factor), factor)
        return [p for p in found.values() if self.possible(((p, "="),))]


def order_of(payoffs: Sequence[Expression], symbol: Expression) -> int:
    """The least root of a choice in which every power of it is a whole one."""
    root = 1
    for payoff in payoffs:
        for node in walk(payoff):
            match node:
                case Arithmetic("^", base, Number(exponent)) if base == symbol:
                    root = lcm(root, exponent.denominator)
                case Call("sqrt", (inner,)) if inner == symbol:
                    root = lcm(root, 2)
    return root if root <= MOST_ROOT else 1


def rooted(node: Expression, roots: Mapping[Expression, int]) -> Expression:
    """The formula in the roots of choices."""
    match node:
        case Arithmetic("^", base, Number(exponent)) if roots.get(base, 1) > 1:
            return Arithmetic("^", base, Number(exponent * roots[base]), node.span)
        case Call("sqrt", (inner,)) if roots.get(inner, 1) > 1:
            return Arithmetic("^", inner, Number(Fraction(roots[inner], 2)), node.span)
        case Name() | Entry() if roots.get(node, 1) > 1:
            return Arithmetic("^", node, Number(Fraction(roots[node])), node.span)
    old = children(node)
    new = tuple([rooted(child, roots) for child in old])
    return node if all(a is b for a, b in zip(old, new, strict=True)) else rebuild(node, new)


def _root(number: Exact | None, order: int) -> Exact | None:
    """The root of a number that is not negative."""
    if number is None or order == 1:
        return number
    if isinstance(number, Algebraic):
        raise NotAForm("a root of an irrational number")
    power = [fmpq(-number.numerator, number.denominator), *[fmpq(0)] * (order - 1), fmpq(1)]
    return next(one for one in real_roots(fmpq_poly(power)) if one >= 0)


def _met(value: Exact, relation: str) -> bool:
    one = sign(value)
    return one == 0 if relation == "=" else one > 0 or (one == 0 and relation == ">=")
