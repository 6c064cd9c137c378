"""Bargaining problems: what two players can agree on, and what happens if they do not.

Nash (1950, 1953): a set of feasible payoff pairs and a point of disagreement. The set is made of
the outcomes of a game in normal form and the lotteries over them, or of contracts whose terms are
numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from alliance_games.exact.expression import Expression, Name, walk
from alliance_games.model.continuous import ContinuousGame
from alliance_games.model.environments import Faults, Values, for_each_player, numbers
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import Field, NotInFormulas, OtherBody, OtherForm
from alliance_games.model.problems import Problem

if TYPE_CHECKING:
    from alliance_games.exact.evaluate import Environment
    from alliance_games.exact.span import Span
    from alliance_games.model.continuous import ContinuousBody
    from alliance_games.model.contracts_in_formulas import ContractsInFormulas
    from alliance_games.model.formulas import NormalFormulas
    from alliance_games.model.tables import NormalTable

Pair = tuple[Fraction, Fraction]
"""One number for each of the two players."""

MAXMIN, NASH, GIVEN = "maxmin", "nash", "given"
"""Where the point of disagreement comes from: what each can make sure of, the game's equilibrium,
or the file."""


@dataclass(frozen=True, slots=True)
class Lotteries:
    """The outcomes of a game in normal form, and every lottery over them."""

    table: NormalGame

    def outcomes(self) -> Iterator[tuple[str, Pair]]:
        """Every outcome's name (the strategies that lead to it) with its pair of payoffs."""
        table = self.table
        for profile in table.profiles():
            names = [own[index] for own, index in zip(table.strategies, profile, strict=True)]
            first, second = table.payoffs(profile)
            yield ", ".join(names), (first, second)


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts in which each player grants a number, with payoffs as formulas in both."""

    game: ContinuousGame

    @property
    def symbols(self) -> tuple[Expression, ...]:
        """What stands for the terms in the payoffs."""
        return self.game.symbols

    @property
    def terms(self) -> tuple[str, ...]:
        """The names of the terms, one granted by each player."""
        return tuple(str(symbol) for symbol in self.game.symbols)

    @property
    def payoffs(self) -> tuple[Expression, ...]:
        """Each player's payoff in the symbols alone."""
        return self.game.payoffs

    @property
    def box(self) -> tuple[Pair, Pair]:
        """The range of each term."""
        first, second = self.game.choices
        assert first.low is not None and first.high is not None
        assert second.low is not None and second.high is not None
        return (first.low, first.high), (second.low, second.high)


@dataclass(frozen=True, slots=True)
class BargainingGame(OtherForm):
    """Two players who gain by agreeing.

    ``over`` is what they can agree on; ``threat`` says where the point of disagreement comes from,
    and ``disagreement`` is it where the file gives it (None where it follows from the game). With
    ``free_disposal`` payoffs may also be thrown away. ``weights`` are their bargaining powers;
    ``discounts`` what a gain a round later is worth, where they take turns at offers, and ``first``
    is who proposes first. ``terms`` are these as the file's formulas, and ``given`` the values of
    the parameters that they and contracts' payoffs speak of, for those who ask how the answer
    depends on them.
    """

    players: tuple[str, ...]
    over: Lotteries | Contracts
    threat: str
    disagreement: Pair | None
    free_disposal: bool
    weights: Pair
    discounts: Pair | None
    first: int
    numeric: bool
    terms: Terms | None = None
    given: tuple[tuple[str, Fraction], ...] = ()

    kind: ClassVar[str] = "bargaining"

    def facts(self) -> Mapping[str, object]:
        """Where disagreement leads, and how the players bargain."""
        terms = {"disagreement": self.threat, "free_disposal": self.free_disposal}
        return {**(self.over.game.facts() if isinstance(self.over, Contracts) else {}), **terms}

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """The payoffs of every outcome, or the range of every term; those of disagreement."""
        if isinstance(self.over, Contracts):
            yield from self.over.game.rows()
        else:
            for name, payoffs in self.over.outcomes():
                for player, payoff in zip(self.players, payoffs, strict=True):
                    yield name, player, str(payoff)
        if self.disagreement is not None:
            for player, payoff in zip(self.players, self.disagreement, strict=True):
                yield "disagreement", player, str(payoff)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a file says under ``bargaining:``, as formulas.

    ``disagreement`` holds a formula for each player, or is empty where ``threat`` says how it
    follows; ``profile`` is the outcome that disagreement leads to, where the file names one.
    """

    threat: str
    disagreement: tuple[Expression, ...]
    profile: tuple[int, ...]
    weights: tuple[Expression, ...]
    discounts: tuple[Expression, ...]
    first: int
    free_disposal: bool
    span: Span

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula."""
        return (*self.disagreement, *self.weights, *self.discounts)


@dataclass(frozen=True, slots=True)
class BargainingBody(OtherBody):
    """A bargain over the outcomes of a game in normal form, or over contracts in numbers."""

    players: tuple[str, ...]
    inner: NormalTable | NormalFormulas | ContinuousBody
    terms: Terms

    kind: ClassVar[str] = "bargaining"

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula of the game and of the bargain."""
        return (*self.inner.expressions(), *self.terms.expressions())

    def over_field(self, field: Field) -> ContractsInFormulas:
        """The bargain in numbers of the field, over contracts. Raises NotInFormulas."""
        from alliance_games.model.continuous import ContinuousBody as Body
        from alliance_games.model.contracts_in_formulas import ContractsInFormulas as Bargain
        from alliance_games.model.lottery_contests import LotteryContest

        if not isinstance(self.inner, Body):
            raise NotInFormulas(
                "bargains over the outcomes of a table are not solved for all values; those over "
                "contracts in numbers are"
            )
        game = self.inner.over_field(field)
        if isinstance(game, LotteryContest):
            raise NotInFormulas("bargains over shares of effort are not solved for all values")
        threat, weights = self.terms.disagreement, self.terms.weights
        names = tuple(str(symbol) for symbol in self.inner.symbols)
        return Bargain.of(game, names, threat, weights, field)

    def build(self, environment: Environment, values: Values, faults: Faults) -> BargainingGame:
        """The exact problem at the values. Raises InvalidGame."""
        table = self.inner.build(environment, values, faults)
        if isinstance(table, ContinuousGame):
            for choice, ends in zip(table.choices, table.ranges, strict=True):
                if choice.low is None or choice.high is None:
                    message = f"what is agreed on has a range with two ends, and {choice.name} none"
                    span = next((end.span for end in ends if end is not None), self.terms.span)
                    hint = "as in  security in [0, 10]"
                    faults.add(Problem("range", message, faults.file, span, hint))
            faults.raise_any()
            over = Contracts(table)
            return bargain(self.players, over, self.terms, environment, values, faults)
        assert isinstance(table, NormalGame)  # only games of three or more can be anonymous
        return bargain(self.players, Lotteries(table), self.terms, environment, values, faults)


def bargain(
    players: tuple[str, ...],
    over: Lotteries | Contracts,
    terms: Terms,
    environment: Environment,
    values: Values,
    faults: Faults,
) -> BargainingGame:
    """The problem over a set of agreements, on the file's terms. Raises InvalidGame."""
    own = for_each_player(environment, values, players)

    def pair(formulas: tuple[Expression, ...]) -> Pair:
        first, second = [
            numbers([formula], each, faults)[0] for formula, each in zip(formulas, own, strict=True)
        ]
        return first, second

    disagreement = pair(terms.disagreement) if terms.disagreement else None
    if terms.profile and isinstance(over, Lotteries):
        first, second = over.table.payoffs(terms.profile)
        disagreement = first, second
    weights = pair(terms.weights) if terms.weights else (Fraction(1), Fraction(1))
    discounts = pair(terms.discounts) if terms.discounts else None
    for player, weight, formula in zip(players, weights, terms.weights, strict=False):
        if weight <= 0 and not faults:
            message = f"the bargaining weight of {player} is {weight}, and must be positive"
            faults.add(Problem("out-of-range", message, faults.file, formula.span))
    for player, discount, formula in zip(players, discounts or (), terms.discounts, strict=False):
        if not 0 <= discount < 1 and not faults:
            message = f"the discount factor of {player} is {discount}, and lies from 0 to below 1"
            hint = "1 is patience without end: a player who never minds waiting"
            faults.add(Problem("out-of-range", message, faults.file, formula.span, hint))
    faults.raise_any()
    return BargainingGame(
        players,
        over,
        terms.threat,
        disagreement,
        terms.free_disposal,
        weights,
        discounts,
        terms.first,
        numeric=environment.numeric,
        terms=terms,
        given=_given(over, terms, environment),
    )


def _given(
    over: Lotteries | Contracts, terms: Terms, environment: Environment
) -> tuple[tuple[str, Fraction], ...]:
    """The numbers behind the names in the formulas of a bargain over contracts."""
    if not isinstance(over, Contracts):
        return ()
    own = {str(symbol) for symbol in over.symbols}
    used = dict.fromkeys(
        node.name
        for formula in (*over.game.formulas, *terms.expressions())
        for node in walk(formula)
        if isinstance(node, Name) and node.name not in own
    )
    known = environment.numbers
    return tuple((name, Fraction(known[name])) for name in used if name in known)
