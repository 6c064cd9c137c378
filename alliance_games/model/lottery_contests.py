"""Contests in which the chance to win is one's share of all efforts (Tullock 1980): for proofs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.exact.expression import Arithmetic, Compare, Condition, Expression, Number
from alliance_games.model.linear_quadratic import Expansion, Form, value_of
from alliance_games.model.other_forms import Field, NotInFormulas, OtherForm


@dataclass(frozen=True, slots=True)
class LotteryContest(OtherForm):
    """Who gets how much of what, at what cost, by her share of all efforts.

    ``prizes[i]`` is what the whole is worth to player ``i``, ``skills[i]`` how much her effort
    counts for, ``costs[i]`` what a unit of it costs her, all positive; ``rests[i]`` is her payoff
    but for her share of the prize. Everybody may do nothing, and nobody is kept from an effort that
    could be worth its cost.
    """

    kind: ClassVar[str] = "continuous"

    players: tuple[str, ...]
    prizes: tuple[Fraction, ...]
    skills: tuple[Fraction, ...]
    costs: tuple[Fraction, ...]
    rests: tuple[Form, ...]
    numeric: bool = False

    @staticmethod
    def of(
        players: tuple[str, ...],
        symbols: tuple[Expression, ...],
        payoffs: Sequence[Expression],
        ranges: Sequence[tuple[Expression | None, Expression | None]],
        field: Field,
    ) -> LotteryContest | None:
        """The contest of these payoffs; None where they are another game."""
        if len(players) < 2:
            return None
        reader = _Reader(Expansion(symbols, field), field)
        found = []
        for player, payoff in enumerate(payoffs):
            try:
                one = reader.read(payoff, player)
            except NotInFormulas:
                return None
            if one is None:
                return None
            found.append(one)
        skills = found[0].skills
        if any(one.skills != skills for one in found):
            return None
        for one, (low, high) in zip(found, ranges, strict=True):
            if low is None or not _is_zero(field.number(low)):
                return None
            # No effort that costs more than the whole prize is ever worth it.
            if high is not None and not field.reaches(field.number(high) * one.cost - one.prize):
                return None
        return LotteryContest(
            players,
            tuple(one.prize for one in found),
            skills,
            tuple(one.cost for one in found),
            tuple(one.rest for one in found),
        )

    def payoff(self, player: int, efforts: Sequence[Fraction]) -> Fraction:
        """What a player gets where the efforts together are not zero."""
        pairs = zip(self.skills, efforts, strict=True)
        whole = sum((skill * effort for skill, effort in pairs), Fraction(0))
        share = self.skills[player] * efforts[player] / whole
        return self.prizes[player] * share + value_of(self.rests[player], efforts)


@dataclass(frozen=True, slots=True)
class _Part:
    """One player's payoff: a prize to share by efforts times skills, and the rest."""

    prize: Fraction
    skills: tuple[Fraction, ...]
    cost: Fraction
    rest: Form


class _Reader:
    """Reads a payoff as a share of a prize and a rest that is linear in one's own effort."""

    def __init__(self, expansion: Expansion, field: Field) -> None:
        self.expansion, self.field = expansion, field

    def read(self, payoff: Expression, player: int) -> _Part | None:
        """The parts of a payoff; None where it has none such. Raises NotInFormulas."""
        shares: list[tuple[Fraction, Condition]] = []
        rest: dict[tuple[int, ...], Fraction] = {}
        for sign, term in _terms(payoff, 1):
            weighted = self._share(term)
            if weighted is not None:
                shares.append((weighted[0] * sign, weighted[1]))
                continue
            for powers, coefficient in self.expansion.form(term).items():
                rest[powers] = rest.get(powers, Fraction(0)) + coefficient * sign
        if len(shares) != 1:
            return None
        prize, share = shares[0]
        skills = self._skills(share, player)
        cost = self._cost(rest, player)
        if skills is None or cost is None:
            return None
        if not all(self._positive(number) for number in (prize, cost, *skills)):
            return None
        # Where nobody does anything there is more to gain by doing a little.
        if not self._positive(1 - self.field.number(share.yes)):
            return None
        return _Part(prize, skills, cost, rest)

    def _share(self, term: Expression) -> tuple[Fraction, Condition] | None:
        """A share of efforts, and what it is multiplied by."""
        match term:
            case Condition(Compare((_, Number(value)), ("==",)), yes, Arithmetic("/")):
                if value == 0 and not self.expansion.chosen(yes):
                    return Fraction(1), term
            case Arithmetic("*", left, right):
                for weight, other in ((left, right), (right, left)):
                    found = None if self.expansion.chosen(weight) else self._share(other)
                    if found is not None:
                        return found[0] * self.field.number(weight), found[1]
            case Arithmetic("/", left, right) if not self.expansion.chosen(right):
                found = self._share(left)
                if found is not None:
                    one = Number(Fraction(1), term.span)
                    inverse = self.field.number(Arithmetic("/", one, right, term.span))
                    return found[0] * inverse, found[1]
        return None

    def _skills(self, share: Condition, player: int) -> tuple[Fraction, ...] | None:
        """What each effort counts for, where the share is that of the player's own."""
        assert isinstance(share.test, Compare) and isinstance(share.no, Arithmetic)
        whole = self._slopes(share.no.right)
        own = self._slopes(share.no.left)
        asked = self._slopes(share.test.operands[0])
        if whole is None or own is None or asked != whole:
            return None
        only = tuple([slope if k == player else Fraction(0) for k, slope in enumerate(whole)])
        return whole if own == only else None

    def _slopes(self, node: Expression) -> tuple[Fraction, ...] | None:
        """The coefficients of a sum of multiples of the choices."""
        slopes = [Fraction(0)] * len(self.expansion.symbols)
        for powers, coefficient in self.expansion.form(node).items():
            if sum(powers) != 1:
                return None
            slopes[powers.index(1)] = coefficient
        return tuple(slopes)

    def _cost(self, rest: Form, player: int) -> Fraction | None:
        """What a unit of one's own effort costs, where that is a number."""
        cost = Fraction(0)
        for powers, coefficient in rest.items():
            if powers[player] and sum(powers) > 1:
                return None
            if powers[player]:
                cost = cost - coefficient
        return cost

    def _positive(self, number: Fraction) -> bool:
        return self.field.reaches(number, strict=True)


def _terms(node: Expression, sign: int) -> list[tuple[int, Expression]]:
    """A sum taken apart."""
    if isinstance(node, Arithmetic) and node.operator in ("+", "-"):
        turn = sign if node.operator == "+" else -sign
        return [*_terms(node.left, sign), *_terms(node.right, turn)]
    return [(sign, node)]


def _is_zero(number: Fraction) -> bool:
    """Whether a number of the field is zero whatever the parameters are."""
    return isinstance(number, Fraction) and number == 0


__all__ = ["LotteryContest"]
