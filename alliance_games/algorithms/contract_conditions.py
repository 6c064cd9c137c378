"""Nash's solution of bargains over contracts, over any ordered field: the terms as formulas.

At the solution a sum of the two gains, weighted by positive numbers, is at its largest (Nash 1950),
and the weights follow from the gains. With payoffs that are concave and at most quadratic this
first-order condition suffices. The candidates are those solutions of it, on every face of the
ranges, that are rational functions of the parameters; the signs say which of them is the solution.
A candidate has no value where its denominator is zero, and is none there. If none of them is the
solution, nothing is claimed. Written for ``Concept.conditions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from alliance_games.exact.polynomials import Polynomial, Ring, ring, terms
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.model.contracts_in_formulas import ContractsInFormulas, Numbers
from alliance_games.model.linear_quadratic import Form
from alliance_games.results.named.bargaining import Agreement, Deal, NoAgreement
from alliance_games.results.ordered import Signs, Undescribed

LOW, INSIDE, HIGH = -1, 0, 1

WAYS = sorted(product((INSIDE, LOW, HIGH), repeat=2), key=lambda ways: sum(map(abs, ways)))
"""Where the two terms may be in their ranges, inside first."""

MOST_TERMS = 300
"""Terms of a condition beyond which it is not eliminated."""

ZERO = Fraction(0)


def nash_solution(game: ContractsInFormulas, signs: Signs) -> Agreement | NoAgreement:
    """The contract with the largest product of gains, or the proof that there is nothing to gain.

    Raises Undescribed where neither is found among the candidates.
    """
    bargain = _Bargain(game, signs)
    if not all(map(bargain.is_concave, game.gains)):
        raise Undescribed("payoffs that are not concave in the terms are not solved for all values")
    for ways in WAYS:
        for place in bargain.candidates(ways):
            found = bargain.judged(place, ways)
            if found is not None:
                return found
    raise Undescribed(
        "no contract whose terms are rational functions of the parameters meets the conditions "
        "of Nash's solution there"
    )


class _Bargain:
    """One bargain at one place in the parameters."""

    def __init__(self, game: ContractsInFormulas, signs: Signs) -> None:
        self.game, self.signs = game, signs

    def is_concave(self, form: Form) -> bool:
        """Whether neither square nor a mixture of both curves a payoff upward."""
        first, mixed, second = _curvature(form)
        if self.signs.is_positive(first) or self.signs.is_positive(second):
            return False
        return not self.signs.is_negative(first * second - mixed * mixed)

    # Candidates

    def candidates(self, ways: Sequence[int]) -> Iterator[Numbers]:
        """Contracts that may satisfy the first-order conditions, each once."""
        fixed = [self._end(v, way) for v, way in enumerate(ways)]
        if INSIDE not in ways:
            yield _both(fixed)
            return
        field = _FieldRing([*_numbers(self.game), *(end for end in fixed if end is not None)])
        gains = [field.polynomial(_on_face(form, fixed)) for form in self.game.gains]
        powers = [field.polynomial({(0, 0): weight}) for weight in self.game.weights]
        # Each of the four was multiplied by its denominator, which must weigh on both sides alike.
        first = powers[0].over * powers[1].under
        second = powers[1].over * powers[0].under
        conditions = [
            first * gains[1].over * gains[0].over.derivative(field.place(v))
            + second * gains[0].over * gains[1].over.derivative(field.place(v))
            for v, way in enumerate(ways)
            if way == INSIDE
        ]
        if any(len(p) > MOST_TERMS for p in conditions):
            return
        if len(conditions) == 1:
            (inside,) = (v for v, way in enumerate(ways) if way == INSIDE)
            for root in field.roots(conditions[0], inside):
                yield _both([root if v == inside else end for v, end in enumerate(fixed)])
            return
        options = []
        for v in (0, 1):
            left = conditions[0].resultant(conditions[1], f"x{field.place(1 - v)}")
            options.append(list(field.roots(left, v)))
        for place in product(*options):
            if all(field.vanishes(p, place) for p in conditions):
                yield _both(place)

    def _end(self, term: int, way: int) -> Fraction | None:
        if way == INSIDE:
            return None
        return self.game.highs[term] if way == HIGH else self.game.lows[term]

    # Signs

    def judged(self, place: Numbers, ways: Sequence[int]) -> Agreement | NoAgreement | None:
        """What the contract is or proves here; None where it does neither."""
        if not self._has_values(place, ways) or not self._is_in_range(place, ways):
            return None
        first, second = (_value(form, place) for form in self.game.gains)
        directions = [self.signs.sign(first), self.signs.sign(second)]
        if directions == [1, 1]:
            weights = (self.game.weights[0] * second, self.game.weights[1] * first)
            if self._is_largest(place, ways, weights) and self._is_alone(place, weights):
                return self._agreement(place, weights)
            return None
        if 1 in directions:
            return None
        if directions == [0, 0]:
            weights = self._supporting(place)
        else:
            weights = (-self.game.weights[0] * second, -self.game.weights[1] * first)
        # The largest weighted sum of gains is not positive, so that no contract gives two gains.
        if any(self.signs.is_negative(weight) for weight in weights):
            return None
        if not any(self.signs.is_positive(weight) for weight in weights):
            return None
        if not self._is_largest(place, ways, weights):
            return None
        return NoAgreement(
            weights=self._by_player(weights),
            reason="no contract makes both players better off than disagreement",
            terms=dict(zip(self.game.terms, place, strict=True)),
        )

    def _has_values(self, place: Numbers, ways: Sequence[int]) -> bool:
        """Whether no denominator of a term that was solved for is zero here."""
        return not any(
            way == INSIDE and self.signs.is_zero(_denominator(number))
            for number, way in zip(place, ways, strict=True)
        )

    def _is_in_range(self, place: Numbers, ways: Sequence[int]) -> bool:
        for number, way, low, high in zip(
            place, ways, self.game.lows, self.game.highs, strict=True
        ):
            if way == INSIDE and (
                self.signs.is_negative(number - low) or self.signs.is_negative(high - number)
            ):
                return False
        return True

    def _is_largest(self, place: Numbers, ways: Sequence[int], weights: Numbers) -> bool:
        """Whether the weighted sum of gains is at its largest: payoffs are concave, so that it is
        enough that moving no term changes it for the better."""
        for v, way in enumerate(ways):
            slope = sum(
                (
                    w * _slope(form, v, place)
                    for w, form in zip(weights, self.game.gains, strict=True)
                ),
                ZERO,
            )
            if way == INSIDE and not self.signs.is_zero(slope):
                return False
            if way == LOW and self.signs.is_positive(slope):
                return False
            if way == HIGH and self.signs.is_negative(slope):
                return False
        return True

    def _is_alone(self, place: Numbers, weights: Numbers) -> bool:
        """Whether no other contract gives the same gains.

        Another one would have the same weighted sum. It lies in a direction in which the sum does
        not bend, and then, since neither gain bends upward, neither of the two does; a gain that
        rises or falls there is not the same.
        """
        curves = [_curvature(form) for form in self.game.gains]
        first, mixed, second = (
            weights[0] * curves[0][part] + weights[1] * curves[1][part] for part in range(3)
        )
        if self.signs.is_positive(first * second - mixed * mixed):
            return True
        if self.signs.is_negative(first):
            direction = (mixed, -first)
        elif self.signs.is_negative(second):
            direction = (Fraction(1), ZERO)
        else:
            return False
        rise = sum(
            (direction[v] * _slope(self.game.gains[0], v, place) for v in (0, 1)),
            ZERO,
        )
        return not self.signs.is_zero(rise)

    def _supporting(self, place: Numbers) -> Numbers:
        """Weights that would balance the slopes of the two gains in some term."""
        for v in (0, 1):
            mine, yours = (_slope(form, v, place) for form in self.game.gains)
            if self.signs.is_zero(mine) and self.signs.is_zero(yours):
                continue
            turned = self.signs.is_positive(yours) or self.signs.is_negative(mine)
            return (yours, -mine) if turned else (-yours, mine)
        return Fraction(1), Fraction(1)

    def _agreement(self, place: Numbers, weights: Numbers) -> Agreement:
        gains = [_value(form, place) for form in self.game.gains]
        payoffs = [gain + d for gain, d in zip(gains, self.game.threat, strict=True)]
        return Agreement(
            of="nash-bargaining",
            deal=Deal(
                payoffs=self._by_player(payoffs),
                gains=self._by_player(gains),
                terms=dict(zip(self.game.terms, place, strict=True)),
                choices=self._by_player(place),
                normal=self._by_player(weights),
            ),
        )

    def _by_player(self, pair: Sequence[Fraction]) -> dict[str, Fraction]:
        return dict(zip(self.game.players, pair, strict=True))


class _FieldRing:
    """The polynomials in the parameters and the two terms, in which candidates are looked for."""

    def __init__(self, numbers: Sequence[Fraction]) -> None:
        self.field: Ring | None = next(
            (number.ring for number in numbers if isinstance(number, RationalFunction)), None
        )
        names = () if self.field is None else self.field.names
        self.parameters = len(names)
        self.ring = ring([*(f"p{place}" for place in range(len(names))), "first", "second"])

    def place(self, term: int) -> int:
        """The index of a term's variable."""
        return self.parameters + term

    def polynomial(self, form: Form) -> _Quotient:
        """A polynomial in the terms as a quotient of polynomials of the ring."""
        under = self.ring.one
        for number in form.values():
            below = self._parts(number)[1]
            under = under * (below / under.gcd(below))
        over = self.ring.zero
        for powers, number in form.items():
            above, below = self._parts(number)
            monomial = self.ring.polynomial({(*((0,) * self.parameters), *powers): Fraction(1)})
            over = over + above * (under / below) * monomial
        return _Quotient(over, under)

    def _parts(self, number: Fraction) -> tuple[Polynomial, Polynomial]:
        if not isinstance(number, RationalFunction):
            return self.ring.constant(number), self.ring.one
        above, below = (
            self.ring.polynomial({(*powers, 0, 0): c for c, powers in terms(p)})
            for p in (number.over, number.under)
        )
        return above, below

    def roots(self, p: Polynomial, term: int) -> Iterator[Fraction]:
        """The values of a term at which ``p``, which has no other, is zero: those in the field.

        Where the parameters make a root's denominator zero it is none: see ``_has_values``.
        """
        if p.is_zero() or len(p) > MOST_TERMS:
            return
        place = self.place(term)
        for factor, _ in p.factor()[1]:
            if factor.degrees()[place] != 1:
                continue
            parts: list[dict[tuple[int, ...], Fraction]] = [{}, {}]
            for coefficient, powers in terms(factor):
                parts[powers[place]][powers[: self.parameters]] = coefficient
            yield -self._number(parts[0]) / self._number(parts[1])

    def _number(self, coefficients: dict[tuple[int, ...], Fraction]) -> Fraction:
        """A polynomial in the parameters as a number of the field."""
        if self.field is None:
            return sum(coefficients.values(), ZERO)
        p = self.field.polynomial(coefficients)
        return RationalFunction.make(self.field, p, self.field.one)

    def vanishes(self, p: Polynomial, place: Sequence[Fraction]) -> bool:
        """Whether a polynomial is zero at a contract, whatever the parameters are."""
        by_powers: dict[tuple[int, ...], dict[tuple[int, ...], Fraction]] = {}
        for coefficient, powers in terms(p):
            key = (powers[self.parameters], powers[self.parameters + 1])
            by_powers.setdefault(key, {})[powers[: self.parameters]] = coefficient
        form = {powers: self._number(part) for powers, part in by_powers.items()}
        value = _value(form, (place[0], place[1]))
        return not isinstance(value, RationalFunction) and value == 0


class _Quotient:
    """A polynomial over one in the parameters alone."""

    def __init__(self, over: Polynomial, under: Polynomial) -> None:
        self.over, self.under = over, under


def _denominator(number: Fraction) -> Fraction:
    """What a number of the field is divided by; 1 for a known one."""
    if not isinstance(number, RationalFunction):
        return Fraction(1)
    return RationalFunction.make(number.ring, number.under, number.ring.one)


def _numbers(game: ContractsInFormulas) -> list[Fraction]:
    """Every number of the field in the gains and the weights."""
    return [*(c for form in game.gains for c in form.values()), *game.weights]


def _on_face(form: Form, fixed: Sequence[Fraction | None]) -> dict[tuple[int, ...], Fraction]:
    """The polynomial where some terms have given values."""
    found: dict[tuple[int, ...], Fraction] = {}
    for powers, coefficient in form.items():
        kept = [0, 0]
        for v, power in enumerate(powers):
            end = fixed[v]
            if end is None:
                kept[v] = power
            else:
                for _ in range(power):
                    coefficient = coefficient * end
        key = (kept[0], kept[1])
        found[key] = found.get(key, ZERO) + coefficient
    return found


def _value(form: Form, place: Numbers) -> Fraction:
    total = ZERO
    for powers, coefficient in form.items():
        for number, power in zip(place, powers, strict=True):
            for _ in range(power):
                coefficient = coefficient * number
        total = total + coefficient
    return total


def _slope(form: Form, term: int, place: Numbers) -> Fraction:
    """The derivative in one term."""
    rises: dict[tuple[int, ...], Fraction] = {}
    for powers, coefficient in form.items():
        if powers[term]:
            lower = tuple(power - (v == term) for v, power in enumerate(powers))
            rises[lower] = coefficient * powers[term]
    return _value(rises, place)


def _curvature(form: Form) -> tuple[Fraction, Fraction, Fraction]:
    """The second derivatives: in the first term, in both, in the second."""
    return (
        2 * form.get((2, 0), ZERO),
        form.get((1, 1), ZERO),
        2 * form.get((0, 2), ZERO),
    )


def _both(numbers: Sequence[Fraction | None]) -> Numbers:
    first, second = numbers
    assert first is not None and second is not None
    return first, second


__all__ = ["nash_solution"]
