"""How an equilibrium in numbers moves with the parameters: exact derivatives and formulas.

Near an equilibrium whose players are at an end of their range or inside it, the first-order
conditions of those inside define their choices as functions of the parameters (the implicit
function theorem); where elimination leaves a linear equation for a choice, that function is a
quotient of polynomials, given as a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.algorithms.continuous_elimination import Closed, closed_forms, put_in
from alliance_games.algorithms.continuous_game import MOST_ROOT, order_of, rooted, slope_of
from alliance_games.algorithms.continuous_smooth import Kinked, logarithmic_slope, smooth
from alliance_games.exact.algebraic import Exact, real_roots
from alliance_games.exact.expression import Expression
from alliance_games.exact.fields import unique_solution
from alliance_games.exact.forms import Form, NotAForm, Ratio
from alliance_games.exact.pieces import pieces
from alliance_games.exact.polynomials import Polynomial, evaluate, ring
from alliance_games.model.continuous import ContinuousGame

Point = Sequence[Exact]


@dataclass(frozen=True, slots=True)
class Statics:
    """What was found about one equilibrium: see ``results.named.continuous.Response``."""

    effects: Mapping[str, Mapping[str, Fraction]]
    gains: Mapping[str, Mapping[str, Fraction]]
    formulas: Mapping[str, str]
    payoffs: Mapping[str, str]
    conditions: tuple[str, ...]


class NotSmooth(Exception):
    """The equilibrium is no smooth function of the parameters as far as can be told; says why."""


def statics(game: ContinuousGame, choices: Point) -> Statics:
    """The derivatives and formulas at an equilibrium of exact choices. Raises NotSmooth."""
    return _Neighbourhood(game, choices).statics()


def condition_at(
    game: ContinuousGame, choices: Point, player: int
) -> tuple[Polynomial, list[str], list[Exact]]:
    """The polynomial that is zero along with a player's marginal payoff, the names of its variables
    and their values. Raises NotSmooth, also where it is about the root of a choice."""
    here = _Neighbourhood(game, choices)
    if any(order > 1 for order in here.roots.values()):
        raise NotSmooth("a root of a choice")
    return here.conditions[player], here.names, here.point


class _Neighbourhood:
    """The equilibrium's first-order conditions as polynomials in choices and parameters."""

    def __init__(self, game: ContinuousGame, choices: Point) -> None:
        self.game = game
        players = range(len(game.players))
        self.parameters = [node for node, _ in game.given]
        nodes = [*game.symbols, *self.parameters]
        self.names = [str(node) for node in nodes]
        self.ring = ring(self.names)
        self.places = {node: place for place, node in enumerate(nodes)}
        self.ends = [self._end(player, choices[player]) for player in players]
        self.inside = [player for player in players if self.ends[player] is None]
        near = {node: float(number) for node, number in game.given}
        near |= {node: float(one) for node, one in zip(game.symbols, choices, strict=True)}
        try:
            self.formulas = [smooth(formula, near) for formula in game.formulas]
        except Kinked as reason:
            raise NotSmooth(f"somebody's payoff has a kink there ({reason})") from reason
        self.roots = {
            symbol: order_of(self.formulas, symbol) if choices[player] > 0 else 1
            for player, symbol in enumerate(game.symbols)
        }
        values = [number for _, number in game.given]
        self.choices = list(choices)
        self.point: list[Exact] = [
            *(self._root(one, self.roots[s]) for one, s in zip(choices, game.symbols, strict=True)),
            *values,
        ]
        self.outside: list[Exact] = [*choices, *values]
        self.conditions = {player: self._condition(player) for player in players}

    def _end(self, player: int, number: Exact) -> Ratio | None:
        """The end of the range that the player is at, as a function of the parameters."""
        choice, ends = self.game.choices[player], self.game.ranges[player]
        for value, end in zip((choice.low, choice.high), ends, strict=True):
            if end is not None and number == value:
                return self._ratio(end)
        return None

    def _ratio(self, formula: Expression) -> Ratio:
        try:
            found = pieces(formula, self.ring, self.places)
        except NotAForm as reason:
            raise NotSmooth(f"the end of a range is not plain arithmetic ({reason})") from reason
        ratio = found[0].form.ratio
        if len(found) != 1 or ratio is None:
            raise NotSmooth("the end of a range is not plain arithmetic")
        return ratio

    def _root(self, number: Exact, order: int) -> Exact:
        if order == 1:
            return number
        if not isinstance(number, Fraction) or order > MOST_ROOT:
            raise NotSmooth("a root of an irrational choice")
        from flint import fmpq, fmpq_poly

        power = [fmpq(-number.numerator, number.denominator), *[fmpq(0)] * (order - 1), fmpq(1)]
        return next(one for one in real_roots(fmpq_poly(power)) if one >= 0)

    def _form(self, player: int) -> Form:
        inner = rooted(self.formulas[player], self.roots)
        found = pieces(inner, self.ring, self.places)
        if len(found) != 1:
            raise NotAForm("several cases")
        return found[0].form

    def _condition(self, player: int) -> Polynomial:
        """A polynomial that is zero along with the player's marginal payoff."""
        try:
            return slope_of(self._form(player), player).zeros
        except NotAForm:
            pass
        try:
            inner = rooted(self.formulas[player], self.roots)
            return logarithmic_slope(inner, self.ring, self.places, player).num
        except NotAForm as reason:
            who = self.game.players[player]
            raise NotSmooth(
                f"the marginal payoff of {who} is no quotient of polynomials, for {reason}"
            ) from reason

    def _stay_at_ends(self) -> None:
        """Whoever is at an end stays there nearby: her marginal payoff is not zero."""
        for player, end in enumerate(self.ends):
            if end is not None and self._at(self.conditions[player]) == 0:
                who = self.game.players[player]
                raise NotSmooth(f"{who} is at an end of the range and her marginal payoff is zero")

    # Derivatives

    def _at(self, p: Polynomial) -> Exact:
        return evaluate(p, self.point)

    def statics(self) -> Statics:
        """Everything there is to say."""
        self._stay_at_ends()
        moves = {
            place: self._moves(place) for place in range(len(self.game.players), len(self.names))
        }
        effects, gains = {}, {}
        for player, name in enumerate(self.game.players):
            effects[name] = {
                self.names[place]: self._outward(player) * move[player]
                for place, move in moves.items()
            }
            gains[name] = self._gains(player, moves)
        closed = closed_forms(
            {player: self.conditions[player] for player in self.inside},
            {player: end for player, end in enumerate(self.ends) if end is not None},
            self.point,
        )
        raised = {
            player: one.power(self.roots[self.game.symbols[player]])
            for player, one in closed.items()
        }
        told = Closed(self.names, raised, self.outside)
        formulas = {
            name: told.text(player) if player in raised else ""
            for player, name in enumerate(self.game.players)
        }
        payoffs = {
            name: self._payoff(player, closed, told)
            for player, name in enumerate(self.game.players)
        }
        return Statics(effects, gains, formulas, payoffs, tuple(self._when(told, closed)))

    def _payoff(self, player: int, closed: Mapping[int, Ratio], told: Closed) -> str:
        """The player's payoff as a formula in the parameters; '' where it is none."""
        if len(closed) < len(self.game.players):
            return ""
        try:
            ratio = self._form(player).ratio
        except NotAForm:
            return ""
        if ratio is None:
            return ""
        for variable, value in closed.items():
            ratio = put_in(ratio, variable, value)
        return told.of(ratio)

    def _outward(self, player: int) -> Exact:
        """How much faster the choice moves than its root."""
        order = self.roots[self.game.symbols[player]]
        return order * self.point[player] ** (order - 1) if order > 1 else Fraction(1)

    def _moves(self, place: int) -> list[Exact]:
        """The derivative of every player's choice (or its root) with respect to a parameter."""
        moved: list[Exact] = [Fraction(0)] * len(self.game.players)
        for player, end in enumerate(self.ends):
            if end is not None:
                slope = end.derivative(place)
                moved[player] = self._at(slope.num) / self._at(slope.den) / self._outward(player)
        if not self.inside:
            return moved
        matrix, right = [], []
        for player in self.inside:
            condition = self.conditions[player]
            matrix.append([self._at(condition.derivative(other)) for other in self.inside])
            total = self._at(condition.derivative(place))
            for other, end in enumerate(self.ends):
                if end is not None and moved[other] != 0:
                    total = total + self._at(condition.derivative(other)) * moved[other]
            right.append(-total)
        solution = unique_solution(matrix, right)
        if solution is None:
            raise NotSmooth("the first-order conditions do not tell the choices apart nearby")
        for player, move in zip(self.inside, solution, strict=True):
            moved[player] = move
        return moved

    def _gains(self, player: int, moves: Mapping[int, Sequence[Exact]]) -> dict[str, Exact]:
        """How the player's payoff moves with each parameter; {} where that is not rational."""
        try:
            form = self._form(player)
        except NotAForm:
            return {}
        slopes: list[Ratio] = []
        for place in range(len(self.names)):
            ratio = form.derivative(place).ratio
            if ratio is None:
                return {}
            slopes.append(ratio)
        values = [self._at(slope.num) / self._at(slope.den) for slope in slopes]
        return {
            self.names[place]: values[place]
            + sum((values[k] * step for k, step in enumerate(move)), Fraction(0))
            for place, move in moves.items()
        }

    def _when(self, closed: Closed, forms: Mapping[int, Ratio]) -> list[str]:
        """What must hold for the formulas to be the choices, in words."""
        found = []
        for player in self.inside:
            low, high = self.game.ranges[player]
            if player not in closed.forms:
                continue
            own = closed.text(player)
            if low is not None:
                found.append(f"{own} > {closed.of(self._ratio(low))}")
            if high is not None:
                found.append(f"{own} < {closed.of(self._ratio(high))}")
        for player, end in enumerate(self.ends):
            rest = Ratio(self.conditions[player], self.ring.one)
            for variable, value in forms.items():
                rest = put_in(rest, variable, value)
            speaks = any(int(rest.num.degrees()[k]) for k in range(len(self.game.players)))
            if end is not None and not rest.num.is_constant() and not speaks:
                found += [f"{factor} > 0" for factor in closed.factors(rest.num)]
        return list(dict.fromkeys(found))
