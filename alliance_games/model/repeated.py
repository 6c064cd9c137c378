"""Games played again and again: a stage game, a discount factor, and what binds the players.

Where the stage depends on circumstances (how grave the threat is), those are the states of a Markov
chain that no player moves: in each state a stage of its own is played, by the same strategies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from alliance_games.model.environments import Faults, Values, for_each_player, numbers
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import Field, OtherBody, OtherForm
from alliance_games.model.problems import NOT_WHOLE, Problem
from alliance_games.model.profiles import PureProfile

if TYPE_CHECKING:
    from alliance_games.exact.evaluate import Environment
    from alliance_games.exact.expression import Expression
    from alliance_games.model.automata import Automaton
    from alliance_games.model.formulas import NormalFormulas
    from alliance_games.model.tables import NormalTable

MOST_RELATIONSHIPS = 10**6
ALL, ONE = "all", "one"
"""How many of several relationships a player can break at once."""


@dataclass(frozen=True, slots=True)
class RepeatedGame(OtherForm):
    """A stage game repeated for ever, actions observed by everybody.

    ``stages`` are the stage in each of ``states`` (one state, called '', where it is always the
    same), all with the same strategies; ``transitions[s][t]`` is the probability that ``t`` follows
    ``s``, whatever is done. ``discount`` is what a payoff of the next period is worth in this one
    (None where the file leaves it open); with probability ``survival`` the relationship goes on at
    all. ``exit_costs`` are what each player pays, once, who breaks an agreed course.
    ``relationships`` is the number of equal relationships that stand and fall together, of which a
    player can break ``breach`` (``all`` or ``one``) in a period. ``cooperate`` and ``punish`` are
    the profiles called so, or None.
    """

    players: tuple[str, ...]
    states: tuple[str, ...]
    stages: tuple[NormalGame, ...]
    transitions: tuple[tuple[Fraction, ...], ...]
    discount: Fraction | None = None
    survival: Fraction = Fraction(1)
    exit_costs: tuple[Fraction, ...] = ()
    relationships: int = 1
    breach: str = ALL
    cooperate: PureProfile | None = None
    punish: PureProfile | None = None
    automata: tuple[Automaton, ...] = ()
    numeric: bool = False

    kind: ClassVar[str] = "repeated"

    @property
    def stage(self) -> NormalGame:
        """The stage game of the first state: the only one, as a rule."""
        return self.stages[0]

    @property
    def strategies(self) -> tuple[tuple[str, ...], ...]:
        """Each player's strategies in a period."""
        return self.stage.strategies

    @property
    def factor(self) -> Fraction | None:
        """What the next period counts for: the discount factor times the chance to see it."""
        return None if self.discount is None else self.discount * self.survival

    @property
    def is_plain(self) -> bool:
        """Whether there is one stage, no cost of exit and one relationship."""
        return len(self.stages) == 1 and self.relationships == 1 and not any(self.exit_costs)

    def exit_cost(self, player: int) -> Fraction:
        """What ``player`` pays, once, who breaks an agreed course."""
        return self.exit_costs[player] if self.exit_costs else Fraction(0)

    def facts(self) -> Mapping[str, object]:
        """The strategies of a period, the states and how many relationships there are."""
        strategies = dict(zip(self.players, map(list, self.strategies), strict=True))
        found: dict[str, object] = {"strategies": strategies}
        if len(self.states) > 1:
            found["states"] = list(self.states)
        if self.relationships > 1:
            found["relationships"] = self.relationships
        return found

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """The discount and survival, then every payoff of every state."""
        if self.discount is not None:
            yield "discount", "", str(self.discount)
        yield "survival", "", str(self.survival)
        for state, stage in zip(self.states, self.stages, strict=True):
            for profile in stage.profiles():
                name = ", ".join(stage.names(profile))
                for player, payoff in zip(self.players, stage.payoffs(profile), strict=True):
                    yield f"{state}: {name}" if state else name, player, str(payoff)
        for state, row in zip(self.states, self.transitions, strict=True):
            for after, chance in zip(self.states, row, strict=True):
                if state:
                    yield f"{state} then {after}", "", str(chance)


@dataclass(frozen=True, slots=True)
class StateBody:
    """One state: its stage, numbers that parameters have in it, and what follows."""

    name: str
    stage: NormalTable | NormalFormulas
    where: tuple[tuple[str, Expression], ...] = ()
    next: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class RepeatedBody(OtherBody):
    """A repeated game's formulas. ``exit_cost`` is read once for each player."""

    players: tuple[str, ...]
    states: tuple[StateBody, ...]
    discount: Expression | None = None
    survival: Expression | None = None
    exit_cost: Expression | None = None
    relationships: Expression | None = None
    breach: str = ALL
    cooperate: PureProfile | None = None
    punish: PureProfile | None = None
    automata: tuple[Automaton, ...] = ()

    kind: ClassVar[str] = "repeated"

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula of the body."""
        own = (self.discount, self.survival, self.exit_cost, self.relationships)
        found = [one for one in own if one is not None]
        stages = {id(state.stage): state.stage for state in self.states}
        for stage in stages.values():
            found.extend(stage.expressions())
        for state in self.states:
            found.extend(formula for _, formula in (*state.where, *state.next))
        return tuple(found)

    def over_field(self, field: Field) -> RepeatedGame | None:
        """The game in numbers of the field."""
        one = Fraction(1)
        survival = one if self.survival is None else field.number(self.survival)
        field.between(survival, 0, 1, "survival is no probability")
        field.differs(survival, 0, "survival is zero")
        discount = None if self.discount is None else field.number(self.discount)
        if discount is not None:
            field.between(discount, 0, 1, "the discount factor is not between 0 and 1")
            field.differs(discount * survival, 1, "the future counts as much as the present")
        cost, number = self.exit_cost, self.relationships
        costs = () if cost is None else tuple(field.number(cost, each) for each in self.players)
        for each in costs:
            field.between(each, 0, None, "a cost of exit is negative")
        count = one if number is None else field.number(number)
        field.between(count, 1, None, "there is less than one relationship")
        return RepeatedGame(
            self.players,
            tuple(state.name for state in self.states),
            tuple([field.normal(_with(state.stage, dict(state.where))) for state in self.states]),
            tuple([self._row_over(field, state) for state in self.states]),
            discount,
            survival,
            costs,
            count,  # type: ignore[arg-type]  # a formula for a whole number holds for any number
            self.breach,
            self.cooperate,
            self.punish,
            self.automata,
        )

    def _row_over(self, field: Field, state: StateBody) -> tuple[Fraction, ...]:
        """The probabilities of what follows a state; values at which they are none are left out."""
        if len(self.states) == 1:
            return (Fraction(1),)
        chances = {name: field.number(formula) for name, formula in state.next}
        why = f"what follows '{state.name}' has no probabilities that sum to 1"
        for chance in chances.values():
            field.between(chance, 0, 1, why)
        field.between(sum(chances.values(), Fraction(0)), 1, 1, why)
        return tuple(chances.get(other.name, Fraction(0)) for other in self.states)

    def build(self, environment: Environment, values: Values, faults: Faults) -> RepeatedGame:
        """The exact game at the values the environment was made of. Raises InvalidGame."""
        stages = tuple([self._stage(state, environment, values, faults) for state in self.states])
        transitions = tuple([self._row(state, environment, faults) for state in self.states])
        discount, survival, costs, number = self._bonds(environment, values, faults)
        faults.raise_any()
        return RepeatedGame(
            self.players,
            tuple(state.name for state in self.states),
            stages,
            transitions,
            discount,
            survival,
            costs,
            number,
            self.breach,
            self.cooperate,
            self.punish,
            self.automata,
            environment.numeric,
        )

    def _stage(
        self, state: StateBody, environment: Environment, values: Values, faults: Faults
    ) -> NormalGame:
        own = numbers([formula for _, formula in state.where], environment, faults)
        names = [name for name, _ in state.where]
        here = environment.extended(dict(zip(names, own, strict=True)))
        game = state.stage.build(here, values, faults)
        if not isinstance(game, NormalGame):
            message = "a stage game is written out, and this one has too many profiles for that"
            span = state.stage.expressions()[0].span
            faults.add(Problem("too-large", message, faults.file, span))
            faults.raise_any()
            raise AssertionError("a fault was noted")
        return game

    def _row(
        self, state: StateBody, environment: Environment, faults: Faults
    ) -> tuple[Fraction, ...]:
        if len(self.states) == 1:
            return (Fraction(1),)
        found = numbers([formula for _, formula in state.next], environment, faults)
        chances = dict(zip([name for name, _ in state.next], found, strict=True))
        first = state.next[0][1]
        if sum(chances.values()) != 1 or min(chances.values()) < 0:
            listed = ", ".join(f"{name} {chance}" for name, chance in chances.items())
            message = f"what follows '{state.name}' has no probabilities that sum to 1: {listed}"
            faults.add(Problem("bad-probability", message, faults.file, first.span))
        return tuple(chances.get(other.name, Fraction(0)) for other in self.states)

    def _bonds(
        self, environment: Environment, values: Values, faults: Faults
    ) -> tuple[Fraction | None, Fraction, tuple[Fraction, ...], int]:
        """Discount, survival, exit costs and the number of relationships, each in its range."""

        def one(expression: Expression | None, default: int) -> Fraction:
            return (
                numbers([expression], environment, faults)[0] if expression else Fraction(default)
            )

        def refuse(expression: Expression | None, message: str, code: str = "out-of-range") -> None:
            assert expression is not None
            faults.add(Problem(code, message, faults.file, expression.span))

        survival = one(self.survival, 1)
        if not 0 < survival <= 1:
            refuse(self.survival, f"'survival' is a probability above 0, not {survival}")
        discount = None if self.discount is None else one(self.discount, 0)
        if discount is not None and not 0 <= discount <= 1:
            refuse(self.discount, f"'discount' lies from 0 up to 1, and here it is {discount}")
        elif discount == survival == 1:
            message = "with 'discount' 1 the relationship must be able to end ('survival' below 1)"
            refuse(self.discount, message)
        number = one(self.relationships, 1)
        if number.denominator != 1 or not 1 <= number <= MOST_RELATIONSHIPS:
            message = f"'relationships' is a whole number of them, from 1 up, not {number}"
            refuse(self.relationships, message, NOT_WHOLE if number >= 1 else "out-of-range")
        costs: tuple[Fraction, ...] = ()
        if self.exit_cost is not None:
            own = for_each_player(environment, values, self.players)
            costs = tuple([numbers([self.exit_cost], each, faults)[0] for each in own])
            if min(costs) < 0:
                refuse(self.exit_cost, f"'exit cost' is not negative, and here it is {min(costs)}")
        return discount, survival, costs, int(number) if number.denominator == 1 else 1


def _with(
    stage: NormalTable | NormalFormulas, values: Mapping[str, Expression]
) -> NormalTable | NormalFormulas:
    """A stage in which parameters have other values."""
    from alliance_games.exact.expression import substitute
    from alliance_games.model.tables import NormalTable

    if not values:
        return stage
    if isinstance(stage, NormalTable):
        cells = [tuple([substitute(part, values) for part in cell]) for cell in stage.cells]
        return replace(stage, cells=tuple(cells))
    formulas = tuple([substitute(formula, values) for formula in stage.formulas])
    return replace(stage, formulas=formulas)
