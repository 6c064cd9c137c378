"""Games of numbers as polynomials in the choices, over any ordered field: for proofs.

Supported are linear-quadratic games: nobody's payoff has more than the square of her own choice,
and every marginal payoff is linear in all choices. What others choose may enter a payoff in any
other way that a polynomial says. A Cobb-Douglas taste, or a logarithm less a cost, is no
polynomial, but its marginal payoff has the sign of a linear function, which is as good
(``marginal_signs``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.exact.expression import (
    Arithmetic,
    Condition,
    Entry,
    Expression,
    Name,
    Negate,
    Number,
    to_text,
    walk,
)
from alliance_games.model.marginal_signs import Form, MarginalSign, MarginalSigns, Powers
from alliance_games.model.other_forms import Field, NotInFormulas, OtherForm

MOST_POWER = 16


@dataclass(frozen=True, slots=True)
class LinearQuadraticGame(OtherForm):
    """Who chooses from which range (None: without end), and each payoff as a polynomial.

    ``slopes[i][j]`` is what player ``j``'s choice adds to the marginal payoff of player ``i``, and
    ``starts[i]`` what that is where everybody chooses zero. Where a payoff is no polynomial (its
    form is None) they are of a linear function with the sign of the marginal payoff, and
    ``never[i]`` are the ends of her range at which the player plainly never wants to be.
    """

    kind: ClassVar[str] = "continuous"

    players: tuple[str, ...]
    lows: tuple[Fraction | None, ...]
    highs: tuple[Fraction | None, ...]
    forms: tuple[Form | None, ...]
    starts: tuple[Fraction, ...]
    slopes: tuple[tuple[Fraction, ...], ...]
    never: tuple[tuple[str, ...], ...]
    numeric: bool = False

    @staticmethod
    def of(
        players: tuple[str, ...],
        symbols: tuple[Expression, ...],
        payoffs: Sequence[Expression],
        ranges: Sequence[tuple[Expression | None, Expression | None]],
        field: Field,
    ) -> LinearQuadraticGame:
        """The game of these payoffs. Raises NotInFormulas where it is not linear-quadratic."""
        lows, highs = [], []
        for low, high in ranges:
            ends = [None if end is None else field.number(end) for end in (low, high)]
            if ends[0] is not None and ends[1] is not None:
                field.between(ends[1] - ends[0], 0, None, "a choice has an empty range")
            lows.append(ends[0])
            highs.append(ends[1])
        expansion = Expansion(symbols, field)
        shapes = MarginalSigns(expansion.form, expansion.chosen, lows, highs, field)
        forms: list[Form | None] = []
        signs: list[MarginalSign] = []
        for player, payoff in enumerate(payoffs):
            try:
                form = expansion.form(payoff)
                sign = MarginalSign(*_marginal(form, player, len(players), players[player]))
            except NotInFormulas as refusal:
                shaped = shapes.of(payoff, player)
                if shaped is None:
                    raise refusal
                forms.append(None)
                signs.append(shaped)
                continue
            forms.append(form)
            signs.append(sign)
        return LinearQuadraticGame(
            players,
            tuple(lows),
            tuple(highs),
            tuple(forms),
            tuple(sign.start for sign in signs),
            tuple(sign.slopes for sign in signs),
            tuple(sign.never for sign in signs),
        )

    def payoffs(self, numbers: Sequence[Fraction]) -> dict[str, Fraction]:
        """What the players whose payoff is a polynomial get at a profile of choices."""
        return {
            name: self.payoff(player, numbers)
            for player, name in enumerate(self.players)
            if self.forms[player] is not None
        }

    def payoff(self, player: int, numbers: Sequence[Fraction]) -> Fraction:
        """What a player gets at a profile of choices, by the polynomial that says so."""
        form = self.forms[player]
        assert form is not None, "only payoffs that are polynomials are asked for"
        return value_of(form, numbers)


def value_of(form: Form, numbers: Sequence[Fraction]) -> Fraction:
    """A polynomial at a profile of choices."""
    total = Fraction(0)
    for powers, coefficient in form.items():
        term = coefficient
        for number, power in zip(numbers, powers, strict=True):
            for _ in range(power):
                term = term * number
        total = total + term
    return total


def _marginal(
    form: Form, player: int, count: int, name: str
) -> tuple[Fraction, tuple[Fraction, ...]]:
    """The marginal payoff in the player's own choice, constant and coefficients."""
    start, row = Fraction(0), [Fraction(0)] * count
    for powers, coefficient in form.items():
        own = powers[player]
        if own == 0:
            continue
        rest = [*powers]
        rest[player] -= 1
        if sum(rest) > 1:
            raise NotInFormulas(
                f"the marginal payoff of {name} is not linear in the choices, and continuous games "
                "are solved for all values where it is"
            )
        if sum(rest) == 0:
            start = start + coefficient
        else:
            place = rest.index(1)
            row[place] = row[place] + coefficient * own
    return start, tuple(row)


class Expansion:
    """Formulas multiplied out in the choices; parts without choices are numbers of the field."""

    def __init__(self, symbols: tuple[Expression, ...], field: Field) -> None:
        self.symbols, self.field = symbols, field
        self._none = (0,) * len(symbols)

    def form(self, node: Expression) -> dict[Powers, Fraction]:
        """The polynomial a formula is. Raises NotInFormulas."""
        if not self.chosen(node):
            return {self._none: self.field.number(node)}
        match node:
            case Name() | Entry():
                place = self.symbols.index(node)
                return {tuple(int(i == place) for i in range(len(self.symbols))): Fraction(1)}
            case Negate(operand):
                return {powers: -c for powers, c in self.form(operand).items()}
            case Condition(test, yes, no) if not self.chosen(test):
                # The field itself asks which side of the condition holds.
                asked = Condition(
                    test, Number(Fraction(1), node.span), Number(Fraction(0), node.span), node.span
                )
                return self.form(yes if self.field.number(asked) == 1 else no)
            case Arithmetic(operator, left, right):
                return self._arithmetic(node, operator, left, right)
        raise self._refusal(node)

    def chosen(self, node: Expression) -> bool:
        """Whether a formula speaks of choices."""
        return any(isinstance(part, Name | Entry) and part in self.symbols for part in walk(node))

    def _arithmetic(
        self, node: Expression, operator: str, left: Expression, right: Expression
    ) -> dict[Powers, Fraction]:
        if operator in ("+", "-"):
            other = self.form(right)
            return _sum(
                self.form(left), other if operator == "+" else {p: -c for p, c in other.items()}
            )
        if operator == "*":
            return _product(self.form(left), self.form(right))
        if self.chosen(right):
            raise self._refusal(node)
        if operator == "/":
            one = Number(Fraction(1), right.span)
            inverse = self.field.number(Arithmetic("/", one, right, node.span))
            return {powers: c * inverse for powers, c in self.form(left).items()}
        power = self.field.number(right)
        if not isinstance(power, Fraction) or power.denominator != 1:
            raise self._refusal(node)
        if not 0 <= power <= MOST_POWER:
            raise self._refusal(node)
        base = self.form(left)
        made: dict[Powers, Fraction] = {self._none: Fraction(1)}
        for _ in range(int(power)):
            made = _product(made, base)
        return made

    def _refusal(self, node: Expression) -> NotInFormulas:
        return NotInFormulas(
            f"{to_text(node)[:60]} is no polynomial in the choices, and continuous games are "
            "solved for all values where payoffs are"
        )


def _sum(first: Form, second: Form) -> dict[Powers, Fraction]:
    total = dict(first)
    for powers, coefficient in second.items():
        total[powers] = total[powers] + coefficient if powers in total else coefficient
    return _pruned(total)


def _product(first: Form, second: Form) -> dict[Powers, Fraction]:
    total: dict[Powers, Fraction] = {}
    for powers, c in first.items():
        for others, d in second.items():
            joint = tuple(p + q for p, q in zip(powers, others, strict=True))
            total[joint] = total[joint] + c * d if joint in total else c * d
    return _pruned(total)


def _pruned(form: Mapping[Powers, Fraction]) -> dict[Powers, Fraction]:
    """Without the terms whose coefficient is zero whatever the parameters are."""
    return {powers: c for powers, c in form.items() if not (isinstance(c, Fraction) and c == 0)}


__all__ = ["Expansion", "Form", "LinearQuadraticGame", "value_of"]
