"""Comparative statics: which way each probability and payoff of an equilibrium moves in each cell.

Within a cell an equilibrium is one formula, so its partial derivatives are formulas too; their
signs over the cell are asked like any others. One sign everywhere is proved; several come with a
point of the cell for each. What happens between cells is not spoken of here: ``increasing`` in
``expect:`` compares any two values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.parametric.decide import Point
from alliance_games.parametric.explore import explore
from alliance_games.parametric.regimes import Regime, Regimes, tree_of
from alliance_games.parametric.samples import simple_point
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.named.partitions import Partition
from alliance_games.results.records import Record
from alliance_games.results.solutions import Behaviour, Solution
from alliance_games.results.solutions import Point as Equilibrium
from alliance_games.results.tree_solutions import Assessment


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that belongs to an equilibrium, or to an answer that names its parts.

    ``of`` is 'probability' (of ``place``, a strategy of ``player``, or in a tree an action at the
    information set ``at``), 'payoff' (of ``player``) or 'number' (the one called ``path`` in the
    answer, as in an ``expect:`` line); ``formula`` its value in the cell.
    """

    of: str
    player: int
    formula: Fraction
    place: int = 0
    path: tuple[str, ...] = ()
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """How a quantity changes in one free parameter (``variable``) within a cell.

    ``signs`` are those its derivative takes there: (1,) for increasing, (0,) for constant, (1, 0)
    for increasing but for some places. ``witnesses`` has a point for each; ``undecided`` is '' or
    why it is not known. ``elasticity`` is the relative change at the defaults, where they lie in
    the cell and it has a value.
    """

    quantity: Quantity
    variable: int
    signs: tuple[int, ...]
    witnesses: tuple[Point | None, ...]
    undecided: str = ""
    elasticity: Fraction | None = None

    @property
    def direction(self) -> str:
        """'increasing', 'decreasing', 'constant', 'ambiguous' or 'undecided'."""
        if self.undecided:
            return "undecided"
        strict = [sign for sign in self.signs if sign]
        if not strict:
            return "constant"
        if len(strict) == 2:
            return "ambiguous"
        return "increasing" if strict[0] > 0 else "decreasing"


@dataclass(frozen=True, slots=True)
class Statics:
    """The effects at one equilibrium of one cell; ``regime`` is the cell's."""

    regime: Regime
    concept: str
    solution: Solution
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Comparative:
    """The effects in all cells; ``stopped`` is '' or what ended the work before the last of them.

    Each of ``found`` is whole: an equilibrium whose effects were not all settled is not there.
    """

    found: tuple[Statics, ...]
    stopped: str = ""

    @property
    def undecided(self) -> bool:
        """Whether the sign of some effect is not known."""
        return any(effect.undecided for one in self.found for effect in one.effects)


def comparative(found: Regimes, budget: Budget | None = None) -> Comparative:
    """The effects at every isolated equilibrium, those found so far where a limit of ``budget`` or
    an interruption ends the work. None where the cells themselves are not all known."""
    budget = budget or Budget()
    if found.stopped:
        return Comparative((), found.stopped)
    made: list[Statics] = []
    found.region.decider.limit(budget.tick, budget.seconds_left)
    try:
        for one in statics(found, budget):
            made.append(one)
    except LimitReached as limit:
        return Comparative(tuple(made), str(limit))
    except KeyboardInterrupt:
        budget.interrupted = True
        return Comparative(tuple(made), "the work was interrupted")
    finally:
        found.region.decider.unlimit()
    return Comparative(tuple(made))


def statics(found: Regimes, budget: Budget | None = None) -> Iterator[Statics]:
    """The effects at every isolated equilibrium of every whole cell, cell by cell.

    Raises LimitReached where the budget ends.
    """
    budget = budget or Budget()
    tree = tree_of(found.study)
    movers = () if tree is None else tuple(one.player for one in tree.sets)
    for regime in found.whole:
        for concept, solutions in regime.cell.outcome or ():
            for one in solutions:
                quantities = list(quantities_of(one, movers))
                if quantities:
                    effects = tuple(
                        effect
                        for quantity in quantities
                        for effect in _effects(quantity, regime, found, budget)
                    )
                    yield Statics(regime, concept, one, effects)


def quantities_of(one: Solution, movers: Sequence[int]) -> Iterator[Quantity]:
    """The probabilities and payoffs of an isolated equilibrium that are formulas, or the numbers
    that an answer calls by name.

    Of two strategies, or actions, the first is enough: the other's probability is the rest.
    ``movers`` are the players of a tree's information sets.
    """
    if isinstance(one, Equilibrium):
        for player, mixed in enumerate(one.profile):
            for place in _formulas(mixed):
                yield Quantity("probability", player, mixed[place], place)
    elif isinstance(one, Behaviour | Assessment):
        for at, choice in enumerate(one.choices):
            for place in _formulas(choice or ()):
                yield Quantity("probability", movers[at], (choice or ())[place], place, at=at)
    elif isinstance(one, Partition):
        for player, utility in enumerate(one.payoffs.values()):
            if isinstance(utility, RationalFunction):
                yield Quantity("payoff", player, utility)
        return
    elif isinstance(one, Record):
        yield from _numbers_in(one.said(), ())
        return
    else:
        return
    for player, payoff in enumerate(one.payoffs):
        if isinstance(payoff, RationalFunction):
            yield Quantity("payoff", player, payoff)


def _formulas(mixed: Sequence[Fraction]) -> list[int]:
    used = [place for place, number in enumerate(mixed) if isinstance(number, RationalFunction)]
    return used[:1] if len(used) == 2 else used


def _numbers_in(said: Any, path: tuple[str, ...]) -> Iterator[Quantity]:
    """The formulas within what an answer says, each under the names that lead to it."""
    if isinstance(said, RationalFunction):
        yield Quantity("number", -1, said, path=path)
    elif isinstance(said, Mapping):
        for name, part in said.items():
            yield from _numbers_in(part, (*path, str(name)))


def _effects(
    quantity: Quantity, regime: Regime, found: Regimes, budget: Budget
) -> Iterator[Effect]:
    symbols = found.region.symbols
    for variable in range(len(symbols.names)):
        formula = quantity.formula
        assert isinstance(formula, RationalFunction)
        slope = formula.derivative(variable)
        if not isinstance(slope, RationalFunction):
            sign = (slope > 0) - (slope < 0)
            yield Effect(
                quantity, variable, (sign,), (regime.sample,), "",
                _elasticity(formula, slope, variable, regime, found),
            )  # fmt: skip
            continue
        signs: dict[int, Point | None] = {}
        undecided = ""
        for leaf in regime.cell.leaves:
            asked = explore(
                lambda path, slope=slope: path.sign(slope),  # type: ignore[misc]
                found.region.decider,
                [(leaf.conditions, leaf.witness)],
                budget,
            )
            if asked.stopped:
                if budget.interrupted:
                    raise KeyboardInterrupt
                raise LimitReached(asked.stopped)
            for part in asked.leaves:
                undecided = undecided or part.undecided
                if part.outcome is not None and (signs.get(part.outcome) is None):
                    signs[part.outcome] = part.witness and simple_point(
                        found.region.decider, part.conditions, part.witness, symbols.defaults
                    )
        ordered = sorted(signs, reverse=True)
        yield Effect(
            quantity,
            variable,
            tuple(ordered),
            tuple(signs[sign] for sign in ordered),
            undecided,
            _elasticity(formula, slope, variable, regime, found),
        )


def _elasticity(
    formula: RationalFunction, slope: Fraction, variable: int, regime: Regime, found: Regimes
) -> Fraction | None:
    """The relative change of the quantity by that of the parameter, at the defaults."""
    defaults = found.region.symbols.defaults
    decider = found.region.decider
    if not any(decider.holds(leaf.conditions.items(), defaults) for leaf in regime.cell.leaves):
        return None
    value = formula.at(defaults)
    rise = slope.at(defaults) if isinstance(slope, RationalFunction) else slope
    if value == 0 or not isinstance(value, Fraction) or not isinstance(rise, Fraction):
        return None
    return rise * defaults[variable] / value
