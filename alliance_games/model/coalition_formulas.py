"""What a formula about coalitions comes to: ``total(affinity) - size``, for a member of each.

Beside the parameters a utility may speak of ``size``, the number of members; ``has(France)``, 1
where she is one; ``total(x)``, a sum over the members, ``others(x)``, over the members but oneself,
and ``outside(x)``, over those who are not. In such a sum a per-player parameter is that of the
player it has come to, ``own(power)`` is one's own, and a pairwise parameter is the number of the
two (0 for oneself with oneself).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from alliance_games.exact.compile import compile_number
from alliance_games.exact.environment import Environment, EvaluationError, Helper
from alliance_games.exact.evaluate import compile_expression, helper_name
from alliance_games.exact.expression import Expression, Name, calls, walk
from alliance_games.exact.functions import Rational
from alliance_games.model.environments import Faults, Values, as_player
from alliance_games.model.hedonic import with_companions
from alliance_games.model.pairs import pairwise_values

SAME = 40
"""Approximations of utilities that agree to so many digits are one number."""

_MOVING = frozenset({"total", "others", "outside", "has"})


def utilities(
    players: Sequence[str],
    formulas: Sequence[Expression],
    environment: Environment,
    values: Values,
    faults: Faults,
) -> tuple[tuple[Fraction, ...], ...]:
    """For each player her utility by the set of her companions (see ``HedonicGame.values``)."""
    found = []
    for player, formula in enumerate(formulas):
        member = _Member(players, player, environment, values)
        program = compile_number(formula)
        own: list[Fraction] = []
        for others in range(1 << (len(players) - 1)):
            member.join(with_companions(player, others))
            try:
                own.append(Fraction(program(member.environment)))
            except EvaluationError as error:
                names = ", ".join(name for at, name in enumerate(players) if member.in_it(at))
                faults.add_error(error, f"for {players[player]} in {{{names}}}")
                own.append(Fraction(0))
        found.append(tuple(_settled(own) if environment.numeric else own))
    return tuple(found)


class _Member:
    """One player, in one coalition after the other."""

    def __init__(
        self, players: Sequence[str], player: int, environment: Environment, values: Values
    ) -> None:
        self.players, self.player = players, player
        self.coalition = 1 << player
        self._known: dict[tuple[int, int], Rational] = {}
        functions: dict[str, Helper] = {
            "total": lambda arguments: self._sum(arguments[0], self._inside),
            "others": lambda arguments: self._sum(arguments[0], self._besides),
            "outside": lambda arguments: self._sum(arguments[0], self._outside),
            "has": self._has,
            "own": self._own,
        }
        base = environment.extended(functions=functions)
        self.environment = as_player(base, values, players[player]).extended()
        self._beside = [
            as_player(base, values, other).extended(pairwise_values(values, players[player], other))
            for other in players
        ]
        self._size_is_a_parameter = "size" in values

    def in_it(self, player: int) -> bool:
        """Whether a player is a member of the coalition."""
        return bool(self.coalition >> player & 1)

    def join(self, coalition: int) -> None:
        """Go on to another coalition."""
        self.coalition = coalition
        if not self._size_is_a_parameter:
            for each in (self.environment, *self._beside):
                each.numbers["size"] = coalition.bit_count()

    @property
    def _inside(self) -> list[int]:
        return [at for at in range(len(self.players)) if self.in_it(at)]

    @property
    def _besides(self) -> list[int]:
        return [at for at in self._inside if at != self.player]

    @property
    def _outside(self) -> list[int]:
        return [at for at in range(len(self.players)) if not self.in_it(at)]

    def _sum(self, summand: Expression, over: Sequence[int]) -> Fraction:
        return Fraction(sum([self._at(summand, other) for other in over]))

    def _at(self, summand: Expression, other: int) -> Rational:
        """The summand for one player, known already where no coalition changes it."""
        key = (id(summand), other)
        if key in self._known:
            return self._known[key]
        value = compile_expression(summand)(self._beside[other])
        if isinstance(value, bool | str):
            message = "a sum is of numbers"
            raise EvaluationError("type", message, summand.span, "write if(test, 1, 0)")
        if not self._moves(summand):
            self._known[key] = value
        return value

    def _moves(self, summand: Expression) -> bool:
        named = any(isinstance(node, Name) and node.name == "size" for node in walk(summand))
        return named or bool(calls(summand) & _MOVING)

    def _has(self, arguments: tuple[Expression, ...]) -> int:
        return int(self.in_it(self.players.index(helper_name(arguments[0]))))

    def _own(self, arguments: tuple[Expression, ...]) -> Fraction:
        value = compile_number(arguments[0])(self.environment)
        return Fraction(value)


def _settled(own: Sequence[Fraction]) -> list[Fraction]:
    """The approximations, those that agree to SAME digits made one, so that ties are ties."""
    order = sorted(range(len(own)), key=own.__getitem__)
    settled = list(own)
    for before, at in pairwise(order):
        if (own[at] - settled[before]) * 10**SAME <= abs(own[at]):
            settled[at] = settled[before]
    return settled
