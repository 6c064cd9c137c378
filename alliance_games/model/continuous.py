"""Games in which a choice is a number: an effort, a bid, a contribution, a level of commitment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.exact.compile import compile_number
from alliance_games.exact.environment import Environment, EvaluationError
from alliance_games.exact.evaluate import evaluate_number, evaluate_truth
from alliance_games.exact.expression import (
    Arithmetic,
    Compare,
    Condition,
    Entry,
    Expression,
    Logic,
    Name,
    Not,
    Number,
    children,
    rebuild,
    to_text,
    walk,
)
from alliance_games.model.environments import Faults, Values
from alliance_games.model.linear_quadratic import LinearQuadraticGame
from alliance_games.model.lottery_contests import LotteryContest
from alliance_games.model.other_forms import Field, NotInFormulas, OtherBody, OtherForm
from alliance_games.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """What one player chooses: a number from ``low`` to ``high`` (None: without end).

    ``name`` is what the file calls it; ``symbol`` is the part of formulas that stands for it, a
    name, or an entry (``effort[France]``) where several players' choices are called the same.
    """

    name: str
    symbol: Expression
    low: Fraction | None
    high: Fraction | None

    def holds(self, number: Fraction) -> bool:
        """Whether the number may be chosen."""
        above = self.low is None or self.low <= number
        return above and (self.high is None or number <= self.high)

    @property
    def interval(self) -> str:
        """``[0, 10]``, ``[0, infinity)``."""
        low = "(-infinity" if self.low is None else f"[{self.low}"
        return f"{low}, infinity)" if self.high is None else f"{low}, {self.high}]"


@dataclass(frozen=True, slots=True)
class ContinuousGame(OtherForm):
    """One number to choose for each player, and payoffs as formulas in all of them.

    ``payoffs`` speak of the choices' symbols alone: parameters are at their values, and what does
    not depend on a choice is worked out. ``order`` are the players in the order in which they
    choose, each seeing what was chosen before; () where all choose at once. ``formulas`` and
    ``ranges`` are the payoffs and the ends of the choices with the parameters in them, and
    ``given`` their values, for those who ask how the answer depends on them; ``written`` are the
    payoffs as the file writes them, helpers and all.
    """

    kind: ClassVar[str] = "continuous"

    players: tuple[str, ...]
    choices: tuple[Choice, ...]
    payoffs: tuple[Expression, ...]
    order: tuple[int, ...] = ()
    formulas: tuple[Expression, ...] = ()
    ranges: tuple[tuple[Expression | None, Expression | None], ...] = ()
    given: tuple[tuple[Expression, Fraction], ...] = ()
    written: tuple[Expression, ...] = ()
    numeric: bool = False

    @property
    def shown(self) -> tuple[Expression, ...]:
        """The payoffs as a reader knows them."""
        return self.written or self.formulas or self.payoffs

    @property
    def symbols(self) -> tuple[Expression, ...]:
        """What stands for each player's choice in formulas."""
        return tuple(choice.symbol for choice in self.choices)

    @property
    def shares_a_name(self) -> bool:
        """Whether all choose the same kind of thing."""
        return len(self.players) > 1 and len({choice.name for choice in self.choices}) == 1

    def payoff(self, player: int, numbers: tuple[Fraction, ...]) -> Fraction:
        """What a player gets where everybody's choice is rational. Raises EvaluationError."""
        return evaluate_number(self.payoffs[player], self.environment(numbers))

    def environment(self, numbers: tuple[Fraction, ...]) -> Environment:
        """What the symbols stand for at a profile of rational choices."""
        names: dict[str, Fraction] = {}
        entries: dict[str, dict[tuple[str, ...], Fraction]] = {}
        for symbol, number in zip(self.symbols, numbers, strict=True):
            if isinstance(symbol, Entry):
                entries.setdefault(symbol.name, {})[symbol.keys] = number
            elif isinstance(symbol, Name):
                names[symbol.name] = number
        return Environment(names, entries)

    def with_values(self, values: Mapping[Expression, Fraction]) -> ContinuousGame:
        """The same game with other values of the parameters (names and entries of formulas).

        Raises InvalidGame where a payoff has no value then.
        """
        names: dict[str, Fraction] = {}
        entries: dict[str, dict[tuple[str, ...], Fraction]] = {}
        given = {**dict(self.given), **values}
        for node, number in given.items():
            if isinstance(node, Entry):
                entries.setdefault(node.name, {})[node.keys] = number
            elif isinstance(node, Name):
                names[node.name] = number
        names_of = tuple(choice.name for choice in self.choices)
        body = ContinuousBody(
            self.players,
            names_of,
            self.symbols,
            self.ranges,
            self.formulas,
            self.written,
            self.order,
        )
        return body.build(Environment(names, entries), {}, Faults())

    def facts(self) -> Mapping[str, object]:
        """The choices with their ranges, the payoffs as formulas, and who moves when."""
        facts: dict[str, object] = {
            "choices": {
                player: {
                    "name": choice.name,
                    "low": None if choice.low is None else str(choice.low),
                    "high": None if choice.high is None else str(choice.high),
                }
                for player, choice in zip(self.players, self.choices, strict=True)
            },
            "payoffs": {
                player: to_text(formula)
                for player, formula in zip(self.players, self.shown, strict=True)
            },
        }
        if self.order:
            facts["order"] = [self.players[player] for player in self.order]
        return facts

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """The ends of every choice."""
        for player, choice in zip(self.players, self.choices, strict=True):
            yield f"least {choice.name}", player, "" if choice.low is None else str(choice.low)
            yield f"greatest {choice.name}", player, "" if choice.high is None else str(choice.high)


@dataclass(frozen=True, slots=True)
class ContinuousBody(OtherBody):
    """The formulas of a game of numbers; helpers (``total``, ``mine``) are written out in them."""

    kind: ClassVar[str] = "continuous"

    players: tuple[str, ...]
    names: tuple[str, ...]
    symbols: tuple[Expression, ...]
    ranges: tuple[tuple[Expression | None, Expression | None], ...]
    formulas: tuple[Expression, ...]
    written: tuple[Expression, ...] = ()
    order: tuple[int, ...] = ()

    def expressions(self) -> tuple[Expression, ...]:
        """The payoffs and the ends of the ranges."""
        ends = [end for pair in self.ranges for end in pair if end is not None]
        return (*self.formulas, *ends)

    def over_field(self, field: Field) -> LinearQuadraticGame | LotteryContest:
        """The game in numbers of the field, where all choose at once. Raises NotInFormulas."""
        if self.order:
            raise NotInFormulas(
                "the players choose one after another, and continuous games are solved for all "
                "values where they choose at once"
            )
        contest = LotteryContest.of(self.players, self.symbols, self.formulas, self.ranges, field)
        if contest is not None:
            return contest
        return LinearQuadraticGame.of(self.players, self.symbols, self.formulas, self.ranges, field)

    def build(self, environment: Environment, values: Values, faults: Faults) -> ContinuousGame:
        """The exact game at the values the environment was made of. Raises InvalidGame."""
        choices = []
        for player, name, symbol, ends in zip(
            self.players, self.names, self.symbols, self.ranges, strict=True
        ):
            low, high = (_end(end, environment, faults) for end in ends)
            if low is not None and high is not None and low > high:
                message = f"{player} has no {name} to choose: it is from {low} to {high}"
                span = next(end.span for end in ends if end is not None)
                faults.add(Problem("range", message, faults.file, span))
            choices.append(Choice(name, symbol, low, high))
        folding = _Folding(frozenset(self.symbols), environment, faults)
        payoffs = tuple([folding.folded(formula) for formula in self.formulas])
        faults.raise_any()
        given = {
            node: evaluate_number(node, environment)
            for expression in self.expressions()
            for node in walk(expression)
            if isinstance(node, Name | Entry) and node not in folding.symbols
        }
        return ContinuousGame(
            self.players,
            tuple(choices),
            payoffs,
            self.order,
            self.formulas,
            self.ranges,
            tuple(given.items()),
            self.written,
            environment.numeric,
        )


def _end(end: Expression | None, environment: Environment, faults: Faults) -> Fraction | None:
    if end is None:
        return None
    try:
        return evaluate_number(end, environment)
    except EvaluationError as error:
        faults.add_error(error, "in the range of a choice")
        return None


class _Folding:
    """Formulas with the parameters at their values."""

    def __init__(
        self, symbols: frozenset[Expression], environment: Environment, faults: Faults
    ) -> None:
        self.symbols, self.environment, self.faults = symbols, environment, faults
        self._known: dict[int, bool] = {}

    def folded(self, node: Expression) -> Expression:
        """The expression in which every part without a choice is one number."""
        if not self._speaks_of_choices(node):
            try:
                return Number(Fraction(compile_number(node)(self.environment)), node.span)
            except EvaluationError as error:
                self.faults.add_error(error)
                return Number(Fraction(0), node.span)
        if isinstance(node, Condition) and not self._speaks_of_choices(node.test):
            return self.folded(node.yes if self._truth(node.test) else node.no)
        if isinstance(node, Arithmetic) and node.operator == "/":
            self._divides(node.right)
        if isinstance(node, Compare | Logic | Not | Condition):
            return rebuild(node, tuple([self._part(child) for child in children(node)]))
        return rebuild(node, tuple([self.folded(child) for child in children(node)]))

    def _divides(self, divisor: Expression) -> None:
        """Note a division that has no value whatever is chosen."""
        folded = self.folded(divisor)
        if isinstance(folded, Number) and folded.value == 0:
            message = f"this divides by {to_text(divisor)}, which is zero"
            self.faults.add_error(EvaluationError("division-by-zero", message, divisor.span))

    def _part(self, node: Expression) -> Expression:
        """A part of a condition, that may be a truth value: a settled one is a comparison of 0."""
        if isinstance(node, Compare | Logic | Not) and not self._speaks_of_choices(node):
            zero, one = Number(Fraction(0), node.span), Number(Fraction(1), node.span)
            return Compare((zero, zero if self._truth(node) else one), ("==",), node.span)
        return self.folded(node)

    def _truth(self, node: Expression) -> bool:
        try:
            return evaluate_truth(node, self.environment)
        except EvaluationError as error:
            self.faults.add_error(error)
            return False

    def _speaks_of_choices(self, node: Expression) -> bool:
        known = self._known.get(id(node))
        if known is None:
            known = (isinstance(node, Name | Entry) and node in self.symbols) or any(
                self._speaks_of_choices(child) for child in children(node)
            )
            self._known[id(node)] = known
        return known
