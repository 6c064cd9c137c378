"""Solutions of bargains over contracts as formulas in the parameters.

With the parameters as further variables, first-order conditions are eliminated by resultants and
factored; the factor that vanishes at the solution found is the solution's own equation. Where it
ties a power of a term to the parameters alone, the term is a root of them. Every formula is held
to the solution at the given values and at others near them, found anew there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from alliance_games.algorithms.contract_bargains import ContractBargains
from alliance_games.algorithms.contract_payoffs import NotPolynomial, polynomial
from alliance_games.exact.environment import EvaluationError
from alliance_games.exact.evaluate import Environment, evaluate_number
from alliance_games.exact.expression import Expression, Name, Number, substitute
from alliance_games.exact.polynomials import Polynomial, evaluate, ring, terms
from alliance_games.exact.tableau import Tick
from alliance_games.model.bargaining import BargainingGame, Contracts
from alliance_games.results.budget import LimitReached
from alliance_games.results.named.bargaining import Deal

MOST_TERMS = 300
"""Terms of a polynomial beyond which it is not eliminated."""

SHIFTS = (Fraction(8, 7), Fraction(10, 11), Fraction(21, 20))
"""By what the parameters are multiplied where a formula is held to another solution."""

Root = tuple[Polynomial, Polynomial, int]
"""A term as the n-th root of a quotient of polynomials in the parameters."""


class Formulas:
    """The payoffs of contracts with their parameters, and what follows from them.

    Raises NotPolynomial where some formula is none in the terms and parameters.
    """

    def __init__(self, game: BargainingGame, tick: Tick) -> None:
        assert isinstance(game.over, Contracts) and game.terms is not None
        self.game, self.over, self.tick = game, game.over, tick
        self.names = [*self.over.terms, *(name for name, _ in game.given)]
        self.ring = ring(self.names)
        symbols: dict[Expression, int] = {s: v for v, s in enumerate(self.over.symbols)}
        symbols |= {Name(name): place + 2 for place, (name, _) in enumerate(game.given)}

        def read(formulas: Sequence[Expression]) -> list[Polynomial]:
            return [polynomial(formula, self.ring, symbols) for formula in formulas]

        payoffs = read(self.over.game.formulas)
        threat = read(game.terms.disagreement)
        self.surplus = [p - d for p, d in zip(payoffs, threat, strict=True)]
        self.weights = read(game.terms.weights) or [self.ring.one, self.ring.one]
        self.slopes = [[p.derivative(v) for v in (0, 1)] for p in payoffs]

    # What the solutions satisfy where both terms are inside their ranges

    def of_product(self) -> list[Polynomial]:
        """What holds at the largest product of gains."""
        (mine, yours), (first, second) = self.surplus, self.weights
        return [
            first * yours * self.slopes[0][v] + second * mine * self.slopes[1][v] for v in (0, 1)
        ]

    def of_offer(self, proposer: int) -> list[Polynomial]:
        """What holds where one player gets no more than disagreement, and the other the most."""
        return [self.surplus[1 - proposer], self.in_line()]

    def in_line(self) -> Polynomial:
        """What holds on the contract curve."""
        (a, b), (c, d) = self.slopes
        return a * d - b * c

    # Formulas

    def terms_at(self, deal: Deal, conditions: Sequence[Polynomial]) -> list[Root] | None:
        """Each term as a root of the parameters; None where some term is no such root."""
        if not self._is_inside(deal):
            return None
        found = []
        for v in (0, 1):
            self.tick()
            if any(len(p) > MOST_TERMS for p in conditions):
                return None
            left = conditions[0].resultant(conditions[1], f"x{1 - v}")
            factor = self._vanishing(left, deal)
            root = None if factor is None else self._root(factor, v)
            if root is None or tuple(deal.terms.values())[v] <= 0:
                return None
            found.append(root)
        return found

    def curve_at(self, deal: Deal) -> Polynomial | None:
        """The equation of the contract curve, without what it shares with other curves."""
        return self._vanishing(self.in_line(), deal) if self._is_inside(deal) else None

    def _is_inside(self, deal: Deal) -> bool:
        return all(
            low < x < high
            for x, (low, high) in zip(deal.terms.values(), self.over.box, strict=True)
        )

    def _vanishing(self, p: Polynomial, deal: Deal) -> Polynomial | None:
        """The factor that is zero at the deal."""
        if p.is_zero() or len(p) > MOST_TERMS:
            return None
        point = [*deal.terms.values(), *(value for _, value in self.game.given)]
        for factor, _ in p.factor()[1]:
            if evaluate(factor, point) == 0:
                return factor
        return None

    def _root(self, factor: Polynomial, variable: int) -> Root | None:
        """Where the factor says that a power of the variable is a quotient of the others."""
        parts: dict[int, Polynomial] = {}
        for coefficient, powers in terms(factor):
            rest = tuple(0 if v == variable else power for v, power in enumerate(powers))
            one = self.ring.polynomial({rest: coefficient})
            parts[powers[variable]] = parts.get(powers[variable], self.ring.zero) + one
        degrees = sorted(parts)
        if len(degrees) != 2 or degrees[0] != 0:
            return None
        return -parts[0], parts[degrees[1]], degrees[1]

    # Held to other solutions

    def holds_nearby(
        self, roots: Sequence[Root], solve: Callable[[ContractBargains], Deal]
    ) -> bool:
        """Whether the formulas give the solutions at other values of the parameters too."""
        held = 0
        for place, _ in enumerate(SHIFTS):
            values = {
                name: value * SHIFTS[(place + index) % len(SHIFTS)]
                for index, (name, value) in enumerate(self.game.given)
            }
            deal = self._deal_at(values, solve)
            if deal is None or not self._is_inside(deal):
                continue
            point = [*deal.terms.values(), *values.values()]
            for x, (above, below, power) in zip(deal.terms.values(), roots, strict=True):
                if x <= 0 or evaluate(below, point) * x**power != evaluate(above, point):
                    return False
            held += 1
        return held > 0

    def _deal_at(
        self, values: dict[str, Fraction], solve: Callable[[ContractBargains], Deal]
    ) -> Deal | None:
        assert self.game.terms is not None
        numbers: dict[str, Expression] = {name: Number(value) for name, value in values.items()}
        environment = Environment(values)
        try:
            payoffs = tuple(substitute(f, numbers) for f in self.over.game.formulas)
            pairs = [
                tuple(evaluate_number(part, environment) for part in formulas)
                for formulas in (self.game.terms.disagreement, self.game.terms.weights)
            ]
            contracts = Contracts(replace(self.over.game, payoffs=payoffs))
            weights = (pairs[1][0], pairs[1][1]) if pairs[1] else self.game.weights
            game = replace(self.game, over=contracts, weights=weights)
            found = ContractBargains(game, (pairs[0][0], pairs[0][1]), self.tick)
            return None if found.nothing_to_gain() is not None else solve(found)
        except (EvaluationError, LimitReached, NotPolynomial):
            return None

    # In words

    def root_words(self, roots: Sequence[Root]) -> str:
        """``security = (alpha * gamma^2 / (beta * kappa^2))^(1/3), ...``."""
        return ", ".join(
            f"{name} = {self._root_text(root)}"
            for name, root in zip(self.over.terms, roots, strict=True)
        )

    def _root_text(self, root: Root) -> str:
        above, below, power = root
        shown = self._quotient(above, below)
        if power == 1:
            return shown
        return f"({shown})^(1/{power})"

    def curve_words(self, factor: Polynomial) -> str:
        """``autonomy * security = alpha * gamma / (beta * kappa)`` where one product of the terms
        is tied to the parameters, else an equation with zero."""
        parts: dict[tuple[int, ...], Polynomial] = {}
        for coefficient, powers in terms(factor):
            rest = (0, 0, *powers[2:])
            one = self.ring.polynomial({rest: coefficient})
            parts[powers[:2]] = parts.get(powers[:2], self.ring.zero) + one
        mixed = [powers for powers in parts if any(powers)]
        if len(mixed) == 1 and (0, 0) in parts:
            left = self._product([(n, e) for n, e in zip(self.over.terms, mixed[0], strict=True)])
            return f"{left} = {self._quotient(-parts[0, 0], parts[mixed[0]])}"
        return f"{self._sum(factor)} = 0"

    def _quotient(self, above: Polynomial, below: Polynomial) -> str:
        common = above.gcd(below)
        above, below = above / common, below / common
        top, bottom = self._factored(above), self._factored(below)
        lead = top[0] / bottom[0]
        parts = [*([str(abs(lead.numerator))] if abs(lead.numerator) != 1 else []), *top[1]]
        under = [*([str(lead.denominator)] if lead.denominator != 1 else []), *bottom[1]]
        sign = "-" if lead < 0 else ""
        shown = " * ".join(parts) or "1"
        if not under:
            return sign + shown
        divisor = under[0] if len(under) == 1 and " " not in under[0] else f"({' * '.join(under)})"
        return f"{sign}{shown} / {divisor}"

    def _factored(self, p: Polynomial) -> tuple[Fraction, list[str]]:
        lead, factors = p.factor()
        number = Fraction(int(lead.p), int(lead.q))
        shown = []
        for factor, power in sorted(factors, key=lambda pair: str(pair[0])):
            scale = _first(factor)
            if scale < 0:
                factor, number = -factor, number * (-1) ** power
            word = self._sum(factor)
            if " " in word and (power > 1 or len(factors) > 1 or abs(number) != 1):
                word = f"({word})"
            shown.append(word if power == 1 else f"{word}^{power}")
        return number, shown

    def _sum(self, p: Polynomial) -> str:
        shown = ""
        for coefficient, powers in sorted(terms(p), key=lambda part: part[1], reverse=True):
            size = abs(coefficient)
            word = self._product([(n, e) for n, e in zip(self.names, powers, strict=True)])
            if size != 1 or not word:
                word = f"{size} * {word}" if word else str(size)
            sign = "-" if coefficient < 0 else "+"
            shown = f"{shown} {sign} {word}" if shown else f"{'-' * (sign == '-')}{word}"
        return shown or "0"

    def _product(self, powers: Sequence[tuple[str, int]]) -> str:
        return " * ".join(name if e == 1 else f"{name}^{e}" for name, e in powers if e)


def _first(p: Polynomial) -> Fraction:
    """The coefficient of the first term as a sum is written."""
    return max(terms(p), key=lambda part: part[1])[0]


def notes(
    game: BargainingGame,
    deals: Sequence[tuple[str, Deal, Callable[[Formulas], list[Polynomial]]]],
    solve: Sequence[Callable[[ContractBargains], Deal]],
    tick: Tick,
) -> Iterator[str]:
    """A line for each deal that has a formula; ``deals`` give what to call it, the deal, and the
    conditions that it satisfies."""
    formulas = _formulas(game, tick)
    if formulas is None:
        return
    for (lead, deal, conditions), again in zip(deals, solve, strict=True):
        roots = formulas.terms_at(deal, conditions(formulas))
        if roots is not None and formulas.holds_nearby(roots, again):
            yield (
                f"{lead}{formulas.root_words(roots)}, as long as both are positive and inside "
                "their ranges"
            )


def curve_note(game: BargainingGame, points: Sequence[Deal], tick: Tick) -> Iterator[str]:
    """The equation of the contract curve, where it is the same at all the points inside."""
    formulas = _formulas(game, tick)
    if formulas is None:
        return
    found = [formulas.curve_at(point) for point in points]
    inside = [factor for factor in found if factor is not None]
    if inside and all(factor == inside[0] for factor in inside):
        yield f"inside the ranges efficient contracts satisfy {formulas.curve_words(inside[0])}"


def _formulas(game: BargainingGame, tick: Tick) -> Formulas | None:
    """The problem with its parameters; None where it has none, or no polynomials in them."""
    if not isinstance(game.over, Contracts) or game.terms is None or not game.given:
        return None
    if game.numeric:
        return None
    try:
        return Formulas(game, tick)
    except NotPolynomial:
        return None
