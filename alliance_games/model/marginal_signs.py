"""Payoffs that are no polynomial, but whose marginal payoff has the sign of a linear function.

Two shapes are known, ``A`` and ``B`` being linear in the choices and not negative:

- ``c * A^p * B^q``, and ``p * log(A) + q * log(B)``, with positive ``c``, ``p`` and ``q``, of
  which the player's own choice raises the one and lowers the other: a Cobb-Douglas taste. The
  marginal payoff has the sign of ``p * A' * B + q * B' * A``.
- ``k * log(A) + c * own`` with ``k`` positive, where what the choice adds to ``A`` and what it
  costs are opposed: it has the sign of ``k * A' + c * A``.

Either payoff rises to its one best choice and falls beyond it, so that nothing but this sign is
needed to know the best replies. Where ``A`` or ``B`` is zero (a Cobb-Douglas payoff of zero, a
logarithm without a value) the sign leads away, as it should: nobody chooses to be there. So there
must be somewhere else to be: each must be above zero at the end of the range where it is largest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.exact.expression import Arithmetic, Call, Expression
from alliance_games.model.other_forms import Field

Powers = tuple[int, ...]
Form = Mapping[Powers, Fraction]
Ends = Sequence[Fraction | None]


@dataclass(frozen=True, slots=True)
class MarginalSign:
    """``start + sum of slopes * choices`` has the sign of the marginal payoff; ``never`` are the
    ends of her range (``low``, ``high``) at which it is plain that the player never wants to be."""

    start: Fraction
    slopes: tuple[Fraction, ...]
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Linear:
    """``start + sum of slopes * choices``."""

    start: Fraction
    slopes: tuple[Fraction, ...]

    def plus(self, other: _Linear, weight: Fraction, own: Fraction) -> _Linear:
        """``own`` times this and ``weight`` times the other."""
        pairs = zip(self.slopes, other.slopes, strict=True)
        return _Linear(
            self.start * own + other.start * weight,
            tuple([a * own + b * weight for a, b in pairs]),
        )


class MarginalSigns:
    """Recognises the shapes for one game.

    ``form`` multiplies a formula out in the choices (raising NotInFormulas where it is no
    polynomial), ``chosen`` says whether a formula speaks of choices at all.
    """

    def __init__(
        self,
        form: Callable[[Expression], Form],
        chosen: Callable[[Expression], bool],
        lows: Ends,
        highs: Ends,
        field: Field,
    ) -> None:
        self.form, self.chosen = form, chosen
        self.lows, self.highs, self.field = lows, highs, field

    def of(self, payoff: Expression, player: int) -> MarginalSign | None:
        """The sign of the marginal payoff; None where the payoff is of neither shape."""
        is_product = isinstance(payoff, Arithmetic) and payoff.operator in ("*", "^")
        product = self._product(payoff) if is_product else None
        if product is not None:
            scale, powers = product
            return self._taste(powers, player) if self._positive(scale) else None
        weighted = self._logarithms(payoff)
        if weighted is None:
            return None
        logs, rest = weighted
        own = [(weight, line) for weight, line in logs if not _is_zero(line.slopes[player])]
        cost = self._constant_slope(rest, player)
        if cost is None:
            return None
        if len(own) == 2 and _is_zero(cost):
            return self._taste(own, player)
        if len(own) == 1:
            return self._bought(*own[0], cost, player)
        return None

    # The two shapes

    def _taste(
        self, powers: Sequence[tuple[Fraction, _Linear]], player: int
    ) -> MarginalSign | None:
        if len(powers) != 2 or not all(self._positive(power) for power, _ in powers):
            return None
        (p, first), (q, second) = powers
        a, b = first.slopes[player], second.slopes[player]
        if not self._positive(-(a * b)):
            return None
        if self._positive(a):
            (p, first, a), (q, second, b) = (q, second, b), (p, first, a)
        # The first falls and the second rises in the own choice: each is above zero where it is
        # largest, so that both are in between.
        if not self._never_negative(first, player) or not self._never_negative(second, player):
            return None
        low, high = self.lows[player], self.highs[player]
        if low is None or not self._least_is_positive(first, player, low):
            return None
        if high is None or not self._least_is_positive(second, player, high):
            return None
        never = [
            name
            for name, line, end in (("high", first, high), ("low", second, low))
            if self._is_nothing(line, player, end)
        ]
        sign = second.plus(first, q * b, p * a)
        return MarginalSign(sign.start, sign.slopes, tuple(never))

    def _bought(
        self, weight: Fraction, line: _Linear, cost: Fraction, player: int
    ) -> MarginalSign | None:
        rise = line.slopes[player]
        if not self._positive(weight) or not self._positive(-(rise * cost)):
            return None
        if not self._never_negative(line, player):
            return None
        # What is bought without end is above zero somewhere.
        most = self.highs[player] if self._positive(rise) else self.lows[player]
        if most is not None and not self._least_is_positive(line, player, most):
            return None
        starts = line.start * cost + weight * rise
        return MarginalSign(starts, tuple([slope * cost for slope in line.slopes]))

    # Reading formulas

    def _product(self, node: Expression) -> tuple[Fraction, list[tuple[Fraction, _Linear]]] | None:
        """A constant in front, and powers of linear functions."""
        if not self.chosen(node):
            return self.field.number(node), []
        match node:
            case Arithmetic("*", left, right):
                one, other = self._product(left), self._product(right)
                if one is None or other is None:
                    return None
                return one[0] * other[0], [*one[1], *other[1]]
            case Arithmetic("^", base, power) if not self.chosen(power):
                line = self._linear(base)
                return None if line is None else (Fraction(1), [(self._number(power), line)])
        line = self._linear(node)
        return None if line is None else (Fraction(1), [(Fraction(1), line)])

    def _logarithms(
        self, node: Expression
    ) -> tuple[list[tuple[Fraction, _Linear]], list[Form]] | None:
        """A sum as weighted logarithms of linear functions, and polynomials."""
        match node:
            case Arithmetic("+" | "-" as sign, left, right):
                one, other = self._logarithms(left), self._logarithms(right)
                if one is None or other is None:
                    return None
                turn = 1 if sign == "+" else -1
                turned = [(weight * turn, line) for weight, line in other[0]]
                rest = [{powers: c * turn for powers, c in form.items()} for form in other[1]]
                return [*one[0], *turned], [*one[1], *rest]
            case Call("log", (inside,)):
                line = self._linear(inside)
                return None if line is None else ([(Fraction(1), line)], [])
            case Arithmetic("*", weight, Call("log", (inside,))) if not self.chosen(weight):
                line = self._linear(inside)
                return None if line is None else ([(self._number(weight), line)], [])
            case Arithmetic("*", Call("log", _) as log, weight) if not self.chosen(weight):
                return self._logarithms(Arithmetic("*", weight, log, node.span))
        return [], [self.form(node)]

    def _number(self, node: Expression) -> Fraction:
        return self.field.number(node)

    def _linear(self, node: Expression) -> _Linear | None:
        """A formula that is linear in the choices."""
        count = len(self.lows)
        start, slopes = Fraction(0), [Fraction(0)] * count
        if isinstance(node, Call):
            return None
        for powers, coefficient in self.form(node).items():
            if sum(powers) > 1:
                return None
            if sum(powers) == 0:
                start = coefficient
            else:
                slopes[powers.index(1)] = coefficient
        return _Linear(start, tuple(slopes))

    def _constant_slope(self, forms: Sequence[Form], player: int) -> Fraction | None:
        """What a choice adds to a sum of polynomials, where that depends on no choice."""
        total = Fraction(0)
        for form in forms:
            for powers, coefficient in form.items():
                if powers[player] and sum(powers) > 1:
                    return None
                if powers[player]:
                    total = total + coefficient
        return total

    # What holds wherever the others are

    def _never_negative(self, line: _Linear, player: int) -> bool:
        """Whether a linear function is zero or more whatever is chosen."""
        own = self._least(line.slopes[player], player)
        least = self._least_of_others(line, player)
        return (
            own is not None and least is not None and self.field.reaches(line.start + own + least)
        )

    def _least_is_positive(self, line: _Linear, player: int, own: Fraction) -> bool:
        """Whether it is above zero at one own choice, whatever the others choose."""
        least = self._least_of_others(line, player)
        if least is None:
            return False
        return self._positive(line.start + line.slopes[player] * own + least)

    def _least_of_others(self, line: _Linear, player: int) -> Fraction | None:
        parts = [self._least(s, k) for k, s in enumerate(line.slopes) if k != player]
        total = Fraction(0)
        for part in parts:
            if part is None:
                return None
            total = total + part
        return total

    def _least(self, slope: Fraction, player: int) -> Fraction | None:
        """The least of a slope times a choice; None where there is none."""
        if _is_zero(slope):
            return Fraction(0)
        end = self.lows[player] if self.field.reaches(slope) else self.highs[player]
        return None if end is None else slope * end

    def _is_nothing(self, line: _Linear, player: int, own: Fraction) -> bool:
        """Whether it is zero at one own choice, whatever the others choose and the values are."""
        others = [slope for k, slope in enumerate(line.slopes) if k != player]
        return all(map(_is_zero, [*others, line.start + line.slopes[player] * own]))

    def _positive(self, number: Fraction) -> bool:
        return self.field.reaches(number, strict=True)


def _is_zero(number: Fraction) -> bool:
    """Whether a number of the field is zero whatever the parameters are."""
    return isinstance(number, Fraction) and number == 0


__all__ = ["MarginalSign", "MarginalSigns"]
